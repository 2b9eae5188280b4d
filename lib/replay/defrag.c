/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/defrag.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/cursor.h"
#include "replay/checksum.h"
#include "replay/defrag_state.h"
#include "replay/ip.h"

/* Whole datagrams that are remembered, so that a late copy of a fragment is known for what it is, and for how long. */
enum { COMPLETE_KEPT = 16, COMPLETE_KEPT_NS = 1000000000 };
enum { IP_BYTES_MAX = 65535 };

/* One fragment on its way in. */
struct arrival {
    const struct smini_packet *packet;
    const struct smini_dissected *fragment;
    uint32_t header; /* bytes that belong before the payload */
    uint32_t length; /* payload that is taken */
    uint32_t end;
    bool last;
};

void smini_defrag_limits_default(struct smini_defrag_limits *limits)
{
    memset(limits, 0, sizeof(*limits));
    limits->sets_max = 4096;      /* a gigabit of datagrams with a fragment lost in each, for half a second */
    limits->fragments_max = 8192; /* 64 KiB in the smallest pieces there are */
    limits->bytes_max = 16 * 1024 * 1024;
    limits->timeout_ns = UINT64_C(60) * 1000000000; /* RFC 8200, and the least of RFC 1122 */
}

int32_t smini_defrag_new(struct smini_defrag **result, struct smini_alloc *alloc,
                         const struct smini_defrag_limits *limits, const struct smini_problem_sink *problems)
{
    *result = NULL;
    struct smini_defrag *defrag = smini_alloc_get(alloc, sizeof(*defrag));
    if (!defrag)
        return SMIN_E_NOMEM;
    defrag->alloc = alloc;
    defrag->problems = problems;
    if (limits)
        defrag->limits = *limits;
    else
        smini_defrag_limits_default(&defrag->limits);
    defrag->pool.alloc = alloc;
    defrag->pool.bytes_max = defrag->limits.bytes_max;
    int32_t status = smini_set_table_init(&defrag->table, alloc, defrag->limits.sets_max);
    if (status != SMIN_OK) {
        smini_alloc_free(alloc, defrag, sizeof(*defrag));
        return status;
    }
    *result = defrag;
    return SMIN_OK;
}

const struct smini_defrag_counters *smini_defrag_count(const struct smini_defrag *defrag)
{
    return &defrag->counters;
}

/* --- one fragment -------------------------------------------------------------------------------------------- */

/* Lengths that are possible at all. SMIN_OK, or why not. */
static int32_t judge(struct smini_defrag *defrag, struct arrival *arrival)
{
    const struct smini_dissected *fragment = arrival->fragment;
    uint32_t fixed = fragment->ip_version == 4 ? 0 : 40; /* IPv6's length does not count its fixed header */
    uint32_t own = fragment->ip_version == 4 ? 0 : 8;    /* the fragment header goes */
    arrival->header = (uint32_t)(fragment->transport - fragment->ip) - own;
    arrival->length = fragment->payload_bytes;
    arrival->last = !fragment->more_fragments;
    if ((fragment->facts & SMINI_FACT_CUT) != 0)
        return smini_defrag_odd(defrag, SMINI_DEFRAG_CUT, arrival->packet);
    if (!arrival->last && arrival->length % 8 != 0) { /* Linux takes it without the odd bytes; so does this */
        (void)smini_defrag_odd(defrag, SMINI_DEFRAG_LENGTH_ODD, arrival->packet);
        arrival->length &= ~7u;
    }
    if (arrival->length == 0)
        return smini_defrag_odd(defrag, SMINI_DEFRAG_EMPTY, arrival->packet);
    arrival->end = fragment->fragment_offset + arrival->length;
    if (arrival->header - fixed + arrival->end > IP_BYTES_MAX)
        return smini_defrag_odd(defrag, SMINI_DEFRAG_OVERSIZE, arrival->packet);
    if (fragment->fragment_offset == 0 && arrival->header > SMINI_DEFRAG_HEADER_MAX)
        return smini_defrag_odd(defrag, SMINI_DEFRAG_HEADER_LIMIT, arrival->packet);
    return SMIN_OK;
}

static void tell_differs(struct smini_defrag *defrag, struct smini_set *set, const struct smini_packet *packet)
{
    defrag->counters.overlaps_differing++;
    if ((set->flags & SMINI_SET_DIFFERS) != 0)
        return;
    set->flags |= SMINI_SET_DIFFERS;
    smini_defrag_report(defrag, packet, SMIN_E_MALFORMED, 0, "fragment_overlap_differs", NULL);
}

/* True when the fragment is a late copy of one whose datagram was handed out already. */
static bool is_late_copy(struct smini_defrag *defrag, const struct smini_set *key, const struct arrival *arrival)
{
    int32_t index = smini_set_find(&defrag->table, key, true);
    if (index == SMINI_DEFRAG_NONE)
        return false;
    struct smini_set *set = &defrag->table.sets[index];
    const struct smini_dissected *fragment = arrival->fragment;
    uint64_t now = arrival->packet->time_ns;
    if (now > set->created_ns && now - set->created_ns > COMPLETE_KEPT_NS)
        return false;
    bool fits = arrival->end <= set->total && arrival->last == (arrival->end == set->total);
    if (fits && (smini_pieces_same(set->first, fragment->fragment_offset, fragment->payload, arrival->length) ||
                 (set->last &&
                  smini_pieces_same(set->last, fragment->fragment_offset, fragment->payload, arrival->length)))) {
        defrag->counters.duplicates++;
        return true;
    }
    return false; /* the sender counts identifications anew, or wants to be read twice: a datagram of its own */
}

static bool ends_agree(const struct smini_set *set, const struct arrival *arrival)
{
    if (set->total != UINT32_MAX && (arrival->end > set->total || (arrival->last && arrival->end != set->total)))
        return false;
    return !arrival->last || arrival->end >= set->end;
}

/* Moves to a class that holds `bytes`. */
static int32_t grow(struct smini_defrag *defrag, int32_t index, struct smini_pieces **pieces, uint32_t bytes,
                    const struct smini_packet *packet)
{
    struct smini_pieces *old = *pieces;
    struct smini_pieces *bigger = NULL;
    if (old && smini_pieces_room(old->class_index) >= bytes)
        return SMIN_OK;
    int32_t status = smini_defrag_take_pieces(defrag, bytes, index, packet, &bigger);
    if (status != SMIN_OK)
        return status;
    if (old) {
        uint32_t room = smini_pieces_room(old->class_index);
        memcpy(bigger->held, old->held, room / 64);
        memcpy(bigger->bytes, old->bytes, SMINI_DEFRAG_HEADER_MAX + (size_t)room);
        smini_pieces_give(&defrag->pool, old);
    }
    *pieces = bigger;
    return SMIN_OK;
}

static int32_t make_room(struct smini_defrag *defrag, int32_t index, const struct arrival *arrival)
{
    /* Sets do not move here: eviction only unlinks them. */
    struct smini_set *set = &defrag->table.sets[index];
    uint32_t bytes = arrival->last || set->total == UINT32_MAX ? arrival->end : set->total;
    int32_t status = grow(defrag, index, &set->first, bytes, arrival->packet);
    if (status == SMIN_OK && set->last)
        status = grow(defrag, index, &set->last, bytes, arrival->packet);
    return status;
}

/* Copies disagree for the first time: from here on there are two readings. */
static void fork_reading(struct smini_defrag *defrag, int32_t index, const struct arrival *arrival)
{
    struct smini_set *set = &defrag->table.sets[index];
    struct smini_pieces *last = NULL;
    uint32_t room = smini_pieces_room(set->first->class_index);
    if (smini_defrag_take_pieces(defrag, room, index, arrival->packet, &last) != SMIN_OK)
        return; /* told; the first reading stands alone */
    memcpy(last->held, set->first->held, room / 64);
    memcpy(last->bytes, set->first->bytes, SMINI_DEFRAG_HEADER_MAX + (size_t)room);
    set->last = last;
}

static void keep_numbers(struct smini_defrag *defrag, struct smini_set *set, const struct smini_packet *packet)
{
    for (uint32_t i = 0; i < defrag->number_count; i++) {
        if (set->number_count == set->number_capacity) {
            uint32_t capacity = set->number_capacity ? set->number_capacity * 2 : 8;
            uint64_t *numbers = smini_alloc_grow(defrag->alloc, set->numbers,
                                                 set->number_capacity * sizeof(*numbers), capacity * sizeof(*numbers));
            if (!numbers) {
                (void)smini_defrag_odd(defrag, SMINI_DEFRAG_MEMORY, packet);
                return;
            }
            set->numbers = numbers;
            set->number_capacity = capacity;
        }
        set->numbers[set->number_count++] = defrag->numbers[i];
    }
}

static void put(struct smini_defrag *defrag, int32_t index, const struct arrival *arrival)
{
    struct smini_set *set = &defrag->table.sets[index];
    const struct smini_dissected *fragment = arrival->fragment;
    uint32_t units = (arrival->length + 7) / 8;
    struct smini_overlap overlap = smini_pieces_put_first(set->first, set->last, fragment->fragment_offset,
                                                          fragment->payload, arrival->length);
    if (overlap.differs) {
        tell_differs(defrag, set, arrival->packet);
        if (!set->last)
            fork_reading(defrag, index, arrival);
    } else if (overlap.covered == units) {
        defrag->counters.duplicates++;
    } else if (overlap.covered > 0) {
        defrag->counters.overlaps_same++;
        if ((set->flags & SMINI_SET_OVERLAP) == 0)
            (void)smini_defrag_odd(defrag, SMINI_DEFRAG_OVERLAP, arrival->packet);
        set->flags |= SMINI_SET_OVERLAP;
    }
    if (set->last)
        smini_pieces_put_last(set->last, fragment->fragment_offset, fragment->payload, arrival->length);
    set->units += units - overlap.covered;
    set->end = arrival->end > set->end ? arrival->end : set->end;
    if (arrival->last)
        set->total = arrival->end;
}

/* The first fragment brings the header; too short a one is how filters are passed (RFC 1858). */
static void take_header(struct smini_defrag *defrag, struct smini_set *set, const struct arrival *arrival)
{
    const struct smini_dissected *fragment = arrival->fragment;
    if (fragment->fragment_offset != 0)
        return;
    uint32_t least = fragment->protocol == SMINI_IP_TCP ? 20 : 8;
    if (arrival->length < least && (set->flags & SMINI_SET_TINY) == 0) {
        set->flags |= SMINI_SET_TINY;
        (void)smini_defrag_odd(defrag, SMINI_DEFRAG_TINY, arrival->packet);
    }
    if (set->header != 0)
        return;
    set->header = arrival->header;
    uint8_t *header = smini_pieces_payload(set->first) - arrival->header;
    memcpy(header, fragment->ip, arrival->header);
    if (fragment->ip_version == 6) {
        uint32_t next = 6; /* where the type of what follows stands */
        uint32_t at = 40;
        for (uint8_t type = header[next]; at + 8 <= arrival->header; type = header[next]) {
            uint32_t length = smini_ip_extension_length(type, header + at);
            if (length == 0)
                break;
            next = at;
            at += length;
        }
        header[next] = fragment->protocol;
    }
}

static void correct_header(const struct smini_set *set, uint8_t *header)
{
    uint32_t length = set->total + set->header - (set->ip_version == 4 ? 0 : 40);
    uint8_t *field = header + (set->ip_version == 4 ? 2 : 4);
    field[0] = (uint8_t)(length >> 8);
    field[1] = (uint8_t)length;
    if (set->ip_version != 4)
        return;
    memset(header + 6, 0, 2);  /* no fragment */
    memset(header + 10, 0, 2); /* the checksum covers itself as zero */
    smini_checksum_store(smini_checksum_add(0, header, set->header), header + 10);
}

static int32_t hand_out(struct smini_defrag *defrag, int32_t index, struct smini_defrag_result *result)
{
    struct smini_set *set = &defrag->table.sets[index];
    uint8_t *header = smini_pieces_payload(set->first) - set->header;
    if (set->header == 0 || set->total == UINT32_MAX || set->units != (set->total + 7) / 8)
        return SMIN_MORE;
    correct_header(set, header);
    result->first = header;
    result->length = set->header + set->total;
    result->numbers = set->numbers;
    result->number_count = set->number_count;
    if (set->last) {
        memcpy(smini_pieces_payload(set->last) - set->header, header, set->header);
        result->last = smini_pieces_payload(set->last) - set->header;
    }
    defrag->counters.datagrams++;
    smini_set_complete(&defrag->table, index);
    if (defrag->table.complete.count > COMPLETE_KEPT)
        (void)smini_defrag_drop_complete(defrag);
    return SMIN_OK;
}

static int32_t take(struct smini_defrag *defrag, const struct arrival *arrival, const struct smini_set *key,
                    struct smini_defrag_result *result)
{
    int32_t index = smini_set_find(&defrag->table, key, false);
    if (index == SMINI_DEFRAG_NONE) {
        int32_t status = smini_defrag_add_set(defrag, key, arrival->packet, &index);
        if (status != SMIN_OK)
            return status;
    }
    struct smini_set *set = &defrag->table.sets[index];
    if (!ends_agree(set, arrival))
        return smini_defrag_odd(defrag, SMINI_DEFRAG_ENDS, arrival->packet);
    if (set->fragments >= defrag->limits.fragments_max)
        return smini_defrag_odd(defrag, SMINI_DEFRAG_COUNT_LIMIT, arrival->packet);
    int32_t status = make_room(defrag, index, arrival);
    if (status != SMIN_OK) {
        if (set->fragments == 0)
            smini_defrag_drop(defrag, index);
        return status;
    }
    set->fragments++;
    keep_numbers(defrag, set, arrival->packet);
    put(defrag, index, arrival);
    take_header(defrag, set, arrival);
    return hand_out(defrag, index, result);
}

int32_t smini_defrag_push(struct smini_defrag *defrag, const struct smini_packet *packet,
                          const struct smini_dissected *fragment, struct smini_defrag_result *result)
{
    struct arrival arrival = {.packet = packet, .fragment = fragment};
    struct smini_set key;
    memset(result, 0, sizeof(*result));
    if (fragment->kind != SMINI_DISSECT_FRAGMENT)
        return SMIN_E_MISUSE;
    defrag->counters.fragments++;
    smini_defrag_expire(defrag, packet);
    int32_t status = judge(defrag, &arrival);
    if (status == SMIN_OK) {
        smini_set_identify(&defrag->table, fragment, &key);
        key.created_ns = packet->time_ns;
        if (is_late_copy(defrag, &key, &arrival)) {
            result->owner = defrag->table.sets[smini_set_find(&defrag->table, &key, true)].owner;
            return SMIN_MORE;
        }
        status = take(defrag, &arrival, &key, result);
    }
    if (status < 0)
        defrag->counters.dropped++;
    return status;
}

void smini_defrag_brought_by(struct smini_defrag *defrag, const uint64_t *numbers, uint32_t count)
{
    defrag->numbers = numbers;
    defrag->number_count = count;
}

void smini_defrag_belongs(struct smini_defrag *defrag, uint64_t owner)
{
    if (defrag->table.complete.newest != SMINI_DEFRAG_NONE)
        defrag->table.sets[defrag->table.complete.newest].owner = owner;
}

void smini_defrag_end(struct smini_defrag *defrag)
{
    char detail[96];
    smini_defrag_tell_sums(defrag);
    uint32_t open = defrag->table.open.count;
    if (open > 0) {
        (void)snprintf(detail, sizeof(detail), "%" PRIu32 " datagrams with fragments that never came", open);
        smini_defrag_report(defrag, NULL, SMIN_E_TRUNCATED, 0, "fragments_incomplete", detail);
    }
    smini_defrag_drop_all(defrag);
}

void smini_defrag_free(struct smini_defrag **pointer)
{
    struct smini_defrag *defrag = *pointer;
    if (!defrag)
        return;
    struct smini_alloc *alloc = defrag->alloc;
    smini_defrag_drop_all(defrag);
    smini_pieces_pool_free(&defrag->pool);
    smini_set_table_free(&defrag->table);
    smini_alloc_free(alloc, defrag, sizeof(*defrag));
    *pointer = NULL;
}
