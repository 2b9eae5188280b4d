/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of the control connection, put together from pieces of any size; Telnet commands (RFC 854) are taken out. */
#ifndef SMINI_FTP_LINE_H
#define SMINI_FTP_LINE_H

#include "base/span.h"

enum {
    /* Of a line: a verb and a name as long as any that is kept. The rest is counted and left out. */
    SMINI_FTP_LINE_BYTES = 1280
};

struct smini_ftp_line {
    uint64_t offset;  /* of its first byte in the stream */
    uint64_t length;  /* without its end and without Telnet commands; more than `kept` when it was cut */
    uint32_t kept;
    uint8_t telnet;   /* how much of a Telnet command was read */
    bool lost;        /* bytes of it are missing: it is passed over */
    bool begun;
    uint8_t bytes[SMINI_FTP_LINE_BYTES];
};

/*
 * Takes bytes from `*rest`, which stand at `offset`, up to the end of a line. True: a line is whole, without its CR and
 * LF; it stays so until the next call. False: everything was taken.
 */
bool smini_ftp_line_next(struct smini_ftp_line *line, struct smini_span *rest, uint64_t *offset);

/* Bytes are missing: what there is of the line is given up, and so is what is left of it. */
void smini_ftp_line_lose(struct smini_ftp_line *line);

static inline struct smini_span smini_ftp_line_text(const struct smini_ftp_line *line)
{
    return smini_span_make(line->bytes, line->kept);
}

static inline bool smini_ftp_line_cut(const struct smini_ftp_line *line)
{
    return line->length > line->kept;
}

#endif
