/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>

#include "smin/status.h"
#include "tests/unit/match/match_run.h"

struct row {
    const char *header;
    const char *options;
    uint32_t direction;
    bool established;
    bool hit;
};

/* The flow is 10.0.0.1:1000 -> 10.0.0.2:4786. */
static const struct row rows[] = {
    {"any any -> any 4786", "", SMIN_TO_SERVER, true, true},
    {"any any -> any 4786", "", SMIN_TO_CLIENT, true, false},
    {"any any <> any 4786", "", SMIN_TO_CLIENT, true, true},
    {"any 4786 -> any any", "", SMIN_TO_CLIENT, true, true},
    {"10.0.0.1 any -> 10.0.0.2 any", "", SMIN_TO_SERVER, true, true},
    {"10.0.0.1 any -> 10.0.0.2 any", "", SMIN_TO_CLIENT, true, false},
    {"10.0.0.1 any <> 10.0.0.2 any", "", SMIN_TO_CLIENT, true, true},
    {"!10.0.0.1 any -> any any", "", SMIN_TO_SERVER, true, false},
    {"2001:db8::/32 any -> any any", "", SMIN_TO_SERVER, true, false},
    {"any any -> any any", "flow:to_server;", SMIN_TO_SERVER, true, true},
    {"any any -> any any", "flow:to_server;", SMIN_TO_CLIENT, true, false},
    {"any any -> any any", "flow:from_server;", SMIN_TO_CLIENT, true, true},
    {"any any -> any any", "flow:established;", SMIN_TO_SERVER, false, false},
    {"any any -> any any", "flow:not_established;", SMIN_TO_SERVER, false, true},
    {"any any -> any any", "flow:stateless;", SMIN_TO_SERVER, false, true},
    {"any any -> any any", "flow:established,to_server;", SMIN_TO_SERVER, true, true},
    {"any any -> any any", "noalert;", SMIN_TO_SERVER, true, false},
    {"any any -> any any", "app-layer-protocol:smin;", SMIN_TO_SERVER, true, true},
};

Test(header, rules_apply_to_the_flows_they_name)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (int stream = 0; stream < 2; stream++) {
            struct match_run run;
            char rule[256];
            if (stream && strstr(rows[i].options, "app-layer"))
                continue; /* not on bytes that are no message */
            (void)snprintf(rule, sizeof(rule), "alert tcp %s (content:\"x\"; %s sid:1;)", rows[i].header,
                           rows[i].options);
            match_run_open(&run, rule, SMINI_SCANNER_PLAIN, NULL);
            run.direction = rows[i].direction;
            run.facts.established = rows[i].established;
            const char *hits = stream ? match_run_loose(&run, "x", 1) : match_run_bytes(&run, "x", 1);
            cr_expect((hits[0] != 0) == rows[i].hit, "%s %s stream %d", rows[i].header, rows[i].options, stream);
            match_run_close(&run);
        }
    }
}

Test(header, a_host_learns_which_other_flows_plain_rules_look_at)
{
    struct match_run run;
    match_run_open(&run,
                   "alert tcp any any -> any 8080 (flow:to_server; content:\"x\"; sid:1;)\n"
                   "alert smin any any -> any 9000 (smin.type:3; sid:2;)\n"
                   "alert tcp 10.9.0.0/16 any -> any any (content:\"x\"; sid:3;)",
                   SMINI_SCANNER_PLAIN, NULL);
    cr_expect(!smini_database_wants_tcp(run.database, &run.facts));
    run.facts.server_port = 8080;
    cr_expect(smini_database_wants_tcp(run.database, &run.facts));
    run.facts.server_port = 9000;
    cr_expect(!smini_database_wants_tcp(run.database, &run.facts), "messages come by themselves");
    run.facts.client_port = 8080;
    cr_expect(!smini_database_wants_tcp(run.database, &run.facts), "only towards the server");
    run.facts.server_address[1] = 9;
    cr_expect(smini_database_wants_tcp(run.database, &run.facts), "either end may send");
    run.facts.ip_version = 0;
    cr_expect(!smini_database_wants_tcp(run.database, &run.facts), "an unknown address is inside no network");
    match_run_close(&run);
}

Test(header, a_pass_rule_silences_its_message_only)
{
    struct match_run run;
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; sid:1;)\n"
                         "pass smin any any -> any any (content:\"y\"; sid:2;)", SMINI_SCANNER_PLAIN, NULL);
    cr_expect(strcmp(match_run_bytes(&run, "xy", 2), "") == 0);
    cr_expect(strcmp(match_run_bytes(&run, "x", 1), "1") == 0);
    match_run_close(&run);
}

Test(header, threads_share_a_database_until_the_last_lets_go)
{
    struct match_run run;
    struct smini_matcher *second;
    match_run_open(&run, "alert smin any any -> any any (content:\"x\"; sid:1;)", SMINI_SCANNER_BEST, NULL);
    cr_assert(smini_matcher_new(&run.memory.alloc, run.database, &second) == SMIN_OK);
    smini_database_unref(run.database);
    smini_matcher_free(run.matcher);
    run.matcher = second;
    run.database = NULL;
    cr_expect(strcmp(match_run_bytes(&run, "x", 1), "1") == 0);
    match_run_close(&run);
}
