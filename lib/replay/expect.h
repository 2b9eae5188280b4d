/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Transfers that inspectors announced. Each capture begins with none. Two uses:
 * a flow that fits an expectation with a port needs no probe, and a file that
 * fits one in addresses and name has a message that ordered it.
 */
#ifndef SMINI_EXPECT_H
#define SMINI_EXPECT_H

#include "replay/flow_arena.h"
#include "replay/flow_hash.h"
#include "replay/flow_record.h"
#include "replay/flow_slots.h"
#include "replay/sink.h"
#include "smin/abi_ext.h"

struct smini_run;
struct smini_flow;

enum {
    /* Ten thousand transfers at once and the messages that ordered them: about 9 MiB. The oldest gives way. */
    SMINI_EXPECT_MAX = 16384,
    /* No URL field and no command of a message is longer; a longer name is kept as none. */
    SMINI_EXPECT_NAME_BYTES = 416
};

/* Overlaid by the arena's free list while it is free. */
struct smini_expected {
    uint32_t unused;
    uint32_t hash;
    uint32_t older, newer; /* in the order of announcement; 0: none */
    uint64_t serial;
    uint64_t until_ns;
    struct smini_cause cause;
    uint64_t announcer; /* the flow it was announced on */
    uint32_t flags; /* SMIN_EXPECT_* */
    uint16_t inspector;
    uint16_t client_port, server_port;
    uint8_t ip_version, protocol;
    bool own; /* announced by the inspector it is for */
    uint8_t context_length;
    uint16_t name_length;
    uint8_t client_address[16], server_address[16];
    uint8_t context[SMIN_EXPECT_CONTEXT_BYTES];
    uint8_t name[SMINI_EXPECT_NAME_BYTES];
};

struct smini_expect_table {
    struct smini_slots slots;
    struct smini_arena items;
    uint32_t oldest, newest;
    uint64_t serial;
};

/* Two ends of a flow that may be about to begin. */
struct smini_ends {
    uint8_t ip_version, protocol;
    uint16_t port[2];
    const uint8_t *address[2];
};

void smini_expect_init(struct smini_expect_table *table, struct smini_alloc *alloc);
void smini_expect_clear(struct smini_expect_table *table);

/* The newest live expectation with a port that these ends fit, and which end is its client. NULL: none. */
const struct smini_expected *smini_expect_route(struct smini_run *run, const struct smini_ends *ends, unsigned *client);

/* True: an expectation fits the packet's ends, and the sender is its server. */
bool smini_expect_from_server(struct smini_run *run, const struct smini_dissected *dissected);

/*
 * The expectation that gives a stream to its inspector without a probe. NULL: none does, or the flow is on a port that
 * another inspector names; else whoever can make somebody expect a transfer there could hide that protocol.
 */
const struct smini_expected *smini_expect_stream(struct smini_run *run, const struct smini_flow_record *record);

/* What ordered a file of that name on this flow. Its `inspector` is NULL when nothing is known to. */
struct smini_cause smini_expect_cause(struct smini_run *run, struct smini_flow *flow, uint16_t inspector,
                                      struct smini_span name);

/* Tells, who wants to know, that a flow fits what another one announced. */
void smini_expect_tell(struct smini_run *run, struct smini_flow *flow, const struct smini_expected *expected);

/* smin.expect/1. */
extern const struct smin_ext_expect smini_expect_lent;

#endif
