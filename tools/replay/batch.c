/* SPDX-License-Identifier: BSD-2-Clause */
/* A list of captures through an engine: workers, each with a run and a recorder of its own per capture. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "evidence.h"
#include "order.h"
#include "smin/version.h"

struct job {
    struct smini_engine *engine;
    const struct smini_batch_options *options;
    struct smini_lane *lane;
    struct smini_record *record; /* NULL: nobody wants records */
    struct smini_run *run;
    struct smini_fact_message fact;
    struct smini_fact_index index;
    const char *name;
    bool name_stale; /* the next member of an archive may have begun */
    uint64_t position;
};

/* The pump's names change with the members of an archive. */
static const char *capture_name(struct job *job)
{
    const char *name = job->run ? smini_run_capture_name(job->run) : NULL;
    if (job->name_stale && name && *name) {
        job->name = name;
        job->name_stale = false;
        if (job->record)
            smini_record_capture(job->record, name);
    }
    return job->name;
}

static int alert_severity(uint32_t priority)
{
    switch (priority) {
    case 1:
        return SMIN_SEVERITY_HIGH;
    case 2:
        return SMIN_SEVERITY_MEDIUM;
    case 3:
        return SMIN_SEVERITY_LOW;
    default:
        return SMIN_SEVERITY_INFO;
    }
}

/* What a listed director sends raises alerts like anybody's; whether it is a finding is said by the incidents. */
static bool of_listed_director(const struct job *job, const struct smini_flow_view *flow)
{
    const struct smini_incident_options *options = &job->options->incident;
    struct smini_incident_address client = {.version = flow->ip_version}, server = {.version = flow->ip_version};
    memcpy(client.bytes, flow->client_address, sizeof(client.bytes));
    memcpy(server.bytes, flow->server_address, sizeof(server.bytes));
    return smini_incident_in_networks(&client, options->directors, options->director_count) ||
           smini_incident_in_networks(&server, options->directors, options->director_count);
}

static void count_alerts(const struct job *job, const struct smini_flow_view *flow, const struct smin_output *output)
{
    struct smini_tally *tally = &job->lane->tally;
    const char *at = (const char *)output->alerts;
    for (uint32_t i = 0; i < output->alert_count; i++, at += output->alert_stride) {
        const struct smin_rule_info *rule = ((const struct smin_alert *)(const void *)at)->rule;
        smini_tally_alert(tally, rule, 1);
        if (alert_severity(rule->severity) > tally->alert_severity && !of_listed_director(job, flow))
            tally->alert_severity = alert_severity(rule->severity);
    }
}

static void on_output(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                      int reading, const struct smin_output *output)
{
    struct job *job = user;
    struct smini_tally *tally = &job->lane->tally;
    const char *name = capture_name(job);
    if (job->record)
        smini_record_output(job->record, inspector, flow, reading, output);
    if (smini_facts_message(&job->fact, &job->index, inspector, flow, reading, output, name)) {
        smini_lane_message(job->lane, &job->fact.message);
        tally->messages += output->message->kind == SMIN_KIND_MESSAGE;
    }
    count_alerts(job, flow, output);
}

static void on_flow(void *user, const struct smini_flow_view *flow)
{
    struct job *job = user;
    struct smini_incident_flow fact;
    smini_facts_flow(&fact, flow, capture_name(job));
    if (job->record)
        smini_record_flow(job->record, flow);
    if (flow->protocol == 6)
        smini_lane_flow(job->lane, &fact);
}

static void on_file(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                    const struct smini_file_view *file)
{
    struct job *job = user;
    struct smini_incident_transfer fact;
    smini_facts_transfer(&fact, inspector, flow, file, capture_name(job));
    if (job->record)
        smini_record_file(job->record, inspector, flow, file);
    if (job->options->evidence)
        smini_evidence_moved(&job->options->evidence->watch, &fact);
    smini_lane_transfer(job->lane, &fact);
}

static void on_file_output(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                           const struct smini_file_view *file, const struct smin_output *output)
{
    struct job *job = user;
    (void)capture_name(job);
    if (job->record)
        smini_record_file_output(job->record, inspector, flow, file, output);
    count_alerts(job, flow, output);
}

static void on_announced(void *user, uint64_t flow_id, uint64_t announcer_id, int own)
{
    const struct job *job = user;
    smini_evidence_announced(&job->options->evidence->watch, flow_id, announcer_id, own);
}

static void on_thread_end(void *user, const struct smin_inspector *inspector, struct smin_thread *thread)
{
    const struct job *job = user;
    if (job->options->profile)
        smini_profile_add(job->options->profile, inspector, thread);
}

static void on_problem(void *user, const struct smini_problem *problem)
{
    struct job *job = user;
    struct smini_tally *tally = &job->lane->tally;
    const char *name = capture_name(job);
    tally->anomalies++;
    if (problem->lost) {
        tally->lost++;
        smini_tally_note(tally, &job->lane->alloc, name, problem);
        if (job->options->evidence)
            smini_evidence_lost(&job->options->evidence->watch, job->lane->index, problem);
    }
    if (job->record)
        smini_record_problem(job->record, problem);
}

static void on_counters(void *user, const struct smini_run_counters *counters)
{
    struct job *job = user;
    capture_name(job);
    job->lane->tally.packets += counters->packets;
    job->lane->tally.bytes += counters->wire_bytes;
    job->lane->tally.captures_read++;
    if (job->options->evidence)
        smini_evidence_counters(&job->options->evidence->watch, job->lane->index, counters);
    job->lane->tally.files_unstored += counters->files_unstored;
    job->lane->tally.files_unsearched += counters->files_unsearched;
    if (counters->packets && counters->first_ns < job->lane->tally.first_ns)
        job->lane->tally.first_ns = counters->first_ns;
    if (counters->packets && counters->last_ns > job->lane->tally.last_ns)
        job->lane->tally.last_ns = counters->last_ns;
    if (job->record)
        smini_record_counters(job->record, counters);
    job->name_stale = true;
}

static int keep_going(void *user, uint64_t position)
{
    struct job *job = user;
    struct smini_progress *progress = job->options->progress;
    if (progress) {
        atomic_fetch_add(&progress->bytes, position - job->position);
        job->position = position;
        smini_progress_tick(progress);
    }
    return !smini_tool_interrupted;
}

static void report_unreadable(struct job *job, int error)
{
    struct smini_problem problem = {.layer = "capture",
                                    .event = "file_unreadable",
                                    .detail = strerror(error),
                                    .status = SMIN_E_IO,
                                    .lost = 1,
                                    .file_offset = UINT64_MAX};
    on_problem(job, &problem);
}

static int32_t make_record(struct job *job, struct smini_alloc *alloc)
{
    struct smini_json_output output = {.write = smini_lane_write, .user = job->lane};
    struct smini_record_options options = {.inspectors = job->engine->tables,
                                           .inspector_count = job->engine->inspector_count,
                                           .machine_facts = job->options->machine_facts,
                                           .sandbox = job->options->sandbox,
                                           .version = SMIN_VERSION};
    if (!job->options->records)
        return SMIN_OK;
    int32_t status = smini_record_new(&job->record, alloc, &options, &output);
    return status == SMIN_OK ? smini_record_capture(job->record, job->name) : status;
}

/* Damage in the input was reported by the pump; what comes back here is the program's or the system's. */
static int32_t read_capture(struct job *job, struct smini_alloc *alloc, int fd)
{
    struct smini_sink sink = {.user = job,
                              .on_output = on_output,
                              .on_flow = on_flow,
                              .on_problem = on_problem,
                              .on_counters = on_counters,
                              .on_file = on_file,
                              .on_file_output = on_file_output,
                              .files = job->options->files,
                              .on_announced = job->options->evidence ? on_announced : NULL,
                              .on_thread_end = on_thread_end};
    int32_t status = smini_run_new(&job->run, alloc, &job->options->run, job->engine->inspectors,
                                   job->engine->inspector_count, &sink);
    if (status != SMIN_OK)
        return status;
    job->name_stale = true;
    status = smini_run_capture(job->run, fd, job->name, keep_going, job);
    smini_run_free(&job->run);
    return status <= SMIN_STATUS_FATAL && status != SMIN_E_IO ? status : SMIN_OK;
}

static int32_t run_job(struct job *job, const struct smini_input_file *input)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    job->name = input->name;
    job->lane->tally.captures++;
    int32_t status = make_record(job, &alloc);
    int fd = -1, error = input->error;
    if (status == SMIN_OK && !error) {
        fd = strcmp(input->path, "-") == 0 ? dup(STDIN_FILENO) : open(input->path, O_RDONLY | O_CLOEXEC);
        error = fd < 0 ? errno : 0;
    }
    if (status == SMIN_OK && error)
        report_unreadable(job, error);
    else if (status == SMIN_OK)
        status = read_capture(job, &alloc, fd);
    if (fd >= 0)
        close(fd);
    if (job->record) {
        smini_record_flush(job->record);
        job->lane->tally.anomalies = smini_record_anomalies(job->record);
        smini_record_free(&job->record);
    }
    job->lane->tally.memory_peak = alloc.peak;
    return status;
}

struct worker {
    pthread_t thread;
    struct smini_engine *engine;
    const struct smini_inputs *inputs;
    const struct smini_batch_options *options;
    struct smini_order *order;
    int32_t status;
    struct job job;
};

static void *work(void *user)
{
    struct worker *worker = user;
    struct smini_lane *lane;
    while ((lane = smini_order_take(worker->order))) {
        struct job *job = &worker->job;
        memset(job, 0, sizeof(*job));
        job->engine = worker->engine;
        job->options = worker->options;
        job->lane = lane;
        int32_t status = run_job(job, &worker->inputs->items[lane->index]);
        if (status < worker->status)
            worker->status = status;
        if (worker->options->progress) {
            atomic_fetch_add(&worker->options->progress->files, 1);
            smini_progress_tick(worker->options->progress);
        }
        smini_order_done(lane);
    }
    return NULL;
}

/* The calling thread works too; a thread that cannot be had is one less. */
static int32_t run_workers(struct worker *workers, uint32_t threads)
{
    uint32_t started = 1;
    int32_t worst = SMIN_OK;
    while (started < threads && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    work(&workers[0]);
    for (uint32_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    for (uint32_t i = 0; i < started; i++)
        if (workers[i].status < worst)
            worst = workers[i].status;
    return worst;
}

static int32_t run_all(struct smini_engine *engine, const struct smini_inputs *inputs,
                       const struct smini_batch_options *options, struct smini_batch_result *result)
{
    uint32_t threads = options->threads < inputs->count ? options->threads : inputs->count;
    struct smini_order order = {0};
    struct worker *workers = threads ? smini_alloc_array(&result->alloc, threads, sizeof(*workers)) : NULL;
    if (!workers)
        return threads ? SMIN_E_NOMEM : SMIN_OK;
    int32_t status = smini_order_init(&order, &result->alloc, threads, inputs->count);
    order.output = options->output;
    order.incidents = result->incidents;
    order.tally = &result->tally;
    for (uint32_t i = 0; i < threads; i++) {
        workers[i].engine = engine;
        workers[i].inputs = inputs;
        workers[i].options = options;
        workers[i].order = &order;
    }
    if (status == SMIN_OK) {
        status = run_workers(workers, threads);
        result->output_error = order.output_error;
        /* A limit is counted and told with the incidents; only missing memory is a failure. */
        if (order.status <= SMIN_STATUS_FATAL && order.status < status)
            status = order.status;
    }
    smini_order_free(&order);
    smini_alloc_free(&result->alloc, workers, threads * sizeof(*workers));
    return status;
}

/* Devices and incidents follow the records of all captures. */
static int32_t write_findings(const struct smini_batch_options *options, struct smini_batch_result *result)
{
    struct smini_json json;
    if (!options->records || result->output_error)
        return SMIN_OK;
    if (smini_json_init(&json, &result->alloc, 0, &options->output) != SMIN_OK)
        return SMIN_E_NOMEM;
    smini_report_records(&json, result->incidents);
    smini_json_flush(&json);
    result->output_error = json.error;
    smini_json_free(&json);
    return SMIN_OK;
}

int32_t smini_batch_run(struct smini_engine *engine, const struct smini_inputs *inputs,
                        const struct smini_batch_options *options, struct smini_batch_result *result)
{
    memset(result, 0, sizeof(*result));
    smini_alloc_init(&result->alloc, 0);
    smini_tally_init(&result->tally);
    int32_t status = smini_incident_new(&result->incidents, &result->alloc, &options->incident);
    if (status == SMIN_OK)
        status = run_all(engine, inputs, options, result);
    if (result->incidents) {
        int32_t finished = smini_incident_finish(result->incidents);
        status = finished < status ? finished : status;
        finished = finished == SMIN_OK ? write_findings(options, result) : SMIN_OK;
        status = finished < status ? finished : status;
    }
    result->memory_peak = result->tally.memory_peak + result->alloc.peak;
    result->interrupted = smini_tool_interrupted != 0;
    result->status = status;
    return status;
}

void smini_batch_free(struct smini_batch_result *result)
{
    smini_tally_free(&result->tally, &result->alloc);
    smini_incident_free(&result->incidents);
}
