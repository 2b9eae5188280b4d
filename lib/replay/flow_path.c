/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_path.h"

enum { PATHS_SHIFT = 5 };

void smini_flow_paths_init(struct smini_flow_paths *paths, struct smini_alloc *alloc)
{
    smini_arena_init(&paths->arena, alloc, sizeof(struct smini_flow_path), PATHS_SHIFT, 0);
    smini_slots_init(&paths->slots, alloc);
}

/* An address of 4 bytes is followed by zeros, whatever the dissector left there. */
static void copy_address(uint8_t to[16], const uint8_t *from, uint8_t ip_version)
{
    memset(to, 0, 16);
    memcpy(to, from, ip_version == 4 ? 4 : 16);
}

static uint64_t mix_tunnel(const struct smini_hash_secret *secret, uint64_t state, const struct smini_tunnel *tunnel,
                           bool folded)
{
    uint8_t ends[32];
    copy_address(ends, tunnel->source, tunnel->ip_version);
    copy_address(ends + 16, tunnel->destination, tunnel->ip_version);
    bool swap = folded && memcmp(ends, ends + 16, 16) > 0;
    uint64_t id = folded && tunnel->kind == SMINI_TUNNEL_GTPU ? 0 : tunnel->id;
    state = smini_hash_mix(secret, state, id << 16 | (uint64_t)tunnel->kind << 8 | tunnel->ip_version);
    for (unsigned i = 0; i < 4; i++)
        state = smini_hash_mix(secret, state, smini_hash_load(ends + 8 * (swap ? i ^ 2 : i)));
    return state;
}

static uint64_t digest_of(const struct smini_hash_secret *secret, const struct smini_dissected *dissected, bool folded)
{
    uint64_t state = (uint64_t)dissected->vlan_count << 8 | dissected->tunnel_count;
    for (unsigned i = 0; i < dissected->vlan_count; i++)
        state = smini_hash_mix(secret, state, dissected->vlan[i]);
    for (unsigned i = 0; i < dissected->tunnel_count; i++)
        state = mix_tunnel(secret, state, &dissected->tunnels[i], folded);
    return smini_hash_mix(secret, state, 0) | 1;
}

uint64_t smini_flow_path_digest(const struct smini_hash_secret *secret, const struct smini_dissected *dissected)
{
    if (dissected->vlan_count == 0 && dissected->tunnel_count == 0)
        return 0;
    return digest_of(secret, dissected, true);
}

uint32_t smini_flow_paths_take(struct smini_flow_paths *paths, const struct smini_hash_secret *secret,
                               const struct smini_dissected *dissected, uint64_t digest)
{
    uint64_t exact = digest_of(secret, dissected, false);
    uint32_t hash = (uint32_t)(exact >> 32);
    struct smini_slot_walk walk = smini_slots_start(&paths->slots, hash);
    uint32_t index;
    while ((index = smini_slots_next(&walk)) != 0) {
        struct smini_flow_path *known = smini_arena_at(&paths->arena, index);
        if (known->exact == exact) {
            known->users++;
            return index;
        }
    }
    index = smini_arena_take(&paths->arena);
    if (index == 0)
        return 0;
    if (!smini_slots_add(&paths->slots, hash, index)) {
        smini_arena_give(&paths->arena, index);
        return 0;
    }
    struct smini_flow_path *path = smini_arena_at(&paths->arena, index);
    path->digest = digest;
    path->exact = exact;
    path->users = 1;
    path->vlan_count = dissected->vlan_count;
    path->tunnel_count = dissected->tunnel_count;
    memcpy(path->vlan, dissected->vlan, dissected->vlan_count * sizeof(path->vlan[0]));
    memcpy(path->tunnels, dissected->tunnels, dissected->tunnel_count * sizeof(path->tunnels[0]));
    return index;
}

void smini_flow_paths_give(struct smini_flow_paths *paths, uint32_t index)
{
    struct smini_flow_path *path = smini_arena_at(&paths->arena, index);
    if (--path->users != 0)
        return;
    smini_slots_remove(&paths->slots, (uint32_t)(path->exact >> 32), index);
    smini_arena_give(&paths->arena, index);
}

void smini_flow_paths_clear(struct smini_flow_paths *paths)
{
    smini_slots_clear(&paths->slots);
    smini_arena_clear(&paths->arena);
}
