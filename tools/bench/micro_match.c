/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-micro-match RULES: what matching adds to decoding, against a bare scan
 * of the same messages for texts as the rules name them. Prints "GOAL VALUE
 * LIMIT TEXT".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/micro.h"
#include "match/scan.h"
#include "smin/abi_ext.h"
#include "smin/inspector.h"

enum { CACHED_BYTES = 512 * 1024, RULES_MAX = 1 << 20 };

static const char *const texts[] = {"tftp://", "ftp://", "http://", "https://", "scp://", "copy ", "configure ",
                                    "tftp-server", "username ", "redirect", "archive", "more ", "delete ", "reload",
                                    "running-config", "startup-config", "flash:", "nvram:", "system:", ".rev2"};

struct scan {
    const struct micro_messages *messages;
    struct smini_scanner *scanner;
    struct smini_scan_scratch scratch;
};

struct feed {
    const struct micro_messages *messages;
    const struct smin_inspector *inspector;
    struct smin_thread *thread;
    uint64_t delivered;
};

static void fail(const char *what)
{
    fprintf(stderr, "micro_match: %s failed\n", what);
    exit(1);
}

static void *host_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void host_release(void *user, void *memory, size_t size)
{
    (void)user;
    (void)size;
    free(memory);
}

static void host_output(void *user, void *flow_user, const struct smin_output *output)
{
    (void)user;
    (void)output;
    ++((struct feed *)flow_user)->delivered;
}

static const struct smin_host host = {.struct_size = sizeof host,
                                      .abi_major = SMIN_ABI_MAJOR,
                                      .abi_minor = SMIN_ABI_MINOR,
                                      .name = "micro_match",
                                      .alloc = host_alloc,
                                      .release = host_release,
                                      .on_output = host_output};

/* One flow from its first byte to its end, a message per call. */
static void feed_all(void *user)
{
    struct feed *feed = user;
    const struct micro_messages *messages = feed->messages;
    struct smin_flow_info info = {.struct_size = sizeof info,
                                  .ip_version = 4,
                                  .protocol = 6,
                                  .flags = SMIN_FLOW_ESTABLISHED,
                                  .client_port = 40000,
                                  .server_port = 4786};
    struct smin_input input = {.struct_size = sizeof input,
                               .direction = SMIN_TO_SERVER,
                               .flow_flags = SMIN_FLOW_ESTABLISHED};
    struct smin_flow *flow;
    feed->delivered = 0;
    if (feed->inspector->flow_new(feed->thread, &info, feed, &flow) != SMIN_OK)
        fail("flow_new");
    for (size_t i = 0; i < messages->count; i++) {
        input.offset = messages->starts[i];
        input.bytes = messages->bytes + messages->starts[i];
        input.length = messages->starts[i + 1] - messages->starts[i];
        if (feed->inspector->feed(feed->thread, flow, &input).status < 0)
            fail("feed");
    }
    feed->inspector->flow_free(feed->thread, flow);
}

static double time_inspector(const struct micro_messages *messages, const struct smin_rule_text *rules,
                             struct smin_stats *stats)
{
    const struct smin_inspector *inspector = smin_inspector_builtin();
    struct smin_config config = {
        .struct_size = sizeof config, .rule_text_count = rules ? 1 : 0, .rule_texts = rules};
    struct feed feed = {.messages = messages, .inspector = inspector};
    struct smin_instance *instance;
    if (inspector->instance_new(&host, &config, &instance) != SMIN_OK)
        fail("instance_new");
    if (inspector->thread_new(instance, &feed.thread) != SMIN_OK)
        fail("thread_new");
    double time = micro_time(feed_all, &feed);
    if (feed.delivered < messages->count)
        fail("delivering every message");
    const struct smin_ext_stats *extension = inspector->extension(SMIN_EXT_STATS);
    stats->struct_size = sizeof *stats;
    if (!extension || extension->get(feed.thread, stats) != SMIN_OK)
        fail("smin.stats/1");
    inspector->thread_free(feed.thread);
    inspector->instance_free(instance);
    return time;
}

static void ignore_hit(void *user, uint32_t literal)
{
    (void)user;
    (void)literal;
}

static void scan_all(void *user)
{
    struct scan *scan = user;
    const struct micro_messages *messages = scan->messages;
    for (size_t i = 0; i < messages->count; i++)
        if (smini_scan(scan->scanner, &scan->scratch,
                       smini_span_make(messages->bytes + messages->starts[i],
                                       messages->starts[i + 1] - messages->starts[i]),
                       ignore_hit, NULL) != SMIN_OK)
            fail("the bare scan");
}

static double time_scan(const struct micro_messages *messages)
{
    enum { COUNT = sizeof texts / sizeof *texts };
    struct smini_pattern patterns[COUNT];
    struct scan scan = {.messages = messages};
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    for (size_t i = 0; i < COUNT; i++)
        patterns[i] = (struct smini_pattern){.literal = {.bytes = smini_span_text(texts[i]), .nocase = true}};
    if (smini_scanner_new(&alloc, patterns, COUNT, false, true, NULL, &scan.scanner) != SMIN_OK ||
        smini_scan_prepare(scan.scanner, &scan.scratch) != SMIN_OK)
        fail("compiling");
    double time = micro_time(scan_all, &scan);
    smini_scan_release(&scan.scratch);
    smini_scanner_free(scan.scanner);
    return time;
}

static char *read_file(const char *path, size_t *length)
{
    char *text = malloc(RULES_MAX);
    FILE *file = fopen(path, "rb");
    if (!text || !file)
        fail("reading the rules");
    *length = fread(text, 1, RULES_MAX, file);
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    struct micro_messages messages;
    struct smin_stats stats = {0};
    size_t length;
    if (argc != 2) {
        fputs("usage: bench-micro-match RULES\n", stderr);
        return 2;
    }
    char *text = read_file(argv[1], &length);
    struct smin_rule_text rules = {.name = argv[1], .text = text, .length = length};
    micro_messages_make(&messages, CACHED_BYTES);
    double count = (double)messages.count;
    double bare = time_inspector(&messages, NULL, &stats);
    double full = time_inspector(&messages, &rules, &stats);
    double scan = time_scan(&messages);
    double runs = (double)stats.messages / count;
    printf("14 %.2f 1.25 matching / bare scan of the same bytes (%.0f / %.0f ns per message)\n", (full - bare) / scan,
           (full - bare) / count, scan / count);
    printf("14 %.3f 1.00 bytes scanned / bytes of all messages\n",
           (double)stats.scanned_bytes / runs / (double)messages.length);
    micro_messages_free(&messages);
    free(text);
    return 0;
}
