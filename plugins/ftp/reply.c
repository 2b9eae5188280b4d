/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/reply.h"

enum { CODE_DIGITS = 3, CODE_LEAST = 100, CODE_MOST = 659 /* RFC 2228 has 6yz */ };

/* 0: the line does not begin with one. */
static uint16_t code_of(struct smini_span line)
{
    uint64_t code;
    if (!smini_ftp_number_read(smini_span_part(line, 0, CODE_DIGITS), &code) || line.length < CODE_DIGITS ||
        code < CODE_LEAST || code > CODE_MOST)
        return 0;
    return (uint16_t)code;
}

enum smini_ftp_reply_kind smini_ftp_reply_read(struct smini_ftp_reply_state *state, struct smini_span line,
                                               struct smini_ftp_reply *reply)
{
    uint16_t code = code_of(line);
    uint8_t behind = line.length > CODE_DIGITS ? line.bytes[CODE_DIGITS] : ' ';
    reply->code = code;
    reply->text = smini_span_part(line, CODE_DIGITS + 1, line.length);
    if (state->code != 0) {
        if (code != state->code || behind != ' ')
            return SMINI_FTP_REPLY_PART;
        state->code = 0;
        return SMINI_FTP_REPLY_WHOLE;
    }
    if (code == 0 || (behind != ' ' && behind != '-'))
        return SMINI_FTP_REPLY_NONE;
    if (behind == ' ')
        return SMINI_FTP_REPLY_WHOLE;
    state->code = code;
    return SMINI_FTP_REPLY_PART;
}

bool smini_ftp_reply_end(const struct smini_ftp_reply *reply, struct smini_ftp_end *end)
{
    struct smini_span text = reply->text;
    if (reply->code == 229) {
        size_t open = smini_span_find(text, '(');
        return smini_ftp_end_read_extended(smini_span_part(text, open + 1, text.length), end);
    }
    for (; text.length > 0; text = smini_span_part(text, 1, text.length))
        if (text.bytes[0] >= '0' && text.bytes[0] <= '9' && smini_ftp_end_read(text, end))
            return true;
    return false;
}

struct smini_span smini_ftp_reply_name(const struct smini_ftp_reply *reply)
{
    static const char mark[] = "FILE: ";
    struct smini_span text = reply->text;
    return smini_span_starts_nocase(text, mark) ? smini_span_part(text, sizeof(mark) - 1, text.length)
                                                : smini_span_make(NULL, 0);
}
