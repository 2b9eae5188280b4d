/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints every delivered message as text: two runs said the same when their texts are equal. */
#ifndef SMIN_TESTS_RECORDING_SINK_H
#define SMIN_TESTS_RECORDING_SINK_H

#include "smin/field.h"

#include <stdbool.h>

struct recording_sink {
    const struct smin_field_desc *fields; /* tables for the names */
    uint32_t field_count;
    const struct smin_event_desc *events;
    uint32_t event_count;
    const struct smin_message_desc *messages;
    uint32_t message_count;
    char *text; /* ended by NUL; "" at first */
    size_t length;
    size_t capacity;
    uint32_t delivered; /* messages of any kind */
};

/* With the tables of an inspector, or of the decoder. */
void recording_sink_open(struct recording_sink *sink, const struct smin_field_desc *fields, uint32_t field_count,
                         const struct smin_event_desc *events, uint32_t event_count,
                         const struct smin_message_desc *messages, uint32_t message_count);

/* A smin_message_fn; `user` is the sink. */
void recording_sink_deliver(void *user, const struct smin_message *message);

/* One more line of the caller's own. */
void recording_sink_line(struct recording_sink *sink, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Forgets what was said. */
void recording_sink_clear(struct recording_sink *sink);

void recording_sink_close(struct recording_sink *sink);

/* True when `line` is one of the lines, leading blanks aside; or begins one, when it ends with "...". */
bool recording_sink_has(const struct recording_sink *sink, const char *line);

#endif
