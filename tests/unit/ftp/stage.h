/* SPDX-License-Identifier: BSD-2-Clause */
/* A host for the FTP inspector: one control flow, and one data flow that is made as the last expectation has it. */
#ifndef SMIN_TESTS_FTP_STAGE_H
#define SMIN_TESTS_FTP_STAGE_H

#include "smin/abi_ext.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/guard_page.h"

enum { STAGE_CONTENTS = 1 << 17, STAGE_INPUT = 1 << 17, STAGE_NAME = 2048, STAGE_CONTROL = 0, STAGE_DATA = 1 };

struct stage;

struct stage_flow {
    struct stage *stage;
    struct smin_flow *flow;
    uint64_t offset[2];
};

/* What the last "transfer" message said. */
struct stage_file {
    unsigned count; /* how many there were */
    char command[16];
    char state[16];
    char name[STAGE_NAME];
    char user[256];
    char type[16];
    uint64_t size, gap_bytes, restart, code, port;
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
    struct stage_flow flows[2];
    struct smin_flow_info control;
    struct smin_expectation expected; /* the last announced */
    unsigned announced;
    bool lends; /* smin.expect/1 and smin.file/1 */
    bool in_output;
    struct stage_file file;
    uint32_t events; /* of all messages, bits by number */
    unsigned sealed, misbehaved, secrets; /* secrets: fields that hold "filler", which is the password */
    /* smin.file/1 */
    unsigned begun, ended;
    uint32_t end_state, begun_flags, begun_direction;
    uint64_t begun_size, given, gap_given;
    size_t contents_length;
    uint8_t contents[STAGE_CONTENTS];
    struct smin_input input;
    uint64_t packet;
};

/* Without `lends` the host has nothing to offer. The control flow goes to this port. */
void stage_open(struct stage *stage, bool lends, uint16_t port);
/* Bytes of a flow; they end at a protected page. The status. */
int32_t stage_send(struct stage *stage, unsigned flow, uint32_t direction, const void *bytes, size_t length);
int32_t stage_gap(struct stage *stage, unsigned flow, uint32_t direction, uint64_t length);
/* Makes the data flow, if there is an expectation for it. False: there is none. */
bool stage_connect(struct stage *stage);
/* Both directions end. `finished`: they were closed. */
void stage_end(struct stage *stage, unsigned flow, bool finished);
/* Ends and frees everything. True when all memory came back and nothing was out of place. */
bool stage_close(struct stage *stage);

/* Lines of the client, and of the server. */
#define SAY(stage, text) stage_send((stage), STAGE_CONTROL, SMIN_TO_SERVER, (text), sizeof(text) - 1)
#define HEAR(stage, text) stage_send((stage), STAGE_CONTROL, SMIN_TO_CLIENT, (text), sizeof(text) - 1)

#endif
