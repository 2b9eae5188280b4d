/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/line.h"

#include "smin/abi.h"

enum { METHOD_BYTES = 32 }; /* no method that is registered is longer */

/* RFC 9110 and RFC 4918 and 5323: what a stream that nobody announced begins with. */
static const char *const methods[] = {"GET",      "PUT",       "POST", "HEAD", "OPTIONS", "DELETE", "PATCH",  "TRACE",
                                      "PROPFIND", "PROPPATCH", "COPY", "MOVE", "MKCOL",   "LOCK",   "UNLOCK", "REPORT"};

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_end(uint8_t byte)
{
    return byte == '\r' || byte == '\n';
}

/* SMIN_PROBE_YES: `bytes` begin with `word`; SMIN_PROBE_MORE: they could. */
static int32_t begins(struct smini_span bytes, const char *word)
{
    size_t length = strlen(word);
    size_t known = bytes.length < length ? bytes.length : length;
    if (known > 0 && memcmp(bytes.bytes, word, known) != 0)
        return SMIN_PROBE_NO;
    return known == length ? SMIN_PROBE_YES : SMIN_PROBE_MORE;
}

/* Behind the method and a space: a path, a whole URL, or "*". */
static int32_t judge_target(struct smini_span target)
{
    static const char *const starts[] = {"/", "http://", "* HTTP/1."};
    int32_t best = SMIN_PROBE_NO;
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        int32_t answer = begins(target, starts[i]);
        if (answer == SMIN_PROBE_YES)
            return SMIN_PROBE_YES;
        if (answer == SMIN_PROBE_MORE)
            best = SMIN_PROBE_MORE;
    }
    return best;
}

/* What a line of text cannot hold says no; so does a line that is there and is no request. */
static int32_t judge_line(struct smini_span bytes, int32_t answer)
{
    size_t end = smini_span_find(bytes, '\n');
    for (size_t i = 0; i < end; i++)
        if (bytes.bytes[i] < 0x20 && !is_blank(bytes.bytes[i]) && !(bytes.bytes[i] == '\r' && i + 1 >= end))
            return SMIN_PROBE_NO;
    if (answer == SMIN_PROBE_YES && end < bytes.length &&
        smini_http_line_kind(smini_span_part(bytes, 0, end)) == SMINI_HTTP_LINE_OTHER)
        return SMIN_PROBE_NO;
    return answer;
}

int32_t smini_http_begins_request(struct smini_span bytes)
{
    int32_t best = SMIN_PROBE_NO;
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        size_t length = strlen(methods[i]);
        int32_t answer = begins(bytes, methods[i]);
        if (answer == SMIN_PROBE_NO)
            continue;
        if (answer == SMIN_PROBE_YES && bytes.length > length)
            answer = bytes.bytes[length] == ' ' ? judge_target(smini_span_part(bytes, length + 1, bytes.length))
                                                : SMIN_PROBE_NO;
        else
            answer = SMIN_PROBE_MORE;
        if (answer == SMIN_PROBE_YES)
            return judge_line(bytes, SMIN_PROBE_YES);
        if (answer == SMIN_PROBE_MORE)
            best = SMIN_PROBE_MORE;
    }
    int32_t connect = begins(bytes, "CONNECT ");
    if (connect != SMIN_PROBE_NO)
        best = connect == SMIN_PROBE_YES && bytes.length > 8 && bytes.bytes[8] > ' ' ? SMIN_PROBE_YES : SMIN_PROBE_MORE;
    return judge_line(bytes, best);
}

int32_t smini_http_begins_answer(struct smini_span bytes)
{
    static const char pattern[] = "HTTP/1.# ### "; /* '#' is a digit */
    for (size_t i = 0; i < sizeof(pattern) - 1; i++) {
        if (i >= bytes.length)
            return SMIN_PROBE_MORE;
        uint8_t byte = bytes.bytes[i];
        bool last = i == sizeof(pattern) - 2;
        bool fits = pattern[i] == '#' ? is_digit(byte) : byte == (uint8_t)pattern[i] || (last && is_end(byte));
        if (!fits)
            return SMIN_PROBE_NO;
    }
    return SMIN_PROBE_YES;
}

static struct smini_span trim(struct smini_span text)
{
    while (text.length > 0 && (is_end(text.bytes[text.length - 1]) || is_blank(text.bytes[text.length - 1])))
        text.length--;
    while (text.length > 0 && is_blank(text.bytes[0]))
        text = smini_span_part(text, 1, text.length);
    return text;
}

/* "HTTP/" and a version of two digits. */
static bool is_version(struct smini_span text)
{
    return text.length == 8 && smini_span_starts_nocase(text, "HTTP/") && is_digit(text.bytes[5]) &&
           text.bytes[6] == '.' && is_digit(text.bytes[7]);
}

static bool is_status(struct smini_span line)
{
    if (line.length < 12 || !is_version(smini_span_part(line, 0, 8)) || !is_blank(line.bytes[8]))
        return false;
    struct smini_span rest = trim(smini_span_part(line, 9, line.length));
    return rest.length >= 3 && is_digit(rest.bytes[0]) && is_digit(rest.bytes[1]) && is_digit(rest.bytes[2]) &&
           (rest.length == 3 || is_blank(rest.bytes[3]));
}

static bool is_method(struct smini_span word)
{
    if (word.length == 0 || word.length > METHOD_BYTES)
        return false;
    for (size_t i = 0; i < word.length; i++) {
        uint8_t byte = smini_ascii_lower(word.bytes[i]);
        if ((byte < 'a' || byte > 'z') && !is_digit(byte) && byte != '-' && byte != '_')
            return false;
    }
    return true;
}

enum smini_http_line smini_http_line_kind(struct smini_span line)
{
    line = trim(line);
    if (is_status(line))
        return SMINI_HTTP_LINE_STATUS;
    size_t blank = 0;
    while (blank < line.length && !is_blank(line.bytes[blank]))
        blank++;
    struct smini_span rest = trim(smini_span_part(line, blank, line.length));
    if (!is_method(smini_span_part(line, 0, blank)) || rest.length == 0)
        return SMINI_HTTP_LINE_OTHER;
    if (rest.length > 9 && is_version(smini_span_part(rest, rest.length - 8, 8)) && is_blank(rest.bytes[rest.length - 9]))
        return SMINI_HTTP_LINE_REQUEST;
    bool get = smini_span_equal(smini_span_part(line, 0, blank), smini_span_text("GET"));
    return get && rest.bytes[0] == '/' && smini_span_find(rest, ' ') == rest.length ? SMINI_HTTP_LINE_SHORT
                                                                                    : SMINI_HTTP_LINE_OTHER;
}

static int hex_value(uint8_t byte)
{
    byte = smini_ascii_lower(byte);
    if (is_digit(byte))
        return byte - '0';
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

bool smini_http_chunk_length(struct smini_span line, uint64_t *length)
{
    size_t at = 0;
    uint64_t value = 0;
    while (at < line.length && (is_blank(line.bytes[at]) || is_end(line.bytes[at]) || line.bytes[at] == 0x0b ||
                                line.bytes[at] == 0x0c))
        at++;
    size_t digits = at;
    for (; at < line.length && hex_value(line.bytes[at]) >= 0; at++) {
        value = value * 16 + (uint64_t)hex_value(line.bytes[at]);
        if (value > INT32_MAX) /* libhtp refuses such a chunk */
            return false;
    }
    *length = value;
    return at > digits;
}

static bool read_decimal(struct smini_span *rest, uint64_t *value)
{
    size_t at = 0;
    *value = 0;
    for (; at < rest->length && is_digit(rest->bytes[at]); at++) {
        if (at == 18) /* no number of so many digits overflows */
            return false;
        *value = *value * 10 + (uint64_t)(rest->bytes[at] - '0');
    }
    *rest = smini_span_part(*rest, at, rest->length);
    return at > 0;
}

static bool take_byte(struct smini_span *rest, uint8_t byte)
{
    if (rest->length == 0 || rest->bytes[0] != byte)
        return false;
    *rest = smini_span_part(*rest, 1, rest->length);
    return true;
}

bool smini_http_read_range(struct smini_span value, struct smini_http_range *range)
{
    struct smini_span rest = trim(value);
    if (!smini_span_starts_nocase(rest, "bytes") || rest.length < 6)
        return false;
    rest = trim(smini_span_part(rest, 5, rest.length));
    if (!read_decimal(&rest, &range->first) || !take_byte(&rest, '-') || !read_decimal(&rest, &range->last) ||
        !take_byte(&rest, '/') || range->last < range->first)
        return false;
    range->total = UINT64_MAX;
    if (take_byte(&rest, '*'))
        return rest.length == 0;
    return read_decimal(&rest, &range->total) && rest.length == 0 && range->total > range->last;
}

struct smini_span smini_http_name_of(struct smini_span target)
{
    if (smini_span_starts_nocase(target, "http://") || smini_span_starts_nocase(target, "https://")) {
        size_t host = smini_span_find(target, ':') + 3;
        struct smini_span rest = smini_span_part(target, host, target.length);
        target = smini_span_part(rest, smini_span_find(rest, '/'), rest.length);
    }
    while (target.length > 0 && target.bytes[0] == '/')
        target = smini_span_part(target, 1, target.length);
    return smini_span_part(target, 0, smini_span_find(target, '#'));
}
