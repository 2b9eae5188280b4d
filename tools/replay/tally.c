/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run comes to, in numbers and notes. */
#include <inttypes.h>

#include "order.h"

void smini_tally_init(struct smini_tally *tally)
{
    memset(tally, 0, sizeof(*tally));
    tally->alert_severity = -1;
    tally->first_ns = UINT64_MAX;
}

void smini_tally_alert(struct smini_tally *tally, const struct smin_rule_info *rule, uint64_t count)
{
    tally->alerts += count;
    for (uint32_t i = 0; i < tally->rule_count; i++)
        if (tally->rules[i].rule == rule) {
            tally->rules[i].count += count;
            return;
        }
    if (tally->rule_count < SMINI_TALLY_RULES_MAX) {
        tally->rules[tally->rule_count].rule = rule;
        tally->rules[tally->rule_count++].count = count;
    }
}

static void keep_note(struct smini_tally *tally, struct smini_alloc *alloc, const char *text)
{
    if (tally->note_count >= SMINI_TALLY_NOTES_MAX)
        return;
    size_t length = strlen(text) + 1;
    char *copy = smini_alloc_get(alloc, length);
    if (!copy)
        return;
    memcpy(copy, text, length);
    tally->notes[tally->note_count++] = copy;
}

void smini_tally_note(struct smini_tally *tally, struct smini_alloc *alloc, const char *capture,
                      const struct smini_problem *problem)
{
    char text[512], place[64] = "";
    const char *detail = problem->detail;
    tally->note_total++;
    if (problem->file_offset != UINT64_MAX)
        snprintf(place, sizeof(place), " at byte %" PRIu64, problem->file_offset);
    else if (problem->packet_number != 0)
        snprintf(place, sizeof(place), " at packet %" PRIu64, problem->packet_number);
    snprintf(text, sizeof(text), "%s: %s%s%s%s", capture, problem->event, place, detail ? ": " : "",
             detail ? detail : "");
    keep_note(tally, alloc, text);
}

void smini_tally_merge(struct smini_tally *into, struct smini_alloc *into_alloc, struct smini_tally *from,
                       struct smini_alloc *from_alloc)
{
    uint64_t alerts = into->alerts + from->alerts;
    into->captures += from->captures;
    into->captures_read += from->captures_read;
    into->packets += from->packets;
    into->bytes += from->bytes;
    into->messages += from->messages;
    into->anomalies += from->anomalies;
    into->lost += from->lost;
    into->files_unstored += from->files_unstored;
    into->files_unsearched += from->files_unsearched;
    into->note_total += from->note_total;
    if (from->memory_peak > into->memory_peak)
        into->memory_peak = from->memory_peak;
    if (from->alert_severity > into->alert_severity)
        into->alert_severity = from->alert_severity;
    if (from->first_ns < into->first_ns)
        into->first_ns = from->first_ns;
    if (from->last_ns > into->last_ns)
        into->last_ns = from->last_ns;
    for (uint32_t i = 0; i < from->rule_count; i++)
        smini_tally_alert(into, from->rules[i].rule, from->rules[i].count);
    into->alerts = alerts;
    for (uint32_t i = 0; i < from->note_count; i++)
        keep_note(into, into_alloc, from->notes[i]);
    smini_tally_free(from, from_alloc);
}

void smini_tally_free(struct smini_tally *tally, struct smini_alloc *alloc)
{
    for (uint32_t i = 0; i < tally->note_count; i++)
        smini_alloc_free(alloc, tally->notes[i], strlen(tally->notes[i]) + 1);
    smini_tally_init(tally);
}
