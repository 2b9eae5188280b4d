/* SPDX-License-Identifier: BSD-2-Clause */
/* From what the pump tells to the flat facts that lib/incident works on. */
#ifndef SMINI_TOOL_FACTS_H
#define SMINI_TOOL_FACTS_H

#include "incident/pack.h"
#include "replay/sink.h"

/* A message with room for what it points to. */
struct smini_fact_message {
    struct smini_incident_message message;
    struct smini_span events[SMINI_INCIDENT_SPANS_MAX];
    struct smini_span urls[SMINI_INCIDENT_SPANS_MAX];
    struct smini_span commands[SMINI_INCIDENT_SPANS_MAX];
};

/* What the ids of an inspector mean here: looked up once per capture, not once per field. Ids beyond it are searched. */
enum { SMINI_FACT_IDS = 128 };
struct smini_fact_index {
    const struct smin_inspector *inspector;
    uint8_t field_role[SMINI_FACT_IDS];
    struct smini_span event_name[SMINI_FACT_IDS]; /* no bytes: unknown */
    struct smini_span message_name[SMINI_FACT_IDS];
};

/* False when the output is none of Smart Install, or no message. Points into the output. */
bool smini_facts_message(struct smini_fact_message *fact, struct smini_fact_index *index,
                         const struct smin_inspector *inspector, const struct smini_flow_view *flow, int reading, const struct smin_output *output,
                         const char *capture);
void smini_facts_flow(struct smini_incident_flow *fact, const struct smini_flow_view *flow, const char *capture);

void smini_facts_transfer(struct smini_incident_transfer *fact, const struct smin_inspector *inspector,
                          const struct smini_flow_view *flow, const struct smini_file_view *file, const char *capture);

#endif
