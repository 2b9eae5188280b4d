/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/flow_facts.h"

#include <stdatomic.h>
#include <string.h>

#include "suricata8/log.h"

/* The accessors only read, though they ask for more. */
static struct smini_engine_flow *readable(const struct smini_engine_flow *flow)
{
    return (struct smini_engine_flow *)(uintptr_t)flow;
}

uint16_t smini_suricata_flow_flags(uint8_t stream_flags)
{
    uint16_t midstream = stream_flags & SMINI_ENGINE_STREAM_MIDSTREAM ? SMIN_FLOW_MIDSTREAM : 0;
    return (uint16_t)(SMIN_FLOW_ESTABLISHED | midstream); /* the engine parses no other flows */
}

/* No function gives the addresses, so they are read where they stand, provided that the ports stand where they should. */
static bool read_addresses(const struct smini_engine_flow *flow, struct smini_engine_flow_head *head)
{
    static atomic_flag told = ATOMIC_FLAG_INIT;
    memcpy(head, flow, sizeof(*head));
    if (head->source_port == FlowGetSourcePort(readable(flow)) &&
        head->destination_port == FlowGetDestinationPort(readable(flow)))
        return true;
    if (!atomic_flag_test_and_set(&told))
        smini_suricata_log(SMINI_ENGINE_LOG_WARNING,
                           "the engine keeps a flow's addresses at an unknown place: they stay unknown");
    return false;
}

void smini_suricata_flow_facts(const struct smini_engine_flow *flow, uint8_t stream_flags, struct smin_flow_info *info)
{
    struct smini_engine_flow_head head;
    uint32_t flags = FlowGetFlags(readable(flow));
    bool reversed = (flags & SMINI_ENGINE_FLOW_REVERSED) != 0;
    uint16_t source = FlowGetSourcePort(readable(flow)), destination = FlowGetDestinationPort(readable(flow));
    *info = (struct smin_flow_info){
        .struct_size = sizeof(*info),
        .protocol = SMINI_ENGINE_IP_TCP,
        .flags = smini_suricata_flow_flags(stream_flags),
        .client_port = reversed ? destination : source,
        .server_port = reversed ? source : destination,
    };
    if (!read_addresses(flow, &head))
        return;
    if (flags & SMINI_ENGINE_FLOW_IPV4)
        info->ip_version = 4;
    else if (flags & SMINI_ENGINE_FLOW_IPV6)
        info->ip_version = 6;
    size_t size = info->ip_version == 4 ? 4 : 16;
    if (info->ip_version == 0)
        return;
    memcpy(info->client_address, reversed ? head.destination : head.source, size);
    memcpy(info->server_address, reversed ? head.source : head.destination, size);
}

uint64_t smini_suricata_flow_time_ns(const struct smini_engine_flow *flow)
{
    uint64_t seconds = 0, microseconds = 0;
    FlowGetLastTimeAsParts(readable(flow), &seconds, &microseconds);
    return seconds * 1000000000u + microseconds * 1000u;
}
