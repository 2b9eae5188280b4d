/* SPDX-License-Identifier: BSD-2-Clause */
/* What the record_*.c files share. */
#ifndef SMINI_RECORD_INTERNAL_H
#define SMINI_RECORD_INTERNAL_H

#include "replay/record.h"
#include "record/message_plan.h"

enum {
    /* Flows whose address text and community id are remembered; a power of two. */
    SMINI_TUPLE_SLOTS = 1024,
    /* Two addresses, two ports, protocol and community id with their keys: 218, and what the writer wants free. */
    SMINI_TUPLE_BYTES = 256,
    /* Rules whose rendered text is remembered, a power of two, and the longest such text. */
    SMINI_RULE_TEXT_SLOTS = 64,
    SMINI_RULE_TEXT_BYTES = 2048,
    /* What an anomaly says about its event, up to its place; longer than any meaning and reference of ours. */
    SMINI_EVENT_TEXT_BYTES = 508,
    /* "NAME_flow_id": longer than any name of an inspector. */
    SMINI_FILE_KEY_BYTES = 128,
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

/* What an anomaly says about its event. */
struct smini_event_text {
    uint32_t length; /* 0: not rendered yet, or does not fit */
    uint8_t text[SMINI_EVENT_TEXT_BYTES];
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
    struct smini_event_text *events[SMINI_RECORD_INSPECTORS_MAX]; /* per plan, in the order of its events */
    uint8_t *name; /* of the capture, as a JSON string with its quotes */
    uint32_t name_length;
    uint64_t last_ns; /* latest time of this capture: when something without a time is reported */
    uint64_t anomalies;
};

enum { SMINI_SENDER_CLIENT = 0, SMINI_SENDER_SERVER = 1 };

/* Common keys up to event_type, then the flow's; the record stays open. `flow` may be NULL. */
void smini_record_head(struct smini_record *record, uint64_t time_ns, uint64_t packet, const char *event_type,
                       const struct smini_flow_view *flow, int sender);
/* Its two halves: what stands before event_type, and what stands behind it. */
void smini_record_before_type(struct smini_record *record, uint64_t time_ns, uint64_t packet,
                              const struct smini_flow_view *flow);
void smini_record_behind_type(struct smini_record *record, const struct smini_flow_view *flow, int sender);

/* Closes and ends a record. */
void smini_record_tail(struct smini_record *record);

void smini_record_note_time(struct smini_record *record, uint64_t time_ns);

/* A part of a record: where it stands in the output, and its length. */
struct smini_record_place {
    uint64_t position;
    size_t length;
};

/* One output, and the parts that all its records share: rendered once, then copied from the buffer. */
struct smini_record_context {
    struct smini_plan *plan;
    const struct smini_flow_view *flow;
    const struct smin_output *output;
    int reading;
    struct smini_record_place before_type; /* timestamp to pcap_cnt */
    struct smini_record_place behind_type; /* vlan to reading */
    struct smini_record_place object;
};

/* Begins a record about the output: everything up to what makes it special. */
void smini_record_begin(struct smini_record *record, struct smini_record_context *context, const char *event_type);
void smini_record_object(struct smini_record *record, struct smini_record_context *context);
/* Output of a writer whose buffer is all there is: refuses, so that what does not fit shows as flushed. */
/* "fileinfo" and its object. */
void smini_record_fileinfo(struct smini_json *json, const struct smin_inspector *inspector,
                           const struct smini_file_view *file);
int smini_record_refuse(void *user, const uint8_t *bytes, size_t length);
void smini_record_alert(struct smini_record *record, struct smini_record_context *context,
                        const struct smin_alert *alert);

#endif
