/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/compare_items.h"

#include "base/sha256.h"
#include "device/ios_console.h"
#include "device/ios_section.h"
#include "smin/status.h"

enum { FIRST_CAPACITY = 256 };

/* The sections that the line being read stands in. */
struct level {
    uint32_t number;
    struct smini_item_id id;
    bool ordered;
};

/* Lines that a device changes by itself, or that say nothing about it. */
static bool is_idle(const struct smini_ios_words *words)
{
    if (words->count == 1)
        return smini_ios_word_is(words->word[0], "end") || smini_ios_word_is(words->word[0], "exit");
    return words->count > 1 && smini_ios_word_is(words->word[0], "ntp") &&
           smini_ios_word_is(words->word[1], "clock-period");
}

bool smini_item_counts(const struct smini_ios_line *line)
{
    struct smini_ios_words words;
    if (line->role == SMINI_IOS_BLANK || line->role == SMINI_IOS_COMMENT || line->role == SMINI_IOS_DEBRIS)
        return false;
    if (line->role != SMINI_IOS_COMMAND)
        return true;
    size_t indent;
    size_t begin = smini_ios_skip_debris(line->raw, &indent);
    size_t prompt = smini_ios_prompt_length(smini_span_part(line->raw, begin, line->raw.length));
    if (prompt > 0 && smini_ios_prompt_place(smini_span_part(line->raw, begin, prompt)).mode == SMINI_IOS_AT_PROMPT)
        return false;
    smini_ios_words_read(&words, line->command);
    return words.count > 0 && !is_idle(&words);
}

static void add_visible(struct smini_sha256 *sha, struct smini_span word)
{
    size_t from = 0;
    for (size_t at = 0; at <= word.length; at++) {
        if (at < word.length && word.bytes[at] != 0)
            continue;
        smini_sha256_add(sha, word.bytes + from, at - from);
        from = at + 1;
    }
}

static struct smini_item_id id_of(const struct smini_item_id *parent, const struct smini_ios_line *line,
                                  uint32_t words_most)
{
    struct smini_ios_words words;
    struct smini_sha256 sha;
    uint8_t digest[SMINI_SHA256_BYTES], role = (uint8_t)line->role;
    struct smini_item_id id;
    smini_sha256_init(&sha);
    smini_sha256_add(&sha, parent->bytes, sizeof(parent->bytes));
    smini_sha256_add(&sha, &role, 1);
    smini_ios_words_read(&words, line->role == SMINI_IOS_COMMAND ? line->command : smini_span_make(NULL, 0));
    for (uint32_t i = 0; i < words.count && i < words_most; i++) {
        add_visible(&sha, words.word[i]);
        smini_sha256_add(&sha, " ", 1);
    }
    struct smini_span rest = line->role == SMINI_IOS_COMMAND ? words.rest : line->raw;
    if (rest.length > 0)
        smini_sha256_add(&sha, rest.bytes, rest.length);
    smini_sha256_end(&sha, digest);
    memcpy(id.bytes, digest, sizeof(id.bytes));
    return id;
}

/* Lines whose order matters among themselves: below an ordered line, in a block of text, of one numbered access list. */
static struct smini_item_id group_of(const struct level *parent, const struct smini_ios_line *line)
{
    static const struct smini_item_id none;
    if (parent)
        return parent->ordered || line->role != SMINI_IOS_COMMAND ? parent->id : none;
    struct smini_ios_words words;
    smini_ios_words_read(&words, line->command);
    bool numbered = words.count > 2 && smini_ios_word_is(words.word[0], "access-list");
    return numbered ? id_of(&none, line, 2) : none;
}

static struct smini_item *add(struct smini_items *items, uint32_t most, int32_t *status)
{
    *status = items->count < most ? SMIN_OK : SMIN_E_LIMIT;
    if (*status != SMIN_OK)
        return NULL;
    if (items->count == items->capacity) {
        uint32_t capacity = items->capacity == 0 ? FIRST_CAPACITY : items->capacity * 2;
        capacity = capacity > most ? most : capacity;
        void *grown = smini_alloc_grow(items->alloc, items->items, items->capacity * sizeof(*items->items),
                                       capacity * sizeof(*items->items));
        *status = grown ? SMIN_OK : SMIN_E_NOMEM;
        if (!grown)
            return NULL;
        items->items = grown;
        items->capacity = capacity;
    }
    return &items->items[items->count++];
}

int32_t smini_items_read(struct smini_items *items, struct smini_alloc *alloc, struct smini_span text, uint32_t most)
{
    static const struct smini_item_id none;
    struct level levels[SMINI_IOS_DEPTH_MOST + 1];
    struct smini_ios_text reader;
    struct smini_ios_line line;
    memset(items, 0, sizeof(*items));
    memset(levels, 0, sizeof(levels));
    items->alloc = alloc;
    smini_ios_text_begin(&reader, text, SMINI_IOS_CONFIG);
    while (smini_ios_text_next(&reader, &line)) {
        int32_t status;
        if (!smini_item_counts(&line))
            continue;
        struct smini_item *item = add(items, most, &status);
        if (!item)
            return status;
        const struct level *parent = line.depth > 0 ? &levels[line.depth - 1] : NULL;
        if (parent && parent->number != line.parent)
            parent = NULL;
        item->id = id_of(parent ? &parent->id : &none, &line, UINT32_MAX);
        item->group = group_of(parent, &line);
        item->number = line.number;
        struct level level = {.number = line.number, .id = item->id, .ordered = smini_ios_is_ordered(&line)};
        levels[line.depth] = level;
    }
    return SMIN_OK;
}

void smini_items_free(struct smini_items *items)
{
    smini_alloc_free(items->alloc, items->items, items->capacity * sizeof(*items->items));
    items->items = NULL;
    items->count = items->capacity = 0;
}
