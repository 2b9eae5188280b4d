/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/keep.h"

#include <string.h>

#include "host/describe.h"

/* A struct of a table whose elements may be larger, or smaller, than ours. */
static void copy_element(void *to, size_t size, const void *from, size_t stride)
{
    memcpy(to, from, stride < size ? stride : size);
}

/* Bytes inside the message stay inside its copy; all others are copied by themselves. */
static const uint8_t *copy_bytes(const struct smin_message *from, const uint8_t *message, const uint8_t *bytes,
                                 uint32_t size)
{
    if (!bytes)
        return NULL;
    if (from->bytes && bytes >= from->bytes && bytes <= from->bytes + from->size &&
        size <= (uint64_t)(from->bytes + from->size - bytes))
        return message + (bytes - from->bytes);
    return size ? wmem_memdup(wmem_file_scope(), bytes, size) : NULL;
}

static const struct smin_field *copy_fields(const struct smin_message *from, const uint8_t *message)
{
    struct smin_field *fields = wmem_alloc0_array(wmem_file_scope(), struct smin_field, from->field_count);
    for (uint32_t i = 0; i < from->field_count; i++) {
        copy_element(&fields[i], sizeof(fields[i]), smini_message_field(from, i), from->field_stride);
        fields[i].bytes = copy_bytes(from, message, fields[i].bytes, fields[i].size);
    }
    return fields;
}

static const struct smin_event *copy_events(const struct smin_message *from)
{
    struct smin_event *events = wmem_alloc0_array(wmem_file_scope(), struct smin_event, from->event_count);
    for (uint32_t i = 0; i < from->event_count; i++)
        copy_element(&events[i], sizeof(events[i]), smini_message_event(from, i), from->event_stride);
    return events;
}

struct smini_ws_kept *smini_ws_keep(const struct smin_output *output)
{
    struct smini_ws_kept *kept = wmem_new0(wmem_file_scope(), struct smini_ws_kept);
    struct smin_message *to = &kept->message;
    copy_element(to, sizeof(*to), output->message, output->message->struct_size);
    const struct smin_message *from = output->message;
    to->bytes = from->bytes && from->size ? wmem_memdup(wmem_file_scope(), from->bytes, (size_t)from->size) : NULL;
    to->size = to->bytes ? from->size : 0;
    to->fields = from->field_count ? copy_fields(from, to->bytes) : NULL;
    to->events = from->event_count ? copy_events(from) : NULL;
    to->field_stride = sizeof(struct smin_field);
    to->event_stride = sizeof(struct smin_event);
    return kept;
}

const struct smin_field *smini_ws_kept_field(const struct smini_ws_kept *kept, uint32_t index)
{
    return &kept->message.fields[index];
}

const struct smin_event *smini_ws_kept_event(const struct smini_ws_kept *kept, uint32_t index)
{
    return &kept->message.events[index];
}

char *smini_ws_text(wmem_allocator_t *scope, const struct smin_field *field)
{
    wmem_strbuf_t *text = wmem_strbuf_new(scope, "");
    const char *at = (const char *)field->bytes;
    const char *end = at + (at ? field->size : 0);
    while (at < end) {
        gunichar letter = *at ? g_utf8_get_char_validated(at, end - at) : (gunichar)-1;
        if (letter == (gunichar)-1 || letter == (gunichar)-2) {
            wmem_strbuf_append_printf(text, "\\x%02x", (unsigned char)*at++);
            continue;
        }
        wmem_strbuf_append_unichar(text, letter);
        at += g_unichar_to_utf8(letter, NULL); /* its length */
    }
    return wmem_strbuf_finalize(text);
}
