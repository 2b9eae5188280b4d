/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/own_rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suricata8/engine_api.h"
#include "suricata8/log.h"
#include "suricata8/settings.h"

#define SETTING SMINI_SURICATA_SETTINGS_PREFIX "rule-files"

/* Files are read in pieces that double: their size is not known before their end, when they are a pipe. */
enum { FIRST_PIECE = 1 << 16 };

/* NULL when fine, else what is wrong. */
static const char *read_file(FILE *file, struct smin_rule_text *text)
{
    char *bytes = NULL;
    size_t room = 0;
    for (;;) {
        if (text->length == room) {
            size_t more = room ? room * 2 : FIRST_PIECE;
            char *larger = more <= SMINI_SURICATA_OWN_RULE_BYTES ? realloc(bytes, more) : NULL;
            if (!larger) {
                free(bytes);
                return more > SMINI_SURICATA_OWN_RULE_BYTES ? "is too large" : "finds no memory";
            }
            bytes = larger;
            room = more;
        }
        size_t got = fread(bytes + text->length, 1, room - (size_t)text->length, file);
        text->length += got;
        if (got == 0)
            break;
    }
    if (ferror(file)) {
        free(bytes);
        return strerror(errno);
    }
    text->text = bytes;
    return NULL;
}

static void add_file(struct smini_suricata_own_rules *rules, const char *path)
{
    struct smin_rule_text text = {.name = path};
    if (rules->text_count == SMINI_SURICATA_OWN_RULE_FILES) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, SETTING ": %s is left out: more than %u files", path,
                           SMINI_SURICATA_OWN_RULE_FILES);
        return;
    }
    FILE *file = fopen(path, "rb");
    const char *problem = file ? read_file(file, &text) : strerror(errno);
    if (file)
        fclose(file);
    if (problem)
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, SETTING ": %s: %s: its rules are left out", path, problem);
    else
        rules->texts[rules->text_count++] = text;
}

/* The engine's variables are those of the rules. */
static void add_variables(struct smini_suricata_own_rules *rules, const char *group)
{
    const struct smini_engine_setting *parent = SCConfGetNode(group);
    const struct smini_engine_setting *node = parent ? SCConfGetFirstNode(parent) : NULL;
    for (; node; node = SCConfGetNextNode(node)) {
        if (!node->name || !node->value)
            continue;
        if (rules->variable_count == SMINI_SURICATA_OWN_RULE_VARIABLES) {
            smini_suricata_log(SMINI_ENGINE_LOG_ERROR, SETTING ": %s and what stands behind it in %s is not known to these "
                               "rules: more than %u variables", node->name, group, SMINI_SURICATA_OWN_RULE_VARIABLES);
            return;
        }
        rules->variables[rules->variable_count++] =
            (struct smin_setting){.name = node->name, .value = node->value};
    }
}

void smini_suricata_own_rules_read(struct smini_suricata_own_rules *rules, struct smin_config *config)
{
    const struct smini_engine_setting *parent = SCConfGetNode(SETTING);
    memset(rules, 0, sizeof(*rules));
    if (parent && parent->value)
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, SETTING ": expected a list of files: [%s]", parent->value);
    const struct smini_engine_setting *node = parent ? SCConfGetFirstNode(parent) : NULL;
    for (; node; node = SCConfGetNextNode(node))
        if (node->value)
            add_file(rules, node->value);
    if (rules->text_count == 0)
        return;
    add_variables(rules, "vars.address-groups");
    add_variables(rules, "vars.port-groups");
    config->rule_texts = rules->texts;
    config->rule_text_count = rules->text_count;
    config->variables = rules->variables;
    config->variable_count = rules->variable_count;
}

void smini_suricata_own_rules_free(struct smini_suricata_own_rules *rules)
{
    for (uint32_t i = 0; i < rules->text_count; i++)
        free((void *)(uintptr_t)rules->texts[i].text);
    rules->text_count = 0;
}

static void tell(const struct smin_diagnostic *problem)
{
    bool refused = problem->severity == SMIN_DIAGNOSTIC_ERROR;
    bool named = problem->option && problem->option[0];
    smini_suricata_log(refused ? SMINI_ENGINE_LOG_ERROR : SMINI_ENGINE_LOG_WARNING, SETTING ": %s:%u:%u: %s%s%s%s",
                       problem->file, problem->line, problem->column, named ? problem->option : "", named ? ": " : "",
                       problem->text, refused ? " (the rule is left out)" : "");
}

/* Rules on packets and datagrams would wait for ever. */
static void tell_unasked(const struct smini_session *session)
{
    const struct smin_ext_packet *packets =
        session->inspector->extension ? session->inspector->extension(SMIN_EXT_PACKET) : NULL;
    if (packets && SMIN_HAS(packets, wanted) && packets->wanted(session->instance) != 0)
        smini_suricata_log(SMINI_ENGINE_LOG_WARNING, SETTING ": rules on packets or datagrams are never asked here, only "
                           "those on messages and their streams: give them to the engine");
}

void smini_suricata_own_rules_report(const struct smini_session *session)
{
    const struct smin_ext_rules *rules = session->rules;
    if (!rules) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, SETTING ": %s has no matcher", session->inspector->id);
        return;
    }
    uint32_t count = rules->diagnostic_count(session->instance);
    for (uint32_t i = 0; i < count; i++)
        tell(rules->diagnostic(session->instance, i));
    tell_unasked(session);
    smini_suricata_log(SMINI_ENGINE_LOG_NOTICE, SETTING ": %u rules of %s work, %u were refused; matcher: %s",
                       rules->count(session->instance), session->inspector->name, rules->refused(session->instance),
                       rules->matcher(session->instance));
}
