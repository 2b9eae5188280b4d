/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/header_test.h"

#include "rule/variables.h"

struct end {
    const uint8_t *address;
    uint8_t port[2];
};

/* "any", directly or through variables and groups of one. */
static bool is_any(const struct smini_group *group)
{
    while (group && !group->negated) {
        if (group->any)
            return true;
        if (!group->member || group->member->next)
            return false;
        group = group->member;
    }
    return false;
}

bool smini_header_is_any(const struct smini_rule *rule)
{
    const struct smini_rule_header *header = &rule->header;
    return header->ip_version == 0 && is_any(header->source_address) && is_any(header->source_port) && is_any(header->target_address) &&
           is_any(header->target_port);
}

bool smini_header_any_port(const struct smini_rule *rule)
{
    return is_any(rule->header.source_port) && is_any(rule->header.target_port);
}

static bool address_allowed(const struct smini_group *group, uint8_t version, const uint8_t *address)
{
    if (version != 4 && version != 6)
        return is_any(group);
    return smini_group_has(group, version, address);
}

static bool ends_allowed(const struct smini_rule_header *header, uint8_t version, const struct end *source,
                         const struct end *target)
{
    return smini_group_has(header->target_port, 0, target->port) &&
           smini_group_has(header->source_port, 0, source->port) &&
           address_allowed(header->source_address, version, source->address) &&
           address_allowed(header->target_address, version, target->address);
}

static struct end make_end(const uint8_t *address, uint16_t port)
{
    struct end end = {.address = address, .port = {(uint8_t)(port >> 8), (uint8_t)port}};
    return end;
}

bool smini_header_allows(const struct smini_rule *rule, const struct smini_flow_facts *facts, uint32_t direction)
{
    struct end client = make_end(facts->client_address, facts->client_port);
    struct end server = make_end(facts->server_address, facts->server_port);
    bool to_server = direction == SMIN_TO_SERVER;
    if (rule->header.ip_version && rule->header.ip_version != facts->ip_version)
        return false;
    const struct end *source = to_server ? &client : &server;
    const struct end *target = to_server ? &server : &client;
    if (ends_allowed(&rule->header, facts->ip_version, source, target))
        return true;
    return rule->header.both_directions && ends_allowed(&rule->header, facts->ip_version, target, source);
}

bool smini_header_flow_allows(const struct smini_rule *rule, const struct smini_flow_facts *facts, uint32_t direction)
{
    uint32_t flow = rule->flow;
    if ((flow & SMINI_FLOW_TO_SERVER) && direction != SMIN_TO_SERVER)
        return false;
    if ((flow & SMINI_FLOW_TO_CLIENT) && direction != SMIN_TO_CLIENT)
        return false;
    if ((flow & SMINI_FLOW_ESTABLISHED) && !facts->established)
        return false;
    return !(flow & SMINI_FLOW_NOT_ESTABLISHED) || !facts->established;
}
