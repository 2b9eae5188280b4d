/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/packet_plan.h"

#include "match/header_test.h"
#include "rule/state.h"
#include "smin/status.h"

static bool belongs(const struct smini_rule *rule, enum smini_packet_kind kind)
{
    bool packets = (rule->judged_on & SMINI_ON_PACKETS) != 0;
    enum smini_protocol protocol = rule->header.protocol;
    bool any = protocol == SMINI_PROTOCOL_IP;
    switch (kind) {
    case SMINI_KIND_DATAGRAM:
        return (rule->judged_on & SMINI_ON_DATAGRAMS) != 0;
    case SMINI_KIND_TCP_PACKET:
        return packets && !(rule->judged_on & SMINI_ON_MESSAGES) && (any || protocol == SMINI_PROTOCOL_TCP);
    case SMINI_KIND_UDP_PACKET:
        return packets && !(rule->judged_on & SMINI_ON_DATAGRAMS) && (any || protocol == SMINI_PROTOCOL_UDP);
    case SMINI_KIND_ICMP_PACKET:
        return packets && (any || protocol == SMINI_PROTOCOL_ICMP);
    case SMINI_KIND_OTHER_PACKET:
        return packets && any;
    case SMINI_KINDS:
        break;
    }
    return false;
}

static int32_t fill_group(const struct smini_database *database, enum smini_packet_kind kind,
                          struct smini_packet_group *group)
{
    struct smini_pattern ignored;
    uint32_t buffer;
    for (uint32_t i = 0; i < database->rule_count; i++)
        group->count += belongs(database->rules[i].rule, kind) ? 1 : 0;
    if (group->count == 0)
        return SMIN_OK;
    group->rules = smini_alloc_array(database->alloc, group->count, sizeof(group->rules[0]));
    group->outright = smini_alloc_array(database->alloc, group->count, sizeof(group->outright[0]));
    if (!group->rules || !group->outright)
        return SMIN_E_NOMEM;
    uint32_t at = 0;
    for (uint32_t i = 0; i < database->rule_count; i++) {
        const struct smini_rule *rule = database->rules[i].rule;
        if (!belongs(rule, kind))
            continue;
        struct smini_packet_rule *planned = &group->rules[at++];
        planned->rule = i;
        planned->has_pattern = smini_plan_pattern(database, rule, &ignored, &buffer);
        planned->any_header = smini_header_is_any(rule);
        planned->any_port = smini_header_any_port(rule);
        if (!planned->has_pattern)
            group->outright[group->outright_count++] = at - 1;
    }
    return SMIN_OK;
}

static int32_t scan_for(const struct smini_database *database, struct smini_packet_group *group)
{
    struct smini_plan_buffer *patterns = &group->patterns;
    uint32_t wanted = group->count - group->outright_count;
    if (wanted == 0)
        return SMIN_OK;
    patterns->pattern_count = wanted;
    patterns->patterns = smini_alloc_array(database->alloc, wanted, sizeof(patterns->patterns[0]));
    patterns->pattern_rule = smini_alloc_array(database->alloc, wanted, sizeof(patterns->pattern_rule[0]));
    if (!patterns->patterns || !patterns->pattern_rule)
        return SMIN_E_NOMEM;
    uint32_t at = 0;
    for (uint32_t i = 0; i < group->count; i++) {
        if (!group->rules[i].has_pattern)
            continue;
        uint32_t buffer;
        (void)smini_plan_pattern(database, database->rules[group->rules[i].rule].rule, &patterns->patterns[at], &buffer);
        patterns->pattern_rule[at++] = i;
    }
    return smini_scanner_new(database->alloc, patterns->patterns, wanted, false, database->want_fast,
                             database->host, &patterns->scanner);
}

/* In the flow, that is: counts by address live elsewhere. */
static bool remembers(const struct smini_rule *rule)
{
    const struct smini_rule_state *state = rule->state;
    bool answer = state && (state->test_count || state->write_count ||
                            (state->threshold && state->threshold->track == SMINI_TRACK_FLOW));
    for (uint32_t i = 0; i < rule->packet_test_count; i++)
        answer |= rule->packet_tests[i].number >= SMINI_PACKET_STREAM_CLIENT;
    return answer && (rule->judged_on & SMINI_ON_PACKETS);
}

int32_t smini_packet_plan_build(struct smini_database *database)
{
    uint32_t judged_on = 0;
    for (uint32_t i = 0; i < database->rule_count; i++)
        judged_on |= database->rules[i].rule->judged_on & (SMINI_ON_DATAGRAMS | SMINI_ON_PACKETS);
    if (judged_on == 0)
        return SMIN_OK;
    database->packets = smini_alloc_get(database->alloc, sizeof(*database->packets));
    if (!database->packets)
        return SMIN_E_NOMEM;
    database->packets->judged_on = judged_on;
    for (uint32_t i = 0; i < database->rule_count; i++)
        database->packets->remembers |= remembers(database->rules[i].rule);
    int32_t status = SMIN_OK;
    for (unsigned kind = 0; kind < SMINI_KINDS && status == SMIN_OK; kind++) {
        struct smini_packet_group *group = &database->packets->groups[kind];
        status = fill_group(database, (enum smini_packet_kind)kind, group);
        if (status == SMIN_OK)
            status = scan_for(database, group);
    }
    return status;
}

int32_t smini_packet_plan_prepare(const struct smini_database *database, struct smini_scan_scratch *scratch)
{
    int32_t status = SMIN_OK;
    for (unsigned kind = 0; database->packets && kind < SMINI_KINDS && status == SMIN_OK; kind++)
        if (database->packets->groups[kind].patterns.scanner)
            status = smini_scan_prepare(database->packets->groups[kind].patterns.scanner, scratch);
    return status;
}

void smini_packet_plan_free(struct smini_database *database)
{
    struct smini_alloc *alloc = database->alloc;
    for (unsigned kind = 0; database->packets && kind < SMINI_KINDS; kind++) {
        struct smini_packet_group *group = &database->packets->groups[kind];
        struct smini_plan_buffer *patterns = &group->patterns;
        smini_scanner_free(patterns->scanner);
        smini_alloc_free(alloc, patterns->patterns, patterns->pattern_count * sizeof(patterns->patterns[0]));
        smini_alloc_free(alloc, patterns->pattern_rule, patterns->pattern_count * sizeof(patterns->pattern_rule[0]));
        smini_alloc_free(alloc, group->outright, group->count * sizeof(group->outright[0]));
        smini_alloc_free(alloc, group->rules, group->count * sizeof(group->rules[0]));
    }
    smini_alloc_free(alloc, database->packets, sizeof(*database->packets));
}

uint32_t smini_database_judged_on(const struct smini_database *database)
{
    return database->packets ? database->packets->judged_on : 0;
}

bool smini_database_packets_remember(const struct smini_database *database)
{
    return database->packets && database->packets->remembers;
}

bool smini_database_wants_udp(const struct smini_database *database, const struct smini_flow_facts *facts)
{
    if (!database->packets)
        return false;
    const struct smini_packet_group *group = &database->packets->groups[SMINI_KIND_DATAGRAM];
    for (uint32_t i = 0; i < group->count; i++) {
        const struct smini_rule *rule = database->rules[group->rules[i].rule].rule;
        if (group->rules[i].any_header || smini_header_allows(rule, facts, SMIN_TO_SERVER) ||
            smini_header_allows(rule, facts, SMIN_TO_CLIENT))
            return true;
    }
    return false;
}
