/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts as bytes: to keep them, and to hand them from thread to thread. */
#ifndef SMINI_PACK_H
#define SMINI_PACK_H

#include "base/bytebuf.h"
#include "incident/incident.h"

enum smini_fact_kind { SMINI_FACT_MESSAGE = 1, SMINI_FACT_FLOW, SMINI_FACT_TRANSFER };

/* One fact, with room for what a message points to. The texts are in the packed bytes. */
struct smini_fact {
    enum smini_fact_kind kind;
    struct smini_incident_message message;
    struct smini_incident_flow flow;
    struct smini_incident_transfer transfer;
    struct smini_span events[SMINI_INCIDENT_SPANS_MAX];
    struct smini_span urls[SMINI_INCIDENT_SPANS_MAX];
    struct smini_span commands[SMINI_INCIDENT_SPANS_MAX];
};

/* Appends a copy. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM; then nothing was added. */
int32_t smini_pack_message(struct smini_bytebuf *buffer, const struct smini_incident_message *message);
int32_t smini_pack_flow(struct smini_bytebuf *buffer, const struct smini_incident_flow *flow);
int32_t smini_pack_transfer(struct smini_bytebuf *buffer, const struct smini_incident_transfer *transfer);

/* Puts `flow` in the place of the one at `packed`; its capture stays. */
void smini_repack_flow(uint8_t *packed, const struct smini_incident_flow *flow);

/* The fact at `at`; gives where the next one begins. */
size_t smini_unpack(struct smini_span packed, size_t at, struct smini_fact *fact);

/* Gives everything packed to the set. The worst status. */
int32_t smini_incident_add_packed(struct smini_incident_set *set, struct smini_span packed);

#endif
