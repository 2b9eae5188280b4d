/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Records: what the pump tells, as JSON lines with EVE's names and types. The
 * inspector's tables say how its messages look; nothing here knows a protocol.
 *
 * Keys of a record stand in a fixed order: timestamp, flow_id, pcap_filename,
 * pcap_cnt, event_type, vlan, tunnel, src_ip, src_port, dest_ip, dest_port,
 * proto, community_id, app_proto, tx_id, reading, then the objects.
 */
#ifndef SMINI_RECORD_H
#define SMINI_RECORD_H

#include "replay/sink.h"
#include "record/write_json.h"

/* Inspectors of one run; a plugin list beyond it is refused by the program. */
enum { SMINI_RECORD_INSPECTORS_MAX = 16 };

struct smini_record;

struct smini_record_options {
    const struct smin_inspector *const *inspectors;
    uint32_t inspector_count;
    /* Facts that another machine or build would give otherwise: version, sandbox. */
    bool machine_facts;
    const char *sandbox; /* state for the stats record */
    const char *version; /* of the program, likewise */
};

/*
 * SMIN_OK, SMIN_E_NOMEM, SMIN_E_MISUSE (an inspector's tables are too large).
 * The inspectors must outlive the recorder.
 */
int32_t smini_record_new(struct smini_record **record, struct smini_alloc *alloc,
                         const struct smini_record_options *options, const struct smini_json_output *output);

/* Another capture begins; `name` is copied (its escaped form up to a limit). SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_record_capture(struct smini_record *record, const char *name);

/* A message: a record named after the inspector, an alert record per alert, an anomaly record per anomalous event. */
void smini_record_output(struct smini_record *record, const struct smin_inspector *inspector,
                         const struct smini_flow_view *flow, int reading, const struct smin_output *output);
void smini_record_flow(struct smini_record *record, const struct smini_flow_view *flow);
/* A file that moved; nothing for one that was refused. */
void smini_record_file(struct smini_record *record, const struct smin_inspector *inspector,
                       const struct smini_flow_view *flow, const struct smini_file_view *file);
/* An alert record per alert on a file that `inspector` hands over. */
void smini_record_file_output(struct smini_record *record, const struct smin_inspector *inspector,
                              const struct smini_flow_view *flow, const struct smini_file_view *file,
                              const struct smin_output *output);
void smini_record_problem(struct smini_record *record, const struct smini_problem *problem);
void smini_record_counters(struct smini_record *record, const struct smini_run_counters *counters);

/*
 * Is an event an anomaly, that is something wrong with the bytes, rather than a
 * verdict on what they ask for? Low and medium ones are; of higher ones those
 * that refer to a CVE, since they name a defect that the bytes exercise.
 */
bool smini_record_is_anomaly(const struct smin_event_desc *event);

/* Writes what is buffered. The error number of the output, 0 while it works. */
int smini_record_flush(struct smini_record *record);

/* Anomaly records written so far. */
uint64_t smini_record_anomalies(const struct smini_record *record);

/* For records that others write between ours (devices, incidents). */
struct smini_json *smini_record_json(struct smini_record *record);

void smini_record_free(struct smini_record **record);

/* Community ID version 1, seed 0, of a flow: "1:" and 28 characters of base64. */
enum { SMINI_COMMUNITY_ID_BYTES = 31 };
void smini_record_community_id(const struct smini_flow_view *flow, char text[SMINI_COMMUNITY_ID_BYTES]);

#endif
