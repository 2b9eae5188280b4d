/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Matches rules against a connection with libsmin alone, through the same
 * table that a loaded plugin offers.
 *
 *     cc -o match match.c $(pkg-config --cflags --libs smin)
 */
#include <smin/abi_ext.h>
#include <smin/inspector.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char rules[] =
    "alert smin any any -> any any (msg:\"somebody asks whether Smart Install is there\"; smin.type:4; "
    "flow:to_server; sid:1000001; rev:2;)\n"
    "alert smin any any -> any any (msg:\"a rule that cannot be honoured\"; no_such_keyword; sid:1000002;)\n";

/* A capabilities request and the answer of a client. */
static const uint8_t request[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0};
static const uint8_t answer[] = {0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0};

static void *take(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void give(void *user, void *memory, size_t size)
{
    (void)user;
    (void)size;
    free(memory);
}

static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    unsigned *alerts = flow_user;
    (void)user;
    printf("packet %llu: message %u\n", (unsigned long long)output->packet_number, (unsigned)output->message->id);
    for (uint32_t i = 0; i < output->alert_count; i++) {
        const void *element = (const uint8_t *)output->alerts + (size_t)i * output->alert_stride;
        const struct smin_alert *alert = element;
        printf("  [%u:%u:%u] %s (%s:%u)\n", (unsigned)alert->rule->gid, (unsigned)alert->rule->sid,
               (unsigned)alert->rule->rev, alert->rule->msg, alert->rule->file, (unsigned)alert->rule->line);
        ++*alerts;
    }
}

/* Rules that cannot be honoured exactly are left out and listed. */
static void print_refused(const struct smin_inspector *inspector, const struct smin_instance *instance)
{
    const struct smin_ext_rules *extension = inspector->extension(SMIN_EXT_RULES);
    if (!extension)
        return;
    printf("%u rules, %u refused\n", (unsigned)extension->count(instance), (unsigned)extension->refused(instance));
    for (uint32_t i = 0; i < extension->diagnostic_count(instance); i++) {
        const struct smin_diagnostic *diagnostic = extension->diagnostic(instance, i);
        printf("  %s:%u: %s\n", diagnostic->file, (unsigned)diagnostic->line, diagnostic->option);
    }
}

static void feed(const struct smin_inspector *inspector, struct smin_thread *thread, unsigned *alerts)
{
    /* The client is the side that opened the connection. */
    const struct smin_flow_info info = {
        .struct_size = sizeof(info),
        .ip_version = 4,
        .protocol = 6,
        .flags = SMIN_FLOW_ESTABLISHED,
        .client_port = 40000,
        .server_port = 4786,
        .client_address = {198, 51, 100, 7},
        .server_address = {192, 0, 2, 10},
    };
    struct smin_input input = {.struct_size = sizeof(input), .flow_flags = SMIN_FLOW_ESTABLISHED, .packet_number = 1};
    struct smin_flow *flow;
    if (inspector->flow_new(thread, &info, alerts, &flow) != SMIN_OK)
        return;
    input.direction = SMIN_TO_SERVER;
    input.bytes = request;
    input.length = sizeof(request);
    inspector->feed(thread, flow, &input);
    input.direction = SMIN_TO_CLIENT;
    input.packet_number = 2;
    input.bytes = answer;
    input.length = sizeof(answer);
    inspector->feed(thread, flow, &input);
    /* The end delivers what is unfinished; here it is nothing. */
    input.bytes = NULL;
    input.length = 0;
    input.offset = sizeof(answer);
    inspector->end(thread, flow, &input);
    inspector->flow_free(thread, flow);
}

int main(void)
{
    const struct smin_inspector *inspector = smin_inspector_builtin();
    const struct smin_host host = {
        .struct_size = sizeof(host),
        .abi_major = SMIN_ABI_MAJOR,
        .abi_minor = SMIN_ABI_MINOR,
        .name = "example of matching",
        .alloc = take,
        .release = give,
        .on_output = on_output,
    };
    const struct smin_rule_text text = {.name = "my.rules", .text = rules, .length = sizeof(rules) - 1};
    const struct smin_config config = {.struct_size = sizeof(config), .rule_text_count = 1, .rule_texts = &text};
    struct smin_instance *instance;
    struct smin_thread *thread;
    unsigned alerts = 0;
    int32_t status = inspector->instance_new(&host, &config, &instance);
    if (status != SMIN_OK) {
        fprintf(stderr, "%s\n", smin_status_text(status));
        return 1;
    }
    print_refused(inspector, instance);
    if (inspector->thread_new(instance, &thread) == SMIN_OK) {
        feed(inspector, thread, &alerts);
        inspector->thread_free(thread);
    }
    inspector->instance_free(instance);
    printf("%u alerts\n", alerts);
    return alerts == 1 ? 0 : 1;
}
