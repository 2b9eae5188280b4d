/* SPDX-License-Identifier: BSD-2-Clause */
/* One command line: RFC 959, 2428 (EPRT, EPSV), 3659 (SIZE, MLSD), 775 (XCWD ...), 4217 (AUTH). */
#ifndef SMINI_FTP_COMMAND_H
#define SMINI_FTP_COMMAND_H

#include "base/span.h"

enum smini_ftp_verb {
    SMINI_FTP_NONE = 0,
    SMINI_FTP_RETR, /* the four that move a file come first */
    SMINI_FTP_STOR,
    SMINI_FTP_STOU,
    SMINI_FTP_APPE,
    SMINI_FTP_LIST, /* and NLST, MLSD: a listing is no file */
    SMINI_FTP_USER,
    SMINI_FTP_SECRET, /* PASS, ACCT: what stands behind them is never looked at */
    SMINI_FTP_CWD,
    SMINI_FTP_CDUP,
    SMINI_FTP_TYPE,
    SMINI_FTP_MODE,
    SMINI_FTP_REST,
    SMINI_FTP_SIZE,
    SMINI_FTP_PORT,
    SMINI_FTP_EPRT,
    SMINI_FTP_PASV,
    SMINI_FTP_EPSV,
    SMINI_FTP_AUTH,
    SMINI_FTP_REIN,
    SMINI_FTP_HELO, /* HELO, EHLO: this is mail */
    SMINI_FTP_OTHER
};

/* Where a data connection is made to. */
struct smini_ftp_end {
    uint8_t ip_version; /* 4 or 6; 0: the address is not said */
    uint16_t port;
    uint8_t address[16];
};

struct smini_ftp_command {
    enum smini_ftp_verb verb;
    struct smini_span argument; /* points into the line; empty behind a secret */
};

struct smini_ftp_command smini_ftp_command_read(struct smini_span line);

/* "RETR" ... "APPE"; of others "". */
const char *smini_ftp_verb_name(enum smini_ftp_verb verb);

static inline bool smini_ftp_verb_moves(enum smini_ftp_verb verb)
{
    return verb >= SMINI_FTP_RETR && verb <= SMINI_FTP_LIST;
}

static inline bool smini_ftp_verb_uploads(enum smini_ftp_verb verb)
{
    return verb == SMINI_FTP_STOR || verb == SMINI_FTP_STOU || verb == SMINI_FTP_APPE;
}

/* "h1,h2,h3,h4,p1,p2" of PORT and of 227. False: it is none. */
bool smini_ftp_end_read(struct smini_span text, struct smini_ftp_end *end);

/* "|1|address|port|" of EPRT and "|||port|" of 229, with any delimiter. */
bool smini_ftp_end_read_extended(struct smini_span text, struct smini_ftp_end *end);

/* All of `text` are digits, and they fit. */
bool smini_ftp_number_read(struct smini_span text, uint64_t *value);

#endif
