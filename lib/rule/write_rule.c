/* SPDX-License-Identifier: BSD-2-Clause */
/* One rule as text: header, then options in canonical order. */
#include "rule/classification.h"
#include "rule/writer.h"
#include "smin/status.h"

#include <stdio.h>

/* The largest gid that a rule of Snort 3 may have. */
#define SNORT_GID_MAX 8129u
/* Variables of byte_extract and byte_math in one rule. */
#define SNORT_VARIABLES_MAX 2

/* Like the reader's question of that name: setting a bit asks nothing. */
static bool asks_memory(const struct smini_rule *rule)
{
    if (!rule->state)
        return false;
    for (uint32_t i = 0; i < rule->state->write_count; i++)
        if (rule->state->writes[i].operation != SMINI_STATE_SET)
            return true;
    return rule->state->test_count > 0;
}

/*
 * A rule that asks for addresses and ports only is judged once per direction of a flow, unless it names a flow at all:
 * then "stateless" is not without effect.
 */
static bool says_stateless(const struct smini_rule *rule)
{
    if (rule->first_packet || rule->flow || rule->judged_on != SMINI_ON_PACKETS || rule->packet_test_count)
        return false;
    for (uint32_t i = 0; i < rule->section_count; i++)
        if (rule->sections[i].buffer == SMINI_BUFFER_PAYLOAD)
            return false;
    return !asks_memory(rule);
}

static void put_flow(struct smini_rule_writer *writer)
{
    static const struct {
        uint32_t flag;
        const char *word;
    } words[] = {{SMINI_FLOW_ESTABLISHED, "established"}, {SMINI_FLOW_NOT_ESTABLISHED, "not_established"},
                 {SMINI_FLOW_TO_SERVER, "to_server"},     {SMINI_FLOW_TO_CLIENT, "to_client"},
                 {SMINI_FLOW_ONLY_STREAM, "only_stream"}, {SMINI_FLOW_NO_STREAM, "no_stream"}};
    bool first = true;
    if (says_stateless(writer->rule))
        smini_put(writer, " flow:stateless;");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (!(writer->rule->flow & words[i].flag))
            continue;
        smini_put(writer, first ? " flow:%s" : ",%s", words[i].word);
        first = false;
    }
    if (!first)
        smini_put(writer, ";");
}

static void put_app_protocol(struct smini_rule_writer *writer)
{
    const struct smini_rule *rule = writer->rule;
    const char *name = writer->names->protocol;
    if (smini_writes_snort(writer)) {
        if (rule->app_protocol_negated)
            smini_put_refuse(writer, "Snort 3 cannot ask that a flow is not of a service");
        if (rule->app_protocol && rule->header.protocol != SMINI_PROTOCOL_APP)
            smini_put(writer, " service:%s;", name);
        if (rule->app_transfer)
            smini_put_refuse(writer, "Snort 3 names the service of a file in the rule's header");
        return;
    }
    if (rule->app_protocol)
        smini_put(writer, " app-layer-protocol:%s;", name);
    if (rule->app_protocol_negated)
        smini_put(writer, " app-layer-protocol:!%s;", name);
    if (rule->app_transfer)
        smini_put(writer, " app-layer-protocol:%s%s;", rule->app_transfer_negated ? "!" : "",
                  smini_write_transfer(writer, rule->app_transfer));
}

static void put_event(struct smini_rule_writer *writer, uint32_t event)
{
    const char *name = "";
    for (uint32_t i = 0; i < writer->names->event_count; i++)
        if (writer->names->events[i].id == event)
            name = writer->names->events[i].name;
    if (smini_writes_snort(writer))
        smini_put_refuse(writer, "Snort 3 has no app-layer-event; its events are rules of an inspector");
    smini_put(writer, " app-layer-event:%s.%s;", writer->names->protocol, name);
}

/* Does an earlier section look at the same buffer? */
static bool names_again(const struct smini_rule *rule, uint32_t section)
{
    for (uint32_t i = 0; i < section; i++)
        if (rule->sections[i].buffer == rule->sections[section].buffer)
            return true;
    return false;
}

static void put_conditions(struct smini_rule_writer *writer)
{
    const struct smini_rule *rule = writer->rule;
    for (uint32_t i = 0; i < rule->packet_test_count; i++)
        smini_put_packet_test(writer, &rule->packet_tests[i]);
    for (uint32_t i = 0; i < rule->field_test_count; i++)
        smini_put_field_test(writer, &rule->field_tests[i]);
    for (uint32_t i = 0; i < rule->event_count; i++)
        put_event(writer, rule->events[i]);
    for (uint32_t i = 0; i < rule->section_count; i++) {
        if (smini_writes_snort(writer) && names_again(rule, i))
            smini_put_refuse(writer, "Snort 3 cannot ask for a second one of a buffer that occurs several times");
        smini_put_section(writer, &rule->sections[i], i == 0);
    }
}

/* A list ends where an entry leaves a bracket open, which would take the comma behind it for its own. */
static bool leaves_bracket(const struct smini_rule_pair *pair)
{
    size_t depth = 0;
    for (const char *at = pair->value; *at; at++) {
        if (*at == '[')
            depth++;
        else if (*at == ']' && depth)
            depth--;
    }
    return depth > 0 || strchr(pair->name, '[');
}

/* Snort 3 reads these values word by word, with comments, quotes and escapes of its own. */
static void check_words(struct smini_rule_writer *writer, const char *text)
{
    if (smini_writes_snort(writer) && (strpbrk(text, "#\"\\") || strstr(text, "/*")))
        smini_put_refuse(writer, "Snort 3 does not take #, /*, quotes or backslashes in metadata, reference or classtype");
}

static void put_metadata(struct smini_rule_writer *writer)
{
    const struct smini_rule *rule = writer->rule;
    bool open = false;
    for (uint32_t i = 0; i < rule->metadata_count; i++) {
        const struct smini_rule_pair *pair = &rule->metadata[i];
        check_words(writer, pair->name);
        check_words(writer, pair->value);
        smini_put(writer, open ? ", " : " metadata:");
        smini_put_text(writer, pair->name);
        if (*pair->value)
            smini_put(writer, " ");
        smini_put_raw(writer, *pair->value ? pair->value : "");
        open = i + 1 < rule->metadata_count && !leaves_bracket(pair);
        if (!open)
            smini_put(writer, ";");
    }
}

static uint32_t priority_of_class(const char *classtype)
{
    const struct smini_classification *class = smini_classification_find(smini_span_text(classtype));
    return class ? class->priority : SMINI_PRIORITY_DEFAULT;
}

static void put_class(struct smini_rule_writer *writer)
{
    const struct smini_rule *rule = writer->rule;
    if (rule->noalert)
        smini_put(writer, smini_writes_snort(writer) ? " flowbits:noalert;" : " noalert;");
    if (*rule->classtype) {
        check_words(writer, rule->classtype);
        smini_put(writer, " classtype:");
        smini_put_raw(writer, rule->classtype);
        smini_put(writer, ";");
    }
    if (rule->priority != priority_of_class(rule->classtype))
        smini_put(writer, " priority:%u;", rule->priority);
}

static void put_about(struct smini_rule_writer *writer)
{
    const struct smini_rule *rule = writer->rule;
    for (uint32_t i = 0; i < rule->reference_count; i++) {
        check_words(writer, rule->references[i].name);
        check_words(writer, rule->references[i].value);
        smini_put(writer, " reference:");
        smini_put_text(writer, rule->references[i].name);
        smini_put(writer, ",");
        smini_put_raw(writer, rule->references[i].value);
        smini_put(writer, ";");
    }
    put_metadata(writer);
    if (*rule->target)
        smini_put(writer, " target:%s;",
                  smini_writes_snort(writer) && strcmp(rule->target, "dest_ip") == 0 ? "dst_ip" : rule->target);
    if (smini_writes_snort(writer) && rule->gid > SNORT_GID_MAX)
        smini_put_refuse(writer, "Snort 3's gid goes up to %u", SNORT_GID_MAX);
    if (rule->gid != 1)
        smini_put(writer, " gid:%u;", rule->gid);
    smini_put(writer, " sid:%u;", rule->sid);
    if (rule->rev > 0)
        smini_put(writer, " rev:%u;", rule->rev);
}

int32_t smini_rule_write(const struct smini_rule_set *set, const struct smini_rule *rule, enum smini_dialect dialect,
                         char *text, size_t size, size_t *length)
{
    struct smini_rule_writer writer = {.set = set,
                                       .names = smini_rule_set_names(set),
                                       .rule = rule,
                                       .dialect = dialect,
                                       .text = text,
                                       .size = size};
    smini_put_header(&writer);
    smini_put_begin_options(&writer);
    if (*rule->msg) { /* Suricata refuses an empty one */
        smini_put(&writer, " msg:");
        smini_put_quoted(&writer, rule->msg);
        smini_put(&writer, ";");
    }
    put_flow(&writer);
    put_app_protocol(&writer);
    if (smini_writes_snort(&writer) && rule->variable_count > SNORT_VARIABLES_MAX)
        smini_put_refuse(&writer, "Snort 3 has %d variables a rule", SNORT_VARIABLES_MAX);
    smini_put_state_tests(&writer);
    put_conditions(&writer);
    smini_put_state_writes(&writer);
    smini_put_threshold(&writer);
    put_class(&writer);
    put_about(&writer);
    smini_put(&writer, ")");
    *length = writer.length;
    if (writer.problem[0])
        *length = (size_t)snprintf(text, size, "%s", writer.problem);
    else if (writer.length < size)
        text[writer.length] = 0;
    if (*length >= size || (!writer.problem[0] && writer.length > SMINI_RULE_BYTES_MAX))
        return SMIN_E_LIMIT;
    return writer.problem[0] ? SMIN_E_REFUSED : SMIN_OK;
}
