/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/probe.h"

#include "smin/abi.h"

/*
 * On any port. A greeting is 220 (RFC 959 section 5.4), as in mail, which gives itself away with its first command.
 * What clients begin with is shared by POP3 ("USER") too: it is believed when a reply of FTP was seen.
 */
static const char *const greetings[] = {"220 ", "220-"};
static const char *const beginnings[] = {"USER ", "AUTH TLS", "AUTH SSL", "FEAT\r", "SYST\r", "OPTS ", "CLNT ", "HOST "};

enum { DIGITS = 3, VERB_MOST = 4, IAC = 255 };

/* YES: begins so; MORE: as far as it goes. */
static int32_t begins(struct smini_span bytes, const char *text)
{
    size_t length = strlen(text);
    struct smini_span wanted = smini_span_part(smini_span_text(text), 0, bytes.length);
    if (!smini_span_equal_nocase(smini_span_part(bytes, 0, length), wanted))
        return SMIN_PROBE_NO;
    return bytes.length >= length ? SMIN_PROBE_YES : SMIN_PROBE_MORE;
}

static int32_t begins_any(struct smini_span bytes, const char *const *texts, size_t count)
{
    int32_t best = SMIN_PROBE_NO;
    for (size_t i = 0; i < count; i++) {
        int32_t answer = begins(bytes, texts[i]);
        if (answer == SMIN_PROBE_YES)
            return answer;
        if (answer == SMIN_PROBE_MORE)
            best = answer;
    }
    return best;
}

/* Three digits, and what may stand behind them. */
static int32_t any_reply(struct smini_span bytes)
{
    for (size_t i = 0; i < bytes.length && i < DIGITS; i++)
        if (bytes.bytes[i] < (i == 0 ? '1' : '0') || bytes.bytes[i] > (i == 0 ? '6' : '9'))
            return SMIN_PROBE_NO;
    if (bytes.length <= DIGITS)
        return SMIN_PROBE_MORE;
    return bytes.bytes[DIGITS] == ' ' || bytes.bytes[DIGITS] == '-' ? SMIN_PROBE_YES : SMIN_PROBE_NO;
}

/* Three or four letters, and the end of a word; or a command of Telnet before them. */
static int32_t any_command(struct smini_span bytes)
{
    size_t letters = 0;
    if (bytes.length > 0 && bytes.bytes[0] == IAC)
        return SMIN_PROBE_YES;
    while (letters < bytes.length && letters <= VERB_MOST && (uint8_t)((bytes.bytes[letters] | 0x20) - 'a') < 26)
        letters++;
    if (letters > VERB_MOST)
        return SMIN_PROBE_NO;
    if (letters == bytes.length)
        return SMIN_PROBE_MORE;
    uint8_t behind = bytes.bytes[letters];
    return letters >= DIGITS && (behind == ' ' || behind == '\r' || behind == '\n') ? SMIN_PROBE_YES : SMIN_PROBE_NO;
}

int32_t smini_ftp_probe_server(struct smini_span bytes, bool on_port)
{
    if (on_port)
        return any_reply(bytes);
    return begins_any(bytes, greetings, sizeof(greetings) / sizeof(greetings[0]));
}

int32_t smini_ftp_probe_client(struct smini_span bytes, bool on_port)
{
    if (on_port)
        return any_command(bytes);
    return begins_any(bytes, beginnings, sizeof(beginnings) / sizeof(beginnings[0]));
}
