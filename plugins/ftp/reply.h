/* SPDX-License-Identifier: BSD-2-Clause */
/* Replies: three digits and a text, over one line or several (RFC 959 section 4.2). */
#ifndef SMINI_FTP_REPLY_H
#define SMINI_FTP_REPLY_H

#include "ftp/command.h"

/* Where in a reply of several lines we are. */
struct smini_ftp_reply_state {
    uint16_t code; /* that will end it; 0: between replies */
};

struct smini_ftp_reply {
    uint16_t code;
    struct smini_span text; /* of the line that ended it */
};

enum smini_ftp_reply_kind { SMINI_FTP_REPLY_WHOLE, SMINI_FTP_REPLY_PART, SMINI_FTP_REPLY_NONE };

/* NONE: the line is no reply, nor part of one. */
enum smini_ftp_reply_kind smini_ftp_reply_read(struct smini_ftp_reply_state *state, struct smini_span line,
                                               struct smini_ftp_reply *reply);

/* What 227 and 229 say; RFC 1123 has one look for the digits. False: nothing that can be read. */
bool smini_ftp_reply_end(const struct smini_ftp_reply *reply, struct smini_ftp_end *end);

/* The name that the server made up, RFC 1123: "FILE: name" in 125 or 150. Empty: it says none. */
struct smini_span smini_ftp_reply_name(const struct smini_ftp_reply *reply);

#endif
