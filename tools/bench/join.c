/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Facts of an imagined network, joined into incidents: usage: join facts|records few|many COUNT
 * facts: they are given to the join, and "COUNT INCIDENTS CPU-SECONDS PEAK-BYTES" is printed; records: they are printed
 * as JSON lines, for readers of such. few: they belong to as many incidents, however many they are; many: one backup
 * after the other is an act of its own.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "incident/incident.h"

/* A round of facts: a command, its flow, the file that moved, the report of the device, and the flow of that. */
enum { ROUND = 5, DEVICES = 200, ACTORS = 3 };

static const char command[] = "copy nvram:startup-config tftp://198.51.100.7/d";

struct maker {
    uint64_t step_ns; /* from round to round */
    uint64_t made;
    struct smini_incident_message message;
    struct smini_incident_flow flow;
    struct smini_incident_transfer transfer;
    struct smini_span event, text;
    char words[96], file[32];
};

static struct smini_incident_address address(uint32_t network, uint32_t host)
{
    struct smini_incident_address made = {.version = 4};
    uint32_t number = network + host;
    for (int i = 3; i >= 0; i--, number >>= 8)
        made.bytes[i] = (uint8_t)number;
    return made;
}

static void make_message(struct maker *maker, bool report, struct smini_incident_address actor,
                         struct smini_incident_address device, uint64_t time_ns)
{
    struct smini_incident_message *message = &maker->message;
    memset(message, 0, sizeof(*message));
    message->place = (struct smini_incident_place){"fleet", maker->made + 1, time_ns};
    message->flow_id = maker->made / ROUND * ROUND + (report ? 3 : 0) + 1;
    message->client = report ? device : actor;
    message->server = report ? actor : device;
    message->client_port = 40000;
    message->server_port = SMINI_INCIDENT_PORT;
    message->to_server = true;
    message->name = smini_span_text(report ? "backup_response" : "backup_request");
    message->has_status = report;
    message->status = 1;
    maker->event = smini_span_text(report ? "backup_confirmed" : "config_exfiltration");
    message->events = &maker->event;
    message->event_count = 1;
    maker->text = smini_span_text(maker->words);
    message->commands = &maker->text;
    message->command_count = report ? 0 : 1;
}

static void make_flow(struct maker *maker)
{
    const struct smini_incident_message *message = &maker->message;
    maker->flow = (struct smini_incident_flow){.place = message->place,
                                               .last_ns = message->place.time_ns + 1000000,
                                               .flow_id = message->flow_id,
                                               .client = message->client,
                                               .server = message->server,
                                               .client_port = message->client_port,
                                               .server_port = message->server_port,
                                               .facts = SMINI_INCIDENT_FLOW_ACCEPTED,
                                               .bytes = {1048, 0}};
}

static void make_transfer(struct maker *maker, struct smini_incident_address device, uint64_t time_ns)
{
    struct smini_incident_transfer *transfer = &maker->transfer;
    memset(transfer, 0, sizeof(*transfer));
    transfer->place = (struct smini_incident_place){"fleet", maker->made + 1, time_ns};
    transfer->end_ns = time_ns + 1000000;
    transfer->flow_id = maker->made + 1;
    transfer->client = device;
    transfer->server = address(0xc6336400, 7);
    transfer->client_port = 50000;
    transfer->server_port = 69;
    transfer->to_server = true;
    transfer->state = SMINI_TRANSFER_CLOSED;
    transfer->has_digest = true;
    transfer->size = 700;
    transfer->name = smini_span_text(maker->file);
    transfer->protocol = smini_span_text("tftp");
    transfer->type = smini_span_text("ios-config");
}

/* The next fact; gives its place in the round. */
static unsigned make(struct maker *maker)
{
    uint64_t round = maker->made / ROUND;
    unsigned place = (unsigned)(maker->made % ROUND);
    struct smini_incident_address device = address(0xc6120000, (uint32_t)(round % DEVICES));
    struct smini_incident_address actor = address(0xc0000200, (uint32_t)(round % ACTORS));
    uint64_t time_ns = 1767225600000000000 + round * maker->step_ns + place * 1000000;
    snprintf(maker->words, sizeof(maker->words), "%s%u.conf", command, (unsigned)(round % DEVICES));
    snprintf(maker->file, sizeof(maker->file), "d%u.conf", (unsigned)(round % DEVICES));
    switch (place) {
    case 0: make_message(maker, false, actor, device, time_ns); break;
    case 2: make_transfer(maker, device, time_ns); break;
    case 3: make_message(maker, true, actor, device, time_ns); break;
    default: make_flow(maker); break;
    }
    maker->made++;
    return place;
}

static void add(struct smini_incident_set *set, const struct maker *maker, unsigned place)
{
    if (place == 0 || place == 3)
        (void)smini_incident_add_message(set, &maker->message);
    else if (place == 2)
        (void)smini_incident_add_transfer(set, &maker->transfer);
    else
        (void)smini_incident_add_flow(set, &maker->flow);
}

/* --- records --- */

static void print_time(const char *key, uint64_t time_ns)
{
    time_t second = (time_t)(time_ns / 1000000000);
    struct tm parts;
    char text[32];
    gmtime_r(&second, &parts);
    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
    printf("\"%s\":\"%s.%06u+0000\"", key, text, (unsigned)(time_ns / 1000 % 1000000));
}

static void print_end(const char *key, const struct smini_incident_address *end, unsigned port)
{
    printf(",\"%s_ip\":\"%u.%u.%u.%u\",\"%s_port\":%u", key, end->bytes[0], end->bytes[1], end->bytes[2], end->bytes[3],
           key, port);
}

static void print_head(const char *type, uint64_t time_ns, uint64_t flow_id, uint64_t packet)
{
    printf("{");
    print_time("timestamp", time_ns);
    printf(",\"flow_id\":%" PRIu64 ",\"pcap_filename\":\"fleet\",\"pcap_cnt\":%" PRIu64 ",\"event_type\":\"%s\"", flow_id,
           packet, type);
}

static void print_message(const struct smini_incident_message *message)
{
    print_head("smin", message->place.time_ns, message->flow_id, message->place.packet);
    print_end("src", &message->client, message->client_port);
    print_end("dest", &message->server, message->server_port);
    printf(",\"proto\":\"TCP\",\"smin\":{\"direction\":\"to_server\",\"offset\":0,\"complete\":true,\"name\":\"%.*s\"",
           (int)message->name.length, (const char *)message->name.bytes);
    if (message->has_status)
        printf(",\"status\":%" PRIu64, message->status);
    else
        printf(",\"commands\":[\"%.*s\"]", (int)message->commands[0].length, (const char *)message->commands[0].bytes);
    printf(",\"events\":[\"%.*s\"]}}\n", (int)message->events[0].length, (const char *)message->events[0].bytes);
}

static void print_flow(const struct smini_incident_flow *flow)
{
    print_head("flow", flow->last_ns, flow->flow_id, flow->place.packet);
    print_end("src", &flow->client, flow->client_port);
    print_end("dest", &flow->server, flow->server_port);
    printf(",\"proto\":\"TCP\",\"flow\":{");
    print_time("start", flow->place.time_ns);
    printf(",");
    print_time("end", flow->last_ns);
    printf(",\"state\":\"closed\",\"reason\":\"shutdown\",\"stream_bytes_toserver\":1048,\"stream_bytes_toclient\":0,"
           "\"gap_bytes_toserver\":0,\"gap_bytes_toclient\":0,\"facts\":[\"syn\",\"syn_ack\"]}}\n");
}

static void print_transfer(const struct smini_incident_transfer *transfer)
{
    print_head("fileinfo", transfer->end_ns, transfer->flow_id, transfer->place.packet);
    print_end("src", &transfer->client, transfer->client_port);
    print_end("dest", &transfer->server, transfer->server_port);
    printf(",\"proto\":\"UDP\",\"fileinfo\":{\"filename\":\"%.*s\",\"gaps\":false,\"state\":\"CLOSED\",\"sha256\":\"%064d\","
           "\"size\":700,\"protocol\":\"tftp\",\"direction\":\"to_server\",\"type\":\"ios-config\",",
           (int)transfer->name.length, (const char *)transfer->name.bytes, 0);
    print_time("start", transfer->place.time_ns);
    printf("}}\n");
}

static void print_fact(const struct maker *maker, unsigned place)
{
    if (place == 0 || place == 3)
        print_message(&maker->message);
    else if (place == 2)
        print_transfer(&maker->transfer);
    else
        print_flow(&maker->flow);
}

static int join(struct maker *maker, uint64_t count)
{
    struct smini_incident_options options;
    struct smini_incident_set *set;
    struct smini_alloc alloc;
    uint32_t incidents = 0;
    clock_t start = clock();
    smini_alloc_init(&alloc, 0);
    smini_incident_options_default(&options);
    if (smini_incident_new(&set, &alloc, &options) != SMIN_OK)
        return 1;
    while (maker->made < count) {
        unsigned place = make(maker);
        add(set, maker, place);
    }
    if (smini_incident_finish(set) != SMIN_OK)
        return 1;
    while (smini_incident_get(set, incidents))
        incidents++;
    printf("%" PRIu64 " %u %.3f %zu\n", count, incidents, (double)(clock() - start) / CLOCKS_PER_SEC, alloc.peak);
    smini_incident_free(&set);
    return 0;
}

int main(int argc, char **argv)
{
    static struct maker maker;
    bool facts = argc == 4 && strcmp(argv[1], "facts") == 0, many = argc == 4 && strcmp(argv[2], "many") == 0;
    uint64_t count = argc == 4 ? strtoull(argv[3], NULL, 10) : 0;
    if (count == 0 || (!facts && strcmp(argv[1], "records") != 0) || (!many && strcmp(argv[2], "few") != 0)) {
        fputs("usage: join facts|records few|many COUNT\n", stderr);
        return 2;
    }
    maker.step_ns = many ? 4000000000 : 10000000;
    if (facts)
        return join(&maker, count);
    while (maker.made < count) {
        unsigned place = make(&maker);
        print_fact(&maker, place);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
