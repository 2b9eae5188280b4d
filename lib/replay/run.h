/* SPDX-License-Identifier: BSD-2-Clause */
/* The pump: one capture through decapsulation, defragmentation, flows and streams into inspectors. */
#ifndef SMINI_RUN_H
#define SMINI_RUN_H

#include "replay/capture.h"
#include "replay/defrag.h"
#include "replay/sink.h"

enum { SMINI_OVERLAP_FIRST = 1, SMINI_OVERLAP_LAST = 2, SMINI_OVERLAP_BOTH = 3 };
enum { SMINI_CHECKSUM_REPORT = 0, SMINI_CHECKSUM_ALL = 1, SMINI_CHECKSUM_NONE = 2 };

struct smini_run_options {
    int overlap;  /* SMINI_OVERLAP_* */
    int checksum; /* report: a fact on the flow; all: drop what is wrong; none: do not look */
    struct smini_capture_limits capture;
    struct smini_defrag_limits defrag;
    uint32_t flows_max;             /* oldest idle flow gives way beyond it */
    uint64_t tcp_idle_ns;           /* packet time without a packet until a flow ends */
    uint64_t udp_idle_ns;
    uint64_t flow_buffer_max;       /* out-of-order bytes of one flow */
    uint64_t total_buffer_max;      /* of all flows */
    uint64_t history_max;           /* delivered bytes kept per direction to judge later copies */
    uint64_t total_history_max;     /* of all flows; beyond it a flow keeps less */
    uint32_t file_beginning_max;    /* bytes of a file that rules on files can have kept */
    uint64_t file_beginnings_max;   /* of all files under way */
    uint32_t tracked_max;           /* flows on watched ports or fed, at once; about half a KiB each */
};

void smini_run_options_default(struct smini_run_options *options);

/* An inspector with the instance made for this run; the pump makes threads and flows. */
struct smini_run_inspector {
    const struct smin_inspector *inspector;
    struct smin_instance *instance;
};

struct smini_run;

/*
 * `inspectors` is tried in order; the first that says yes to a direction's
 * bytes keeps the flow. The host table the instances were made with must send
 * on_output to smini_run_on_output with flow_user unchanged.
 * SMIN_OK, SMIN_E_NOMEM, SMIN_E_MISUSE.
 */
int32_t smini_run_new(struct smini_run **run, struct smini_alloc *alloc, const struct smini_run_options *options,
                      const struct smini_run_inspector *inspectors, uint32_t inspector_count,
                      const struct smini_sink *sink);

/* The host's on_output: `flow_user` is a flow of some run. */
void smini_run_on_output(void *host_user, void *flow_user, const struct smin_output *output);

/* What a run lends inspectors, for the `extension` of the host's table: smin.expect/1, smin.file/1. NULL: neither. */
const void *smini_run_extension(const char *id);

/*
 * Reads one capture to its end (all members of an archive, each by itself:
 * flows do not pass from one capture to the next). SMIN_OK, or the worst status
 * met; everything readable was still reported. `keep_going` may be NULL; asked
 * once per batch with the bytes read so far, false stops.
 */
int32_t smini_run_capture(struct smini_run *run, int fd, const char *name, int (*keep_going)(void *user, uint64_t position),
                          void *user);

/* Name of the capture being read, for records. */
const char *smini_run_capture_name(const struct smini_run *run);

void smini_run_free(struct smini_run **run);

#endif
