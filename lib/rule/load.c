/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/classification.h"
#include "rule/parse.h"
#include "rule/source.h"

struct smini_rule_set {
    struct smini_alloc *alloc;
    struct smini_rule_names names;
    struct smini_rule_arena kept;  /* variables, file names, diagnostics */
    struct smini_rule_arena rules; /* taken back rule by rule when refused */
    struct smini_variables variables;
    struct smini_diagnose diagnose;
    struct smini_state_names state_names;
    struct smini_rule_parser *parser;
    const struct smini_rule **list;
    uint32_t count;
    uint32_t capacity;
    uint32_t *by_number; /* open addressing: index + 1 into `list`, by gid and sid */
    uint32_t slots;
    uint32_t regexes;
    uint64_t refused;
    uint64_t replaced; /* by a later revision */
};

static int32_t set_defaults(struct smini_rule_set *set)
{
    int32_t status = smini_variables_set(&set->variables, "HOME_NET", "any");
    return status == SMIN_OK ? smini_variables_set(&set->variables, "EXTERNAL_NET", "any") : status;
}

int32_t smini_rule_set_new(struct smini_alloc *alloc, const struct smini_rule_names *names,
                           struct smini_rule_set **made)
{
    *made = NULL;
    struct smini_rule_set *set = smini_alloc_get(alloc, sizeof(*set));
    if (!set)
        return SMIN_E_NOMEM;
    set->alloc = alloc;
    set->names = *names;
    smini_rule_arena_init(&set->kept, alloc);
    smini_rule_arena_init(&set->rules, alloc);
    smini_diagnose_init(&set->diagnose, &set->kept);
    smini_state_names_init(&set->state_names, alloc, &set->kept);
    set->variables.arena = &set->kept;
    set->parser = smini_alloc_get(alloc, sizeof(*set->parser));
    if (!set->parser || set_defaults(set) != SMIN_OK) {
        smini_rule_set_free(set);
        return SMIN_E_NOMEM;
    }
    *made = set;
    return SMIN_OK;
}

void smini_rule_set_free(struct smini_rule_set *set)
{
    if (!set)
        return;
    smini_diagnose_free(&set->diagnose);
    smini_state_names_free(&set->state_names);
    smini_alloc_free(set->alloc, set->list, set->capacity * sizeof(set->list[0]));
    smini_alloc_free(set->alloc, set->by_number, set->slots * sizeof(set->by_number[0]));
    smini_alloc_free(set->alloc, set->parser, sizeof(*set->parser));
    smini_rule_arena_free(&set->rules);
    smini_rule_arena_free(&set->kept);
    smini_alloc_free(set->alloc, set, sizeof(*set));
}

int32_t smini_rule_set_variable(struct smini_rule_set *set, const char *name, const char *value)
{
    return smini_variables_set(&set->variables, name, value);
}

static uint32_t first_slot(const struct smini_rule_set *set, uint32_t gid, uint32_t sid)
{
    uint64_t mixed = (((uint64_t)gid << 32) | sid) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(mixed >> 32) & (set->slots - 1);
}

/* The slot of that number: the rule's, or the empty one where it would go. */
static uint32_t *slot_of(struct smini_rule_set *set, uint32_t gid, uint32_t sid)
{
    for (uint32_t i = first_slot(set, gid, sid);; i = (i + 1) & (set->slots - 1)) {
        uint32_t *slot = &set->by_number[i];
        if (*slot == 0 || (set->list[*slot - 1]->sid == sid && set->list[*slot - 1]->gid == gid))
            return slot;
    }
}

static int32_t make_room(struct smini_rule_set *set)
{
    if (set->count < set->capacity)
        return SMIN_OK;
    uint32_t wanted = set->capacity ? set->capacity * 2 : 32;
    uint32_t *slots = smini_alloc_array(set->alloc, wanted * 2, sizeof(*slots));
    if (!slots)
        return SMIN_E_NOMEM;
    void *list = smini_alloc_grow(set->alloc, set->list, set->capacity * sizeof(set->list[0]),
                                  wanted * sizeof(set->list[0]));
    if (!list) {
        smini_alloc_free(set->alloc, slots, wanted * 2 * sizeof(*slots));
        return SMIN_E_NOMEM;
    }
    smini_alloc_free(set->alloc, set->by_number, set->slots * sizeof(set->by_number[0]));
    set->list = list;
    set->capacity = wanted;
    set->by_number = slots;
    set->slots = wanted * 2;
    for (uint32_t i = 0; i < set->count; i++)
        *slot_of(set, set->list[i]->gid, set->list[i]->sid) = i + 1;
    return SMIN_OK;
}

/* A later revision takes the place of an earlier one, as in Suricata; anything else with the same number goes. */
static int32_t settle_revisions(struct smini_rule_set *set, struct smini_rule_parser *parser,
                                const struct smini_rule *first)
{
    parser->option = (struct smini_option){.name = smini_span_text("sid")};
    if (parser->rule.rev > first->rev) {
        smini_rule_warn(parser, "rev %u of rule %u at %s:%u gives way to rev %u here", first->rev, first->sid, first->file,
                        first->line, parser->rule.rev);
        set->replaced++;
        return parser->no_memory ? SMIN_E_NOMEM : SMIN_OK;
    }
    smini_rule_refuse(parser, "%u is already the number of the rule at %s:%u; the first one stays", parser->rule.sid,
                      first->file, first->line);
    return parser->no_memory ? SMIN_E_NOMEM : SMIN_E_REFUSED;
}

static int32_t keep_rule(struct smini_rule_set *set, struct smini_rule_parser *parser)
{
    if (make_room(set) != SMIN_OK)
        return SMIN_E_NOMEM;
    uint32_t *slot = slot_of(set, parser->rule.gid, parser->rule.sid);
    if (*slot) {
        int32_t status = settle_revisions(set, parser, set->list[*slot - 1]);
        if (status != SMIN_OK)
            return status;
    }
    struct smini_rule *rule = smini_rule_arena_get(&set->rules, sizeof(*rule));
    if (!rule)
        return SMIN_E_NOMEM;
    *rule = parser->rule;
    if (*slot == 0)
        *slot = ++set->count;
    rule->index = *slot - 1;
    set->list[rule->index] = rule;
    set->regexes = parser->next_regex;
    if (parser->state)
        smini_state_names_keep(&set->state_names, rule, parser->state);
    return SMIN_OK;
}

static void begin_rule(struct smini_rule_set *set, const char *file, struct smini_span text, uint32_t line,
                       uint32_t column)
{
    struct smini_rule_parser *parser = set->parser;
    memset(parser, 0, offsetof(struct smini_rule_parser, conditions));
    parser->names = &set->names;
    parser->variables = &set->variables;
    parser->arena = &set->rules;
    parser->alloc = set->alloc;
    parser->diagnose = &set->diagnose;
    parser->state_names = &set->state_names;
    parser->file = file;
    parser->text = text;
    parser->line = line;
    parser->column = column;
    parser->next_regex = set->regexes;
    parser->rule.gid = 1;
    parser->rule.priority = SMINI_PRIORITY_DEFAULT;
    parser->rule.msg = parser->rule.classtype = parser->rule.category = parser->rule.target = "";
    parser->rule.file = file;
    parser->rule.line = line;
}

int32_t smini_rule_set_add(struct smini_rule_set *set, const char *file, struct smini_span text)
{
    struct smini_source source;
    struct smini_span rule;
    uint32_t line;
    uint32_t column;
    bool refused = false;
    const char *name = smini_rule_arena_text(&set->kept, smini_span_text(file));
    if (!name)
        return SMIN_E_NOMEM;
    smini_source_init(&source, text);
    while (smini_source_next(&source, &rule, &line, &column)) {
        struct smini_rule_arena_mark mark = smini_rule_arena_mark(&set->rules);
        begin_rule(set, name, rule, line, column);
        int32_t status = smini_rule_parse(set->parser);
        if (status == SMIN_OK)
            status = keep_rule(set, set->parser);
        if (status != SMIN_OK)
            smini_rule_arena_rewind(&set->rules, mark);
        if (status == SMIN_E_NOMEM)
            return status;
        if (status != SMIN_OK) {
            set->refused++;
            refused = true;
        }
    }
    return refused ? SMIN_E_REFUSED : SMIN_OK;
}

int32_t smini_rule_set_finish(struct smini_rule_set *set)
{
    smini_state_names_report(&set->state_names, &set->diagnose);
    return set->diagnose.failed ? SMIN_E_NOMEM : SMIN_OK;
}

struct smini_state_sizes smini_rule_set_state_sizes(const struct smini_rule_set *set)
{
    return smini_state_names_sizes(&set->state_names);
}

struct smini_span smini_rule_set_state_name(const struct smini_rule_set *set, enum smini_state_place place,
                                            uint32_t id)
{
    const struct smini_state_table *table = &set->state_names.tables[place];
    return id < table->count ? table->list[id].text : smini_span_text("");
}

uint32_t smini_rule_set_count(const struct smini_rule_set *set)
{
    return set->count;
}

const struct smini_rule *smini_rule_set_rule(const struct smini_rule_set *set, uint32_t index)
{
    return index < set->count ? set->list[index] : NULL;
}

uint64_t smini_rule_set_refused(const struct smini_rule_set *set)
{
    return set->refused;
}

const struct smini_rule_names *smini_rule_set_names(const struct smini_rule_set *set)
{
    return &set->names;
}

uint32_t smini_rule_set_regex_count(const struct smini_rule_set *set)
{
    return set->regexes;
}

uint32_t smini_rule_set_diagnostic_count(const struct smini_rule_set *set)
{
    return set->diagnose.count;
}

const struct smini_rule_diagnostic *smini_rule_set_diagnostic(const struct smini_rule_set *set, uint32_t index)
{
    return index < set->diagnose.count ? &set->diagnose.list[index] : NULL;
}

void smini_rule_set_refuse(struct smini_rule_set *set, const struct smini_rule *rule,
                           const struct smini_condition *condition, const char *option, const char *text)
{
    struct smini_rule_place place = {.file = rule->file,
                                     .line = condition->line,
                                     .column = condition->column,
                                     .sid = rule->sid,
                                     .option = smini_span_text(option)};
    set->refused++;
    smini_diagnose_say(&set->diagnose, SMINI_DIAGNOSTIC_ERROR, &place, "%s", text);
}
