/* SPDX-License-Identifier: BSD-2-Clause */
/* The inspector as a value: what plugins/smartinstall exports and what linked programs get. */
#define SMIN_BUILDING_LIBRARY
#include "smin/inspector.h"

#include "decode/decode.h"
#include "inspect/builtin.h"
#include "inspect/inspector.h"
#include "smin/version.h"

static const uint16_t tcp_ports[] = {SMIN_TCP_PORT};

const struct smin_inspector smini_builtin_inspector = {
    .struct_size = sizeof(smini_builtin_inspector),
    .abi_major = SMIN_ABI_MAJOR,
    .abi_minor = SMIN_ABI_MINOR,
    .id = "org.smin.smartinstall",
    .name = "smin",
    .version = SMIN_VERSION,
    .vendor = "the smin authors",
    .licence = "BSD-2-Clause",
    .fields = smini_fields,
    .events = smini_events,
    .messages = smini_messages,
    .field_count = SMINI_FIELD_COUNT,
    .event_count = SMINI_EVENT_COUNT,
    .message_count = SMINI_MESSAGE_COUNT,
    .field_stride = sizeof(smini_fields[0]),
    .event_stride = sizeof(smini_events[0]),
    .message_stride = sizeof(smini_messages[0]),
    .tcp_port_count = sizeof(tcp_ports) / sizeof(tcp_ports[0]),
    .tcp_ports = tcp_ports,
    .instance_new = smini_instance_new,
    .instance_free = smini_instance_free,
    .thread_new = smini_thread_new,
    .thread_free = smini_thread_free,
    .flow_new = smini_inspector_flow_new,
    .flow_free = smini_inspector_flow_free,
    .probe = smini_inspector_probe,
    .feed = smini_inspector_feed,
    .gap = smini_inspector_gap,
    .datagram = smini_inspector_datagram,
    .end = smini_inspector_end,
    .extension = smini_inspector_extension,
};

const struct smin_inspector *smin_inspector_builtin(void)
{
    return &smini_builtin_inspector;
}
