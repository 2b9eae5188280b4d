/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_life.h"

#include <stdlib.h>

#include "replay/flow_feed.h"
#include "replay/flow_report.h"
#include "replay/flow_view.h"
#include "replay/tcp_overlap.h"
#include "replay/tcp_state.h"
#include "replay/tcp_stream.h"
#include "replay/udp.h"

enum {
    /* Candidates looked at to find one that gives way: bounded work, and near enough to the oldest. */
    EVICT_CANDIDATES = 32,
    SWEEP_RECORDS = 512,
    CLOSED_TICKS = 10 * 1000, /* late packets of a closed connection still belong to it for ten seconds */
    UNANSWERED_TICKS = 60 * 1000 /* as long as a host repeats a SYN */
};

static bool closed(const struct smini_flow_record *record)
{
    uint16_t both = SMINI_RECORD_FIN | SMINI_RECORD_FIN << 1;
    return (record->state & both) == both || (record->state & (SMINI_RECORD_RST | SMINI_RECORD_RST << 1)) != 0;
}

uint32_t smini_flow_least_silence(const struct smini_run *run)
{
    uint32_t least = run->idle_ticks < run->idle_udp_ticks ? run->idle_ticks : run->idle_udp_ticks;
    return least < CLOSED_TICKS ? least : CLOSED_TICKS;
}

bool smini_flow_expired(const struct smini_run *run, const struct smini_flow_record *record, uint32_t now_tick)
{
    uint32_t limit = record->state & SMINI_RECORD_UDP ? run->idle_udp_ticks : run->idle_ticks;
    if (now_tick <= record->last_tick || now_tick - record->last_tick <= run->idle_least)
        return false;
    if (!(record->state & SMINI_RECORD_UDP)) {
        if (closed(record) && limit > CLOSED_TICKS)
            limit = CLOSED_TICKS;
        else if ((record->packets[0] == 0 || record->packets[1] == 0) &&
                 ((record->tcp_flags[0] | record->tcp_flags[1]) & ~SMINI_TCP_SYN) == 0 && limit > UNANSWERED_TICKS)
            limit = UNANSWERED_TICKS;
    }
    return now_tick - record->last_tick > limit;
}

const char *smini_flow_silence(const struct smini_flow_record *record)
{
    return closed(record) ? "shutdown" : "timeout";
}

/* Of a few records the one that is missed least: without extended state first, then the one silent for longest. */
static uint32_t find_victim(struct smini_run *run)
{
    uint32_t best = 0;
    bool best_extended = true;
    uint32_t best_tick = UINT32_MAX;
    uint32_t used = run->table.records.used;
    for (uint32_t seen = 0, steps = 0; seen < EVICT_CANDIDATES && steps < used; steps++) {
        if (++run->evict_hand >= used)
            run->evict_hand = 1;
        const struct smini_flow_record *record = smini_flow_table_at(&run->table, run->evict_hand);
        if (!(record->state & SMINI_RECORD_USED))
            continue;
        seen++;
        bool extended = (record->state & SMINI_RECORD_EXTENDED) != 0;
        if (best == 0 || (best_extended && !extended) ||
            (best_extended == extended && record->last_tick < best_tick)) {
            best = run->evict_hand;
            best_extended = extended;
            best_tick = record->last_tick;
        }
    }
    return best;
}

static void evict(struct smini_run *run)
{
    uint32_t victim = find_victim(run);
    if (victim == 0)
        return;
    run->counters.evicted_flows++;
    smini_pump_limit(run, SMINI_TOLD_FLOWS, NULL, "flow_limit", "more flows at once than are kept: old ones give way");
    smini_flow_close(run, victim, "forced");
}

static void evict_tracked(struct smini_run *run)
{
    uint32_t best = 0;
    uint64_t best_packet = UINT64_MAX;
    for (uint32_t seen = 0; seen < EVICT_CANDIDATES && seen < run->flows.used; seen++) {
        if (++run->tracked_hand >= run->flows.used)
            run->tracked_hand = 1;
        const struct smini_flow *flow = smini_arena_at(&run->flows, run->tracked_hand);
        if (flow->run && flow->last_packet < best_packet) {
            best = flow->record;
            best_packet = flow->last_packet;
        }
    }
    if (best == 0)
        return;
    run->counters.evicted_flows++;
    smini_pump_limit(run, SMINI_TOLD_TRACKED, NULL, "tracked_limit",
                     "more flows at once on watched ports than are kept: old ones give way");
    smini_flow_close(run, best, "forced");
}

/* Who opened the connection, by the best sign there is: true when the sender of this packet did. */
static bool sender_is_client(struct smini_run *run, const struct smini_dissected *dissected)
{
    if (dissected->protocol == 6 && (dissected->tcp_flags & SMINI_TCP_SYN))
        return !(dissected->tcp_flags & SMINI_TCP_ACK);
    if (smini_expect_from_server(run, dissected))
        return false;
    if (dissected->protocol == 6) {
        bool from = smini_run_hints(run, dissected->source_port);
        bool to = smini_run_hints(run, dissected->destination_port);
        if (from != to)
            return to;
        bool low_from = dissected->source_port < 1024, low_to = dissected->destination_port < 1024;
        if (low_from != low_to)
            return low_to;
    }
    return true;
}

/* A stream on a port that an inspector named, or that was announced, is kept from its first packet. */
static void watch(struct smini_run *run, uint32_t index)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    unsigned server = record->state & SMINI_RECORD_CLIENT_IS_1 ? 0 : 1;
    bool hinted = smini_run_hints(run, record->port[server]);
    const struct smini_expected *expected = smini_expect_stream(run, record);
    if (!hinted && !expected)
        return;
    struct smini_flow *flow = smini_flow_extend(run, index);
    if (!flow)
        return;
    if (hinted)
        flow->bits |= SMINI_TRACK_HINTED;
    if (expected)
        (void)smini_flow_claim_expected(run, flow, expected);
}

uint32_t smini_flow_open(struct smini_run *run, const struct smini_flow_key *key,
                         const struct smini_dissected *dissected)
{
    uint32_t index = smini_flow_table_add(&run->table, key, dissected);
    if (index == 0 && run->table.records.live >= run->table.records.live_max) {
        evict(run);
        index = smini_flow_table_add(&run->table, key, dissected);
    }
    if (index == 0) {
        smini_pump_nomem(run, NULL, "a flow could not be kept: its packets are not read");
        return 0;
    }
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    unsigned client = sender_is_client(run, dissected) ? key->sender : key->sender ^ 1u;
    if (client == 1)
        record->state |= SMINI_RECORD_CLIENT_IS_1;
    record->first_ns = run->moment.time_ns;
    record->first_packet = run->moment.packet & (((uint64_t)1 << 48) - 1);
    record->last_tick = smini_flow_tick(run->base_ns, run->moment.time_ns);
    if (run->sink.wants_packets && run->sink.wants_packets(run->sink.user, smini_flow_record_id(run, record)))
        record->state |= SMINI_RECORD_WANTED;
    if (key->protocol == 17)
        run->counters.udp_flows++;
    else
        run->counters.tcp_flows++;
    if (key->protocol == 6)
        watch(run, index);
    return index;
}

struct smini_flow *smini_flow_extend(struct smini_run *run, uint32_t index)
{
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    uint32_t self = smini_arena_take(&run->flows);
    if (self == 0 && run->flows.live >= run->flows.live_max) {
        evict_tracked(run);
        self = smini_arena_take(&run->flows);
    }
    if (self == 0) {
        record->state |= SMINI_RECORD_IGNORED | SMINI_RECORD_IGNORED << 1;
        smini_pump_nomem(run, NULL, "a flow could not be tracked: its bytes are not read");
        return NULL;
    }
    struct smini_flow *flow = smini_arena_at(&run->flows, self);
    flow->run = run;
    flow->record = index;
    flow->self = self;
    flow->facts = smini_tcp_record_facts(record);
    flow->last_ns = run->moment.time_ns;
    flow->last_packet = run->moment.packet;
    flow->trail.chunks_max = (uint32_t)(run->options.history_max * 2 / SMINI_TRAIL_CHUNK);
    if (flow->trail.chunks_max < 2)
        flow->trail.chunks_max = 2;
    if (closed(record))
        flow->bits |= SMINI_TRACK_CLOSED;
    for (unsigned direction = 0; direction < 2; direction++) {
        struct smini_tcp_side *side = &flow->side[direction];
        if (record->state & SMINI_RECORD_BASE << direction) {
            side->base = record->next[direction];
            side->flags |= SMINI_SIDE_BASE;
        }
        if (record->state & SMINI_RECORD_IGNORED << direction)
            side->state = SMINI_SIDE_IGNORED;
    }
    record->extended = self;
    record->state |= SMINI_RECORD_EXTENDED;
    return flow;
}

static void release(struct smini_run *run, struct smini_flow *flow)
{
    smini_overlap_clear(run, flow);
    smini_hold_clear(&run->holds, &flow->side[0].hold);
    smini_hold_clear(&run->holds, &flow->side[1].hold);
    smini_trail_clear(&run->trails, &flow->trail);
    smini_arena_give(&run->flows, flow->self);
}

void smini_flow_relax(struct smini_run *run, struct smini_flow *flow)
{
    const struct smini_tcp_side *side = flow->side;
    if ((flow->bits & (SMINI_TRACK_HINTED | SMINI_TRACK_FED | SMINI_TRACK_PACKETS)) || side[0].hold.held || side[1].hold.held)
        return;
    struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    if (record->state & SMINI_RECORD_UDP)
        return;
    uint16_t per_side = SMINI_RECORD_BASE | SMINI_RECORD_IGNORED;
    record->state &= (uint16_t)~(SMINI_RECORD_EXTENDED | per_side | per_side << 1);
    for (unsigned direction = 0; direction < 2; direction++) {
        record->next[direction] = side[direction].base;
        if (side[direction].flags & SMINI_SIDE_BASE)
            record->state |= (uint16_t)(SMINI_RECORD_BASE << direction);
        if (side[direction].state == SMINI_SIDE_IGNORED)
            record->state |= (uint16_t)(SMINI_RECORD_IGNORED << direction);
    }
    release(run, flow);
}

void smini_flow_close(struct smini_run *run, uint32_t index, const char *reason)
{
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    struct smini_flow *flow = smini_flow_at(run, record);
    if (flow) {
        struct smini_moment now = run->moment;
        run->moment = (struct smini_moment){.time_ns = flow->last_ns, .packet = flow->last_packet};
        smini_tcp_flush(run, flow, SMIN_TO_SERVER);
        smini_tcp_flush(run, flow, SMIN_TO_CLIENT);
        smini_flow_finish(run, flow);
        smini_overlap_resolve(run, flow);
        if ((flow->bits & (SMINI_TRACK_HINTED | SMINI_TRACK_FED)) && !smini_flow_is_quiet(run, flow))
            smini_flow_report(run, flow, reason);
        release(run, flow);
        run->moment = now;
    }
    smini_flow_table_remove(&run->table, index);
}

void smini_flow_sweep(struct smini_run *run)
{
    for (uint32_t i = 0; i < SWEEP_RECORDS && run->table.records.used > 1; i++) {
        if (++run->sweep_hand >= run->table.records.used)
            run->sweep_hand = 1;
        const struct smini_flow_record *record = smini_flow_table_at(&run->table, run->sweep_hand);
        if ((record->state & SMINI_RECORD_USED) && smini_flow_expired(run, record, run->now_tick))
            smini_flow_close(run, run->sweep_hand, smini_flow_silence(record));
    }
}

struct ending {
    uint64_t first_packet;
    uint32_t record;
};

static int by_first_packet(const void *left, const void *right)
{
    struct ending a, b;
    memcpy(&a, left, sizeof(a));
    memcpy(&b, right, sizeof(b));
    return a.first_packet < b.first_packet ? -1 : a.first_packet > b.first_packet;
}

static void close_one(struct smini_run *run, uint32_t index)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    smini_flow_close(run, index, closed(record) ? "shutdown" : "forced");
}

void smini_flow_close_all(struct smini_run *run)
{
    uint32_t live = run->flows.live, count = 0;
    struct ending *endings = live ? smini_alloc_array(run->alloc, live, sizeof(*endings)) : NULL;
    for (uint32_t i = 1; endings && i < run->flows.used; i++) {
        const struct smini_flow *flow = smini_arena_at(&run->flows, i);
        if (!flow->run)
            continue;
        endings[count].record = flow->record;
        endings[count++].first_packet = smini_flow_table_at(&run->table, flow->record)->first_packet;
    }
    if (endings) {
        qsort(endings, count, sizeof(*endings), by_first_packet);
        for (uint32_t i = 0; i < count; i++)
            close_one(run, endings[i].record);
        smini_alloc_free(run->alloc, endings, live * sizeof(*endings));
    }
    /* Without memory to sort them: in the order of their places, which is the same every time too. */
    for (uint32_t i = 1; i < run->flows.used; i++) {
        const struct smini_flow *flow = smini_arena_at(&run->flows, i);
        if (flow->run)
            close_one(run, flow->record);
    }
    smini_flow_report_all(run);
}
