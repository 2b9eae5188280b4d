/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Labelled situations: what was seen, and what may be said about it.
 *
 *   m SECONDS FLOW A>D NAME EVENTS [s=STATUS] [c=COMMAND] [u=URL] [t=TOOL]   the opener of the connection speaks
 *   m SECONDS FLOW A<D NAME EVENTS ...                                       the other side answers
 *   f SECONDS FLOW A>D FACTS CLIENT-BYTES SERVER-BYTES [MISSING-FROM-SERVER] the connection ended
 *
 * Facts: a accepted, r refused, c server closed, x server reset, s server not seen.
 * A and B are strangers, M a director, D, E, F devices; "-" stands for nothing, "_" in texts for a space.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "incident/incident.h"

struct situation {
    const char *label;
    const char *directors, *file_servers;
    const char *seen;
    const char *incidents; /* "actor>device verdict outcome severity authorised messages", one per line */
    const char *devices;   /* "device role state" */
};

#define SIET "c=copy_system:running-config_flash:/config.text"
#define PROBE "m 1 1 A>D capabilities_request probe\n"
#define ACTIVE "m 1 1 A<D capabilities_response client_active\n"
#define STEAL "m 10 2 A>D backup_request config_exfiltration " SIET "\n"

static const struct situation situations[] = {
    {"nothing", "", "", "", "", ""},
    {"probe without an answer", "", "", PROBE "f 1 1 A>D a 24 0\n", "A>D probe attempted low unknown 1\n",
     "D unknown unknown\n"},
    {"probe answered", "", "", PROBE ACTIVE "f 1 1 A>D ac 24 24\n", "A>D probe answered low unknown 2\n",
     "D client enabled\n"},
    {"probe, device's side not captured", "", "", PROBE "f 1 1 A>D s 24 0\n", "A>D probe unknown low unknown 1\n",
     "D unknown unknown\n"},
    {"probe, the answer was lost", "", "", PROBE "f 1 1 A>D a 24 0 24\n", "A>D probe unknown low unknown 1\n",
     "D unknown unknown\n"},
    {"probe closed without a word: a hint of a director, no proof", "", "", PROBE "f 1 1 A>D ac 24 0\n",
     "A>D probe attempted low unknown 1\n", "D unknown unknown\n"},
    {"probe whose flow never ended", "", "", PROBE, "A>D probe unknown low unknown 1\n", "D unknown unknown\n"},
    {"probe answered whose flow never ended", "", "", PROBE ACTIVE, "A>D probe answered low unknown 2\n",
     "D client enabled\n"},
    {"bytes thrown at a refused connection", "", "", PROBE "f 1 1 A>D r 24 0\n", "A>D probe failed low unknown 1\n",
     "D unknown unknown\n"},
    {"connection refused, no message", "", "", "f 1 1 A>D r 0 0\n", "", "D unknown closed\n"},
    {"connection accepted, no message", "", "", "f 1 1 A>D a 0 0\n", "", "D unknown unknown\n"},
    {"another service on the port", "", "", "f 1 1 A>D ac 80 900\n", "", ""},
    {"SYN without an answer", "", "", "f 1 1 A>D s 0 0\n", "", ""},
    {"refused once, answered later", "", "", "f 0 9 A>D r 0 0\n" PROBE ACTIVE "f 1 1 A>D a 24 24\n",
     "A>D probe answered low unknown 2\n", "D client enabled\n"},
    {"answered, refused later", "", "", PROBE ACTIVE "f 1 1 A>D a 24 24\nf 9 9 A>D r 0 0\n",
     "A>D probe answered low unknown 2\n", "D client enabled\n"},
    {"a probe is told with the theft that follows", "", "",
     PROBE ACTIVE "f 1 1 A>D a 24 24\n" STEAL "f 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D client enabled\n"},
    {"an hour between probe and theft changes nothing", "", "",
     PROBE "f 1 1 A>D a 24 0\nm 3700 2 A>D backup_request config_exfiltration " SIET "\nf 3700 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"a probe after the theft stands alone", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 5000 1 A>D capabilities_request probe\nf 5000 1 A>D a 24 0\n",
     "A>D config-exfiltration attempted high unknown 1\nA>D probe attempted low unknown 1\n", "D unknown unknown\n"},
    {"the probe of another actor stands alone", "", "",
     "m 1 1 B>D capabilities_request probe\nf 1 1 B>D a 24 0\n" STEAL "f 10 2 A>D a 1048 0\n",
     "B>D probe attempted low unknown 1\nA>D config-exfiltration attempted high unknown 1\n", "D unknown unknown\n"},
    {"a probe of another device stands alone", "", "",
     "m 1 1 A>E capabilities_request probe\nf 1 1 A>E a 24 0\n" STEAL "f 10 2 A>D a 1048 0\n",
     "A>E probe attempted low unknown 1\nA>D config-exfiltration attempted high unknown 1\n",
     "D unknown unknown\nE unknown unknown\n"},
    {"theft confirmed by a call back to the actor", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response backup_confirmed s=1\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration succeeded critical unknown 2\n", "D client enabled\n"},
    {"theft confirmed to somebody else, one actor asked", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>M backup_response backup_confirmed s=1\nf 41 3 D>M a 92 0\n",
     "A>D config-exfiltration succeeded critical unknown 2\n", "D client enabled\n"},
    {"confirmed to a third party, two actors asked: nobody can say whose", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 12 4 B>D backup_request config_exfiltration " SIET
           "\nf 12 4 B>D a 1048 0\nm 40 3 D>M backup_response backup_confirmed s=1\nf 41 3 D>M a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\nB>D config-exfiltration attempted high unknown 1\n",
     "D client enabled\n"},
    {"two actors asked, confirmed to one of them", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 12 4 B>D backup_request config_exfiltration " SIET
           "\nf 12 4 B>D a 1048 0\nm 40 3 D>B backup_response backup_confirmed s=1\nf 41 3 D>B a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\nB>D config-exfiltration succeeded critical unknown 2\n",
     "D client enabled\n"},
    {"a status nobody documented is an answer, no success", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response - s=2\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration answered high unknown 2\n", "D client enabled\n"},
    {"a status that was not captured is an answer, no success", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 D>A backup_response -\nf 41 3 D>A a 92 0\n",
     "A>D config-exfiltration answered high unknown 2\n", "D client enabled\n"},
    {"a response too late belongs to something else", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 4000 3 D>A backup_response backup_confirmed s=1\nf 4001 3 D>A a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D client enabled\n"},
    {"a response before the request confirms nothing", "", "",
     "m 5 3 D>A backup_response backup_confirmed s=1\nf 5 3 D>A a 92 0\n" STEAL "f 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D client enabled\n"},
    {"the response of another device confirms nothing", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 40 3 E>A backup_response backup_confirmed s=1\nf 41 3 E>A a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D unknown unknown\nE client enabled\n"},
    {"a response does not confirm a download", "", "",
     "m 10 2 A>D download_config config_replacement u=tftp://198.51.100.7/my.conf\nf 10 2 A>D a 312 0\n"
     "m 40 3 D>A backup_response backup_confirmed s=1\nf 41 3 D>A a 92 0\n",
     "A>D config-replacement attempted high unknown 1\n", "D client enabled\n"},
    {"a status answer is an answer", "", "",
     "m 10 2 A>D download_config config_replacement u=tftp://198.51.100.7/my.conf\nm 10 2 A<D status client_active "
     "s=1\nf 10 2 A>D a 312 20\n",
     "A>D config-replacement answered high unknown 2\n", "D client enabled\n"},
    {"an answer that the opener sends is no evidence", "", "",
     "m 10 2 A>D capabilities_response role_unexpected\nf 10 2 A>D a 24 0\n", "", ""},
    {"a backup response in the wrong direction is no evidence", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 12 3 A>D backup_response role_unexpected s=1\nf 13 3 A>D a 92 0\n",
     "A>D config-exfiltration attempted high unknown 1\n", "D unknown unknown\n"},
    {"an answer before the question counts for nothing", "", "",
     PROBE ACTIVE "m 2 1 A>D backup_request config_exfiltration " SIET "\nf 2 1 A>D a 1072 24\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D client enabled\n"},
    {"image", "", "", "m 10 2 A>D download_image image_replacement u=tftp://198.51.100.7/l.txt\nf 10 2 A>D a 468 0\n",
     "A>D image-replacement attempted high unknown 1\n", "D unknown unknown\n"},
    {"execute", "", "", "m 10 2 A>D execute command_execution u=tftp://198.51.100.7/e.txt\nf 10 2 A>D a 544 0\n",
     "A>D command-execution attempted critical unknown 1\n", "D unknown unknown\n"},
    {"overflow", "", "",
     "m 10 2 A>D init_discovery discovery_value_oversized,discovery_length_mismatch\nf 10 2 A>D a 240 0\n",
     "A>D overflow-attempt attempted critical unknown 1\n", "D unknown unknown\n"},
    {"overflow from a listed director stays one", "192.0.2.1", "",
     "m 10 2 M>D init_discovery discovery_value_oversized\nf 10 2 M>D a 240 0\n",
     "M>D overflow-attempt attempted critical yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"damage alone", "", "", "m 10 2 A>D download_config body_short\nf 10 2 A>D a 17 0\n",
     "A>D malformed attempted medium unknown 1\n", "D unknown unknown\n"},
    {"damage on a probe stays a probe", "", "",
     "m 10 2 A>D capabilities_request probe,length_understated\nf 10 2 A>D a 28 0\n",
     "A>D probe attempted low unknown 1\n", "D unknown unknown\n"},
    {"damage beside a theft is told with it", "", "",
     STEAL "m 10 2 A>D backup_request length_understated\nf 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"two verdicts of one message", "", "",
     "m 10 2 A>D backup_request config_exfiltration,command_execution " SIET "\nf 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 1\nA>D command-execution attempted critical unknown 1\n",
     "D unknown unknown\n"},
    {"three messages within the window are one act", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 300 3 A>D backup_request config_exfiltration " SIET
           "\nf 300 3 A>D a 1048 0\nm 800 4 A>D backup_request config_exfiltration " SIET "\nf 800 4 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D unknown unknown\n"},
    {"two messages an hour apart are two acts", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 3610 3 A>D backup_request config_exfiltration " SIET "\nf 3610 3 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 1\nA>D config-exfiltration attempted high unknown 1\n",
     "D unknown unknown\n"},
    {"the middle one comes last: still one act", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 1110 3 A>D backup_request config_exfiltration " SIET
           "\nf 1110 3 A>D a 1048 0\nm 560 4 A>D backup_request config_exfiltration " SIET "\nf 560 4 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high unknown 3\n", "D unknown unknown\n"},
    {"a connection of an hour is one act", "", "",
     STEAL "m 3610 2 A>D backup_request config_exfiltration " SIET "\nf 3610 2 A>D a 2096 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"one connection seen whole and one from one side: unknown", "", "",
     STEAL "f 10 2 A>D a 1048 0\nm 20 3 A>D backup_request config_exfiltration " SIET "\nf 20 3 A>D s 1048 0\n",
     "A>D config-exfiltration unknown high unknown 2\n", "D unknown unknown\n"},
    {"a listed director's theft is its work", "192.0.2.0/28", "",
     "m 10 2 M>D backup_request config_exfiltration " SIET "\nf 10 2 M>D a 1048 0\n",
     "M>D director-activity attempted info yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"the same from an address that is not listed", "192.0.2.1", "", STEAL "f 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high no 1\n", "D unknown unknown\n"},
    {"a listed director pointing to an unlisted file server", "192.0.2.1", "192.0.2.2",
     "m 10 2 M>D download_config config_replacement u=tftp://203.0.113.9/my.conf\nf 10 2 M>D a 312 0\n",
     "M>D config-replacement attempted high yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"a listed director pointing to a listed file server", "192.0.2.1", "192.0.2.2",
     "m 10 2 M>D download_config config_replacement u=tftp://192.0.2.2/my.conf\nf 10 2 M>D a 312 0\n",
     "M>D director-activity attempted info yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"a file server that is a name cannot be compared", "192.0.2.1", "192.0.2.2",
     "m 10 2 M>D download_config config_replacement u=tftp://files/my.conf\nf 10 2 M>D a 312 0\n",
     "M>D config-replacement attempted high yes 1\n", "M director unknown\nD unknown unknown\n"},
    {"a rotation when nobody listed directors", "", "",
     "m 10 2 M>D backup_request director_backup c=copy_nvram:startup-config_tftp://192.0.2.1/s.REV2\nf 10 2 M>D a 1048 "
     "0\n",
     "M>D config-exfiltration attempted low unknown 1\n", "D unknown unknown\n"},
    {"a rotation by somebody who is not listed", "192.0.2.1", "",
     "m 10 2 A>D backup_request director_backup " SIET "\nf 10 2 A>D a 1048 0\n",
     "A>D config-exfiltration attempted high no 1\n", "D unknown unknown\n"},
    {"harmless director messages", "", "", "m 10 2 M>D init_discovery -\nf 10 2 M>D a 52 0\n",
     "M>D director-activity attempted info unknown 1\n", "D unknown unknown\n"},
    {"the same from somebody who is not listed", "192.0.2.1", "", "m 10 2 A>D init_discovery -\nf 10 2 A>D a 52 0\n",
     "A>D director-activity attempted medium no 1\n", "D unknown unknown\n"},
    {"a record sent before a theft is told with it", "", "",
     "m 10 2 A>D backup_record -\nm 10 2 A>D backup_request config_exfiltration "
     "c=configure_tftp-server_nvram:startup-config\nf 10 2 A>D a 472 0\n",
     "A>D config-exfiltration attempted high unknown 2\n", "D unknown unknown\n"},
    {"a listed director's whole conversation is one act", "192.0.2.1", "",
     "m 1 1 M>D capabilities_request probe\nm 1 1 M<D capabilities_response client_active\nf 1 1 M>D a 24 24\n"
     "m 2 2 M>D backup_request director_backup\nf 2 2 M>D a 1048 0\n"
     "m 9 3 D>M backup_response backup_confirmed s=1\nf 9 3 D>M a 92 0\nm 10 4 M>D backup_done -\nf 10 4 M>D a 20 0\n",
     "M>D director-activity succeeded info yes 5\n", "M director unknown\nD client enabled\n"},
    {"an unknown message of the director's side", "", "", "m 1 1 A>D unknown message_unknown from=1\nf 1 1 A>D a 20 0\n",
     "A>D director-activity attempted info unknown 1\n", "D unknown unknown\n"},
    {"an unknown message of the client's side says nothing", "", "",
     "m 1 1 A<D unknown message_unknown from=3\nf 1 1 A>D a 0 20\n", "", ""},
    {"a sweep is one incident per device", "", "",
     "m 1 1 A>D capabilities_request probe\nf 1 1 A>D a 24 0\nm 1 2 A>E capabilities_request probe\nf 1 2 A>E a 24 0\n"
     "m 1 3 A>F capabilities_request probe\nf 1 3 A>F a 24 0\n",
     "A>D probe attempted low unknown 1\nA>E probe attempted low unknown 1\nA>F probe attempted low unknown 1\n",
     "D unknown unknown\nE unknown unknown\nF unknown unknown\n"},
};

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
                 {'s', SMINI_INCIDENT_FLOW_SERVER_UNSEEN}};
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
        int32_t status = words[0][0] == 'm' ? add_message(set, words, count) : add_flow(set, words, count);
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

struct failing {
    uint64_t left;
};

static void *take(void *user, size_t size)
{
    struct failing *failing = user;
    if (failing->left == 0)
        return NULL;
    failing->left--;
    return malloc(size);
}

static void give(void *user, void *memory, size_t size)
{
    (void)user;
    (void)size;
    free(memory);
}

Test(situations, any_allocation_may_fail)
{
    for (size_t i = 0; i < SITUATIONS; i++) {
        int32_t status = SMIN_E_NOMEM;
        for (uint64_t n = 0; status != SMIN_OK; n++) {
            struct failing failing = {.left = n};
            struct smini_alloc alloc;
            struct smini_incident_set *set = NULL;
            smini_alloc_init_on(&alloc, 0, take, give, &failing);
            status = run(&alloc, &situations[i], &set);
            cr_assert(n < 500 && (status == SMIN_OK || status == SMIN_E_NOMEM));
            smini_incident_free(&set);
            cr_assert_eq(alloc.used, 0U);
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
