/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-count < RECORDS: how many messages of each kind, packets and flows the
 * records of smin-replay speak of, in the words of the generator's truth file.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bench/truth.h"

enum { SMI_PORT = 4786, DEPTH_MAX = 8, TEXT_MAX = 64 };

/* Where the scanner stands in a record, and what it has seen of it. */
struct record {
    char path[DEPTH_MAX][TEXT_MAX]; /* key at each depth, outermost at 1 */
    int depth;
    char event_type[TEXT_MAX];
    char kind[TEXT_MAX];
    uint64_t from, type, source_port, destination_port;
    int incomplete;
};

struct totals {
    struct bench_truth truth;
    uint64_t incomplete;
    uint64_t alerts;
    uint64_t anomalies;
};

static int path_is(const struct record *record, const char *first, const char *second, const char *third)
{
    int depth = third ? 3 : second ? 2 : 1;
    return record->depth == depth && strcmp(record->path[1], first) == 0 &&
           (!second || strcmp(record->path[2], second) == 0) && (!third || strcmp(record->path[3], third) == 0);
}

static void take_value(struct record *record, struct totals *totals, const char *text)
{
    uint64_t number = strtoull(text, NULL, 10);
    if (path_is(record, "event_type", NULL, NULL))
        snprintf(record->event_type, sizeof record->event_type, "%s", text);
    else if (path_is(record, "src_port", NULL, NULL))
        record->source_port = number;
    else if (path_is(record, "dest_port", NULL, NULL))
        record->destination_port = number;
    else if (path_is(record, "smin", "from", NULL))
        record->from = number;
    else if (path_is(record, "smin", "type", NULL))
        record->type = number;
    else if (path_is(record, "smin", "kind", NULL))
        snprintf(record->kind, sizeof record->kind, "%s", text);
    else if (path_is(record, "smin", "complete", NULL))
        record->incomplete = strcmp(text, "true") != 0;
    else if (path_is(record, "stats", "decoder", "pkts"))
        totals->truth.packets += number;
    else if (path_is(record, "stats", "flow", "tcp"))
        totals->truth.tcp_flows += number;
    else if (path_is(record, "stats", "flow", "udp"))
        totals->truth.udp_flows += number;
}

/* Copies the string that begins behind the quote at `at`; returns what follows its end. */
static const char *read_string(const char *at, char *text)
{
    size_t length = 0;
    for (; *at && *at != '"'; at++) {
        if (*at == '\\' && at[1])
            at++;
        if (length + 1 < TEXT_MAX)
            text[length++] = *at;
    }
    text[length] = '\0';
    return *at ? at + 1 : at;
}

static const char *read_word(const char *at, char *text)
{
    size_t length = strcspn(at, ",}] \n");
    snprintf(text, TEXT_MAX, "%.*s", (int)(length < TEXT_MAX ? length : TEXT_MAX - 1), at);
    return at + length;
}

/* 0, or -1 when the line is no record that this scanner follows. */
static int scan_line(const char *at, struct record *record, struct totals *totals)
{
    char text[TEXT_MAX];
    memset(record, 0, sizeof *record);
    while (*at && *at != '\n') {
        if (*at == '{' || *at == '[') {
            if (++record->depth == DEPTH_MAX)
                return -1;
            record->path[record->depth][0] = '\0';
            at++;
        } else if (*at == '}' || *at == ']') {
            record->depth--;
            at++;
        } else if (*at == '"') {
            at = read_string(at + 1, text);
            if (*at == ':')
                memcpy(record->path[record->depth], text, sizeof text);
            else
                take_value(record, totals, text);
        } else if (*at == ',' || *at == ':' || *at == ' ') {
            at++;
        } else {
            at = read_word(at, text);
            take_value(record, totals, text);
        }
        if (record->depth < 0)
            return -1;
    }
    return record->depth == 0 ? 0 : -1;
}

static void count_record(const struct record *record, struct totals *totals)
{
    totals->alerts += strcmp(record->event_type, "alert") == 0;
    totals->anomalies += strcmp(record->event_type, "anomaly") == 0;
    if (strcmp(record->event_type, "smin") != 0 || record->kind[0])
        return;
    int port = record->source_port != SMI_PORT && record->destination_port != SMI_PORT;
    totals->incomplete += (uint64_t)record->incomplete;
    if (record->from < BENCH_ROLES && record->type < BENCH_TYPES)
        totals->truth.messages[record->from][record->type][port]++;
}

int main(void)
{
    struct totals totals = {0};
    struct record record;
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        if (scan_line(line, &record, &totals) != 0) {
            fprintf(stderr, "bench-count: no record: %.200s\n", line);
            return 1;
        }
        count_record(&record, &totals);
    }
    free(line);
    bench_truth_print_messages(&totals.truth, stdout);
    printf("tcp_flows %" PRIu64 "\nudp_flows %" PRIu64 "\npackets %" PRIu64 "\n", totals.truth.tcp_flows,
           totals.truth.udp_flows, totals.truth.packets);
    printf("incomplete %" PRIu64 "\nalerts %" PRIu64 "\nanomalies %" PRIu64 "\n", totals.incomplete, totals.alerts,
           totals.anomalies);
    return 0;
}
