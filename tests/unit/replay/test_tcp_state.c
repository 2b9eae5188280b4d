/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "replay/tcp_state.h"
#include "stage.h"

static const uint32_t isn = 0xffffffff;

static void client(struct stage *stage, uint8_t flags, uint32_t offset, const char *text)
{
    stage_add(stage, &(struct stage_segment){.flags = flags,
                                             .sequence = isn + offset,
                                             .acknowledgement = flags & SMINI_TCP_ACK ? 501 : 0,
                                             .bytes = text,
                                             .length = text ? (uint32_t)strlen(text) : 0});
}

static void server(struct stage *stage, uint8_t flags, uint32_t sequence, uint32_t acked)
{
    stage_add(stage, &(struct stage_segment){
                         .from_server = true, .flags = flags, .sequence = sequence, .acknowledgement = isn + acked});
}

static uint32_t facts_of(struct stage *stage)
{
    cr_assert(stage_play(stage, &fake_inspector));
    cr_assert(stage_clean(stage), "%s", fake_log.why);
    cr_assert(ge(u32, stage->flow_count, 1));
    stage_clear(stage);
    return stage->flows[0].facts;
}

static void fed(const char *text)
{
    const struct fake_stream *stream = &fake_log.flows[0].stream[0];
    cr_expect(eq(u64, stream->length, strlen(text)));
    cr_expect(eq(int, memcmp(stream->bytes, text, strlen(text)), 0));
}

Test(tcp_state, a_syn_answered_by_rst_is_a_refusal)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    server(stage, SMINI_TCP_RST | SMINI_TCP_ACK, 0, 1);
    uint32_t facts = facts_of(stage);
    cr_expect(eq(u32, facts, SMINI_FLOW_SYN | SMINI_FLOW_REFUSED | SMINI_FLOW_SERVER_RST));
    cr_expect(strcmp(stage->flows[0].state, "closed") == 0);
    cr_expect(strcmp(stage->flows[0].reason, "shutdown") == 0);
    stage_close(stage);
}

Test(tcp_state, a_whole_connection_is_established_and_shut_down)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
    client(stage, SMINI_TCP_ACK, 1, NULL);
    client(stage, SMINI_TCP_ACK, 1, "FAKE-message");
    client(stage, SMINI_TCP_ACK | SMINI_TCP_FIN, 13, "-end");
    server(stage, SMINI_TCP_FIN | SMINI_TCP_ACK, 501, 18);
    client(stage, SMINI_TCP_ACK, 18, NULL);
    uint32_t facts = facts_of(stage);
    fed("FAKE-message-end");
    cr_expect(eq(u32, facts, SMINI_FLOW_SYN | SMINI_FLOW_SYN_ACK | SMINI_FLOW_CLIENT_FIN | SMINI_FLOW_SERVER_FIN |
                                 SMINI_FLOW_DETECTED));
    cr_expect(eq(u64, stage->flows[0].stream_bytes[0], 16));
    cr_expect(eq(u64, stage->flows[0].packets[0], 5));
    cr_expect(eq(u64, stage->flows[0].packets[1], 2));
    cr_expect(eq(u64, stage->flows[0].wire_bytes[1], 80));
    cr_expect(eq(u64, stage->flows[0].messages, 1));
    cr_expect(eq(u16, stage->flows[0].server_port, FAKE_PORT));
    stage_close(stage);
}

/* Rules that ask for flow:established have to hold there, too: nobody can tell them apart by what was not captured. */
Test(tcp_state, a_connection_whose_beginning_was_not_captured_is_established)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_ACK, 1, "FAKE-message-end");
    cr_expect(ne(u32, facts_of(stage) & SMINI_FLOW_MIDSTREAM, 0));
    fed("FAKE-message-end");
    cr_expect(eq(u32, fake_log.flows[0].info.flags, SMIN_FLOW_MIDSTREAM | SMIN_FLOW_ESTABLISHED));
    cr_expect(strcmp(stage->flows[0].state, "established") == 0);
    stage_close(stage);
}

Test(tcp_state, data_on_the_syn_is_the_beginning_of_the_stream)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, "FAKE-on-syn");
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 12);
    client(stage, SMINI_TCP_ACK, 12, "-more");
    (void)facts_of(stage);
    fed("FAKE-on-syn-more");
    stage_close(stage);
}

Test(tcp_state, every_order_of_fin_rst_and_data_feeds_the_data)
{
    /* The steps 1 to 4 in every order; data of an RST'd connection is still read. */
    for (uint32_t order = 0; order < 24; order++) {
        struct stage *stage = stage_open();
        uint32_t left[4] = {0, 1, 2, 3}, code = order;
        client(stage, SMINI_TCP_SYN, 0, NULL);
        server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
        for (uint32_t count = 4; count > 0; count--) {
            uint32_t pick = code % count, step = left[pick];
            code /= count;
            left[pick] = left[count - 1];
            if (step == 0)
                client(stage, SMINI_TCP_ACK, 1, "FAKE");
            else if (step == 1)
                client(stage, SMINI_TCP_ACK | SMINI_TCP_FIN, 5, "-two");
            else if (step == 2)
                server(stage, SMINI_TCP_FIN | SMINI_TCP_ACK, 501, 1);
            else
                server(stage, SMINI_TCP_RST | SMINI_TCP_ACK, 501, 1);
        }
        uint32_t facts = facts_of(stage);
        fed("FAKE-two");
        cr_expect(eq(u32, stage->flow_count, 1));
        cr_expect(ne(u32, facts & SMINI_FLOW_SERVER_RST, 0));
        cr_expect(eq(u32, fake_log.flows[0].stream[0].ends, 1));
        stage_close(stage);
    }
}

Test(tcp_state, a_reset_outside_the_window_is_a_fact_and_nothing_else)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
    server(stage, SMINI_TCP_RST, 0x40000000, 1);
    client(stage, SMINI_TCP_ACK, 1, "FAKE");
    uint32_t facts = facts_of(stage);
    fed("FAKE");
    cr_expect(eq(u32, facts & SMINI_FLOW_SERVER_RST, 0));
    cr_expect(ne(u32, facts & SMINI_FLOW_OUT_OF_WINDOW, 0));
    stage_close(stage);
}

Test(tcp_state, bytes_far_beyond_the_window_leave_no_hole_behind)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
    client(stage, SMINI_TCP_ACK, 900000, "filler");
    client(stage, SMINI_TCP_ACK, 1, "FAKE");
    uint32_t facts = facts_of(stage);
    fed("FAKE");
    cr_expect(ne(u32, facts & SMINI_FLOW_OUT_OF_WINDOW, 0));
    cr_expect(eq(u32, facts & SMINI_FLOW_GAP, 0));
    cr_expect(eq(u32, stage_problems(stage, "segment_out_of_window"), 1));
    stage_close(stage);
}

Test(tcp_state, the_same_ports_with_another_beginning_are_another_flow)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
    client(stage, SMINI_TCP_ACK, 1, "FAKE-one");
    client(stage, SMINI_TCP_ACK | SMINI_TCP_FIN, 9, NULL);
    server(stage, SMINI_TCP_ACK | SMINI_TCP_FIN, 501, 10);
    client(stage, SMINI_TCP_SYN, 0x1000, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 0x1001);
    client(stage, SMINI_TCP_ACK, 0x1001, "FAKE-two");
    (void)facts_of(stage);
    cr_expect(eq(u32, stage->flow_count, 2));
    cr_assert(eq(u32, fake_log.flow_count, 2));
    cr_expect(eq(int, memcmp(fake_log.flows[0].stream[0].bytes, "FAKE-one", 8), 0));
    cr_expect(eq(int, memcmp(fake_log.flows[1].stream[0].bytes, "FAKE-two", 8), 0));
    cr_expect(eq(u64, fake_log.flows[1].stream[0].length, 8));
    cr_expect(ne(u64, stage->flows[0].flow_id, stage->flows[1].flow_id));
    stage_close(stage);
}

Test(tcp_state, ports_used_again_without_a_seen_end_are_another_flow_once_the_server_agrees)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
    client(stage, SMINI_TCP_ACK, 1, "FAKE-one");
    client(stage, SMINI_TCP_SYN, 0x100000, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 7000, 0x100001);
    client(stage, SMINI_TCP_ACK, 0x100001, "FAKE-two");
    (void)facts_of(stage);
    cr_assert(eq(u32, fake_log.flow_count, 2));
    cr_expect(eq(int, memcmp(fake_log.flows[1].stream[0].bytes, "FAKE-two", 8), 0));
    cr_expect(eq(u64, fake_log.flows[1].stream[0].length, 8));
    stage_close(stage);
}

Test(tcp_state, a_made_up_syn_does_not_blind)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
    client(stage, SMINI_TCP_ACK, 1, "FAKE-one");
    client(stage, SMINI_TCP_SYN, 0x100000, NULL);
    client(stage, SMINI_TCP_ACK, 9, "-two");
    (void)facts_of(stage);
    cr_expect(eq(u32, fake_log.flow_count, 1));
    fed("FAKE-one-two");
    stage_close(stage);
}

Test(tcp_state, ignored_flows_start_anew_with_another_syn)
{
    struct stage *stage = stage_open();
    for (uint32_t i = 0; i < 2; i++) {
        stage_add(stage, &(struct stage_segment){.server_port = 80, .flags = SMINI_TCP_SYN, .sequence = i * 99999});
        stage_add(stage, &(struct stage_segment){.server_port = 80,
                                                 .flags = SMINI_TCP_ACK,
                                                 .sequence = i * 99999 + 1,
                                                 .bytes = i ? "FAKE" : "GET ",
                                                 .length = 4});
    }
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(eq(u32, fake_log.flow_count, 1));
    fed("FAKE");
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_state, packets_a_receiver_would_refuse_are_facts_and_are_read)
{
    struct stage *stage = stage_open();
    stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_SYN, .sequence = isn, .timestamp = 1000});
    server(stage, SMINI_TCP_SYN | SMINI_TCP_ACK, 500, 1);
    stage_add(stage, &(struct stage_segment){
                         .flags = SMINI_TCP_ACK, .sequence = isn + 1, .bad_checksum = true, .bytes = "FA", .length = 2});
    stage_add(stage, &(struct stage_segment){
                         .flags = SMINI_TCP_ACK, .sequence = isn + 3, .ttl = 9, .bytes = "KE", .length = 2});
    stage_add(stage, &(struct stage_segment){
                         .flags = SMINI_TCP_ACK, .sequence = isn + 5, .timestamp = 10, .bytes = "-3", .length = 2});
    stage_add(stage,
              &(struct stage_segment){.flags = SMINI_TCP_ACK, .sequence = isn + 6, .bytes = "x", .length = 1});
    stage_add(stage, &(struct stage_segment){
                         .flags = SMINI_TCP_ACK | SMINI_TCP_URG, .sequence = isn + 7, .bytes = "-4", .length = 2});
    uint32_t facts = facts_of(stage);
    fed("FAKE-3-4");
    uint32_t expected = SMINI_FLOW_BAD_CHECKSUM | SMINI_FLOW_LOW_TTL | SMINI_FLOW_STALE_TIMESTAMP |
                        SMINI_FLOW_KEEPALIVE | SMINI_FLOW_URGENT;
    cr_expect(eq(u32, facts & expected, expected));
    cr_expect(eq(u64, stage->counters.bad_l4_checksums, 1));
    stage_close(stage);
}

Test(tcp_state, bad_checksums_are_dropped_only_when_asked_for)
{
    struct stage *stage = stage_open();
    stage->options.checksum = SMINI_CHECKSUM_ALL;
    client(stage, SMINI_TCP_SYN, 0, NULL);
    stage_add(stage, &(struct stage_segment){
                         .flags = SMINI_TCP_ACK, .sequence = isn + 1, .bad_checksum = true, .bytes = "EVIL", .length = 4});
    client(stage, SMINI_TCP_ACK, 1, "FAKE");
    (void)facts_of(stage);
    fed("FAKE");
    stage_close(stage);
}

Test(tcp_state, data_after_fin_is_told_and_read)
{
    struct stage *stage = stage_open();
    client(stage, SMINI_TCP_SYN, 0, NULL);
    client(stage, SMINI_TCP_ACK | SMINI_TCP_FIN, 1, "FAKE");
    client(stage, SMINI_TCP_ACK, 5, "-after");
    (void)facts_of(stage);
    fed("FAKE-after");
    cr_expect(eq(u32, stage_problems(stage, "data_after_fin"), 1));
    stage_close(stage);
}

Test(tcp_state, flows_are_told_in_the_order_of_their_first_packets)
{
    struct stage *stage = stage_open();
    for (uint16_t i = 0; i < 50; i++)
        stage_add(stage, &(struct stage_segment){.client_port = (uint16_t)(1000 + i), .flags = SMINI_TCP_SYN});
    for (uint16_t i = 50; i > 0; i--)
        stage_add(stage, &(struct stage_segment){
                             .client_port = (uint16_t)(999 + i), .from_server = true, .flags = SMINI_TCP_RST | SMINI_TCP_ACK, .acknowledgement = 1});
    cr_assert(stage_play(stage, &fake_inspector));
    cr_assert(eq(u32, stage->flow_count, 50));
    for (uint32_t i = 0; i < 50; i++)
        cr_expect(eq(u64, stage->flows[i].first_packet, i + 1));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_state, vlans_keep_flows_apart_and_ipv6_works_alike)
{
    struct stage *stage = stage_open();
    for (uint8_t vlan = 0; vlan < 3; vlan++)
        stage_add(stage, &(struct stage_segment){
                             .vlan = vlan, .flags = SMINI_TCP_SYN, .sequence = isn, .bytes = "FAKE", .length = 4});
    stage_add_ipv6(stage, &(struct stage_segment){.flags = SMINI_TCP_SYN, .sequence = isn, .bytes = "FAKE", .length = 4});
    cr_assert(stage_play(stage, &fake_inspector));
    cr_assert(eq(u32, stage->flow_count, 4));
    cr_expect(eq(u8, stage->flows[2].vlan_count, 1));
    cr_expect(eq(u16, stage->flows[2].vlan[0], 2));
    cr_expect(eq(u8, stage->flows[3].ip_version, 6));
    cr_expect(eq(u8, stage->flows[3].client_address[15], 1));
    cr_expect(eq(u32, fake_log.flow_count, 4));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}
