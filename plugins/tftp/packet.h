/* SPDX-License-Identifier: BSD-2-Clause */
/* One datagram of TFTP (RFC 1350), its options (RFC 2347 to 2349, 7440) included. */
#ifndef SMINI_TFTP_PACKET_H
#define SMINI_TFTP_PACKET_H

#include "base/span.h"

/* RFC 1350 section 5, RFC 2347. */
enum smini_tftp_opcode {
    SMINI_TFTP_READ = 1,
    SMINI_TFTP_WRITE = 2,
    SMINI_TFTP_DATA = 3,
    SMINI_TFTP_ACK = 4,
    SMINI_TFTP_ERROR = 5,
    SMINI_TFTP_OACK = 6
};

enum {
    SMINI_TFTP_PORT = 69,
    SMINI_TFTP_BLOCK_BYTES = 512, /* without an option: RFC 1350 */
    SMINI_TFTP_OPTION_BLKSIZE = 1,
    SMINI_TFTP_OPTION_TSIZE = 2,
    SMINI_TFTP_OPTION_WINDOWSIZE = 4,
    SMINI_TFTP_OPTION_TIMEOUT = 8
};

struct smini_tftp_options {
    uint32_t known;   /* SMINI_TFTP_OPTION_* */
    uint32_t invalid; /* options whose value is no number, or out of the bounds of their RFC */
    uint32_t blksize, windowsize, timeout;
    uint64_t tsize;
};

/* Spans point into the datagram. */
struct smini_tftp_packet {
    uint16_t opcode;
    uint16_t number; /* of a block, or of an error */
    bool damaged;    /* not as its RFC has it; what could be read is there */
    struct smini_span name, mode; /* of a request */
    struct smini_span data;       /* of a block; text of an error */
    struct smini_tftp_options options;
};

/* False: too short to have an opcode and what every packet has behind it, or an unknown opcode (then `opcode` is set). */
bool smini_tftp_read(struct smini_span datagram, struct smini_tftp_packet *packet);

/* A request without any doubt: by itself, whatever the port. */
bool smini_tftp_is_request(struct smini_span datagram);

#endif
