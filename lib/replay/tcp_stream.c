/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/tcp_stream.h"

#include "replay/flow_feed.h"
#include "replay/flow_view.h"
#include "replay/tcp_overlap.h"

enum {
    /*
     * Packets of the flow that may pass between an acknowledgement and the
     * segment it is for before the segment counts as missing: captures made on
     * several queues or ports swap neighbours.
     */
    REORDER_PACKETS = 16,
    /* With no acknowledgements to go by, this many bytes behind a hole say that it will stay one. */
    ONE_SIDED_HELD = 64 * 1024
};

/* A reader's answer to the first bytes of the other direction of its flow. It gets none of a direction it turned down. */
static int32_t ask_reader(struct smini_run *run, struct smini_flow *flow, const struct smin_flow_info *info,
                          const struct smini_first_bytes *first, unsigned place)
{
    uint16_t which = 0;
    if (!(place == 0 ? flow->handle : flow->beside))
        return SMIN_PROBE_NO;
    return smini_flow_probe(run, info, first, place == 0 ? flow->inspector : flow->second.inspector, &which);
}

static int32_t ask_readers(struct smini_run *run, struct smini_flow *flow, const struct smin_flow_info *info,
                           const struct smini_first_bytes *first, bool last_word)
{
    int32_t answer[2];
    for (unsigned place = 0; place < 2; place++)
        answer[place] = ask_reader(run, flow, info, first, place);
    if (!last_word && (answer[0] == SMIN_PROBE_MORE || answer[1] == SMIN_PROBE_MORE))
        return SMIN_PROBE_MORE;
    if (answer[0] != SMIN_PROBE_YES && answer[1] != SMIN_PROBE_YES)
        return SMIN_PROBE_NO;
    for (unsigned place = 0; place < 2; place++)
        if (answer[place] != SMIN_PROBE_YES)
            flow->done |= smini_flow_done_bit(place, first->direction);
    return SMIN_PROBE_YES;
}

/* Who reads the direction that begins so? SMIN_PROBE_*. */
static int32_t ask(struct smini_run *run, struct smini_flow *flow, const struct smini_first_bytes *first,
                   bool last_word, struct smini_readers *readers)
{
    struct smin_flow_info info;
    smini_flow_info_make(run, smini_flow_table_at(&run->table, flow->record), smini_flow_input_flags(run, flow), &info);
    *readers = (struct smini_readers){flow->inspector, -1};
    return flow->handle ? ask_readers(run, flow, &info, first, last_word)
                        : smini_flow_choose(run, &info, first, last_word, readers);
}

/* Judges the first bytes. True: the direction is tracked from now on. */
static bool decide(struct smini_run *run, struct smini_flow *flow, const struct smini_first_bytes *first)
{
    struct smini_readers readers;
    const struct smini_expected *expected =
        flow->handle ? NULL : smini_expect_stream(run, smini_flow_table_at(&run->table, flow->record));
    if (expected)
        return smini_flow_claim_expected(run, flow, expected);
    int32_t answer = ask(run, flow, first, false, &readers);
    if (answer == SMIN_PROBE_YES)
        return smini_flow_take(run, flow, first->direction, readers, NULL);
    if (answer != SMIN_PROBE_MORE)
        smini_flow_ignore(run, flow, first->direction);
    return false;
}

/* The held bytes that stand at the beginning, as far as a probe may want them. */
static uint32_t gather(const struct smini_run *run, const struct smini_tcp_side *side, uint8_t *bytes)
{
    uint32_t count = 0;
    while (count < SMINI_PROBE_BYTES) {
        const uint8_t *held = NULL;
        uint32_t run_length = smini_hold_run(&run->holds, &side->hold, side->next + count, &held);
        if (run_length == 0)
            break;
        if (run_length > SMINI_PROBE_BYTES - count)
            run_length = SMINI_PROBE_BYTES - count;
        memcpy(bytes + count, held, run_length);
        count += run_length;
    }
    return count;
}

/* Delivers what is held and has its turn; judges it first, where that is still to be done. */
static void drain(struct smini_run *run, struct smini_flow *flow, unsigned direction)
{
    struct smini_tcp_side *side = &flow->side[direction];
    if (side->state == SMINI_SIDE_UNDECIDED && side->hold.held != 0) {
        uint8_t bytes[SMINI_PROBE_BYTES];
        struct smini_first_bytes first = {.direction = direction, .offset = side->next, .bytes = bytes};
        first.length = gather(run, side, bytes);
        if (first.length == 0 || !decide(run, flow, &first))
            return;
    }
    while (side->state == SMINI_SIDE_TRACKED && side->hold.held != 0) {
        const uint8_t *bytes = NULL;
        uint64_t offset = side->next;
        uint32_t length = smini_hold_run(&run->holds, &side->hold, offset, &bytes);
        if (length == 0)
            return;
        smini_flow_deliver(run, flow, direction, bytes, length);
        smini_hold_consume(&run->holds, &side->hold, offset, length);
    }
}

/* Gives up the hole in front of what is held. */
static void skip_hole(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t to)
{
    struct smini_tcp_side *side = &flow->side[direction];
    uint64_t first = smini_hold_first(&run->holds, &side->hold, side->next);
    if (to > first)
        to = first;
    if (to > side->next && to - side->next <= UINT32_MAX)
        smini_flow_gap(run, flow, direction, (uint32_t)(to - side->next));
    drain(run, flow, direction);
}

static bool peer_visible(const struct smini_run *run, const struct smini_flow *flow, unsigned direction)
{
    return smini_flow_table_at(&run->table, flow->record)->packets[direction ^ 1] != 0;
}

/*
 * A segment that cannot be held. When the hole in front is known, or bound, to
 * stay one it is given up, which makes room. True: try again.
 */
static bool make_room(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t offset,
                      int32_t status)
{
    struct smini_tcp_side *side = &flow->side[direction];
    if (status == SMIN_E_NOMEM) {
        smini_pump_nomem(run, flow, "a segment that came early could not be kept");
        return false;
    }
    bool lost = (side->flags & SMINI_SIDE_ACKED) && side->acked > side->next;
    if (!lost && peer_visible(run, flow, direction)) {
        smini_pump_limit(run, SMINI_TOLD_REASSEMBLY, flow, "reassembly_limit",
                         "a segment too far ahead of what was acknowledged was left out");
        return false;
    }
    uint64_t before = side->next;
    smini_pump_limit(run, SMINI_TOLD_REASSEMBLY, flow, "reassembly_limit",
                     "too much came early: the missing bytes before it were given up");
    skip_hole(run, flow, direction, offset);
    return side->next != before && side->state != SMINI_SIDE_IGNORED;
}

/* Keeps a segment for later. True: it was passed over a hole instead and is to be looked at again. */
static bool hold(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t offset,
                 const uint8_t *bytes, uint32_t length)
{
    struct smini_tcp_side *side = &flow->side[direction];
    bool differs = false;
    int32_t status = smini_hold_put(&run->holds, &side->hold, side->next, offset, bytes, length, &differs);
    if (differs)
        smini_overlap_differs(run, flow, direction, offset, bytes, length);
    if (status != SMIN_OK)
        return make_room(run, flow, direction, offset, status);
    return false;
}

/* A segment whose first byte is the next one wanted. Gives how much of it was dealt with. */
static uint32_t in_turn(struct smini_run *run, struct smini_flow *flow, unsigned direction, const uint8_t *bytes,
                        uint32_t length)
{
    struct smini_tcp_side *side = &flow->side[direction];
    uint32_t free_length = length;
    if (side->hold.held != 0) {
        uint64_t first = smini_hold_first(&run->holds, &side->hold, side->next);
        if (first - side->next < length)
            free_length = (uint32_t)(first - side->next);
    }
    if (side->state == SMINI_SIDE_UNDECIDED) {
        struct smini_first_bytes whole = {
            .direction = direction, .offset = side->next, .bytes = bytes, .length = length};
        if (side->hold.held == 0 && decide(run, flow, &whole)) {
            smini_flow_deliver(run, flow, direction, bytes, length);
            return length;
        }
        if (side->state == SMINI_SIDE_UNDECIDED && !hold(run, flow, direction, side->next, bytes, length))
            drain(run, flow, direction);
        return length;
    }
    if (free_length != 0)
        smini_flow_deliver(run, flow, direction, bytes, free_length);
    if (side->state == SMINI_SIDE_TRACKED)
        drain(run, flow, direction);
    return free_length;
}

/* Another copy of the first bytes of a direction that nobody wanted: the copy that counts may be this one. */
static void reconsider(struct smini_run *run, struct smini_flow *flow, unsigned direction, const uint8_t *bytes,
                       uint32_t length)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smini_readers readers;
    struct smini_first_bytes first = {.direction = direction, .bytes = bytes, .length = length};
    if ((flow->bits & SMINI_TRACK_DROPPED) || side->stream_bytes != 0 ||
        ask(run, flow, &first, true, &readers) != SMIN_PROBE_YES)
        return;
    side->next = 0;
    flow->bits |= SMINI_TRACK_LATE_START;
    flow->facts |= SMINI_FLOW_OVERLAP;
    run->counters.overlaps_differing++;
    smini_pump_problem(run, flow, "tcp", "overlap_differs", "copies of the first bytes disagree", SMIN_E_MALFORMED, 0);
    if (smini_flow_take(run, flow, direction, readers, NULL))
        smini_flow_deliver(run, flow, direction, bytes, length);
}

/* Bytes before offset 0 of a stream whose beginning was not seen: nothing can be put before what was delivered. */
static void before_beginning(struct smini_run *run, struct smini_flow *flow)
{
    run->counters.segments_duplicate++;
    if (flow->bits & SMINI_TRACK_TOLD_BEFORE)
        return;
    flow->bits |= SMINI_TRACK_TOLD_BEFORE;
    smini_pump_problem(run, flow, "tcp", "segment_before_start", "bytes from before the first segment were left out",
                       SMIN_E_UNSUPPORTED, 0);
}

void smini_tcp_segment(struct smini_run *run, struct smini_flow *flow, unsigned direction, int64_t offset,
                       const uint8_t *bytes, uint32_t length)
{
    struct smini_tcp_side *side = &flow->side[direction];
    side->flags |= SMINI_SIDE_PAYLOAD;
    if (offset < 0) {
        before_beginning(run, flow);
        if (-offset >= (int64_t)length)
            return;
        bytes -= offset;
        length -= (uint32_t)-offset;
        offset = 0;
    }
    uint64_t at = (uint64_t)offset;
    if (side->state == SMINI_SIDE_UNDECIDED && at < side->next)
        side->next = at; /* nothing was delivered yet: a hole given up too early can still be filled */
    if (at > side->next && side->state != SMINI_SIDE_IGNORED)
        run->counters.segments_reordered++;
    while (length > 0 && side->state != SMINI_SIDE_IGNORED) {
        uint32_t done = length;
        if (at < side->next) {
            if (side->next - at < length)
                done = (uint32_t)(side->next - at);
            smini_overlap_copy(run, flow, direction, at, bytes, done);
        } else if (at == side->next) {
            done = in_turn(run, flow, direction, bytes, length);
        } else if (hold(run, flow, direction, at, bytes, length)) {
            continue;
        }
        at += done;
        bytes += done;
        length -= done;
    }
    if (side->state == SMINI_SIDE_UNDECIDED)
        drain(run, flow, direction);
    if (length > 0 && at == 0)
        reconsider(run, flow, direction, bytes, length);
}

void smini_tcp_overdue(struct smini_run *run, struct smini_flow *flow, unsigned direction)
{
    struct smini_tcp_side *side = &flow->side[direction];
    if (side->hold.held == 0 || side->state == SMINI_SIDE_IGNORED)
        return;
    uint64_t first = smini_hold_first(&run->holds, &side->hold, side->next);
    if (first == side->next)
        return; /* too few bytes to judge, but no hole */
    bool passed = (side->flags & SMINI_SIDE_ACKED) && side->acked > side->next;
    if (passed && side->overtaken < REORDER_PACKETS)
        side->overtaken++;
    if (side->overtaken >= REORDER_PACKETS ||
        (side->hold.held > ONE_SIDED_HELD && !peer_visible(run, flow, direction)))
        skip_hole(run, flow, direction, first);
}

/*
 * How far a direction went for certain: what its receiver acknowledged, or,
 * when no receiver was seen, where it ended.
 */
static uint64_t certainly_sent(const struct smini_tcp_side *side)
{
    bool ended = (side->flags & SMINI_SIDE_FIN_SEEN) != 0;
    if (!(side->flags & SMINI_SIDE_ACKED))
        return ended ? side->fin : 0;
    if (ended)
        return side->acked < side->fin ? side->acked : side->fin;
    return side->acked == 0 ? 0 : side->acked - 1; /* an end that was not seen counts one, too */
}

/* Whose port the flow is on; -1: nobody's. */
static int32_t hinted_by(const struct smini_run *run, const struct smini_flow *flow)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    return smini_run_hinted_by(run, record->port[record->state & SMINI_RECORD_CLIENT_IS_1 ? 0 : 1]);
}

/* A beginning too short to be judged is what it seems to be on its own port, and what rules want that want any stream. */
static struct smini_readers readers_of_short(struct smini_run *run, struct smini_flow *flow, unsigned direction)
{
    uint8_t bytes[SMINI_PROBE_BYTES];
    struct smini_first_bytes first = {.direction = direction, .offset = flow->side[direction].next, .bytes = bytes};
    struct smini_readers readers;
    first.length = gather(run, &flow->side[direction], bytes);
    bool wanted = ask(run, flow, &first, true, &readers) == SMIN_PROBE_YES;
    int32_t owner = flow->handle ? flow->inspector : hinted_by(run, flow);
    if (!wanted)
        return (struct smini_readers){owner, -1};
    if (owner >= 0 && owner != readers.first)
        return (struct smini_readers){owner, readers.first};
    return readers;
}

void smini_tcp_flush(struct smini_run *run, struct smini_flow *flow, unsigned direction)
{
    struct smini_tcp_side *side = &flow->side[direction];
    drain(run, flow, direction);
    while (side->hold.held != 0 && side->state != SMINI_SIDE_IGNORED) {
        uint64_t first = smini_hold_first(&run->holds, &side->hold, side->next);
        if (first == UINT64_MAX)
            break;
        if (first != side->next) {
            skip_hole(run, flow, direction, first);
            continue;
        }
        struct smini_readers readers = readers_of_short(run, flow, direction);
        if (readers.first < 0 || !smini_flow_take(run, flow, direction, readers, NULL))
            break;
        drain(run, flow, direction);
    }
    uint64_t sent = certainly_sent(side);
    if (side->state == SMINI_SIDE_TRACKED && sent > side->next && sent - side->next <= UINT32_MAX)
        smini_flow_gap(run, flow, direction, (uint32_t)(sent - side->next));
    smini_hold_clear(&run->holds, &side->hold);
}
