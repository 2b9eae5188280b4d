/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netascii (RFC 1350 section 1, RFC 764): on the wire a line ends with CR LF,
 * and a CR that is none is CR NUL. What a device has is LF and CR.
 */
#ifndef SMINI_TFTP_NETASCII_H
#define SMINI_TFTP_NETASCII_H

#include "base/span.h"

struct smini_netascii {
    bool carriage; /* a CR came, and what stands behind it is not known yet */
    bool invalid;  /* some CR had neither LF nor NUL behind it, and was kept */
};

/* Undoes it; `out` has room for one byte more than there are in `wire`. How many were written. */
size_t smini_netascii_undo(struct smini_netascii *state, struct smini_span wire, uint8_t *out);
/* Nothing follows, or nobody knows what: a CR that waits is one. How many bytes of `out` were written: 0 or 1. */
size_t smini_netascii_end(struct smini_netascii *state, uint8_t *out);

#endif
