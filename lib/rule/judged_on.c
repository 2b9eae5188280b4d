/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a rule is judged on: files, messages and streams, datagrams, or packets.
 * A rule that looks at a file's buffers is judged on files alone. Only
 * a rule that asks for packets is judged on them: by its protocol, by a packet
 * keyword, by flow:no_stream, or because no bytes have to be there.
 */
#include "rule/parse.h"

/* What the options look at, all together. */
struct looks {
    bool files;    /* at files that move */
    bool decoded;  /* at what the decoder told */
    bool payload;  /* at bytes without a sticky buffer */
    bool anchored; /* some of these bytes have to be there */
    bool packets;  /* at packets, by protocol or keyword */
};

static struct looks gather(const struct smini_rule_parser *parser)
{
    const struct smini_rule *rule = &parser->rule;
    struct looks looks = {.decoded = rule->field_test_count || rule->event_count || rule->app_protocol,
                          .packets = rule->packet_test_count || rule->header.packets ||
                                     rule->header.protocol == SMINI_PROTOCOL_ICMP};
    for (uint32_t i = 0; i < parser->section_count; i++) {
        looks.payload |= parser->section_buffer[i] == SMINI_BUFFER_PAYLOAD;
        looks.files |= smini_buffer_of_files(parser->section_buffer[i]);
        looks.decoded |= parser->section_buffer[i] != SMINI_BUFFER_PAYLOAD &&
                         !smini_buffer_of_files(parser->section_buffer[i]);
    }
    for (uint32_t i = 0; i < parser->condition_count; i++) {
        const struct smini_condition *condition = &parser->conditions[i];
        looks.anchored |= (condition->kind == SMINI_CONDITION_CONTENT && !condition->u.content.negated) ||
                          (condition->kind == SMINI_CONDITION_PCRE && !condition->u.pcre.negated);
    }
    return looks;
}

bool smini_parse_packet_protocol(struct smini_rule_parser *parser, struct smini_span token)
{
    static const struct {
        const char *name;
        enum smini_protocol protocol;
        uint8_t ip_version;
        bool packets;
    } names[] = {{"udp", SMINI_PROTOCOL_UDP, 0, false},     {"ip", SMINI_PROTOCOL_IP, 0, false},
                 {"ipv4", SMINI_PROTOCOL_IP, 4, false},     {"ip4", SMINI_PROTOCOL_IP, 4, false},
                 {"ipv6", SMINI_PROTOCOL_IP, 6, false},     {"ip6", SMINI_PROTOCOL_IP, 6, false},
                 {"icmp", SMINI_PROTOCOL_ICMP, 0, false},   {"icmpv4", SMINI_PROTOCOL_ICMP, 4, false},
                 {"icmpv6", SMINI_PROTOCOL_ICMP, 6, false}, {"tcp-pkt", SMINI_PROTOCOL_TCP, 0, true}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (!smini_lex_is(token, names[i].name))
            continue;
        parser->rule.header.protocol = names[i].protocol;
        parser->rule.header.ip_version = names[i].ip_version;
        parser->rule.header.packets = names[i].packets;
        return true;
    }
    return false;
}

static void refuse(struct smini_rule_parser *parser, const char *option, const char *problem)
{
    parser->option.at = 0;
    parser->option.name = smini_span_text(option);
    smini_rule_refuse(parser, "%s", problem);
}

/* Bits and numbers of a flow: a file's flow remembers nothing here. */
static bool asks_flow_memory(const struct smini_rule_parser *parser)
{
    for (uint32_t i = 0; i < parser->state_step_count; i++)
        if (parser->state_steps[i].place == SMINI_STATE_FLOW_BIT || parser->state_steps[i].place == SMINI_STATE_FLOW_NUMBER)
            return true;
    return parser->threshold && parser->threshold->track == SMINI_TRACK_FLOW;
}

static void judge_files(struct smini_rule_parser *parser, const struct looks *looks)
{
    const struct smini_rule *rule = &parser->rule;
    parser->rule.judged_on = SMINI_ON_FILES;
    if (rule->header.protocol == SMINI_PROTOCOL_APP || rule->app_protocol)
        refuse(parser, "", "asks for a file in a protocol that moves none; write the protocol that does: tftp, http or ftp, "
                           "or ip for any");
    else if (looks->packets || looks->decoded || looks->payload)
        refuse(parser, "", "asks about a file and about messages, payloads or packets, which are judged apart; leave one of "
                           "them out");
    else if (rule->flow & (SMINI_FLOW_ONLY_STREAM | SMINI_FLOW_NO_STREAM))
        refuse(parser, "flow", "only_stream and no_stream choose payloads, and the rule looks at a file; leave them out");
    else if (asks_flow_memory(parser))
        refuse(parser, "", "remembers by flow, and a transfer's flow is not remembered here; write xbits, or track by_src, "
                           "by_dst or by_both");
}

/* A protocol of transfers stands in the header, or behind app-layer-protocol, but no buffer of files. */
static void refuse_transfer(struct smini_rule_parser *parser)
{
    bool header = parser->rule.header.protocol == SMINI_PROTOCOL_TRANSFER;
    refuse(parser, header ? "" : "app-layer-protocol",
           "is a protocol of which only the files are looked at here; ask for file.data or file.name, or write another "
           "protocol");
}

/* Fields and events are of messages, which TCP carries. */
static void judge_decoded(struct smini_rule_parser *parser, const struct looks *looks)
{
    struct smini_rule *rule = &parser->rule;
    if (looks->packets)
        refuse(parser, "", "asks about packets and about decoded messages, which are judged apart; write two rules, or "
                           "smin.message and bsize for the size of a message");
    else if (rule->header.protocol == SMINI_PROTOCOL_UDP)
        refuse(parser, "", "asks for what a message says, and messages come by TCP; write the protocol tcp or smin");
    rule->judged_on = SMINI_ON_MESSAGES;
}

static bool asks_memory(const struct smini_rule_parser *parser)
{
    for (uint32_t i = 0; i < parser->state_step_count; i++)
        if (parser->state_steps[i].operation != SMINI_STATE_SET)
            return true;
    return false;
}

static void judge_packets(struct smini_rule_parser *parser, const struct looks *looks)
{
    struct smini_rule *rule = &parser->rule;
    const uint32_t of_flows = SMINI_FLOW_ESTABLISHED | SMINI_FLOW_NOT_ESTABLISHED | SMINI_FLOW_TO_SERVER |
                              SMINI_FLOW_TO_CLIENT;
    rule->judged_on = SMINI_ON_PACKETS;
    if (rule->flow & SMINI_FLOW_ONLY_STREAM)
        refuse(parser, "flow",
               looks->packets ? "only_stream excludes the packets that the rule asks about; leave one of them out"
                              : "a rule on streams alone needs a content or pcre that has to be there; add one, or write "
                                "tcp-pkt to judge every packet");
    if (rule->app_protocol_negated)
        refuse(parser, "app-layer-protocol", "looks at messages, but the rule is judged on packets; leave it out");
    if (rule->header.protocol == SMINI_PROTOCOL_ICMP && (rule->flow & of_flows))
        refuse(parser, "flow", "asks for a flow, and ICMP packets belong to none here; leave it out");
    rule->first_packet = !rule->packet_test_count && !looks->payload && !parser->has_flow && !asks_memory(parser);
}

void smini_parse_judged_on(struct smini_rule_parser *parser)
{
    struct smini_rule *rule = &parser->rule;
    struct looks looks = gather(parser);
    enum smini_protocol protocol = rule->header.protocol;
    bool streams = protocol == SMINI_PROTOCOL_TCP || protocol == SMINI_PROTOCOL_IP;
    bool no_stream = (rule->flow & SMINI_FLOW_NO_STREAM) != 0;
    if (looks.files)
        judge_files(parser, &looks);
    else if (protocol == SMINI_PROTOCOL_TRANSFER || rule->app_transfer)
        refuse_transfer(parser);
    else if (protocol == SMINI_PROTOCOL_APP || looks.decoded)
        judge_decoded(parser, &looks);
    else if (looks.packets || (streams && (!looks.anchored || no_stream)) || !looks.payload)
        judge_packets(parser, &looks);
    else if (protocol == SMINI_PROTOCOL_TCP)
        rule->judged_on = SMINI_ON_MESSAGES;
    else if (protocol == SMINI_PROTOCOL_UDP)
        rule->judged_on = SMINI_ON_DATAGRAMS;
    else
        rule->judged_on = SMINI_ON_MESSAGES | SMINI_ON_DATAGRAMS | SMINI_ON_PACKETS;
    if (rule->flow & SMINI_FLOW_ONLY_STREAM && rule->judged_on & (SMINI_ON_DATAGRAMS | SMINI_ON_PACKETS)) {
        if (protocol == SMINI_PROTOCOL_IP)
            rule->judged_on = SMINI_ON_MESSAGES;
        else if (protocol == SMINI_PROTOCOL_UDP)
            refuse(parser, "flow", "only_stream asks for a stream, and UDP has none; leave it out");
    }
}
