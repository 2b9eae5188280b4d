/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/drive.h"

#include "replay/flow_life.h"
#include "replay/flow_view.h"
#include "replay/packet_judge.h"
#include "replay/tcp_state.h"
#include "replay/udp.h"

enum {
    SWEEP_PACKETS = 1024, /* packets between two looks at silent flows */
    BAD_TOLD_MAX = 100    /* damaged packets listed one by one; the rest is counted */
};

/* Is there a flow for this packet to belong to? */
static bool wants_flow(const struct smini_run *run, const struct smini_dissected *dissected)
{
    return dissected->kind == SMINI_DISSECT_TCP ||
           (dissected->kind == SMINI_DISSECT_UDP && (run->datagrams || run->packets));
}

static void count_packet(struct smini_run *run, const struct smini_packet *packet,
                         const struct smini_dissected *dissected)
{
    struct smini_run_counters *counters = &run->counters;
    if (counters->packets++ == 0 || packet->time_ns < counters->first_ns)
        counters->first_ns = packet->time_ns;
    if (packet->time_ns > counters->last_ns)
        counters->last_ns = packet->time_ns;
    counters->wire_bytes += packet->wire_length;
    counters->captured_bytes += packet->captured;
    counters->ipv4 += dissected->ip_version == 4;
    counters->ipv6 += dissected->ip_version == 6;
    counters->vlan += dissected->vlan_count != 0;
    counters->tunneled += dissected->tunnel_count != 0;
    counters->cut += (dissected->facts & SMINI_FACT_CUT) != 0;
}

static void bad_packet(struct smini_run *run, const struct smini_dissected *dissected)
{
    run->counters.bad++;
    if (run->bad_told < BAD_TOLD_MAX) {
        run->bad_told++;
        smini_pump_problem(run, NULL, dissected->bad_layer ? dissected->bad_layer : "link",
                           dissected->bad_event ? dissected->bad_event : "damaged", NULL, SMIN_E_MALFORMED, 0);
    } else {
        smini_pump_limit(run, SMINI_TOLD_BAD, NULL, "bad_packets_limit",
                         "more damaged packets than are listed; they are still counted");
    }
}

/* The record of the packet's flow, unless that is over. 0: none. */
static uint32_t live_flow(struct smini_run *run, struct smini_pump_item *item, uint32_t tick)
{
    uint32_t index = smini_flow_table_find(&run->table, &item->key, item->guess);
    if (index == 0)
        return 0;
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    if (tick <= record->last_tick || tick - record->last_tick <= run->idle_least ||
        !smini_flow_expired(run, record, tick))
        return index;
    smini_flow_close(run, index, smini_flow_silence(record));
    return 0;
}

/* The record of the packet's flow, begun anew when the one there is over. 0: none. */
static uint32_t flow_of(struct smini_run *run, struct smini_pump_item *item, uint32_t tick)
{
    const struct smini_dissected *dissected = &item->dissected;
    uint32_t index = live_flow(run, item, tick);
    if (index != 0)
        return index;
    /* A lone RST says something only about a port that is watched. */
    if (dissected->kind == SMINI_DISSECT_TCP && (dissected->tcp_flags & SMINI_TCP_RST) &&
        !smini_run_hints(run, dissected->source_port) && !smini_run_hints(run, dissected->destination_port))
        return 0;
    return smini_flow_open(run, &item->key, dissected);
}

static void count_in_flow(struct smini_flow_record *record, unsigned direction, const struct smini_dissected *dissected,
                          uint32_t tick)
{
    smini_flow_record_count(record, direction, dissected->ip_total);
    record->tcp_flags[direction] |= dissected->tcp_flags;
    record->last_tick = tick;
}

static enum smini_tcp_outcome tcp_in_flow(struct smini_run *run, uint32_t index, unsigned direction,
                                          struct smini_dissected *dissected)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    struct smini_flow *flow = smini_flow_at(run, record);
    if (!flow) {
        enum smini_tcp_outcome outcome = smini_tcp_light(run, index, direction, dissected, &flow);
        if (outcome != SMINI_TCP_TAKEN || !flow)
            return outcome;
    } else {
        bool matters = (dissected->tcp_flags & (SMINI_TCP_SYN | SMINI_TCP_FIN | SMINI_TCP_RST)) != 0 ||
                       (dissected->payload_bytes != 0 && flow->side[direction].state != SMINI_SIDE_IGNORED);
        if (matters && !smini_tcp_checksum(run, dissected))
            return SMINI_TCP_TAKEN;
    }
    enum smini_tcp_outcome outcome = smini_tcp_packet(run, flow, direction, dissected);
    if (outcome == SMINI_TCP_TAKEN)
        smini_flow_relax(run, flow);
    return outcome;
}

/* What became of a packet: the record of its flow, 0 when it has none, and its direction in it. */
struct placed {
    uint32_t index;
    unsigned direction;
};

static struct placed tcp_packet(struct smini_run *run, struct smini_pump_item *item, uint32_t tick)
{
    struct smini_dissected *dissected = &item->dissected;
    uint32_t index = flow_of(run, item, tick);
    for (int attempt = 0; index != 0 && attempt < 2; attempt++) {
        struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
        unsigned client = record->state & SMINI_RECORD_CLIENT_IS_1 ? 1 : 0;
        unsigned direction = item->key.sender == client ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
        if (smini_tcp_idle(record, direction, dissected)) {
            count_in_flow(record, direction, dissected, tick);
            return (struct placed){index, direction};
        }
        struct smini_flow_record before;
        bool may_be_new = (dissected->tcp_flags & SMINI_TCP_SYN) || (record->state & SMINI_RECORD_EXTENDED);
        if (may_be_new)
            before = *record;
        count_in_flow(record, direction, dissected, tick);
        if (tcp_in_flow(run, index, direction, dissected) == SMINI_TCP_TAKEN)
            return (struct placed){index, direction};
        /* This packet is of another connection: the old one ended unseen. */
        if (may_be_new)
            *record = before;
        smini_flow_close(run, index, "shutdown");
        index = smini_flow_open(run, &item->key, dissected);
    }
    return (struct placed){0, SMIN_TO_SERVER};
}

static struct placed udp_packet(struct smini_run *run, struct smini_pump_item *item, uint32_t tick)
{
    uint32_t index = live_flow(run, item, tick);
    /* A flow that nobody wants costs no memory, unless somebody wants all of them. */
    if (index == 0 && (run->datagram_flows || run->packets || smini_udp_wanted(run, &item->dissected)))
        index = smini_flow_open(run, &item->key, &item->dissected);
    if (index == 0)
        return (struct placed){0, SMIN_TO_SERVER};
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    unsigned client = record->state & SMINI_RECORD_CLIENT_IS_1 ? 1 : 0;
    unsigned direction = item->key.sender == client ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
    count_in_flow(record, direction, &item->dissected, tick);
    if (run->datagrams)
        smini_udp_packet(run, index, direction, &item->dissected);
    return (struct placed){index, direction};
}

/* A datagram of a flow whose packets are wanted: in which of them it came. */
static void tell_packets(struct smini_run *run, uint32_t index)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    if (!(record->state & SMINI_RECORD_WANTED))
        return;
    uint64_t flow_id = smini_flow_record_id(run, record);
    if (run->numbers)
        smini_defrag_belongs(run->defrag, flow_id);
    run->sink.on_packets(run->sink.user, flow_id, run->numbers ? run->numbers : &run->moment.packet,
                         run->numbers ? run->number_count : 1);
}

static void transport(struct smini_run *run, struct smini_pump_item *item, uint32_t tick)
{
    struct placed placed = {0, SMIN_TO_SERVER};
    if (item->dissected.kind == SMINI_DISSECT_TCP) {
        run->counters.tcp++;
        placed = tcp_packet(run, item, tick);
    } else if (item->dissected.kind == SMINI_DISSECT_UDP) {
        run->counters.udp++;
        if (wants_flow(run, &item->dissected))
            placed = udp_packet(run, item, tick);
    } else if (item->dissected.kind == SMINI_DISSECT_BAD) {
        bad_packet(run, &item->dissected);
    } else {
        run->counters.other++;
    }
    if (run->packets)
        smini_packet_judge(run, &item->dissected, placed.index, placed.direction);
    if (placed.index != 0 && run->sink.on_packets)
        tell_packets(run, placed.index);
}

static void fragment(struct smini_run *run, const struct smini_packet *packet, const struct smini_pump_item *item,
                     uint32_t tick);

/* One reading of a datagram that was put together. False: it was a fragment itself, other results are gone. */
static bool whole_datagram(struct smini_run *run, const struct smini_packet *packet, const struct smini_pump_item *piece,
                           const uint8_t *bytes, uint32_t length, uint32_t tick)
{
    struct smini_pump_item whole;
    smini_dissect_ip(bytes, length, &piece->dissected, &whole.dissected);
    whole.guess = 0;
    /* A fragment again only behind one more tunnel: the limit on their number ends this. */
    if (whole.dissected.kind == SMINI_DISSECT_FRAGMENT &&
        whole.dissected.tunnel_count > piece->dissected.tunnel_count) {
        fragment(run, packet, &whole, tick);
        return false;
    }
    if (wants_flow(run, &whole.dissected))
        smini_flow_table_key(&run->table, &whole.dissected, &whole.key);
    transport(run, &whole, tick);
    return true;
}

static int32_t push(struct smini_run *run, const struct smini_packet *packet, const struct smini_pump_item *item,
                    struct smini_defrag_result *result)
{
    if (!run->defrag)
        return SMIN_E_NOMEM;
    if (run->sink.on_packets)
        smini_defrag_brought_by(run->defrag, run->numbers ? run->numbers : &run->moment.packet,
                                run->numbers ? run->number_count : 1);
    int32_t status = smini_defrag_push(run->defrag, packet, &item->dissected, result);
    if (status == SMIN_MORE && result->owner != 0)
        run->sink.on_packets(run->sink.user, result->owner, &run->moment.packet, 1);
    run->numbers = result->numbers;
    run->number_count = result->number_count;
    return status;
}

static void fragment(struct smini_run *run, const struct smini_packet *packet, const struct smini_pump_item *item,
                     uint32_t tick)
{
    struct smini_defrag_result result = {0};
    run->counters.fragments++;
    if (run->packets) {
        struct smini_dissected piece = item->dissected;
        smini_packet_judge(run, &piece, 0, SMIN_TO_SERVER);
    }
    if (push(run, packet, item, &result) != SMIN_OK)
        return;
    run->counters.defragmented++;
    bool first = !result.last || run->options.overlap != SMINI_OVERLAP_LAST;
    bool last = result.last && run->options.overlap != SMINI_OVERLAP_FIRST;
    bool kept = !first || whole_datagram(run, packet, item, result.first, result.length, tick);
    if (last && kept) {
        (void)whole_datagram(run, packet, item, result.last, result.length, tick);
    } else if (last) {
        smini_pump_problem(run, NULL, "ip", "fragment_in_fragment",
                           "of disagreeing fragments around fragments only the first reading is read",
                           SMIN_E_UNSUPPORTED, 1);
    }
}

static void work_on(struct smini_run *run, const struct smini_packet *packet, struct smini_pump_item *item)
{
    run->moment = (struct smini_moment){.time_ns = packet->time_ns, .packet = packet->number};
    uint32_t tick = smini_flow_tick(run->base_ns, packet->time_ns);
    run->numbers = NULL;
    run->now_tick = tick; /* not the latest of all: one wrong clock must not end every flow */
    count_packet(run, packet, &item->dissected);
    if (item->dissected.kind == SMINI_DISSECT_FRAGMENT)
        fragment(run, packet, item, tick);
    else
        transport(run, item, tick);
    if (run->counters.packets % SWEEP_PACKETS == 0)
        smini_flow_sweep(run);
}

void smini_pump_batch(struct smini_run *run, const struct smini_packet *packets, uint32_t count)
{
    struct smini_pump_item *items = run->items;
    if (run->counters.packets == 0 && count > 0)
        run->base_ns = packets[0].time_ns;
    for (uint32_t i = 0; i < count; i++) {
        smini_dissect(&packets[i], &items[i].dissected);
        if (!wants_flow(run, &items[i].dissected))
            continue;
        smini_flow_table_key(&run->table, &items[i].dissected, &items[i].key);
        smini_slots_prefetch(&run->table.slots, items[i].key.hash);
    }
    for (uint32_t i = 0; i < count; i++)
        items[i].guess =
            wants_flow(run, &items[i].dissected) ? smini_flow_table_guess(&run->table, &items[i].key) : 0;
    for (uint32_t i = 0; i < count; i++)
        work_on(run, &packets[i], &items[i]);
}
