/* SPDX-License-Identifier: BSD-2-Clause */
/* What a case needs to know of the run beyond its incidents, noted while it goes on. */
#ifndef SMINI_TOOL_EVIDENCE_WATCH_H
#define SMINI_TOOL_EVIDENCE_WATCH_H

#include <pthread.h>

#include "base/bytebuf.h"
#include "base/sha256.h"
#include "incident/incident.h"
#include "replay/sink.h"
#include "rows.h"

enum {
    SMINI_CASE_TROUBLE_BYTES = 64,
    SMINI_CASE_FILES_MAX = 1 << 16, /* a page for people: the records hold every file */
    SMINI_CASE_FILE_NAMES_MAX = 16 << 20
};

/* One capture file. */
struct smini_case_input {
    uint64_t packets, first_ns, last_ns; /* of all captures in it */
    char trouble[SMINI_CASE_TROUBLE_BYTES]; /* the first thing that was lost, by its event; "": nothing was */
    /* known after the run */
    uint8_t digest[SMINI_SHA256_BYTES];
    uint64_t bytes;
    bool digested;
    int error; /* errno, of reading it */
};

/* A file that moved. The spans of its names are set once nothing is added any more. */
struct smini_case_moved {
    struct smini_incident_transfer transfer;
    size_t name_at, capture_at; /* in the texts */
};

struct smini_evidence_watch {
    pthread_mutex_t lock;
    struct smini_alloc alloc;
    struct smini_rows links; /* struct smini_evidence_link */
    struct smini_rows moved; /* struct smini_case_moved */
    struct smini_bytebuf texts;
    uint64_t links_lost, moved_lost;
    struct smini_case_input *inputs; /* each touched by one thread */
    uint32_t input_count;
};

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_evidence_watch_open(struct smini_evidence_watch *watch, uint32_t input_count);
void smini_evidence_watch_close(struct smini_evidence_watch *watch);

/* From any thread. */
void smini_evidence_announced(struct smini_evidence_watch *watch, uint64_t flow_id, uint64_t announcer_id,
                              int own);
void smini_evidence_moved(struct smini_evidence_watch *watch, const struct smini_incident_transfer *transfer);
/* From the thread that reads this input. */
void smini_evidence_counters(struct smini_evidence_watch *watch, uint32_t input,
                             const struct smini_run_counters *counters);
void smini_evidence_lost(struct smini_evidence_watch *watch, uint32_t input, const struct smini_problem *problem);

/* The run is over: files in the order of captures and packets, whatever the threads. */
void smini_evidence_watch_sort(struct smini_evidence_watch *watch);

#endif
