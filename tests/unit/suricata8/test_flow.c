/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes in, transactions out: whatever way the engine cuts, loses and ends a stream. */
#include <criterion/criterion.h>

#include "fake_engine.h"
#include "suricata8/flow_facts.h"

static const uint8_t request[24] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 1};
enum { TS = SMINI_ENGINE_TO_SERVER, TC = SMINI_ENGINE_TO_CLIENT, END = SMINI_ENGINE_STREAM_EOF, FLOWS = 2000 };

static struct smini_engine_flow flow;
static void *state;
static uint64_t min_id;

static void start(void)
{
    fake_engine_reset();
    fake_engine_start();
    flow = fake_flow(4786);
    fake_thread(&flow);
    state = fake_engine.parser.state_new(NULL, 0);
}

static void stop(void)
{
    fake_engine.parser.state_free(state);
}

TestSuite(flow, .init = start, .fini = stop);

static uint64_t transactions(void)
{
    return fake_engine.parser.tx_count(state);
}

static bool said(const char *text)
{
    return strstr(fake_engine.json, text) != NULL;
}

Test(flow, a_message_becomes_a_transaction_with_event_frames_and_object)
{
    struct smini_engine_result result = fake_parse(&flow, state, TS, request, sizeof(request), 0);
    cr_expect_eq(result.status, 0);
    cr_assert_eq(transactions(), 1);
    struct smini_suricata_transaction *transaction = fake_engine.parser.tx_get(state, 0);
    uint8_t probe = 0;
    int type = 0;
    cr_assert_eq(fake_engine.parser.event_by_name("probe", &probe, &type), 0);
    cr_assert_not_null(transaction->data.events);
    cr_expect_eq(transaction->data.events->ids[0], probe);
    cr_assert_eq(fake_engine.frame_count, 2);
    cr_expect_eq(fake_engine.frames[0].length, 24);
    cr_expect_eq(fake_engine.frames[0].transaction, 0);
    cr_expect_eq(fake_engine.frames[1].offset, 16, "the body");
    cr_expect_eq(fake_inspect(state, &min_id), 1);
    cr_expect(said("\"smin\":{\"direction\":\"to_server\",\"offset\":0,\"complete\":true,"), "%s", fake_engine.json);
    cr_expect_null(fake_engine.parser.tx_get(state, 0), "freed");
    cr_expect_eq(transactions(), 1, "but counted");
}

Test(flow, it_does_not_matter_where_a_message_is_cut)
{
    static char whole[sizeof(fake_engine.json)];
    fake_parse(&flow, state, TS, request, sizeof(request), 0);
    fake_inspect(state, &min_id);
    memcpy(whole, fake_engine.json, sizeof(whole));
    for (uint32_t cut = 1; cut < sizeof(request); cut++) {
        void *other = fake_engine.parser.state_new(NULL, 0);
        uint64_t first = 0;
        fake_engine.frame_count = 0;
        fake_engine.json[0] = '\0';
        fake_parse(&flow, other, TS, request, cut, 0);
        cr_expect_eq(fake_inspect(other, &first), 0);
        fake_parse(&flow, other, TS, request + cut, (uint32_t)sizeof(request) - cut, cut);
        cr_expect_eq(fake_inspect(other, &first), 1);
        cr_expect_str_eq(fake_engine.json, whole);
        cr_assert_geq(fake_engine.frame_count, 1);
        cr_expect_eq(fake_engine.frames[0].offset, 0, "begun with its first byte");
        cr_expect_eq(fake_engine.frames[0].length, 24);
        cr_expect_eq(fake_engine.frames[0].transaction, 0);
        fake_engine.parser.state_free(other);
    }
}

Test(flow, a_frame_is_there_before_its_message_is_whole)
{
    fake_parse(&flow, state, TS, request, 18, 0);
    cr_assert_eq(fake_engine.frame_count, 1);
    cr_expect_eq(fake_engine.frames[0].length, 24, "the header says so");
    cr_expect_eq(fake_engine.frames[0].transaction, UINT64_MAX);
}

Test(flow, bytes_that_were_given_before_are_not_given_twice)
{
    fake_parse(&flow, state, TS, request, 20, 0);
    fake_parse(&flow, state, TS, request + 10, 14, 10);
    cr_expect_eq(transactions(), 1);
    cr_expect_eq(fake_inspect(state, &min_id), 1);
    cr_expect(said("\"complete\":true"));
}

Test(flow, an_end_is_told_only_when_no_more_bytes_can_come)
{
    fake_parse(&flow, state, TS | END, request, 20, 0);
    cr_expect_eq(transactions(), 0, "more may come with the same packet");
    fake_parse(&flow, state, TS | END, request + 20, 4, 20);
    cr_expect_eq(fake_inspect(state, &min_id), 1);
    cr_expect(said("\"complete\":true"), "%s", fake_engine.json);
}

Test(flow, an_unfinished_message_is_delivered_at_the_end)
{
    fake_parse(&flow, state, TS, request, 20, 0);
    fake_parse(&flow, state, TS | END, NULL, 0, 20);
    cr_expect_eq(fake_inspect(state, &min_id), 1);
    cr_expect(said("\"complete\":false"), "%s", fake_engine.json);
    cr_expect(said("length_overstated"), "%s", fake_engine.json);
}

Test(flow, a_gap_is_a_hole_of_the_message)
{
    fake_parse(&flow, state, TS, request, 18, 0);
    fake_parse(&flow, state, TS | SMINI_ENGINE_STREAM_GAP, NULL, 4, 18);
    fake_parse(&flow, state, TS, request + 22, 2, 22);
    cr_expect_eq(fake_inspect(state, &min_id), 1);
    cr_expect(said("\"hole\":true"), "%s", fake_engine.json);
    cr_expect_eq(fake_counter("smin.gaps"), 1);
}

Test(flow, the_end_of_one_direction_makes_the_engine_ask_for_the_other)
{
    fake_parse(&flow, state, TS, request, 20, 0);
    fake_parse(&flow, state, TC | END, NULL, 0, 0);
    cr_expect_eq(transactions(), 1, "one that is not complete");
    cr_expect_eq(fake_inspect(state, &min_id), 0);
    cr_expect_eq(min_id, 0);
    cr_expect_str_eq(fake_engine.json, "", "and says nothing");
    fake_parse(&flow, state, TS | END, NULL, 0, 20);
    cr_expect_eq(fake_inspect(state, &min_id), 2);
    cr_expect(said("\"complete\":false"), "%s", fake_engine.json);
    fake_parse(&flow, state, TC | END, NULL, 0, 0);
    cr_expect_eq(transactions(), 2);
}

Test(flow, a_finished_direction_is_not_asked_about)
{
    fake_parse(&flow, state, TS, request, 24, 0);
    fake_parse(&flow, state, TC | END, NULL, 0, 0);
    cr_expect_eq(transactions(), 1);
}

Test(flow, pipelined_messages_are_numbered_in_their_order)
{
    uint8_t three[72];
    for (int i = 0; i < 3; i++)
        memcpy(three + 24 * i, request, 24);
    fake_parse(&flow, state, TS, three, sizeof(three), 0);
    cr_assert_eq(transactions(), 3);
    for (uint64_t i = 0; i < 3; i++) {
        const struct smini_suricata_transaction *transaction = fake_engine.parser.tx_get(state, i);
        cr_expect_eq(transaction->message.offset, 24 * i);
    }
}

Test(flow, what_a_stream_says_of_itself_is_for_alerts_only)
{
    static const char digits[] = "000000010000000100000004000000080000000100000000";
    fake_parse(&flow, state, TS | END, digits, sizeof(digits) - 1, 0);
    fake_engine.parser.tx_iterate(6, FAKE_PROTOCOL, state, 0, UINT64_MAX, NULL);
    struct smini_suricata_transaction *transaction = NULL;
    for (uint64_t id = 0; id < transactions(); id++) {
        transaction = fake_engine.parser.tx_get(state, id);
        if (transaction->message.kind == SMIN_KIND_STREAM)
            break;
    }
    cr_assert(transaction && transaction->message.kind == SMIN_KIND_STREAM, "%u", (unsigned)transactions());
    fake_engine.record = "{\"event_type\":\"smin\"";
    cr_expect_not(fake_engine.app_layer->log(transaction, (void *)&fake_engine));
    fake_engine.record = "{\"event_type\":\"alert\"";
    cr_expect(fake_engine.app_layer->log(transaction, (void *)&fake_engine));
    cr_expect(said("\"kind\":\"stream\""), "%s", fake_engine.json);
}

Test(flow, a_message_without_memory_is_counted_and_the_flow_goes_on)
{
    ((struct smini_suricata_flow *)state)->alloc.limit = 1;
    fake_parse(&flow, state, TS, request, sizeof(request), 0);
    fake_parse(&flow, state, TS, request, sizeof(request), 24);
    cr_expect_eq(transactions(), 0);
    cr_expect_eq(fake_counter("smin.transactions_lost"), 2);
    const char *first = strstr(fake_engine.log, "transactions_lost");
    cr_assert_not_null(first);
    cr_expect_null(strstr(first + 1, "transactions_lost"), "told once");
    ((struct smini_suricata_flow *)state)->alloc.limit = 0;
    fake_parse(&flow, state, TS, request, sizeof(request), 48);
    cr_expect_eq(fake_inspect(state, &min_id), 1);
    cr_expect(said("\"offset\":48"), "%s", fake_engine.json);
}

Test(flow, a_reversed_flow_has_its_client_where_the_engine_has_its_server)
{
    struct smin_flow_info info;
    smini_suricata_flow_facts(&flow, TS, &info);
    cr_expect_eq(info.ip_version, 4);
    cr_expect_eq(info.client_address[3], 1);
    cr_expect_eq(info.server_port, 4786);
    flow.flags |= SMINI_ENGINE_FLOW_REVERSED;
    smini_suricata_flow_facts(&flow, TS | SMINI_ENGINE_STREAM_MIDSTREAM, &info);
    cr_expect_eq(info.client_address[3], 10);
    cr_expect_eq(info.client_port, 4786);
    cr_expect(info.flags & SMIN_FLOW_MIDSTREAM);
}

Test(flow, addresses_at_another_place_are_unknown_and_told_once)
{
    struct smin_flow_info info;
    flow.said_source_port = 1;
    smini_suricata_flow_facts(&flow, TS, &info);
    smini_suricata_flow_facts(&flow, TS, &info);
    cr_expect_eq(info.ip_version, 0);
    cr_expect_eq(info.client_port, 1, "ports come from the engine all the same");
    const char *first = strstr(fake_engine.log, "unknown place");
    cr_assert_not_null(first);
    cr_expect_null(strstr(first + 1, "unknown place"));
}

Test(flow, the_probe_says_no_on_other_ports_and_waits_for_bytes)
{
    struct smini_engine_flow other = fake_flow(9999);
    cr_expect_eq(fake_engine.parser.probe_to_server(&flow, TS, request, 1, NULL), FAKE_PROTOCOL, "a hint of a port");
    cr_expect_eq(fake_engine.parser.probe_to_server(&other, TS, request, 1, NULL), SMINI_ENGINE_PROTOCOL_UNKNOWN);
    cr_expect_eq(fake_engine.parser.probe_to_server(&other, TS, request, 24, NULL), FAKE_PROTOCOL);
    cr_expect_eq(fake_engine.parser.probe_to_server(&other, TS, (const uint8_t *)"GET / HTTP/1.1\r\n\r\n", 18, NULL),
                 SMINI_ENGINE_PROTOCOL_FAILED);
}

Test(lost, a_flow_without_memory_is_counted_and_given_up)
{
    fake_engine_reset();
    fake_engine.settings[0] = (struct smini_engine_setting){"limit.thread_bytes", "65536"};
    fake_engine.setting_count = 1;
    fake_engine_start();
    cr_assert_not_null(fake_engine.app_layer, "%s", fake_engine.log);
    flow = fake_flow(4786);
    fake_thread(&flow);
    static void *states[FLOWS];
    uint32_t lost = 0;
    for (int i = 0; i < FLOWS; i++) {
        states[i] = fake_engine.parser.state_new(NULL, 0);
        cr_assert_not_null(states[i]);
        lost += fake_parse(&flow, states[i], TS, request, 20, 0).status < 0;
        lost += fake_parse(&flow, states[i], TS, request + 20, 2, 20).status < 0;
    }
    for (int i = 0; i < FLOWS; i++)
        fake_engine.parser.state_free(states[i]);
    cr_expect_gt(lost, 0);
    cr_expect_gt(fake_counter("smin.flows_lost"), 0);
    cr_expect_lt(fake_counter("smin.flows_lost"), lost, "each flow once");
    cr_expect(strstr(fake_engine.log, "flows_lost"), "%s", fake_engine.log);
}
