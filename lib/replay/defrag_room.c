/* SPDX-License-Identifier: BSD-2-Clause */
/* What limits do to defragmentation: who gives way, and what is told about it. */
#include <inttypes.h>
#include <stdio.h>

#include "replay/defrag_state.h"

static const struct {
    const char *event;
    int32_t status;
    int32_t lost;
} oddities[SMINI_DEFRAG_ODDITIES] = {
    [SMINI_DEFRAG_CUT] = {"fragment_cut", SMIN_E_TRUNCATED, 1},
    [SMINI_DEFRAG_EMPTY] = {"fragment_empty", SMIN_E_MALFORMED, 0},
    [SMINI_DEFRAG_LENGTH_ODD] = {"fragment_length_odd", SMIN_E_MALFORMED, 0},
    [SMINI_DEFRAG_OVERSIZE] = {"fragment_oversize", SMIN_E_MALFORMED, 0},
    [SMINI_DEFRAG_HEADER_LIMIT] = {"fragment_header_limit", SMIN_E_LIMIT, 1},
    [SMINI_DEFRAG_ENDS] = {"fragment_ends_disagree", SMIN_E_MALFORMED, 0},
    [SMINI_DEFRAG_COUNT_LIMIT] = {"fragment_count_limit", SMIN_E_LIMIT, 1},
    [SMINI_DEFRAG_SETS_LIMIT] = {"fragment_sets_limit", SMIN_E_LIMIT, 1},
    [SMINI_DEFRAG_BYTES_LIMIT] = {"fragment_bytes_limit", SMIN_E_LIMIT, 1},
    [SMINI_DEFRAG_TIMEOUT] = {"fragment_timeout", SMIN_E_TRUNCATED, 0},
    [SMINI_DEFRAG_OVERLAP] = {"fragment_overlap", SMIN_E_MALFORMED, 0},
    [SMINI_DEFRAG_TINY] = {"fragment_tiny", SMIN_E_MALFORMED, 0},
    [SMINI_DEFRAG_MEMORY] = {"out_of_memory", SMIN_E_NOMEM, 1},
};

void smini_defrag_report(const struct smini_defrag *defrag, const struct smini_packet *packet, int32_t status,
                         int32_t lost, const char *event, const char *detail)
{
    struct smini_problem problem = {
        .layer = "ip",
        .event = event,
        .detail = detail,
        .status = status,
        .lost = lost,
        .file_offset = packet ? packet->file_offset : UINT64_MAX,
        .packet_number = packet ? packet->number : 0,
        .time_ns = packet ? packet->time_ns : 0,
    };
    smini_problem_report(defrag->problems, &problem);
}

int32_t smini_defrag_odd(struct smini_defrag *defrag, enum smini_defrag_odd kind, const struct smini_packet *packet)
{
    if (defrag->odd[kind]++ == 0)
        smini_defrag_report(defrag, packet, oddities[kind].status, oddities[kind].lost, oddities[kind].event, NULL);
    return oddities[kind].status;
}

void smini_defrag_tell_sums(struct smini_defrag *defrag)
{
    char detail[96];
    for (int kind = 0; kind < SMINI_DEFRAG_ODDITIES; kind++) {
        if (defrag->odd[kind] > 1) {
            (void)snprintf(detail, sizeof(detail), "%" PRIu64 " times in this capture", defrag->odd[kind]);
            smini_defrag_report(defrag, NULL, oddities[kind].status, oddities[kind].lost, oddities[kind].event, detail);
        }
        defrag->odd[kind] = 0;
    }
}

void smini_defrag_drop(struct smini_defrag *defrag, int32_t index)
{
    struct smini_set *set = &defrag->table.sets[index];
    smini_pieces_give(&defrag->pool, set->first);
    smini_pieces_give(&defrag->pool, set->last);
    set->first = set->last = NULL;
    smini_alloc_free(defrag->alloc, set->numbers, set->number_capacity * sizeof(*set->numbers));
    set->numbers = NULL;
    set->number_count = set->number_capacity = 0;
    smini_set_remove(&defrag->table, index);
}

/* The newest complete set was handed out last, and a fragment may lie in it: it stays. */
bool smini_defrag_drop_complete(struct smini_defrag *defrag)
{
    const struct smini_set_list *complete = &defrag->table.complete;
    if (complete->count < 2)
        return false;
    smini_defrag_drop(defrag, complete->oldest);
    return true;
}

/* What is finished goes first, then the oldest that is not. `keep` stays. */
static bool evict(struct smini_defrag *defrag, int32_t keep, enum smini_defrag_odd why,
                  const struct smini_packet *packet)
{
    if (smini_defrag_drop_complete(defrag))
        return true;
    int32_t oldest = defrag->table.open.oldest;
    if (oldest == keep && oldest != SMINI_DEFRAG_NONE)
        oldest = defrag->table.sets[oldest].newer;
    if (oldest == SMINI_DEFRAG_NONE)
        return false;
    (void)smini_defrag_odd(defrag, why, packet);
    defrag->counters.evicted++;
    smini_defrag_drop(defrag, oldest);
    return true;
}

void smini_defrag_expire(struct smini_defrag *defrag, const struct smini_packet *packet)
{
    struct smini_set_table *table = &defrag->table;
    while (table->open.oldest != SMINI_DEFRAG_NONE) {
        uint64_t created = table->sets[table->open.oldest].created_ns;
        if (packet->time_ns <= created || packet->time_ns - created <= defrag->limits.timeout_ns)
            return;
        defrag->counters.timed_out++;
        (void)smini_defrag_odd(defrag, SMINI_DEFRAG_TIMEOUT, packet);
        smini_defrag_drop(defrag, table->open.oldest);
    }
}

int32_t smini_defrag_take_pieces(struct smini_defrag *defrag, uint32_t bytes, int32_t keep,
                                 const struct smini_packet *packet, struct smini_pieces **pieces)
{
    int32_t status;
    do
        status = smini_pieces_take(&defrag->pool, smini_pieces_class(bytes), pieces);
    while (status == SMIN_E_LIMIT && evict(defrag, keep, SMINI_DEFRAG_BYTES_LIMIT, packet));
    if (status != SMIN_OK)
        (void)smini_defrag_odd(defrag, status == SMIN_E_LIMIT ? SMINI_DEFRAG_BYTES_LIMIT : SMINI_DEFRAG_MEMORY, packet);
    return status;
}

int32_t smini_defrag_add_set(struct smini_defrag *defrag, const struct smini_set *key,
                             const struct smini_packet *packet, int32_t *index)
{
    while (defrag->table.open.count >= defrag->limits.sets_max && defrag->table.open.count > 0) {
        (void)smini_defrag_odd(defrag, SMINI_DEFRAG_SETS_LIMIT, packet);
        defrag->counters.evicted++;
        smini_defrag_drop(defrag, defrag->table.open.oldest);
    }
    int32_t status;
    do
        status = smini_set_add(&defrag->table, key, index);
    while (status == SMIN_E_LIMIT && evict(defrag, SMINI_DEFRAG_NONE, SMINI_DEFRAG_SETS_LIMIT, packet));
    if (status != SMIN_OK)
        (void)smini_defrag_odd(defrag, status == SMIN_E_LIMIT ? SMINI_DEFRAG_SETS_LIMIT : SMINI_DEFRAG_MEMORY, packet);
    return status;
}

void smini_defrag_drop_all(struct smini_defrag *defrag)
{
    while (defrag->table.open.oldest != SMINI_DEFRAG_NONE)
        smini_defrag_drop(defrag, defrag->table.open.oldest);
    while (defrag->table.complete.oldest != SMINI_DEFRAG_NONE)
        smini_defrag_drop(defrag, defrag->table.complete.oldest);
}
