/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <string.h>

#include "ftp/tables.h"
#include "plugins/ftp/ftp.h"

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

static void take_field(struct stage *stage, const struct smin_field *field)
{
    struct stage_file *file = &stage->file;
    switch (field->id) {
    case SMINI_FTP_FIELD_COMMAND: copy_text(file->command, sizeof(file->command), field); break;
    case SMINI_FTP_FIELD_STATE: copy_text(file->state, sizeof(file->state), field); break;
    case SMINI_FTP_FIELD_FILE: copy_text(file->name, sizeof(file->name), field); break;
    case SMINI_FTP_FIELD_USER: copy_text(file->user, sizeof(file->user), field); break;
    case SMINI_FTP_FIELD_TYPE: copy_text(file->type, sizeof(file->type), field); break;
    case SMINI_FTP_FIELD_SIZE: file->size = field->number; break;
    case SMINI_FTP_FIELD_GAP_BYTES: file->gap_bytes = field->number; break;
    case SMINI_FTP_FIELD_RESTART: file->restart = field->number; break;
    case SMINI_FTP_FIELD_CODE: file->code = field->number; break;
    case SMINI_FTP_FIELD_DATA_PORT: file->port = field->number; break;
    case SMIN_FIELD_FILE_DATA: file->prefix = field->size; break;
    default: break;
    }
    for (uint32_t i = 0; field->bytes && i + 6 <= field->size; i++)
        stage->secrets += memcmp(field->bytes + i, "filler", 6) == 0;
}

static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    struct stage *stage = user;
    const struct smin_message *message = output->message;
    uint32_t events = 0;
    stage->in_output = true;
    note(flow_user != NULL && output->time_ns == stage->input.time_ns && message->size == 0, stage);
    for (uint32_t i = 0; i < message->event_count; i++)
        events |= 1u << message->events[i].id;
    stage->events |= events;
    stage->sealed += message->kind == SMIN_KIND_MESSAGE && message->id == SMINI_FTP_MESSAGE_SEALED;
    if (message->kind == SMIN_KIND_MESSAGE && message->id == SMINI_FTP_MESSAGE_TRANSFER) {
        stage->file = (struct stage_file){.count = stage->file.count + 1, .events = events, .flags = message->flags};
        for (uint32_t i = 0; i < message->field_count; i++)
            take_field(stage, &message->fields[i]);
    }
    stage->in_output = false;
}

static int32_t announce(void *user, void *flow_user, const struct smin_expectation *expectation)
{
    struct stage *stage = user;
    note(flow_user != NULL && !stage->in_output && expectation->lifetime_ns > 0 && expectation->server_port != 0, stage);
    stage->expected = *expectation;
    stage->announced++;
    return SMIN_OK;
}

static int32_t begin(void *user, void *flow_user, const struct smin_file *about, struct smin_file_handle **file)
{
    struct stage *stage = user;
    note(flow_user != NULL && !stage->in_output && about->direction <= SMIN_TO_CLIENT, stage);
    stage->begun++;
    stage->begun_flags = about->flags;
    stage->begun_direction = about->direction;
    stage->begun_size = about->size;
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

void stage_open(struct stage *stage, bool lends, uint16_t port)
{
    memset(stage, 0, sizeof(*stage));
    failing_alloc_open(&stage->failing);
    guard_page_open(&stage->page, STAGE_INPUT);
    stage->lends = lends;
    stage->host = (struct smin_host){.struct_size = sizeof(stage->host), .abi_major = SMIN_ABI_MAJOR,
                                     .abi_minor = SMIN_ABI_MINOR, .name = "stage", .user = stage, .alloc = take,
                                     .release = give, .on_output = on_output, .extension = lend};
    stage->control = (struct smin_flow_info){.struct_size = sizeof(stage->control), .ip_version = 4, .protocol = 6,
                                             .client_port = 50001, .server_port = port,
                                             .client_address = {192, 0, 2, 10}, .server_address = {198, 51, 100, 7}};
}

/* Instance, thread and control flow, when they are first needed: so that their allocations can be made to fail. */
static int32_t start(struct stage *stage)
{
    struct stage_flow *control = &stage->flows[STAGE_CONTROL];
    int32_t status = SMIN_OK;
    if (!stage->instance)
        status = smini_ftp_inspector.instance_new(&stage->host, NULL, &stage->instance);
    if (status == SMIN_OK && !stage->thread)
        status = smini_ftp_inspector.thread_new(stage->instance, &stage->thread);
    control->stage = stage;
    if (status == SMIN_OK && !control->flow)
        status = smini_ftp_inspector.flow_new(stage->thread, &stage->control, control, &control->flow);
    return status;
}

bool stage_connect(struct stage *stage)
{
    const struct smin_ext_expected *table = smini_ftp_inspector.extension(SMIN_EXT_EXPECTED);
    struct stage_flow *flow = &stage->flows[STAGE_DATA];
    const struct smin_expectation *wanted = &stage->expected;
    struct smin_flow_info info = {.struct_size = sizeof(info), .ip_version = wanted->ip_version, .protocol = 6,
                                  .client_port = 50002, .server_port = wanted->server_port};
    struct smin_expected expected = {.struct_size = sizeof(expected), .context = wanted->context,
                                     .context_length = wanted->context_length};
    if (!stage->announced || flow->flow)
        return false;
    memcpy(info.client_address, wanted->client_address, 16);
    memcpy(info.server_address, wanted->server_address, 16);
    flow->stage = stage;
    flow->offset[0] = flow->offset[1] = 0;
    return table->flow_new(stage->thread, &info, &expected, flow, &flow->flow) == SMIN_OK;
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
    int32_t status = flow == STAGE_CONTROL ? start(stage) : SMIN_OK;
    if (status != SMIN_OK || !stage->flows[flow].flow)
        return status;
    set_input(stage, flow, direction, guard_page_put(&stage->page, bytes, length), length);
    struct smin_result result = smini_ftp_inspector.feed(stage->thread, stage->flows[flow].flow, &stage->input);
    note(result.status < 0 || result.consumed == length, stage);
    return result.status;
}

int32_t stage_gap(struct stage *stage, unsigned flow, uint32_t direction, uint64_t length)
{
    if (!stage->flows[flow].flow)
        return SMIN_OK;
    set_input(stage, flow, direction, NULL, (size_t)length);
    return smini_ftp_inspector.gap(stage->thread, stage->flows[flow].flow, &stage->input).status;
}

void stage_end(struct stage *stage, unsigned flow, bool finished)
{
    struct stage_flow *at = &stage->flows[flow];
    if (!at->flow)
        return;
    for (uint32_t direction = 0; direction < 2; direction++) {
        set_input(stage, flow, direction, NULL, 0);
        stage->input.flow_flags = finished ? (uint32_t)SMIN_FLOW_FINISHED : 0;
        (void)smini_ftp_inspector.end(stage->thread, at->flow, &stage->input);
    }
    smini_ftp_inspector.flow_free(stage->thread, at->flow);
    at->flow = NULL;
}

bool stage_close(struct stage *stage)
{
    stage_end(stage, STAGE_CONTROL, true);
    stage_end(stage, STAGE_DATA, true);
    smini_ftp_inspector.thread_free(stage->thread);
    smini_ftp_inspector.instance_free(stage->instance);
    guard_page_close(&stage->page);
    return failing_alloc_clean(&stage->failing) && stage->misbehaved == 0 && stage->secrets == 0;
}
