/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_console.h"

#include "device/ios_where.h"

enum { HOST_NAME_MOST = 63 /* RFC 1035, and what IOS takes for the prompt */ };

/* Bytes of a byte order mark, or of an escape sequence of the console ("ESC [ K"), at `at`. */
static size_t mark_length(struct smini_span raw, size_t at)
{
    static const uint8_t marks[][3] = {{0xef, 0xbb, 0xbf}, {0xff, 0xfe, 0}, {0xfe, 0xff, 0}};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t length = i == 0 ? 3 : 2;
        if (smini_span_equal(smini_span_part(raw, at, length), smini_span_make(marks[i], length)))
            return length;
    }
    if (raw.length - at < 3 || raw.bytes[at] != 27 || raw.bytes[at + 1] != '[')
        return 0;
    size_t end = at + 2;
    while (end < raw.length && raw.bytes[end] >= ' ' && raw.bytes[end] < '@')
        end++;
    return end < raw.length ? end + 1 - at : 0;
}

size_t smini_ios_skip_debris(struct smini_span raw, size_t *indent)
{
    static const char *const pagers[] = {"--More--", "<--- More --->"};
    size_t at = 0, line_begin = 0;
    while (at < raw.length) {
        size_t skipped = mark_length(raw, at);
        for (size_t i = 0; skipped == 0 && i < sizeof(pagers) / sizeof(pagers[0]); i++)
            if (smini_span_starts_nocase(smini_span_part(raw, at, raw.length), pagers[i]))
                skipped = strlen(pagers[i]);
        if (skipped == 0 && !smini_ios_separates(raw, at) && raw.bytes[at] != 0)
            break;
        /* Behind the pager, or a step back, the line begins anew; blanks are its indentation. */
        bool anew = skipped > 0 || (raw.bytes[at] != ' ' && raw.bytes[at] != '\t' && raw.bytes[at] != 0);
        at += skipped > 0 ? skipped : 1;
        if (anew)
            line_begin = at;
    }
    *indent = at - line_begin;
    return at;
}

static bool is_host_byte(uint8_t byte)
{
    uint8_t lower = smini_ascii_lower(byte);
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_';
}

size_t smini_ios_prompt_length(struct smini_span text)
{
    size_t at = 0;
    while (at < text.length && at <= HOST_NAME_MOST && is_host_byte(text.bytes[at]))
        at++;
    if (at > 0 && at < text.length && text.bytes[at] == '(') {
        size_t close = smini_span_find(smini_span_part(text, at, HOST_NAME_MOST), ')');
        at = smini_span_find(smini_span_part(text, at, close), ' ') == close ? at + close + 1 : text.length;
    }
    return at > 0 && at < text.length && (text.bytes[at] == '#' || text.bytes[at] == '>') ? at + 1 : 0;
}

struct smini_span smini_ios_trimmed(struct smini_span raw, size_t from)
{
    size_t end = raw.length;
    while (from < end && smini_ios_separates(raw, from))
        from++;
    while (end > from && smini_ios_separates(raw, end - 1))
        end--;
    return smini_span_part(raw, from, end - from);
}

bool smini_ios_is_printed(struct smini_span command)
{
    static const char *const starts[] = {"Building configuration", "Current configuration", "Using ",
                                         "Load for five secs",     "Time source is",        "Press RETURN"};
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (smini_span_starts_nocase(command, starts[i]))
            return true;
    return false;
}

struct smini_ios_place smini_ios_prompt_place(struct smini_span prompt)
{
    static const struct {
        const char *name;
        uint32_t mode;
    } sections[] = {
        {"config", G},          {"config-line", L},      {"config-if", I},        {"config-router", R},
        {"config-ext-nacl", A}, {"config-std-nacl", A},  {"config-archive", V},   {"config-applet", E},
        {"config-keychain", Y}, {"config-server-tacacs", S}, {"config-radius-server", S},
    };
    struct smini_ios_place place = {.mode = X, .others = G, .doubtful = ANY};
    size_t open = smini_span_find(prompt, '(');
    if (open == prompt.length)
        return place;
    struct smini_span name = smini_span_part(prompt, open + 1, prompt.length);
    name.length = smini_span_find(name, ')');
    place.mode = O;
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
        if (smini_span_equal(name, smini_span_text(sections[i].name)))
            place.mode = sections[i].mode;
    return place;
}
