/* SPDX-License-Identifier: BSD-2-Clause */
/* A conversation as packets: handshake, segments, acknowledgements, end. */
#ifndef BENCH_FLOW_H
#define BENCH_FLOW_H

#include "bench/conversation.h"
#include "bench/output.h"

enum bench_cut {
    BENCH_CUT_MSS,   /* full segments */
    BENCH_CUT_MIXED, /* half 1..200 bytes, half 200..1460 */
    BENCH_CUT_TINY   /* 1..8 bytes: the cheapest evasion */
};

/* What the network does to packets. */
struct bench_weather {
    uint32_t fragment_percent;  /* of IPv4 packets with payload */
    uint32_t late_percent;      /* of segments */
    uint32_t duplicate_percent; /* of segments */
    uint32_t overlap_percent;   /* of segments; the same bytes again */
};

enum bench_stage {
    BENCH_STAGE_SYN,
    BENCH_STAGE_SYN_ACK,
    BENCH_STAGE_HANDSHAKE_ACK,
    BENCH_STAGE_DATA,
    BENCH_STAGE_FIN,
    BENCH_STAGE_FIN_ACK,
    BENCH_STAGE_LAST_ACK,
    BENCH_STAGE_DONE
};

struct bench_flow {
    struct bench_ends ends;
    struct bench_conversation conversation;
    enum bench_cut cut;
    enum bench_stage stage;
    int timestamps;
    uint32_t turn;
    uint32_t position; /* in the turn */
    uint32_t unacknowledged;
    uint32_t next[2]; /* sequence numbers, client first */
    int holding;      /* a late segment waits */
    uint32_t hold_for;
    struct bench_packet held;
};

/* Begins the flow anew; `ends` and `conversation` are already set. */
void bench_flow_begin(struct bench_flow *flow, struct bench_random *random, enum bench_cut cut, int timestamps);

/* Writes what comes next, usually one packet. 0 when the flow is over. */
int bench_flow_step(struct bench_flow *flow, struct bench_random *random, const struct bench_weather *weather,
                    struct bench_output *output);

#endif
