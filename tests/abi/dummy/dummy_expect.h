/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Transfers of the toy protocol: "SET name value" announces a flow of its own and hands "value" over as a file of that
 * name. The headers of older minors know of neither.
 */
#ifndef DUMMY_EXPECT_H
#define DUMMY_EXPECT_H

#ifdef SMIN_EXT_EXPECT
static void toy_expect(const struct smin_host *host, void *flow_user, const struct smin_message *message)
{
    const struct smin_ext_expect *table = host->extension(host->user, SMIN_EXT_EXPECT);
    const struct smin_field *argument = &message->fields[1];
    struct smin_expectation expectation = {.struct_size = sizeof(expectation), .flags = SMIN_EXPECT_ANY_CLIENT,
                                           .direction = SMIN_TO_CLIENT, .ip_version = 4, .server_port = 7008,
                                           .context_length = 1, .context = {1},
                                           .lifetime_ns = 1000000000, .message = message->number,
                                           .name = argument->bytes, .name_length = argument->size};
    if (table && SMIN_HAS(table, announce))
        (void)table->announce(host->user, flow_user, &expectation);
}

static void toy_file(const struct smin_host *host, void *flow_user, const struct smin_input *input,
                     const struct smin_message *message)
{
    const struct smin_ext_file *table = host->extension(host->user, SMIN_EXT_FILE);
    const struct smin_field *argument = &message->fields[1];
    struct smin_file about = {.struct_size = sizeof(about), .direction = SMIN_TO_SERVER,
                              .name = argument->bytes, .name_length = argument->size, .size = argument->size};
    struct smin_file_handle *file;
    if (!table || !SMIN_HAS(table, end) || table->begin(host->user, flow_user, &about, &file) != SMIN_OK)
        return;
    table->data(host->user, file, argument->bytes, argument->size);
    table->end(host->user, file, SMIN_FILE_CLOSED, input->time_ns, input->packet_number);
}

/* Behind on_output, never inside it. */
static void toy_announce(struct smin_thread *thread, void *flow_user, const struct smin_input *input,
                         const struct smin_message *message)
{
    const struct smin_host *host = thread->instance->host;
    if (!SMIN_HAS(host, extension) || !host->extension || message->field_count < 2 || message->fields[1].size == 0 ||
        message->fields[0].size != 3 || memcmp(message->fields[0].bytes, "SET", 3) != 0)
        return;
    toy_expect(host, flow_user, message);
    toy_file(host, flow_user, input, message);
}

static int32_t toy_flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                            struct smin_flow **flow);

static int32_t toy_expected_flow(struct smin_thread *thread, const struct smin_flow_info *info,
                                 const struct smin_expected *expected, void *flow_user, struct smin_flow **flow)
{
    if (flow)
        *flow = NULL;
    if (!expected || !SMIN_HAS(expected, context) || (expected->context_length > 0 && !expected->context))
        return SMIN_E_MISUSE;
    return toy_flow_new(thread, info, flow_user, flow);
}

static const void *toy_expected_extension(const char *id)
{
    static const struct smin_ext_expected expected = {.struct_size = sizeof(expected), .flow_new = toy_expected_flow};
    return id && strcmp(id, SMIN_EXT_EXPECTED) == 0 ? &expected : NULL;
}
#else
static void toy_announce(struct smin_thread *thread, void *flow_user, const struct smin_input *input,
                         const struct smin_message *message)
{
    (void)thread;
    (void)flow_user;
    (void)input;
    (void)message;
}

static const void *toy_expected_extension(const char *id)
{
    (void)id;
    return NULL;
}
#endif

#endif
