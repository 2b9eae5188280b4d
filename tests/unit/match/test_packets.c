/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules on packets and on datagrams. */
#include "tests/unit/match/match_run.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "match/packet.h"
#include "smin/status.h"

/* A TCP packet of an established flow to the server, 10.0.0.1:1000 -> 10.0.0.2:4786. */
static struct smini_packet_facts tcp_packet(const char *payload)
{
    return (struct smini_packet_facts){.has = SMINI_PACKET_HAS_FLOW | SMINI_PACKET_HAS_PORTS | SMINI_PACKET_HAS_TCP |
                                              SMINI_PACKET_HAS_MSS | SMINI_PACKET_HAS_FRAGMENT | SMINI_PACKET_HAS_STREAM,
                                       .stream_size = {6, 1},
                                       .ip_version = 4,
                                       .protocol = 6,
                                       .ttl = 64,
                                       .tos = 0x10,
                                       .fragment_bits = SMINI_FRAGMENT_DONT,
                                       .tcp_flags = 0x12, /* SYN, ACK */
                                       .ip_id = 4711,
                                       .tcp_window = 8192,
                                       .tcp_segment_size = 1460,
                                       .tcp_sequence = 1000,
                                       .tcp_acknowledgement = 2000,
                                       .payload_wire = (uint32_t)strlen(payload),
                                       .payload = smini_span_text(payload)};
}

static struct smini_packet_facts icmp_packet(const char *payload)
{
    return (struct smini_packet_facts){.has = SMINI_PACKET_HAS_ICMP | SMINI_PACKET_HAS_ICMP_ID | SMINI_PACKET_IS_FIRST |
                                              SMINI_PACKET_HAS_FRAGMENT,
                                       .ip_version = 4,
                                       .protocol = 1,
                                       .ttl = 1,
                                       .icmp_type = 8,
                                       .icmp_code = 3,
                                       .icmp_id = 7,
                                       .icmp_sequence = 9,
                                       .ip_options = 1 | 2048,
                                       .payload_wire = (uint32_t)strlen(payload),
                                       .payload = smini_span_text(payload)};
}

/* Do the options hold for this packet? With both scanners, which have to agree. */
static bool holds(const char *head, const char *options, const struct smini_packet_facts *packet)
{
    bool answers[2];
    for (unsigned i = 0; i < 2; i++) {
        struct match_run run;
        struct smini_hits hits = {NULL, 0};
        char rule[512];
        (void)snprintf(rule, sizeof(rule), "alert %s (%s sid:1;)", head, options);
        match_run_open(&run, rule, i ? SMINI_SCANNER_PLAIN : SMINI_SCANNER_BEST, NULL);
        cr_assert_eq(smini_match_packet(run.matcher, &run.facts, packet, &hits), SMIN_OK);
        answers[i] = hits.count == 1;
        match_run_close(&run);
    }
    cr_expect_eq(answers[0], answers[1], "the scanners disagree on %s", options);
    return answers[0];
}

#define TCP "tcp any any -> any 4786"
#define ICMP "icmp any any -> any any"

Test(packets, numbers_of_a_segment_are_compared)
{
    static const struct {
        const char *options;
        bool holds;
    } rows[] = {
        {"dsize:5;", true},           {"dsize:>5;", false},         {"dsize:4<>6;", true},      {"dsize:5<>7;", false},
        {"dsize:5<=>7;", true},       {"dsize:0<=>4;", false},      {"dsize:!5;", false},       {"flags:SA;", true},
        {"flags:S;", false},          {"flags:S+;", true},          {"flags:+S;", true},        {"flags:S,A;", true},
        {"flags:S,12;", false},       {"flags:SA,12;", true},       {"flags:*SF,12;", true},      {"flags:0,12;", false},     {"flags:0,SA;", true},       {"flags:*FR;", false},
        {"flags:!F;", true},          {"flags:!S;", false},         {"flags:0;", false},        {"flags:18;", true},
        {"tcp.flags:SA;", true},      {"seq:1000;", true},          {"seq:1001;", false},       {"tcp.ack:>1999;", true},
        {"ack:2000;", true},          {"window:8192;", true},       {"window:!8192;", false},   {"tcp.mss:<1461;", true},
        {"tcp.mss:1461;", false},     {"ttl:64;", true},            {"ttl:<64;", false},        {"tos:16;", true},
        {"tos:x10;", true},           {"tos:!x10;", false},         {"tos:!8;", true},          {"id:4711;", true},
        {"id:\" 4711 \";", true},     {"fragbits:D;", true},        {"fragbits:M;", false},     {"fragbits:+D;", true},
        {"fragbits:*MD;", true},      {"fragbits:!M;", true},       {"fragoffset:0;", true},    {"fragoffset:>0;", false},
        {"ip_proto:tcp;", true},      {"ip_proto:!6;", false},      {"ip_proto:>5;", true},     {"sameip;", false},
        {"ipopts:any;", false},       {"itype:8;", false},          {"icmp_id:!1;", false},
        {"stream_size:client,=,6;", true},   {"stream_size:server,<,5;", true}, {"stream_size:both,>,1;", false},
        {"stream_size:either,>,5;", true},   {"stream_size:either,>,6;", false}, {"stream_size:client,!,6;", false},
    };
    struct smini_packet_facts packet = tcp_packet("hello");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        cr_expect_eq(holds(TCP, rows[i].options, &packet), rows[i].holds, "%s", rows[i].options);
}

Test(packets, numbers_of_an_icmp_packet_are_compared)
{
    static const struct {
        const char *options;
        bool holds;
    } rows[] = {
        {"itype:8;", true},       {"itype:7<>9;", true}, {"itype:>8;", false},   {"icode:3;", true},
        {"icmp_id:7;", true},     {"icmp_seq:9;", true}, {"icmp_seq:8;", false}, {"ipopts:rr;", true},
        {"ipopts:NOP;", true},    {"ipopts:lsrr;", false}, {"ipopts:any;", true}, {"flags:S;", false},
        {"content:\"ab\";", true}, {"content:\"ab\"; depth:2; icode:4;", false},
    };
    struct smini_packet_facts packet = icmp_packet("abcd");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        cr_expect_eq(holds(ICMP, rows[i].options, &packet), rows[i].holds, "%s", rows[i].options);
}

Test(packets, bytes_are_looked_for_in_each_payload_by_itself)
{
    struct smini_packet_facts packet = tcp_packet("hello");
    cr_expect(holds("tcp-pkt any any -> any any", "content:\"llo\";", &packet));
    cr_expect(holds(TCP, "flow:no_stream; content:\"hell\"; startswith;", &packet));
    cr_expect(holds(TCP, "content:!\"x\";", &packet), "what must not be there is asked of the packet");
    cr_expect_not(holds(TCP, "content:\"llo\";", &packet), "a plain rule waits for the stream");
    cr_expect_not(holds("ip any any -> any any", "content:\"llo\";", &packet), "and so does one on ip");
    packet = tcp_packet("");
    cr_expect_not(holds(TCP, "content:!\"x\";", &packet), "an empty payload holds no answer");
    cr_expect(holds(TCP, "dsize:0;", &packet));
    cr_expect_not(holds(TCP, "dsize:!5;", &packet), "nothing has no size");
}

Test(packets, the_header_and_the_flow_have_to_allow_the_packet)
{
    struct smini_packet_facts packet = tcp_packet("hello");
    cr_expect(holds("tcp 10.0.0.1 1000 -> 10.0.0.2 4786", "flow:to_server,established; flags:SA;", &packet));
    cr_expect_not(holds("tcp any any -> any 4787", "flags:SA;", &packet));
    cr_expect_not(holds(TCP, "flow:to_client; flags:SA;", &packet));
    cr_expect_not(holds(TCP, "flow:not_established; flags:SA;", &packet));
    cr_expect_not(holds("udp any any -> any any", "dsize:5;", &packet));
    cr_expect(holds("ip any any -> any any", "ttl:64;", &packet));
    cr_expect(holds("ipv4 any any -> any any", "ttl:64;", &packet));
    cr_expect_not(holds("ipv6 any any -> any any", "ttl:64;", &packet));
    packet.has &= ~(uint32_t)(SMINI_PACKET_HAS_PORTS | SMINI_PACKET_HAS_TCP);
    cr_expect_not(holds(TCP, "ttl:64;", &packet), "a fragment has no ports to compare");
    cr_expect(holds("tcp any any -> any any", "ttl:64;", &packet));
    packet.has = 0;
    cr_expect_not(holds("ip any any -> any any", "flow:to_server; ttl:64;", &packet), "no flow, no direction");
}

Test(packets, a_rule_that_asks_for_addresses_only_is_reported_once_per_direction)
{
    struct smini_packet_facts packet = tcp_packet("hello");
    cr_expect_not(holds(TCP, "", &packet));
    cr_expect(holds(TCP, "flow:established;", &packet), "with a flow option it is judged on every packet");
    packet.has |= SMINI_PACKET_IS_FIRST;
    cr_expect(holds(TCP, "", &packet));
}

Test(packets, datagrams_are_judged_one_by_one)
{
    struct match_run run;
    struct smini_hits hits = {NULL, 0};
    match_run_open(&run, "alert udp any any -> any 4786 (content:\"ab\"; content:\"cd\"; distance:0; sid:1;)\n"
                         "alert ip any any -> any any (content:\"cd\"; sid:2;)\n"
                         "alert tcp any any -> any any (content:\"cd\"; sid:3;)\n"
                         "alert udp any any -> any any (flow:to_client; content:\"cd\"; sid:4;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect(smini_database_wants_udp(run.database, &run.facts));
    cr_expect_eq(smini_database_judged_on(run.database), SMINI_ON_DATAGRAMS | SMINI_ON_PACKETS);
    cr_expect_eq(smini_match_datagram(run.matcher, &run.facts, SMIN_TO_SERVER, 0, smini_span_text("xab"), &hits), SMIN_OK);
    cr_expect_eq(hits.count, 0);
    cr_expect_eq(smini_match_datagram(run.matcher, &run.facts, SMIN_TO_SERVER, 3, smini_span_text("cd"), &hits), SMIN_OK);
    cr_assert_eq(hits.count, 1, "nothing is carried over from one datagram to the next");
    cr_expect_eq(hits.list[0].rule->sid, 2);
    cr_expect_eq(hits.list[0].offset, 3);
    cr_expect_eq(smini_match_datagram(run.matcher, &run.facts, SMIN_TO_SERVER, 5, smini_span_text("abcd"), &hits), SMIN_OK);
    cr_assert_eq(hits.count, 2);
    cr_expect_eq(hits.list[0].rule->sid, 1);
    match_run_close(&run);
}

Test(packets, a_set_without_such_rules_wants_neither)
{
    struct match_run run;
    match_run_open(&run, "alert tcp any any -> any any (content:\"ab\"; sid:1;)\nalert smin any any -> any any (sid:2;)",
                   SMINI_SCANNER_BEST, NULL);
    cr_expect_eq(smini_database_judged_on(run.database), 0);
    cr_expect_not(smini_database_wants_udp(run.database, &run.facts));
    match_run_close(&run);
}
