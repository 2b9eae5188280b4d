/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/tftp/tftp.h"
#include "tftp/tables.h"

static void note(bool fine, struct stage *stage)
{
    stage->misbehaved += !fine;
}

static void *take(void *user, size_t size)
{
    return failing_alloc_take(&((struct stage *)user)->failing, size);
}

static void give(void *user, void *memory, size_t size)
{
    failing_alloc_give(&((struct stage *)user)->failing, memory, size);
}

static void copy_text(char *to, size_t room, const struct smin_field *field)
{
    size_t length = field->size < room - 1 ? field->size : room - 1;
    if (length > 0)
        memcpy(to, field->bytes, length);
    to[length] = '\0';
}

static void take_file_field(struct stage_file *file, const struct smin_field *field)
{
    switch (field->id) {
    case SMINI_TFTP_FIELD_STATE: copy_text(file->state, sizeof(file->state), field); break;
    case SMINI_TFTP_FIELD_FILE: copy_text(file->name, sizeof(file->name), field); break;
    case SMINI_TFTP_FIELD_SIZE: file->size = field->number; break;
    case SMINI_TFTP_FIELD_GAP_BYTES: file->gap_bytes = field->number; break;
    case SMINI_TFTP_FIELD_BLOCKS: file->blocks = field->number; break;
    case SMINI_TFTP_FIELD_DUPLICATES: file->duplicates = field->number; break;
    case SMINI_TFTP_FIELD_ACKNOWLEDGED: file->acknowledged = field->number; break;
    case SMIN_FIELD_FILE_DATA: file->prefix = field->size; break;
    default: break;
    }
}

static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    struct stage *stage = user;
    const struct smin_message *message = output->message;
    uint32_t events = 0;
    stage->in_output = true;
    note(flow_user != NULL && output->time_ns == stage->input.time_ns, stage);
    for (uint32_t i = 0; i < message->event_count; i++)
        events |= 1u << message->events[i].id;
    stage->events |= events;
    stage->requests += message->id == SMINI_TFTP_MESSAGE_READ || message->id == SMINI_TFTP_MESSAGE_WRITE;
    stage->agreements += message->id == SMINI_TFTP_MESSAGE_OACK;
    stage->errors += message->id == SMINI_TFTP_MESSAGE_ERROR;
    if (message->id == SMINI_TFTP_MESSAGE_FILE) {
        unsigned count = stage->file.count + 1;
        stage->file = (struct stage_file){.count = count, .events = events, .flags = message->flags};
        for (uint32_t i = 0; i < message->field_count; i++)
            take_file_field(&stage->file, &message->fields[i]);
    }
    stage->in_output = false;
}

static int32_t announce(void *user, void *flow_user, const struct smin_expectation *expectation)
{
    struct stage *stage = user;
    note(flow_user != NULL && !stage->in_output && expectation->lifetime_ns > 0, stage);
    stage->expected = *expectation;
    stage->announced++;
    return SMIN_OK;
}

static int32_t begin(void *user, void *flow_user, const struct smin_file *about, struct smin_file_handle **file)
{
    struct stage *stage = user;
    note(flow_user != NULL && !stage->in_output && about->direction <= SMIN_TO_CLIENT, stage);
    stage->begun++;
    stage->given = stage->gap_given = stage->contents_length = 0;
    *file = (struct smin_file_handle *)(void *)stage;
    return SMIN_OK;
}

static void data(void *user, struct smin_file_handle *file, const uint8_t *bytes, uint64_t length)
{
    struct stage *stage = user;
    note((void *)file == user && length > 0, stage);
    stage->given += length;
    if (length > STAGE_CONTENTS - stage->contents_length)
        return;
    memcpy(stage->contents + stage->contents_length, bytes, (size_t)length);
    stage->contents_length += (size_t)length;
}

static void gap(void *user, struct smin_file_handle *file, uint64_t length)
{
    struct stage *stage = user;
    note((void *)file == user && length > 0, stage);
    stage->gap_given += length;
}

static void end(void *user, struct smin_file_handle *file, uint32_t state, uint64_t time_ns, uint64_t packet)
{
    struct stage *stage = user;
    note((void *)file == user && time_ns == stage->input.time_ns && packet == stage->input.packet_number, stage);
    stage->ended++;
    stage->end_state = state;
}

static const void *lend(void *user, const char *id)
{
    static const struct smin_ext_expect expect = {.struct_size = sizeof(expect), .announce = announce};
    static const struct smin_ext_file file = {
        .struct_size = sizeof(file), .begin = begin, .data = data, .gap = gap, .end = end};
    const struct stage *stage = user;
    if (!stage->lends)
        return NULL;
    return strcmp(id, SMIN_EXT_EXPECT) == 0 ? (const void *)&expect : strcmp(id, SMIN_EXT_FILE) == 0 ? &file : NULL;
}

static struct smin_flow_info info_of(uint16_t server_port)
{
    return (struct smin_flow_info){.struct_size = sizeof(struct smin_flow_info), .ip_version = 4, .protocol = 17,
                                   .client_port = 50001, .server_port = server_port,
                                   .client_address = {192, 0, 2, 10}, .server_address = {198, 51, 100, 7}};
}

int32_t stage_open(struct stage *stage, bool lends)
{
    memset(stage, 0, sizeof(*stage));
    failing_alloc_open(&stage->failing);
    guard_page_open(&stage->page, STAGE_DATAGRAM);
    stage->lends = lends;
    stage->host = (struct smin_host){.struct_size = sizeof(stage->host), .abi_major = SMIN_ABI_MAJOR,
                                     .abi_minor = SMIN_ABI_MINOR, .name = "stage", .user = stage, .alloc = take,
                                     .release = give, .on_output = on_output, .extension = lend};
    return SMIN_OK;
}

/* Instance, thread and flow 0, when they are first needed: so that their allocations can be made to fail. */
static int32_t start(struct stage *stage)
{
    struct smin_flow_info info = info_of(69);
    int32_t status = SMIN_OK;
    if (!stage->instance)
        status = smini_tftp_inspector.instance_new(&stage->host, NULL, &stage->instance);
    if (status == SMIN_OK && !stage->thread)
        status = smini_tftp_inspector.thread_new(stage->instance, &stage->thread);
    stage->flows[0].stage = stage;
    if (status == SMIN_OK && !stage->flows[0].flow)
        status = smini_tftp_inspector.flow_new(stage->thread, &info, &stage->flows[0], &stage->flows[0].flow);
    return status;
}

int32_t stage_answer(struct stage *stage, unsigned flow)
{
    const struct smin_ext_expected *table = smini_tftp_inspector.extension(SMIN_EXT_EXPECTED);
    struct smin_flow_info info = info_of((uint16_t)(44000 + flow));
    struct stage_flow *made = &stage->flows[flow];
    int32_t status = start(stage);
    made->stage = stage;
    if (status != SMIN_OK || made->flow)
        return status;
    if (stage->announced == 0)
        return smini_tftp_inspector.flow_new(stage->thread, &info, made, &made->flow);
    struct smin_expected expected = {.struct_size = sizeof(expected), .context = stage->expected.context,
                                     .context_length = stage->expected.context_length};
    return table->flow_new(stage->thread, &info, &expected, made, &made->flow);
}

static void set_input(struct stage *stage, unsigned flow, uint32_t direction, const void *bytes, size_t length)
{
    stage->packet++;
    stage->input = (struct smin_input){.struct_size = sizeof(stage->input), .direction = direction,
                                       .time_ns = 1000 * stage->packet, .packet_number = stage->packet,
                                       .offset = stage->flows[flow].offset[direction], .bytes = bytes,
                                       .length = length};
    stage->flows[flow].offset[direction] += length;
}

int32_t stage_send(struct stage *stage, unsigned flow, uint32_t direction, const void *bytes, size_t length)
{
    int32_t status = flow == 0 ? start(stage) : SMIN_OK;
    if (status != SMIN_OK || !stage->flows[flow].flow)
        return status;
    set_input(stage, flow, direction, guard_page_put(&stage->page, bytes, length), length);
    struct smin_result result =
        smini_tftp_inspector.datagram(stage->thread, stage->flows[flow].flow, &stage->input);
    note(result.status < 0 || result.consumed == length, stage);
    return result.status;
}

int32_t stage_block(struct stage *stage, unsigned flow, uint32_t direction, uint16_t number, uint8_t fill, size_t length)
{
    uint8_t *bytes = malloc(length + 4);
    uint8_t head[4] = {0, 3, (uint8_t)(number >> 8), (uint8_t)number};
    if (!bytes)
        abort();
    memcpy(bytes, head, 4);
    memset(bytes + 4, fill, length);
    int32_t status = stage_send(stage, flow, direction, bytes, length + 4);
    free(bytes);
    return status;
}

int32_t stage_ack(struct stage *stage, unsigned flow, uint32_t direction, uint16_t number)
{
    uint8_t bytes[4] = {0, 4, (uint8_t)(number >> 8), (uint8_t)number};
    return stage_send(stage, flow, direction, bytes, sizeof(bytes));
}

void stage_end(struct stage *stage, unsigned flow)
{
    struct stage_flow *at = &stage->flows[flow];
    if (!at->flow)
        return;
    for (uint32_t direction = 0; direction < 2; direction++) {
        set_input(stage, flow, direction, NULL, 0);
        (void)smini_tftp_inspector.end(stage->thread, at->flow, &stage->input);
    }
    smini_tftp_inspector.flow_free(stage->thread, at->flow);
    at->flow = NULL;
}

bool stage_close(struct stage *stage)
{
    for (unsigned i = STAGE_FLOWS; i-- > 0;)
        stage_end(stage, i);
    smini_tftp_inspector.thread_free(stage->thread);
    smini_tftp_inspector.instance_free(stage->instance);
    guard_page_close(&stage->page);
    return failing_alloc_clean(&stage->failing) && stage->misbehaved == 0;
}
