/* SPDX-License-Identifier: BSD-2-Clause */
/* What defrag.c and defrag_room.c share. */
#ifndef SMINI_DEFRAG_STATE_H
#define SMINI_DEFRAG_STATE_H

#include "replay/defrag_set.h"
#include "smin/status.h"

/* What is told at its first occurrence, and in sum at the end. */
enum smini_defrag_odd {
    SMINI_DEFRAG_CUT,
    SMINI_DEFRAG_EMPTY,
    SMINI_DEFRAG_LENGTH_ODD,
    SMINI_DEFRAG_OVERSIZE,
    SMINI_DEFRAG_HEADER_LIMIT,
    SMINI_DEFRAG_ENDS,
    SMINI_DEFRAG_COUNT_LIMIT,
    SMINI_DEFRAG_SETS_LIMIT,
    SMINI_DEFRAG_BYTES_LIMIT,
    SMINI_DEFRAG_TIMEOUT,
    SMINI_DEFRAG_OVERLAP,
    SMINI_DEFRAG_TINY,
    SMINI_DEFRAG_MEMORY,
    SMINI_DEFRAG_ODDITIES
};

struct smini_defrag {
    struct smini_alloc *alloc;
    const struct smini_problem_sink *problems;
    struct smini_defrag_limits limits;
    struct smini_set_table table;
    struct smini_pieces_pool pool;
    struct smini_defrag_counters counters;
    uint64_t odd[SMINI_DEFRAG_ODDITIES];
    const uint64_t *numbers; /* of the packets that bring the fragment at hand; NULL: nobody wants to know */
    uint32_t number_count;
};

void smini_defrag_report(const struct smini_defrag *defrag, const struct smini_packet *packet, int32_t status,
                         int32_t lost, const char *event, const char *detail);

/* Counts; tells the first. Gives the status that belongs to it. */
int32_t smini_defrag_odd(struct smini_defrag *defrag, enum smini_defrag_odd kind, const struct smini_packet *packet);
/* Tells the sums, begins anew. */
void smini_defrag_tell_sums(struct smini_defrag *defrag);

/* Sets whose time is over at this packet. */
void smini_defrag_expire(struct smini_defrag *defrag, const struct smini_packet *packet);
void smini_defrag_drop(struct smini_defrag *defrag, int32_t index);
/* All but the one that was handed out last. False: there is none. */
bool smini_defrag_drop_complete(struct smini_defrag *defrag);
void smini_defrag_drop_all(struct smini_defrag *defrag);

/* Memory for `bytes` of payload, a place for a set: others give way, `keep` stays. SMIN_OK, or what was reported. */
int32_t smini_defrag_take_pieces(struct smini_defrag *defrag, uint32_t bytes, int32_t keep,
                                 const struct smini_packet *packet, struct smini_pieces **pieces);
int32_t smini_defrag_add_set(struct smini_defrag *defrag, const struct smini_set *key,
                             const struct smini_packet *packet, int32_t *index);

#endif
