/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/match/match_run.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "decode/decode.h"
#include "smin/status.h"
#include "tests/support/guard_page.h"
#include "tests/support/rule_names.h"

void match_run_open(struct match_run *run, const char *rules, enum smini_scanner_choice choice,
                    const struct smini_match_limits *limits)
{
    struct smini_rule_names names = rule_names();
    memset(run, 0, sizeof(*run));
    failing_alloc_open(&run->memory);
    struct smini_alloc *alloc = &run->memory.alloc;
    run->facts = (struct smini_flow_facts){.ip_version = 4, .established = true, .client_port = 1000,
                                           .server_port = 4786, .client_address = {10, 0, 0, 1},
                                           .server_address = {10, 0, 0, 2}};
    cr_assert(smini_rule_set_new(alloc, &names, &run->rules) == SMIN_OK);
    int32_t status = smini_rule_set_add(run->rules, "test.rules", smini_span_text(rules));
    const struct smini_rule_diagnostic *problem = smini_rule_set_diagnostic(run->rules, 0);
    cr_assert(status == SMIN_OK, "%u:%u %s", problem ? problem->line : 0, problem ? problem->column : 0,
              problem ? problem->text : "");
    cr_assert(smini_database_new(alloc, run->rules, limits, choice, &run->database) == SMIN_OK);
    cr_assert(smini_matcher_new(alloc, run->database, &run->matcher) == SMIN_OK);
    run->remembers = smini_database_has_state(run->database);
}

void match_run_close(struct match_run *run)
{
    match_run_next_flow(run);
    smini_matcher_free(run->matcher);
    smini_database_unref(run->database);
    smini_rule_set_free(run->rules);
    cr_assert(failing_alloc_clean(&run->memory), "the matcher gave back everything");
}

void match_run_next_flow(struct match_run *run)
{
    smini_match_stream_free(run->matcher, run->stream);
    smini_match_stream_free(run->matcher, run->other_stream);
    smini_flow_memory_free(run->matcher, run->flow);
    run->stream = run->other_stream = NULL;
    run->flow = NULL;
    run->offset = run->other_offset = 0;
}

void match_run_turn(struct match_run *run)
{
    struct smini_match_stream *stream = run->stream;
    uint64_t offset = run->offset;
    run->direction = run->direction == SMIN_TO_SERVER ? SMIN_TO_CLIENT : SMIN_TO_SERVER;
    run->stream = run->other_stream;
    run->offset = run->other_offset;
    run->other_stream = stream;
    run->other_offset = offset;
}

static void recall(struct match_run *run)
{
    if (!run->flow && run->remembers)
        cr_assert(smini_flow_memory_new(run->matcher, &run->flow) == SMIN_OK);
    smini_matcher_recall(run->matcher, run->flow, run->time_ns);
}

static void forget_hits(struct match_run *run)
{
    run->hits[0] = run->places[0] = 0;
}

static void note_hits(struct match_run *run, const struct smini_hits *hits)
{
    size_t at = strlen(run->hits);
    size_t place = strlen(run->places);
    for (uint32_t i = 0; i < hits->count; i++) {
        const struct smini_hit *hit = &hits->list[i];
        at += (size_t)snprintf(run->hits + at, sizeof(run->hits) - at, "%s%u", at ? " " : "", hit->rule->sid);
        place += (size_t)snprintf(run->places + place, sizeof(run->places) - place, "%s%u@%lu+%u", place ? " " : "",
                                  hit->rule->sid, (unsigned long)hit->offset, hit->length);
    }
}

static void need_stream(struct match_run *run)
{
    if (!run->stream)
        cr_assert(smini_match_stream_new(run->matcher, &run->facts, run->direction, 0, &run->stream) == SMIN_OK);
}

static void show(void *user, const struct smin_message *message)
{
    struct match_run *run = user;
    struct smini_hits hits;
    need_stream(run);
    recall(run);
    run->status = smini_match_message(run->matcher, run->stream, &run->facts, message, &hits);
    note_hits(run, &hits);
}

static const char *show_bytes(struct match_run *run, uint32_t kind, const void *bytes, size_t length)
{
    struct smin_message message = {.struct_size = sizeof(message), .kind = kind,
                                   .direction = run->direction, .field_stride = sizeof(struct smin_field),
                                   .event_stride = sizeof(struct smin_event), .offset = run->offset,
                                   .length = length, .size = length, .bytes = bytes};
    forget_hits(run);
    show(run, &message);
    run->offset += length;
    return run->hits;
}

const char *match_run_bytes(struct match_run *run, const void *bytes, size_t length)
{
    return show_bytes(run, SMIN_KIND_MESSAGE, bytes, length);
}

const char *match_run_trailer(struct match_run *run, const void *bytes, size_t length)
{
    return show_bytes(run, SMIN_KIND_TRAILER, bytes, length);
}

const char *match_run_loose(struct match_run *run, const void *bytes, size_t length)
{
    struct smini_hits hits;
    forget_hits(run);
    need_stream(run);
    recall(run);
    run->status = smini_match_stream_bytes(run->matcher, run->stream, &run->facts, run->offset,
                                           smini_span_make(bytes, length), &hits);
    note_hits(run, &hits);
    run->offset += length;
    return run->hits;
}

const char *match_run_decoded(struct match_run *run, const void *bytes, size_t length)
{
    struct smini_decode_scratch scratch;
    struct smini_stream stream;
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    cr_assert(smini_decode_scratch_init(&scratch, &alloc, NULL) == SMIN_OK);
    smini_decode_scratch_target(&scratch, show, run);
    smini_stream_init(&stream, run->direction, true, false);
    forget_hits(run);
    (void)smini_stream_feed(&stream, &scratch, bytes, length);
    (void)smini_stream_end(&stream, &scratch);
    smini_stream_drop(&stream, &scratch);
    run->offset += length;
    smini_decode_scratch_free(&scratch);
    return run->hits;
}

void match_rows(const struct match_row *rows, size_t count, enum smini_scanner_choice choice)
{
    struct guard_page page;
    guard_page_open(&page, 64);
    for (size_t i = 0; i < count; i++) {
        struct match_run run;
        char rule[256];
        size_t length = rows[i].length ? rows[i].length : strlen(rows[i].bytes);
        (void)snprintf(rule, sizeof(rule), "alert smin any any -> any any (%s sid:1;)", rows[i].options);
        match_run_open(&run, rule, choice, NULL);
        const char *hits = match_run_bytes(&run, guard_page_put(&page, rows[i].bytes, length), length);
        cr_expect((hits[0] != 0) == rows[i].hit, "row %zu: %s", i, rows[i].options);
        match_run_close(&run);
    }
    guard_page_close(&page);
}
