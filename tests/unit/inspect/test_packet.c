/* SPDX-License-Identifier: BSD-2-Clause */
/* Datagrams and smin.packet/1, as a host uses them. */
#include "abi_log.h"
#include "smin/inspector.h"

#include <criterion/criterion.h>
#include <string.h>

static const uint8_t probe[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0};

static const struct smin_ext_packet *extension(void)
{
    return smin_inspector_builtin()->extension(SMIN_EXT_PACKET);
}

static struct smin_flow_info udp_flow(uint16_t server_port)
{
    return (struct smin_flow_info){.struct_size = sizeof(struct smin_flow_info), .ip_version = 4, .protocol = 17,
                                   .client_port = 40000, .server_port = server_port,
                                   .client_address = {198, 51, 100, 7}, .server_address = {192, 0, 2, 10}};
}

static struct smin_input input_of(const void *bytes, size_t length)
{
    return (struct smin_input){.struct_size = sizeof(struct smin_input), .direction = SMIN_TO_SERVER, .bytes = bytes,
                               .length = length};
}

static int32_t ask(struct abi_log *log, uint16_t server_port)
{
    struct smin_flow_info info = udp_flow(server_port);
    struct smin_input input = input_of(probe, sizeof(probe));
    return smin_inspector_builtin()->probe(log->thread, &info, &input);
}

Test(packet, a_host_learns_what_is_wanted)
{
    static const struct {
        const char *rules;
        uint32_t wanted;
    } rows[] = {
        {NULL, 0},
        {"alert tcp any any -> any any (content:\"a\"; sid:1;)", 0},
        {"alert udp any any -> any any (content:\"a\"; sid:1;)", SMIN_WANTS_DATAGRAMS},
        {"alert tcp any any -> any any (flags:S; sid:1;)", SMIN_WANTS_PACKETS},
        {"alert ip any any -> any any (content:\"a\"; sid:1;)", SMIN_WANTS_DATAGRAMS | SMIN_WANTS_PACKETS},
        {"alert tcp any any -> any any (flags:S; flowbits:set,a; sid:1;)\n"
         "alert tcp any any -> any any (flags:F; flowbits:isset,a; sid:2;)",
         SMIN_WANTS_PACKETS | SMIN_WANTS_PACKET_FLOWS},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        static struct abi_log log;
        abi_log_begin(&log, rows[i].rules, NULL, 0);
        cr_expect_eq(extension()->wanted(log.instance), rows[i].wanted, "%s", rows[i].rules ? rows[i].rules : "none");
        abi_log_finish(&log);
    }
    cr_expect_eq(extension()->wanted(NULL), 0);
}

Test(packet, a_udp_flow_is_wanted_by_its_rules_and_never_claimed)
{
    static struct abi_log log;
    abi_log_begin(&log, NULL, NULL, 0);
    cr_expect_eq(ask(&log, 4786), SMIN_PROBE_NO, "not even with the bytes of a probe");
    abi_log_finish(&log);
    abi_log_begin(&log, "alert udp any any -> any 4786 (content:\"|00 00 00 04|\"; sid:1;)", NULL, 0);
    cr_expect_eq(ask(&log, 69), SMIN_PROBE_NO);
    cr_expect_eq(ask(&log, 4786), SMIN_PROBE_YES);
    struct smin_flow_info info = udp_flow(4786);
    struct smin_input input = input_of(probe, sizeof(probe));
    const struct smin_inspector *inspector = smin_inspector_builtin();
    cr_assert_eq(inspector->flow_new(log.thread, &info, &log, &log.flow), SMIN_OK);
    struct smin_result result = inspector->datagram(log.thread, log.flow, &input);
    cr_expect_eq(result.status, SMIN_OK);
    cr_expect_eq(result.consumed, sizeof(probe));
    cr_expect(strcmp(log.text, "4/0 id=0 0+24 flags=0 ALERT1@8+4\n") == 0, "%s", log.text);
    cr_expect_eq(abi_log_end(&log, 0, sizeof(probe)).status, SMIN_OK);
    cr_expect_eq(inspector->datagram(log.thread, log.flow, &input).status, SMIN_DONE);
    abi_log_finish(&log);
}

static struct smin_packet tcp_packet(void)
{
    return (struct smin_packet){.struct_size = sizeof(struct smin_packet),
                                .known = SMIN_PACKET_PORTS | SMIN_PACKET_TCP | SMIN_PACKET_FLOW,
                                .direction = SMIN_TO_CLIENT, .flow_flags = SMIN_FLOW_ESTABLISHED, .ip_version = 4,
                                .protocol = 6, .tcp_flags = 0x18, .source_port = 4786, .destination_port = 40000,
                                .source_address = {192, 0, 2, 10}, .destination_address = {198, 51, 100, 7},
                                .payload = probe, .payload_length = sizeof(probe), .payload_wire = sizeof(probe)};
}

Test(packet, a_packet_is_judged_with_the_ends_and_the_direction_it_has)
{
    static struct abi_log log;
    abi_log_begin(&log,
                  "alert tcp 192.0.2.10 4786 -> 198.51.100.7 40000 (flow:to_client,established; flags:PA; "
                  "content:\"|00 00 00 04|\"; offset:8; sid:1;)\n"
                  "alert tcp 198.51.100.7 any -> any any (flags:PA; sid:2;)\n"
                  "alert tcp any any -> any any (flow:to_server; flags:PA; sid:3;)",
                  NULL, 0);
    struct smin_packet packet = tcp_packet();
    cr_expect_eq(extension()->packet(log.thread, NULL, &packet, &log), SMIN_OK);
    cr_expect(strcmp(log.text, "4/1 id=0 0+24 flags=0 ALERT1@8+4\n") == 0, "%s", log.text);
    abi_log_finish(&log);
}

Test(packet, packets_out_of_contract_are_misuse)
{
    static struct abi_log log;
    abi_log_begin(&log, "alert tcp any any -> any any (flags:PA; sid:1;)", NULL, 0);
    struct smin_packet packet = tcp_packet();
    cr_expect_eq(extension()->packet(NULL, NULL, &packet, &log), SMIN_E_MISUSE);
    cr_expect_eq(extension()->packet(log.thread, NULL, NULL, &log), SMIN_E_MISUSE);
    packet.struct_size = 16;
    cr_expect_eq(extension()->packet(log.thread, NULL, &packet, &log), SMIN_E_MISUSE);
    packet = tcp_packet();
    packet.ip_version = 5;
    cr_expect_eq(extension()->packet(log.thread, NULL, &packet, &log), SMIN_E_MISUSE);
    packet = tcp_packet();
    packet.payload = NULL;
    cr_expect_eq(extension()->packet(log.thread, NULL, &packet, &log), SMIN_E_MISUSE);
    packet = tcp_packet();
    packet.direction = 2;
    cr_expect_eq(extension()->packet(log.thread, NULL, &packet, &log), SMIN_E_MISUSE);
    cr_expect_eq(log.length, 0);
    abi_log_finish(&log);
}
