/* SPDX-License-Identifier: BSD-2-Clause */
/* Foreign text: nothing in it acts, and nothing in it hides. */
#include "base/utf8.h"
#include "report/html.h"
#include "report/secret.h"

struct code_range {
    uint32_t first, last;
};

/*
 * Characters that a reader would not see, or that move or cover others: shown by their number. Marks that
 * combine with the letter before are among them, since a heap of them covers the lines above and below.
 */
static const struct code_range hidden[] = {
    {0x00, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},       {0x300, 0x36f},     {0x483, 0x489},
    {0x591, 0x5c7},     {0x600, 0x605},     {0x610, 0x61c},     {0x64b, 0x65f},     {0x6d6, 0x6ed},
    {0x70f, 0x70f},     {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff},   {0x2000, 0x200f},   {0x2028, 0x202f},   {0x205f, 0x206f},   {0x20d0, 0x20ff},
    {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},   {0xa0, 0xa0},       {0xe000, 0xf8ff},
    {0xfe00, 0xfe0f},   {0xfe20, 0xfe2f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xffff},
    {0x1d159, 0x1d17a}, {0xe0000, 0x10ffff}};

static bool is_hidden(uint32_t code)
{
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
        if (code >= hidden[i].first && code <= hidden[i].last)
            return true;
    return false;
}

static uint32_t code_point(const uint8_t *bytes, size_t length)
{
    static const uint8_t first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t code = bytes[0] & first_bits[length];
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (bytes[i] & 0x3f);
    return code;
}

static void put_number(struct smini_html *html, const char *form, uint32_t number, bool elements)
{
    smini_html_raw(html, elements ? "<b class=\"c\">" : "");
    switch (*form) {
    case 'x':
        smini_html_form(html, "\\x%02x", (unsigned)number);
        break;
    default:
        smini_html_form(html, "\\u{%X}", (unsigned)number);
    }
    smini_html_raw(html, elements ? "</b>" : "");
}

static const char *entity(uint8_t byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* One character; gives how many bytes it took. */
static size_t put_character(struct smini_html *html, struct smini_span rest, bool elements)
{
    uint8_t byte = rest.bytes[0];
    size_t length = smini_utf8_length(rest.bytes, rest.length);
    if (length == 0) {
        put_number(html, "x", byte, elements);
        return 1;
    }
    uint32_t code = code_point(rest.bytes, length);
    /* So that no text can pretend to hold a character that is shown by its number. */
    bool pretends = byte == '\\' && rest.length > 1 && (rest.bytes[1] == 'x' || rest.bytes[1] == 'u');
    if (is_hidden(code) || pretends)
        put_number(html, code < 0x80 ? "x" : "u", code, elements);
    else if (entity(byte))
        smini_html_raw(html, entity(byte));
    else
        smini_html_bytes(html, smini_span_part(rest, 0, length));
    return length;
}

void smini_html_visible(struct smini_html *html, struct smini_span text, bool elements)
{
    while (text.length > 0)
        text = smini_span_part(text, put_character(html, text, elements), text.length);
}

static void put_masked(struct smini_html *html, bool elements)
{
    smini_html_raw(html, elements ? "<b class=\"s\">masked</b>" : "[masked]");
}

/* The end of the last whole character within `most` bytes. */
static size_t cut_at(struct smini_span text, size_t most)
{
    if (text.length <= most)
        return text.length;
    size_t at = most;
    while (at > 0 && most - at < 3 && smini_utf8_continues(text.bytes[at]))
        at--;
    return at;
}

/* Beyond the cut only so much is looked at: what makes a secret recognisable stands before it, or in it. */
enum { LOOK_BEHIND_CUT = 256 };

static void put_text(struct smini_html *html, struct smini_span text, size_t most, bool elements, bool mask)
{
    size_t end = cut_at(text, most), at = 0;
    struct smini_secrets secrets = {.count = 0};
    if (mask)
        smini_secrets_find(&secrets, smini_span_part(text, 0, end + LOOK_BEHIND_CUT));
    for (uint32_t i = 0; i < secrets.count && secrets.part[i].start < end; i++) {
        smini_html_visible(html, smini_span_part(text, at, secrets.part[i].start - at), elements);
        put_masked(html, elements);
        at = secrets.part[i].start + secrets.part[i].length;
    }
    if (at < end)
        smini_html_visible(html, smini_span_part(text, at, end - at), elements);
    if (end < text.length) {
        smini_html_raw(html, elements ? " <i class=\"cut\">(" : "\xe2\x80\xa6 (");
        smini_html_number(html, text.length - end);
        smini_html_raw(html, elements ? " more bytes)</i>" : " more bytes)");
    }
}

void smini_html_foreign(struct smini_html *html, struct smini_span text, size_t most)
{
    smini_html_raw(html, "<bdi>");
    put_text(html, text, most, true, true);
    smini_html_raw(html, "</bdi>");
}

void smini_html_own(struct smini_html *html, const char *text)
{
    smini_html_raw(html, "<bdi>");
    put_text(html, smini_span_text(text), SMINI_PAGE_TEXT_MAX, true, false);
    smini_html_raw(html, "</bdi>");
}

void smini_html_foreign_plain(struct smini_html *html, struct smini_span text, size_t most)
{
    put_text(html, text, most, false, true);
}

enum { MASK_COLUMNS = 8 };

/* How many columns a character takes; those beyond the Latin, Greek and Cyrillic letters count twice. */
static uint32_t columns_of(struct smini_span rest, size_t *length)
{
    *length = smini_utf8_length(rest.bytes, rest.length);
    if (*length == 0) {
        *length = 1;
        return 4;
    }
    uint32_t code = code_point(rest.bytes, *length);
    if (is_hidden(code) || rest.bytes[0] == '\\')
        return code < 0x80 ? 4 : 10;
    return code < 0x600 ? 1 : 2;
}

void smini_html_foreign_columns(struct smini_html *html, struct smini_span text, uint32_t columns)
{
    struct smini_secrets secrets;
    uint32_t used = 0, next = 0;
    smini_secrets_find(&secrets, smini_span_part(text, 0, columns + LOOK_BEHIND_CUT));
    for (size_t at = 0; at < text.length;) {
        bool masked = next < secrets.count && at >= secrets.part[next].start;
        size_t length = masked ? secrets.part[next].length : 0;
        uint32_t more = masked ? MASK_COLUMNS : columns_of(smini_span_part(text, at, text.length), &length);
        if (used + more + (at + length < text.length) > columns) {
            smini_html_raw(html, "\xe2\x80\xa6");
            return;
        }
        if (masked)
            put_masked(html, false);
        else
            put_character(html, smini_span_part(text, at, text.length), false);
        next += masked;
        used += more;
        at += length;
    }
}
