/* SPDX-License-Identifier: BSD-2-Clause */
/* The 16-byte header: reading it, and judging whether it is one. */
#ifndef SMINI_DECODE_HEADER_H
#define SMINI_DECODE_HEADER_H

#include "base/cursor.h"

enum { SMINI_HEADER_BYTES = 16 };

/* Sender roles. */
enum { SMINI_IBD_CLI = 1, SMINI_IBD_SERV = 2, SMINI_IBC_CLI = 3, SMINI_IBC_SERV = 4 };

struct smini_header {
    uint32_t from;
    uint32_t version;
    uint32_t type;
    uint32_t length; /* of what follows the header */
};

/* How much must fit before bytes are taken for a header. */
enum {
    /* Any port, any place in a stream: role, version 0 or 1, a known pair, a length that this pair is known to have. */
    SMINI_STRICT = 0,
    /* Port 4786, or right behind a message: also a known pair with any length, a known pair of exact length with
       any version, and an unknown pair of plausible words. */
    SMINI_HINTED = 1
};

enum { SMINI_JUDGED_NO = 0, SMINI_JUDGED_YES = 1, SMINI_JUDGED_MORE = 2 };

/* `bytes` holds SMINI_HEADER_BYTES. */
static inline struct smini_header smini_header_read(const uint8_t *bytes)
{
    struct smini_header header = {
        .from = smini_bytes_u32(bytes),
        .version = smini_bytes_u32(bytes + 4),
        .type = smini_bytes_u32(bytes + 8),
        .length = smini_bytes_u32(bytes + 12),
    };
    return header;
}

/* SMINI_JUDGED_YES or SMINI_JUDGED_NO for a whole header. */
int smini_header_judge(const struct smini_header *header, int strictness);

/*
 * As above for the first `length` bytes of what may become a header: NO at the
 * first byte that rules it out. Looks at no more than SMINI_HEADER_BYTES.
 */
int smini_header_judge_prefix(const uint8_t *bytes, size_t length, int strictness);

/* As above when the first `length` - 1 bytes, at least none, were already judged MORE: looks at the last one. */
int smini_header_judge_next(const uint8_t *bytes, size_t length, int strictness);

/* Offset of the first strict header that lies in `bytes` whole; `length` when there is none. */
size_t smini_header_find(const uint8_t *bytes, size_t length);

#endif
