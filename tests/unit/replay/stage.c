/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <stdlib.h>
#include <string.h>

enum { ETHERNET = 14, VLAN = 4, FRAME_MAX = 2048 };

struct frame {
    uint8_t bytes[FRAME_MAX];
    uint32_t length;
};

static void add8(struct frame *frame, unsigned value)
{
    frame->bytes[frame->length++] = (uint8_t)value;
}

static void add16(struct frame *frame, unsigned value)
{
    add8(frame, value >> 8 & 255);
    add8(frame, value & 255);
}

static void add32(struct frame *frame, uint32_t value)
{
    add16(frame, value >> 16);
    add16(frame, value & 65535);
}

static void add_bytes(struct frame *frame, const void *bytes, uint32_t length)
{
    if (length)
        memcpy(frame->bytes + frame->length, bytes, length);
    frame->length += length;
}

static uint32_t sum(uint32_t total, const uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++)
        total += i & 1 ? bytes[i] : (uint32_t)bytes[i] << 8;
    return total;
}

static void put_checksum(uint8_t *at, uint32_t total)
{
    while (total >> 16)
        total = (total & 65535) + (total >> 16);
    at[0] = (uint8_t)(~total >> 8 & 255);
    at[1] = (uint8_t)(~total & 255);
}

static uint32_t address_of(const struct stage_segment *segment, bool server)
{
    if (server)
        return segment->server ? segment->server : 0x0a000002;
    return segment->client ? segment->client : 0x0a000001;
}

static unsigned port_of(const struct stage_segment *segment, bool server)
{
    if (server)
        return segment->server_port ? segment->server_port : FAKE_PORT;
    return segment->client_port ? segment->client_port : 40000;
}

static void add_ethernet(struct frame *frame, const struct stage_segment *segment, unsigned type)
{
    add_bytes(frame, "\x02\0\0\0\0\1\x02\0\0\0\0\2", 12);
    if (segment->vlan) {
        add16(frame, 0x8100);
        add16(frame, segment->vlan);
    }
    add16(frame, type);
}

static void add_ipv4(struct frame *frame, const struct stage_segment *segment, unsigned protocol, uint32_t length)
{
    uint32_t begin = frame->length;
    add16(frame, 0x4500);
    add16(frame, 20 + length);
    add32(frame, 0x00004000);
    add8(frame, segment->ttl ? segment->ttl : 64);
    add8(frame, protocol);
    add16(frame, 0);
    add32(frame, address_of(segment, segment->from_server));
    add32(frame, address_of(segment, !segment->from_server));
    put_checksum(frame->bytes + begin + 10, sum(0, frame->bytes + begin, 20));
}

static void add_ipv6(struct frame *frame, const struct stage_segment *segment, unsigned protocol, uint32_t length)
{
    add32(frame, 0x60000000);
    add16(frame, length);
    add8(frame, protocol);
    add8(frame, segment->ttl ? segment->ttl : 64);
    for (unsigned end = 0; end < 2; end++) {
        add32(frame, 0x20010db8);
        add32(frame, 0);
        add32(frame, 0);
        add32(frame, address_of(segment, segment->from_server != (end == 1)));
    }
}

static void add_tcp(struct frame *frame, const struct stage_segment *segment, uint32_t addresses, uint32_t address_bytes)
{
    uint32_t begin = frame->length;
    uint32_t header = segment->timestamp ? 32 : 20;
    add16(frame, port_of(segment, segment->from_server));
    add16(frame, port_of(segment, !segment->from_server));
    add32(frame, segment->sequence);
    add32(frame, segment->acknowledgement);
    add8(frame, header * 4);
    add8(frame, segment->flags);
    add16(frame, 65535);
    add32(frame, 0);
    if (segment->timestamp) {
        add32(frame, 0x0101080a);
        add32(frame, segment->timestamp);
        add32(frame, 1);
    }
    add_bytes(frame, segment->bytes, segment->length);
    uint32_t total = sum(6 + header + segment->length, frame->bytes + addresses, address_bytes);
    put_checksum(frame->bytes + begin + 16, sum(total, frame->bytes + begin, header + segment->length));
    if (segment->bad_checksum)
        frame->bytes[begin + 17] ^= 0x55;
}

static void keep(struct stage *stage, const struct frame *frame, uint64_t time_ns)
{
    if (stage->packet_count == stage->packet_room) {
        stage->packet_room = stage->packet_room ? stage->packet_room * 2 : 64;
        stage->packets = realloc(stage->packets, stage->packet_room * sizeof(*stage->packets));
        if (!stage->packets)
            abort();
    }
    uint8_t *bytes = malloc(frame->length);
    if (!bytes)
        abort();
    memcpy(bytes, frame->bytes, frame->length);
    uint32_t number = stage->packet_count + 1;
    stage->packets[stage->packet_count++] =
        (struct smini_packet){.bytes = bytes,
                              .captured = frame->length,
                              .wire_length = frame->length,
                              .link_type = 1,
                              .time_ns = time_ns ? time_ns : 1700000000000000000u + number * (uint64_t)1000000,
                              .number = number};
}

void stage_add(struct stage *stage, const struct stage_segment *segment)
{
    struct frame frame = {.length = 0};
    uint32_t tcp = (segment->timestamp ? 32 : 20) + segment->length;
    add_ethernet(&frame, segment, 0x0800);
    add_ipv4(&frame, segment, 6, tcp);
    add_tcp(&frame, segment, frame.length - 8, 8);
    keep(stage, &frame, segment->time_ns);
}

void stage_add_ipv6(struct stage *stage, const struct stage_segment *segment)
{
    struct frame frame = {.length = 0};
    uint32_t tcp = (segment->timestamp ? 32 : 20) + segment->length;
    add_ethernet(&frame, segment, 0x86dd);
    add_ipv6(&frame, segment, 6, tcp);
    add_tcp(&frame, segment, frame.length - 32, 32);
    keep(stage, &frame, segment->time_ns);
}

void stage_add_udp(struct stage *stage, const struct stage_segment *segment)
{
    struct frame frame = {.length = 0};
    add_ethernet(&frame, segment, 0x0800);
    add_ipv4(&frame, segment, 17, 8 + segment->length);
    add16(&frame, port_of(segment, segment->from_server));
    add16(&frame, port_of(segment, !segment->from_server));
    add16(&frame, 8 + segment->length);
    add16(&frame, 0); /* no checksum */
    add_bytes(&frame, segment->bytes, segment->length);
    keep(stage, &frame, segment->time_ns);
}

static void add_fragment(struct stage *stage, const struct stage_segment *segment, const uint8_t *bytes, uint32_t length,
                         uint32_t offset, bool more)
{
    struct frame frame = {.length = 0};
    add_ethernet(&frame, segment, 0x0800);
    uint32_t begin = frame.length;
    add_ipv4(&frame, segment, 6, length);
    uint8_t *ip = frame.bytes + begin;
    ip[4] = 0x77;
    ip[6] = (uint8_t)((more ? 0x20 : 0) | offset >> 11);
    ip[7] = (uint8_t)(offset >> 3);
    ip[10] = ip[11] = 0;
    put_checksum(ip + 10, sum(0, ip, 20));
    add_bytes(&frame, bytes, length);
    keep(stage, &frame, segment->time_ns);
}

void stage_add_fragments(struct stage *stage, const struct stage_segment *segment, uint32_t at, const void *other_copy)
{
    struct frame whole = {.length = 0};
    add_ethernet(&whole, segment, 0x0800);
    add_ipv4(&whole, segment, 6, 20 + segment->length);
    uint32_t begin = whole.length;
    add_tcp(&whole, segment, whole.length - 8, 8);
    add_fragment(stage, segment, whole.bytes + begin, at, 0, true);
    if (other_copy)
        add_fragment(stage, segment, other_copy, 8, at - 8, true);
    add_fragment(stage, segment, whole.bytes + begin + at, whole.length - begin - at, at, false);
}

static void on_output(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                      int reading, const struct smin_output *output)
{
    struct stage *stage = user;
    (void)inspector;
    (void)flow;
    if (stage->output_count == STAGE_OUTPUTS_MAX)
        return;
    struct stage_output *kept = &stage->outputs[stage->output_count++];
    *kept = (struct stage_output){.offset = output->message->offset,
                                  .packet = output->packet_number,
                                  .length = (uint32_t)output->message->length,
                                  .direction = output->message->direction,
                                  .reading = reading};
    memcpy(kept->bytes, output->message->bytes, output->message->size);
}

static void on_flow(void *user, const struct smini_flow_view *flow)
{
    struct stage *stage = user;
    if (stage->flow_count < STAGE_FLOWS_MAX)
        stage->flows[stage->flow_count] = *flow;
    stage->flow_count++;
}

static void on_problem(void *user, const struct smini_problem *problem)
{
    struct stage *stage = user;
    if (stage->problem_count < STAGE_PROBLEMS_MAX)
        strncpy(stage->problems[stage->problem_count], problem->event, sizeof(stage->problems[0]) - 1);
    stage->problem_count++;
}

static void on_counters(void *user, const struct smini_run_counters *counters)
{
    struct stage *stage = user;
    stage->counters = *counters;
    stage->captures++;
}

struct stage *stage_open(void)
{
    struct stage *stage = calloc(1, sizeof(*stage));
    if (!stage)
        abort();
    fake_log_clear();
    failing_alloc_open(&stage->memory);
    stage->host = (struct smin_host){.struct_size = sizeof(stage->host),
                                     .abi_major = SMIN_ABI_MAJOR,
                                     .abi_minor = SMIN_ABI_MINOR,
                                     .name = "tests",
                                     .user = &stage->memory,
                                     .alloc = failing_alloc_take,
                                     .release = failing_alloc_give,
                                     .on_output = smini_run_on_output};
    smini_run_options_default(&stage->options);
    return stage;
}

bool stage_play(struct stage *stage, const struct smin_inspector *inspector)
{
    struct smini_sink sink = {.user = stage,
                              .on_output = on_output,
                              .on_flow = on_flow,
                              .on_problem = on_problem,
                              .on_counters = on_counters};
    struct smini_run_inspector with = {.inspector = inspector};
    fake_log_clear();
    stage->output_count = stage->problem_count = stage->flow_count = 0;
    if (inspector->instance_new(&stage->host, NULL, &with.instance) != SMIN_OK)
        return false;
    bool made = smini_run_new(&stage->run, &stage->memory.alloc, &stage->options, &with, 1, &sink) == SMIN_OK;
    if (made) {
        made = smini_pump_begin(stage->run) == SMIN_OK;
        for (uint32_t at = 0; made && at < stage->packet_count; at += SMINI_CAPTURE_BATCH) {
            uint32_t left = stage->packet_count - at;
            smini_pump_batch(stage->run, stage->packets + at, left < SMINI_CAPTURE_BATCH ? left : SMINI_CAPTURE_BATCH);
        }
        smini_pump_end(stage->run);
    }
    smini_run_free(&stage->run);
    inspector->instance_free(with.instance);
    return made;
}

void stage_clear(struct stage *stage)
{
    for (uint32_t i = 0; i < stage->packet_count; i++) {
        union {
            const uint8_t *lent;
            uint8_t *own;
        } bytes = {.lent = stage->packets[i].bytes};
        free(bytes.own);
    }
    stage->packet_count = 0;
}

uint32_t stage_problems(const struct stage *stage, const char *event)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < stage->problem_count && i < STAGE_PROBLEMS_MAX; i++)
        count += strcmp(stage->problems[i], event) == 0;
    return count;
}

bool stage_clean(const struct stage *stage)
{
    return failing_alloc_clean(&stage->memory) && !fake_log.broken && fake_log.live == 0;
}

void stage_close(struct stage *stage)
{
    stage_clear(stage);
    free(stage->packets);
    free(stage);
}
