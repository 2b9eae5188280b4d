/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_form.h"
#include "device/ios_where.h"

static const struct {
    uint32_t mode;
    const char *path;
    const char *keywords;
} lists[] = {
#define SMINI_IOS_KEYWORDS(where, path, keywords) {where, path, keywords},
#include "device/ios_keyword.def"
#undef SMINI_IOS_KEYWORDS
};

enum {
    LIST_COUNT = sizeof(lists) / sizeof(lists[0]),
    OTHERS_MOST = 3,  /* what fits more keywords than this and one is refused by every device */
    LETTERS_LEAST = 3 /* of an abbreviation that is believed where no neighbours are listed */
};

const char *smini_ios_keywords_at(size_t index)
{
    return index < LIST_COUNT ? lists[index].keywords : NULL;
}

static struct smini_span next_keyword(const char **rest)
{
    const char *begin = *rest, *blank = strchr(begin, ' ');
    size_t length = blank ? (size_t)(blank - begin) : strlen(begin);
    *rest = begin + length + (blank != NULL);
    return smini_span_make(begin, length);
}

/* True when `path` is the first `count` keywords of the match, in their order. */
static bool is_path(const char *path, const struct smini_ios_match *match, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct smini_span keyword = next_keyword(&path);
        if (!smini_span_equal(keyword, match->literal_text[i]))
            return false;
    }
    return *path == '\0';
}

static const char *list_at(uint32_t mode, const struct smini_ios_match *match, uint32_t count)
{
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (lists[i].mode == mode && is_path(lists[i].path, match, count))
            return lists[i].keywords;
    return NULL;
}

/* An abbreviation among its neighbours. */
static enum smini_ios_certainty among(struct smini_span word, struct smini_span meant, const char *keywords)
{
    uint32_t others = 0;
    while (*keywords != '\0') {
        struct smini_span keyword = next_keyword(&keywords);
        enum smini_ios_fit fit = smini_ios_fit(word, (const char *)keyword.bytes, keyword.length);
        if (smini_span_equal(keyword, meant))
            continue;
        if (fit == SMINI_IOS_FIT_EXACT)
            return SMINI_IOS_OTHERWISE;
        others += fit == SMINI_IOS_FIT_PREFIX;
        if (others > OTHERS_MOST)
            return SMINI_IOS_OTHERWISE;
    }
    return others > 0 ? SMINI_IOS_UNCERTAIN : SMINI_IOS_CERTAIN;
}

static enum smini_ios_certainty certainty_of(const struct smini_ios_match *match, const struct smini_ios_words *words,
                                             uint32_t mode, uint32_t index)
{
    struct smini_span word = words->word[match->literal_word[index]];
    struct smini_span meant = match->literal_text[index];
    if (meant.bytes[meant.length - 1] == '%') {
        meant.length--;
        word = smini_ios_without_number(word);
    }
    if (smini_ios_fit(word, (const char *)meant.bytes, meant.length) == SMINI_IOS_FIT_EXACT)
        return SMINI_IOS_CERTAIN;
    const char *keywords = list_at(mode, match, index);
    if (keywords)
        return among(word, meant, keywords);
    return word.length >= LETTERS_LEAST ? SMINI_IOS_CERTAIN : SMINI_IOS_UNCERTAIN;
}

enum smini_ios_certainty smini_ios_form_certainty(const struct smini_ios_match *match, const struct smini_ios_words *words,
                                                  uint32_t mode)
{
    enum smini_ios_certainty worst = SMINI_IOS_CERTAIN;
    for (uint32_t i = 0; i < match->literals; i++) {
        enum smini_ios_certainty one = certainty_of(match, words, mode, i);
        if (one > worst)
            worst = one;
    }
    return worst;
}

static bool holds(const char *keywords, struct smini_span word, enum smini_ios_fit least)
{
    uint8_t letter = smini_ios_first_letter(word);
    while (*keywords != '\0' && (uint8_t)*keywords <= letter) {
        struct smini_span keyword = next_keyword(&keywords);
        if (keyword.bytes[0] == letter && smini_ios_fit(word, (const char *)keyword.bytes, keyword.length) >= least)
            return true;
    }
    return false;
}

bool smini_ios_is_keyword(struct smini_span word)
{
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (lists[i].path[0] == '\0' && holds(lists[i].keywords, word, SMINI_IOS_FIT_EXACT))
            return true;
    return false;
}

bool smini_ios_keyword_known(uint32_t mode, struct smini_span word)
{
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (lists[i].mode == mode && lists[i].path[0] == '\0')
            return holds(lists[i].keywords, word, SMINI_IOS_FIT_PREFIX);
    return false;
}

enum smini_ios_listing smini_ios_second_keyword(uint32_t mode, struct smini_span first, struct smini_span second)
{
    for (size_t i = 0; i < LIST_COUNT; i++) {
        const char *path = lists[i].path;
        if (lists[i].mode != mode || path[0] == '\0' || strchr(path, ' ') ||
            smini_ios_fit(first, path, strlen(path)) == SMINI_IOS_FIT_NOT)
            continue;
        if (holds(lists[i].keywords, second, SMINI_IOS_FIT_EXACT))
            return SMINI_IOS_LISTED_WHOLE;
        return holds(lists[i].keywords, second, SMINI_IOS_FIT_PREFIX) ? SMINI_IOS_LISTED : SMINI_IOS_NOT_LISTED;
    }
    return SMINI_IOS_NO_LIST;
}
