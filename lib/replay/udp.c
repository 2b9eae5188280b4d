/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/udp.h"

#include "replay/flow_feed.h"
#include "replay/flow_life.h"
#include "replay/flow_view.h"
#include "replay/tcp_state.h"

/* Who reads the datagrams of a flow: indexes of inspectors, -1 for nobody. */
struct takers {
    int32_t first, second;
    const struct smini_expected *expected; /* what the flow fits, if anything */
};

static void add_taker(struct takers *takers, int32_t inspector)
{
    if (takers->first < 0)
        takers->first = inspector;
    else if (takers->second < 0 && takers->first != inspector)
        takers->second = inspector;
}

static struct smini_ends ends_of(const struct smini_dissected *dissected)
{
    return (struct smini_ends){.ip_version = dissected->ip_version,
                               .protocol = dissected->protocol,
                               .port = {dissected->source_port, dissected->destination_port},
                               .address = {dissected->source, dissected->destination}};
}

/* Adds those who want the flow for this datagram. `late_only`: only who may begin with any datagram. */
static void ask(struct smini_run *run, const struct smin_flow_info *info, unsigned direction,
                const struct smini_dissected *dissected, bool late_only, struct takers *takers)
{
    struct smini_first_bytes first = {
        .direction = direction, .bytes = dissected->payload, .length = dissected->payload_bytes};
    struct smini_ends ends = ends_of(dissected);
    unsigned client;
    uint16_t which;
    takers->expected = smini_expect_route(run, &ends, &client);
    if (takers->expected && run->wishes[takers->expected->inspector].datagrams)
        add_taker(takers, takers->expected->inspector);
    for (int32_t i = 0; i < (int32_t)run->inspector_count && takers->second < 0; i++) {
        const struct smini_run_wishes *wishes = &run->wishes[i];
        if (!wishes->datagrams || i == takers->first || (late_only && wishes->by_first))
            continue;
        if (smini_flow_probe(run, info, &first, i, &which) == SMIN_PROBE_YES)
            add_taker(takers, i);
    }
}

bool smini_udp_wanted(struct smini_run *run, const struct smini_dissected *dissected)
{
    struct takers takers = {-1, -1, NULL};
    struct smin_flow_info info = {.struct_size = sizeof(info),
                                  .ip_version = dissected->ip_version,
                                  .protocol = dissected->protocol,
                                  .client_port = dissected->source_port,
                                  .server_port = dissected->destination_port};
    if (dissected->payload_bytes == 0)
        return false;
    size_t length = dissected->ip_version == 6 ? 16 : 4;
    memcpy(info.client_address, dissected->source, length);
    memcpy(info.server_address, dissected->destination, length);
    ask(run, &info, SMIN_TO_SERVER, dissected, true, &takers);
    return takers.first >= 0;
}

static struct takers takers_of(const struct smini_flow *flow)
{
    struct takers takers = {-1, -1, NULL};
    if (flow && flow->handle)
        takers.first = flow->inspector;
    if (flow && flow->beside)
        takers.second = flow->second.inspector;
    return takers;
}

static void deliver_to(struct smini_run *run, struct smini_flow *flow, unsigned place, const struct smin_input *input)
{
    struct smin_flow *handle = place == 0 ? flow->handle : flow->beside;
    uint16_t which = place == 0 ? flow->inspector : flow->second.inspector;
    if (!handle || (flow->done & smini_flow_done_bit(place, input->direction)))
        return;
    struct smin_result result = run->inspectors[which].inspector->datagram(run->threads[which], handle, input);
    if (result.status == SMIN_DONE || result.status < 0)
        flow->done |= smini_flow_done_bit(place, input->direction);
    if (result.status == SMIN_E_NOMEM)
        smini_pump_nomem(run, flow, "the inspector ran out of memory");
}

static void deliver(struct smini_run *run, struct smini_flow *flow, unsigned direction,
                    const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smin_input input = {.struct_size = sizeof(input),
                               .direction = direction,
                               .time_ns = run->moment.time_ns,
                               .packet_number = run->moment.packet,
                               .offset = side->next,
                               .bytes = dissected->payload,
                               .length = dissected->payload_bytes,
                               .flow_flags = smini_flow_input_flags(run, flow)};
    if (dissected->facts & (SMINI_FACT_BAD_IP_CHECKSUM | SMINI_FACT_BAD_L4_CHECKSUM))
        flow->facts |= SMINI_FLOW_BAD_CHECKSUM;
    deliver_to(run, flow, 0, &input);
    deliver_to(run, flow, 1, &input);
    side->next += dissected->payload_bytes;
    side->stream_bytes += dissected->payload_bytes;
}

static bool undecided(const struct smini_flow_record *record, const struct smini_flow *flow, unsigned direction)
{
    return flow ? flow->side[direction].state == SMINI_SIDE_UNDECIDED
                : !(record->state & SMINI_RECORD_IGNORED << direction);
}

/* The flow with its takers. NULL: nobody wants it. */
static struct smini_flow *claim(struct smini_run *run, uint32_t index, unsigned direction,
                                const struct smini_dissected *dissected)
{
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    struct smini_flow *flow = smini_flow_at(run, record);
    struct takers takers = takers_of(flow), before = takers;
    bool first = undecided(record, flow, direction);
    if (takers.second < 0 && (first || run->late_datagrams)) {
        struct smin_flow_info info;
        smini_flow_info_make(run, record, 0, &info);
        ask(run, &info, direction, dissected, !first, &takers);
    }
    if (takers.first < 0) {
        if (flow)
            smini_flow_ignore(run, flow, direction);
        else
            record->state |= (uint16_t)(SMINI_RECORD_IGNORED << direction);
        return NULL;
    }
    if (!flow)
        flow = smini_flow_extend(run, index);
    if (!flow || (flow->bits & SMINI_TRACK_DROPPED))
        return NULL;
    if (flow->side[direction].state != SMINI_SIDE_TRACKED &&
        !smini_flow_claim(run, flow, direction, (uint16_t)takers.first, takers.expected))
        return NULL;
    if (takers.second >= 0 && before.second < 0)
        (void)smini_flow_join(run, flow, (uint16_t)takers.second, takers.expected);
    return flow;
}

void smini_udp_packet(struct smini_run *run, uint32_t index, unsigned direction, struct smini_dissected *dissected)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    struct smini_flow *flow = smini_flow_at(run, record);
    if (flow) {
        flow->last_ns = run->moment.time_ns;
        flow->last_packet = run->moment.packet;
    }
    bool for_nobody = !(flow && flow->handle) && !undecided(record, flow, direction) && !run->late_datagrams;
    if (for_nobody || dissected->payload_bytes == 0 || !smini_tcp_checksum(run, dissected))
        return;
    flow = claim(run, index, direction, dissected);
    if (flow)
        deliver(run, flow, direction, dissected);
}
