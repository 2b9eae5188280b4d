/* SPDX-License-Identifier: BSD-2-Clause */
/* smin-replay from its command line to its exit status. */
#include "tool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence.h"
#include "inject.h"
#include "replay/sandbox.h"
#include "smin/version.h"
#include "store.h"
#include "write_whole.h"

/* Where records go. */
struct destination {
    int fd;
    const char *name;
};

/* SIGPIPE keeps its default: a reader that has seen enough ends us quietly, as it ends cat. */
static int write_record(void *user, const uint8_t *bytes, size_t length)
{
    const struct destination *to = user;
    return smini_write_whole(to->fd, bytes, length);
}

struct session {
    const struct smini_tool_options *options;
    struct smini_engine engine;
    struct smini_inputs inputs;
    struct smini_progress progress;
    struct destination records;
    FILE *summary;
    FILE *profile_out; /* NULL: nobody asked */
    struct smini_store store;
    struct smini_evidence evidence;
    struct smini_profile profile;
    struct smin_rule_text *texts;
    uint32_t text_count, text_capacity;
};

static bool wanted(enum smini_when when, int fd)
{
    return when == SMINI_ALWAYS || (when == SMINI_AUTO && isatty(fd));
}

static int32_t prepare(struct session *session, const struct smini_tool_builtin *builtin)
{
    const struct smini_tool_options *options = session->options;
    struct smini_alloc *alloc = options->alloc;
    int32_t status = smini_engine_load(&session->engine, options, builtin, stderr);
    if (status != SMIN_OK)
        return status;
    session->text_capacity = options->rules.count + 1;
    status = smini_tool_read_rules(alloc, options, builtin, &session->texts, &session->text_count);
    if (status != SMIN_OK)
        return status;
    struct smini_engine_rules rules = {session->texts, session->text_count, &options->variables};
    session->engine.tell_compiling = !options->quiet && wanted(options->progress, STDERR_FILENO);
    return smini_engine_start(&session->engine, &rules, stderr);
}

static void clean_up(struct session *session)
{
    const struct smini_tool_options *options = session->options;
    smini_engine_free(&session->engine);
    smini_inputs_free(&session->inputs);
    uint32_t own = options->rules_only ? 0 : 1;
    for (uint32_t i = own; i < session->text_count; i++)
        smini_file_free(options->alloc, &session->texts[i]);
    smini_alloc_free(options->alloc, session->texts, session->text_capacity * sizeof(*session->texts));
}

/* --- outputs --- */

static int complain(const char *path)
{
    fprintf(stderr, "smin-replay: %s: %s\n", path, strerror(errno));
    return SMINI_EXIT_INTERNAL;
}

static bool is_capture(const struct smini_inputs *inputs, const struct stat *file)
{
    struct stat capture;
    for (uint32_t i = 0; i < inputs->count; i++) {
        const char *path = inputs->items[i].path;
        int seen = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &capture) : stat(path, &capture);
        if (seen == 0 && capture.st_dev == file->st_dev && capture.st_ino == file->st_ino)
            return true;
    }
    return false;
}

/* A capture is evidence: it is not written over because somebody forgot an operand. */
static int open_new(const struct smini_inputs *inputs, int folder, const char *path, int *fd)
{
    struct stat old;
    if (fstatat(folder, path, &old, 0) == 0 && S_ISREG(old.st_mode) && is_capture(inputs, &old)) {
        fprintf(stderr, "smin-replay: %s is a capture to be read; write to another file\n", path);
        return SMINI_EXIT_USAGE;
    }
    *fd = openat(folder, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return *fd < 0 ? complain(path) : SMINI_EXIT_OK;
}

static int open_log_dir(struct session *session)
{
    const char *folder = session->options->log_dir;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return complain(folder);
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at < 0)
        return complain(folder);
    session->records.name = "eve.json";
    int summary = -1;
    int failed = open_new(&session->inputs, at, "eve.json", &session->records.fd);
    if (failed == SMINI_EXIT_OK)
        failed = open_new(&session->inputs, at, "summary.txt", &summary);
    if (summary >= 0)
        session->summary = fdopen(summary, "w");
    if (failed == SMINI_EXIT_OK && smini_store_open(&session->store, at) != 0)
        failed = complain("files");
    close(at);
    return failed || session->summary ? failed : SMINI_EXIT_INTERNAL;
}

static int open_outputs(struct session *session)
{
    const struct smini_tool_options *options = session->options;
    session->records.fd = -1;
    if (options->log_dir)
        return open_log_dir(session);
    if (!options->eve) {
        session->summary = stdout;
        return SMINI_EXIT_OK;
    }
    session->records.name = options->eve;
    if (strcmp(options->eve, "-") != 0)
        return open_new(&session->inputs, AT_FDCWD, options->eve, &session->records.fd);
    session->records.fd = STDOUT_FILENO;
    return SMINI_EXIT_OK;
}

static int open_profile(struct session *session)
{
    const struct smini_tool_options *options = session->options;
    int fd = -1;
    if (!options->rule_profile)
        return SMINI_EXIT_OK;
    bool to_stdout = strcmp(options->rule_profile, "-") == 0;
    if (to_stdout && session->records.fd == STDOUT_FILENO) {
        fputs("smin-replay: records and the rule profile cannot both go to standard output\n", stderr);
        return SMINI_EXIT_USAGE;
    }
    int failed = to_stdout ? SMINI_EXIT_OK : open_new(&session->inputs, AT_FDCWD, options->rule_profile, &fd);
    if (failed != SMINI_EXIT_OK)
        return failed;
    session->profile_out = to_stdout ? stdout : fdopen(fd, "w");
    if (!session->profile_out)
        return complain(options->rule_profile);
    int32_t status = smini_profile_open(&session->profile, options->alloc, session->engine.inspectors,
                                        session->engine.inspector_count);
    return status == SMIN_OK ? SMINI_EXIT_OK : SMINI_EXIT_INTERNAL;
}

static int close_profile(struct session *session, int status)
{
    if (!session->profile_out)
        return status;
    bool written = smini_profile_finish(&session->profile, session->profile_out, session->options->rule_profile);
    return written ? status : complain(session->options->rule_profile);
}

/* Errors that only show when a file is closed or flushed count too. */
static int close_outputs(struct session *session, int status)
{
    if (session->records.fd >= 0 && session->records.fd != STDOUT_FILENO && close(session->records.fd) != 0)
        status = complain(session->records.name);
    if (!session->summary)
        return status;
    bool failed = fflush(session->summary) != 0 || ferror(session->summary);
    if (session->summary != stdout)
        failed |= fclose(session->summary) != 0;
    return failed ? complain("summary") : status;
}

/* --- the run --- */

static const char *enter_sandbox(const struct session *session)
{
    const struct smini_tool_options *options = session->options;
    if (options->no_sandbox)
        return "off";
    int folders[2];
    uint32_t count = 0;
    if (session->store.folder >= 0)
        folders[count++] = session->store.folder;
    if (session->evidence.open)
        folders[count++] = session->evidence.folder.fd;
    /* Operands, not what was found below them: a rule for a folder covers all of it. */
    int state = smini_sandbox_enter(options->captures.items, options->captures.count, folders, count);
    if (state == 0 && options->verbose > 0)
        fputs("smin-replay: this system offers no sandbox\n", stderr);
    return smini_sandbox_text(state);
}

static int verdict(const struct smini_tool_options *options, const struct smini_batch_result *result)
{
    int gravest = result->tally.alert_severity;
    const struct smini_incident *incident;
    for (uint32_t i = 0; (incident = smini_incident_get(result->incidents, i)); i++)
        if ((int)incident->severity > gravest)
            gravest = (int)incident->severity;
    if (options->fail_on >= 0 && gravest >= options->fail_on)
        return SMINI_EXIT_FINDING;
    return result->tally.lost || result->interrupted ? SMINI_EXIT_INCOMPLETE : SMINI_EXIT_OK;
}

static void say_incomplete(const struct session *session, const struct smini_batch_result *result)
{
    const struct smini_tally *tally = &result->tally;
    if (session->options->quiet)
        return;
    if (session->summary != stdout)
        for (uint32_t i = 0; i < tally->note_count; i++)
            fprintf(stderr, "smin-replay: %s\n", tally->notes[i]);
    if (result->interrupted)
        fprintf(stderr, "smin-replay: interrupted; what was read is reported\n");
    if (session->options->verbose > 0)
        fprintf(stderr, "smin-replay: %.1f MB of memory at most for one capture and the incidents\n",
                (double)result->memory_peak / 1e6);
    if (session->options->verbose > 0 && session->inputs.skipped)
        fprintf(stderr, "smin-replay: %u files in folders are no captures\n", session->inputs.skipped);
}

static int report(struct session *session, struct smini_batch_result *result)
{
    const struct smini_tool_options *options = session->options;
    if (result->status != SMIN_OK) {
        fprintf(stderr, "smin-replay: %s\n", smin_status_text(result->status));
        return SMINI_EXIT_INTERNAL;
    }
    say_incomplete(session, result);
    if (session->summary && (session->summary != stdout || !options->quiet))
        smini_report_text(session->summary, result,
                          session->summary == stdout && wanted(options->color, STDOUT_FILENO));
    if (result->output_error) {
        fprintf(stderr, "smin-replay: %s: %s\n", session->records.name, strerror(result->output_error));
        return SMINI_EXIT_INTERNAL;
    }
    return verdict(options, result);
}

static int open_case(struct session *session)
{
    const struct smini_file_store *beside = session->store.folder >= 0 ? &session->store.table : NULL;
    if (!session->options->case_dir)
        return SMINI_EXIT_OK;
    return smini_evidence_open(&session->evidence, session->options, &session->inputs, beside);
}

static int close_case(struct session *session, const struct smini_batch_options *batch,
                      const struct smini_batch_result *result, int status)
{
    const struct smini_case_run run = {
        .engine = &session->engine, .options = session->options, .batch = batch, .inputs = &session->inputs,
        .result = result, .texts = session->texts, .text_count = session->text_count};
    if (session->evidence.open && !smini_evidence_write(&session->evidence, &run) && status == SMINI_EXIT_OK)
        status = SMINI_EXIT_INCOMPLETE;
    if (session->evidence.folder.error && status == SMINI_EXIT_FINDING)
        status = SMINI_EXIT_INCOMPLETE; /* a finding that cannot be shown is none to rely on */
    smini_evidence_close(&session->evidence);
    return status;
}

static int replay(struct session *session)
{
    const struct smini_tool_options *options = session->options;
    struct smini_batch_options batch;
    struct smini_batch_result result;
    session->inputs.alloc = options->alloc;
    for (uint32_t i = 0; i < options->captures.count; i++)
        if (smini_inputs_add(&session->inputs, options->captures.items[i]) != SMIN_OK) {
            fputs("smin-replay: too many captures\n", stderr);
            return SMINI_EXIT_INTERNAL;
        }
    smini_inputs_sort(&session->inputs);
    int status = open_outputs(session);
    if (status == SMINI_EXIT_OK)
        status = open_profile(session);
    if (status == SMINI_EXIT_OK)
        status = open_case(session);
    if (status != SMINI_EXIT_OK)
        return close_outputs(session, status);
    smini_tool_batch_options(&batch, options);
    smini_tool_catch_signals();
    smini_progress_start(&session->progress, stderr, !options->quiet && wanted(options->progress, STDERR_FILENO),
                         &session->inputs);
    batch.progress = &session->progress;
    batch.profile = session->profile_out ? &session->profile : NULL;
    batch.records = session->records.fd >= 0;
    batch.machine_facts = true;
    batch.output.write = write_record;
    batch.output.user = &session->records;
    batch.files = session->store.folder >= 0 ? &session->store.table : NULL;
    if (session->evidence.open)
        batch.files = &session->evidence.store.table;
    batch.evidence = session->evidence.open ? &session->evidence : NULL;
    batch.sandbox = enter_sandbox(session);
    smini_batch_run(&session->engine, &session->inputs, &batch, &result);
    smini_progress_end(&session->progress);
    status = close_case(session, &batch, &result, report(session, &result));
    smini_batch_free(&result);
    smini_store_close(&session->store);
    return close_outputs(session, close_profile(session, status));
}

static int setup_failed(int32_t status)
{
    return status == SMIN_E_NOMEM ? SMINI_EXIT_INTERNAL : SMINI_EXIT_USAGE;
}

/* Rules that the wanted dialect cannot say are told like those that were refused. */
static int dump_rules(struct session *session)
{
    const struct smini_tool_options *options = session->options;
    uint32_t left_out;
    if (smini_engine_dump_rules(&session->engine, options, stdout, &left_out) != SMIN_OK)
        return SMINI_EXIT_INTERNAL;
    if (left_out && !options->quiet)
        fprintf(stderr, "smin-replay: %u of %u rules cannot be said in that dialect and were left out\n", left_out,
                session->engine.rules_honoured);
    return left_out && options->rules_strict ? SMINI_EXIT_USAGE : SMINI_EXIT_OK;
}

static int run_session(struct session *session, const struct smini_tool_builtin *builtin)
{
    const struct smini_tool_options *options = session->options;
    if (options->corpus)
        return smini_cases_run(options, builtin);
    if (options->inject)
        return smini_inject_main(options);
    int32_t status = prepare(session, builtin);
    if (status != SMIN_OK)
        return setup_failed(status);
    const struct smini_engine *engine = &session->engine;
    if (engine->rules_refused && !options->quiet)
        fprintf(stderr, "smin-replay: %u rules refused, %u honoured\n", engine->rules_refused, engine->rules_honoured);
    if (engine->rules_refused && (options->rules_strict || options->test))
        return SMINI_EXIT_USAGE;
    int dumped = options->dump_rules ? dump_rules(session) : SMINI_EXIT_OK;
    if (dumped != SMINI_EXIT_OK)
        return dumped;
    if (options->test && !options->quiet)
        printf("%u rules, %u inspectors: all right\n", engine->rules_honoured, engine->inspector_count);
    if (options->test || options->dump_rules)
        return fflush(stdout) == 0 ? SMINI_EXIT_OK : complain("standard output");
    return replay(session);
}

static int work(const struct smini_tool_options *options, const struct smini_tool_builtin *builtin)
{
    struct session *session = smini_alloc_get(options->alloc, sizeof(*session));
    if (!session)
        return SMINI_EXIT_INTERNAL;
    session->options = options;
    session->store.folder = -1;
    int exit_status = run_session(session, builtin);
    if (!options->corpus)
        clean_up(session);
    smini_alloc_free(options->alloc, session, sizeof(*session));
    return exit_status;
}

int smini_tool_main(int argc, char **argv, const struct smini_tool_builtin *builtin)
{
    struct smini_alloc alloc;
    struct smini_tool_options options;
    int exit_status = SMINI_EXIT_OK;
    smini_alloc_init(&alloc, 0);
    smini_options_init(&options, &alloc);
    int32_t status = smini_options_parse(&options, argc, argv, stderr);
    if (status != SMIN_OK) {
        exit_status = setup_failed(status);
    } else if (options.show_help) {
        smini_options_help(stdout);
    } else if (options.show_version) {
        puts("smin-replay " SMIN_VERSION);
    } else {
        exit_status = work(&options, builtin);
    }
    smini_options_free(&options);
    return exit_status;
}
