/* SPDX-License-Identifier: BSD-2-Clause */
/* Every verb with everything that can become of it: one incident, its verdict, its outcome, and why. */
#define _GNU_SOURCE /* memmem */
#include <criterion/criterion.h>
#include <stdio.h>

#include "feed.h"
#include "matrix.h"

enum { TEXT_MAX = 2048 };

/* Appends `from` with what its $ stand for. */
static void expand(char *text, size_t *length, const char *from, const struct verb *verb, const struct fate *fate)
{
    for (const char *at = from; *at; at++) {
        const char *word = NULL;
        if (*at != '$') {
            cr_assert(*length < TEXT_MAX - 1);
            text[(*length)++] = *at;
            continue;
        }
        switch (*++at) {
        case 'S': word = fate->scheme; break;
        case 'E': word = verb->ends; break;
        case 'O': word = verb->other_ends; break;
        case 'F': word = verb->file; break;
        case 'W': word = verb->way; break;
        case 'C':
            expand(text, length, "A>D ", verb, fate);
            word = verb->command;
            break;
        default: cr_assert_fail("what is $%c", *at);
        }
        expand(text, length, word, verb, fate);
    }
    text[*length] = '\0';
}

static bool gives(const struct smini_incident *incident, const char *gist)
{
    for (uint32_t i = 0; i < incident->reasons.count; i++) {
        struct smini_span reason = incident->reasons.items[i];
        if (memmem(reason.bytes, reason.length, gist, strlen(gist)))
            return true;
    }
    return false;
}

Test(matrix, every_verb_and_all_that_can_become_of_it)
{
    static char seen[TEXT_MAX];
    for (size_t v = 0; v < VERBS; v++)
        for (size_t f = 0; f < sizeof(fates) / sizeof(fates[0]); f++) {
            const struct verb *verb = &verbs[v];
            const struct fate *fate = &fates[f];
            struct situation sample = {"", "", "", seen, "", ""};
            struct smini_alloc alloc;
            struct smini_incident_set *set = NULL;
            size_t length = 0;
            expand(seen, &length, "m 10 2 $C\n", verb, fate);
            expand(seen, &length, fate->seen, verb, fate);
            smini_alloc_init(&alloc, 0);
            cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK, "%s, %s", verb->name, fate->name);
            const struct smini_incident *incident = smini_incident_get(set, 0);
            cr_assert_not_null(incident, "%s, %s", verb->name, fate->name);
            cr_expect_str_eq(smini_incident_verdict_text(incident->verdict), verb->verdict, "%s, %s", verb->name, fate->name);
            cr_expect_str_eq(smini_incident_outcome_text(incident->outcome), fate->outcomes[v], "%s, %s: %s", verb->name,
                             fate->name, smini_incident_outcome_text(incident->outcome));
            cr_expect(!fate->gist || gives(incident, fate->gist), "%s, %s: no reason with \"%s\"", verb->name, fate->name,
                      fate->gist);
            cr_expect_gt(incident->reasons.count, 0U);
            cr_expect_null(smini_incident_get(set, 1), "%s, %s: one act is one incident", verb->name, fate->name);
            smini_incident_free(&set);
            cr_assert_eq(alloc.used, 0U);
        }
}
