/* SPDX-License-Identifier: BSD-2-Clause */
/* Action, protocol, addresses and ports. */
#include "rule/transfer.h"
#include "rule/writer.h"

static void put_action(struct smini_rule_writer *writer)
{
    const struct smini_rule_header *header = &writer->rule->header;
    const char *action = header->action_text;
    if (smini_writes_snort(writer) && strncmp(action, "reject", 6) == 0 && action[6])
        smini_put_refuse(writer, "Snort 3 knows reject only; whom it answers is set in its configuration");
    if (writer->dialect == SMINI_DIALECT_SURICATA8 && strcmp(action, "block") == 0)
        action = "drop";
    if (writer->dialect == SMINI_DIALECT_SURICATA8 && strcmp(action, "react") == 0)
        smini_put_refuse(writer, "Suricata cannot answer with a page; reject ends the connection");
    smini_put(writer, "%s ", action);
}

static const char *protocol_word(const struct smini_rule_header *header, const char *own)
{
    switch (header->protocol) {
    case SMINI_PROTOCOL_TCP:
        return header->packets ? "tcp-pkt" : "tcp";
    case SMINI_PROTOCOL_APP:
        return own;
    case SMINI_PROTOCOL_TRANSFER:
        break;
    case SMINI_PROTOCOL_UDP:
        return "udp";
    case SMINI_PROTOCOL_ICMP:
        return header->ip_version == 4 ? "icmpv4" : header->ip_version == 6 ? "icmpv6" : "icmp";
    case SMINI_PROTOCOL_IP:
        return header->ip_version == 4 ? "ipv4" : header->ip_version == 6 ? "ipv6" : "ip";
    }
    return own;
}

/* The other engines look at no files of TFTP, and find those of FTP on its data channel. */
const char *smini_write_transfer(struct smini_rule_writer *writer, uint32_t number)
{
    const char *word = smini_transfer_word(number);
    if (writer->dialect == SMINI_DIALECT_OWN)
        return word;
    if (strcmp(word, "tftp") == 0)
        smini_put_refuse(writer, "other engines look at no files of TFTP");
    return strcmp(word, "ftp") == 0 ? "ftp-data" : strcmp(word, "http1") == 0 ? "http" : word;
}

static void put_protocol(struct smini_rule_writer *writer)
{
    const struct smini_rule_header *header = &writer->rule->header;
    const char *word = header->transfer ? smini_write_transfer(writer, header->transfer)
                                        : protocol_word(header, writer->names->protocol);
    if (smini_writes_snort(writer) && (header->packets || header->ip_version))
        smini_put_refuse(writer, "Snort 3 has no protocol %s", word);
    smini_put(writer, "%s ", word);
}

/* A range of addresses, outside the names of variables. */
static bool has_address_range(const char *text)
{
    bool in_name = false;
    for (; *text; text++) {
        if (*text == '$')
            in_name = true;
        else if (strchr("[],! ", *text))
            in_name = false;
        else if (*text == '-' && !in_name)
            return true;
    }
    return false;
}

/* A group of ports that only says which do not belong to it. */
static bool only_excludes(const struct smini_group *group)
{
    if (group->negated)
        return true;
    for (const struct smini_group *member = group->member; member; member = member->next)
        if (!only_excludes(member))
            return false;
    return group->member != NULL;
}

static void put_address(struct smini_rule_writer *writer, const char *text)
{
    if (smini_writes_snort(writer) && has_address_range(text))
        smini_put_refuse(writer, "Snort 3 has no ranges of addresses; write networks");
    smini_put_group(writer, text);
    smini_put(writer, " ");
}

static void put_port(struct smini_rule_writer *writer, const struct smini_group *group, const char *text)
{
    if (smini_writes_snort(writer) && only_excludes(group))
        smini_put_refuse(writer, "Snort 3 refuses ports that are only excluded; write the ranges that remain");
    smini_put_group(writer, text);
    smini_put(writer, " ");
}

void smini_put_header(struct smini_rule_writer *writer)
{
    const struct smini_rule_header *header = &writer->rule->header;
    put_action(writer);
    put_protocol(writer);
    put_address(writer, header->source_address_text);
    put_port(writer, header->source_port, header->source_port_text);
    smini_put(writer, header->both_directions ? "<> " : "-> ");
    put_address(writer, header->target_address_text);
    put_port(writer, header->target_port, header->target_port_text);
}
