/* SPDX-License-Identifier: BSD-2-Clause */
/* --dump-rules and --to-dialect: the rules that are honoured, written back as text. */
#include <inttypes.h>
#include <stdio.h>

#include "tool.h"

/* What the whole listing needs. */
struct dump {
    const struct smini_tool_options *options;
    FILE *out;
    uint32_t left_out;
    char text[SMIN_RULE_TEXT_ROOM];
};

static const char *unwritable(int32_t status, const char *reason)
{
    if (status == SMIN_E_REFUSED)
        return reason;
    return status == SMIN_E_LIMIT ? "the text would be longer than a rule may be" : smin_status_text(status);
}

static void dump_one(struct dump *dump, const struct smin_ext_rules *rules, const struct smin_instance *instance,
                     uint32_t index)
{
    size_t length = 0;
    const struct smin_rule_info *info = rules->rule(instance, index);
    if (dump->options->verbose)
        fprintf(dump->out, "# %s:%" PRIu32 ": priority %" PRIu32 "%s%s\n", info->file, info->line, info->severity,
                *info->category ? ", " : "", info->category);
    int32_t status = SMIN_E_UNSUPPORTED;
    if (SMIN_HAS(rules, text))
        status = rules->text(instance, index, (uint32_t)dump->options->to_dialect, dump->text, sizeof(dump->text),
                             &length);
    if (status == SMIN_OK) {
        fprintf(dump->out, "%s\n", dump->text);
        return;
    }
    dump->left_out++;
    fprintf(dump->out, "# refused: %s:%" PRIu32 ": %" PRIu32 ":%" PRIu32 ": %s\n", info->file, info->line, info->gid,
            info->sid, unwritable(status, dump->text));
}

int32_t smini_engine_dump_rules(struct smini_engine *engine, const struct smini_tool_options *options, FILE *out,
                                uint32_t *left_out)
{
    struct dump *dump = smini_alloc_get(&engine->memory.alloc, sizeof(*dump));
    if (!dump)
        return SMIN_E_NOMEM;
    dump->options = options;
    dump->out = out;
    for (uint32_t i = 0; i < engine->inspector_count; i++) {
        const struct smin_inspector *inspector = engine->inspectors[i].inspector;
        const struct smin_ext_rules *rules = inspector->extension ? inspector->extension(SMIN_EXT_RULES) : NULL;
        uint32_t count = rules ? rules->count(engine->inspectors[i].instance) : 0;
        for (uint32_t j = 0; j < count; j++)
            dump_one(dump, rules, engine->inspectors[i].instance, j);
    }
    *left_out = dump->left_out;
    smini_alloc_free(&engine->memory.alloc, dump, sizeof(*dump));
    return SMIN_OK;
}
