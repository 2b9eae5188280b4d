/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/verify.h"

#include "match/number.h"
#include "match/scan.h"
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

static struct window content_window(const struct smini_verify *verify, const struct smini_content *content,
                                    size_t cursor)
{
    struct window window = {.from = 0, .to = verify->bytes.length};
    if (content->relative) {
        int64_t from = (int64_t)cursor + content->distance;
        int64_t to = from + (int64_t)content->within;
        window.from = from > 0 ? (size_t)from : 0;
        if (content->has_within && to < (int64_t)window.to)
            window.to = to > 0 ? (size_t)to : 0;
        return window;
    }
    window.from = index_of(verify, content->offset);
    if (content->has_depth)
        window.to = index_of(verify, (uint64_t)content->offset + content->depth);
    /* bytes that were dropped before the window cannot be looked at any more */
    if (content->has_depth && (uint64_t)content->offset + content->depth <= verify->base)
        window.to = 0;
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

static bool check(struct smini_verify *verify, const struct smini_section *section, uint32_t index, size_t cursor);

static bool check_content(struct smini_verify *verify, const struct smini_section *section, uint32_t index,
                          size_t cursor)
{
    const struct smini_condition *condition = &section->conditions[index];
    const struct smini_content *content = &condition->u.content;
    struct window window = content_window(verify, content, cursor);
    size_t at;
    if (content->negated)
        return !find_content(verify, content, window, &at) && check(verify, section, index + 1, cursor);
    while (find_content(verify, content, window, &at)) {
        verify->match_at = at;
        verify->match_length = content->pattern.length;
        if (check(verify, section, index + 1, at + content->pattern.length))
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
    int32_t status = smini_regex_find(verify->regexes[condition->regex], verify->regex_scratch, subject, from, dropped,
                                      begin, end);
    verify->regex_limited |= status == SMIN_E_LIMIT;
    verify->no_memory |= status == SMIN_E_NOMEM;
    return status;
}

static bool check_pcre(struct smini_verify *verify, const struct smini_section *section, uint32_t index, size_t cursor)
{
    const struct smini_condition *condition = &section->conditions[index];
    const struct smini_regex_text *pcre = &condition->u.pcre;
    size_t base = pcre->relative ? cursor : 0;
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
        if (check(verify, section, index + 1, base + end))
            return true;
        if (!condition->next_depends || verify->limited)
            return false;
        from = begin + 1;
    }
    return false;
}

static bool check_byte_test(struct smini_verify *verify, const struct smini_byte_test *test, size_t cursor)
{
    int64_t at = (test->relative ? (int64_t)cursor : -(int64_t)verify->base) + test->offset;
    if (at < 0 || (uint64_t)at > verify->bytes.length || verify->bytes.length - (uint64_t)at < test->size)
        return false;
    return smini_number_test(test, smini_span_part(verify->bytes, (size_t)at, test->size));
}

static bool check_data_at(const struct smini_verify *verify, const struct smini_data_at *data_at, size_t cursor)
{
    uint64_t size = verify->bytes.length;
    bool there = data_at->relative ? (uint64_t)cursor + data_at->position <= size
                                   : data_at->position < verify->base + size;
    return there != data_at->negated;
}

static bool check(struct smini_verify *verify, const struct smini_section *section, uint32_t index, size_t cursor)
{
    if (index == section->condition_count)
        return true;
    if (!spend(verify, 0))
        return false;
    const struct smini_condition *condition = &section->conditions[index];
    switch (condition->kind) {
    case SMINI_CONDITION_CONTENT:
        return check_content(verify, section, index, cursor);
    case SMINI_CONDITION_PCRE:
        return check_pcre(verify, section, index, cursor);
    case SMINI_CONDITION_BYTE_TEST:
        return check_byte_test(verify, &condition->u.byte_test, cursor) && check(verify, section, index + 1, cursor);
    case SMINI_CONDITION_DATA_AT:
        return check_data_at(verify, &condition->u.data_at, cursor) && check(verify, section, index + 1, cursor);
    case SMINI_CONDITION_SIZE:
        return smini_integer_holds(&condition->u.size, verify->bytes.length) &&
               check(verify, section, index + 1, cursor);
    }
    return false;
}

bool smini_verify_section(struct smini_verify *verify, const struct smini_section *section)
{
    return check(verify, section, 0, 0) && !verify->limited;
}
