/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_slots.h"

#include <string.h>

enum {
    FIRST_BITS = 8, /* large enough for chance to fill no shard much more than its neighbours */
    LAST_BITS = 32 - SMINI_SLOT_SHARD_BITS /* the hash has no more bits to tell homes apart */
};

void smini_slots_init(struct smini_slots *slots, struct smini_alloc *alloc)
{
    memset(slots, 0, sizeof(*slots));
    slots->alloc = alloc;
}

static void place(struct smini_slot *slots, uint32_t bits, struct smini_slot entry)
{
    uint32_t mask = (1u << bits) - 1;
    uint32_t at = smini_slots_home(entry.hash, bits);
    while (slots[at].index != 0)
        at = (at + 1) & mask;
    slots[at] = entry;
}

static bool resize(struct smini_slots *slots, struct smini_slot_shard *shard, uint32_t bits)
{
    if (bits > LAST_BITS)
        return false;
    struct smini_slot *bigger = smini_alloc_array(slots->alloc, (size_t)1 << bits, sizeof(*bigger));
    if (!bigger)
        return false;
    if (shard->slots) {
        size_t room = (size_t)1 << shard->bits;
        for (size_t i = 0; i < room; i++)
            if (shard->slots[i].index != 0)
                place(bigger, bits, shard->slots[i]);
        smini_alloc_free(slots->alloc, shard->slots, room * sizeof(*bigger));
    }
    shard->slots = bigger;
    shard->bits = bits;
    return true;
}

/* One step of growth, when one is due. False only when an entry may find no room. */
static bool grow(struct smini_slots *slots, struct smini_slot_shard *shard)
{
    if (slots->bits == 0) {
        slots->bits = FIRST_BITS;
        while (slots->grown < SMINI_SLOT_SHARDS && resize(slots, &slots->shards[slots->grown], FIRST_BITS))
            slots->grown++;
    } else if (slots->grown == SMINI_SLOT_SHARDS && slots->bits < LAST_BITS &&
               slots->count / (SMINI_SLOT_SHARDS / 2) >= 1u << slots->bits) {
        slots->bits++;
        slots->grown = 0;
    }
    if (slots->grown < SMINI_SLOT_SHARDS) {
        struct smini_slot_shard *turn = &slots->shards[slots->grown];
        if ((turn->slots && turn->bits >= slots->bits) || resize(slots, turn, slots->bits))
            slots->grown++;
    }
    /* The hash is keyed: bad luck alone does not fill a shard this far. Or memory was short. */
    if (!shard->slots)
        return resize(slots, shard, slots->bits);
    uint32_t room = 1u << shard->bits;
    return shard->count < room - room / 4 || resize(slots, shard, shard->bits + 1);
}

bool smini_slots_add(struct smini_slots *slots, uint32_t hash, uint32_t index)
{
    struct smini_slot_shard *shard = &slots->shards[hash >> (32 - SMINI_SLOT_SHARD_BITS)];
    if (!grow(slots, shard))
        return false;
    place(shard->slots, shard->bits, (struct smini_slot){.hash = hash, .index = index});
    shard->count++;
    slots->count++;
    return true;
}

/* Moves later entries of the cluster back over the hole, as far as their homes allow. */
static void close_hole(struct smini_slot_shard *shard, uint32_t hole)
{
    uint32_t mask = (1u << shard->bits) - 1;
    for (uint32_t at = (hole + 1) & mask; shard->slots[at].index != 0; at = (at + 1) & mask) {
        uint32_t home = smini_slots_home(shard->slots[at].hash, shard->bits);
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            shard->slots[hole] = shard->slots[at];
            hole = at;
        }
    }
    shard->slots[hole] = (struct smini_slot){0};
}

void smini_slots_remove(struct smini_slots *slots, uint32_t hash, uint32_t index)
{
    struct smini_slot_shard *shard = &slots->shards[hash >> (32 - SMINI_SLOT_SHARD_BITS)];
    if (!shard->slots)
        return;
    uint32_t mask = (1u << shard->bits) - 1;
    for (uint32_t at = smini_slots_home(hash, shard->bits); shard->slots[at].index != 0; at = (at + 1) & mask)
        if (shard->slots[at].index == index) {
            close_hole(shard, at);
            shard->count--;
            slots->count--;
            return;
        }
}

void smini_slots_clear(struct smini_slots *slots)
{
    for (uint32_t i = 0; i < SMINI_SLOT_SHARDS; i++) {
        struct smini_slot_shard *shard = &slots->shards[i];
        if (shard->slots)
            smini_alloc_free(slots->alloc, shard->slots, ((size_t)1 << shard->bits) * sizeof(struct smini_slot));
        *shard = (struct smini_slot_shard){0};
    }
    slots->count = slots->bits = slots->grown = 0;
}
