/* SPDX-License-Identifier: BSD-2-Clause */
/* One datagram being put together, and the memory for its bytes. Private to defrag*.c. */
#ifndef SMINI_DEFRAG_SET_H
#define SMINI_DEFRAG_SET_H

#include "replay/defrag.h"

enum {
    /* Room before the payload: the IP header of the first fragment, or what stands before IPv6's fragment header. */
    SMINI_DEFRAG_HEADER_MAX = 256,
    SMINI_DEFRAG_CLASSES = 5, /* payloads of 4, 8, 16, 32 and 64 KiB */
    SMINI_DEFRAG_CLASS_MIN = 4096,
    SMINI_DEFRAG_NONE = -1
};

/*
 * Bytes of one reading. `held` has a bit per 8 bytes: fragments begin at
 * multiples of 8, and only the last may end elsewhere.
 */
struct smini_pieces {
    struct smini_pieces *next_free;
    uint32_t class_index;
    uint32_t reserved;
    uint64_t held[65536 / 8 / 64];
    uint8_t bytes[]; /* SMINI_DEFRAG_HEADER_MAX of room, then as many as the class says */
};

/* The header ends where this begins. */
static inline uint8_t *smini_pieces_payload(struct smini_pieces *pieces)
{
    return pieces->bytes + SMINI_DEFRAG_HEADER_MAX;
}

/* Freed pieces wait here, by class; all together stay below the cap. */
struct smini_pieces_pool {
    struct smini_alloc *alloc;
    struct smini_pieces *free[SMINI_DEFRAG_CLASSES];
    uint64_t bytes;
    uint64_t bytes_max;
};

/* Smallest class that holds `length` bytes. */
uint32_t smini_pieces_class(uint32_t length);
static inline uint32_t smini_pieces_room(uint32_t class_index)
{
    return (uint32_t)SMINI_DEFRAG_CLASS_MIN << class_index;
}

/*
 * Pieces that hold nothing; their bytes are whatever they were. SMIN_OK;
 * SMIN_E_LIMIT: the cap would be passed, give something back; SMIN_E_NOMEM.
 */
int32_t smini_pieces_take(struct smini_pieces_pool *pool, uint32_t class_index, struct smini_pieces **pieces);
void smini_pieces_give(struct smini_pieces_pool *pool, struct smini_pieces *pieces);
void smini_pieces_pool_free(struct smini_pieces_pool *pool);

/* What a fragment did to the bytes that were there. */
struct smini_overlap {
    uint32_t covered; /* units of 8 bytes that were there before */
    bool differs;
};

/* Puts `length` bytes at `offset`; bytes that are there already stand. Compares with those of `last` (NULL: itself). */
struct smini_overlap smini_pieces_put_first(struct smini_pieces *pieces, const struct smini_pieces *last,
                                            uint32_t offset, const uint8_t *bytes, uint32_t length);
/* As above, but the new bytes stand. */
void smini_pieces_put_last(struct smini_pieces *pieces, uint32_t offset, const uint8_t *bytes, uint32_t length);

/* True when `length` bytes at `offset` are all there and the same. */
bool smini_pieces_same(const struct smini_pieces *pieces, uint32_t offset, const uint8_t *bytes, uint32_t length);

enum {
    SMINI_SET_COMPLETE = 1, /* was handed out; kept to know late copies */
    SMINI_SET_DIFFERS = 2,  /* told already; likewise the others */
    SMINI_SET_OVERLAP = 4,
    SMINI_SET_TINY = 8
};

struct smini_set {
    uint64_t hash;
    uint64_t tunnels; /* digest of the outer packets */
    uint64_t created_ns;
    uint64_t first_packet;
    uint64_t first_offset; /* in the capture */
    uint8_t source[16];
    uint8_t destination[16];
    uint16_t vlan[SMINI_VLAN_MAX];
    uint32_t id;
    uint8_t ip_version;
    uint8_t protocol; /* 0 for IPv6, where it is no part of the identity */
    uint8_t vlan_count;
    uint8_t flags; /* SMINI_SET_* */
    int32_t bucket_next; /* index, or SMINI_DEFRAG_NONE */
    int32_t older;       /* open sets in order of their first fragment; complete ones in order of completion */
    int32_t newer;
    uint32_t fragments;
    uint32_t units;  /* of 8 bytes that are there */
    uint32_t end;    /* highest byte seen */
    uint32_t total;  /* payload bytes; UINT32_MAX while the last fragment is missing */
    uint32_t header; /* bytes of it; 0 while the first fragment is missing */
    struct smini_pieces *first;
    struct smini_pieces *last; /* NULL unless copies disagree */
    uint64_t *numbers; /* of packets, when they are kept */
    uint32_t number_count, number_capacity;
    uint64_t owner;
};

struct smini_set_list {
    int32_t oldest;
    int32_t newest;
    uint32_t count;
};

struct smini_set_table {
    struct smini_alloc *alloc;
    struct smini_set *sets;
    uint32_t capacity; /* of sets, and of buckets */
    uint32_t capacity_max;
    int32_t *buckets;
    int32_t free; /* linked by bucket_next */
    uint64_t secret;
    struct smini_set_list open;
    struct smini_set_list complete;
};

int32_t smini_set_table_init(struct smini_set_table *table, struct smini_alloc *alloc, uint32_t sets_max);
void smini_set_table_free(struct smini_set_table *table);

/* Fills the identity of `key` from a fragment. */
void smini_set_identify(const struct smini_set_table *table, const struct smini_dissected *fragment,
                        struct smini_set *key);
/* The open set of that identity (complete: the complete one), or SMINI_DEFRAG_NONE. */
int32_t smini_set_find(const struct smini_set_table *table, const struct smini_set *key, bool complete);
/* A new open set, the newest. SMIN_OK; SMIN_E_LIMIT: no place, drop one; SMIN_E_NOMEM. Moves other sets in memory. */
int32_t smini_set_add(struct smini_set_table *table, const struct smini_set *key, int32_t *index);
/* From the open ones to the complete ones. */
void smini_set_complete(struct smini_set_table *table, int32_t index);
/* Its pieces must have been given back. */
void smini_set_remove(struct smini_set_table *table, int32_t index);

#endif
