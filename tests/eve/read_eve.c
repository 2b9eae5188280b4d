/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Records in, devices and incidents out, as smin-replay writes them:
 *   read_eve [-d DIRECTOR]... [-f FILE-SERVER]... [-b BYTES] [-s] <RECORDS
 * -b: how much is read at once; -s: what was counted goes to standard error, with the most memory that was used.
 * Exit status 3: damaged lines, each named on standard error.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "incident/eve.h"
#include "tools/replay/tool.h"

enum { NETWORKS_MAX = 16, READ_MAX = 65536 };

struct networks {
    struct smini_incident_network items[NETWORKS_MAX];
    uint32_t count;
};

static void add_network(struct networks *networks, const char *text)
{
    if (networks->count == NETWORKS_MAX ||
        smini_incident_parse_network(smini_span_text(text), &networks->items[networks->count]) != SMIN_OK) {
        fprintf(stderr, "no network: %s\n", text);
        exit(2);
    }
    networks->count++;
}

static void on_problem(void *user, uint64_t line, int32_t status, const char *detail)
{
    (void)user;
    fprintf(stderr, "line %" PRIu64 ": %s: %s\n", line, smin_status_text(status), detail);
}

static int write_out(void *user, const uint8_t *bytes, size_t length)
{
    return fwrite(bytes, 1, length, user) == length ? 0 : -1;
}

static int32_t read_all(struct smini_eve *eve, size_t at_once)
{
    static uint8_t bytes[READ_MAX];
    int32_t status = SMIN_OK;
    size_t count;
    while (status == SMIN_OK && (count = fread(bytes, 1, at_once, stdin)) > 0)
        status = smini_eve_push(eve, smini_span_make(bytes, count));
    return status == SMIN_OK ? smini_eve_end(eve) : status;
}

static void print(const struct smini_incident_set *set, struct smini_alloc *alloc)
{
    struct smini_json_output output = {.write = write_out, .user = stdout};
    struct smini_json json;
    if (smini_json_init(&json, alloc, 0, &output) != SMIN_OK)
        exit(4);
    smini_report_records(&json, set);
    smini_json_flush(&json);
    smini_json_free(&json);
}

int main(int argc, char **argv)
{
    static struct networks directors, servers;
    struct smini_incident_options options;
    struct smini_incident_set *set;
    struct smini_alloc alloc;
    struct smini_eve eve;
    size_t at_once = READ_MAX;
    int option, statistics = 0;
    while ((option = getopt(argc, argv, "d:f:b:s")) != -1) {
        if (option == 'd' || option == 'f')
            add_network(option == 'd' ? &directors : &servers, optarg);
        else if (option == 'b')
            at_once = strtoul(optarg, NULL, 10);
        else if (option == 's')
            statistics = 1;
        else
            return 2;
    }
    if (at_once < 1 || at_once > READ_MAX)
        return 2;
    smini_alloc_init(&alloc, 0);
    smini_incident_options_default(&options);
    options.directors = directors.items;
    options.director_count = directors.count;
    options.file_servers = servers.items;
    options.file_server_count = servers.count;
    if (smini_incident_new(&set, &alloc, &options) != SMIN_OK)
        return 4;
    smini_eve_init(&eve, &alloc, set, "");
    eve.on_problem = on_problem;
    if (read_all(&eve, at_once) != SMIN_OK || smini_incident_finish(set) != SMIN_OK)
        return 4;
    print(set, &alloc);
    if (statistics)
        fprintf(stderr, "lines %" PRIu64 " facts %" PRIu64 " passed %" PRIu64 " malformed %" PRIu64 " too-long %" PRIu64
                " repeated %" PRIu64 " left-out %" PRIu64 " peak %zu\n", eve.counts.lines, eve.counts.facts,
                eve.counts.passed_over, eve.counts.malformed, eve.counts.too_long, smini_incident_repeated(set),
                smini_incident_left_out(set), (size_t)alloc.peak);
    bool damaged = eve.counts.malformed + eve.counts.too_long > 0;
    smini_eve_free(&eve);
    smini_incident_free(&set);
    return fflush(stdout) != 0 ? 4 : damaged ? 3 : alloc.used ? 4 : 0;
}
