/* SPDX-License-Identifier: BSD-2-Clause */
/* The same conversation cut anywhere, its streams in every order, and with memory missing. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/tables.h"
#include "stage.h"

enum { COMMANDS = 3, REPLIES = 4, PIECES = 3, STEPS = COMMANDS + REPLIES + PIECES };

static const char *const commands[COMMANDS] = {"USER me\r\nTYPE I\r\n", "PASV\r\n", "STOR d/f\r\n"};
static const char *const replies[REPLIES] = {"220 ready\r\n", "230 in\r\n200 type\r\n",
                                             "227 (198,51,100,7,171,224)\r\n", "150 opening\r\n226 done\r\n"};

/* Steps of three streams, each in its own order; the last of the data is its end. */
static int32_t play(struct stage *stage, const uint8_t *order, size_t count, size_t cut)
{
    size_t next[3] = {0, 0, 0};
    int32_t status = SMIN_OK;
    for (size_t i = 0; i < count && status >= 0; i++) {
        unsigned stream = order[i];
        size_t at = next[stream]++;
        if (stream == 2 && at == 0) {
            (void)stage_connect(stage);
        } else if (stream == 2 && at == PIECES - 1) {
            stage_end(stage, STAGE_DATA, true);
        } else {
            const char *text = stream == 0 ? commands[at] : stream == 1 ? replies[at] : "contents";
            unsigned flow = stream == 2 ? STAGE_DATA : STAGE_CONTROL;
            uint32_t direction = stream == 1 ? SMIN_TO_CLIENT : SMIN_TO_SERVER;
            size_t length = strlen(text), first = cut < length ? cut : length;
            for (size_t done = 0; done < length && status >= 0; done += first ? first : 1)
                status = stage_send(stage, flow, direction, text + done,
                                    length - done < (first ? first : 1) ? length - done : (first ? first : 1));
        }
    }
    stage_end(stage, STAGE_CONTROL, true);
    stage_end(stage, STAGE_DATA, true);
    return status;
}

static size_t place_of(const uint8_t *order, unsigned stream, size_t which)
{
    for (size_t i = 0;; i++)
        if (order[i] == stream && which-- == 0)
            return i;
}

static unsigned orders, joined, closed;

static void check(const uint8_t *order)
{
    static struct stage stage;
    stage_open(&stage, true, 21);
    cr_assert_geq(play(&stage, order, STEPS, 1000), 0);
    bool known = place_of(order, 2, 0) > place_of(order, 0, 1) && place_of(order, 2, 0) > place_of(order, 1, 2);
    bool replied = place_of(order, 2, 2) > place_of(order, 1, 3) && place_of(order, 2, 2) > place_of(order, 0, 2);
    bool late = place_of(order, 2, 2) < place_of(order, 0, 2);
    orders++;
    joined += known;
    cr_assert_eq(stage.file.count, 1);
    cr_assert_str_eq(stage.file.name, "d/f");
    cr_assert_eq(stage.begun, 1);
    cr_assert_eq(stage.ended, 1);
    cr_assert_eq(stage.file.code, replied || !known || late ? 226 : stage.file.code);
    if (!known) {
        cr_assert_str_eq(stage.file.state, "truncated");
        cr_assert(stage.events >> SMINI_FTP_EVENT_DATA_UNSEEN & 1);
    } else {
        bool whole = replied || late;
        closed += whole;
        cr_assert_eq(stage.given, 8);
        cr_assert_str_eq(stage.file.state, whole ? "closed" : "unconfirmed");
    }
    cr_assert(stage_close(&stage));
}

static void permute(uint8_t *order, size_t at, size_t commands_left, size_t replies_left, size_t pieces_left)
{
    if (at == STEPS) {
        check(order);
        return;
    }
    for (uint8_t stream = 0; stream < 3; stream++) {
        size_t *left = stream == 0 ? &commands_left : stream == 1 ? &replies_left : &pieces_left;
        if (*left == 0)
            continue;
        order[at] = stream;
        (*left)--;
        permute(order, at + 1, commands_left, replies_left, pieces_left);
        (*left)++;
    }
}

Test(order, every_order_of_the_three_streams_tells_one_transfer_by_its_name)
{
    uint8_t order[STEPS];
    permute(order, 0, COMMANDS, REPLIES, PIECES);
    cr_expect_eq(orders, 4200);
    cr_expect_gt(joined, 200);
    cr_expect_gt(closed, 100);
}

static const uint8_t usual[STEPS] = {1, 0, 1, 0, 1, 0, 2, 2, 1, 2};

Test(order, every_size_of_pieces_tells_the_same)
{
    static struct stage stage;
    for (size_t cut = 0; cut < 40; cut++) {
        stage_open(&stage, true, 21);
        cr_assert_eq(play(&stage, usual, STEPS, cut), SMIN_OK);
        cr_expect_str_eq(stage.file.state, "closed", "cut %zu", cut);
        cr_expect_str_eq(stage.file.name, "d/f");
        cr_expect_eq(stage.given, 8);
        cr_expect_eq(stage.events, 0);
        cr_assert(stage_close(&stage));
    }
}

Test(order, any_one_allocation_may_fail)
{
    static struct stage stage;
    for (unsigned from = 0; from < 2; from++)
        for (uint64_t n = 1; n < 1000; n++) {
            stage_open(&stage, true, 21);
            if (from)
                failing_alloc_fail_from(&stage.failing, n);
            else
                failing_alloc_fail_nth(&stage.failing, n);
            (void)play(&stage, usual, STEPS, 3);
            bool reached = stage.failing.refused > 0;
            cr_expect_geq(stage.begun, stage.ended); /* a flow that failed takes its file with it */
            cr_assert(stage_close(&stage), "allocation %lu", (unsigned long)n);
            if (!reached) {
                cr_expect_gt(n, 8);
                break;
            }
        }
}

Test(order, a_conversation_may_stop_anywhere)
{
    static struct stage stage;
    for (size_t count = 0; count <= STEPS; count++) {
        stage_open(&stage, true, 21);
        cr_assert_eq(play(&stage, usual, count, 1000), SMIN_OK);
        cr_expect_eq(stage.begun, stage.ended);
        cr_expect_leq(stage.file.count, 1);
        cr_assert(stage_close(&stage));
    }
}
