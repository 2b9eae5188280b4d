/* SPDX-License-Identifier: BSD-2-Clause */
/* A host that breaks the contract is told so, and nothing worse happens. */
#include <stddef.h>
#include <string.h>

#include "check.h"

/* An unknown tail may also be called what it is: a version that is too new. */
static bool is_refusal(int32_t status, bool tail)
{
    return status == SMIN_E_MISUSE || (tail && status == SMIN_E_VERSION);
}

void check_flow_info_sizes(const struct subject *subject, char *why)
{
    struct bench bench;
    /* Static: the bytes between the two are part of the tail, and must be zero as well. */
    static struct {
        struct smin_flow_info info;
        uint64_t tail[TAIL_WORDS];
    } wide;
    wide.info = drive_info();
    if (!begin_bench(&bench, subject, why))
        return;
    static const uint32_t sizes[] = {0, 4, offsetof(struct smin_flow_info, server_address), sizeof(wide), sizeof(wide)};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct smin_flow *flow = NULL;
        bool right = i == 3;
        wide.info.struct_size = sizes[i];
        wide.tail[TAIL_WORDS - 1] = i == 4;
        int32_t status = subject->inspector->flow_new(bench.thread, &wide.info, NULL, &flow);
        bool answered = right ? status == SMIN_OK : is_refusal(status, i == 4);
        if (!answered || (flow != NULL) != right)
            say_why(why, "size %u with a %s tail gave status %d and %s", (unsigned)sizes[i], i == 4 ? "set" : "zero",
                    (int)status, flow ? "a flow" : "no flow");
        if (flow)
            subject->inspector->flow_free(bench.thread, flow);
    }
    finish_bench(&bench, why);
}

struct wide_input {
    struct smin_input input;
    uint64_t tail[TAIL_WORDS];
};

static const struct {
    const char *what;
    uint32_t size;
    uint32_t direction;
    bool no_bytes;
    bool tail;
} wrong_inputs[] = {
    {"an input of size 0", 0, 0, false, false},
    {"an input cut short", offsetof(struct smin_input, bytes), 0, false, false},
    {"a direction that is none", sizeof(struct smin_input), SMIN_EITHER, false, false},
    {"an absurd direction", sizeof(struct smin_input), UINT32_MAX, false, false},
    {"a length without bytes", sizeof(struct smin_input), 0, true, false},
    {"an input with an unknown tail", sizeof(struct wide_input), 0, false, true},
};

static void try_wrong_inputs(struct bench *bench, struct flow_side *flow, char *why)
{
    static const uint8_t bytes[4] = {0, 0, 0, 1};
    const struct smin_inspector *inspector = bench->host.inspector;
    for (size_t i = 0; i < sizeof(wrong_inputs) / sizeof(wrong_inputs[0]); i++) {
        struct wide_input wide = {{.struct_size = wrong_inputs[i].size, .direction = wrong_inputs[i].direction,
                                   .length = sizeof(bytes), .bytes = wrong_inputs[i].no_bytes ? NULL : bytes},
                                  {0}};
        wide.tail[TAIL_WORDS - 1] = wrong_inputs[i].tail;
        int32_t status = inspector->feed(bench->thread, flow->flow, &wide.input).status;
        if (!is_refusal(status, wrong_inputs[i].tail))
            say_why(why, "feed, %s: status %d", wrong_inputs[i].what, (int)status);
        struct smin_flow_info info = drive_info();
        status = inspector->probe(bench->thread, &info, &wide.input);
        if (!is_refusal(status, wrong_inputs[i].tail))
            say_why(why, "probe, %s: status %d", wrong_inputs[i].what, (int)status);
        if (wrong_inputs[i].no_bytes)
            continue;
        wide.input.bytes = NULL;
        status = inspector->gap(bench->thread, flow->flow, &wide.input).status;
        if (!is_refusal(status, wrong_inputs[i].tail))
            say_why(why, "gap, %s: status %d", wrong_inputs[i].what, (int)status);
        wide.input.length = 0;
        status = inspector->end(bench->thread, flow->flow, &wide.input).status;
        if (!is_refusal(status, wrong_inputs[i].tail))
            say_why(why, "end, %s: status %d", wrong_inputs[i].what, (int)status);
    }
}

void check_input_misuse(const struct subject *subject, char *why)
{
    struct bench bench;
    struct flow_side flow;
    if (!begin_bench(&bench, subject, why))
        return;
    if (drive_open(&bench, &flow) == SMIN_OK) {
        flow.quiet = true;
        flow.in_call = true;
        try_wrong_inputs(&bench, &flow, why);
        drive_close(&bench, &flow);
    }
    finish_bench(&bench, why);
}

static void end_and_go_on(struct bench *bench, const struct sample *sample, uint32_t direction, char *why)
{
    struct flow_side flow;
    if (drive_open(bench, &flow) != SMIN_OK)
        return;
    (void)drive_feed(bench, &flow, direction, sample->bytes, sample->length);
    (void)drive_end(bench, &flow, direction);
    flow.quiet = true;
    int32_t again = drive_end(bench, &flow, direction).status;
    int32_t fed = drive_feed(bench, &flow, direction, sample->bytes, sample->length).status;
    int32_t lost = drive_gap(bench, &flow, direction, 5).status;
    if (again != SMIN_DONE)
        say_why(why, "\"%s\": ending a second time gave status %d, not SMIN_DONE", sample->name, (int)again);
    if (fed != SMIN_DONE || lost != SMIN_DONE)
        say_why(why, "\"%s\": feed and gap after the end gave %d and %d, not SMIN_DONE", sample->name, (int)fed,
                (int)lost);
    drive_close(bench, &flow);
}

void check_after_end(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++)
        for (uint32_t direction = 0; direction < 2; direction++)
            end_and_go_on(&bench, &subject->samples->list[i], direction, why);
    finish_bench(&bench, why);
}

void check_reentry(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++) {
        const struct sample *sample = &subject->samples->list[i];
        struct flow_side flow;
        if (drive_open(&bench, &flow) != SMIN_OK)
            continue;
        flow.reenter = true;
        (void)drive_feed(&bench, &flow, SMIN_TO_SERVER, sample->bytes, sample->length);
        (void)drive_end(&bench, &flow, SMIN_TO_SERVER);
        drive_close(&bench, &flow);
    }
    finish_bench(&bench, why);
}
