/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support/recording_sink.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {"?", "message", "trailer", "stream"};

void recording_sink_open(struct recording_sink *sink, const struct smin_field_desc *fields, uint32_t field_count,
                         const struct smin_event_desc *events, uint32_t event_count,
                         const struct smin_message_desc *messages, uint32_t message_count)
{
    memset(sink, 0, sizeof(*sink));
    sink->fields = fields;
    sink->field_count = field_count;
    sink->events = events;
    sink->event_count = event_count;
    sink->messages = messages;
    sink->message_count = message_count;
    sink->capacity = 4096;
    sink->text = calloc(1, sink->capacity);
    if (!sink->text)
        abort();
}

static void add_text(struct recording_sink *sink, const char *text, size_t length)
{
    if (sink->capacity - sink->length <= length) {
        sink->capacity = (sink->capacity + length) * 2;
        sink->text = realloc(sink->text, sink->capacity);
        if (!sink->text)
            abort();
    }
    memcpy(sink->text + sink->length, text, length);
    sink->length += length;
    sink->text[sink->length] = 0;
}

__attribute__((format(printf, 2, 0))) static void add_format(struct recording_sink *sink, const char *format, va_list arguments)
{
    char line[512];
    int length = vsnprintf(line, sizeof(line), format, arguments);
    if (length < 0 || (size_t)length >= sizeof(line))
        abort();
    add_text(sink, line, (size_t)length);
}

__attribute__((format(printf, 2, 3))) static void say(struct recording_sink *sink, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_format(sink, format, arguments);
    va_end(arguments);
}

void recording_sink_line(struct recording_sink *sink, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_format(sink, format, arguments);
    va_end(arguments);
    add_text(sink, "\n", 1);
}

static void say_text(struct recording_sink *sink, const uint8_t *bytes, size_t size)
{
    say(sink, " \"");
    for (size_t i = 0; i < size; i++)
        if (bytes[i] >= 32 && bytes[i] < 127 && bytes[i] != '"' && bytes[i] != '\\')
            say(sink, "%c", bytes[i]);
        else
            say(sink, "\\x%02x", bytes[i]);
    say(sink, "\"");
}

static void say_hex(struct recording_sink *sink, const uint8_t *bytes, size_t size)
{
    say(sink, " ");
    for (size_t i = 0; i < size; i++)
        say(sink, "%02x", bytes[i]);
}

/* Long and opaque: its size and a sum over all of it. */
static void say_sum(struct recording_sink *sink, const uint8_t *bytes, uint64_t size)
{
    uint32_t sum = 1;
    for (uint64_t i = 0; i < size; i++)
        sum = sum * 31 + bytes[i];
    say(sink, " size=%" PRIu64 " sum=%08" PRIx32, size, sum);
}

static const struct smin_field_desc *find_field(const struct recording_sink *sink, uint32_t id)
{
    for (uint32_t i = 0; i < sink->field_count; i++)
        if (sink->fields[i].id == id)
            return &sink->fields[i];
    return NULL;
}

static void say_field(struct recording_sink *sink, const struct smin_field *field)
{
    const struct smin_field_desc *desc = find_field(sink, field->id);
    say(sink, "  field %s", desc ? desc->name : "?");
    switch (desc ? desc->type : 0) {
    case SMIN_TYPE_NUMBER:
    case SMIN_TYPE_BOOL:
        say(sink, " %" PRIu64, field->number);
        break;
    case SMIN_TYPE_TEXT:
        say_text(sink, field->bytes, field->size);
        break;
    case SMIN_TYPE_BYTES:
        say_sum(sink, field->bytes, field->size);
        break;
    default:
        say_hex(sink, field->bytes, field->size);
    }
    say(sink, " at=%" PRIu64 "+%" PRIu32, field->offset, field->length);
    if (field->flags & SMIN_FIELD_UNTERMINATED)
        say(sink, " unterminated");
    if (field->flags & SMIN_FIELD_CUT)
        say(sink, " cut");
    if (field->flags & SMIN_FIELD_NEW_ITEM)
        say(sink, " item");
    say(sink, "\n");
}

static void say_event(struct recording_sink *sink, const struct smin_event *event)
{
    const char *name = "?";
    for (uint32_t i = 0; i < sink->event_count; i++)
        if (sink->events[i].id == event->id)
            name = sink->events[i].name;
    say(sink, "  event %s at=%" PRIu64 "+%" PRIu32 " number=%" PRIu64 "\n", name, event->offset, event->length,
        event->number);
}

static void say_head(struct recording_sink *sink, const struct smin_message *message)
{
    const char *name = "-";
    for (uint32_t i = 0; i < sink->message_count; i++)
        if (sink->messages[i].id == message->id)
            name = sink->messages[i].name;
    say(sink, "%s %s #%" PRIu64 " at=%" PRIu64 "+%" PRIu64 " %s", kind_names[message->kind & 3], name,
        message->number, message->offset, message->length,
        message->direction == SMIN_TO_SERVER ? "to_server" : "to_client");
    if (message->flags & SMIN_MESSAGE_COMPLETE)
        say(sink, " complete");
    if (message->flags & SMIN_MESSAGE_HOLE)
        say(sink, " hole");
    if (message->flags & SMIN_MESSAGE_LIMIT)
        say(sink, " limit");
    say_sum(sink, message->bytes, message->size);
    say(sink, "\n");
}

void recording_sink_deliver(void *user, const struct smin_message *message)
{
    struct recording_sink *sink = user;
    sink->delivered++;
    say_head(sink, message);
    const uint8_t *field = (const uint8_t *)message->fields;
    for (uint32_t i = 0; i < message->field_count; i++, field += message->field_stride)
        say_field(sink, (const struct smin_field *)(const void *)field);
    const uint8_t *event = (const uint8_t *)message->events;
    for (uint32_t i = 0; i < message->event_count; i++, event += message->event_stride)
        say_event(sink, (const struct smin_event *)(const void *)event);
}

void recording_sink_clear(struct recording_sink *sink)
{
    sink->length = 0;
    sink->text[0] = 0;
    sink->delivered = 0;
}

void recording_sink_close(struct recording_sink *sink)
{
    free(sink->text);
    memset(sink, 0, sizeof(*sink));
}

bool recording_sink_has(const struct recording_sink *sink, const char *line)
{
    size_t length = strlen(line);
    bool prefix = length > 3 && strcmp(line + length - 3, "...") == 0;
    if (prefix)
        length -= 3;
    for (const char *at = sink->text; *at;) {
        const char *end = strchr(at, '\n');
        at += strspn(at, " ");
        size_t have = (size_t)(end - at);
        if ((have == length || (prefix && have > length)) && memcmp(at, line, length) == 0)
            return true;
        at = end + 1;
    }
    return false;
}
