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

bool smini_source_next(struct smini_source *source, struct smini_span *rule, uint32_t *line, uint32_t *column)
{
    struct smini_span text = source->text;
    while (source->at < text.length) {
        size_t from = source->at;
        size_t end = line_end(text, from);
        uint32_t first = source->line;
        size_t begin = from;
        while (begin < end && smini_lex_is_space(text.bytes[begin]))
            begin++;
        bool silent = begin == end || text.bytes[begin] == '#';
        while (!silent && end < text.length && joins_next(text, from, end)) {
            from = end + 1;
            end = line_end(text, from);
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
