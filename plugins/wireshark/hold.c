/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/hold.h"

#include <string.h>

enum {
    /* Of one direction: more than any window that a device of this kind offers. */
    HELD_BYTES_MAX = 1024 * 1024,
    /* Each run costs some hundred bytes by itself: tiny segments must not make a small hold a large one. */
    HELD_RUNS_MAX = 16 * 1024
};

static int by_offset(const void *left, const void *right, void *user)
{
    const struct smini_ws_run *a = left, *b = right;
    (void)user;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* The places around an offset: the run that begins at or before it, and the one behind it. */
static void neighbours(GSequence *runs, uint64_t offset, const struct smini_ws_run **before,
                       const struct smini_ws_run **behind)
{
    struct smini_ws_run key = {.offset = offset};
    GSequenceIter *iter = g_sequence_search(runs, &key, by_offset, NULL);
    *behind = g_sequence_iter_is_end(iter) ? NULL : g_sequence_get(iter);
    *before = g_sequence_iter_is_begin(iter) ? NULL : g_sequence_get(g_sequence_iter_prev(iter));
}

static bool add(struct smini_ws_hold *hold, uint64_t offset, const uint8_t *bytes, uint32_t length)
{
    if (length > HELD_BYTES_MAX - hold->bytes || g_sequence_get_length(hold->runs) >= HELD_RUNS_MAX)
        return false;
    struct smini_ws_run *run = g_malloc(sizeof(*run) + length);
    run->offset = offset;
    run->length = length;
    memcpy(run->bytes, bytes, length);
    g_sequence_insert_sorted(hold->runs, run, by_offset, NULL);
    hold->bytes += length;
    return true;
}

bool smini_ws_hold_put(struct smini_ws_hold *hold, uint64_t offset, const uint8_t *bytes, uint32_t length)
{
    if (!hold->runs)
        hold->runs = g_sequence_new(g_free);
    while (length > 0) {
        const struct smini_ws_run *before, *behind;
        neighbours(hold->runs, offset, &before, &behind);
        uint32_t part = length;
        if (before && before->offset + before->length > offset) {
            uint64_t covered = before->offset + before->length - offset;
            if (covered < part)
                part = (uint32_t)covered;
        } else {
            if (behind && behind->offset - offset < part)
                part = (uint32_t)(behind->offset - offset);
            if (!add(hold, offset, bytes, part))
                return false;
        }
        offset += part;
        bytes += part;
        length -= part;
    }
    return true;
}

const struct smini_ws_run *smini_ws_hold_first(const struct smini_ws_hold *hold)
{
    if (!hold->runs || g_sequence_is_empty(hold->runs))
        return NULL;
    return g_sequence_get(g_sequence_get_begin_iter(hold->runs));
}

const struct smini_ws_run *smini_ws_hold_at(const struct smini_ws_hold *hold, uint64_t offset)
{
    const struct smini_ws_run *before = NULL, *behind;
    if (hold->runs)
        neighbours(hold->runs, offset, &before, &behind);
    return before && before->offset == offset ? before : NULL;
}

void smini_ws_hold_drop_first(struct smini_ws_hold *hold)
{
    GSequenceIter *first = g_sequence_get_begin_iter(hold->runs);
    const struct smini_ws_run *run = g_sequence_get(first);
    hold->bytes -= run->length;
    g_sequence_remove(first);
}

void smini_ws_hold_clear(struct smini_ws_hold *hold)
{
    if (hold->runs)
        g_sequence_free(hold->runs);
    *hold = (struct smini_ws_hold){0};
}
