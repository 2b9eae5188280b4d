/* SPDX-License-Identifier: BSD-2-Clause */
/* smin-replay from its command line to its exit status. */
#include "tool.h"

#include <errno.h>
#include <unistd.h>

#include "evidence.h"
#include "inject.h"
#include "outputs.h"
#include "replay/sandbox.h"
#include "smin/version.h"

struct session {
    const struct smini_tool_options *options;
    struct smini_engine engine;
    struct smini_inputs inputs;
    struct smini_progress progress;
    struct smini_outputs out;
    FILE *profile_out; /* NULL: nobody asked */
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

static int open_profile(struct session *session)
{
    const struct smini_tool_options *options = session->options;
    int fd = -1;
    if (!options->rule_profile)
        return SMINI_EXIT_OK;
    bool to_stdout = strcmp(options->rule_profile, "-") == 0;
    if (to_stdout && session->out.records.fd == STDOUT_FILENO) {
        fputs("smin-replay: records and the rule profile cannot both go to standard output\n", stderr);
        return SMINI_EXIT_USAGE;
    }
    int failed = to_stdout ? SMINI_EXIT_OK : smini_output_new(&session->inputs, options->rule_profile, &fd);
    if (failed != SMINI_EXIT_OK)
        return failed;
    session->profile_out = to_stdout ? stdout : fdopen(fd, "w");
    if (!session->profile_out)
        return smini_output_failed(options->rule_profile, SMINI_EXIT_INTERNAL);
    int32_t status = smini_profile_open(&session->profile, options->alloc, session->engine.inspectors,
                                        session->engine.inspector_count);
    return status == SMIN_OK ? SMINI_EXIT_OK : SMINI_EXIT_INTERNAL;
}

static int close_profile(struct session *session, int status)
{
    if (!session->profile_out)
        return status;
    bool written = smini_profile_finish(&session->profile, session->profile_out, session->options->rule_profile);
    return written ? status : smini_output_failed(session->options->rule_profile, SMINI_EXIT_INCOMPLETE);
}

/* --- the run --- */

static const char *enter_sandbox(const struct session *session)
{
    const struct smini_tool_options *options = session->options;
    if (options->no_sandbox)
        return "off";
    int folders[2];
    uint32_t count = 0;
    if (session->out.store.folder >= 0)
        folders[count++] = session->out.store.folder;
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
    if (session->out.summary != stdout)
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
    if (session->out.summary && (session->out.summary != stdout || !options->quiet))
        smini_report_text(session->out.summary, result,
                          session->out.summary == stdout && wanted(options->color, STDOUT_FILENO));
    if (result->output_error) {
        errno = result->output_error;
        return smini_output_failed(session->out.records.name, SMINI_EXIT_INCOMPLETE);
    }
    return verdict(options, result);
}

static int open_case(struct session *session)
{
    const struct smini_file_store *beside = session->out.store.folder >= 0 ? &session->out.store.table : NULL;
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
    int status = smini_outputs_open(&session->out, options, &session->inputs);
    if (status == SMINI_EXIT_OK)
        status = open_profile(session);
    if (status == SMINI_EXIT_OK)
        status = open_case(session);
    if (status != SMINI_EXIT_OK)
        return smini_outputs_close(&session->out, status);
    smini_tool_batch_options(&batch, options);
    smini_tool_catch_signals();
    smini_progress_start(&session->progress, stderr, !options->quiet && wanted(options->progress, STDERR_FILENO),
                         &session->inputs);
    batch.progress = &session->progress;
    batch.profile = session->profile_out ? &session->profile : NULL;
    batch.records = session->out.records.fd >= 0;
    batch.machine_facts = true;
    batch.output.write = smini_destination_write;
    batch.output.user = &session->out.records;
    batch.files = session->out.store.folder >= 0 ? &session->out.store.table : NULL;
    if (session->evidence.open)
        batch.files = &session->evidence.store.table;
    batch.evidence = session->evidence.open ? &session->evidence : NULL;
    batch.sandbox = enter_sandbox(session);
    smini_batch_run(&session->engine, &session->inputs, &batch, &result);
    smini_progress_end(&session->progress);
    status = close_case(session, &batch, &result, report(session, &result));
    smini_batch_free(&result);
    return smini_outputs_close(&session->out, close_profile(session, status));
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
        return fflush(stdout) == 0 ? SMINI_EXIT_OK : smini_output_failed("standard output", SMINI_EXIT_INCOMPLETE);
    return replay(session);
}

static int work(const struct smini_tool_options *options, const struct smini_tool_builtin *builtin)
{
    struct session *session = smini_alloc_get(options->alloc, sizeof(*session));
    if (!session)
        return SMINI_EXIT_INTERNAL;
    session->options = options;
    session->out.store.folder = -1;
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
