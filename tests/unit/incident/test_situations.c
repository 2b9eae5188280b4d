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
