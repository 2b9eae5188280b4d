/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/transaction.h"

#include <string.h>

#include "host/describe.h"

/* Where things stand in the one piece of memory. Sizes come from a decoder with limits, but nothing here trusts that. */
struct layout {
    size_t fields;
    size_t events;
    size_t alerts;
    size_t bytes;
    size_t values; /* bytes of fields that lie outside those of the message */
    size_t end;
    bool overflow;
};

enum { ALIGNMENT = _Alignof(max_align_t) };

/* The next `count` pieces of `size` bytes; gives where they begin. */
static size_t place(struct layout *layout, uint64_t count, uint64_t size)
{
    size_t at = (layout->end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    uint64_t total = 0;
    if (__builtin_mul_overflow(count, size, &total) || total > SIZE_MAX / 2 - at)
        layout->overflow = true;
    else
        layout->end = at + (size_t)total;
    return at;
}

static bool inside(const struct smin_message *message, const struct smin_field *field)
{
    uintptr_t first = (uintptr_t)message->bytes, at = (uintptr_t)field->bytes;
    return message->bytes && at >= first && at - first <= message->size && field->size <= message->size - (at - first);
}

static struct layout lay_out(const struct smin_output *output)
{
    const struct smin_message *message = output->message;
    struct layout layout = {.end = sizeof(struct smini_suricata_transaction)};
    layout.fields = place(&layout, message->field_count, message->field_stride);
    layout.events = place(&layout, message->event_count, message->event_stride);
    layout.alerts = place(&layout, output->alert_count, output->alert_stride);
    layout.bytes = place(&layout, message->size, 1);
    layout.values = layout.end;
    for (uint32_t i = 0; i < message->field_count && !layout.overflow; i++) {
        const struct smin_field *field = smini_message_field(message, i);
        if (field->bytes && !inside(message, field))
            layout.end += field->size;
        layout.overflow = layout.end > SIZE_MAX / 2;
    }
    return layout;
}

static void copy(void *to, const void *from, size_t size)
{
    if (size > 0)
        memcpy(to, from, size);
}

static void copy_fields(char *memory, const struct layout *layout, const struct smin_message *from,
                        const struct smin_message *to)
{
    size_t value = layout->values;
    copy(memory + layout->fields, from->fields, (size_t)from->field_count * from->field_stride);
    for (uint32_t i = 0; i < from->field_count; i++) {
        const struct smin_field *old = smini_message_field(from, i);
        struct smin_field *field = (void *)(memory + layout->fields + (size_t)i * from->field_stride);
        if (!old->bytes)
            continue;
        if (inside(from, old)) {
            field->bytes = to->bytes + (old->bytes - from->bytes);
            continue;
        }
        copy(memory + value, old->bytes, old->size);
        field->bytes = (const uint8_t *)memory + value;
        value += old->size;
    }
}

/* A struct of another size than ours: only the members that both know. */
static void copy_known(void *to, size_t size, const void *from, uint32_t from_size)
{
    memcpy(to, from, from_size < size ? from_size : size);
}

struct smini_suricata_transaction *smini_suricata_transaction_new(struct smini_alloc *alloc,
                                                                  const struct smin_output *output)
{
    const struct smin_message *from = output->message;
    struct layout layout = lay_out(output);
    struct smini_suricata_transaction *transaction = layout.overflow ? NULL : smini_alloc_get(alloc, layout.end);
    if (!transaction)
        return NULL;
    char *memory = (char *)transaction;
    struct smin_message *to = &transaction->message;
    transaction->memory = layout.end;
    transaction->data.flags =
        from->direction == SMIN_TO_SERVER ? SMINI_ENGINE_SKIP_TO_CLIENT : SMINI_ENGINE_SKIP_TO_SERVER;
    copy_known(&transaction->output, sizeof(transaction->output), output, output->struct_size);
    copy_known(to, sizeof(*to), from, from->struct_size);
    transaction->output.struct_size = sizeof(transaction->output);
    transaction->output.message = to;
    transaction->output.alerts = (const void *)(memory + layout.alerts);
    to->struct_size = sizeof(*to);
    to->fields = (const void *)(memory + layout.fields);
    to->events = (const void *)(memory + layout.events);
    to->bytes = from->bytes ? (const uint8_t *)memory + layout.bytes : NULL;
    copy(memory + layout.events, from->events, (size_t)from->event_count * from->event_stride);
    copy(memory + layout.alerts, output->alerts, (size_t)output->alert_count * output->alert_stride);
    copy(memory + layout.bytes, from->bytes, from->bytes ? (size_t)from->size : 0);
    copy_fields(memory, &layout, from, to);
    return transaction;
}

void smini_suricata_transaction_free(struct smini_alloc *alloc, struct smini_suricata_transaction *transaction)
{
    if (!transaction)
        return;
    SCAppLayerTxDataCleanup(&transaction->data);
    smini_alloc_free(alloc, transaction, transaction->memory);
}
