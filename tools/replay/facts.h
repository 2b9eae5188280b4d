/* SPDX-License-Identifier: BSD-2-Clause */
/* From what the pump tells to the flat facts that lib/incident works on. */
#ifndef SMINI_TOOL_FACTS_H
#define SMINI_TOOL_FACTS_H

#include "base/bytebuf.h"
#include "incident/incident.h"
#include "replay/sink.h"

/* Far above what one message holds; the decoder's own limits come first. */
enum { SMINI_FACT_SPANS_MAX = 64 };

/* A message with room for what it points to. */
struct smini_fact_message {
    struct smini_incident_message message;
    struct smini_span events[SMINI_FACT_SPANS_MAX];
    struct smini_span urls[SMINI_FACT_SPANS_MAX];
    struct smini_span commands[SMINI_FACT_SPANS_MAX];
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

/* Copies for a later time. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM; then nothing was added. */
int32_t smini_facts_pack_message(struct smini_bytebuf *buffer, const struct smini_incident_message *message);
int32_t smini_facts_pack_flow(struct smini_bytebuf *buffer, const struct smini_incident_flow *flow);
int32_t smini_facts_pack_transfer(struct smini_bytebuf *buffer, const struct smini_incident_transfer *transfer);
/* Gives everything packed to the set, in its order. The worst status. */
int32_t smini_facts_replay(struct smini_span packed, struct smini_incident_set *set);

#endif
