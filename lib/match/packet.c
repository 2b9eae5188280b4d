/* SPDX-License-Identifier: BSD-2-Clause */
/* One scan of the payload, then the rules it brought and those without a pattern; header and numbers before bytes. */
#include "match/packet.h"

#include "match/bits.h"
#include "match/header_test.h"
#include "match/judge.h"
#include "match/packet_plan.h"
#include "rule/integer.h"
#include "smin/status.h"

enum { PROTOCOL_ICMP = 1, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_ICMP_SIX = 58 };

/* A payload under judgement. */
struct unit {
    struct smini_matcher *matcher;
    const struct smini_packet_group *group;
    const struct smini_flow_facts *facts;
    const struct smini_packet_facts *packet;
    uint64_t offset; /* of the payload's first byte, for hits */
};

static enum smini_packet_kind kind_of(const struct smini_packet_facts *packet)
{
    switch (packet->protocol) {
    case PROTOCOL_TCP:
        return SMINI_KIND_TCP_PACKET;
    case PROTOCOL_UDP:
        return SMINI_KIND_UDP_PACKET;
    case PROTOCOL_ICMP:
        return packet->ip_version == 4 ? SMINI_KIND_ICMP_PACKET : SMINI_KIND_OTHER_PACKET;
    case PROTOCOL_ICMP_SIX:
        return packet->ip_version == 6 ? SMINI_KIND_ICMP_PACKET : SMINI_KIND_OTHER_PACKET;
    default:
        return SMINI_KIND_OTHER_PACKET;
    }
}

static bool flow_allows(const struct unit *unit, const struct smini_rule *rule)
{
    const uint32_t of_flows = SMINI_FLOW_ESTABLISHED | SMINI_FLOW_NOT_ESTABLISHED | SMINI_FLOW_TO_SERVER |
                              SMINI_FLOW_TO_CLIENT;
    if (!(rule->flow & of_flows))
        return true;
    return (unit->packet->has & SMINI_PACKET_HAS_FLOW) &&
           smini_header_flow_allows(rule, unit->facts, unit->packet->direction);
}

/* In Suricata a size that is not some number, or at least one, is that of a payload: an empty packet has none. */
static bool asks_payload(enum smini_packet_number number, const struct smini_integer_test *test)
{
    return number == SMINI_PACKET_PAYLOAD_SIZE &&
           (test->compare == SMINI_COMPARE_NOT_EQUAL || test->compare == SMINI_COMPARE_GREATER_EQUAL);
}

static bool number_holds(const struct unit *unit, enum smini_packet_number number, const struct smini_integer_test *test)
{
    uint64_t value = 0;
    if (asks_payload(number, test) && unit->packet->payload_wire == 0)
        return false;
    return smini_packet_number(unit->packet, unit->facts, number, &value) && smini_integer_holds(test, value);
}

static bool numbers_hold(const struct unit *unit, const struct smini_rule *rule)
{
    for (uint32_t i = 0; i < rule->packet_test_count; i++) {
        const struct smini_packet_test *test = &rule->packet_tests[i];
        bool either = test->number == SMINI_PACKET_STREAM_EITHER;
        if (!number_holds(unit, test->number, &test->test) &&
            !(either && number_holds(unit, SMINI_PACKET_STREAM_SERVER, &test->test)))
            return false;
    }
    return true;
}

static bool applies(const struct unit *unit, const struct smini_packet_rule *planned, const struct smini_rule *rule)
{
    uint32_t has = unit->packet->has;
    if (rule->section_count && unit->packet->payload.length == 0)
        return false;
    if (rule->first_packet && !(has & SMINI_PACKET_IS_FIRST))
        return false;
    if (!(has & SMINI_PACKET_HAS_PORTS) && !planned->any_port)
        return false;
    return numbers_hold(unit, rule) && flow_allows(unit, rule) &&
           (planned->any_header || smini_header_allows(rule, unit->facts, unit->packet->direction));
}

static void judge(const struct unit *unit, const struct smini_packet_rule *planned)
{
    const struct smini_rule *rule = unit->matcher->database->rules[planned->rule].rule;
    smini_judge_checked(unit->matcher, rule);
    if (!applies(unit, planned, rule) || (rule->state && !smini_recall_holds(unit->matcher, rule->state)))
        return;
    struct smini_verify verify = smini_judge_begin(unit->matcher);
    verify.bytes = unit->packet->payload;
    bool holds = true;
    for (uint32_t i = 0; i < rule->section_count && holds; i++)
        holds = smini_verify_section(&verify, &rule->sections[i]);
    smini_judge_end(unit->matcher, rule, &verify);
    if (!holds)
        return;
    if (rule->state)
        smini_recall_write(unit->matcher, rule->state);
    smini_judge_add(unit->matcher, rule, unit->offset + verify.match_at, verify.match_length);
}

static void on_pattern(void *user, uint32_t pattern)
{
    const struct unit *unit = user;
    struct smini_matcher *matcher = unit->matcher;
    uint32_t rule = unit->group->patterns.pattern_rule[pattern];
    if (smini_bits_has(matcher->queued, rule))
        return;
    smini_bits_set(matcher->queued, rule);
    matcher->found[matcher->found_count++] = rule;
}

static int32_t scan(struct unit *unit)
{
    struct smini_matcher *matcher = unit->matcher;
    struct smini_span payload = unit->packet->payload;
    matcher->found_count = 0;
    if (!unit->group->patterns.scanner || payload.length == 0)
        return SMIN_OK;
    matcher->counters.scans++;
    matcher->counters.scanned_bytes += payload.length;
    int32_t status = smini_scan(unit->group->patterns.scanner, &matcher->scratch, payload, on_pattern, unit);
    for (uint32_t i = 0; i < matcher->found_count; i++)
        smini_bits_clear(matcher->queued, matcher->found[i]);
    smini_judge_sort_found(matcher);
    return status;
}

/* The rules that were found and those without a pattern, in their order. */
static int32_t judge_group(struct unit *unit)
{
    const struct smini_packet_group *group = unit->group;
    const struct smini_matcher *matcher = unit->matcher;
    uint32_t index;
    int32_t status = scan(unit);
    struct smini_judge_walk walk = {.found = matcher->found, .found_count = matcher->found_count,
                                    .outright = group->outright, .outright_count = group->outright_count};
    while (status == SMIN_OK && smini_judge_next(&walk, &index))
        judge(unit, &group->rules[index]);
    return status;
}

static int32_t judge_unit(struct unit *unit, enum smini_packet_kind kind, struct smini_hits *hits)
{
    struct smini_matcher *matcher = unit->matcher;
    int32_t status = SMIN_OK;
    smini_matcher_start(matcher, unit->facts);
    matcher->recall.direction = unit->packet->direction;
    matcher->recall.kind = SMIN_KIND_PACKET;
    unit->group = matcher->database->packets ? &matcher->database->packets->groups[kind] : NULL;
    if (unit->group && unit->group->count)
        status = judge_group(unit);
    return smini_matcher_finish(matcher, status, hits);
}

int32_t smini_match_packet(struct smini_matcher *matcher, const struct smini_flow_facts *facts,
                           const struct smini_packet_facts *packet, struct smini_hits *hits)
{
    struct unit unit = {.matcher = matcher, .facts = facts, .packet = packet};
    return judge_unit(&unit, kind_of(packet), hits);
}

int32_t smini_match_datagram(struct smini_matcher *matcher, const struct smini_flow_facts *facts, uint32_t direction,
                             uint64_t offset, struct smini_span payload, struct smini_hits *hits)
{
    struct smini_packet_facts packet = {.has = SMINI_PACKET_HAS_FLOW | SMINI_PACKET_HAS_PORTS,
                                        .direction = direction,
                                        .ip_version = facts->ip_version,
                                        .protocol = PROTOCOL_UDP,
                                        .payload_wire = (uint32_t)payload.length,
                                        .payload = payload};
    struct unit unit = {.matcher = matcher, .facts = facts, .packet = &packet, .offset = offset};
    return judge_unit(&unit, SMINI_KIND_DATAGRAM, hits);
}
