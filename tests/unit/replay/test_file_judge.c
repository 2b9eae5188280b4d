/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules on files from the host's side: what the inspector that has them is shown, when, and what becomes of its alerts. */
#include <criterion/criterion.h>
#include <string.h>

#include "replay/file_carry.h"
#include "stage.h"

enum { JUDGED_MAX = 64, TOLD_MAX = 64, WANTED = 2048 };

/* What the inspector of transfers does with the first bytes it is fed. */
struct step {
    enum { BEGIN, DATA, GAP, END } does;
    uint64_t number; /* flags, length, length, state */
};

static struct {
    const struct step *steps;
    size_t count;
    int32_t wanted_status;
    uint64_t wanted;
    bool alerts; /* on every file */
    struct {
        uint64_t length;
        uint32_t flags;
        uint8_t first, last;
    } judged[JUDGED_MAX];
    uint32_t judged_count;
    uint32_t alert_count;
    uint64_t alert_size[JUDGED_MAX]; /* of the file, when it was told */
    struct smini_file_view told[TOLD_MAX];
    uint32_t told_count;
} scene;

struct smin_instance {
    const struct smin_host *host;
};

struct smin_thread {
    const struct smin_host *host;
};

struct smin_flow {
    void *user;
};

/* A byte of a file by its place. */
static uint8_t byte_at(uint64_t place)
{
    return (uint8_t)(place % 251);
}

static int32_t instance_new(const struct smin_host *host, const struct smin_config *config,
                            struct smin_instance **instance)
{
    static struct smin_instance only;
    (void)config;
    only.host = host;
    *instance = &only;
    return SMIN_OK;
}

static void instance_free(struct smin_instance *instance)
{
    (void)instance;
}

static int32_t thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    static struct smin_thread only;
    only.host = instance->host;
    *thread = &only;
    return SMIN_OK;
}

static void thread_free(struct smin_thread *thread)
{
    (void)thread;
}

static int32_t flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                        struct smin_flow **flow)
{
    static struct smin_flow only;
    (void)thread;
    (void)info;
    only.user = flow_user;
    *flow = &only;
    return SMIN_OK;
}

static void flow_free(struct smin_thread *thread, struct smin_flow *flow)
{
    (void)thread;
    (void)flow;
}

static int32_t takes(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    (void)thread;
    (void)info;
    (void)input;
    return SMIN_PROBE_YES;
}

static int32_t turns_down(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    (void)thread;
    (void)info;
    (void)input;
    return SMIN_PROBE_NO;
}

static struct smin_result nothing(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    (void)thread;
    (void)flow;
    return (struct smin_result){.status = SMIN_OK, .consumed = input->length};
}

static void give(const struct smin_ext_file *host, struct smin_file_handle *file, uint64_t *place, uint64_t length)
{
    uint8_t bytes[600];
    while (length > 0) {
        uint64_t part = length < sizeof(bytes) ? length : sizeof(bytes);
        for (uint64_t i = 0; i < part; i++)
            bytes[i] = byte_at(*place + i);
        host->data(NULL, file, bytes, part);
        *place += part;
        length -= part;
    }
}

static struct smin_result move(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    const struct smin_ext_file *host = smini_run_extension(SMIN_EXT_FILE);
    struct smin_file about = {.struct_size = sizeof(about), .name = (const uint8_t *)"f", .name_length = 1,
                              .size = UINT64_MAX};
    struct smin_file_handle *file = NULL;
    uint64_t place = 0;
    (void)thread;
    for (size_t i = 0; i < scene.count; i++) {
        const struct step *step = &scene.steps[i];
        if (step->does == BEGIN) {
            about.flags = (uint32_t)step->number;
            place = 0;
            cr_assert_eq(host->begin(NULL, flow->user, &about, &file), SMIN_OK);
        } else if (step->does == DATA) {
            give(host, file, &place, step->number);
        } else if (step->does == GAP) {
            host->gap(NULL, file, step->number);
        } else {
            host->end(NULL, file, (uint32_t)step->number, input->time_ns, input->packet_number);
        }
    }
    scene.count = 0;
    return (struct smin_result){.status = SMIN_OK, .consumed = input->length};
}

static int32_t wanted(const struct smin_instance *instance, uint64_t *bytes)
{
    (void)instance;
    *bytes = scene.wanted;
    return scene.wanted_status;
}

static int32_t judge(struct smin_thread *thread, struct smin_flow *flow, const struct smin_file_head *file,
                     void *flow_user)
{
    static const struct smin_rule_info rule = {.struct_size = sizeof(rule), .action = "alert", .msg = ""};
    static const struct smin_alert alert = {.rule = &rule};
    cr_assert_lt(scene.judged_count, JUDGED_MAX);
    cr_expect_null(flow, "it was given none");
    cr_expect_str_eq(file->inspector, "giver");
    cr_expect_eq(file->flow->server_port, FAKE_PORT);
    scene.judged[scene.judged_count].length = file->length;
    scene.judged[scene.judged_count].flags = file->flags;
    scene.judged[scene.judged_count].first = file->length ? file->bytes[0] : 0;
    scene.judged[scene.judged_count++].last = file->length ? file->bytes[file->length - 1] : 0;
    struct smin_message message = {.struct_size = sizeof(message), .kind = SMIN_KIND_FILE};
    struct smin_output output = {.struct_size = sizeof(output), .alert_count = 1, .alert_stride = sizeof(alert),
                                 .message = &message, .alerts = &alert};
    if (scene.alerts)
        thread->host->on_output(thread->host->user, flow_user, &output);
    return file->flags & SMIN_FILE_HEAD_MORE ? SMIN_MORE : SMIN_OK;
}

static const void *rules_extension(const char *id)
{
    static const struct smin_ext_file_rules table = {.struct_size = sizeof(table), .wanted = wanted, .judge = judge};
    static const struct smin_ext_packet none = {.struct_size = sizeof(none)};
    return strcmp(id, SMIN_EXT_FILE_RULES) == 0 ? (const void *)&table : strcmp(id, SMIN_EXT_PACKET) == 0 ? &none : NULL;
}

static const uint16_t ports[] = {FAKE_PORT};

#define TABLE                                                                                              \
    .struct_size = sizeof(struct smin_inspector), .abi_major = SMIN_ABI_MAJOR, .abi_minor = SMIN_ABI_MINOR, \
    .version = "1", .vendor = "tests", .licence = "BSD-2-Clause", .instance_new = instance_new,            \
    .instance_free = instance_free, .thread_new = thread_new, .thread_free = thread_free,                  \
    .flow_new = flow_new, .flow_free = flow_free, .gap = nothing, .end = nothing

static const struct smin_inspector giver = {
    TABLE, .id = "org.smin.giver", .name = "giver", .tcp_port_count = 1, .tcp_ports = ports, .probe = takes, .feed = move};
static const struct smin_inspector judging = {
    TABLE, .id = "org.smin.judge", .name = "judge", .probe = turns_down, .feed = nothing, .extension = rules_extension};

static void on_file(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                    const struct smini_file_view *file)
{
    (void)user;
    (void)inspector;
    (void)flow;
    cr_assert_lt(scene.told_count, TOLD_MAX);
    scene.told[scene.told_count++] = *file;
}

static void on_file_output(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                           const struct smini_file_view *file, const struct smin_output *output)
{
    (void)user;
    (void)flow;
    cr_expect_str_eq(inspector->name, "giver", "a file's alert speaks of the one that moved it");
    cr_assert_lt(scene.alert_count, JUDGED_MAX);
    scene.alert_size[scene.alert_count] = file->size;
    scene.alert_count += output->alert_count;
}

static void on_problem(void *user, const struct smini_problem *problem)
{
    struct stage *stage = user;
    strncpy(stage->problems[stage->problem_count++], problem->event, sizeof(stage->problems[0]) - 1);
}

static void on_counters(void *user, const struct smini_run_counters *counters)
{
    ((struct stage *)user)->counters = *counters;
}

/* Both inspectors, and one connection whose first bytes set the steps off. */
static struct stage *play_within(const struct step *steps, size_t count, uint64_t budget)
{
    struct stage *stage = stage_open();
    struct smini_sink sink = {.user = stage, .on_file = on_file, .on_file_output = on_file_output,
                              .on_problem = on_problem, .on_counters = on_counters};
    struct smini_run_inspector with[] = {{.inspector = &giver}, {.inspector = &judging}};
    scene.steps = steps;
    scene.count = count;
    scene.judged_count = scene.alert_count = scene.told_count = 0;
    stage_add(stage, &(struct stage_segment){.flags = 2, .sequence = 99});
    stage_add(stage, &(struct stage_segment){.flags = 0x12, .from_server = true, .sequence = 199, .acknowledgement = 100});
    stage_add(stage, &(struct stage_segment){.flags = 0x10, .sequence = 100, .acknowledgement = 200, .bytes = "go",
                                             .length = 2});
    for (size_t i = 0; i < 2; i++)
        cr_assert_eq(with[i].inspector->instance_new(&stage->host, NULL, &with[i].instance), SMIN_OK);
    stage->options.file_beginnings_max = budget;
    cr_assert_eq(smini_run_new(&stage->run, &stage->memory.alloc, &stage->options, with, 2, &sink), SMIN_OK);
    cr_assert_eq(smini_pump_begin(stage->run), SMIN_OK);
    smini_pump_batch(stage->run, stage->packets, stage->packet_count);
    cr_expect_eq(scene.count, 0, "the steps were not taken");
    smini_pump_end(stage->run);
    cr_expect_eq(stage->run->file_memory, 0, "what was kept of files was given back");
    smini_run_free(&stage->run);
    return stage;
}

#define PLAY(steps) play_within((steps), sizeof(steps) / sizeof((steps)[0]), 1 << 20)

static void want(int32_t status, uint64_t bytes, bool alerts)
{
    scene.wanted_status = status;
    scene.wanted = bytes;
    scene.alerts = alerts;
}

static void expect_judged(uint32_t index, uint64_t length, uint32_t flags)
{
    cr_assert_lt(index, scene.judged_count);
    cr_expect_eq(scene.judged[index].length, length, "%lu bytes", (unsigned long)scene.judged[index].length);
    cr_expect_eq(scene.judged[index].flags, flags);
    cr_expect(length == 0 || (scene.judged[index].first == byte_at(0) && scene.judged[index].last == byte_at(length - 1)));
}

static void close_clean(struct stage *stage)
{
    cr_expect(failing_alloc_clean(&stage->memory));
    stage_close(stage);
}

Test(file_judge, a_file_is_judged_once_when_it_ended_or_there_is_more_than_is_wanted)
{
    static const uint64_t lengths[] = {0, 1, 600, WANTED - 1, WANTED, WANTED + 1, 5 * WANTED};
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        const struct step steps[] = {{BEGIN, 0}, {DATA, lengths[i]}, {END, SMIN_FILE_CLOSED}};
        bool more = lengths[i] > WANTED;
        want(SMIN_OK, WANTED, true);
        struct stage *stage = PLAY(steps);
        cr_assert_eq(scene.judged_count, 1);
        expect_judged(0, more ? WANTED : lengths[i], more ? SMIN_FILE_HEAD_MORE : 0);
        cr_expect_eq(scene.alert_count, 1);
        cr_expect_eq(scene.told_count, 1);
        cr_expect_eq(scene.told[0].size, lengths[i]);
        cr_expect_eq(stage_problems(stage, "file_rest_unsearched"), more);
        cr_expect_eq(stage->counters.files_unsearched, more);
        close_clean(stage);
    }
}

Test(file_judge, nobody_who_wants_nothing_is_asked)
{
    static const struct step steps[] = {{BEGIN, 0}, {DATA, 5000}, {END, SMIN_FILE_CLOSED}};
    want(SMIN_E_NOT_FOUND, WANTED, true);
    struct stage *stage = PLAY(steps);
    cr_expect_eq(scene.judged_count, 0);
    cr_expect_eq(scene.told_count, 1);
    close_clean(stage);
}

Test(file_judge, names_alone_keep_nothing_of_a_file)
{
    static const struct step steps[] = {{BEGIN, 0}, {DATA, 5000}, {GAP, 7}, {DATA, 1}, {END, SMIN_FILE_CLOSED}};
    want(SMIN_OK, 0, true);
    struct stage *stage = play_within(steps, sizeof(steps) / sizeof(steps[0]), 0);
    cr_assert_eq(scene.judged_count, 1);
    cr_expect_eq(scene.judged[0].length, 0);
    cr_expect_eq(scene.alert_size[0], 5001, "it was told when the file ended");
    cr_expect_eq(stage->counters.files_unsearched, 0);
    close_clean(stage);
}

Test(file_judge, what_stands_behind_missing_bytes_is_not_shown)
{
    static const struct step steps[] = {{BEGIN, 0}, {DATA, 100}, {GAP, 50}, {DATA, 900}, {END, SMIN_FILE_CLOSED},
                                        {BEGIN, 0}, {GAP, 50}, {DATA, 900}, {END, SMIN_FILE_CLOSED},
                                        {BEGIN, 0}, {DATA, 30}, {END, SMIN_FILE_TRUNCATED}};
    want(SMIN_OK, WANTED, false);
    struct stage *stage = PLAY(steps);
    cr_assert_eq(scene.judged_count, 3);
    expect_judged(0, 100, SMIN_FILE_HEAD_MORE);
    expect_judged(1, 0, SMIN_FILE_HEAD_MORE);
    expect_judged(2, 30, SMIN_FILE_HEAD_MORE);
    cr_expect_eq(stage_problems(stage, "file_gap_unsearched"), 1, "told once");
    cr_expect_eq(stage->counters.files_unsearched, 3, "and counted each time");
    close_clean(stage);
}

Test(file_judge, what_did_not_move_is_not_judged_and_what_is_sealed_is_no_gap)
{
    static const struct step steps[] = {{BEGIN, 0}, {END, SMIN_FILE_REFUSED},
                                        {BEGIN, 0}, {GAP, 5000}, {END, SMIN_FILE_SEALED}};
    want(SMIN_OK, WANTED, false);
    struct stage *stage = PLAY(steps);
    cr_assert_eq(scene.judged_count, 1);
    expect_judged(0, 0, SMIN_FILE_HEAD_MORE);
    cr_expect_eq(stage->counters.files_unsearched, 0);
    cr_expect_eq(stage->problem_count, 0);
    close_clean(stage);
}

Test(file_judge, a_budget_over_all_files_is_a_limit_that_is_told_and_the_file_is_judged_as_far_as_it_came)
{
    static const struct step steps[] = {{BEGIN, 0}, {DATA, WANTED}, {END, SMIN_FILE_CLOSED},
                                        {BEGIN, 0}, {DATA, WANTED}, {END, SMIN_FILE_CLOSED}};
    want(SMIN_OK, WANTED, false);
    struct stage *stage = play_within(steps, sizeof(steps) / sizeof(steps[0]), WANTED - 1);
    cr_assert_eq(scene.judged_count, 2);
    for (uint32_t i = 0; i < 2; i++)
        cr_expect_eq(scene.judged[i].flags, SMIN_FILE_HEAD_MORE);
    cr_expect_eq(stage_problems(stage, "file_rules_memory"), 1);
    cr_expect_eq(stage->counters.files_unsearched, 2);
    cr_expect_eq(scene.told_count, 2, "both are told all the same");
    close_clean(stage);
}

Test(file_judge, an_alert_makes_a_file_told_that_would_not_be_with_all_of_its_bytes)
{
    static const uint64_t lengths[] = {10, 2000, 2049, 3000, 20000};
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
        for (uint64_t looks = 0; looks <= 4096; looks += 1024) {
            const struct step steps[] = {{BEGIN, SMIN_FILE_IF_WANTED}, {DATA, lengths[i]}, {END, SMIN_FILE_CLOSED}};
            want(SMIN_OK, looks, false);
            struct stage *quiet = PLAY(steps);
            cr_expect_eq(scene.judged_count, 1);
            cr_expect_eq(scene.told_count, 0, "no rule spoke of it");
            close_clean(quiet);
            want(SMIN_OK, looks, true);
            struct stage *stage = PLAY(steps);
            cr_expect_eq(scene.judged_count, 1);
            cr_assert_eq(scene.told_count, 1);
            cr_expect_eq(scene.told[0].size, lengths[i], "%lu of %lu bytes where rules look at %lu",
                         (unsigned long)scene.told[0].size, (unsigned long)lengths[i], (unsigned long)looks);
            struct smini_file_view with_alert = scene.told[0];
            const struct step plain[] = {{BEGIN, 0}, {DATA, lengths[i]}, {END, SMIN_FILE_CLOSED}};
            close_clean(stage);
            stage = PLAY(plain);
            cr_expect(memcmp(with_alert.sha256, scene.told[0].sha256, sizeof(with_alert.sha256)) == 0);
            close_clean(stage);
        }
}
