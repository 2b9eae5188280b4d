/* SPDX-License-Identifier: BSD-2-Clause */
/* --inject: the packets of captures go to a network interface. */
#ifndef SMINI_TOOL_INJECT_H
#define SMINI_TOOL_INJECT_H

#include "inject_frame.h"
#include "inject_libnet.h"
#include "inject_pace.h"
#include "tool.h"

struct smini_injection {
    /* given */
    struct smini_alloc *alloc;
    struct smini_wire *wire;
    struct smini_rate rate;
    struct smini_progress *progress; /* may be NULL */
    /* what came of it */
    struct smini_tally tally; /* captures, packets, what was incomplete */
    uint64_t sent, sent_bytes, headed;
    uint64_t left_out[SMINI_LEFT_REASONS];
    uint64_t started_ns, ended_ns;
    uint64_t latest_ns; /* how far a packet was behind its time at most */
    struct smini_pace pace;
    int wire_error; /* errno of the interface; 0: all is well */
    bool interrupted;
    /* of the capture being read */
    const char *name;
    struct smini_capture *capture;
    uint8_t *room;
    uint64_t position;
    uint64_t left_out_here[SMINI_LEFT_REASONS], left_out_first[SMINI_LEFT_REASONS];
};

/* Sends them all, in their order. SMIN_OK, SMIN_E_NOMEM; what was the input's or the interface's fault stands in `injection`. */
int32_t smini_inject(struct smini_injection *injection, const struct smini_inputs *inputs);
void smini_inject_free(struct smini_injection *injection);

/* What came of it, for people. */
void smini_inject_report(const struct smini_injection *injection, FILE *out);

/* The whole of it, from options to exit status. */
int smini_inject_main(const struct smini_tool_options *options);

#endif
