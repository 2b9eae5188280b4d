/* SPDX-License-Identifier: BSD-2-Clause */
/* Every limit of the decoder, its default, and why it is what it is. */
#ifndef SMINI_DECODE_LIMITS_H
#define SMINI_DECODE_LIMITS_H

#include <stdint.h>

/* Room for holes beside each retained message; limits.holes cannot exceed it. */
enum { SMINI_HOLES_ROOM = 8 };

/* Largest body of any known message (backup request with three commands). */
enum { SMINI_BODY_LARGEST_KNOWN = 1032 };

struct smini_decode_limits {
    uint32_t message_bytes;   /* bytes of one message that are kept, header included */
    uint32_t trailer_bytes;   /* bytes behind a message that are kept when they are no message */
    uint32_t fields;          /* fields reported per message */
    uint32_t events;          /* events reported per message */
    uint32_t events_alike;    /* of these, with the same id */
    uint32_t items;           /* items whose type and length are reported per message */
    uint32_t holes;           /* holes remembered inside one message */
    uint32_t absurd_length;   /* a declared length above this frames nothing */
    uint32_t spare_buffers;   /* unused buffers kept per size for the next message */
};

static inline struct smini_decode_limits smini_decode_limits_default(void)
{
    struct smini_decode_limits limits = {
        /* The largest known message has 1048 bytes and the public overflow code sends 2288;
           twice that shows all there is to judge, and is what one hostile flow can make us hold. */
        .message_bytes = 4096,
        /* The overflow code puts 2048 bytes behind its declared end, Go-SIET 318. */
        .trailer_bytes = 2048,
        /* A backup request with three commands gives fewer than 30; a chain of tiny items could give hundreds.
           The last is kept for what the message is reported for. */
        .fields = 49,
        /* The worst vector raises 7. Ten different ones at three places each still leave the verdicts room. */
        .events = 40,
        /* A flood of one small thing must not push the grave ones out. */
        .events_alike = 3,
        /* Known messages have two. More would push commands and URLs out of `fields`. */
        .items = 8,
        /* Four lost segments within one kilobyte: whatever is left explains nothing any more. */
        .holes = 4,
        /* No device of the time takes more at once; a larger word is noise or a trap for the decoder. */
        .absurd_length = 65536,
        /* Enough to keep the allocator out of the usual interleaving of flows; 32 * 5 KB at the most. */
        .spare_buffers = 32,
    };
    return limits;
}

#endif
