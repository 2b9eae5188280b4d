/* SPDX-License-Identifier: BSD-2-Clause */
/* Records as facts: times, bytes that no text can hold, who opened a connection, what an engine does not say. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "incident/eve.h"
#include "tests/support/failing_alloc.h"

static const struct {
    const char *text;
    uint64_t time_ns; /* UINT64_MAX: none */
} times[] = {
    {"1970-01-01T00:00:00.000000+0000", 0},
    {"2026-01-02T03:04:05.678901+0000", 1767323045678901000},
    {"2026-01-02T03:04:05.678901Z", 1767323045678901000},
    {"2026-01-02T04:04:05.678901+0100", 1767323045678901000},
    {"2026-01-01T21:34:05.678901-05:30", 1767323045678901000},
    {"2026-01-02T03:04:05+0000", 1767323045000000000},
    {"2026-01-02T03:04:05.1+0000", 1767323045100000000},
    {"2024-02-29T00:00:00Z", 1709164800000000000},
    {"2000-02-29T12:00:00Z", 951825600000000000},
    {"2023-02-29T00:00:00Z", UINT64_MAX},
    {"2100-02-29T00:00:00Z", UINT64_MAX},
    {"2026-00-02T03:04:05Z", UINT64_MAX},
    {"2026-13-02T03:04:05Z", UINT64_MAX},
    {"2026-01-32T03:04:05Z", UINT64_MAX},
    {"2026-01-02T24:04:05Z", UINT64_MAX},
    {"2026-01-02 03:04:05Z", UINT64_MAX},
    {"2026-01-02T03:04:05", UINT64_MAX},
    {"2026-01-02T03:04:05.Z", UINT64_MAX},
    {"2026-01-02T03:04:05.0123456789Z", UINT64_MAX},
    {"2026-01-02T03:04:05+99:00", UINT64_MAX},
    {"2026-01-02T03:04:05Zulu", UINT64_MAX},
    {"1969-12-31T23:59:59Z", UINT64_MAX},
    {"1970-01-01T00:00:00+0100", UINT64_MAX},
    {"9999-01-01T00:00:00Z", UINT64_MAX},
    {"yesterday", UINT64_MAX},
    {"", UINT64_MAX},
};

Test(eve, times_are_read_exactly_or_not_at_all)
{
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        uint64_t time_ns = 0;
        int32_t status = smini_eve_time(smini_span_text(times[i].text), &time_ns);
        cr_expect_eq(status, times[i].time_ns == UINT64_MAX ? SMIN_E_MALFORMED : SMIN_OK, "%s", times[i].text);
        if (status == SMIN_OK)
            cr_expect_eq(time_ns, times[i].time_ns, "%s: %llu", times[i].text, (unsigned long long)time_ns);
    }
}

#define TIME "\"timestamp\":\"2026-01-02T03:04:05.000000+0000\",\"flow_id\":5,"
#define ASK "\"smin\":{\"direction\":\"to_server\",\"offset\":0,\"name\":\"backup_request\","
#define FORTH "\"src_ip\":\"198.51.100.7\",\"src_port\":40000,\"dest_ip\":\"192.0.2.10\",\"dest_port\":4786,\"proto\":\"TCP\","
#define BACK "\"src_ip\":\"192.0.2.10\",\"src_port\":4786,\"dest_ip\":\"198.51.100.7\",\"dest_port\":40000,\"proto\":\"TCP\","
#define EVENTS "\"events\":[\"config_exfiltration\"]}"

static int32_t read_lines(struct smini_alloc *alloc, const char *lines, struct smini_incident_set **set,
                          struct smini_eve_counts *counts)
{
    struct smini_incident_options options;
    struct smini_eve eve;
    smini_incident_options_default(&options);
    int32_t status = smini_incident_new(set, alloc, &options);
    if (status != SMIN_OK)
        return status;
    smini_eve_init(&eve, alloc, *set, "");
    status = smini_eve_push(&eve, smini_span_text(lines));
    if (status == SMIN_OK)
        status = smini_eve_end(&eve);
    *counts = eve.counts;
    smini_eve_free(&eve);
    return status == SMIN_OK ? smini_incident_finish(*set) : status;
}

/* What the lines give, and who asked of whom there. */
static void expect_theft(const char *lines, const char *commanded, uint32_t messages)
{
    static const uint8_t actor[4] = {198, 51, 100, 7}, device[4] = {192, 0, 2, 10};
    struct smini_alloc alloc;
    struct smini_incident_set *set = NULL;
    struct smini_eve_counts counts;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(read_lines(&alloc, lines, &set, &counts), SMIN_OK);
    const struct smini_incident *incident = smini_incident_get(set, 0);
    cr_assert_not_null(incident, "%s", lines);
    cr_expect_eq(incident->verdict, SMINI_VERDICT_CONFIG_EXFILTRATION);
    cr_expect_arr_eq(incident->actor.bytes, actor, 4, "%s", lines);
    cr_expect_arr_eq(incident->device.bytes, device, 4, "%s", lines);
    cr_expect_eq(incident->port, 4786U);
    cr_expect_eq(incident->message_total, messages, "%s", lines);
    if (commanded)
        cr_expect(incident->commanded.count == 1 &&
                      smini_span_equal(incident->commanded.items[0], smini_span_text(commanded)),
                  "%s", lines);
    smini_incident_free(&set);
    cr_assert_eq(alloc.used, 0U);
}

Test(eve, who_opened_the_connection_is_read_as_whoever_wrote_the_record_means_it)
{
    expect_theft("{" TIME FORTH "\"event_type\":\"smin\"," ASK EVENTS "}\n", NULL, 1);
    expect_theft("{" TIME FORTH "\"ip_v\":4,\"event_type\":\"smin\"," ASK EVENTS "}", NULL, 1);
    /* The packet that raised the engine's alert came from the other side. */
    expect_theft("{" TIME BACK "\"ip_v\":4,\"event_type\":\"alert\",\"alert\":{},\"flow\":{" FORTH "\"x\":0}," ASK EVENTS "}\n",
                 NULL, 1);
    expect_theft("{" TIME FORTH "\"event_type\":\"alert\",\"alert\":{}," ASK EVENTS "}\n", NULL, 1);
}

Test(eve, an_alert_that_repeats_a_message_is_that_message)
{
    expect_theft("{" TIME FORTH "\"event_type\":\"smin\"," ASK EVENTS "}\n"
                 "{\"timestamp\":\"2026-01-02T03:04:06.000000+0000\",\"flow_id\":5," FORTH
                 "\"event_type\":\"alert\",\"alert\":{}," ASK EVENTS "}\n",
                 NULL, 1);
}

Test(eve, bytes_that_no_text_can_hold_are_read_back)
{
    expect_theft("{" TIME FORTH "\"event_type\":\"smin\"," ASK "\"commands\":[\"copy \\\\xff\\\\x00 \\\\x5cx41 \\\\n\"]," EVENTS
                 "}\n",
                 NULL, 1);
    struct smini_alloc alloc;
    struct smini_incident_set *set = NULL;
    struct smini_eve_counts counts;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(read_lines(&alloc,
                            "{" TIME FORTH "\"event_type\":\"smin\"," ASK
                            "\"commands\":[\"copy \\\\xff\\\\x00 \\\\x5cx41 \\\\n\"]," EVENTS "}\n",
                            &set, &counts),
                 SMIN_OK);
    const struct smini_incident *incident = smini_incident_get(set, 0);
    cr_assert_not_null(incident);
    cr_expect(smini_span_equal(incident->commanded.items[0], smini_span_make("copy \xff\0 \\x41 \\n", 15)));
    smini_incident_free(&set);
}

Test(eve, what_the_engine_does_not_count_is_not_called_empty)
{
    static const char flow[] = "{" TIME FORTH "\"ip_v\":4,\"event_type\":\"flow\",\"flow\":{\"pkts_toserver\":4,"
                               "\"pkts_toclient\":3,\"start\":\"2026-01-02T03:04:05.000000+0000\","
                               "\"end\":\"2026-01-02T03:04:05.000000+0000\",\"state\":\"closed\",\"reason\":\"timeout\"},"
                               "\"tcp\":{\"tcp_flags_ts\":\"13\",\"tcp_flags_tc\":\"13\"}}\n";
    struct smini_alloc alloc;
    struct smini_incident_set *set = NULL;
    struct smini_eve_counts counts;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(read_lines(&alloc, flow, &set, &counts), SMIN_OK);
    cr_expect_eq(counts.facts, 1U);
    cr_expect_null(smini_incident_device(set, 0), "a connection whose bytes nobody counted says nothing of its server");
    smini_incident_free(&set);
}

Test(eve, any_allocation_may_fail)
{
    static const char lines[] = "{" TIME FORTH "\"event_type\":\"smin\"," ASK "\"commands\":[\"copy a tftp://198.51.100.7/b\"],"
                                EVENTS "}\n{" TIME FORTH "\"event_type\":\"fileinfo\",\"fileinfo\":{\"filename\":\"b\",\"size\":3,"
                                       "\"state\":\"CLOSED\",\"protocol\":\"tftp\",\"direction\":\"to_client\"}}\n{\"cut\":";
    int32_t status = SMIN_E_NOMEM;
    for (uint64_t n = 1; status != SMIN_OK; n++) {
        struct failing_alloc failing;
        struct smini_incident_set *set = NULL;
        struct smini_eve_counts counts;
        failing_alloc_open(&failing);
        failing_alloc_fail_from(&failing, n);
        status = read_lines(&failing.alloc, lines, &set, &counts);
        cr_assert(n < 200 && (status == SMIN_OK || status == SMIN_E_NOMEM));
        smini_incident_free(&set);
        cr_assert(failing_alloc_clean(&failing));
    }
}
