/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest inspector that is accepted. Each bad plugin beside this file
 * defines some of the BAD_ macros and differs in that one thing. Its `expect:`
 * line is what the refusal must say.
 */
#include "smin/abi.h"

static int32_t bad_instance_new(const struct smin_host *host, const struct smin_config *config,
                                struct smin_instance **instance)
{
    (void)host, (void)config;
    *instance = NULL;
    return SMIN_E_NOMEM;
}

static void bad_instance_free(struct smin_instance *instance)
{
    (void)instance;
}

static int32_t bad_thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    (void)instance;
    *thread = NULL;
    return SMIN_E_NOMEM;
}

static void bad_thread_free(struct smin_thread *thread)
{
    (void)thread;
}

static int32_t bad_flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                            struct smin_flow **flow)
{
    (void)thread, (void)info, (void)flow_user;
    *flow = NULL;
    return SMIN_E_NOMEM;
}

static void bad_flow_free(struct smin_thread *thread, struct smin_flow *flow)
{
    (void)thread, (void)flow;
}

static int32_t bad_probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    (void)thread, (void)info, (void)input;
    return SMIN_PROBE_NO;
}

static struct smin_result bad_input(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    (void)thread, (void)flow, (void)input;
    struct smin_result result = {.status = SMIN_E_MISUSE};
    return result;
}

static const void *bad_extension(const char *id)
{
    (void)id;
    return NULL;
}

#ifndef BAD_MESSAGES
#define BAD_MESSAGES {1, SMIN_EITHER, "word", "a word"}
#endif
static const struct smin_message_desc messages[] = {BAD_MESSAGES};

/* Later initialisers of the same member win: that is how one thing is made wrong. */
#pragma GCC diagnostic ignored "-Woverride-init"
#ifndef BAD_MEMBERS
#define BAD_MEMBERS .flags = 0
#endif
static const struct smin_inspector inspector = {
    .struct_size = sizeof(inspector),
    .abi_major = SMIN_ABI_MAJOR,
    .abi_minor = SMIN_ABI_MINOR,
    .id = "org.example.bad",
    .name = "bad",
    .version = "1.0",
    .vendor = "the smin tests",
    .licence = "BSD-2-Clause",
    .messages = messages,
    .message_count = sizeof(messages) / sizeof(messages[0]),
    .message_stride = sizeof(messages[0]),
    .instance_new = bad_instance_new,
    .instance_free = bad_instance_free,
    .thread_new = bad_thread_new,
    .thread_free = bad_thread_free,
    .flow_new = bad_flow_new,
    .flow_free = bad_flow_free,
    .probe = bad_probe,
    .feed = bad_input,
    .gap = bad_input,
    .end = bad_input,
    .extension = bad_extension,
    BAD_MEMBERS,
};

#ifndef BAD_ENTRY
#define BAD_ENTRY {&inspector, NULL}
#endif
#ifndef BAD_SYMBOL
#define BAD_SYMBOL SMIN_PLUGIN_ENTRY
#endif
extern const struct smin_inspector *const BAD_SYMBOL[];
const struct smin_inspector *const BAD_SYMBOL[] = BAD_ENTRY;
