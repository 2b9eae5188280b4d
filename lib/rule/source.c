/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/source.h"

#include "rule/lex.h"

void smini_source_init(struct smini_source *source, struct smini_span text)
{
    /* Editors on Windows put a byte order mark in front. */
    if (text.length >= 3 && memcmp(text.bytes, "\xef\xbb\xbf", 3) == 0)
        text = smini_span_part(text, 3, text.length);
    source->text = text;
    source->at = 0;
    source->line = 1;
}

static size_t line_end(struct smini_span text, size_t at)
{
    struct smini_span rest = smini_span_part(text, at, text.length);
    return at + smini_span_find(rest, '\n');
}

static bool joins_next(struct smini_span text, size_t from, size_t end)
{
    if (end > from && text.bytes[end - 1] == '\r')
        end--;
    return end > from && text.bytes[end - 1] == '\\';
}

/*
 * Snort 3 writes one rule over several lines without joining them. Where a rule stands in its brackets is followed
 * byte by byte: it ends at the bracket that comes where an option could begin.
 */
struct bracket {
    bool open;
    bool closed;
    bool quoted;
    bool escaped;
    bool between; /* behind a semicolon or the opening bracket, and nothing since */
};

static void follow_byte(struct bracket *bracket, uint8_t byte)
{
    if (bracket->escaped) {
        bracket->escaped = false;
    } else if (byte == '\\') {
        bracket->escaped = true;
        bracket->between = false;
    } else if (byte == '"') {
        bracket->quoted = !bracket->quoted;
        bracket->between = false;
    } else if (bracket->quoted) {
        return;
    } else if (!bracket->open) {
        bracket->open = bracket->between = byte == '(';
    } else if (byte == ')' && bracket->between) {
        bracket->closed = true;
    } else if (!smini_lex_is_space(byte)) {
        bracket->between = byte == ';';
    }
}

static void follow(struct bracket *bracket, struct smini_span text, size_t from, size_t end)
{
    for (; from < end && !bracket->closed; from++)
        follow_byte(bracket, text.bytes[from]);
}

static size_t skip_space(struct smini_span text, size_t from, size_t end)
{
    while (from < end && smini_lex_is_space(text.bytes[from]))
        from++;
    return from;
}

/* A line that can only be a rule of its own, a comment, or the empty line behind a rule without an end. */
static bool begins_anew(struct smini_span text, size_t from)
{
    static const char *const words[] = {"alert ", "drop ",  "pass ", "reject", "block ", "log ",
                                        "react ", "rewrite ", "#",    "config ", "alert\t"};
    size_t end = line_end(text, from);
    size_t begin = skip_space(text, from, end);
    if (begin == end)
        return true;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (smini_span_starts_nocase(smini_span_part(text, begin, end - begin), words[i]))
            return true;
    return false;
}

/* Does the rule go on in the line behind `end`? */
static bool goes_on(struct smini_span text, size_t from, size_t end, const struct bracket *bracket)
{
    if (joins_next(text, from, end))
        return true;
    if (bracket->open)
        return !bracket->closed && !begins_anew(text, end + 1);
    size_t next = skip_space(text, end + 1, line_end(text, end + 1));
    return next < text.length && text.bytes[next] == '('; /* a header alone on its line */
}

/* Moves behind a comment between slashes and stars that begins a line; false when there is none. */
static bool skip_block_comment(struct smini_source *source, size_t begin)
{
    struct smini_span text = source->text;
    if (!smini_span_starts_nocase(smini_span_part(text, begin, text.length), "/*"))
        return false;
    size_t at = begin + 2;
    while (at < text.length && !(text.bytes[at] == '/' && at > begin + 2 && text.bytes[at - 1] == '*')) {
        source->line += text.bytes[at] == '\n' ? 1 : 0;
        at++;
    }
    source->at = at < text.length ? at + 1 : text.length;
    return true;
}

bool smini_source_next(struct smini_source *source, struct smini_span *rule, uint32_t *line, uint32_t *column)
{
    struct smini_span text = source->text;
    while (source->at < text.length) {
        size_t from = source->at;
        size_t end = line_end(text, from);
        size_t begin = skip_space(text, from, end);
        uint32_t first = source->line;
        if (skip_block_comment(source, begin))
            continue;
        bool silent = begin == end || text.bytes[begin] == '#';
        struct bracket bracket = {false, false, false, false, false};
        if (!silent)
            follow(&bracket, text, begin, end);
        while (!silent && end < text.length && goes_on(text, from, end, &bracket)) {
            from = end + 1;
            end = line_end(text, from);
            follow(&bracket, text, from - 1, end);
            source->line++;
        }
        size_t next = end < text.length ? end + 1 : text.length;
        size_t start = source->at;
        source->at = next;
        source->line++;
        if (silent)
            continue;
        *rule = smini_lex_trim(smini_span_part(text, begin, end - begin));
        *line = first;
        *column = (uint32_t)(begin - start) + 1;
        return true;
    }
    return false;
}
