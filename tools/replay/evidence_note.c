/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence_note.h"

#include "base/written.h"
#include "smin/abi_lent.h"

/* A comment is read in a list of packets: the record and the packet itself hold the rest of a long value. */
enum { VALUE_BYTES_MAX = 160 };

void smini_note_string(struct smini_bytebuf *note, const char *text)
{
    (void)smini_bytebuf_add(note, smini_span_text(text));
}

void smini_note_number(struct smini_bytebuf *note, uint64_t number)
{
    char digits[SMINI_DECIMAL_TEXT];
    (void)smini_bytebuf_add(note, smini_span_make(digits, smini_decimal(number, digits)));
}

void smini_note_hex(struct smini_bytebuf *note, struct smini_span bytes)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.length; i++) {
        const char pair[2] = {digits[bytes.bytes[i] >> 4], digits[bytes.bytes[i] & 15]};
        (void)smini_bytebuf_add(note, smini_span_make(pair, sizeof(pair)));
    }
}

void smini_note_text(struct smini_bytebuf *note, struct smini_span text)
{
    size_t shown = text.length < VALUE_BYTES_MAX ? text.length : VALUE_BYTES_MAX;
    for (size_t i = 0; i < shown; i++) {
        uint8_t byte = text.bytes[i];
        if (byte == '\\') {
            smini_note_string(note, "\\\\");
        } else if (byte >= 0x20 && byte < 0x7f) {
            (void)smini_bytebuf_add(note, smini_span_make(&byte, 1));
        } else {
            smini_note_string(note, "\\x");
            smini_note_hex(note, smini_span_make(&byte, 1));
        }
    }
    if (shown < text.length) {
        smini_note_string(note, " [... ");
        smini_note_number(note, text.length - shown);
        smini_note_string(note, " bytes ...]");
    }
}

static void put_label(struct smini_bytebuf *note, const char *label, uint64_t number)
{
    smini_note_string(note, label);
    smini_note_number(note, number);
}

/* --- messages --- */

static const void *at(const void *items, uint32_t stride, uint32_t index)
{
    return (const char *)items + (size_t)stride * index;
}

static const struct smin_field_desc *field_desc(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const struct smin_field_desc *desc = at(inspector->fields, inspector->field_stride, i);
        if (desc->id == id)
            return desc;
    }
    return NULL;
}

static const struct smin_event_desc *event_desc(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->event_count; i++) {
        const struct smin_event_desc *desc = at(inspector->events, inspector->event_stride, i);
        if (desc->id == id)
            return desc;
    }
    return NULL;
}

static const char *message_name(const struct smin_inspector *inspector, uint32_t id)
{
    for (uint32_t i = 0; i < inspector->message_count; i++) {
        const struct smin_message_desc *desc = at(inspector->messages, inspector->message_stride, i);
        if (desc->id == id)
            return desc->name;
    }
    return "unknown";
}

static void put_value(struct smini_bytebuf *note, const struct smin_field_desc *desc, const struct smin_field *field)
{
    struct smini_span bytes = smini_span_make(field->bytes, field->size);
    switch (desc->type) {
    case SMIN_TYPE_NUMBER:
        put_label(note, " = ", field->number);
        break;
    case SMIN_TYPE_BOOL:
        smini_note_string(note, field->number ? " = true" : " = false");
        break;
    case SMIN_TYPE_TEXT:
        smini_note_string(note, " = ");
        smini_note_text(note, bytes);
        break;
    case SMIN_TYPE_MAC:
    case SMIN_TYPE_IPV4:
    case SMIN_TYPE_DIGEST:
        smini_note_string(note, " = ");
        smini_note_hex(note, bytes);
        break;
    default:
        break;
    }
}

/* Derived fields have no place of their own. */
static void put_field(struct smini_bytebuf *note, const struct smin_inspector *inspector,
                      const struct smin_field *field)
{
    const struct smin_field_desc *desc = field_desc(inspector, field->id);
    if (!desc || !desc->key)
        return;
    smini_note_string(note, "\n  ");
    smini_note_string(note, desc->name);
    if (field->length) {
        put_label(note, " @", field->offset);
        put_label(note, "+", field->length);
    }
    put_value(note, desc, field);
}

static void put_event(struct smini_bytebuf *note, const struct smin_inspector *inspector,
                      const struct smin_event *event)
{
    const struct smin_event_desc *desc = event_desc(inspector, event->id);
    if (!desc)
        return;
    smini_note_string(note, "\n  event ");
    smini_note_string(note, desc->name);
    put_label(note, " @", event->offset);
    smini_note_string(note, ": ");
    smini_note_string(note, desc->meaning);
    if (desc->reference) {
        smini_note_string(note, " (");
        smini_note_string(note, desc->reference);
        smini_note_string(note, ")");
    }
}

static void put_alert(struct smini_bytebuf *note, const struct smin_alert *alert)
{
    put_label(note, "\n  signature ", alert->rule->gid);
    put_label(note, ":", alert->rule->sid);
    put_label(note, ":", alert->rule->rev);
    smini_note_string(note, " ");
    smini_note_text(note, smini_span_text(alert->rule->msg));
    if (alert->length) {
        put_label(note, " @", alert->offset);
        put_label(note, "+", alert->length);
    }
}

static void put_head(struct smini_bytebuf *note, const struct smin_inspector *inspector, int reading,
                     const struct smin_message *message)
{
    smini_note_string(note, inspector->name);
    smini_note_string(note, message->kind == SMIN_KIND_TRAILER ? " bytes after " : " ");
    smini_note_string(note, message->kind == SMIN_KIND_STREAM ? "stream" : message_name(inspector, message->id));
    smini_note_string(note, message->direction == SMIN_TO_SERVER ? " to server" : " to client");
    put_label(note, " @", message->offset);
    put_label(note, "+", message->length);
    if (!(message->flags & SMIN_MESSAGE_COMPLETE) && message->kind == SMIN_KIND_MESSAGE)
        smini_note_string(note, ", not complete");
    if (reading == SMINI_READING_FIRST)
        smini_note_string(note, ", where the first copies of bytes stand");
    if (reading == SMINI_READING_LAST)
        smini_note_string(note, ", where the last copies of bytes stand");
}

void smini_note_output(struct smini_bytebuf *note, const struct smin_inspector *inspector, int reading,
                       const struct smin_output *output)
{
    const struct smin_message *message = output->message;
    if (!message)
        return;
    if (message->kind == SMIN_KIND_PACKET)
        smini_note_string(note, "packet");
    else
        put_head(note, inspector, reading, message);
    for (uint32_t i = 0; i < output->alert_count; i++)
        put_alert(note, at(output->alerts, output->alert_stride, i));
    for (uint32_t i = 0; i < message->event_count; i++)
        put_event(note, inspector, at(message->events, message->event_stride, i));
    for (uint32_t i = 0; i < message->field_count; i++)
        put_field(note, inspector, at(message->fields, message->field_stride, i));
}

/* --- files --- */

static const char *state_text(uint32_t state)
{
    switch (state) {
    case SMIN_FILE_CLOSED:
        return "whole and acknowledged";
    case SMIN_FILE_UNCONFIRMED:
        return "whole, its last block not acknowledged";
    case SMIN_FILE_REFUSED:
        return "refused";
    case SMIN_FILE_SEALED:
        return "encrypted, its contents are unknown";
    default:
        return "not whole";
    }
}

void smini_note_file(struct smini_bytebuf *note, const struct smini_file_view *file)
{
    smini_note_string(note, "file ");
    if (file->name.length)
        smini_note_text(note, file->name);
    else
        smini_note_string(note, "without a name");
    smini_note_string(note, ": ");
    smini_note_string(note, state_text(file->state));
    if (file->state == SMIN_FILE_REFUSED || file->state == SMIN_FILE_SEALED)
        return;
    put_label(note, ", ", file->size);
    smini_note_string(note, " bytes seen");
    if (file->gap_bytes)
        put_label(note, ", not seen: ", file->gap_bytes);
    smini_note_string(note, ", by its content: ");
    smini_note_string(note, file->type);
    if (file->size == 0)
        return;
    smini_note_string(note, "\n  sha256 ");
    smini_note_hex(note, smini_span_make(file->sha256, sizeof(file->sha256)));
    smini_note_string(note, "\n  md5 ");
    smini_note_hex(note, smini_span_make(file->md5, sizeof(file->md5)));
}
