/* SPDX-License-Identifier: BSD-2-Clause */
/* A host for the HTTP inspector, with one flow. What it is told becomes a log, which is the same for the same bytes. */
#ifndef SMIN_TESTS_HTTP_STAGE_H
#define SMIN_TESTS_HTTP_STAGE_H

#include "smin/abi_ext.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/guard_page.h"

enum { STAGE_FILES = 4, STAGE_LOG = 1 << 16, STAGE_INPUT = 1 << 17, STAGE_CONTENTS = 1 << 16 };

/* What the host wants. */
enum stage_taste {
    STAGE_WANTS_ALL,
    STAGE_WANTS_HOSTNAMES, /* files that begin with "hostname", and those called "ordered" */
    STAGE_CANNOT_SAY,      /* lends smin.file/1 without `wanted` */
    STAGE_LENDS_NOTHING
};

struct stage_file {
    struct stage *stage;
    bool open, ordered, dropped;
    uint64_t bytes, gaps;
    size_t head_length;
    char head[8];
};

struct stage {
    struct failing_alloc failing;
    struct guard_page page;
    struct smin_host host;
    struct smin_instance *instance;
    struct smin_thread *thread;
    struct smin_flow *flow;
    enum stage_taste taste;
    bool broken_off; /* directions end without a FIN */
    bool expected; /* the flow comes through smin.expected/1 */
    bool in_output;
    unsigned misbehaved, messages, begun, ended, wanted;
    uint32_t events; /* of all messages, bits by number */
    uint32_t state;  /* how the last file ended that was wanted */
    uint64_t given, gap_given; /* of that file */
    size_t contents_length;    /* of all files that are open */
    uint8_t contents[STAGE_CONTENTS];
    struct stage_file files[STAGE_FILES];
    struct smin_input input;
    uint64_t packet, offset[2];
    size_t log_length;
    char log[STAGE_LOG];
};

void stage_open(struct stage *stage, enum stage_taste taste);
/* Bytes that end at a protected page; a gap; the end of a direction. The status. */
int32_t stage_say(struct stage *stage, uint32_t direction, const void *bytes, size_t length);
int32_t stage_gap(struct stage *stage, uint32_t direction, uint64_t length);
int32_t stage_end(struct stage *stage, uint32_t direction);
/* Frees everything. True when all memory came back and nothing was out of place. */
bool stage_close(struct stage *stage);

#endif
