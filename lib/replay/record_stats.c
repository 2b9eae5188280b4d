/* SPDX-License-Identifier: BSD-2-Clause */
/* Counters of one capture, under Suricata's names where they mean the same. */
#include <stddef.h>

#include "replay/record_internal.h"

struct counter {
    const char *group;
    const char *key;
    size_t offset;
};

#define COUNTER(group, key, member) {group, key, offsetof(struct smini_run_counters, member)}

static const struct counter counters[] = {
    COUNTER("decoder", "pkts", packets),
    COUNTER("decoder", "bytes", wire_bytes),
    COUNTER("decoder", "captured_bytes", captured_bytes),
    COUNTER("decoder", "ipv4", ipv4),
    COUNTER("decoder", "ipv6", ipv6),
    COUNTER("decoder", "tcp", tcp),
    COUNTER("decoder", "udp", udp),
    COUNTER("decoder", "vlan", vlan),
    COUNTER("decoder", "tunneled", tunneled),
    COUNTER("decoder", "other", other),
    COUNTER("decoder", "invalid", bad),
    COUNTER("decoder", "cut", cut),
    COUNTER("decoder", "bad_ip_checksums", bad_ip_checksums),
    COUNTER("decoder", "bad_l4_checksums", bad_l4_checksums),
    COUNTER("defrag", "fragments", fragments),
    COUNTER("defrag", "reassembled", defragmented),
    COUNTER("flow", "tcp", tcp_flows),
    COUNTER("flow", "udp", udp_flows),
    COUNTER("flow", "tracked", tracked_flows),
    COUNTER("flow", "detected", detected_flows),
    COUNTER("flow", "evicted", evicted_flows),
    COUNTER("flow", "peak", flows_peak),
    COUNTER("tcp", "segments_reordered", segments_reordered),
    COUNTER("tcp", "segments_duplicate", segments_duplicate),
    COUNTER("tcp", "overlap", overlaps_same),
    COUNTER("tcp", "overlap_diff_data", overlaps_differing),
    COUNTER("tcp", "reassembly_gap", gaps),
    COUNTER("tcp", "gap_bytes", gap_bytes),
    COUNTER("detect", "alert", alerts),
    COUNTER("app_layer", "messages", messages),
    COUNTER("app_layer", "events", events),
    COUNTER("run", "problems", problems),
    COUNTER("run", "limits", limits),
};

static void put_counters(struct smini_json *json, const struct smini_run_counters *values)
{
    const char *group = NULL;
    for (size_t i = 0; i < sizeof(counters) / sizeof(counters[0]); i++) {
        uint64_t value;
        memcpy(&value, (const char *)values + counters[i].offset, sizeof(value));
        if (!group || strcmp(group, counters[i].group) != 0) {
            if (group)
                smini_json_end(json, '}');
            group = counters[i].group;
            smini_json_key(json, group);
            smini_json_begin(json, '{');
        }
        smini_json_key_number(json, counters[i].key, value);
    }
    smini_json_end(json, '}');
}

/* Only where something moved: most captures hold no transfer. */
static void put_files(struct smini_json *json, const struct smini_run_counters *values)
{
    if (values->files == 0)
        return;
    smini_json_key(json, "files");
    smini_json_begin(json, '{');
    smini_json_key_number(json, "seen", values->files);
    smini_json_key_number(json, "bytes", values->file_bytes);
    smini_json_key_number(json, "expected", values->expected);
    if (values->files_unstored)
        smini_json_key_number(json, "unstored", values->files_unstored);
    if (values->files_unsearched)
        smini_json_key_number(json, "unsearched", values->files_unsearched);
    smini_json_end(json, '}');
}

void smini_record_counters(struct smini_record *record, const struct smini_run_counters *values)
{
    struct smini_json *json = &record->json;
    smini_record_head(record, 0, 0, "stats", NULL, SMINI_SENDER_CLIENT);
    smini_json_key(json, "stats");
    smini_json_begin(json, '{');
    put_counters(json, values);
    put_files(json, values);
    if (record->machine_facts) {
        smini_json_key(json, "program");
        smini_json_begin(json, '{');
        smini_json_key_string(json, "version", record->version ? record->version : "");
        smini_json_key_string(json, "sandbox", record->sandbox ? record->sandbox : "");
        smini_json_end(json, '}');
    }
    smini_json_end(json, '}');
    smini_record_tail(record);
}
