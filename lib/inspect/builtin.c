/* SPDX-License-Identifier: BSD-2-Clause */
/* The inspector as a value: what plugins/smartinstall exports and what linked programs get. */
#define SMIN_BUILDING_LIBRARY
#include "smin/inspector.h"

#include "decode/decode.h"
#include "inspect/builtin.h"
#include "inspect/inspector.h"
#include "smin/version.h"

static const struct smin_field_desc fields[] = {
#define SMINI_FIELD(number, constant, type, name, key, meaning) {number, SMIN_TYPE_##type, name, key, meaning},
#include "decode/field.def"
#undef SMINI_FIELD
};

static const struct smin_event_desc events[] = {
#define SMINI_EVENT(number, constant, severity, name, reference, meaning) \
    {number, SMIN_SEVERITY_##severity, name, meaning, reference},
#include "decode/event.def"
#undef SMINI_EVENT
};

static const struct smin_message_desc messages[] = {
#define SMINI_MESSAGE(number, constant, from, type, direction, name, smallest, largest, meaning) \
    {number, SMIN_##direction, name, meaning},
#include "decode/message.def"
#undef SMINI_MESSAGE
};

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
    .fields = fields,
    .events = events,
    .messages = messages,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .event_count = sizeof(events) / sizeof(events[0]),
    .message_count = sizeof(messages) / sizeof(messages[0]),
    .field_stride = sizeof(fields[0]),
    .event_stride = sizeof(events[0]),
    .message_stride = sizeof(messages[0]),
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
    .datagram = NULL,
    .end = smini_inspector_end,
    .extension = smini_inspector_extension,
};

const struct smin_inspector *smin_inspector_builtin(void)
{
    return &smini_builtin_inspector;
}
