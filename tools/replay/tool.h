/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of smin-replay share: the inspectors with their rules, the inputs, the result. */
#ifndef SMINI_TOOL_H
#define SMINI_TOOL_H

#include <pthread.h>
#include <stdatomic.h>

#include "compiling.h"
#include "options.h"
#include "profile.h"
#include "replay/record.h"
#include "replay/run.h"
#include "rule_cache.h"
#include "smin/abi_ext.h"
#include "smin/host.h"

/* What main.c hands in: the one place that knows the built-in inspectors and the built-in rules. */
struct smini_tool_builtin {
    const struct smin_inspector *const *inspectors; /* ended by NULL */
    struct smin_rule_text rules;
};

/* --- setup.c: memory for all threads, inspectors, rules --- */

/* The host's allocator: one counted handle behind a lock, since an instance serves all threads. */
struct smini_tool_memory {
    pthread_mutex_t lock;
    struct smini_alloc alloc;
};

struct smini_engine {
    struct smini_tool_memory memory;
    struct smin_host host;
    struct smin_registry *registry;
    struct smini_run_inspector inspectors[SMINI_RECORD_INSPECTORS_MAX];
    const struct smin_inspector *tables[SMINI_RECORD_INSPECTORS_MAX];
    uint32_t inspector_count;
    uint32_t rules_honoured, rules_refused;
    bool trace; /* pass on what inspectors say */
    bool count_costs;    /* of every rule */
    uint64_t file_rules_bytes; /* of a file's beginning, for rules */
    bool tell_compiling; /* say on standard error what takes so long */
    struct smini_rule_cache cache;
    struct smini_compiling *compiling; /* while instances are made */
};

/* Which rules an engine is made with. */
struct smini_engine_rules {
    const struct smin_rule_text *texts;
    uint32_t count;
    const struct smini_words *variables;
};

/* Registry with the built-in inspector and the plugins. SMIN_OK; negative: said on `errors`. */
int32_t smini_engine_load(struct smini_engine *engine, const struct smini_tool_options *options,
                          const struct smini_tool_builtin *builtin, FILE *errors);
/* Instances; diagnostics of rules go to `errors`. SMIN_OK; negative: said there too. */
int32_t smini_engine_start(struct smini_engine *engine, const struct smini_engine_rules *rules, FILE *errors);
void smini_engine_stop(struct smini_engine *engine);
void smini_engine_free(struct smini_engine *engine);

/* A rule file in memory. SMIN_OK; negative: said on `errors`. Give it back with smini_file_free. */
enum { SMINI_RULE_FILE_BYTES_MAX = 256 << 20 };
int32_t smini_file_read(struct smini_alloc *alloc, const char *path, struct smin_rule_text *text, FILE *errors);
void smini_file_free(struct smini_alloc *alloc, struct smin_rule_text *text);

struct smini_batch_options;

/* What the command line says about a batch; output and sandbox are left open. */
void smini_tool_batch_options(struct smini_batch_options *batch, const struct smini_tool_options *options);
/* The rule texts of a command line: the built-in ones unless -S, then the files in their order. */
int32_t smini_tool_read_rules(struct smini_alloc *alloc, const struct smini_tool_options *options,
                              const struct smini_tool_builtin *builtin, struct smin_rule_text **texts,
                              uint32_t *count);

/* --- dump.c --- */

/* The honoured rules as text; those that the wanted dialect cannot say are comments, and counted. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_engine_dump_rules(struct smini_engine *engine, const struct smini_tool_options *options, FILE *out,
                                uint32_t *left_out);

/* --- inputs.c --- */

struct smini_input_file {
    char *path; /* "-" is standard input */
    const char *name; /* in records; `path` unless a caller says otherwise */
    uint64_t bytes;   /* for progress; 0 when not known */
    int error;        /* of looking at it; 0 when fine */
};

struct smini_inputs {
    struct smini_alloc *alloc;
    struct smini_input_file *items;
    uint32_t count, capacity;
    uint64_t bytes;
    uint32_t skipped; /* files in folders that are no captures */
};

/* SMIN_OK, SMIN_E_NOMEM, SMIN_E_LIMIT. What cannot be read becomes an item with its error. */
int32_t smini_inputs_add(struct smini_inputs *inputs, const char *operand);
/* Bytewise order of the paths, each path once: the order of the operands changes nothing. */
void smini_inputs_sort(struct smini_inputs *inputs);
void smini_inputs_free(struct smini_inputs *inputs);

/* --- progress.c --- */

struct smini_progress {
    atomic_uint_fast64_t bytes;
    atomic_uint files;
    uint64_t total;
    uint32_t file_total;
    bool live; /* lines without being asked */
    bool shown;
    pthread_mutex_t lock;
    uint64_t started_ms, last_ms;
    FILE *out;
};

extern volatile int smini_tool_interrupted; /* SIGINT or SIGTERM came */
void smini_tool_catch_signals(void);
void smini_progress_start(struct smini_progress *progress, FILE *out, bool live, const struct smini_inputs *inputs);
/* From any thread, often. */
void smini_progress_tick(struct smini_progress *progress);
void smini_progress_end(struct smini_progress *progress);

/* --- batch.c: a list of captures through an engine --- */

enum { SMINI_TALLY_RULES_MAX = 64, SMINI_TALLY_NOTES_MAX = 32 };

struct smini_tally_rule {
    const struct smin_rule_info *rule;
    uint64_t count;
};

/* What a run comes to, besides its records. Sums do not depend on the order of captures; notes follow it. */
struct smini_tally {
    uint64_t captures, captures_read, packets, bytes, messages, alerts, anomalies, lost;
    uint64_t files_unstored, files_unsearched;
    uint64_t memory_peak; /* of the greediest capture */
    uint64_t first_ns, last_ns; /* of all packets; UINT64_MAX and 0: there were none */
    int alert_severity; /* gravest alert that counts for --fail-on, or -1 */
    struct smini_tally_rule rules[SMINI_TALLY_RULES_MAX];
    uint32_t rule_count;
    char *notes[SMINI_TALLY_NOTES_MAX]; /* what was incomplete, for people */
    uint32_t note_count;
    uint64_t note_total;
};

struct smini_evidence;

struct smini_batch_options {
    struct smini_run_options run;
    struct smini_incident_options incident;
    uint32_t threads;
    bool machine_facts;
    bool records; /* false: nobody wants JSON */
    const char *sandbox;
    struct smini_json_output output;
    struct smini_progress *progress; /* may be NULL */
    struct smini_profile *profile;   /* likewise */
    const struct smini_file_store *files; /* likewise */
    struct smini_evidence *evidence;      /* likewise */
};

struct smini_batch_result {
    struct smini_tally tally;
    struct smini_incident_set *incidents;
    struct smini_alloc alloc; /* of the incidents and notes */
    uint64_t memory_peak; /* most that one capture and the incidents took */
    int output_error;
    int32_t status; /* SMIN_OK or the worst that was no input's fault */
    bool interrupted;
};

int32_t smini_batch_run(struct smini_engine *engine, const struct smini_inputs *inputs,
                        const struct smini_batch_options *options, struct smini_batch_result *result);
void smini_batch_free(struct smini_batch_result *result);

/* --- report.c --- */

/* Records of all devices and incidents, as the last of the run. */
void smini_report_records(struct smini_json *json, const struct smini_incident_set *incidents);
/* One of them, without the end of its line. */
void smini_report_device(struct smini_json *json, const struct smini_device *device);
void smini_report_incident(struct smini_json *json, const struct smini_incident *incident);
/* The same for people. */
void smini_report_text(FILE *out, const struct smini_batch_result *result, bool color);

/* What was incomplete, a line each. */
void smini_report_notes(FILE *out, const struct smini_tally *tally);

/* --- cases.c --- */

/* Runs the corpus; an exit status. */
int smini_cases_run(const struct smini_tool_options *options, const struct smini_tool_builtin *builtin);

/* --- tool.c --- */

int smini_tool_main(int argc, char **argv, const struct smini_tool_builtin *builtin);

#endif
