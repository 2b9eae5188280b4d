/* SPDX-License-Identifier: BSD-2-Clause */
#include "feed.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    char letter;
    uint8_t address[16];
} people[] = {
    {'A', {198, 51, 100, 7}}, {'B', {198, 51, 100, 8}}, {'M', {192, 0, 2, 1}},
    {'D', {192, 0, 2, 10}},   {'E', {192, 0, 2, 11}},   {'F', {192, 0, 2, 12}},
    {'a', {0x20, 1, 0xd, 0xb8, [15] = 7}}, {'d', {0x20, 1, 0xd, 0xb8, [15] = 0x10}},
};

struct smini_incident_address people_address(char letter)
{
    struct smini_incident_address address = {.version = letter >= 'a' ? 6 : 4};
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
        if (people[i].letter == letter)
            memcpy(address.bytes, people[i].address, sizeof(address.bytes));
    return address;
}

char people_letter(const struct smini_incident_address *address)
{
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
        if (memcmp(people[i].address, address->bytes, sizeof(address->bytes)) == 0)
            return people[i].letter;
    return '?';
}

enum { FEED_TEXT_MAX = 2048, FEED_LINES_MAX = 32 };

static uint64_t packet; /* number of the line that is fed */

static int32_t add_message(struct smini_incident_set *set, char *const words[], int count)
{
    struct smini_span events[8], url, command;
    struct smini_incident_message message = {.events = events, .urls = &url, .commands = &command};
    message.place.capture = "t.pcap";
    message.place.packet = packet;
    message.place.time_ns = strtoull(words[1], NULL, 10) * 1000000000U;
    message.flow_id = strtoull(words[2], NULL, 10);
    message.offset = strtoull(words[1], NULL, 10); /* later in time, later in the stream */
    message.client = people_address(words[3][0]);
    message.server = people_address(words[3][2]);
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
    flow.place.packet = packet;
    flow.place.time_ns = flow.last_ns = strtoull(words[1], NULL, 10) * 1000000000U;
    flow.flow_id = strtoull(words[2], NULL, 10);
    flow.client = people_address(words[3][0]);
    flow.server = people_address(words[3][2]);
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
                                        [SMINI_TRANSFER_UNCONFIRMED] = "unconfirmed",
                                        [SMINI_TRANSFER_SEALED] = "sealed"};
    for (uint8_t state = SMINI_TRANSFER_CLOSED; state <= SMINI_TRANSFER_SEALED; state++)
        if (strcmp(words[state], word) == 0)
            return state;
    cr_assert_fail("unknown state %s", word);
    return 0;
}

static const char *known_word(const char *const known[8], const char *word)
{
    for (int i = 0; i < 8; i++)
        if (strcmp(known[i], word) == 0)
            return known[i];
    cr_assert_fail("unknown word %s", word);
    return NULL;
}

static int32_t add_transfer(struct smini_incident_set *set, char *const words[], int count)
{
    /* Protocols and types live for ever, as the caller promises. */
    static const char *const known[] = {"data", "tftp", "http", "ftp", "sealed", "tar", "image-list", "ios-config"};
    struct smini_incident_transfer transfer = {.protocol = smini_span_text("tftp"), .type = smini_span_text("data")};
    cr_assert(count >= 8);
    transfer.place.capture = "t.pcap";
    transfer.place.packet = packet;
    transfer.place.time_ns = strtoull(words[1], NULL, 10) * 1000000000U;
    transfer.end_ns = transfer.place.time_ns + 1;
    transfer.flow_id = strtoull(words[2], NULL, 10);
    transfer.client = people_address(words[3][0]);
    transfer.server = people_address(words[3][2]);
    transfer.client_port = 40001;
    transfer.server_port = 69;
    transfer.state = transfer_state(words[4]);
    transfer.name = smini_span_text(strcmp(words[5], "-") == 0 ? "" : words[5]);
    transfer.to_server = words[6][0] == 's';
    transfer.size = strtoull(words[7], NULL, 10);
    transfer.has_digest = transfer.size > 0;
    for (int i = 8; i < count; i++) {
        if (words[i][0] == 'g')
            transfer.gap_bytes = strtoull(words[i] + 2, NULL, 10);
        else if (words[i][0] == 'd')
            memset(transfer.md5, atoi(words[i] + 2), sizeof(transfer.md5));
        else if (words[i][0] == 'y' || words[i][0] == 'p')
            *(words[i][0] == 'y' ? &transfer.type : &transfer.protocol) = smini_span_text(known_word(known, words[i] + 2));
        else
            transfer.ordered = (transfer.ordered_flow_id = strtoull(words[i] + 2, NULL, 10)) != 0;
    }
    return smini_incident_add_transfer(set, &transfer);
}

static int32_t feed_line(struct smini_incident_set *set, char *line)
{
    char *words[12];
    int count = 0;
    for (char *word = strsep(&line, " "); word; word = strsep(&line, " "))
        words[count++] = word;
    return words[0][0] == 'm'   ? add_message(set, words, count)
           : words[0][0] == 't' ? add_transfer(set, words, count)
                                : add_flow(set, words, count);
}

/* Lines of `text`, which is cut into them. */
static uint32_t cut_lines(char *text, char *lines[FEED_LINES_MAX])
{
    uint32_t count = 0;
    for (char *line = strsep(&text, "\n"); line; line = strsep(&text, "\n"))
        if (*line) {
            cr_assert(count < FEED_LINES_MAX);
            lines[count++] = line;
        }
    return count;
}

int32_t feed(struct smini_incident_set *set, const char *seen)
{
    char text[FEED_TEXT_MAX], *lines[FEED_LINES_MAX];
    int32_t worst = SMIN_OK;
    cr_assert(strlen(seen) < sizeof(text));
    strcpy(text, seen);
    uint32_t count = cut_lines(text, lines);
    for (uint32_t i = 0; i < count; i++) {
        packet = i + 1;
        int32_t status = feed_line(set, lines[i]);
        worst = status < worst ? status : worst;
    }
    return worst;
}

int32_t feed_mixed(struct smini_incident_set *set, const char *seen, uint32_t seed)
{
    static char text[FEED_TEXT_MAX], copy[FEED_TEXT_MAX];
    char *lines[FEED_LINES_MAX];
    uint32_t order[2 * FEED_LINES_MAX];
    int32_t worst = SMIN_OK;
    cr_assert(strlen(seen) < sizeof(text));
    strcpy(text, seen);
    uint32_t count = cut_lines(text, lines), fed = seed % 2 ? 2 * count : count;
    for (uint32_t i = 0; i < fed; i++)
        order[i] = i % count;
    for (uint32_t i = fed; i > 1; i--) {
        seed = seed * 1664525U + 1013904223U;
        uint32_t other = (seed >> 8) % i, kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    for (uint32_t i = 0; i < fed; i++) {
        packet = order[i] + 1;
        strcpy(copy, lines[order[i]]);
        int32_t status = feed_line(set, copy);
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

size_t feed_held_bytes;

static int32_t open_set(struct smini_alloc *alloc, const struct situation *situation, struct smini_incident_set **set)
{
    static struct smini_incident_network director, server;
    struct smini_incident_options options;
    smini_incident_options_default(&options);
    options.directors = &director;
    options.director_count = networks_of(situation->directors, &director);
    options.file_servers = &server;
    options.file_server_count = networks_of(situation->file_servers, &server);
    if (feed_held_bytes)
        options.held_bytes_max = feed_held_bytes;
    return smini_incident_new(set, alloc, &options);
}

int32_t feed_situation(struct smini_alloc *alloc, const struct situation *situation, struct smini_incident_set **set)
{
    int32_t status = open_set(alloc, situation, set);
    if (status != SMIN_OK)
        return status;
    status = feed(*set, situation->seen);
    int32_t last = smini_incident_finish(*set);
    return last < status ? last : status;
}

int32_t feed_situation_mixed(struct smini_alloc *alloc, const struct situation *situation, uint32_t seed,
                             struct smini_incident_set **set)
{
    int32_t status = open_set(alloc, situation, set);
    if (status == SMIN_OK)
        status = feed_mixed(*set, situation->seen, seed);
    return status == SMIN_OK ? smini_incident_finish(*set) : status;
}
