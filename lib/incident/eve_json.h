/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the EVE reader share: one record, parsed. */
#ifndef SMINI_EVE_JSON_H
#define SMINI_EVE_JSON_H

#include <jansson.h>

#include "incident/eve.h"

struct smini_eve_record {
    struct smini_eve *eve;
    const json_t *root;
    const char *detail;  /* why it is malformed */
    bool of_engine;      /* Suricata wrote it: who opened a connection, and what of it was seen, is told otherwise */
    struct smini_incident_place place;
    uint64_t flow_id;
    struct smini_incident_address source, destination;
    uint16_t source_port, destination_port;
};

/* NULL when there is none of that kind. */
const json_t *smini_eve_object(const json_t *parent, const char *key);
const json_t *smini_eve_list(const json_t *parent, const char *key);
/* Its bytes, with \xHH read back; empty when there is none. Lives as long as the record. */
struct smini_span smini_eve_text(struct smini_eve_record *record, const json_t *value);
struct smini_span smini_eve_text_at(struct smini_eve_record *record, const json_t *parent, const char *key);
/* False: there is none, or it is no number from 0 on. */
bool smini_eve_number(const json_t *parent, const char *key, uint64_t *number);
bool smini_eve_flag(const json_t *parent, const char *key);
/* Exactly `length` bytes as hexadecimal digits. */
bool smini_eve_hex(const json_t *parent, const char *key, uint8_t *bytes, size_t length);
bool smini_eve_time_at(struct smini_eve_record *record, const json_t *parent, const char *key, uint64_t *time_ns);
/* Addresses and ports of `parent`. SMIN_OK, SMIN_E_MALFORMED. */
int32_t smini_eve_ends(struct smini_eve_record *record, const json_t *parent);
int32_t smini_eve_malformed(struct smini_eve_record *record, const char *detail);

/*
 * One record each. SMIN_OK: taken; SMIN_E_NOT_FOUND: it says nothing of ours; SMIN_E_MALFORMED, SMIN_E_NOMEM.
 * A limit of the set is counted there.
 */
int32_t smini_eve_message(struct smini_eve_record *record);
int32_t smini_eve_flow(struct smini_eve_record *record);
int32_t smini_eve_file(struct smini_eve_record *record);
/* What Suricata tells of TFTP: that somebody asked for a file, or offered one. */
int32_t smini_eve_request(struct smini_eve_record *record);

#endif
