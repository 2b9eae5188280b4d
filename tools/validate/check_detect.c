/* SPDX-License-Identifier: BSD-2-Clause */
/* smin.detect/1: patterns and probe speak of the same streams. */
#include <string.h>

#include "check.h"
#include "smin/abi_ext.h"

enum {
    /* A table beyond it would cost every stream of an engine more than it finds. */
    PATTERNS_MAX = 1024,
    PATTERN_BYTES_MAX = 64
};

static const struct smin_detect_pattern *pattern_at(const struct smin_ext_detect *table, uint32_t index)
{
    return (const struct smin_detect_pattern *)(const void *)((const char *)table->patterns +
                                                              (size_t)index * table->pattern_stride);
}

static bool is_hint(const struct smin_inspector *inspector, uint16_t port)
{
    for (unsigned i = 0; i < inspector->tcp_port_count; i++)
        if (inspector->tcp_ports[i] == port)
            return true;
    return false;
}

/* Asks about a stream's first bytes on ports that are no hint. */
static int32_t probe(struct bench *bench, uint32_t direction, const uint8_t *bytes, size_t length)
{
    struct smin_flow_info info = {
        .struct_size = sizeof(info), .ip_version = 4, .protocol = 6, .client_port = 40000, .server_port = 40001};
    while (is_hint(bench->host.inspector, info.client_port) || is_hint(bench->host.inspector, info.server_port)) {
        info.client_port++;
        info.server_port++;
    }
    struct smin_input input = {.struct_size = sizeof(input), .direction = direction, .length = length};
    input.bytes = guarded_put(&bench->room, bytes, length);
    return bench->host.inspector->probe(bench->thread, &info, &input);
}

static bool begins_as_a_pattern(const struct smin_ext_detect *table, uint32_t direction, const struct sample *sample)
{
    for (uint32_t i = 0; i < table->pattern_count; i++) {
        const struct smin_detect_pattern *pattern = pattern_at(table, i);
        if ((pattern->direction == SMIN_EITHER || pattern->direction == direction) &&
            pattern->length <= sample->length && memcmp(pattern->bytes, sample->bytes, pattern->length) == 0)
            return true;
    }
    return false;
}

static void try_pattern(struct bench *bench, const struct smin_detect_pattern *pattern, uint32_t index, char *why)
{
    if (!pattern->bytes || pattern->length == 0 || pattern->length > PATTERN_BYTES_MAX ||
        pattern->direction > SMIN_EITHER) {
        say_why(why, "pattern %u is empty, too long or of no direction", (unsigned)index);
        return;
    }
    for (uint32_t direction = 0; direction < SMIN_EITHER; direction++)
        if ((pattern->direction == SMIN_EITHER || pattern->direction == direction) &&
            probe(bench, direction, pattern->bytes, pattern->length) == SMIN_PROBE_NO)
            say_why(why, "probe says no to pattern %u itself", (unsigned)index);
}

static void try_sample(struct bench *bench, const struct smin_ext_detect *table, const struct sample *sample,
                       char *why)
{
    for (uint32_t direction = 0; direction < SMIN_EITHER; direction++) {
        if (probe(bench, direction, sample->bytes, sample->length) == SMIN_PROBE_YES &&
            !begins_as_a_pattern(table, direction, sample))
            say_why(why, "\"%s\" is found by probe, but by no pattern", sample->name);
        for (size_t length = table->probe_bytes; length <= sample->length && length <= PATTERN_BYTES_MAX; length++)
            if (probe(bench, direction, sample->bytes, length) == SMIN_PROBE_MORE)
                say_why(why, "\"%s\": probe wants more than %u bytes", sample->name, (unsigned)table->probe_bytes);
    }
}

void check_detect(const struct subject *subject, char *why)
{
    const struct smin_ext_detect *table = subject->inspector->extension(SMIN_EXT_DETECT);
    struct bench bench;
    if (!table || !begin_bench(&bench, subject, why))
        return;
    if (table->pattern_count > PATTERNS_MAX)
        say_why(why, "%u patterns", (unsigned)table->pattern_count);
    for (uint32_t i = 0; i < table->pattern_count && why[0] == '\0'; i++)
        try_pattern(&bench, pattern_at(table, i), i, why);
    for (size_t i = 0; i < subject->samples->count && why[0] == '\0'; i++)
        try_sample(&bench, table, &subject->samples->list[i], why);
    finish_bench(&bench, why);
}
