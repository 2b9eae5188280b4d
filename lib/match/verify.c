/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/verify.h"

#include "match/scan.h"
#include "match/verify_bytes.h"
#include "rule/integer.h"
#include "smin/status.h"

/* What a step may search without counting as another one. */
#define BYTES_PER_STEP 64u

struct window {
    size_t from;
    size_t to; /* a match ends here or before */
};

static bool spend(struct smini_verify *verify, size_t searched)
{
    verify->steps += 1 + searched / BYTES_PER_STEP;
    if (verify->steps > verify->step_limit)
        verify->limited = true;
    return !verify->limited;
}

/* A position that counts from the beginning, as an index into the bytes at hand; clipped to them. */
static size_t index_of(const struct smini_verify *verify, uint64_t position)
{
    uint64_t index = position > verify->base ? position - verify->base : 0;
    return index < verify->bytes.length ? (size_t)index : verify->bytes.length;
}

/* Likewise for one that may lie anywhere, counted from bytes[0]. */
static size_t clip(const struct smini_verify *verify, int64_t index)
{
    if (index < 0)
        return 0;
    return (uint64_t)index < verify->bytes.length ? (size_t)index : verify->bytes.length;
}

static struct window relative_window(const struct smini_verify *verify, const struct smini_content *content,
                                     int64_t cursor)
{
    int64_t from = cursor + smini_verify_operand(verify, content->distance);
    struct window window = {.from = from > 0 ? (size_t)from : 0, .to = verify->bytes.length};
    if (content->has_within)
        window.to = clip(verify, from + smini_verify_operand(verify, content->within));
    return window;
}

static struct window content_window(const struct smini_verify *verify, const struct smini_content *content,
                                    int64_t cursor)
{
    if (content->relative)
        return relative_window(verify, content, cursor);
    uint64_t offset = (uint64_t)smini_verify_operand(verify, content->offset);
    struct window window = {.from = index_of(verify, offset), .to = verify->bytes.length};
    if (content->has_depth) {
        uint64_t end = offset + (uint64_t)smini_verify_operand(verify, content->depth);
        /* bytes that were dropped before the window cannot be looked at any more */
        window.to = end > verify->base ? index_of(verify, end) : 0;
    }
    return window;
}

/* The first occurrence inside the window; false when there is none. */
static bool find_content(struct smini_verify *verify, const struct smini_content *content, struct window window,
                         size_t *at)
{
    size_t length = content->pattern.length;
    if (window.from > window.to || window.to - window.from < length)
        return false;
    if (content->ends_with) {
        if (window.to < verify->bytes.length)
            return false;
        window.from = window.to - length;
    }
    struct smini_literal literal = {.bytes = content->pattern, .nocase = content->nocase};
    size_t found = smini_literal_find(&literal, smini_span_make(verify->bytes.bytes, window.to), window.from);
    (void)spend(verify, found - window.from);
    *at = found;
    return found < window.to;
}

static bool check(struct smini_verify *verify, const struct smini_section *section, uint32_t index, int64_t cursor);

static bool check_content(struct smini_verify *verify, const struct smini_section *section, uint32_t index,
                          int64_t cursor)
{
    const struct smini_condition *condition = &section->conditions[index];
    const struct smini_content *content = &condition->u.content;
    struct window window = content_window(verify, content, cursor);
    size_t at;
    if (content->ends_with && verify->open_end)
        return false; /* nor is it known not to end like that */
    if (content->negated)
        return !find_content(verify, content, window, &at) && check(verify, section, index + 1, cursor);
    while (find_content(verify, content, window, &at)) {
        verify->match_at = at;
        verify->match_length = content->pattern.length;
        if (check(verify, section, index + 1, (int64_t)(at + content->pattern.length)))
            return true;
        if (!condition->next_depends || verify->limited)
            return false;
        window.from = at + 1;
    }
    return false;
}

/* SMIN_OK; SMIN_DONE: not there; errors: not decided, and noted. */
static int32_t find_regex(struct smini_verify *verify, const struct smini_condition *condition, size_t base,
                          size_t from, size_t *begin, size_t *end)
{
    struct smini_span subject = smini_span_part(verify->bytes, base, verify->bytes.length);
    bool dropped = base == 0 && verify->base > 0;
    if (dropped && (condition->u.pcre.flags & SMINI_PCRE_ANCHORED))
        return SMIN_DONE;
    if (from > subject.length || !spend(verify, subject.length - from))
        return SMIN_DONE;
    uint32_t part = (dropped ? SMINI_REGEX_NOT_BEGINNING : 0u) | (verify->open_end ? SMINI_REGEX_NOT_END : 0u);
    int32_t status =
        smini_regex_find(verify->regexes[condition->regex], verify->regex_scratch, subject, from, part, begin, end);
    verify->regex_limited |= status == SMIN_E_LIMIT;
    verify->no_memory |= status == SMIN_E_NOMEM;
    return status;
}

static bool check_pcre(struct smini_verify *verify, const struct smini_section *section, uint32_t index, int64_t cursor)
{
    const struct smini_condition *condition = &section->conditions[index];
    const struct smini_regex_text *pcre = &condition->u.pcre;
    size_t base = pcre->relative && cursor > 0 ? (size_t)cursor : 0;
    size_t from = 0;
    size_t begin;
    size_t end;
    if (pcre->negated) {
        bool absent = find_regex(verify, condition, base, 0, &begin, &end) == SMIN_DONE && !verify->limited;
        return absent && check(verify, section, index + 1, cursor);
    }
    while (find_regex(verify, condition, base, from, &begin, &end) == SMIN_OK) {
        verify->match_at = base + begin;
        verify->match_length = end - begin;
        if (check(verify, section, index + 1, (int64_t)(base + end)))
            return true;
        if (!condition->next_depends || verify->limited)
            return false;
        from = begin + 1;
    }
    return false;
}

static bool data_at_holds(const struct smini_verify *verify, const struct smini_data_at *data_at, int64_t cursor)
{
    int64_t size = (int64_t)verify->bytes.length;
    int64_t position = smini_verify_operand(verify, data_at->position);
    bool there = data_at->relative ? cursor + position <= size : position < (int64_t)verify->base + size;
    if (data_at->position.variable && position < 0)
        there = false;
    return there != data_at->negated && !(data_at->negated && verify->open_end);
}

static bool size_holds(const struct smini_verify *verify, const struct smini_size_test *size, int64_t cursor)
{
    uint64_t from = size->relative ? clip(verify, cursor) : 0;
    return !verify->open_end && smini_integer_holds(&size->test, verify->bytes.length - from);
}

static bool check(struct smini_verify *verify, const struct smini_section *section, uint32_t index, int64_t cursor)
{
    if (index == section->condition_count)
        return true;
    if (!spend(verify, 0))
        return false;
    const struct smini_condition *condition = &section->conditions[index];
    bool holds = false;
    switch (condition->kind) {
    case SMINI_CONDITION_CONTENT:
        return check_content(verify, section, index, cursor);
    case SMINI_CONDITION_PCRE:
        return check_pcre(verify, section, index, cursor);
    case SMINI_CONDITION_BYTE_TEST:
        holds = smini_verify_byte_test(verify, &condition->u.byte_test, cursor);
        break;
    case SMINI_CONDITION_BYTE_JUMP:
        holds = smini_verify_byte_jump(verify, &condition->u.byte_jump, &cursor);
        break;
    case SMINI_CONDITION_BYTE_EXTRACT:
        holds = smini_verify_byte_extract(verify, &condition->u.byte_extract, &cursor);
        break;
    case SMINI_CONDITION_BYTE_MATH:
        holds = smini_verify_byte_math(verify, &condition->u.byte_math, &cursor);
        break;
    case SMINI_CONDITION_DATA_AT:
        holds = data_at_holds(verify, &condition->u.data_at, cursor);
        break;
    case SMINI_CONDITION_SIZE:
        holds = size_holds(verify, &condition->u.size, cursor);
        break;
    }
    return holds && check(verify, section, index + 1, cursor);
}

bool smini_verify_section(struct smini_verify *verify, const struct smini_section *section)
{
    return check(verify, section, 0, 0) && !verify->limited;
}
