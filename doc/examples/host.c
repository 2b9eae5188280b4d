/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small host: loads a plugin through libsminhost and feeds it a stream. It
 * knows no protocol; names come from the plugin's own tables.
 *
 *     cc -o host host.c $(pkg-config --cflags --libs smin) -lsminhost
 *     ./host PLUGIN.so "text to feed"
 */
#include <smin/host.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static const char *message_name(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->message_count; i++) {
        const void *element = (const uint8_t *)inspector->messages + (size_t)i * inspector->message_stride;
        const struct smin_message_desc *desc = element;
        if (desc->id == id)
            return desc->name;
    }
    return "events of the stream";
}

/* `user` is the host's own pointer, `flow_user` what flow_new was given. */
static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    const struct smin_inspector *inspector = user;
    const struct smin_message *message = output->message;
    printf("%s: %s at %llu, %u fields, %u events, %u alerts\n", (const char *)flow_user,
           message_name(inspector, message->id), (unsigned long long)message->offset, (unsigned)message->field_count,
           (unsigned)message->event_count, (unsigned)output->alert_count);
}

static int32_t feed_all(const struct smin_inspector *inspector, struct smin_thread *thread, const char *text)
{
    static char name[] = "flow 1";
    struct smin_flow_info info = {.struct_size = sizeof(info), .protocol = 6, .flags = SMIN_FLOW_ESTABLISHED};
    struct smin_input input = {.struct_size = sizeof(input), .direction = SMIN_TO_SERVER, .packet_number = 1};
    struct smin_flow *flow;
    int32_t status = inspector->flow_new(thread, &info, name, &flow);
    if (status != SMIN_OK)
        return status;
    input.bytes = (const uint8_t *)text;
    input.length = strlen(text);
    struct smin_result result = inspector->feed(thread, flow, &input);
    /* At or below SMIN_STATUS_FATAL only freeing is allowed. */
    if (result.status > SMIN_STATUS_FATAL) {
        input.offset += input.length;
        input.bytes = NULL;
        input.length = 0;
        result = inspector->end(thread, flow, &input);
    }
    inspector->flow_free(thread, flow);
    return result.status;
}

static int32_t run(const struct smin_inspector *inspector, const char *text)
{
    /* The table is read for as long as the instance lives. */
    struct smin_host host = {
        .struct_size = sizeof(host),
        .abi_major = SMIN_ABI_MAJOR,
        .abi_minor = SMIN_ABI_MINOR,
        .name = "example host",
        .user = (void *)(uintptr_t)inspector,
        .alloc = take,
        .release = give,
        .on_output = on_output,
    };
    struct smin_config config = {.struct_size = sizeof(config)};
    struct smin_instance *instance;
    struct smin_thread *thread;
    int32_t status = inspector->instance_new(&host, &config, &instance);
    if (status != SMIN_OK)
        return status;
    status = inspector->thread_new(instance, &thread);
    if (status == SMIN_OK) {
        status = feed_all(inspector, thread, text);
        inspector->thread_free(thread);
    }
    inspector->instance_free(instance);
    return status;
}

int main(int argc, char **argv)
{
    char reason[SMIN_HOST_REASON_BYTES];
    struct smin_registry *registry;
    if (argc != 3 || smin_host_registry_new(&registry) != SMIN_OK) {
        fprintf(stderr, "usage: host PLUGIN.so TEXT\n");
        return 2;
    }
    int32_t status = smin_host_registry_load(registry, argv[1], reason);
    if (status != SMIN_OK)
        fprintf(stderr, "%s\n", reason);
    for (uint32_t i = 0; status == SMIN_OK && i < smin_host_registry_count(registry); i++) {
        const struct smin_inspector *inspector = smin_host_registry_get(registry, i);
        printf("%s %s\n", inspector->name, inspector->version);
        status = run(inspector, argv[2]);
    }
    smin_host_registry_free(&registry);
    return status == SMIN_OK ? 0 : 1;
}
