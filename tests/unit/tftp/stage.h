/* SPDX-License-Identifier: BSD-2-Clause */
/* A host for the TFTP inspector: one request flow, and flows from the ports that servers choose. */
#ifndef SMIN_TESTS_TFTP_STAGE_H
#define SMIN_TESTS_TFTP_STAGE_H

#include "smin/abi_ext.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/guard_page.h"

enum { STAGE_FLOWS = 4, STAGE_CONTENTS = 1 << 17, STAGE_DATAGRAM = 1 << 16, STAGE_NAME = 2048 };

struct stage;

struct stage_flow {
    struct stage *stage;
    struct smin_flow *flow;
    uint64_t offset[2];
};

/* What the last "file" message said. */
struct stage_file {
    unsigned count; /* how many there were */
    char state[16];
    char name[STAGE_NAME];
    uint64_t size, gap_bytes, blocks, duplicates, acknowledged;
    uint32_t prefix; /* bytes of file.data */
    uint32_t events; /* bits by number */
    uint32_t flags;
};

struct stage {
    struct failing_alloc failing;
    struct guard_page page;
    struct smin_host host;
    struct smin_instance *instance;
    struct smin_thread *thread;
    struct stage_flow flows[STAGE_FLOWS]; /* [0]: to port 69 */
    struct smin_expectation expected;     /* the last announced */
    unsigned announced;
    bool lends; /* smin.expect/1 and smin.file/1 */
    bool in_output;
    struct stage_file file;
    uint32_t events; /* of all messages, bits by number */
    unsigned requests, agreements, errors, misbehaved;
    /* smin.file/1 */
    unsigned begun, ended;
    uint32_t end_state;
    uint64_t given, gap_given;
    size_t contents_length;
    uint8_t contents[STAGE_CONTENTS];
    struct smin_input input;
    uint64_t packet;
};

/* SMIN_OK or what the inspector said. Without `lends` the host has nothing to offer. */
int32_t stage_open(struct stage *stage, bool lends);
/* Flow 0 and its thread are there already; makes another as the last expectation has it, or, without one, as any. */
int32_t stage_answer(struct stage *stage, unsigned flow);
/* A datagram; its bytes end at a protected page. The status. */
int32_t stage_send(struct stage *stage, unsigned flow, uint32_t direction, const void *bytes, size_t length);
/* DATA and ACK. */
int32_t stage_block(struct stage *stage, unsigned flow, uint32_t direction, uint16_t number, uint8_t fill, size_t length);
int32_t stage_ack(struct stage *stage, unsigned flow, uint32_t direction, uint16_t number);
void stage_end(struct stage *stage, unsigned flow);
/* Ends and frees everything. True when all memory came back and nothing was out of place. */
bool stage_close(struct stage *stage);

#define STAGE_SEND(stage, flow, direction, text) stage_send((stage), (flow), (direction), (text), sizeof(text) - 1)

#endif
