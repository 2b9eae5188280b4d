/* SPDX-License-Identifier: BSD-2-Clause */
/* Steps through the tables of an inspector and through a message, by their strides. */
#ifndef SMINI_HOST_DESCRIBE_H
#define SMINI_HOST_DESCRIBE_H

#include "smin/abi.h"

static inline const void *smini_describe_element(const void *first, uint32_t index, size_t stride)
{
    return (const char *)first + (size_t)index * stride;
}

/* `index` is below the count of its table. */
static inline const struct smin_field_desc *smini_describe_field(const struct smin_inspector *inspector, uint32_t index)
{
    return smini_describe_element(inspector->fields, index, inspector->field_stride);
}

static inline const struct smin_event_desc *smini_describe_event(const struct smin_inspector *inspector, uint32_t index)
{
    return smini_describe_element(inspector->events, index, inspector->event_stride);
}

static inline const struct smin_message_desc *smini_describe_message(const struct smin_inspector *inspector,
                                                                     uint32_t index)
{
    return smini_describe_element(inspector->messages, index, inspector->message_stride);
}

static inline const struct smin_field *smini_message_field(const struct smin_message *message, uint32_t index)
{
    return smini_describe_element(message->fields, index, message->field_stride);
}

static inline const struct smin_event *smini_message_event(const struct smin_message *message, uint32_t index)
{
    return smini_describe_element(message->events, index, message->event_stride);
}

static inline const struct smin_alert *smini_output_alert(const struct smin_output *output, uint32_t index)
{
    return smini_describe_element(output->alerts, index, output->alert_stride);
}

#endif
