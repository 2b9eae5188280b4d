/* SPDX-License-Identifier: BSD-2-Clause */
#include "sample_inspector.h"

#include <string.h>

static int32_t instance_new(const struct smin_host *host, const struct smin_config *config,
                            struct smin_instance **instance)
{
    (void)host, (void)config;
    *instance = NULL;
    return SMIN_E_NOMEM;
}

static void instance_free(struct smin_instance *instance)
{
    (void)instance;
}

static int32_t thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    (void)instance;
    *thread = NULL;
    return SMIN_E_NOMEM;
}

static void thread_free(struct smin_thread *thread)
{
    (void)thread;
}

static int32_t flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                        struct smin_flow **flow)
{
    (void)thread, (void)info, (void)flow_user;
    *flow = NULL;
    return SMIN_E_NOMEM;
}

static void flow_free(struct smin_thread *thread, struct smin_flow *flow)
{
    (void)thread, (void)flow;
}

static int32_t probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    (void)thread, (void)info, (void)input;
    return SMIN_PROBE_NO;
}

static struct smin_result take(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    (void)thread, (void)flow, (void)input;
    struct smin_result result = {.status = SMIN_E_MISUSE};
    return result;
}

static const void *extension(const char *id)
{
    (void)id;
    return NULL;
}

static void fill_tables(struct sample *sample)
{
    sample->fields[0] = (struct smin_field_desc){1, SMIN_TYPE_TEXT, "sample.word", "words[]", "a word"};
    sample->fields[1] = (struct smin_field_desc){2, SMIN_TYPE_NUMBER, "sample.count", NULL, "a count"};
    sample->events[0] = (struct smin_event_desc){1, SMIN_SEVERITY_LOW, "odd", "odd", NULL};
    sample->events[1] = (struct smin_event_desc){2, SMIN_SEVERITY_HIGH, "very_odd", "very odd", "CVE-2018-0171"};
    sample->messages[0] = (struct smin_message_desc){1, SMIN_TO_SERVER, "question", "a question"};
    sample->messages[1] = (struct smin_message_desc){2, SMIN_TO_CLIENT, "answer", "an answer"};
    sample->ports[0] = 7007;
    sample->ports[1] = 7008;
}

void sample_make(struct sample *sample)
{
    memset(sample, 0, sizeof(*sample));
    fill_tables(sample);
    sample->inspector = (struct smin_inspector){
        .struct_size = sizeof(struct smin_inspector),
        .abi_major = SMIN_ABI_MAJOR,
        .abi_minor = SMIN_ABI_MINOR,
        .id = "org.example.sample",
        .name = "sample",
        .version = "1.0",
        .vendor = "tests",
        .licence = "BSD-2-Clause",
        .fields = sample->fields,
        .events = sample->events,
        .messages = sample->messages,
        .field_count = 2,
        .event_count = 2,
        .message_count = 2,
        .field_stride = sizeof(struct smin_field_desc),
        .event_stride = sizeof(struct smin_event_desc),
        .message_stride = sizeof(struct smin_message_desc),
        .tcp_port_count = 2,
        .tcp_ports = sample->ports,
        .instance_new = instance_new,
        .instance_free = instance_free,
        .thread_new = thread_new,
        .thread_free = thread_free,
        .flow_new = flow_new,
        .flow_free = flow_free,
        .probe = probe,
        .feed = take,
        .gap = take,
        .end = take,
        .extension = extension,
    };
}
