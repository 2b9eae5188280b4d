/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/compare.h"

#include <stdlib.h>

#include "device/compare_items.h"
#include "smin/status.h"

enum { BEFORE, AFTER, SIDES };

/* One text while its changes are told. */
struct side {
    struct smini_items items;
    struct smini_ios_text reader;
    struct smini_ios_line above[SMINI_IOS_DEPTH_MOST + 1]; /* the last line of each depth */
    uint32_t next;
};

struct smini_compare {
    struct smini_alloc *alloc;
    struct side sides[SIDES];
    uint32_t at; /* the side that is told */
};

/* A line of either text, to be sorted; qsort has no context, so what is compared is copied out. */
struct reference {
    struct smini_item_id key;
    uint32_t side;
    uint32_t index;
    uint32_t other;
};

static int by_key(const void *left, const void *right)
{
    const struct reference *a = left, *b = right;
    int order = memcmp(a->key.bytes, b->key.bytes, sizeof(a->key.bytes));
    if (order != 0)
        return order;
    if (a->side != b->side)
        return a->side < b->side ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static uint32_t run_length(const struct reference *refs, uint32_t from, uint32_t count)
{
    uint32_t end = from + 1;
    while (end < count && memcmp(refs[end].key.bytes, refs[from].key.bytes, SMINI_ITEM_BYTES) == 0)
        end++;
    return end - from;
}

/* The first line of the first text with a digest is that of the second, and so on; what is left over has none. */
static void pair_run(struct smini_compare *compare, const struct reference *refs, uint32_t count)
{
    uint32_t before = 0;
    while (before < count && refs[before].side == BEFORE)
        before++;
    for (uint32_t i = 0; i < before && before + i < count; i++) {
        uint32_t a = refs[i].index, b = refs[before + i].index;
        compare->sides[BEFORE].items.items[a].partner = b + 1;
        compare->sides[AFTER].items.items[b].partner = a + 1;
    }
}

static void pair_all(struct smini_compare *compare, struct reference *refs)
{
    uint32_t count = 0;
    for (uint32_t side = 0; side < SIDES; side++) {
        const struct smini_items *items = &compare->sides[side].items;
        for (uint32_t i = 0; i < items->count; i++) {
            struct reference reference = {.key = items->items[i].id, .side = side, .index = i};
            refs[count++] = reference;
        }
    }
    qsort(refs, count, sizeof(*refs), by_key);
    for (uint32_t at = 0; at < count;) {
        uint32_t length = run_length(refs, at, count);
        pair_run(compare, refs + at, length);
        at += length;
    }
}

/*
 * Of the lines of one group, in their order in the second text: the longest
 * row of those that stand in the same order in the first stays; the others
 * moved. `tails` holds, for each length, the line that ends the best row of
 * that length; `refs[i].side` then holds the line in front of it, + 1.
 */
static void find_moved(struct smini_compare *compare, struct reference *refs, uint32_t count, uint32_t *tails)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t low = 0, high = longest;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (refs[tails[middle]].other < refs[i].other)
                low = middle + 1;
            else
                high = middle;
        }
        refs[i].side = low > 0 ? tails[low - 1] + 1 : 0;
        tails[low] = i;
        longest += low == longest;
    }
    for (uint32_t i = 0; i < count; i++)
        compare->sides[AFTER].items.items[refs[i].index].moved = true;
    for (uint32_t at = longest > 0 ? tails[longest - 1] + 1 : 0; at > 0; at = refs[at - 1].side)
        compare->sides[AFTER].items.items[refs[at - 1].index].moved = false;
}

static void order_all(struct smini_compare *compare, struct reference *refs, uint32_t *tails)
{
    static const struct smini_item_id none;
    const struct smini_items *items = &compare->sides[AFTER].items;
    uint32_t count = 0;
    for (uint32_t i = 0; i < items->count; i++) {
        const struct smini_item *item = &items->items[i];
        struct reference reference = {.key = item->group, .index = i, .other = item->partner};
        if (item->partner > 0 && memcmp(&item->group, &none, sizeof(none)) != 0)
            refs[count++] = reference;
    }
    qsort(refs, count, sizeof(*refs), by_key);
    for (uint32_t at = 0; at < count;) {
        uint32_t length = run_length(refs, at, count);
        find_moved(compare, refs + at, length, tails);
        at += length;
    }
}

static int32_t match(struct smini_compare *compare)
{
    size_t count = (size_t)compare->sides[BEFORE].items.count + compare->sides[AFTER].items.count;
    if (count == 0)
        return SMIN_OK;
    struct reference *refs = smini_alloc_array(compare->alloc, count, sizeof(*refs));
    uint32_t *tails = smini_alloc_array(compare->alloc, count, sizeof(*tails));
    if (refs && tails) {
        pair_all(compare, refs);
        order_all(compare, refs, tails);
    }
    smini_alloc_free(compare->alloc, refs, count * sizeof(*refs));
    smini_alloc_free(compare->alloc, tails, count * sizeof(*tails));
    return refs && tails ? SMIN_OK : SMIN_E_NOMEM;
}

int32_t smini_compare_new(struct smini_compare **out, struct smini_alloc *alloc, struct smini_span before,
                          struct smini_span after, uint32_t lines_most)
{
    struct smini_compare *compare = smini_alloc_get(alloc, sizeof(*compare));
    *out = NULL;
    if (!compare)
        return SMIN_E_NOMEM;
    compare->alloc = alloc;
    compare->sides[AFTER].items.alloc = alloc;
    int32_t status = smini_items_read(&compare->sides[BEFORE].items, alloc, before, lines_most);
    if (status == SMIN_OK)
        status = smini_items_read(&compare->sides[AFTER].items, alloc, after, lines_most);
    if (status == SMIN_OK)
        status = match(compare);
    if (status != SMIN_OK) {
        smini_compare_free(&compare);
        return status;
    }
    smini_ios_text_begin(&compare->sides[BEFORE].reader, before, SMINI_IOS_CONFIG);
    smini_ios_text_begin(&compare->sides[AFTER].reader, after, SMINI_IOS_CONFIG);
    *out = compare;
    return SMIN_OK;
}

/* The next line that takes part, with its item; NULL at the end. */
static const struct smini_item *next_item(struct side *side, struct smini_change *change)
{
    while (smini_ios_text_next(&side->reader, &change->line)) {
        if (!smini_item_counts(&change->line))
            continue;
        const struct smini_ios_line *line = &change->line;
        side->above[line->depth] = *line;
        const struct smini_ios_line *section = line->depth > 0 ? &side->above[line->depth - 1] : NULL;
        change->section = section && section->number == line->parent ? section : NULL;
        return &side->items.items[side->next++];
    }
    return NULL;
}

bool smini_compare_next(struct smini_compare *compare, struct smini_change *change)
{
    for (; compare->at < SIDES; compare->at++) {
        const struct smini_item *item;
        while ((item = next_item(&compare->sides[compare->at], change)) != NULL) {
            if (item->partner > 0 && !item->moved)
                continue;
            change->other = item->moved ? compare->sides[BEFORE].items.items[item->partner - 1].number : 0;
            change->kind = compare->at == BEFORE ? SMINI_CHANGE_REMOVED : SMINI_CHANGE_ADDED;
            if (item->moved)
                change->kind = SMINI_CHANGE_MOVED;
            return true;
        }
    }
    return false;
}

void smini_compare_counts(const struct smini_compare *compare, uint32_t *lines, uint32_t *same)
{
    const struct smini_items *before = &compare->sides[BEFORE].items;
    *lines = before->count + compare->sides[AFTER].items.count;
    *same = 0;
    for (uint32_t i = 0; i < before->count; i++)
        *same += before->items[i].partner > 0;
}

void smini_compare_free(struct smini_compare **compare)
{
    if (!*compare)
        return;
    for (uint32_t side = 0; side < SIDES; side++)
        smini_items_free(&(*compare)->sides[side].items);
    smini_alloc_free((*compare)->alloc, *compare, sizeof(**compare));
    *compare = NULL;
}
