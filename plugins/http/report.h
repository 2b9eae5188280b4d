/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages to the host, and events on their way into one. */
#ifndef SMINI_HTTP_REPORT_H
#define SMINI_HTTP_REPORT_H

#include "base/span.h"
#include "http/state.h"

struct smini_http_report {
    uint32_t kind, flags, direction;
    uint32_t field_count, event_count;
    uint64_t offset;
    struct smin_field fields[SMINI_HTTP_FIELDS_MAX];
    struct smin_event events[SMINI_HTTP_EVENTS_MAX];
};

/* Nothing is added where `text` has no bytes. */
void smini_http_report_text(struct smini_http_report *report, uint32_t field, struct smini_span text, uint32_t flags);
void smini_http_report_number(struct smini_http_report *report, uint32_t field, uint64_t number);

/* To the host, as of the input at hand. */
void smini_http_report_send(struct smin_flow *flow, struct smini_http_report *report);

/* An event to be told with the exchange; each once. */
void smini_http_note(struct smini_http_exchange *exchange, uint32_t event, uint64_t number);

/* An event of the flow: told at once where the flow is of interest, kept until it may be otherwise; each once. */
void smini_http_tell(struct smin_flow *flow, unsigned role, uint32_t event, uint64_t number);

/* The events of an exchange that is not told itself, as those of its flow. */
void smini_http_tell_all(const struct smini_http_exchange *exchange);

#endif
