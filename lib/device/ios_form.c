/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_form.h"
#include "device/ios_where.h"

static const struct smini_ios_form forms[] = {
#define ON(where, class, weight, pattern, reason) \
    {where, SMINI_IOS_ON, SMINI_IOS_CLASS_##class, SMINI_IOS_##weight, pattern, reason},
#define OFF(where, class, weight, pattern, reason) \
    {where, SMINI_IOS_OFF, SMINI_IOS_CLASS_##class, SMINI_IOS_##weight, pattern, reason},
#define PLAIN(where, pattern) {where, SMINI_IOS_CLEAR, SMINI_IOS_CLASS_NONE, SMINI_IOS_PLAIN, pattern, ""},
#include "device/ios_form.def"
#undef ON
#undef OFF
#undef PLAIN
};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };

const struct smini_ios_form *smini_ios_form_at(size_t index)
{
    return index < FORM_COUNT ? &forms[index] : NULL;
}

/* The first row whose letter is `letter` or comes behind it. */
static size_t first_from(uint32_t letter)
{
    size_t low = 0, high = FORM_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((uint8_t)forms[middle].pattern[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct smini_ios_form *smini_ios_forms_of(uint8_t letter, uint32_t *count)
{
    size_t first = first_from(letter);
    *count = (uint32_t)(first_from(letter + 1u) - first);
    return *count > 0 ? &forms[first] : NULL;
}

static bool is_number(struct smini_span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.bytes[i] < '0' || word.bytes[i] > '9')
            return false;
    return true;
}

/* The next word of a row of words separated by blanks; empty at the end. */
static struct smini_span next_token(const char **rest)
{
    while (**rest == ' ')
        (*rest)++;
    const char *begin = *rest;
    while (**rest != '\0' && **rest != ' ')
        (*rest)++;
    return smini_span_make(begin, (size_t)(*rest - begin));
}

/* How `word` fits a keyword, or the best of several; `which` is the one that fitted. */
static enum smini_ios_fit fit_keywords(struct smini_span word, struct smini_span token, struct smini_span *which)
{
    enum smini_ios_fit best = SMINI_IOS_FIT_NOT;
    if (word.length > 1 && word.bytes[0] == '|')
        word = smini_span_part(word, 1, word.length);
    if (token.bytes[token.length - 1] == '%') {
        token.length--;
        word = smini_ios_without_number(word);
    }
    while (token.length > 0) {
        struct smini_span one = smini_span_part(token, 0, smini_span_find(token, '|'));
        enum smini_ios_fit fit = smini_ios_fit(word, (const char *)one.bytes, one.length);
        if (one.bytes[one.length - 1] == '%')
            fit = smini_ios_fit(smini_ios_without_number(word), (const char *)one.bytes, one.length - 1);
        if (fit > best) {
            best = fit;
            *which = one;
        }
        token = smini_span_part(token, one.length + 1, token.length);
    }
    return best;
}

/* A secret that begins with a quote reaches to the word that ends with one. */
static uint32_t secret_end(const struct smini_ios_words *words, uint32_t from)
{
    struct smini_span word = words->word[from];
    uint8_t quote = word.bytes[0];
    if ((quote != '"' && quote != '\'') || (word.length > 1 && word.bytes[word.length - 1] == quote))
        return from + 1;
    for (uint32_t at = from + 1; at < words->count; at++)
        if (words->word[at].bytes[words->word[at].length - 1] == quote)
            return at + 1;
    return from + 1;
}

static void note_secret(struct smini_ios_match *match, uint32_t from, uint32_t to)
{
    if (match->span_count < SMINI_IOS_SPANS_MOST) {
        match->spans[match->span_count].from = (uint8_t)from;
        match->spans[match->span_count++].to = (uint8_t)to;
        return;
    }
    /* Too many to tell apart: the last one takes in everything from the first of them on. */
    for (uint32_t i = 0; i < match->span_count; i++)
        if (match->spans[i].from < from)
            from = match->spans[i].from;
    match->spans[match->span_count - 1].from = (uint8_t)from;
    match->spans[match->span_count - 1].to = UINT8_MAX;
}

static bool match_from(const char *pattern, const struct smini_ios_words *words, uint32_t at,
                       struct smini_ios_match *match);

/* Every place behind a gap is tried, for the secrets; what the first one that fits found is kept. */
static bool match_gap(const char *pattern, const struct smini_ios_words *words, uint32_t at,
                      struct smini_ios_match *match)
{
    bool found = false;
    struct smini_ios_match best = *match;
    for (; at <= words->count; at++) {
        struct smini_ios_match attempt = found ? best : *match;
        if (found)
            attempt.literals = match->literals;
        if (!match_from(pattern, words, at, &attempt)) {
            match->work = best.work = attempt.work;
            continue;
        }
        match->work = attempt.work;
        if (!found) {
            best = attempt;
            found = true;
        } else {
            best.span_count = attempt.span_count;
            memcpy(best.spans, attempt.spans, sizeof(best.spans));
            best.work = attempt.work;
        }
    }
    if (found)
        *match = best;
    return found;
}

/* What stands between brackets may be missing. It begins with a keyword and holds no secret. */
static bool match_optional(const char *inside, const struct smini_ios_words *words, uint32_t at,
                           struct smini_ios_match *match)
{
    const char *behind = strchr(inside, ']') + 1;
    struct smini_ios_match with = *match;
    uint32_t next = at;
    bool there = true;
    for (const char *rest = inside; there && next < words->count;) {
        struct smini_span token = next_token(&rest), which;
        if (token.bytes[0] == ']')
            break;
        there = token.bytes[0] == '*' || fit_keywords(words->word[next], token, &which) != SMINI_IOS_FIT_NOT;
        next++;
        with.work++;
    }
    match->work = with.work;
    if (there && next > at && match_from(behind, words, next, &with)) {
        *match = with;
        return true;
    }
    return match_from(behind, words, at, match);
}

static bool match_keyword(struct smini_span token, const char *rest, const struct smini_ios_words *words, uint32_t at,
                          struct smini_ios_match *match)
{
    struct smini_span which;
    if (at == words->count || fit_keywords(words->word[at], token, &which) == SMINI_IOS_FIT_NOT)
        return false;
    if (match->literals < SMINI_IOS_LITERALS_MOST) {
        match->literal_word[match->literals] = (uint8_t)at;
        match->literal_text[match->literals++] = which;
    }
    return match_from(rest, words, at + 1, match);
}

static bool match_secret(struct smini_span token, const char *rest, const struct smini_ios_words *words, uint32_t at,
                         struct smini_ios_match *match)
{
    bool to_end = token.length > 1 && token.bytes[1] == '$';
    struct smini_span except = smini_span_part(token, to_end ? 3 : 2, token.length), which;
    if (except.length > 0 && fit_keywords(words->word[at], except, &which) == SMINI_IOS_FIT_EXACT)
        return false;
    uint32_t end = to_end ? words->count : secret_end(words, at);
    if (!match_from(rest, words, end, match))
        return false;
    note_secret(match, at, to_end ? UINT8_MAX : end);
    return true;
}

static bool match_from(const char *pattern, const struct smini_ios_words *words, uint32_t at,
                       struct smini_ios_match *match)
{
    struct smini_span token = next_token(&pattern);
    match->work++;
    if (token.length == 0)
        return true;
    bool left = at < words->count;
    switch (token.bytes[0]) {
    case ';':
        return !left;
    case '*':
        return left && match_from(pattern, words, at + 1, match);
    case '+':
        return left && is_number(words->word[at]) && match_from(pattern, words, at + 1, match);
    case '.':
        return match_gap(pattern, words, at, match);
    case '[':
        return match_optional(pattern, words, at, match);
    case '#':
        return match_from(pattern, words, at + 1 < words->count && smini_ios_is_digit(words->word[at]) ? at + 1 : at, match);
    case '@':
        if (left)
            match->command_word = at;
        return left;
    case '$':
        return left && match_secret(token, pattern, words, at, match);
    default:
        return match_keyword(token, pattern, words, at, match);
    }
}

bool smini_ios_form_match(const char *pattern, const struct smini_ios_words *words, struct smini_ios_match *match)
{
    memset(match, 0, sizeof(*match));
    return match_from(pattern, words, 0, match);
}
