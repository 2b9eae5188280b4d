/* SPDX-License-Identifier: BSD-2-Clause */
/* What the record_*.c files share. */
#ifndef SMINI_RECORD_INTERNAL_H
#define SMINI_RECORD_INTERNAL_H

#include "replay/record.h"
#include "replay/record_plan.h"

enum {
    /* Flows whose address text and community id are remembered; a power of two. */
    SMINI_TUPLE_SLOTS = 1024,
    /* Two addresses, two ports, protocol and community id with their keys. */
    SMINI_TUPLE_BYTES = 256,
    /* Rules whose rendered text is remembered, a power of two, and the longest such text. */
    SMINI_RULE_TEXT_SLOTS = 64,
    SMINI_RULE_TEXT_BYTES = 2048,
    /* Escaped length of a capture's name; a longer one is cut. */
    SMINI_CAPTURE_NAME_BYTES = 4096
};

/* The text from "src_ip" to "community_id" of one flow, per direction. */
struct smini_tuple_text {
    uint64_t flow_id;
    uint8_t key[40]; /* addresses, ports, protocol: flow ids alone could collide */
    uint16_t length[2];
    uint8_t text[2][SMINI_TUPLE_BYTES];
};

/* What an alert says about its rule. Rules live as long as their instance, which outlives the records of a run. */
struct smini_rule_text {
    const struct smin_rule_info *rule;
    uint32_t length; /* 0: does not fit */
    uint8_t text[SMINI_RULE_TEXT_BYTES];
};

struct smini_record {
    struct smini_alloc *alloc;
    struct smini_json json;
    struct smini_plan plans[SMINI_RECORD_INSPECTORS_MAX];
    uint32_t plan_count;
    bool machine_facts;
    const char *sandbox;
    const char *version;
    struct smini_tuple_text *tuples;
    struct smini_rule_text *rules;
    uint8_t *name; /* of the capture, as a JSON string with its quotes */
    uint32_t name_length;
    uint64_t last_ns; /* latest time of this capture: when something without a time is reported */
    uint64_t anomalies;
};

enum { SMINI_SENDER_CLIENT = 0, SMINI_SENDER_SERVER = 1 };

/* Common keys up to event_type, then the flow's; the record stays open. `flow` may be NULL. */
void smini_record_head(struct smini_record *record, uint64_t time_ns, uint64_t packet, const char *event_type,
                       const struct smini_flow_view *flow, int sender);

/* Closes and ends a record. */
void smini_record_tail(struct smini_record *record);

void smini_record_note_time(struct smini_record *record, uint64_t time_ns);

/* One alert record; `object` is the position of the message's object in the output, and its length. */
struct smini_record_place {
    uint64_t position;
    size_t length;
};

struct smini_record_context {
    struct smini_plan *plan;
    const struct smini_flow_view *flow;
    const struct smin_output *output;
    int reading;
};

/* app_proto, tx_id, reading. */
void smini_record_stream_keys(struct smini_record *record, const struct smini_record_context *context);
void smini_record_object(struct smini_record *record, const struct smini_record_context *context,
                         struct smini_record_place *place);
void smini_record_alert(struct smini_record *record, const struct smini_record_context *context,
                        const struct smin_alert *alert, struct smini_record_place *place);

#endif
