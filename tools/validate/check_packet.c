/* SPDX-License-Identifier: BSD-2-Clause */
/* smin.packet/1: packets of every kind, with and without a flow. */
#include "smin/abi_ext.h"

#include <stddef.h>
#include <string.h>

#include "check.h"

enum { PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_ICMP = 1, EVERY_WISH = SMIN_WANTS_PACKETS | SMIN_WANTS_DATAGRAMS |
                                                                            SMIN_WANTS_PACKET_FLOWS };

static struct smin_packet packet_of(uint8_t protocol, uint32_t direction)
{
    struct smin_packet packet = {.struct_size = sizeof(packet), .known = SMIN_PACKET_FRAGMENT, .direction = direction,
                                 .packet_number = 1, .ip_version = 4, .protocol = protocol, .ttl = 64,
                                 .source_address = {198, 51, 100, 7}, .destination_address = {192, 0, 2, 10}};
    if (protocol == PROTOCOL_ICMP)
        packet.known |= SMIN_PACKET_ICMP | SMIN_PACKET_ICMP_ID;
    else
        packet.known |= SMIN_PACKET_PORTS | SMIN_PACKET_FLOW | SMIN_PACKET_FIRST;
    if (protocol == PROTOCOL_TCP)
        packet.known |= SMIN_PACKET_TCP;
    packet.source_port = 40000;
    packet.destination_port = 4786;
    return packet;
}

static int32_t give(struct bench *bench, const struct smin_ext_packet *table, const struct smin_packet *packet,
                    struct flow_side *flow)
{
    flow_side_open(flow, &bench->host);
    flow->whole_message = true;
    flow->in_call = true;
    flow->position[packet->direction & 1] = packet->payload_length;
    flow->input = (struct smin_input){.struct_size = sizeof(flow->input), .direction = packet->direction,
                                      .length = packet->payload_length, .bytes = packet->payload};
    return table->packet(bench->thread, NULL, packet, flow);
}

static void try_sample(struct bench *bench, const struct smin_ext_packet *table, const struct sample *sample, char *why)
{
    static const uint8_t protocols[] = {PROTOCOL_TCP, PROTOCOL_UDP, PROTOCOL_ICMP, 89};
    struct flow_side flow;
    for (size_t i = 0; i < sizeof(protocols); i++) {
        struct smin_packet packet = packet_of(protocols[i], i & 1);
        packet.payload = guarded_put(&bench->room, sample->bytes, sample->length);
        packet.payload_length = packet.payload_wire = (uint32_t)sample->length;
        int32_t status = give(bench, table, &packet, &flow);
        guarded_spoil(&bench->room, sample->length);
        if (status != SMIN_OK)
            say_why(why, "\"%s\" as a packet of protocol %u: status %d", sample->name, (unsigned)protocols[i], (int)status);
    }
}

/* A caller may know less; what its struct does not hold must not be read. */
static void try_sizes(struct bench *bench, const struct smin_ext_packet *table, char *why)
{
    struct guarded room;
    struct flow_side flow;
    if (guarded_open(&room, sizeof(struct smin_packet)) != 0) {
        say_why(why, "no memory for the check itself");
        return;
    }
    for (size_t size = sizeof(uint64_t); size < sizeof(struct smin_packet); size += sizeof(uint64_t)) {
        struct smin_packet packet = packet_of(PROTOCOL_TCP, SMIN_TO_SERVER);
        packet.struct_size = (uint32_t)size;
        flow_side_open(&flow, &bench->host);
        flow.quiet = true;
        const void *place = guarded_put(&room, &packet, size);
        int32_t status = table->packet(bench->thread, NULL, place, &flow);
        if (size <= offsetof(struct smin_packet, protocol) && status != SMIN_E_MISUSE)
            say_why(why, "a packet of size %zu gave status %d", size, (int)status);
    }
    guarded_close(&room);
}

void check_packet(const struct subject *subject, char *why)
{
    const struct smin_ext_packet *table = subject->inspector->extension(SMIN_EXT_PACKET);
    struct bench bench;
    if (!table || !begin_bench(&bench, subject, why))
        return;
    uint32_t wanted = table->wanted(bench.instance);
    if (wanted & ~(uint32_t)EVERY_WISH)
        say_why(why, "it wants %u, which is no sum of SMIN_WANTS_*", (unsigned)wanted);
    if (table->wanted(bench.instance) != wanted)
        say_why(why, "it wants something else the second time");
    for (size_t i = 0; i < subject->samples->count; i++)
        try_sample(&bench, table, &subject->samples->list[i], why);
    try_sizes(&bench, table, why);
    if (table->packet(bench.thread, NULL, NULL, NULL) != SMIN_E_MISUSE)
        say_why(why, "no packet at all is not SMIN_E_MISUSE");
    finish_bench(&bench, why);
}
