/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/diagnose.h"

#include <stdarg.h>
#include <stdio.h>

#include "rule/limits.h"

void smini_diagnose_init(struct smini_diagnose *diagnose, struct smini_rule_arena *arena)
{
    memset(diagnose, 0, sizeof(*diagnose));
    diagnose->arena = arena;
}

void smini_diagnose_free(struct smini_diagnose *diagnose)
{
    smini_alloc_free(diagnose->arena->alloc, diagnose->list, diagnose->capacity * sizeof(diagnose->list[0]));
    diagnose->list = NULL;
    diagnose->count = diagnose->capacity = 0;
}

static struct smini_rule_diagnostic *next_slot(struct smini_diagnose *diagnose)
{
    if (diagnose->count == diagnose->capacity) {
        uint32_t wanted = diagnose->capacity ? diagnose->capacity * 2 : 16;
        void *grown = smini_alloc_grow(diagnose->arena->alloc, diagnose->list,
                                       diagnose->capacity * sizeof(diagnose->list[0]),
                                       wanted * sizeof(diagnose->list[0]));
        if (!grown) {
            diagnose->failed = true;
            return NULL;
        }
        diagnose->list = grown;
        diagnose->capacity = wanted;
    }
    return &diagnose->list[diagnose->count];
}

static void add(struct smini_diagnose *diagnose, uint32_t severity, const struct smini_rule_place *place,
                const char *text)
{
    struct smini_rule_diagnostic *slot = next_slot(diagnose);
    if (!slot)
        return;
    slot->severity = severity;
    slot->line = place->line;
    slot->column = place->column;
    slot->sid = place->sid;
    slot->file = place->file;
    slot->option = smini_rule_arena_text(diagnose->arena, smini_span_text(smini_quote_span(place->option).text));
    slot->text = smini_rule_arena_text(diagnose->arena, smini_span_text(text));
    if (!slot->option || !slot->text) {
        diagnose->failed = true;
        return;
    }
    diagnose->count++;
}

void smini_diagnose_say(struct smini_diagnose *diagnose, uint32_t severity, const struct smini_rule_place *place,
                        const char *format, ...)
{
    if (diagnose->count >= SMINI_RULE_DIAGNOSTICS_MAX) {
        if (diagnose->left_out++ == 0)
            add(diagnose, SMINI_DIAGNOSTIC_WARNING, place, "further problems are counted, but not listed");
        return;
    }
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    add(diagnose, severity, place, length < 0 ? "unprintable" : text);
}

struct smini_quote smini_quote_span(struct smini_span span)
{
    static const char digits[] = "0123456789abcdef";
    struct smini_quote quote;
    size_t at = 0;
    for (size_t i = 0; i < span.length && i < SMINI_RULE_QUOTE_MAX; i++) {
        uint8_t byte = span.bytes[i];
        if (byte >= 0x20 && byte < 0x7f) {
            quote.text[at++] = (char)byte;
            continue;
        }
        quote.text[at++] = '\\';
        quote.text[at++] = 'x';
        quote.text[at++] = digits[byte >> 4];
        quote.text[at++] = digits[byte & 15];
    }
    if (span.length > SMINI_RULE_QUOTE_MAX)
        for (int i = 0; i < 3; i++)
            quote.text[at++] = '.';
    quote.text[at] = 0;
    return quote;
}
