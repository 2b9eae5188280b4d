/* SPDX-License-Identifier: BSD-2-Clause */
#include "profile.h"

#include <inttypes.h>
#include <stdlib.h>

#include "record/write_json.h"
#include "smin/status.h"

struct row {
    const struct smin_rule_info *rule;
    const struct smin_rule_cost *cost;
};

static const struct smin_ext_rules *rules_of(const struct smin_inspector *inspector)
{
    const struct smin_ext_rules *rules = inspector->extension ? inspector->extension(SMIN_EXT_RULES) : NULL;
    return rules && SMIN_HAS(rules, cost) && rules->cost ? rules : NULL;
}

int32_t smini_profile_open(struct smini_profile *profile, struct smini_alloc *alloc,
                           const struct smini_run_inspector *inspectors, uint32_t count)
{
    memset(profile, 0, sizeof(*profile));
    profile->alloc = alloc;
    profile->inspectors = inspectors;
    profile->inspector_count = count;
    pthread_mutex_init(&profile->lock, NULL);
    for (uint32_t i = 0; i < count; i++) {
        const struct smin_ext_rules *rules = rules_of(inspectors[i].inspector);
        uint32_t rule_count = rules ? rules->count(inspectors[i].instance) : 0;
        if (rule_count == 0)
            continue;
        profile->costs[i] = smini_alloc_array(alloc, rule_count, sizeof(*profile->costs[i]));
        if (!profile->costs[i])
            return SMIN_E_NOMEM;
        profile->counts[i] = rule_count;
    }
    return SMIN_OK;
}

static void add_rules(struct smini_profile *profile, uint32_t index, const struct smin_ext_rules *rules,
                      const struct smin_thread *thread)
{
    for (uint32_t i = 0; i < profile->counts[index]; i++) {
        struct smin_rule_cost cost = {.struct_size = sizeof(cost)};
        struct smin_rule_cost *sum = &profile->costs[index][i];
        if (rules->cost(thread, i, &cost) != SMIN_OK)
            continue;
        sum->checks += cost.checks;
        sum->verifications += cost.verifications;
        sum->steps += cost.steps;
        sum->matches += cost.matches;
        sum->limit_hits += cost.limit_hits;
    }
}

void smini_profile_add(struct smini_profile *profile, const struct smin_inspector *inspector,
                       struct smin_thread *thread)
{
    const struct smin_ext_rules *rules = rules_of(inspector);
    pthread_mutex_lock(&profile->lock);
    for (uint32_t i = 0; rules && i < profile->inspector_count; i++)
        if (profile->inspectors[i].inspector == inspector)
            add_rules(profile, i, rules, thread);
    pthread_mutex_unlock(&profile->lock);
}

static int compare_numbers(uint64_t one, uint64_t other)
{
    return one < other ? -1 : one > other;
}

/* By what verification takes; then what was begun, what was asked, and the rule's number. */
static int compare_rows(const void *left, const void *right)
{
    const struct row *one = left, *other = right;
    int order = compare_numbers(other->cost->steps, one->cost->steps);
    if (order == 0)
        order = compare_numbers(other->cost->verifications, one->cost->verifications);
    if (order == 0)
        order = compare_numbers(other->cost->checks, one->cost->checks);
    if (order == 0)
        order = compare_numbers(one->rule->gid, other->rule->gid);
    return order ? order : compare_numbers(one->rule->sid, other->rule->sid);
}

/* The rules that were asked at all, sorted. */
static uint32_t gather(const struct smini_profile *profile, struct row *rows)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < profile->inspector_count; i++) {
        const struct smin_ext_rules *rules = rules_of(profile->inspectors[i].inspector);
        for (uint32_t k = 0; k < profile->counts[i]; k++)
            if (profile->costs[i][k].checks)
                rows[count++] = (struct row){.rule = rules->rule(profile->inspectors[i].instance, k),
                                             .cost = &profile->costs[i][k]};
    }
    if (count)
        qsort(rows, count, sizeof(rows[0]), compare_rows);
    return count;
}

static void print_message(FILE *out, const char *text)
{
    for (; *text; text++) {
        uint8_t byte = (uint8_t)*text;
        if (byte >= 0x20 && byte < 0x7f && byte != '\\')
            fputc(byte, out);
        else
            fprintf(out, "\\x%02x", byte);
    }
}

static void print_table(FILE *out, const struct row *rows, uint32_t count, uint64_t total)
{
    fprintf(out, "%12s %14s %14s %10s %10s  %-20s %s\n", "checks", "verifications", "steps", "matches", "undecided",
            "rule", "message");
    for (uint32_t i = 0; i < count; i++) {
        const struct smin_rule_cost *cost = rows[i].cost;
        char number[48];
        (void)snprintf(number, sizeof(number), "%" PRIu32 ":%" PRIu32 ":%" PRIu32, rows[i].rule->gid, rows[i].rule->sid,
                       rows[i].rule->rev);
        fprintf(out, "%12" PRIu64 " %14" PRIu64 " %14" PRIu64 " %10" PRIu64 " %10" PRIu64 "  %-20s ", cost->checks,
                cost->verifications, cost->steps, cost->matches, cost->limit_hits, number);
        print_message(out, rows[i].rule->msg);
        fputc('\n', out);
    }
    fprintf(out, "%" PRIu64 " of %" PRIu64 " rules were never asked.\n", total - count, total);
}

static int write_to(void *user, const uint8_t *bytes, size_t length)
{
    return fwrite(bytes, 1, length, user) == length ? 0 : 5;
}

static int32_t print_json(struct smini_alloc *alloc, FILE *out, const struct row *rows, uint32_t count)
{
    struct smini_json_output output = {.write = write_to, .user = out};
    struct smini_json json;
    if (smini_json_init(&json, alloc, 0, &output) != SMIN_OK)
        return SMIN_E_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        const struct smin_rule_cost *cost = rows[i].cost;
        const struct {
            const char *key;
            uint64_t number;
        } numbers[] = {{"gid", rows[i].rule->gid},   {"signature_id", rows[i].rule->sid},
                       {"rev", rows[i].rule->rev},   {"checks", cost->checks},
                       {"verifications", cost->verifications}, {"steps", cost->steps},
                       {"matches", cost->matches},   {"undecided", cost->limit_hits}};
        smini_json_begin(&json, '{');
        for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++)
            smini_json_key_number(&json, numbers[k].key, numbers[k].number);
        smini_json_key_string(&json, "signature", rows[i].rule->msg);
        smini_json_end(&json, '}');
        smini_json_line(&json);
    }
    smini_json_flush(&json);
    smini_json_free(&json);
    return SMIN_OK;
}

static int32_t print(const struct smini_profile *profile, FILE *out, bool json)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < profile->inspector_count; i++)
        total += profile->counts[i];
    struct row *rows = smini_alloc_array(profile->alloc, (size_t)total + 1, sizeof(*rows));
    if (!rows)
        return SMIN_E_NOMEM;
    uint32_t count = gather(profile, rows);
    int32_t status = SMIN_OK;
    if (json)
        status = print_json(profile->alloc, out, rows, count);
    else
        print_table(out, rows, count, total);
    smini_alloc_free(profile->alloc, rows, ((size_t)total + 1) * sizeof(*rows));
    return status;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), wanted = strlen(ending);
    return length >= wanted && strcmp(text + length - wanted, ending) == 0;
}

bool smini_profile_finish(struct smini_profile *profile, FILE *out, const char *name)
{
    bool failed = print(profile, out, ends_with(name, ".json")) != SMIN_OK;
    failed |= fflush(out) != 0 || ferror(out);
    if (out != stdout)
        failed |= fclose(out) != 0;
    for (uint32_t i = 0; i < profile->inspector_count; i++)
        smini_alloc_free(profile->alloc, profile->costs[i], profile->counts[i] * sizeof(*profile->costs[i]));
    pthread_mutex_destroy(&profile->lock);
    return !failed;
}
