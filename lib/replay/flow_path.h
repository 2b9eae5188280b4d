/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands around a flow's packets: VLAN tags and tunnels. Most flows have
 * none or share a few, so a flow holds an index and the path is kept once.
 *
 * Two things must not be mixed up. What is *reported* is exactly what the
 * flow's first packet carried. What makes packets *one flow* is a folded form
 * that is the same for both directions: the VLAN ids in order, and for each
 * tunnel its kind, its unordered pair of end points and its id. The TEID of
 * GTP-U is left out of it: each direction has its own.
 */
#ifndef SMINI_FLOW_PATH_H
#define SMINI_FLOW_PATH_H

#include "replay/dissect.h"
#include "replay/flow_arena.h"
#include "replay/flow_hash.h"
#include "replay/flow_slots.h"

struct smini_flow_path {
    uint64_t digest; /* of the folded form, keyed */
    uint64_t exact;  /* of everything below, keyed */
    uint32_t users;
    uint8_t vlan_count;
    uint8_t tunnel_count;
    uint16_t vlan[SMINI_VLAN_MAX];
    struct smini_tunnel tunnels[SMINI_TUNNEL_MAX];
};

struct smini_flow_paths {
    struct smini_arena arena;
    struct smini_slots slots;
};

void smini_flow_paths_init(struct smini_flow_paths *paths, struct smini_alloc *alloc);

/* Digest of the folded form; 0 only when there is neither VLAN nor tunnel. */
uint64_t smini_flow_path_digest(const struct smini_hash_secret *secret, const struct smini_dissected *dissected);

/* Index of the path of this packet, one user more; 0: no memory. */
uint32_t smini_flow_paths_take(struct smini_flow_paths *paths, const struct smini_hash_secret *secret,
                               const struct smini_dissected *dissected, uint64_t digest);

void smini_flow_paths_give(struct smini_flow_paths *paths, uint32_t index);
void smini_flow_paths_clear(struct smini_flow_paths *paths);

static inline const struct smini_flow_path *smini_flow_path_at(const struct smini_flow_paths *paths, uint32_t index)
{
    return smini_arena_at(&paths->arena, index);
}

#endif
