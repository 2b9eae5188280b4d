/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A host written against ABI 0.1 and nothing else: it loads a plugin by hand
 * and prints everything that is delivered. matrix.sh compiles it with the
 * frozen headers, with today's, and with tomorrow's (members appended), and
 * expects the same words from every pair of host and plugin.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "smin/abi.h"

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

static const struct smin_field_desc *find_field(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const void *element = (const uint8_t *)inspector->fields + (size_t)i * inspector->field_stride;
        if (((const struct smin_field_desc *)element)->id == id)
            return element;
    }
    return NULL;
}

static void print_field(const struct smin_inspector *inspector, const struct smin_field *field)
{
    const struct smin_field_desc *desc = find_field(inspector, field->id);
    printf("  %s flags %u at %llu+%u:", desc ? desc->name : "?", (unsigned)field->flags,
           (unsigned long long)field->offset, (unsigned)field->length);
    if (desc && desc->type <= SMIN_TYPE_BOOL)
        printf(" %llu", (unsigned long long)field->number);
    else
        for (uint32_t i = 0; i < field->size; i++)
            printf(" %02x", field->bytes[i]);
    printf("\n");
}

static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    const struct smin_inspector *inspector = user;
    const struct smin_message *message = output->message;
    printf("%s: kind %u id %u direction %u flags %u number %llu at %llu+%llu packet %llu\n", (const char *)flow_user,
           (unsigned)message->kind, (unsigned)message->id, (unsigned)message->direction, (unsigned)message->flags,
           (unsigned long long)message->number, (unsigned long long)message->offset,
           (unsigned long long)message->length, (unsigned long long)output->packet_number);
    for (uint32_t i = 0; i < message->field_count; i++) {
        const void *element = (const uint8_t *)message->fields + (size_t)i * message->field_stride;
        print_field(inspector, element);
    }
    for (uint32_t i = 0; i < message->event_count; i++) {
        const void *element = (const uint8_t *)message->events + (size_t)i * message->event_stride;
        const struct smin_event *event = element;
        printf("  event %u at %llu+%u: %llu\n", (unsigned)event->id, (unsigned long long)event->offset,
               (unsigned)event->length, (unsigned long long)event->number);
    }
}

/* The stream in two pieces, a gap, the first piece again, the end. */
static void talk(const struct smin_inspector *inspector, struct smin_thread *thread, const uint8_t *bytes,
                 size_t length)
{
    static char name[] = "flow";
    struct smin_flow_info info = {.struct_size = sizeof(info), .ip_version = 4, .protocol = 6, .flags = 2};
    struct smin_input input = {.struct_size = sizeof(input), .bytes = bytes, .length = length / 2, .packet_number = 1};
    struct smin_flow *flow;
    if (inspector->flow_new(thread, &info, name, &flow) != SMIN_OK)
        exit(3);
    printf("probe %d\n", (int)inspector->probe(thread, &info, &input));
    printf("feed %d\n", (int)inspector->feed(thread, flow, &input).status);
    input.offset += input.length;
    input.bytes += input.length;
    input.length = length - length / 2;
    input.packet_number++;
    printf("feed %d\n", (int)inspector->feed(thread, flow, &input).status);
    input.offset += input.length;
    input.bytes = NULL;
    input.length = 7;
    printf("gap %d\n", (int)inspector->gap(thread, flow, &input).status);
    input.offset += input.length;
    input.bytes = bytes;
    input.length = length;
    printf("feed %d\n", (int)inspector->feed(thread, flow, &input).status);
    input.offset += input.length;
    input.bytes = NULL;
    input.length = 0;
    printf("end %d\n", (int)inspector->end(thread, flow, &input).status);
    inspector->flow_free(thread, flow);
}

static int work(const struct smin_inspector *inspector, const uint8_t *bytes, size_t length)
{
    struct smin_host host = {
        .struct_size = sizeof(host),
        .abi_major = SMIN_ABI_MAJOR,
        .abi_minor = SMIN_ABI_MINOR,
        .name = "old host",
        .user = (void *)(uintptr_t)inspector,
        .alloc = take,
        .release = give,
        .on_output = on_output,
    };
    struct smin_config config = {.struct_size = sizeof(config)};
    struct smin_instance *instance;
    struct smin_thread *thread;
    if (inspector->abi_major != SMIN_ABI_MAJOR || !SMIN_HAS(inspector, extension))
        return 4;
    if (inspector->instance_new(&host, &config, &instance) != SMIN_OK ||
        inspector->thread_new(instance, &thread) != SMIN_OK)
        return 5;
    talk(inspector, thread, bytes, length);
    inspector->thread_free(thread);
    inspector->instance_free(instance);
    return 0;
}

int main(int argc, char **argv)
{
    static uint8_t bytes[65536];
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    void *handle = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    const struct smin_inspector *const *entry = handle ? dlsym(handle, SMIN_PLUGIN_ENTRY_NAME) : NULL;
    if (!file || !entry || !*entry) {
        fprintf(stderr, "usage: old_host PLUGIN.so FILE\n");
        return 2;
    }
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    return work(*entry, bytes, length);
}
