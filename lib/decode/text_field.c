/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/text_field.h"

static bool is_control(uint8_t byte)
{
    return byte < 32 || byte > 126;
}

static bool is_letter(uint8_t byte)
{
    uint8_t lower = smini_ascii_lower(byte);
    return lower >= 'a' && lower <= 'z';
}

static bool is_scheme_byte(uint8_t byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '+' || byte == '-' || byte == '.';
}

static bool ends_url(uint8_t byte)
{
    return byte <= 32 || byte >= 127 || byte == '"' || byte == '\'' || byte == '|';
}

bool smini_text_has_controls(struct smini_span text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = ones * 0x80;
    size_t at = 0;
    /* Eight at a time: the top bit of a byte's place is set when it is below 32, when it is 127, or when it is no ASCII. */
    for (; text.length - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, text.bytes + at, sizeof(word));
        uint64_t del = word ^ (ones * 127);
        if ((((word - ones * 32) & ~word) | ((del - ones) & ~del) | word) & tops)
            return true;
    }
    for (; at < text.length; at++)
        if (is_control(text.bytes[at]))
            return true;
    return false;
}

bool smini_text_not_empty(struct smini_span slot)
{
    uint64_t all = 0;
    size_t at = 0;
    /* Four words at a time: an empty slot, the usual case, is read to its end. */
    for (; slot.length - at >= 32; at += 32) {
        uint64_t words[4];
        memcpy(words, slot.bytes + at, sizeof(words));
        all |= (words[0] | words[1]) | (words[2] | words[3]);
    }
    for (; slot.length - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, slot.bytes + at, sizeof(word));
        all |= word;
    }
    for (; at < slot.length; at++)
        all |= slot.bytes[at];
    return all != 0;
}

/* Where the scheme begins that ends in front of `colon`; `colon` itself when there is none. */
static size_t scheme_begin(struct smini_span text, size_t least, size_t colon)
{
    size_t begin = colon;
    while (begin > least && is_scheme_byte(text.bytes[begin - 1]))
        begin--;
    while (begin < colon && !is_letter(text.bytes[begin]))
        begin++;
    return begin;
}

struct smini_span smini_text_next_url(struct smini_span text, size_t *from)
{
    size_t at = *from;
    while (at < text.length && text.length - at >= 3) {
        size_t colon = at + smini_span_find(smini_span_part(text, at, text.length), ':');
        if (text.length - colon < 3)
            break;
        size_t begin = scheme_begin(text, *from, colon);
        at = colon + 1;
        if (text.bytes[colon + 1] != '/' || text.bytes[colon + 2] != '/' || begin == colon)
            continue;
        size_t end = colon + 3;
        while (end < text.length && !ends_url(text.bytes[end]))
            end++;
        *from = end;
        return smini_span_part(text, begin, end - begin);
    }
    *from = text.length;
    return smini_span_make(NULL, 0);
}

bool smini_url_valid(struct smini_span url)
{
    size_t at = 0;
    while (at < url.length && is_scheme_byte(url.bytes[at]))
        at++;
    return at > 1 && at + 1 < url.length && url.bytes[at] == ':' && is_letter(url.bytes[0]);
}

struct smini_span smini_url_file(struct smini_span url)
{
    size_t colon = smini_span_find(url, ':');
    struct smini_span path = smini_span_part(url, colon + 1, url.length);
    if (path.length >= 2 && path.bytes[0] == '/' && path.bytes[1] == '/') {
        path = smini_span_part(path, 2, path.length);
        path = smini_span_part(path, smini_span_find(path, '/'), path.length);
    }
    path.length = smini_span_find(path, '?');
    for (size_t at = path.length; at > 0; at--)
        if (path.bytes[at - 1] == '/')
            return smini_span_part(path, at, path.length);
    return path;
}

struct smini_span smini_text_next_run(struct smini_span bytes, size_t *from, size_t least)
{
    size_t at = *from;
    while (at < bytes.length) {
        size_t begin = at;
        while (at < bytes.length && bytes.bytes[at] >= 32 && bytes.bytes[at] < 127)
            at++;
        if (at - begin >= least) {
            *from = at;
            return smini_span_part(bytes, begin, at - begin);
        }
        at++;
    }
    *from = bytes.length;
    return smini_span_make(NULL, 0);
}
