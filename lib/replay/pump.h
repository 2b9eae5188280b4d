/* SPDX-License-Identifier: BSD-2-Clause */
/* A run from inside: what flows, streams and the pump share. */
#ifndef SMINI_PUMP_H
#define SMINI_PUMP_H

#include "replay/expect.h"
#include "replay/flow_state.h"
#include "replay/flow_table.h"
#include "replay/run.h"
#include "smin/abi_ext.h"

/* Limits whose reaching is told once per capture; each time counts. */
enum smini_told {
    SMINI_TOLD_FLOWS,
    SMINI_TOLD_TRACKED,
    SMINI_TOLD_MEMORY,
    SMINI_TOLD_REASSEMBLY,
    SMINI_TOLD_HISTORY,
    SMINI_TOLD_REPORTS,
    SMINI_TOLD_BAD,
    SMINI_TOLD_EXPECTED,
    SMINI_TOLD_FILES,
    SMINI_TOLD_STORE_FILE,
    SMINI_TOLD_STORE_TOTAL,
    SMINI_TOLD_STORE_COUNT,
    SMINI_TOLD_FILE_LONG,
    SMINI_TOLD_FILE_MEMORY,
    SMINI_TOLD_FILE_GAP,
    SMINI_TOLD_ITEMS
};

enum { SMINI_RUN_THREADS = 3 }; /* per inspector */

/* A packet of the batch being worked on. */
struct smini_pump_item {
    struct smini_dissected dissected;
    struct smini_flow_key key;
    uint32_t guess;
};

/* What an inspector does with datagrams and packets: asked once. */
struct smini_run_wishes {
    const struct smin_ext_packet *packets;    /* NULL: it wants none */
    const struct smin_ext_expected *expected; /* NULL: an expected flow is like any other */
    const struct smin_ext_file_rules *files;  /* NULL: it has no rules on files */
    uint32_t file_bytes;                      /* of a file's beginning, that they look at */
    bool datagrams;
    bool by_first; /* the first datagram of a direction decides, as rules want it; otherwise each may be the first */
};

/* Flows that ended, kept until they can be told in the order of their first packets. */
struct smini_flow_reports {
    struct smini_flow_view *views;
    uint32_t count;
    uint32_t room;
};

struct smini_run {
    struct smini_alloc *alloc;
    struct smini_run_options options;
    struct smini_sink sink;
    struct smini_problem_sink problem_sink; /* for the layers below: comes back to this run */
    struct smini_run_inspector *inspectors;
    /* One per inspector, then as many for either pass of smini_reread, which are made when they are needed: what is
     * read again is counted by itself, and the same way in both passes. */
    struct smin_thread **threads;
    bool threads_used; /* by an earlier capture */
    uint32_t inspector_count;
    struct smini_run_wishes *wishes; /* per inspector */
    bool datagrams;      /* some inspector reads datagrams */
    bool datagram_flows; /* some inspector wants a flow for every one of them */
    bool late_datagrams; /* some inspector may begin with any of them */
    bool packets;   /* some inspector looks at packets */
    int32_t packet_memory; /* the first inspector whose rules on packets remember; -1: none */
    bool table_ready; /* between smini_pump_begin and smini_pump_end */
    uint64_t hinted[65536 / 64]; /* a bit for each TCP port that an inspector named */

    struct smini_flow_table table;
    struct smini_arena flows;  /* struct smini_flow */
    struct smini_arena trails; /* struct smini_trail_chunk */
    struct smini_hold_pool holds;
    struct smini_flow_reports reports;
    struct smini_expect_table expected;
    uint32_t files_open;
    bool file_rules;      /* some inspector has rules on files */
    uint32_t file_bytes;  /* of a file's beginning, that any of them looks at */
    uint64_t file_memory; /* kept of beginnings */
    struct smini_capture *capture;
    struct smini_defrag *defrag;
    struct smini_run_counters counters;

    uint64_t base_ns; /* time of the capture's first packet */
    uint32_t now_tick; /* time of the packet at hand */
    uint32_t idle_ticks;
    uint32_t idle_udp_ticks;
    uint32_t idle_least; /* no flow ends of a silence up to this */
    uint32_t sweep_hand; /* record to look at next */
    uint32_t evict_hand;
    uint32_t tracked_hand;
    uint32_t told; /* bits by enum smini_told */
    uint32_t bad_told;
    struct smini_moment moment; /* the packet being worked on */
    const uint64_t *numbers;    /* of the packets that brought what is worked on; NULL: that packet alone */
    uint32_t number_count;
    int32_t worst;

    uint64_t *digests; /* outputs of the first reading while a flow is read again */
    uint32_t digest_count;
    uint32_t digest_room;
    struct smini_pump_item *items; /* SMINI_CAPTURE_BATCH of them */
};

/* Reports a problem of the packet at hand; `flow` may be NULL. */
void smini_pump_problem(struct smini_run *run, struct smini_flow *flow, const char *layer, const char *event,
                        const char *detail, int32_t status, int lost);

/* Counts a limit; the first of its kind in a capture is also reported. */
void smini_pump_limit(struct smini_run *run, enum smini_told kind, struct smini_flow *flow, const char *event,
                      const char *detail);

/* Out of memory: what was being done is given up, the run goes on. */
void smini_pump_nomem(struct smini_run *run, struct smini_flow *flow, const char *detail);

/* The first inspector that names the port; -1: none does. */
int32_t smini_run_hinted_by(const struct smini_run *run, uint16_t port);

/* Does another inspector than this one name the port? */
bool smini_run_hinted_elsewhere(const struct smini_run *run, uint16_t port, uint16_t inspector);

static inline bool smini_run_hints(const struct smini_run *run, uint16_t port)
{
    return run->hinted[port / 64] >> (port % 64) & 1;
}

#endif
