/* SPDX-License-Identifier: BSD-2-Clause */
#include "stage.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plugins/http/http.h"

static void note(bool fine, struct stage *stage)
{
    stage->misbehaved += !fine;
}

__attribute__((format(printf, 2, 3))) static void say(struct stage *stage, const char *format, ...)
{
    va_list arguments;
    size_t room = sizeof(stage->log) - stage->log_length;
    va_start(arguments, format);
    int length = vsnprintf(stage->log + stage->log_length, room, format, arguments);
    va_end(arguments);
    if (length > 0)
        stage->log_length += (size_t)length < room ? (size_t)length : room - 1;
}

static void *take(void *user, size_t size)
{
    return failing_alloc_take(&((struct stage *)user)->failing, size);
}

static void give(void *user, void *memory, size_t size)
{
    failing_alloc_give(&((struct stage *)user)->failing, memory, size);
}

static void say_field(struct stage *stage, const struct smin_field *field)
{
    const struct smin_field_desc *desc = &smini_http_inspector.fields[0];
    for (uint32_t i = 0; i < smini_http_inspector.field_count; i++)
        if (smini_http_inspector.fields[i].id == field->id)
            desc = &smini_http_inspector.fields[i];
    if (desc->type == SMIN_TYPE_NUMBER || desc->type == SMIN_TYPE_BOOL)
        say(stage, " %s=%llu", desc->name, (unsigned long long)field->number);
    else
        say(stage, " %s=%.*s", desc->name, (int)(field->size < 64 ? field->size : 64), (const char *)field->bytes);
}

static void on_output(void *user, void *flow_user, const struct smin_output *output)
{
    struct stage *stage = user;
    const struct smin_message *message = output->message;
    stage->in_output = true;
    note(flow_user == stage && output->time_ns == stage->input.time_ns, stage);
    note(message->direction <= SMIN_TO_CLIENT && message->offset <= stage->offset[message->direction], stage);
    say(stage, "%s %u at %llu:", message->kind == SMIN_KIND_MESSAGE ? "message" : "events", message->direction,
        (unsigned long long)message->offset);
    for (uint32_t i = 0; i < message->field_count; i++)
        say_field(stage, &message->fields[i]);
    for (uint32_t i = 0; i < message->event_count; i++) {
        stage->events |= 1u << message->events[i].id;
        say(stage, " !%s@%llu", smini_http_inspector.events[message->events[i].id - 1].name,
            (unsigned long long)message->events[i].offset);
    }
    say(stage, "\n");
    stage->messages += message->kind == SMIN_KIND_MESSAGE;
    stage->in_output = false;
}

static struct stage_file *file_of(struct smin_file_handle *handle)
{
    return (struct stage_file *)(void *)handle;
}

static int32_t begin(void *user, void *flow_user, const struct smin_file *about, struct smin_file_handle **handle)
{
    struct stage *stage = user;
    note(flow_user == stage && !stage->in_output && about->direction <= SMIN_TO_CLIENT, stage);
    *handle = NULL;
    for (int i = 0; i < STAGE_FILES; i++) {
        struct stage_file *file = &stage->files[i];
        if (file->open)
            continue;
        *file = (struct stage_file){.stage = stage, .open = true};
        file->ordered = about->name_length == 7 && memcmp(about->name, "ordered", 7) == 0;
        stage->begun++;
        *handle = (struct smin_file_handle *)(void *)file;
        return SMIN_OK;
    }
    return SMIN_E_LIMIT;
}

static int32_t wanted(void *user, struct smin_file_handle *handle, uint32_t state)
{
    const struct stage *stage = user;
    struct stage_file *file = file_of(handle);
    note(file->open, file->stage);
    if (stage->taste != STAGE_WANTS_HOSTNAMES || file->ordered)
        return SMIN_OK;
    if (file->head_length < sizeof(file->head) && state == 0)
        return SMIN_MORE;
    file->dropped = memcmp(file->head, "hostname", sizeof(file->head)) != 0;
    return file->dropped ? SMIN_E_REFUSED : SMIN_OK;
}

static void data(void *user, struct smin_file_handle *handle, const uint8_t *bytes, uint64_t length)
{
    struct stage *stage = user;
    struct stage_file *file = file_of(handle);
    note(file->open && !file->dropped && length > 0, stage);
    for (uint64_t i = 0; i < length && file->gaps == 0 && file->head_length < sizeof(file->head); i++)
        file->head[file->head_length++] = (char)bytes[i];
    file->bytes += length;
    if (length > STAGE_CONTENTS - stage->contents_length)
        return;
    memcpy(stage->contents + stage->contents_length, bytes, (size_t)length);
    stage->contents_length += (size_t)length;
}

static void gap(void *user, struct smin_file_handle *handle, uint64_t length)
{
    note(file_of(handle)->open && length > 0, user);
    file_of(handle)->gaps += length;
}

static void end(void *user, struct smin_file_handle *handle, uint32_t state, uint64_t time_ns, uint64_t packet)
{
    struct stage *stage = user;
    struct stage_file *file = file_of(handle);
    note(file->open && time_ns == stage->input.time_ns && packet == stage->input.packet_number, stage);
    bool told = wanted(user, handle, state) == SMIN_OK;
    file->open = false;
    stage->ended++;
    if (!told)
        return;
    stage->wanted++;
    stage->state = state;
    stage->given = file->bytes;
    stage->gap_given = file->gaps;
    say(stage, "file %u: %llu bytes, %llu missing, begins %.*s\n", state, (unsigned long long)file->bytes,
        (unsigned long long)file->gaps, (int)file->head_length, file->head);
}

static const void *lend(void *user, const char *id)
{
    static const struct smin_ext_file whole = {
        .struct_size = sizeof(whole), .begin = begin, .data = data, .gap = gap, .end = end, .wanted = wanted};
    static const struct smin_ext_file older = {.struct_size = offsetof(struct smin_ext_file, wanted),
                                               .begin = begin, .data = data, .gap = gap, .end = end};
    const struct stage *stage = user;
    if (strcmp(id, SMIN_EXT_FILE) != 0 || stage->taste == STAGE_LENDS_NOTHING)
        return NULL;
    return stage->taste == STAGE_CANNOT_SAY ? &older : &whole;
}

void stage_open(struct stage *stage, enum stage_taste taste)
{
    memset(stage, 0, sizeof(*stage));
    failing_alloc_open(&stage->failing);
    guard_page_open(&stage->page, STAGE_INPUT);
    stage->taste = taste;
    stage->host = (struct smin_host){.struct_size = sizeof(stage->host), .abi_major = SMIN_ABI_MAJOR,
                                     .abi_minor = SMIN_ABI_MINOR, .name = "stage", .user = stage, .alloc = take,
                                     .release = give, .on_output = on_output, .extension = lend};
}

/* Instance, thread and flow, when they are first needed: so that their allocations can be made to fail. */
static int32_t start(struct stage *stage)
{
    const struct smin_ext_expected *table = smini_http_inspector.extension(SMIN_EXT_EXPECTED);
    const struct smin_expected expected = {.struct_size = sizeof(expected)};
    const struct smin_flow_info info = {.struct_size = sizeof(info), .ip_version = 4, .protocol = 6,
                                        .client_port = 50001, .server_port = 80,
                                        .client_address = {192, 0, 2, 10}, .server_address = {198, 51, 100, 7}};
    int32_t status = SMIN_OK;
    if (!stage->instance)
        status = smini_http_inspector.instance_new(&stage->host, NULL, &stage->instance);
    if (status == SMIN_OK && !stage->thread)
        status = smini_http_inspector.thread_new(stage->instance, &stage->thread);
    if (status != SMIN_OK || stage->flow)
        return status;
    if (stage->expected)
        return table->flow_new(stage->thread, &info, &expected, stage, &stage->flow);
    return smini_http_inspector.flow_new(stage->thread, &info, stage, &stage->flow);
}

static void set_input(struct stage *stage, uint32_t direction, const void *bytes, uint64_t length)
{
    stage->packet++;
    stage->input = (struct smin_input){.struct_size = sizeof(stage->input), .direction = direction,
                                       .time_ns = 1000 * stage->packet, .packet_number = stage->packet,
                                       .offset = stage->offset[direction], .bytes = bytes, .length = length};
    stage->offset[direction] += length;
}

int32_t stage_say(struct stage *stage, uint32_t direction, const void *bytes, size_t length)
{
    int32_t status = start(stage);
    if (status != SMIN_OK)
        return status;
    set_input(stage, direction, guard_page_put(&stage->page, bytes, length), length);
    struct smin_result result = smini_http_inspector.feed(stage->thread, stage->flow, &stage->input);
    note(result.status < 0 || result.consumed == length, stage);
    return result.status;
}

int32_t stage_gap(struct stage *stage, uint32_t direction, uint64_t length)
{
    int32_t status = start(stage);
    if (status != SMIN_OK)
        return status;
    set_input(stage, direction, NULL, length);
    return smini_http_inspector.gap(stage->thread, stage->flow, &stage->input).status;
}

int32_t stage_end(struct stage *stage, uint32_t direction)
{
    if (!stage->flow)
        return SMIN_OK;
    set_input(stage, direction, NULL, 0);
    if (!stage->broken_off)
        stage->input.flow_flags = SMIN_FLOW_FINISHED;
    return smini_http_inspector.end(stage->thread, stage->flow, &stage->input).status;
}

bool stage_close(struct stage *stage)
{
    if (stage->flow)
        smini_http_inspector.flow_free(stage->thread, stage->flow);
    smini_http_inspector.thread_free(stage->thread);
    smini_http_inspector.instance_free(stage->instance);
    guard_page_close(&stage->page);
    return failing_alloc_clean(&stage->failing) && stage->misbehaved == 0;
}
