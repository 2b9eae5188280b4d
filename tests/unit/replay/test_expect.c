/* SPDX-License-Identifier: BSD-2-Clause */
/* Streams that were announced are fed without a probe, from their first byte, whoever opened them. */
#include <criterion/criterion.h>

#include "replay/tcp_state.h"
#include "stage.h"

enum { DATA_PORT = 5000, OTHER_PORT = 6000 };

static void expect_at(uint16_t client_port, uint16_t server_port)
{
    fake_expectation = (struct smin_expectation){.struct_size = sizeof(fake_expectation),
                                                 .direction = SMIN_EITHER,
                                                 .ip_version = 4,
                                                 .protocol = 6,
                                                 .client_port = client_port,
                                                 .server_port = server_port,
                                                 .client_address = {10, 0, 0, 1},
                                                 .server_address = {10, 0, 0, 2},
                                                 .lifetime_ns = 1000000000,
                                                 .message = UINT64_MAX};
}

static void say(struct stage *stage, uint16_t port, bool from_server, uint8_t flags, uint32_t sequence, const char *text)
{
    stage_add(stage, &(struct stage_segment){.server_port = port, .from_server = from_server, .flags = flags,
                                             .sequence = sequence, .acknowledgement = flags & SMINI_TCP_ACK ? 1 : 0,
                                             .bytes = text, .length = (uint32_t)strlen(text)});
}

static void command(struct stage *stage)
{
    say(stage, FAKE_PORT, false, SMINI_TCP_SYN, 0, "");
    say(stage, FAKE_PORT, false, SMINI_TCP_ACK, 1, "FAKE");
}

static void transfer(struct stage *stage, uint16_t port)
{
    say(stage, port, false, SMINI_TCP_SYN, 0, "");
    say(stage, port, true, SMINI_TCP_SYN | SMINI_TCP_ACK, 0, "");
    say(stage, port, true, SMINI_TCP_ACK, 1, "contents");
    say(stage, port, true, SMINI_TCP_ACK | SMINI_TCP_FIN, 9, "");
}

static struct stage *play(struct stage *stage)
{
    cr_assert(stage_play(stage, &fake_announcer));
    cr_expect(stage_clean(stage), "%s", fake_log.why ? fake_log.why : "");
    return stage;
}

static void expect_contents(uint32_t flow)
{
    cr_assert_gt(fake_log.flow_count, flow);
    const struct fake_flow_log *log = &fake_log.flows[flow];
    cr_expect_eq(log->info.server_port, DATA_PORT);
    cr_expect_eq(log->stream[SMIN_TO_CLIENT].length, 8);
    cr_expect(memcmp(log->stream[SMIN_TO_CLIENT].bytes, "contents", 8) == 0);
    cr_expect_eq(log->stream[SMIN_TO_CLIENT].finished, 1);
    cr_expect_eq(log->stream[SMIN_TO_SERVER].ends, 1);
    cr_expect_eq(log->stream[SMIN_TO_SERVER].finished, 0);
}

Test(expect, an_announced_stream_is_fed_whatever_it_holds)
{
    struct stage *stage = stage_open();
    expect_at(0, DATA_PORT);
    command(stage);
    transfer(stage, DATA_PORT);
    transfer(stage, OTHER_PORT);
    play(stage);
    cr_expect_eq(fake_log.flow_count, 2);
    expect_contents(1);
    stage_close(stage);
}

Test(expect, an_announcement_may_come_behind_the_handshake)
{
    struct stage *stage = stage_open();
    expect_at(0, DATA_PORT);
    say(stage, DATA_PORT, false, SMINI_TCP_SYN, 0, "");
    say(stage, DATA_PORT, true, SMINI_TCP_SYN | SMINI_TCP_ACK, 0, "");
    command(stage);
    say(stage, DATA_PORT, true, SMINI_TCP_ACK, 1, "contents");
    say(stage, DATA_PORT, true, SMINI_TCP_ACK | SMINI_TCP_FIN, 9, "");
    play(stage);
    expect_contents(1);
    stage_close(stage);
}

Test(expect, the_client_of_a_stream_whose_beginning_is_missing_is_the_one_that_was_announced)
{
    struct stage *stage = stage_open();
    expect_at(40000, DATA_PORT);
    command(stage);
    say(stage, DATA_PORT, true, SMINI_TCP_ACK, 1, "contents");
    say(stage, DATA_PORT, true, SMINI_TCP_ACK | SMINI_TCP_FIN, 9, "");
    play(stage);
    expect_contents(1);
    stage_close(stage);
}

Test(expect, what_is_missing_before_the_end_is_told_before_it)
{
    struct stage *stage = stage_open();
    expect_at(0, DATA_PORT);
    command(stage);
    say(stage, DATA_PORT, false, SMINI_TCP_SYN, 0, "");
    say(stage, DATA_PORT, true, SMINI_TCP_SYN | SMINI_TCP_ACK, 0, "");
    say(stage, DATA_PORT, true, SMINI_TCP_ACK, 1, "content");
    say(stage, DATA_PORT, true, SMINI_TCP_ACK | SMINI_TCP_FIN, 9, "");
    play(stage);
    cr_expect_eq(fake_log.flows[1].stream[SMIN_TO_CLIENT].gap_count, 1);
    cr_expect(memcmp(fake_log.flows[1].stream[SMIN_TO_CLIENT].bytes, "content?", 8) == 0);
    cr_expect_eq(fake_log.flows[1].stream[SMIN_TO_CLIENT].finished, 1);
    stage_close(stage);
}

Test(expect, a_stream_that_was_acknowledged_short_of_its_end_is_not_finished)
{
    struct stage *stage = stage_open();
    expect_at(0, DATA_PORT);
    command(stage);
    say(stage, DATA_PORT, false, SMINI_TCP_SYN, 0, "");
    say(stage, DATA_PORT, true, SMINI_TCP_SYN | SMINI_TCP_ACK, 0, "");
    say(stage, DATA_PORT, true, SMINI_TCP_ACK, 1, "content");
    say(stage, DATA_PORT, false, SMINI_TCP_ACK, 1, "");
    say(stage, DATA_PORT, true, SMINI_TCP_ACK | SMINI_TCP_FIN, 9, "");
    play(stage);
    cr_expect_eq(fake_log.flows[1].stream[SMIN_TO_CLIENT].length, 7);
    cr_expect_eq(fake_log.flows[1].stream[SMIN_TO_CLIENT].finished, 0);
    stage_close(stage);
}
