/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The case folder of --case. During the run it stores what moves and notes
 * which flows announced which. After it the captures are read twice more: once
 * through the pump, to know the packets of the incidents' flows, and once to
 * copy them. So memory is bounded by those flows, not by the captures.
 */
#ifndef SMINI_TOOL_EVIDENCE_H
#define SMINI_TOOL_EVIDENCE_H

#include "evidence_slice.h"
#include "evidence_store.h"
#include "evidence_watch.h"

enum { SMINI_CASE_REASON_BYTES = 256, SMINI_CASE_REASONS_MAX = 64 };

struct smini_evidence {
    bool open;
    struct smini_alloc *alloc; /* not used by the threads of the run */
    struct smini_case_folder folder;
    struct smini_evidence_store store;
    struct smini_rows reasons; /* char[SMINI_CASE_REASON_BYTES]: why the case is incomplete */
    uint64_t reasons_total;
    bool failure_told; /* what could not be written is one of them */
    struct smini_evidence_watch watch;
};

/* A run that has ended. */
struct smini_case_run {
    struct smini_engine *engine;
    const struct smini_tool_options *options;
    const struct smini_batch_options *batch;
    const struct smini_inputs *inputs;
    const struct smini_batch_result *result;
    const struct smin_rule_text *texts;
    uint32_t text_count;
};

/*
 * Makes the folder, which says that nothing is complete yet. `beside` is where
 * files are stored too, or NULL. An exit status; what is wrong is said on
 * standard error.
 */
int smini_evidence_open(struct smini_evidence *evidence, const struct smini_tool_options *options,
                        const struct smini_inputs *inputs, const struct smini_file_store *beside);

/* Writes the case. False: it is not complete, which was said. */
bool smini_evidence_write(struct smini_evidence *evidence, const struct smini_case_run *run);
void smini_evidence_close(struct smini_evidence *evidence);

/* --- evidence_json.c --- */

bool smini_case_incidents_json(struct smini_evidence *evidence, const struct smini_incident_set *incidents);
/* `run` NULL: nothing is known yet. */
bool smini_case_json(struct smini_evidence *evidence, const struct smini_case_run *run,
                     const struct smini_slices *slices);
/* Of all rule texts, in their order, as hexadecimal digits. */
void smini_case_rules_digest(const struct smini_case_run *run, char text[2 * SMINI_SHA256_BYTES + 1]);

/* --- evidence_page.c --- */

bool smini_case_page(struct smini_evidence *evidence, const struct smini_case_run *run,
                     const struct smini_slices *slices);

#endif
