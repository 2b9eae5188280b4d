/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets made by hand, a run to put them through, and what came out of it. */
#ifndef SMIN_TESTS_STAGE_H
#define SMIN_TESTS_STAGE_H

#include "fake_inspector.h"
#include "replay/drive.h"
#include "tests/support/failing_alloc.h"

enum { STAGE_OUTPUTS_MAX = 16384, STAGE_PROBLEMS_MAX = 512, STAGE_FLOWS_MAX = 4096 };

/* A TCP segment; zero means a usual value. */
struct stage_segment {
    uint32_t client; /* IPv4 address; 0: 10.0.0.1 */
    uint32_t server; /* 0: 10.0.0.2 */
    uint16_t client_port; /* 0: 40000 */
    uint16_t server_port; /* 0: FAKE_PORT */
    bool from_server;
    uint8_t flags;
    uint8_t ttl;
    uint8_t vlan; /* 0: none */
    bool bad_checksum;
    uint32_t sequence;
    uint32_t acknowledgement;
    uint32_t timestamp; /* 0: no option */
    const void *bytes;
    uint32_t length;
    uint64_t time_ns;
};

struct stage_output {
    uint64_t offset;
    uint64_t packet;
    uint32_t length;
    uint32_t direction;
    int reading;
    uint8_t bytes[FAKE_MESSAGE];
};

struct stage {
    struct failing_alloc memory;
    struct smin_host host;
    struct smin_instance *instance;
    struct smini_run_options options;
    struct smini_run *run;
    struct smini_packet *packets;
    uint32_t packet_count;
    uint32_t packet_room;
    struct stage_output outputs[STAGE_OUTPUTS_MAX];
    uint32_t output_count;
    char problems[STAGE_PROBLEMS_MAX][32];
    uint32_t problem_count;
    struct smini_flow_view flows[STAGE_FLOWS_MAX];
    uint32_t flow_count;
    struct smini_run_counters counters;
    uint32_t captures;
};

/* A stage on the heap, with default options and no run yet. */
struct stage *stage_open(void);

/* Adds a packet to the capture. */
void stage_add(struct stage *stage, const struct stage_segment *segment);

/* As above, over IPv6. */
void stage_add_ipv6(struct stage *stage, const struct stage_segment *segment);

/* Adds a UDP datagram; flags, numbers and checksum of the segment are not used. */
void stage_add_udp(struct stage *stage, const struct stage_segment *segment);

/*
 * Adds a TCP segment over IPv4 as fragments, cut `at` bytes (a multiple of 8)
 * behind the IP header. `other_copy`, when not NULL, is sent between them: 8
 * bytes that stand before the cut, once more.
 */
void stage_add_fragments(struct stage *stage, const struct stage_segment *segment, uint32_t at, const void *other_copy);

/* Makes a run with `inspector` and puts all packets through it. False: the run could not be made. */
bool stage_play(struct stage *stage, const struct smin_inspector *inspector);

/* Forgets the packets. */
void stage_clear(struct stage *stage);

/* How often a problem with this event was reported. */
uint32_t stage_problems(const struct stage *stage, const char *event);

/* True when nothing leaked and the inspector's contract held. */
bool stage_clean(const struct stage *stage);

void stage_close(struct stage *stage);

/* Small generator of pseudo-random numbers: the same everywhere. */
static inline uint32_t stage_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

#endif
