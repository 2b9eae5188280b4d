/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/run.h"

#include <sys/random.h>

#include "replay/drive.h"
#include "replay/file_carry.h"
#include "replay/file_judge.h"
#include "replay/flow_life.h"
#include "replay/flow_report.h"
#include "replay/flow_view.h"
#include "replay/tcp_overlap.h"

enum { FLOWS_SHIFT = 6 };

void smini_run_options_default(struct smini_run_options *options)
{
    const uint64_t second = 1000000000u, mebibyte = 1024 * 1024;
    memset(options, 0, sizeof(*options));
    options->overlap = SMINI_OVERLAP_BOTH;
    options->checksum = SMINI_CHECKSUM_REPORT;
    smini_capture_limits_default(&options->capture);
    smini_defrag_limits_default(&options->defrag);
    options->flows_max = 2u << 20;                 /* 180 MiB of records and slots */
    options->tracked_max = 256u << 10;             /* 128 MiB; a scan of a /14 within the time-out */
    options->tcp_idle_ns = 3600 * second;          /* attackers wait; memory is bounded by the counts above */
    options->udp_idle_ns = 300 * second;
    options->flow_buffer_max = mebibyte;           /* beyond any window a switch offers */
    options->total_buffer_max = 64 * mebibyte;
    options->history_max = 64 * 1024;              /* a window without scaling: what a sender may still repeat */
    options->total_history_max = 128 * mebibyte;
    options->file_beginning_max = 1024 * 1024;     /* positions in rules end there */
    options->file_beginnings_max = 64 * mebibyte;  /* a thousand files at once, each with what rules look at by default */
}

/* ---- problems ---- */

static void pass_on(struct smini_run *run, struct smini_problem *problem)
{
    run->counters.problems++;
    if (problem->lost && problem->status < run->worst)
        run->worst = problem->status;
    if (run->sink.on_problem)
        run->sink.on_problem(run->sink.user, problem);
}

/* From capture and defragmentation. */
static void from_below(void *user, const struct smini_problem *problem)
{
    struct smini_run *run = user;
    struct smini_problem copy = *problem;
    if (copy.status == SMIN_E_LIMIT)
        run->counters.limits++;
    pass_on(run, &copy);
}

void smini_pump_problem(struct smini_run *run, struct smini_flow *flow, const char *layer, const char *event,
                        const char *detail, int32_t status, int lost)
{
    struct smini_flow_view view;
    struct smini_problem problem = {.layer = layer,
                                    .event = event,
                                    .detail = detail,
                                    .status = status,
                                    .lost = lost,
                                    .file_offset = UINT64_MAX,
                                    .packet_number = run->moment.packet,
                                    .time_ns = run->moment.time_ns};
    if (flow && status != SMIN_E_NOMEM && status != SMIN_E_LIMIT && smini_flow_is_quiet(run, flow))
        return;
    if (flow) {
        smini_flow_view_make(run, flow, &view);
        problem.flow = &view;
    }
    pass_on(run, &problem);
}

void smini_pump_limit(struct smini_run *run, enum smini_told kind, struct smini_flow *flow, const char *event,
                      const char *detail)
{
    run->counters.limits++;
    if (run->told & 1u << kind)
        return;
    run->told |= 1u << kind;
    const char *layer = kind == SMINI_TOLD_BAD ? "capture" : kind >= SMINI_TOLD_EXPECTED ? "run" : "tcp";
    smini_pump_problem(run, flow, layer, event, detail, SMIN_E_LIMIT, 0);
}

void smini_pump_nomem(struct smini_run *run, struct smini_flow *flow, const char *detail)
{
    if (run->worst > SMIN_E_NOMEM)
        run->worst = SMIN_E_NOMEM;
    if (run->told & 1u << SMINI_TOLD_MEMORY) {
        run->counters.problems++;
        return;
    }
    run->told |= 1u << SMINI_TOLD_MEMORY;
    smini_pump_problem(run, flow, "run", "out_of_memory", detail, SMIN_E_NOMEM, 1);
}

/* ---- making and freeing ---- */

static bool usable(const struct smini_run_inspector *inspector)
{
    const struct smin_inspector *table = inspector->inspector;
    return table && inspector->instance && table->thread_new && table->thread_free && table->flow_new &&
           table->flow_free && table->probe && table->feed && table->gap && table->end;
}

static void note_ports(struct smini_run *run, const struct smin_inspector *inspector)
{
    for (unsigned i = 0; i < inspector->tcp_port_count; i++)
        run->hinted[inspector->tcp_ports[i] / 64] |= (uint64_t)1 << (inspector->tcp_ports[i] % 64);
}

static bool names_port(const struct smin_inspector *inspector, uint16_t port)
{
    for (unsigned i = 0; i < inspector->tcp_port_count; i++)
        if (inspector->tcp_ports[i] == port)
            return true;
    return false;
}

int32_t smini_run_hinted_by(const struct smini_run *run, uint16_t port)
{
    for (uint32_t i = 0; i < run->inspector_count && smini_run_hints(run, port); i++)
        if (names_port(run->inspectors[i].inspector, port))
            return (int32_t)i;
    return -1;
}

bool smini_run_hinted_elsewhere(const struct smini_run *run, uint16_t port, uint16_t inspector)
{
    for (uint32_t i = 0; i < run->inspector_count && smini_run_hints(run, port); i++)
        if (i != inspector && names_port(run->inspectors[i].inspector, port))
            return true;
    return false;
}

/* An inspector that tells what it wants costs no more than that; one that does not gets every datagram it can read. */
static void note_wishes(struct smini_run *run, uint32_t index)
{
    const struct smini_run_inspector *inspector = &run->inspectors[index];
    const struct smin_inspector *table = inspector->inspector;
    struct smini_run_wishes *wishes = &run->wishes[index];
    const struct smin_ext_packet *packets = table->extension ? table->extension(SMIN_EXT_PACKET) : NULL;
    const struct smin_ext_expected *expected = table->extension ? table->extension(SMIN_EXT_EXPECTED) : NULL;
    if (packets && (!SMIN_HAS(packets, packet) || !packets->wanted || !packets->packet))
        packets = NULL;
    if (expected && SMIN_HAS(expected, flow_new) && expected->flow_new)
        wishes->expected = expected;
    uint32_t wanted = packets ? packets->wanted(inspector->instance) : SMIN_WANTS_DATAGRAMS;
    wishes->datagrams = table->datagram && (wanted & SMIN_WANTS_DATAGRAMS);
    wishes->by_first = packets != NULL;
    run->datagrams |= wishes->datagrams;
    run->datagram_flows |= wishes->datagrams && wishes->by_first;
    run->late_datagrams |= wishes->datagrams && !wishes->by_first;
    if (wanted & SMIN_WANTS_PACKETS) {
        wishes->packets = packets;
        if (run->packet_memory < 0 && (wanted & SMIN_WANTS_PACKET_FLOWS))
            run->packet_memory = (int32_t)index;
        run->packets = true;
    }
}

static int32_t make_threads(struct smini_run *run, const struct smini_run_inspector *inspectors, uint32_t count)
{
    run->inspectors = smini_alloc_array(run->alloc, count, sizeof(*run->inspectors));
    run->threads = smini_alloc_array(run->alloc, SMINI_RUN_THREADS * (size_t)count, sizeof(struct smin_thread *));
    run->wishes = smini_alloc_array(run->alloc, count, sizeof(*run->wishes));
    run->inspector_count = count;
    if (!run->inspectors || !run->threads || !run->wishes)
        return SMIN_E_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        run->inspectors[i] = inspectors[i];
        int32_t status = inspectors[i].inspector->thread_new(inspectors[i].instance, &run->threads[i]);
        if (status != SMIN_OK)
            return status < 0 ? status : SMIN_E_INTERNAL;
        note_ports(run, inspectors[i].inspector);
        note_wishes(run, i);
        smini_file_judge_wishes(run, i);
    }
    return SMIN_OK;
}

static void free_threads(struct smini_run *run)
{
    size_t count = run->threads && run->inspectors ? SMINI_RUN_THREADS * (size_t)run->inspector_count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct smin_inspector *inspector = run->inspectors[i % run->inspector_count].inspector;
        if (run->threads[i] && run->sink.on_thread_end)
            run->sink.on_thread_end(run->sink.user, inspector, run->threads[i]);
        if (run->threads[i])
            inspector->thread_free(run->threads[i]);
        run->threads[i] = NULL;
    }
}

/* What inspectors remember beyond flows, such as counts of alerts, ends with the capture, like the flows. */
static int32_t renew_threads(struct smini_run *run)
{
    int32_t status = SMIN_OK;
    if (run->threads_used)
        free_threads(run);
    for (uint32_t i = 0; i < run->inspector_count && run->threads_used && status == SMIN_OK; i++)
        status = run->inspectors[i].inspector->thread_new(run->inspectors[i].instance, &run->threads[i]);
    run->threads_used = true;
    return status > 0 ? SMIN_E_INTERNAL : status;
}

/* A secret that no capture can have been written for. Without the kernel's help: where this object lies. */
static void make_secret(struct smini_run *run)
{
    struct smini_hash_secret *secret = &run->table.secret;
    if (getrandom(secret, sizeof(*secret), 0) == (ssize_t)sizeof(*secret))
        return;
    for (unsigned i = 0; i < 4; i++)
        secret->word[i] = smini_hash_fold((uintptr_t)run + i, 0x9e3779b97f4a7c15u);
}

static uint32_t ticks(uint64_t ns)
{
    return ns >> 20 > UINT32_MAX ? UINT32_MAX : (uint32_t)(ns >> 20);
}

int32_t smini_run_new(struct smini_run **run, struct smini_alloc *alloc, const struct smini_run_options *options,
                      const struct smini_run_inspector *inspectors, uint32_t inspector_count,
                      const struct smini_sink *sink)
{
    if (!run)
        return SMIN_E_MISUSE;
    *run = NULL;
    if (!alloc || !options || !sink || (inspector_count != 0 && !inspectors) || inspector_count > UINT16_MAX)
        return SMIN_E_MISUSE;
    for (uint32_t i = 0; i < inspector_count; i++)
        if (!usable(&inspectors[i]))
            return SMIN_E_MISUSE;
    struct smini_run *made = smini_alloc_get(alloc, sizeof(*made));
    if (!made)
        return SMIN_E_NOMEM;
    made->alloc = alloc;
    made->options = *options;
    made->sink = *sink;
    made->packet_memory = -1;
    made->problem_sink = (struct smini_problem_sink){.report = from_below, .user = made};
    made->idle_ticks = ticks(options->tcp_idle_ns);
    made->idle_udp_ticks = ticks(options->udp_idle_ns);
    made->idle_least = smini_flow_least_silence(made);
    make_secret(made);
    made->items = smini_alloc_array(alloc, SMINI_CAPTURE_BATCH, sizeof(*made->items));
    int32_t status = made->items ? SMIN_OK : SMIN_E_NOMEM;
    if (status == SMIN_OK && inspector_count != 0)
        status = make_threads(made, inspectors, inspector_count);
    if (status != SMIN_OK) {
        smini_run_free(&made);
        return status;
    }
    *run = made;
    return SMIN_OK;
}

void smini_run_free(struct smini_run **run)
{
    if (!run || !*run)
        return;
    struct smini_run *old = *run;
    struct smini_alloc *alloc = old->alloc;
    free_threads(old);
    smini_alloc_free(alloc, old->inspectors, old->inspector_count * sizeof(*old->inspectors));
    smini_alloc_free(alloc, old->threads,
                     SMINI_RUN_THREADS * (size_t)old->inspector_count * sizeof(struct smin_thread *));
    smini_alloc_free(alloc, old->wishes, old->inspector_count * sizeof(*old->wishes));
    smini_alloc_free(alloc, old->items, SMINI_CAPTURE_BATCH * sizeof(*old->items));
    smini_alloc_free(alloc, old->digests, old->digest_room * sizeof(*old->digests));
    smini_alloc_free(alloc, old->reports.views, old->reports.room * sizeof(*old->reports.views));
    smini_alloc_free(alloc, old, sizeof(*old));
    *run = NULL;
}

void smini_run_on_output(void *host_user, void *flow_user, const struct smin_output *output)
{
    (void)host_user;
    if (flow_user && output)
        smini_overlap_output(flow_user, output);
}

const void *smini_run_extension(const char *id)
{
    if (strcmp(id, SMIN_EXT_EXPECT) == 0)
        return &smini_expect_lent;
    return strcmp(id, SMIN_EXT_FILE) == 0 ? &smini_file_lent : NULL;
}

/* ---- captures ---- */

static uint32_t trail_chunks(const struct smini_run_options *options)
{
    uint64_t chunks = options->total_history_max / SMINI_TRAIL_CHUNK;
    return chunks > UINT32_MAX / 2 ? UINT32_MAX / 2 : chunks == 0 ? 1 : (uint32_t)chunks;
}

int32_t smini_pump_begin(struct smini_run *run)
{
    struct smini_hash_secret secret = run->table.secret;
    const struct smini_run_options *options = &run->options;
    smini_flow_table_init(&run->table, run->alloc, &secret, options->flows_max ? options->flows_max : 1);
    smini_arena_init(&run->flows, run->alloc, sizeof(struct smini_flow), FLOWS_SHIFT,
                     options->tracked_max ? options->tracked_max : 1);
    smini_trail_pool_init(&run->trails, run->alloc, trail_chunks(options));
    smini_hold_pool_init(&run->holds, run->alloc, options->flow_buffer_max, options->total_buffer_max);
    smini_expect_init(&run->expected, run->alloc);
    memset(&run->counters, 0, sizeof(run->counters));
    run->told = run->bad_told = run->now_tick = 0;
    run->sweep_hand = run->evict_hand = run->tracked_hand = 0;
    run->base_ns = 0;
    run->moment = (struct smini_moment){0};
    run->table_ready = true;
    return smini_defrag_new(&run->defrag, run->alloc, &options->defrag, &run->problem_sink);
}

void smini_pump_end(struct smini_run *run)
{
    if (run->defrag)
        smini_defrag_end(run->defrag);
    smini_flow_close_all(run);
    run->counters.flows_peak = run->table.peak;
    run->counters.memory_peak = run->alloc->peak;
    if (run->sink.on_counters)
        run->sink.on_counters(run->sink.user, &run->counters);
    smini_defrag_free(&run->defrag);
    smini_expect_clear(&run->expected);
    smini_flow_table_clear(&run->table);
    smini_arena_clear(&run->flows);
    smini_arena_clear(&run->trails);
    smini_arena_clear(&run->holds.blocks);
    run->table_ready = false;
}

/* Reads the capture, or the member of an archive, that is open. False: asked to stop, or unable to go on. */
static bool read_member(struct smini_run *run, int (*keep_going)(void *, uint64_t), void *user)
{
    struct smini_packet packets[SMINI_CAPTURE_BATCH];
    bool go_on = true;
    int32_t status = renew_threads(run);
    if (status != SMIN_OK) {
        run->worst = status < run->worst ? status : run->worst;
        return false;
    }
    status = smini_pump_begin(run);
    while (status == SMIN_OK && go_on) {
        uint32_t count = 0;
        status = smini_capture_next(run->capture, packets, &count);
        if (status != SMIN_OK)
            break;
        smini_pump_batch(run, packets, count);
        go_on = !keep_going || keep_going(user, smini_capture_position(run->capture));
    }
    if (status == SMIN_E_NOMEM)
        smini_pump_nomem(run, NULL, "the capture could not be read further");
    if (status < 0 && status < run->worst)
        run->worst = status;
    smini_pump_end(run);
    return go_on;
}

int32_t smini_run_capture(struct smini_run *run, int fd, const char *name,
                          int (*keep_going)(void *user, uint64_t position), void *user)
{
    if (!run || fd < 0 || !name)
        return SMIN_E_MISUSE;
    run->worst = SMIN_OK;
    int32_t status =
        smini_capture_open(&run->capture, run->alloc, fd, name, &run->options.capture, &run->problem_sink);
    if (status != SMIN_OK)
        return status;
    do {
        if (!read_member(run, keep_going, user))
            break;
        status = smini_capture_next_member(run->capture);
    } while (status == SMIN_OK);
    if (status < 0 && status < run->worst)
        run->worst = status;
    smini_capture_free(&run->capture);
    return run->worst;
}

const char *smini_run_capture_name(const struct smini_run *run)
{
    return run && run->capture ? smini_capture_name(run->capture) : "";
}
