/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules judged on datagrams and on packets, and the patterns by which they
 * are found in a payload: one scan tells which rules are worth a look.
 * Internal to lib/match.
 */
#ifndef SMINI_MATCH_PACKET_PLAN_H
#define SMINI_MATCH_PACKET_PLAN_H

#include "match/plan.h"

/* What a payload belongs to. */
enum smini_packet_kind {
    SMINI_KIND_DATAGRAM,   /* from the host's datagrams */
    SMINI_KIND_TCP_PACKET, /* from the host's packets, like those below */
    SMINI_KIND_UDP_PACKET,
    SMINI_KIND_ICMP_PACKET,
    SMINI_KIND_OTHER_PACKET,
    SMINI_KINDS
};

/* One rule on payloads. */
struct smini_packet_rule {
    uint32_t rule; /* among the database's rules */
    bool has_pattern;
    bool any_header;
    bool any_port;
};

/* The rules for one kind of payload, in the order of the rules. */
struct smini_packet_group {
    struct smini_packet_rule *rules;
    uint32_t count;
    uint32_t *outright; /* those without a pattern, as indexes into `rules` */
    uint32_t outright_count;
    struct smini_plan_buffer patterns; /* pattern_rule is an index into `rules` */
};

struct smini_packet_plan {
    uint32_t judged_on; /* SMINI_ON_DATAGRAMS, SMINI_ON_PACKETS */
    bool remembers;     /* a rule on packets has state, or looks at the sizes of streams */
    struct smini_packet_group groups[SMINI_KINDS];
};

/* SMIN_OK, SMIN_E_NOMEM, SMIN_E_INTERNAL. What was made before a failure is freed by smini_packet_plan_free. */
int32_t smini_packet_plan_build(struct smini_database *database);
int32_t smini_packet_plan_prepare(const struct smini_database *database, struct smini_scan_scratch *scratch);
void smini_packet_plan_free(struct smini_database *database);

#endif
