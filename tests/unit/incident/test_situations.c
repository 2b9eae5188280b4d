/* SPDX-License-Identifier: BSD-2-Clause */
/* Feeds the labelled situations and compares what is told about each. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "feed.h"
#include "situations.h"
#include "tests/support/failing_alloc.h"

enum { SITUATIONS = sizeof(situations) / sizeof(situations[0]) };

static void render(const struct smini_incident_set *set, char *incidents, char *devices, size_t size)
{
    size_t length = 0;
    const struct smini_incident *incident;
    const struct smini_device *device;
    *incidents = *devices = 0;
    for (uint32_t i = 0; (incident = smini_incident_get(set, i)); i++)
        length += (size_t)snprintf(incidents + length, size - length, "%c>%c %s %s %s %s %u\n",
                                   people_letter(&incident->actor), people_letter(&incident->device),
                                   smini_incident_verdict_text(incident->verdict),
                                   smini_incident_outcome_text(incident->outcome),
                                   smini_incident_severity_text(incident->severity),
                                   smini_incident_trust_text(incident->authorised), incident->message_count);
    length = 0;
    for (uint32_t i = 0; (device = smini_incident_device(set, i)); i++)
        length += (size_t)snprintf(devices + length, size - length, "%c %s %s\n", people_letter(&device->address),
                                   smini_incident_role_text(device->role), smini_incident_state_text(device->state));
}

Test(situations, every_labelled_situation_is_told_as_it_was)
{
    for (size_t i = 0; i < SITUATIONS; i++) {
        struct smini_alloc alloc;
        struct smini_incident_set *set = NULL;
        char incidents[1024], devices[1024];
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(feed_situation(&alloc, &situations[i], &set), SMIN_OK, "%s", situations[i].label);
        render(set, incidents, devices, sizeof(incidents));
        cr_expect_str_eq(incidents, situations[i].incidents, "%s:\n%s", situations[i].label, incidents);
        cr_expect_str_eq(devices, situations[i].devices, "%s:\n%s", situations[i].label, devices);
        cr_expect_eq(smini_incident_left_out(set), 0U, "%s", situations[i].label);
        smini_incident_free(&set);
        cr_assert_eq(alloc.used, 0U, "%s", situations[i].label);
    }
}

/* Everything that a reader is told, as text: a hash would say less when it differs. */
static void print(const struct smini_incident_set *set, bool sentences, char *text, size_t size)
{
    const struct smini_incident *incident;
    const struct smini_device *device;
    size_t length = 0;
    *text = 0;
    for (uint32_t i = 0; (incident = smini_incident_get(set, i)); i++) {
        length += (size_t)snprintf(text + length, size - length, "%s %s %s", incident->id,
                                   smini_incident_verdict_text(incident->verdict),
                                   smini_incident_outcome_text(incident->outcome));
        for (uint32_t m = 0; m < incident->message_count; m++)
            length += (size_t)snprintf(text + length, size - length, " %u", (unsigned)incident->messages[m].packet);
        for (uint32_t f = 0; f < incident->flow_count; f++)
            length += (size_t)snprintf(text + length, size - length, " flow %u", (unsigned)incident->flows[f].flow_id);
        for (uint32_t r = 0; sentences && r < incident->reasons.count; r++)
            length += (size_t)snprintf(text + length, size - length, "\n  %.*s", (int)incident->reasons.items[r].length,
                                       (const char *)incident->reasons.items[r].bytes);
    }
    for (uint32_t i = 0; (device = smini_incident_device(set, i)); i++)
        for (uint32_t e = 0; sentences && e < device->evidence.count; e++)
            length += (size_t)snprintf(text + length, size - length, "\n%u %u %.*s", device->role, device->state,
                                       (int)device->evidence.items[e].length,
                                       (const char *)device->evidence.items[e].bytes);
    cr_assert(length < size);
}

Test(situations, the_order_in_which_facts_come_and_their_repetition_change_nothing)
{
    enum { SEEDS = 24 };
    static char expected[8192], text[8192];
    for (size_t i = 0; i < SITUATIONS; i++)
        for (uint32_t seed = 0; seed <= SEEDS && situations[i].seen[0]; seed++) {
            struct smini_alloc alloc;
            struct smini_incident_set *set = NULL;
            smini_alloc_init(&alloc, 0);
            if (seed == 0)
                cr_assert_eq(feed_situation(&alloc, &situations[i], &set), SMIN_OK);
            else
                cr_assert_eq(feed_situation_mixed(&alloc, &situations[i], seed, &set), SMIN_OK);
            print(set, true, seed ? text : expected, sizeof(text));
            if (seed)
                cr_assert_str_eq(text, expected, "%s, seed %u:\n%s\n%s", situations[i].label, seed, text, expected);
            smini_incident_free(&set);
            cr_assert_eq(alloc.used, 0U);
        }
}

/* As long as a flow comes behind its messages; sentences stand in the order in which facts were taken. */
Test(situations, little_room_for_facts_that_wait_changes_nothing)
{
    static char expected[8192], text[8192];
    for (size_t i = 0; i < SITUATIONS; i++)
        for (size_t held = 0; held <= 4096; held = held ? 2 * held : 512) {
            struct smini_alloc alloc;
            struct smini_incident_set *set = NULL;
            smini_alloc_init(&alloc, 0);
            feed_held_bytes = held;
            cr_assert_eq(feed_situation(&alloc, &situations[i], &set), SMIN_OK);
            print(set, false, held ? text : expected, sizeof(text));
            if (held)
                cr_expect_str_eq(text, expected, "%s, %zu bytes:\n%s\n%s", situations[i].label, held, text, expected);
            smini_incident_free(&set);
        }
}

Test(situations, any_allocation_may_fail)
{
    for (size_t i = 0; i < SITUATIONS; i++) {
        int32_t status = SMIN_E_NOMEM;
        for (uint64_t n = 0; status != SMIN_OK; n++) {
            struct failing_alloc failing;
            struct smini_incident_set *set = NULL;
            failing_alloc_open(&failing);
            failing_alloc_fail_from(&failing, n + 1);
            status = feed_situation(&failing.alloc, &situations[i], &set);
            cr_assert(n < 500 && (status == SMIN_OK || status == SMIN_E_NOMEM));
            smini_incident_free(&set);
            cr_assert(failing_alloc_clean(&failing));
        }
    }
}
