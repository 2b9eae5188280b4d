/* SPDX-License-Identifier: BSD-2-Clause */
#include "abi_log.h"

#include "smin/inspector.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void *take(void *user, size_t size)
{
    return smini_alloc_get(&((struct abi_log *)user)->alloc, size);
}

static void give(void *user, void *memory, size_t size)
{
    smini_alloc_free(&((struct abi_log *)user)->alloc, memory, size);
}

static int32_t announce(void *user, void *flow_user, const struct smin_expectation *expectation)
{
    struct abi_log *log = user;
    cr_assert_eq(flow_user, log);
    const uint8_t *server = expectation->server_address;
    int added = snprintf(log->announced + log->announced_length, sizeof(log->announced) - log->announced_length,
                         "%s/%u %u.%u.%u.%u:%u flags=%u direction=%u %.*s\n", expectation->inspector,
                         expectation->protocol, server[0], server[1], server[2], server[3], expectation->server_port,
                         expectation->flags, expectation->direction, (int)expectation->name_length,
                         (const char *)expectation->name);
    cr_assert(added > 0 && (size_t)added < sizeof(log->announced) - log->announced_length);
    log->announced_length += (size_t)added;
    return SMIN_OK;
}

static const void *lend(void *user, const char *id)
{
    static const struct smin_ext_expect expect = {.struct_size = sizeof(expect), .announce = announce};
    (void)user;
    return strcmp(id, SMIN_EXT_EXPECT) == 0 ? &expect : NULL;
}

__attribute__((format(printf, 2, 3))) static void say(struct abi_log *log, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int added = vsnprintf(log->text + log->length, sizeof(log->text) - log->length, format, arguments);
    va_end(arguments);
    cr_assert(added >= 0 && (size_t)added < sizeof(log->text) - log->length, "the log is full");
    log->length += (size_t)added;
}

static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    struct abi_log *log = user;
    const struct smin_message *message = output->message;
    cr_assert_eq(flow_user, log);
    say(log, "%u/%u id=%u %llu+%llu flags=%u", message->kind, message->direction, message->id,
        (unsigned long long)message->offset, (unsigned long long)message->length, message->flags);
    for (uint32_t i = 0; i < message->field_count; i++)
        say(log, " f%u@%llu=%llu", message->fields[i].id, (unsigned long long)message->fields[i].offset,
            (unsigned long long)message->fields[i].number);
    for (uint32_t i = 0; i < message->event_count; i++)
        say(log, " e%u@%llu", message->events[i].id, (unsigned long long)message->events[i].offset);
    for (uint32_t i = 0; i < output->alert_count; i++)
        say(log, " ALERT%u@%llu+%u", output->alerts[i].rule->sid, (unsigned long long)output->alerts[i].offset,
            output->alerts[i].length);
    say(log, "\n");
    if (log->inside)
        log->inside(log);
}

void abi_log_begin(struct abi_log *log, const char *rules, const struct smin_setting *settings, uint32_t setting_count)
{
    memset(log, 0, sizeof(*log));
    smini_alloc_init(&log->alloc, 0);
    log->host.struct_size = sizeof(log->host);
    log->host.abi_major = SMIN_ABI_MAJOR;
    log->host.abi_minor = SMIN_ABI_MINOR;
    log->host.name = "test";
    log->host.user = log;
    log->host.alloc = take;
    log->host.release = give;
    log->host.on_output = on_output;
    log->host.extension = lend;
    struct smin_rule_text text = {.name = "test.rules", .text = rules, .length = rules ? strlen(rules) : 0};
    struct smin_config config = {
        .struct_size = sizeof(config),
        .setting_count = setting_count,
        .settings = settings,
        .rule_text_count = rules ? 1 : 0,
        .rule_texts = &text,
    };
    const struct smin_inspector *inspector = smin_inspector_builtin();
    cr_assert_eq(inspector->instance_new(&log->host, &config, &log->instance), SMIN_OK);
    const struct smin_ext_rules *ext = inspector->extension(SMIN_EXT_RULES);
    for (uint32_t i = 0; i < ext->diagnostic_count(log->instance); i++)
        cr_log_error("%s", ext->diagnostic(log->instance, i)->text);
    cr_assert_eq(ext->diagnostic_count(log->instance), 0);
    cr_assert_eq(inspector->thread_new(log->instance, &log->thread), SMIN_OK);
}

void abi_log_flow(struct abi_log *log, uint16_t server_port, uint16_t flags)
{
    struct smin_flow_info info = {
        .struct_size = sizeof(info),
        .ip_version = 4,
        .protocol = 6,
        .flags = flags,
        .client_port = 40000,
        .server_port = server_port,
        .client_address = {198, 51, 100, 7},
        .server_address = {192, 0, 2, 10},
    };
    const struct smin_inspector *inspector = smin_inspector_builtin();
    inspector->flow_free(log->thread, log->flow);
    cr_assert_eq(inspector->flow_new(log->thread, &info, log, &log->flow), SMIN_OK);
}

static struct smin_input input_of(uint32_t direction, uint64_t offset, const uint8_t *bytes, uint64_t length)
{
    struct smin_input input = {
        .struct_size = sizeof(input),
        .direction = direction,
        .offset = offset,
        .bytes = bytes,
        .length = length,
        .flow_flags = SMIN_FLOW_ESTABLISHED,
    };
    return input;
}

struct smin_result abi_log_feed(struct abi_log *log, uint32_t direction, uint64_t offset, const uint8_t *bytes,
                                size_t length)
{
    struct smin_input input = input_of(direction, offset, bytes, length);
    return smin_inspector_builtin()->feed(log->thread, log->flow, &input);
}

struct smin_result abi_log_gap(struct abi_log *log, uint32_t direction, uint64_t offset, uint64_t length)
{
    struct smin_input input = input_of(direction, offset, NULL, length);
    return smin_inspector_builtin()->gap(log->thread, log->flow, &input);
}

struct smin_result abi_log_end(struct abi_log *log, uint32_t direction, uint64_t offset)
{
    struct smin_input input = input_of(direction, offset, NULL, 0);
    return smin_inspector_builtin()->end(log->thread, log->flow, &input);
}

void abi_log_finish(struct abi_log *log)
{
    const struct smin_inspector *inspector = smin_inspector_builtin();
    inspector->flow_free(log->thread, log->flow);
    inspector->thread_free(log->thread);
    inspector->instance_free(log->instance);
    cr_assert_eq(log->alloc.used, 0, "%zu bytes were left", log->alloc.used);
}
