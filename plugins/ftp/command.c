/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/command.h"

#include "base/address.h"

static const struct {
    const char *word;
    enum smini_ftp_verb verb;
} verbs[] = {
    {"RETR", SMINI_FTP_RETR},   {"STOR", SMINI_FTP_STOR},   {"STOU", SMINI_FTP_STOU}, {"APPE", SMINI_FTP_APPE},
    {"LIST", SMINI_FTP_LIST},   {"NLST", SMINI_FTP_LIST},   {"MLSD", SMINI_FTP_LIST}, {"USER", SMINI_FTP_USER},
    {"PASS", SMINI_FTP_SECRET}, {"ACCT", SMINI_FTP_SECRET}, {"CWD", SMINI_FTP_CWD},   {"XCWD", SMINI_FTP_CWD},
    {"CDUP", SMINI_FTP_CDUP},   {"XCUP", SMINI_FTP_CDUP},   {"TYPE", SMINI_FTP_TYPE}, {"MODE", SMINI_FTP_MODE},
    {"REST", SMINI_FTP_REST},   {"SIZE", SMINI_FTP_SIZE},   {"PORT", SMINI_FTP_PORT}, {"EPRT", SMINI_FTP_EPRT},
    {"PASV", SMINI_FTP_PASV},   {"EPSV", SMINI_FTP_EPSV},   {"AUTH", SMINI_FTP_AUTH}, {"REIN", SMINI_FTP_REIN},
    {"HELO", SMINI_FTP_HELO},   {"EHLO", SMINI_FTP_HELO},
};

struct smini_ftp_command smini_ftp_command_read(struct smini_span line)
{
    struct smini_ftp_command command = {.verb = SMINI_FTP_OTHER};
    size_t end = smini_span_find(line, ' ');
    struct smini_span word = smini_span_part(line, 0, end);
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (smini_span_equal_nocase(word, smini_span_text(verbs[i].word)))
            command.verb = verbs[i].verb;
    if (command.verb != SMINI_FTP_SECRET)
        command.argument = smini_span_part(line, end + 1, line.length);
    return command;
}

const char *smini_ftp_verb_name(enum smini_ftp_verb verb)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]) && verb <= SMINI_FTP_LIST; i++)
        if (verbs[i].verb == verb)
            return verbs[i].word;
    return "";
}

bool smini_ftp_number_read(struct smini_span text, uint64_t *value)
{
    enum { DIGITS_MOST = 19 /* no number of so many overflows */ };
    *value = 0;
    if (text.length == 0 || text.length > DIGITS_MOST)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        *value = *value * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return true;
}

bool smini_ftp_end_read(struct smini_span text, struct smini_ftp_end *end)
{
    enum { NUMBERS = 6 };
    uint64_t numbers[NUMBERS];
    for (size_t i = 0; i < NUMBERS; i++) {
        size_t length = smini_span_find(text, ',');
        if (i == NUMBERS - 1)
            for (length = 0; length < text.length && text.bytes[length] >= '0' && text.bytes[length] <= '9';)
                length++;
        else if (length == text.length)
            return false;
        if (!smini_ftp_number_read(smini_span_part(text, 0, length), &numbers[i]) || numbers[i] > 255)
            return false;
        text = smini_span_part(text, length + 1, text.length);
    }
    *end = (struct smini_ftp_end){.ip_version = 4, .port = (uint16_t)(numbers[4] << 8 | numbers[5])};
    for (size_t i = 0; i < 4; i++)
        end->address[i] = (uint8_t)numbers[i];
    return end->port != 0;
}

bool smini_ftp_end_read_extended(struct smini_span text, struct smini_ftp_end *end)
{
    enum { PARTS = 3 }; /* protocol, address, port */
    struct smini_span parts[PARTS];
    uint64_t port;
    if (text.length == 0)
        return false;
    uint8_t delimiter = text.bytes[0];
    for (size_t i = 0; i < PARTS; i++) {
        text = smini_span_part(text, 1, text.length);
        size_t length = smini_span_find(text, delimiter);
        if (length == text.length)
            return false;
        parts[i] = smini_span_part(text, 0, length);
        text = smini_span_part(text, length, text.length);
    }
    *end = (struct smini_ftp_end){.ip_version = 0};
    if (!smini_ftp_number_read(parts[2], &port) || port == 0 || port > UINT16_MAX)
        return false;
    end->port = (uint16_t)port;
    if (parts[1].length == 0)
        return parts[0].length == 0;
    end->ip_version = smini_address_read(parts[1], end->address);
    return smini_span_equal(parts[0], smini_span_text(end->ip_version == 4 ? "1" : "2")) && end->ip_version != 0;
}
