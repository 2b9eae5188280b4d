/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints the tables of doc/rules.md from the keyword table and the decoder's lists. */
#include <stdio.h>

#include "decode/finding.h"
#include "decode/ids.h"
#include "rule/keyword_table.h"

/* A bar would end the cell. */
static void cell(const char *text)
{
    for (; *text; text++)
        (void)printf(*text == '|' ? "\\|" : "%c", *text);
}

static void keywords(bool refused)
{
    uint32_t count;
    const struct smini_keyword *table = smini_keyword_table(&count);
    (void)printf(refused ? "| refused | because |\n| --- | --- |\n" : "| keyword | value | also in |\n| --- | --- | --- |\n");
    for (uint32_t i = 0; i < count; i++) {
        if ((table[i].read == NULL) != refused)
            continue;
        (void)printf("| `%s` | ", table[i].name);
        cell(table[i].note);
        (void)printf(refused ? " |\n" : " | %s |\n", table[i].dialect);
    }
    (void)printf("\n");
}

static void fields(const struct smin_field_desc *table, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        bool number = table[i].type == SMIN_TYPE_NUMBER || table[i].type == SMIN_TYPE_BOOL;
        bool repeats = table[i].key && strstr(table[i].key, "[]");
        (void)printf("| `%s` | %s%s | ", table[i].name, number ? "number" : "buffer", repeats ? ", may repeat" : "");
        cell(table[i].meaning);
        (void)printf(" |\n");
    }
}

static void all_fields(void)
{
    uint32_t count;
    const struct smin_field_desc *own = smini_field_table(&count);
    (void)printf("| field | kind | meaning |\n| --- | --- | --- |\n");
    fields(own, count);
    const struct smin_field_desc *shared = smini_shared_fields(&count);
    fields(shared, count);
    (void)printf("\n");
}

static void events(void)
{
    uint32_t count;
    const struct smin_event_desc *table = smini_event_table(&count);
    (void)printf("| event | meaning |\n| --- | --- |\n");
    for (uint32_t i = 0; i < count; i++) {
        (void)printf("| `app-layer-event:smin.%s` | ", table[i].name);
        cell(table[i].meaning);
        (void)printf(" |\n");
    }
}

static void findings(void)
{
    static const char *const ranks[] = {"", "abuse", "defect", "routine"};
    (void)printf("\n| `smin.finding` | rank | meaning |\n| --- | --- | --- |\n");
    for (uint32_t i = SMINI_FINDING_NONE + 1; i < SMINI_FINDING_END; i++) {
        (void)printf("| `%s` | %s | ", smini_findings[i].word, ranks[smini_findings[i].rank]);
        cell(smini_findings[i].meaning);
        (void)printf(" |\n");
    }
}

int main(void)
{
    keywords(false);
    keywords(true);
    all_fields();
    events();
    findings();
    return 0;
}
