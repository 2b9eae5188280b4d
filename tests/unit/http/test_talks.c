/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole conversations: the same log however the bytes come, and no memory is lost when there is too little of it. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "talks.h"

static struct stage *hold(const struct talk *talk, enum stage_taste taste, size_t first, size_t piece)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    stage_open(stage, taste);
    cr_expect(talk_hold(stage, talk, first, piece), "%s", talk->name);
    cr_expect(stage_close(stage), "%s", talk->name);
    cr_expect_eq(stage->begun, stage->ended, "%s: %u files begun, %u ended", talk->name, stage->begun, stage->ended);
    return stage;
}

Test(talks, are_told_the_same_byte_by_byte)
{
    for (size_t i = 0; i < talk_count; i++)
        for (int taste = STAGE_WANTS_ALL; taste <= STAGE_LENDS_NOTHING; taste++) {
            struct stage *whole = hold(&talks[i], (enum stage_taste)taste, 0, SIZE_MAX);
            struct stage *bytes = hold(&talks[i], (enum stage_taste)taste, 0, 1);
            cr_expect_str_eq(whole->log, bytes->log, "%s\n--- whole\n%s--- bytes\n%s", talks[i].name, whole->log, bytes->log);
            cr_expect(whole->log_length > 0, "%s says nothing", talks[i].name);
            cr_expect_eq(whole->contents_length, bytes->contents_length, "%s", talks[i].name);
            cr_expect_arr_eq(whole->contents, bytes->contents, whole->contents_length);
            free(whole);
            free(bytes);
        }
}

Test(talks, are_told_the_same_at_every_split)
{
    for (size_t i = 0; i < talk_count; i++) {
        struct stage *whole = hold(&talks[i], STAGE_WANTS_HOSTNAMES, 0, SIZE_MAX);
        for (size_t first = 1; first < 220; first++) {
            struct stage *split = hold(&talks[i], STAGE_WANTS_HOSTNAMES, first, SIZE_MAX);
            cr_expect_str_eq(whole->log, split->log, "%s at %zu\n--- whole\n%s--- split\n%s", talks[i].name, first,
                             whole->log, split->log);
            free(split);
        }
        free(whole);
    }
}

/* The n-th allocation fails, for every n; then all from the n-th on. */
static void starve(const struct talk *talk, bool for_good)
{
    unsigned complete = 0;
    for (uint64_t n = 1; complete < 2; n++) {
        struct stage *stage = malloc(sizeof(*stage));
        cr_assert_not_null(stage);
        stage_open(stage, STAGE_WANTS_ALL);
        if (for_good)
            failing_alloc_fail_from(&stage->failing, n);
        else
            failing_alloc_fail_nth(&stage->failing, n);
        (void)talk_hold(stage, talk, 0, 7);
        complete = stage->failing.refused == 0 ? complete + 1 : 0;
        cr_expect(stage_close(stage), "%s: allocation %llu", talk->name, (unsigned long long)n);
        free(stage);
    }
}

Test(talks, survive_every_allocation_that_fails)
{
    for (size_t i = 0; i < talk_count; i++) {
        starve(&talks[i], false);
        starve(&talks[i], true);
    }
}

Test(talks, leave_nothing_behind_when_the_flow_is_freed_anywhere)
{
    for (size_t i = 0; i < talk_count; i++)
        for (size_t lines = 0; lines < talks[i].count; lines++) {
            struct stage *stage = malloc(sizeof(*stage));
            cr_assert_not_null(stage);
            stage_open(stage, STAGE_WANTS_ALL);
            for (size_t k = 0; k <= lines; k++) {
                const struct talk_line *line = &talks[i].lines[k];
                uint32_t direction = line->who == '>' ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
                if (line->bytes)
                    (void)stage_say(stage, direction, line->bytes, line->length - (k == lines && line->length > 1));
            }
            cr_expect(stage_close(stage), "%s", talks[i].name);
            free(stage);
        }
}
