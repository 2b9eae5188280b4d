/* SPDX-License-Identifier: BSD-2-Clause */
/* Instances: made, refused, given back. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

void check_balance(const struct subject *subject, char *why)
{
    struct bench bench;
    struct flow_side flow;
    if (!begin_bench(&bench, subject, why))
        return;
    if (drive_open(&bench, &flow) != SMIN_OK)
        say_why(why, "flow_new failed");
    else
        drive_close(&bench, &flow);
    finish_bench(&bench, why);
}

void check_free_null(const struct subject *subject, char *why)
{
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    subject->inspector->flow_free(bench.thread, NULL);
    subject->inspector->thread_free(NULL);
    subject->inspector->instance_free(NULL);
    finish_bench(&bench, why);
}

/* Makes an instance that must not come about; gives the status. */
static int32_t expect_no_instance(struct bench *bench, const struct smin_host *table, const struct smin_config *config,
                                  char *why, const char *what)
{
    struct smin_instance *instance = NULL;
    int32_t status = bench->host.inspector->instance_new(table, config, &instance);
    if (status >= 0)
        say_why(why, "%s: instance_new gave status %d", what, (int)status);
    if (status < 0 && instance)
        say_why(why, "%s: instance_new failed, but left an instance", what);
    if (status >= 0 && instance)
        bench->host.inspector->instance_free(instance);
    return status;
}

void check_unknown_setting(const struct subject *subject, char *why)
{
    static const struct smin_setting settings[] = {{"org.example.no-such-setting", "1"}, {"", ""}};
    struct bench bench;
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        struct smin_config config = {.struct_size = sizeof(config), .setting_count = 1, .settings = &settings[i]};
        int32_t status = expect_no_instance(&bench, &bench.host.table, &config, why, "an unknown setting");
        if (status != SMIN_E_NOT_FOUND)
            say_why(why, "an unknown setting gave status %d, not SMIN_E_NOT_FOUND", (int)status);
    }
    finish_bench(&bench, why);
}

void check_host_versions(const struct subject *subject, char *why)
{
    struct bench bench;
    struct smin_config config = {.struct_size = sizeof(config)};
    if (!begin_bench(&bench, subject, why))
        return;
    struct smin_host table = bench.host.table;
    table.abi_major = SMIN_ABI_MAJOR + 1;
    int32_t status = expect_no_instance(&bench, &table, &config, why, "a host of another major");
    if (status != SMIN_E_VERSION)
        say_why(why, "a host of another major gave status %d, not SMIN_E_VERSION", (int)status);
    table = bench.host.table;
    table.alloc = NULL;
    (void)expect_no_instance(&bench, &table, &config, why, "a host without alloc");
    table = bench.host.table;
    table.release = NULL;
    (void)expect_no_instance(&bench, &table, &config, why, "a host without release");
    table = bench.host.table;
    table.on_output = NULL;
    (void)expect_no_instance(&bench, &table, &config, why, "a host without on_output");
    (void)expect_no_instance(&bench, NULL, &config, why, "no host");
    finish_bench(&bench, why);
}

/* A host without the optional members must serve; one without the required ones must be refused. */
static void try_host_size(struct bench *bench, struct guarded *room, size_t size, char *why)
{
    const struct smin_inspector *inspector = bench->host.inspector;
    struct smin_host table = bench->host.table;
    struct smin_config config = {.struct_size = sizeof(config)};
    struct smin_instance *instance = NULL;
    table.struct_size = (uint32_t)size;
    table.trace = NULL;
    uint8_t *place = guarded_put(room, &table, size);
    const struct smin_host *shown = (const struct smin_host *)(const void *)place;
    int32_t status = inspector->instance_new(shown, &config, &instance);
    size_t required = offsetof(struct smin_host, on_output) + sizeof(table.on_output);
    if (size < required && status >= 0)
        say_why(why, "a host table of %zu bytes, too small for on_output, gave status %d", size, (int)status);
    if (size >= required && status != SMIN_OK)
        say_why(why, "a host table of %zu bytes without the optional members gave status %d", size, (int)status);
    if (instance)
        inspector->instance_free(instance);
}

void check_host_sizes(const struct subject *subject, char *why)
{
    struct bench bench;
    struct guarded room;
    if (!begin_bench(&bench, subject, why))
        return;
    if (guarded_open(&room, sizeof(struct smin_host)) != 0)
        say_why(why, "no memory for the check itself");
    else
        for (size_t size = sizeof(void *); size <= sizeof(struct smin_host); size += sizeof(void *))
            try_host_size(&bench, &room, size, why);
    guarded_close(&room);
    finish_bench(&bench, why);
}

void check_config_sizes(const struct subject *subject, char *why)
{
    struct bench bench;
    struct smin_instance *instance = NULL;
    struct {
        struct smin_config config;
        uint64_t tail[TAIL_WORDS];
    } wide = {{.struct_size = 0}, {0}};
    if (!begin_bench(&bench, subject, why))
        return;
    if (expect_no_instance(&bench, &bench.host.table, &wide.config, why, "a configuration of size 0") != SMIN_E_MISUSE)
        say_why(why, "a configuration of size 0 is not SMIN_E_MISUSE");
    wide.config.struct_size = sizeof(wide);
    if (subject->inspector->instance_new(&bench.host.table, &wide.config, &instance) != SMIN_OK)
        say_why(why, "a larger configuration whose tail is zero is refused");
    if (instance)
        subject->inspector->instance_free(instance);
    wide.tail[TAIL_WORDS - 1] = 1;
    (void)expect_no_instance(&bench, &bench.host.table, &wide.config, why, "a configuration with an unknown tail");
    finish_bench(&bench, why);
}

void check_two_instances(const struct subject *subject, char *why)
{
    struct bench first, second;
    uint64_t alone, together;
    const struct cut whole = {0, 0};
    if (!begin_bench(&first, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++) {
        const struct sample *sample = &subject->samples->list[i];
        (void)drive_stream(&first, sample, SMIN_TO_SERVER, whole, &alone);
        if (!begin_bench(&second, subject, why))
            break;
        (void)drive_stream(&second, &subject->samples->list[0], SMIN_TO_CLIENT, whole, NULL);
        (void)drive_stream(&first, sample, SMIN_TO_SERVER, whole, &together);
        finish_bench(&second, why);
        if (alone != together)
            say_why(why, "\"%s\" is told otherwise once a second instance was at work", sample->name);
    }
    finish_bench(&first, why);
}

static uint64_t sum(uint64_t digest, const void *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        digest = (digest ^ ((const uint8_t *)bytes)[i]) * 1099511628211u;
    return digest;
}

static uint64_t sum_tables(const struct smin_inspector *inspector)
{
    uint64_t digest = sum(14695981039346656037u, inspector, inspector->struct_size);
    digest = sum(digest, inspector->fields, (size_t)inspector->field_count * inspector->field_stride);
    digest = sum(digest, inspector->events, (size_t)inspector->event_count * inspector->event_stride);
    digest = sum(digest, inspector->messages, (size_t)inspector->message_count * inspector->message_stride);
    return sum(digest, inspector->tcp_ports, inspector->tcp_port_count * sizeof(uint16_t));
}

void check_tables_constant(const struct subject *subject, char *why)
{
    struct bench bench;
    uint64_t before = sum_tables(subject->inspector);
    if (!begin_bench(&bench, subject, why))
        return;
    for (size_t i = 0; i < subject->samples->count; i++)
        (void)drive_stream(&bench, &subject->samples->list[i], SMIN_TO_SERVER, (struct cut){0, 0}, NULL);
    if (sum_tables(subject->inspector) != before)
        say_why(why, "the inspector's table or one that it points to was changed");
    finish_bench(&bench, why);
}
