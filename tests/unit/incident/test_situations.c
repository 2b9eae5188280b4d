/* SPDX-License-Identifier: BSD-2-Clause */
/* Feeds the labelled situations and compares what is told about each. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "incident/incident.h"
#include "situations.h"
#include "tests/support/failing_alloc.h"

enum { SITUATIONS = sizeof(situations) / sizeof(situations[0]) };

static const struct {
    char letter;
    uint8_t address[4];
} people[] = {
    {'A', {198, 51, 100, 7}}, {'B', {198, 51, 100, 8}}, {'M', {192, 0, 2, 1}},
    {'D', {192, 0, 2, 10}},   {'E', {192, 0, 2, 11}},   {'F', {192, 0, 2, 12}},
};

static struct smini_incident_address address_of(char letter)
{
    struct smini_incident_address address = {.version = 4};
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
        if (people[i].letter == letter)
            memcpy(address.bytes, people[i].address, 4);
    return address;
}

static char letter_of(const struct smini_incident_address *address)
{
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
        if (memcmp(people[i].address, address->bytes, 4) == 0)
            return people[i].letter;
    return '?';
}

static uint64_t packet;

static int32_t add_message(struct smini_incident_set *set, char *const words[], int count)
{
    struct smini_span events[8], url, command;
    struct smini_incident_message message = {.events = events, .urls = &url, .commands = &command};
    message.place.capture = "t.pcap";
    message.place.packet = packet++;
    message.place.time_ns = strtoull(words[1], NULL, 10) * 1000000000U;
    message.flow_id = strtoull(words[2], NULL, 10);
    message.client = address_of(words[3][0]);
    message.server = address_of(words[3][2]);
    message.to_server = words[3][1] == '>';
    message.client_port = 40000;
    message.server_port = 4786;
    message.name = smini_span_text(words[4]);
    for (char *event = strtok(words[5], ","); event; event = strtok(NULL, ","))
        if (*event != '-')
            events[message.event_count++] = smini_span_text(event);
    for (int i = 6; i < count; i++) {
        for (char *c = words[i]; *c; c++)
            *c = *c == '_' ? ' ' : *c;
        if (strncmp(words[i], "s=", 2) == 0) {
            message.has_status = true;
            message.status = strtoull(words[i] + 2, NULL, 10);
        } else if (strncmp(words[i], "r=", 2) == 0) {
            message.reading = (uint8_t)strtoul(words[i] + 2, NULL, 10);
        } else if (strncmp(words[i], "d=", 2) == 0) {
            message.has_md5 = true;
            memset(message.md5, atoi(words[i] + 2), sizeof(message.md5));
        } else if (strncmp(words[i], "c=", 2) == 0) {
            command = smini_span_text(words[i] + 2);
            message.command_count = 1;
        } else if (strncmp(words[i], "u=", 2) == 0) {
            url = smini_span_text(words[i] + 2);
            message.url_count = 1;
        } else if (strncmp(words[i], "from=", 5) == 0) {
            message.from = (uint32_t)strtoul(words[i] + 5, NULL, 10);
        } else if (strncmp(words[i], "t=", 2) == 0) {
            message.tool = smini_span_text(words[i] + 2);
        } else {
            cr_assert_fail("unknown word %s", words[i]);
        }
    }
    return smini_incident_add_message(set, &message);
}

static int32_t add_flow(struct smini_incident_set *set, char *const words[], int count)
{
    static const struct {
        char letter;
        uint32_t fact;
    } facts[] = {{'a', SMINI_INCIDENT_FLOW_ACCEPTED},
                 {'r', SMINI_INCIDENT_FLOW_REFUSED},
                 {'c', SMINI_INCIDENT_FLOW_SERVER_CLOSED},
                 {'x', SMINI_INCIDENT_FLOW_SERVER_RESET},
                 {'s', SMINI_INCIDENT_FLOW_SERVER_UNSEEN},
                 {'u', SMINI_INCIDENT_FLOW_UNFINISHED}};
    struct smini_incident_flow flow = {.client_port = 40000, .server_port = 4786};
    flow.place.capture = "t.pcap";
    flow.place.packet = packet++;
    flow.place.time_ns = flow.last_ns = strtoull(words[1], NULL, 10) * 1000000000U;
    flow.flow_id = strtoull(words[2], NULL, 10);
    flow.client = address_of(words[3][0]);
    flow.server = address_of(words[3][2]);
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        if (strchr(words[4], facts[i].letter))
            flow.facts |= facts[i].fact;
    flow.bytes[0] = strtoull(words[5], NULL, 10);
    flow.bytes[1] = strtoull(words[6], NULL, 10);
    flow.missing[1] = count > 7 ? strtoull(words[7], NULL, 10) : 0;
    return smini_incident_add_flow(set, &flow);
}

static uint8_t transfer_state(const char *word)
{
    static const char *const words[] = {[SMINI_TRANSFER_CLOSED] = "closed",
                                        [SMINI_TRANSFER_TRUNCATED] = "truncated",
                                        [SMINI_TRANSFER_REFUSED] = "refused",
                                        [SMINI_TRANSFER_UNCONFIRMED] = "unconfirmed"};
    for (uint8_t state = SMINI_TRANSFER_CLOSED; state <= SMINI_TRANSFER_UNCONFIRMED; state++)
        if (strcmp(words[state], word) == 0)
            return state;
    cr_assert_fail("unknown state %s", word);
    return 0;
}

static int32_t add_transfer(struct smini_incident_set *set, char *const words[], int count)
{
    static char type[32];
    struct smini_incident_transfer transfer = {.protocol = smini_span_text("tftp"), .type = smini_span_text("data")};
    cr_assert(count >= 8);
    transfer.place.capture = "t.pcap";
    transfer.place.packet = packet++;
    transfer.place.time_ns = strtoull(words[1], NULL, 10) * 1000000000U;
    transfer.end_ns = transfer.place.time_ns + 1;
    transfer.flow_id = strtoull(words[2], NULL, 10);
    transfer.client = address_of(words[3][0]);
    transfer.server = address_of(words[3][2]);
    transfer.state = transfer_state(words[4]);
    transfer.name = smini_span_text(words[5]);
    transfer.to_server = words[6][0] == 's';
    transfer.size = strtoull(words[7], NULL, 10);
    transfer.has_digest = transfer.size > 0;
    for (int i = 8; i < count; i++) {
        if (words[i][0] == 'g')
            transfer.gap_bytes = strtoull(words[i] + 2, NULL, 10);
        else if (words[i][0] == 'd')
            memset(transfer.md5, atoi(words[i] + 2), sizeof(transfer.md5));
        else if (words[i][0] == 'y')
            transfer.type = smini_span_text(strcpy(type, words[i] + 2));
        else
            transfer.ordered = (transfer.ordered_flow_id = strtoull(words[i] + 2, NULL, 10)) != 0;
    }
    if (strcmp((const char *)transfer.type.bytes, "data") != 0) /* lives for ever, as the caller promises */
        transfer.type = smini_span_text(strcmp(type, "tar") == 0 ? "tar" : "image-list");
    return smini_incident_add_transfer(set, &transfer);
}

/* Feeds every line; the worst status. */
static int32_t feed(struct smini_incident_set *set, const char *seen)
{
    char text[2048];
    int32_t worst = SMIN_OK;
    packet = 1;
    cr_assert(strlen(seen) < sizeof(text));
    strcpy(text, seen);
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        char *words[12];
        int count = 0;
        for (char *word = strsep(&line, " "); word; word = strsep(&line, " "))
            words[count++] = word;
        if (count < 6)
            continue;
        int32_t status = words[0][0] == 'm'   ? add_message(set, words, count)
                         : words[0][0] == 't' ? add_transfer(set, words, count)
                                              : add_flow(set, words, count);
        worst = status < worst ? status : worst;
    }
    return worst;
}

static uint32_t networks_of(const char *text, struct smini_incident_network *network)
{
    if (!*text)
        return 0;
    cr_assert_eq(smini_incident_parse_network(smini_span_text(text), network), SMIN_OK);
    return 1;
}

static int32_t run(struct smini_alloc *alloc, const struct situation *situation, struct smini_incident_set **set)
{
    static struct smini_incident_network director, server;
    struct smini_incident_options options;
    smini_incident_options_default(&options);
    options.directors = &director;
    options.director_count = networks_of(situation->directors, &director);
    options.file_servers = &server;
    options.file_server_count = networks_of(situation->file_servers, &server);
    int32_t status = smini_incident_new(set, alloc, &options);
    if (status != SMIN_OK)
        return status;
    status = feed(*set, situation->seen);
    int32_t last = smini_incident_finish(*set);
    return last < status ? last : status;
}

static void render(const struct smini_incident_set *set, char *incidents, char *devices, size_t size)
{
    size_t length = 0;
    const struct smini_incident *incident;
    const struct smini_device *device;
    *incidents = *devices = 0;
    for (uint32_t i = 0; (incident = smini_incident_get(set, i)); i++)
        length += (size_t)snprintf(incidents + length, size - length, "%c>%c %s %s %s %s %u\n",
                                   letter_of(&incident->actor), letter_of(&incident->device),
                                   smini_incident_verdict_text(incident->verdict),
                                   smini_incident_outcome_text(incident->outcome),
                                   smini_incident_severity_text(incident->severity),
                                   smini_incident_trust_text(incident->authorised), incident->message_count);
    length = 0;
    for (uint32_t i = 0; (device = smini_incident_device(set, i)); i++)
        length += (size_t)snprintf(devices + length, size - length, "%c %s %s\n", letter_of(&device->address),
                                   smini_incident_role_text(device->role), smini_incident_state_text(device->state));
}

Test(situations, every_labelled_situation_is_told_as_it_was)
{
    for (size_t i = 0; i < SITUATIONS; i++) {
        struct smini_alloc alloc;
        struct smini_incident_set *set = NULL;
        char incidents[1024], devices[1024];
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(run(&alloc, &situations[i], &set), SMIN_OK, "%s", situations[i].label);
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
            status = run(&failing.alloc, &situations[i], &set);
            cr_assert(n < 500 && (status == SMIN_OK || status == SMIN_E_NOMEM));
            smini_incident_free(&set);
            cr_assert(failing_alloc_clean(&failing));
        }
    }
}

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
    cr_assert_eq(run(&alloc, &sample, &set), SMIN_OK);
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
        cr_assert_eq(run(&alloc, &sample, &set), SMIN_OK);
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
    cr_expect_eq(feed(set, PROBE "m 1 1 A>D capabilities_request probe\n"), SMIN_E_LIMIT);
    cr_expect_eq(feed(set, "m 1 7 A>E capabilities_request probe\n"), SMIN_E_LIMIT);
    cr_expect_eq(feed(set, "f 1 8 A>F r 0 0\n"), SMIN_E_LIMIT);
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
        cr_assert_eq(run(&alloc, &sample, &set), SMIN_OK);
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
