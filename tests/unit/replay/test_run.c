/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "replay/tcp_state.h"
#include "stage.h"

/* A small conversation with everything in it: disorder, disagreement, loss, another port, IPv6, a scan. */
static void small_capture(struct stage *stage)
{
    char text[64];
    memset(text, 'z', sizeof(text));
    memcpy(text, "FAKE", 4);
    for (uint16_t port = 0; port < 6; port++) {
        struct stage_segment segment = {.client_port = (uint16_t)(3000 + port),
                                        .server_port = port & 1 ? 8080 : 0,
                                        .vlan = port == 5 ? 7 : 0,
                                        .flags = SMINI_TCP_SYN};
        stage_add(stage, &segment);
        segment.flags = SMINI_TCP_ACK;
        segment.bytes = text;
        segment.length = 48;
        segment.sequence = 1;
        stage_add(stage, &segment);
        segment.sequence = 81; /* early */
        stage_add(stage, &segment);
        segment.sequence = 49;
        segment.bytes = text + 10;
        segment.length = 20;
        stage_add(stage, &segment);
        segment.sequence = 41; /* disagrees */
        segment.bytes = "0123456789";
        segment.length = 10;
        stage_add(stage, &segment);
        segment.from_server = true;
        segment.sequence = 1;
        segment.bytes = text;
        segment.length = 40;
        stage_add_ipv6(stage, &segment);
    }
}

Test(run, every_failing_allocation_leaves_nothing_behind_and_the_run_goes_on)
{
    struct stage *stage = stage_open();
    static struct stage_output whole[STAGE_OUTPUTS_MAX];
    uint64_t n = 1;
    small_capture(stage);
    cr_assert(stage_play(stage, &fake_inspector));
    uint32_t outputs = stage->output_count;
    memcpy(whole, stage->outputs, outputs * sizeof(whole[0]));
    for (; n < 2000; n++) {
        uint64_t refused = stage->memory.refused;
        failing_alloc_fail_nth(&stage->memory, n);
        bool made = stage_play(stage, &fake_inspector);
        cr_assert(stage_clean(stage), "request %llu: %s", (unsigned long long)n, fake_log.why);
        if (stage->memory.refused == refused)
            break; /* fewer requests than that */
        if (made && stage_problems(stage, "out_of_memory") == 0 && stage->counters.limits == 0) {
            cr_assert(eq(u32, stage->output_count, outputs), "request %llu", (unsigned long long)n);
            cr_assert(eq(int, memcmp(whole, stage->outputs, outputs * sizeof(whole[0])), 0),
                      "request %llu was refused in silence", (unsigned long long)n);
        }
    }
    cr_assert(gt(u64, n, 20));
    cr_assert(lt(u64, n, 2000));
    stage_close(stage);
}

Test(run, memory_that_is_gone_for_good_leaves_nothing_behind)
{
    struct stage *stage = stage_open();
    small_capture(stage);
    for (uint64_t n = 1; n < 200; n++) {
        failing_alloc_fail_from(&stage->memory, n);
        (void)stage_play(stage, &fake_inspector);
        cr_assert(stage_clean(stage), "from request %llu", (unsigned long long)n);
    }
    stage_close(stage);
}

Test(run, the_secret_of_a_run_changes_nothing_in_its_output)
{
    struct stage *one = stage_open(), *two = stage_open();
    small_capture(one);
    small_capture(two);
    cr_assert(stage_play(one, &fake_inspector));
    cr_assert(stage_play(two, &fake_inspector));
    cr_assert(eq(u32, one->output_count, two->output_count));
    cr_assert(gt(u32, one->output_count, 10));
    cr_expect(eq(int, memcmp(one->outputs, two->outputs, one->output_count * sizeof(one->outputs[0])), 0));
    cr_assert(eq(u32, one->flow_count, two->flow_count));
    for (uint32_t i = 0; i < one->flow_count; i++)
        cr_expect(eq(u64, one->flows[i].flow_id, two->flows[i].flow_id));
    cr_expect(eq(int, memcmp(&one->counters, &two->counters, sizeof(one->counters)), 0));
    stage_close(one);
    stage_close(two);
}

Test(run, a_flood_of_syns_stays_within_its_limits_and_says_so)
{
    struct stage *stage = stage_open();
    stage->options.flows_max = 1000;
    stage->options.tracked_max = 200;
    for (uint32_t i = 0; i < 30000; i++)
        stage_add(stage, &(struct stage_segment){.client = 0x0b000000 + i,
                                                 .server_port = i & 1 ? 80 : 0,
                                                 .flags = SMINI_TCP_SYN,
                                                 .sequence = i * 7});
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(le(u64, stage->counters.flows_peak, 1000));
    cr_expect(gt(u64, stage->counters.evicted_flows, 20000));
    cr_expect(ge(u64, stage->counters.limits, stage->counters.evicted_flows));
    cr_expect(eq(u32, stage_problems(stage, "flow_limit") + stage_problems(stage, "tracked_limit"),
                 stage->problem_count));
    cr_expect(eq(u32, stage->flow_count, 15000), "every flow on the watched port is told");
    cr_expect(lt(u64, stage->counters.memory_peak, (uint64_t)8 << 20));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(run, one_byte_segments_out_of_order_stay_within_the_flow_limit)
{
    struct stage *stage = stage_open();
    stage->options.flow_buffer_max = 32 * 1024;
    stage->options.total_buffer_max = 256 * 1024;
    stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_SYN});
    stage_add(stage, &(struct stage_segment){
                         .from_server = true, .flags = SMINI_TCP_SYN | SMINI_TCP_ACK, .acknowledgement = 1});
    for (uint32_t i = 65000; i > 2; i -= 2)
        stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_ACK, .sequence = i, .bytes = "x", .length = 1});
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(lt(u64, stage->counters.memory_peak, (uint64_t)3 << 20));
    cr_expect(eq(u32, stage_problems(stage, "reassembly_limit"), 1));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(run, silent_flows_end_by_packet_time)
{
    struct stage *stage = stage_open();
    const uint64_t second = 1000000000u;
    stage->options.tcp_idle_ns = 100 * second;
    for (uint32_t i = 0; i < 2; i++) {
        stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_ACK,
                                                 .sequence = 1 + i * 4,
                                                 .bytes = "FAKE",
                                                 .length = 4,
                                                 .time_ns = 1700000000 * second + i * 200 * second});
    }
    cr_assert(stage_play(stage, &fake_inspector));
    cr_assert(eq(u32, stage->flow_count, 2));
    cr_expect(strcmp(stage->flows[0].reason, "timeout") == 0);
    cr_expect(strcmp(stage->flows[1].reason, "forced") == 0);
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(run, datagrams_reach_an_inspector_that_reads_them_and_no_other)
{
    struct stage *stage = stage_open();
    for (uint32_t i = 0; i < 3; i++)
        stage_add_udp(stage, &(struct stage_segment){.server_port = 69, .bytes = "FAKE-datagram", .length = 13});
    stage_add_udp(stage, &(struct stage_segment){.server_port = 53, .bytes = "no", .length = 2});
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(eq(u64, stage->counters.udp, 4));
    cr_expect(eq(u32, fake_log.flow_count, 0));
    cr_assert(stage_play(stage, &fake_datagram_inspector));
    cr_expect(eq(u32, fake_log.flow_count, 1));
    cr_expect(eq(u64, fake_log.datagrams, 3));
    cr_expect(eq(u64, stage->counters.udp_flows, 1)); /* one that nobody wants is none */
    cr_expect(eq(u32, stage->flow_count, 1));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

static void put32(FILE *file, uint32_t value)
{
    fwrite(&value, 4, 1, file);
}

Test(run, a_capture_file_gives_what_its_packets_give)
{
    struct stage *stage = stage_open();
    struct smini_run_inspector with = {.inspector = &fake_inspector};
    struct smini_sink sink = {.user = stage};
    FILE *file = tmpfile();
    small_capture(stage);
    cr_assert(file != NULL);
    put32(file, 0xa1b23c4d); /* nanoseconds, this machine's byte order */
    put32(file, 2 | 4 << 16);
    put32(file, 0);
    put32(file, 0);
    put32(file, 65535);
    put32(file, 1);
    for (uint32_t i = 0; i < stage->packet_count; i++) {
        const struct smini_packet *packet = &stage->packets[i];
        put32(file, (uint32_t)(packet->time_ns / 1000000000u));
        put32(file, (uint32_t)(packet->time_ns % 1000000000u));
        put32(file, packet->captured);
        put32(file, packet->wire_length);
        fwrite(packet->bytes, packet->captured, 1, file);
    }
    fflush(file);
    cr_assert(stage_play(stage, &fake_inspector));
    uint32_t flows = fake_log.flow_count;
    uint64_t probes = fake_log.probes;
    fake_log_clear();
    cr_assert(eq(i32, fake_inspector.instance_new(&stage->host, NULL, &with.instance), SMIN_OK));
    cr_assert(eq(i32, smini_run_new(&stage->run, &stage->memory.alloc, &stage->options, &with, 1, &sink), SMIN_OK));
    for (int again = 0; again < 2; again++) {
        rewind(file);
        cr_assert(eq(long, lseek(fileno(file), 0, SEEK_SET), 0));
        cr_expect(eq(i32, smini_run_capture(stage->run, fileno(file), "t.pcap", NULL, NULL), SMIN_E_TRUNCATED),
                  "bytes are missing from its streams");
        cr_expect(eq(u32, fake_log.flow_count, flows * (uint32_t)(again + 1)));
        cr_expect(eq(u64, fake_log.probes, probes * (uint64_t)(again + 1)));
        cr_expect(eq(u32, fake_log.threads, SMINI_RUN_THREADS * (uint32_t)(again + 1)),
                  "what was counted in one capture is not in the next");
    }
    smini_run_free(&stage->run);
    fake_inspector.instance_free(with.instance);
    cr_expect(stage_clean(stage));
    fclose(file);
    stage_close(stage);
}
