/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench/flow.h"

enum { DATAGRAM_MAX = 1200, SEGMENT_MAX = BENCH_MSS - 12 /* room for the timestamp option */ };

void bench_flow_begin(struct bench_flow *flow, struct bench_random *random, enum bench_cut cut, int timestamps)
{
    flow->cut = cut;
    flow->stage = flow->ends.protocol == BENCH_TCP ? BENCH_STAGE_SYN : BENCH_STAGE_DATA;
    flow->timestamps = timestamps;
    flow->turn = 0;
    flow->position = 0;
    flow->unacknowledged = 0;
    flow->next[0] = (uint32_t)bench_random_next(random);
    flow->next[1] = (uint32_t)bench_random_next(random);
    flow->holding = 0;
}

static struct bench_packet plain_packet(struct bench_flow *flow, uint32_t from_server, uint32_t flags)
{
    struct bench_packet packet = {.ends = &flow->ends, .from_server = from_server, .flags = flags};
    packet.sequence = flow->next[from_server];
    packet.acknowledge = flags & BENCH_ACK ? flow->next[!from_server] : 0;
    if (flags & (BENCH_SYN | BENCH_FIN))
        flow->next[from_server]++;
    return packet;
}

static uint32_t cut_length(const struct bench_flow *flow, struct bench_random *random, uint32_t left)
{
    uint32_t length = flow->ends.protocol == BENCH_UDP ? DATAGRAM_MAX : SEGMENT_MAX;
    if (flow->cut == BENCH_CUT_TINY)
        length = bench_random_range(random, 1, 8);
    else if (flow->cut == BENCH_CUT_MIXED)
        length = bench_random_range(random, 0, 1) ? bench_random_range(random, 1, 200)
                                                  : bench_random_range(random, 200, SEGMENT_MAX);
    return length < left ? length : left;
}

static struct bench_packet data_packet(struct bench_flow *flow, struct bench_random *random)
{
    const struct bench_conversation *conversation = &flow->conversation;
    const struct bench_turn *turn = &conversation->turns[flow->turn];
    if (flow->unacknowledged == 2) {
        flow->unacknowledged = 0;
        return plain_packet(flow, !turn->from_server, BENCH_ACK);
    }
    struct bench_packet packet = plain_packet(flow, turn->from_server, BENCH_ACK | BENCH_PSH);
    packet.payload = conversation->bytes + turn->offset + flow->position;
    packet.length = cut_length(flow, random, turn->length - flow->position);
    flow->next[turn->from_server] += packet.length;
    flow->position += packet.length;
    flow->unacknowledged += flow->ends.protocol == BENCH_TCP;
    if (flow->position == turn->length) {
        flow->turn++;
        flow->position = 0;
        flow->unacknowledged = 0; /* the answer, or the end, acknowledges */
        if (flow->turn == conversation->turn_count)
            flow->stage = flow->ends.protocol == BENCH_TCP ? BENCH_STAGE_FIN : BENCH_STAGE_DONE;
    }
    return packet;
}

static struct bench_packet next_packet(struct bench_flow *flow, struct bench_random *random)
{
    static const struct {
        uint8_t from_server;
        uint8_t flags;
    } control[] = {[BENCH_STAGE_SYN] = {0, BENCH_SYN},
                   [BENCH_STAGE_SYN_ACK] = {1, BENCH_SYN | BENCH_ACK},
                   [BENCH_STAGE_HANDSHAKE_ACK] = {0, BENCH_ACK},
                   [BENCH_STAGE_FIN] = {0, BENCH_FIN | BENCH_ACK},
                   [BENCH_STAGE_FIN_ACK] = {1, BENCH_FIN | BENCH_ACK},
                   [BENCH_STAGE_LAST_ACK] = {0, BENCH_ACK}};
    if (flow->stage == BENCH_STAGE_DATA)
        return data_packet(flow, random);
    struct bench_packet packet = plain_packet(flow, control[flow->stage].from_server, control[flow->stage].flags);
    flow->stage++;
    return packet;
}

static void release_held(struct bench_flow *flow, struct bench_output *output)
{
    if (flow->holding)
        bench_output_packet(output, &flow->held);
    flow->holding = 0;
}

/* A receiver cannot acknowledge what is still on its way. */
static void hold_back_acknowledgement(const struct bench_flow *flow, struct bench_packet *packet)
{
    if (flow->holding && packet->from_server != flow->held.from_server &&
        packet->acknowledge - flow->held.sequence < UINT32_C(0x80000000))
        packet->acknowledge = flow->held.sequence;
}

/* The segment again, beginning with the bytes before it. */
static void write_overlap(const struct bench_flow *flow, const struct bench_packet *packet, struct bench_random *random,
                          struct bench_output *output)
{
    const struct bench_conversation *conversation = &flow->conversation;
    uint32_t offset = (uint32_t)(packet->payload - conversation->bytes);
    uint32_t turn = 0;
    while (conversation->turns[turn].offset + conversation->turns[turn].length <= offset)
        turn++;
    uint32_t before = offset - conversation->turns[turn].offset;
    uint32_t room = SEGMENT_MAX - packet->length;
    uint32_t back = before < room ? before : room;
    if (back == 0)
        return;
    back = bench_random_range(random, 1, back);
    struct bench_packet again = *packet;
    again.sequence -= back;
    again.payload -= back;
    again.length += back;
    bench_output_packet(output, &again);
}

static void write_weathered(struct bench_flow *flow, const struct bench_packet *packet, struct bench_random *random,
                            const struct bench_weather *weather, struct bench_output *output)
{
    if (!flow->ends.is_ipv6 && packet->length > 16 && bench_random_percent(random, weather->fragment_percent))
        bench_output_fragments(output, packet, random, (int)bench_random_range(random, 0, 1));
    else
        bench_output_packet(output, packet);
    if (flow->ends.protocol != BENCH_TCP || packet->length == 0)
        return;
    if (bench_random_percent(random, weather->duplicate_percent))
        bench_output_packet(output, packet);
    if (bench_random_percent(random, weather->overlap_percent))
        write_overlap(flow, packet, random, output);
}

int bench_flow_step(struct bench_flow *flow, struct bench_random *random, const struct bench_weather *weather,
                    struct bench_output *output)
{
    if (flow->stage == BENCH_STAGE_DONE) {
        release_held(flow, output);
        return 0;
    }
    struct bench_packet packet = next_packet(flow, random);
    if (flow->timestamps)
        packet.timestamp = (uint32_t)(output->now_us / 1000);
    if (!weather) {
        bench_output_packet(output, &packet);
        return flow->stage != BENCH_STAGE_DONE;
    }
    int speaks_in_turn = flow->holding && packet.from_server == flow->held.from_server && packet.length > 0;
    if (flow->holding && !speaks_in_turn && (packet.length > 0 || packet.flags & BENCH_FIN))
        release_held(flow, output);
    hold_back_acknowledgement(flow, &packet);
    int may_wait = flow->ends.protocol == BENCH_TCP && packet.length > 0 && !flow->holding;
    if (may_wait && bench_random_percent(random, weather->late_percent)) {
        flow->held = packet;
        flow->holding = 1;
        flow->hold_for = bench_random_range(random, 1, 3);
        return 1;
    }
    write_weathered(flow, &packet, random, weather, output);
    if (speaks_in_turn && --flow->hold_for == 0)
        release_held(flow, output);
    return flow->stage != BENCH_STAGE_DONE || flow->holding;
}
