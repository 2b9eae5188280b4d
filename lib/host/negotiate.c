/* SPDX-License-Identifier: BSD-2-Clause */
#define SMIN_BUILDING_LIBRARY
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "host/limits.h"
#include "host/reason.h"
#include "host/tables.h"
#include "host/wellformed.h"
#include "smin/host.h"

/* Size of the table in 1.0: less cannot hold what is required. Never raised within a major. */
enum { SMALLEST_INSPECTOR = offsetof(struct smin_inspector, extension) + sizeof(void *) };

/* Size, major and minor: what may be read of anybody's table. */
enum { VERSION_BYTES = offsetof(struct smin_inspector, abi_minor) + sizeof(uint16_t) };

struct member {
    const char *name;
    size_t offset;
};

#define MEMBER(name) {#name, offsetof(struct smin_inspector, name)}

static bool member_is_null(const struct smin_inspector *inspector, size_t offset)
{
    void *value;
    memcpy(&value, (const uint8_t *)inspector + offset, sizeof(value));
    return value == NULL;
}

/* Any minor of this major can be read: minors only append, and every struct says how far it goes. */
static int32_t judge_version(const struct smin_inspector *inspector, char *reason)
{
    if ((uintptr_t)inspector % alignof(struct smin_inspector) != 0)
        return smini_reason_say(reason, SMIN_E_MISUSE, "the inspector table is not aligned");
    if (inspector->struct_size < VERSION_BYTES)
        return smini_reason_say(reason, SMIN_E_MISUSE,
                                "the inspector table says it has %u bytes, which does not even hold its version; set "
                                "struct_size to sizeof(struct smin_inspector)",
                                (unsigned)inspector->struct_size);
    if (inspector->abi_major != SMIN_ABI_MAJOR)
        return smini_reason_say(reason, SMIN_E_VERSION,
                                "the inspector was built for ABI %u.%u, this host is built for ABI %u.%u; rebuild the "
                                "plugin against this host's smin/abi.h, or use a host of the plugin's version",
                                (unsigned)inspector->abi_major, (unsigned)inspector->abi_minor,
                                (unsigned)SMIN_ABI_MAJOR, (unsigned)SMIN_ABI_MINOR);
    if (inspector->struct_size < SMALLEST_INSPECTOR)
        return smini_reason_say(reason, SMIN_E_MISUSE,
                                "the inspector table says it has %u bytes, ABI %u.%u needs at least %u; set "
                                "struct_size to sizeof(struct smin_inspector)",
                                (unsigned)inspector->struct_size, (unsigned)inspector->abi_major,
                                (unsigned)inspector->abi_minor, (unsigned)SMALLEST_INSPECTOR);
    if (inspector->struct_size > SMINI_HOST_INSPECTOR_BYTES)
        return smini_reason_say(reason, SMIN_E_MISUSE,
                                "the inspector table says it has %u bytes, which no version of it has; set "
                                "struct_size to sizeof(struct smin_inspector)",
                                (unsigned)inspector->struct_size);
    return SMIN_OK;
}

static int32_t judge_texts(const struct smin_inspector *inspector, char *reason)
{
    if (!smini_wellformed_id(inspector->id))
        return smini_reason_say(reason, SMIN_E_MISUSE,
                                "the inspector's id is missing or not a reverse domain name like "
                                "\"org.example.protocol\" of at most %u characters",
                                SMINI_HOST_ID_CHARS);
    if (!smini_wellformed_name(inspector->name))
        return smini_reason_say(reason, SMIN_E_MISUSE,
                                "%s: the protocol name is missing or not like \"smin\": a lower-case letter, then "
                                "letters, digits and '_', at most %u",
                                inspector->id, SMINI_HOST_NAME_CHARS);
    const struct {
        const char *name;
        const char *text;
    } lines[] = {{"version", inspector->version}, {"vendor", inspector->vendor}, {"licence", inspector->licence}};
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        if (!smini_wellformed_line(lines[i].text))
            return smini_reason_say(reason, SMIN_E_MISUSE, "%s: %s is missing or not one line of text", inspector->id,
                                    lines[i].name);
    return SMIN_OK;
}

static int32_t judge_functions(const struct smin_inspector *inspector, char *reason)
{
    static const struct member required[] = {
        MEMBER(instance_new), MEMBER(instance_free), MEMBER(thread_new), MEMBER(thread_free), MEMBER(flow_new),
        MEMBER(flow_free),    MEMBER(probe),         MEMBER(feed),       MEMBER(gap),         MEMBER(end),
        MEMBER(extension),
    };
    for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++)
        if (member_is_null(inspector, required[i].offset))
            return smini_reason_say(reason, SMIN_E_MISUSE, "%s: the required function %s is NULL", inspector->id,
                                    required[i].name);
    return SMIN_OK;
}

static int32_t judge_ports(const struct smin_inspector *inspector, char *reason)
{
    if (inspector->flags & ~(uint32_t)SMIN_INSPECTOR_EVERYDAY)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: a flag that is not known", inspector->id);
    if (inspector->tcp_port_count == 0)
        return SMIN_OK;
    if (inspector->tcp_port_count > SMINI_HOST_PORTS)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: %u port hints, at most %u are taken", inspector->id,
                                (unsigned)inspector->tcp_port_count, SMINI_HOST_PORTS);
    if (!inspector->tcp_ports || (uintptr_t)inspector->tcp_ports % alignof(uint16_t) != 0)
        return smini_reason_say(reason, SMIN_E_MISUSE, "%s: the port table is NULL or not aligned", inspector->id);
    return SMIN_OK;
}

int32_t smin_host_judge(const struct smin_inspector *inspector, char *reason)
{
    if (!inspector)
        return smini_reason_say(reason, SMIN_E_MISUSE, "there is no inspector: the pointer is NULL");
    static int32_t (*const steps[])(const struct smin_inspector *, char *) = {
        judge_version, judge_texts, judge_functions, judge_ports, smini_tables_judge,
    };
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        int32_t status = steps[i](inspector, reason);
        if (status != SMIN_OK)
            return status;
    }
    return smini_reason_none(reason);
}
