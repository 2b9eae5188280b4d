/* SPDX-License-Identifier: BSD-2-Clause */
/* What is open of SSH and TLS: identification lines (RFC 4253 section 4.2), hellos (RFC 8446 section 4.1, RFC 6066). */
#ifndef SMINI_SEALED_OPENING_H
#define SMINI_SEALED_OPENING_H

#include "base/span.h"

enum smini_sealed_protocol { SMINI_SEALED_UNKNOWN, SMINI_SEALED_SSH, SMINI_SEALED_TLS };

/* What the beginning of one direction says. Spans point into it. */
struct smini_sealed_opening {
    enum smini_sealed_protocol protocol;
    struct smini_span banner; /* of SSH: its line, without the end; as far as it is there */
    bool banner_cut;          /* its end is not */
    bool hello_client;        /* of TLS: a hello of that side */
    bool hello_server;
    uint16_t version;         /* of TLS: what the server chose; 0: not known */
    struct smini_span sni;    /* of TLS: the name of the server that the client asked for */
};

/* `head` are the first bytes of a direction. */
struct smini_sealed_opening smini_sealed_read(struct smini_span head);

/* "TLS 1.2"; "unknown" for what no RFC names. */
const char *smini_sealed_version(uint16_t version);

#endif
