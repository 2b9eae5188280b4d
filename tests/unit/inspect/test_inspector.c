/* SPDX-License-Identifier: BSD-2-Clause */
#include "abi_log.h"
#include "smin/inspector.h"

#include <criterion/criterion.h>
#include <string.h>

static const uint8_t probe[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0};
static const uint8_t answer[] = {0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0};

/* A download-config command for `url`; `declared` is the length word. Returns its bytes on the wire. */
static size_t download_config(uint8_t *out, const char *url, uint32_t declared)
{
    static const uint8_t head[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 3};
    enum { URL_AT = 180, TOTAL = 312 };
    memset(out, 0, TOTAL);
    memcpy(out, head, sizeof(head));
    out[14] = (uint8_t)(declared >> 8);
    out[15] = (uint8_t)declared;
    out[31] = 2;
    memcpy(out + URL_AT, url, strlen(url));
    return TOTAL;
}

static bool logged(const struct abi_log *log, const char *text)
{
    return strstr(log->text, text) != NULL;
}

Test(inspector, a_probe_and_its_answer_are_delivered_as_messages)
{
    static struct abi_log log;
    abi_log_begin(&log, NULL, NULL, 0);
    abi_log_flow(&log, 4786, 0);
    cr_expect_eq(abi_log_feed(&log, 0, 0, probe, sizeof(probe)).status, SMIN_OK);
    cr_expect_eq(abi_log_feed(&log, 1, 0, answer, sizeof(answer)).status, SMIN_OK);
    cr_expect(logged(&log, "1/0 id=3 0+24 flags=1"));
    cr_expect(logged(&log, "1/1 id=9 0+24 flags=1"));
    abi_log_finish(&log);
}

Test(inspector, a_url_that_points_elsewhere_than_its_sender_is_an_event)
{
    static struct abi_log log;
    uint8_t bytes[312];
    abi_log_begin(&log, NULL, NULL, 0);
    abi_log_flow(&log, 4786, 0);
    size_t length = download_config(bytes, "tftp://198.51.100.7/my.conf", 296);
    (void)abi_log_feed(&log, 0, 0, bytes, length);
    cr_expect_not(logged(&log, " e45@"));
    length = download_config(bytes, "tftp://203.0.113.5/my.conf", 296);
    (void)abi_log_feed(&log, 0, length, bytes, length);
    cr_expect(logged(&log, " e45@"));
    abi_log_finish(&log);
}

Test(inspector, one_message_raises_a_signature_once)
{
    static struct abi_log log;
    static const char rules[] = "alert smin any any -> any any (msg:\"config\"; smin.type:3; sid:1;)\n"
                                "alert tcp any any -> any 4786 (msg:\"url\"; flow:established,to_server; content:\"tftp|3a|//\"; sid:2;)\n";
    uint8_t bytes[312];
    abi_log_begin(&log, rules, NULL, 0);
    abi_log_flow(&log, 4786, 0);
    size_t length = download_config(bytes, "tftp://198.51.100.7/my.conf", 296);
    (void)abi_log_feed(&log, 0, 0, bytes, length);
    (void)abi_log_end(&log, 0, length);
    const char *first = strstr(log.text, "ALERT1");
    cr_assert(first);
    cr_expect_null(strstr(first + 1, "ALERT1"), "%s", log.text);
    const char *second = strstr(log.text, "ALERT2");
    cr_assert(second, "%s", log.text);
    cr_expect_null(strstr(second + 1, "ALERT2"), "%s", log.text);
    abi_log_finish(&log);
}

Test(inspector, a_trailer_does_not_repeat_the_alerts_of_its_message)
{
    static struct abi_log log;
    uint8_t bytes[312];
    abi_log_begin(&log, "alert smin any any -> any any (msg:\"config\"; smin.type:3; sid:1;)", NULL, 0);
    abi_log_flow(&log, 4786, 0);
    size_t length = download_config(bytes, "tftp://198.51.100.7/my.conf", 100);
    (void)abi_log_feed(&log, 0, 0, bytes, length);
    (void)abi_log_end(&log, 0, length);
    cr_expect(logged(&log, "2/0 id=2 116+196"), "%s", log.text);
    const char *first = strstr(log.text, "ALERT1");
    cr_assert(first);
    cr_expect_null(strstr(first + 1, "ALERT1"), "%s", log.text);
    abi_log_finish(&log);
}

static const char stream_rules[] =
    "alert tcp any any -> any any (msg:\"across\"; content:\"begin-of-it\"; content:\"end-of-it\"; distance:0; sid:3;)\n"
    "alert smin any any -> any any (msg:\"probe\"; smin.type:4; sid:4;)\n";

/* Loose text, a probe, more loose text: more than the loose bytes that are kept, so that every path is taken. */
static size_t mixed_stream(uint8_t *out)
{
    size_t length = 0;
    memcpy(out + length, "begin-of-it", 11);
    length += 11;
    for (int i = 0; i < 9000; i++)
        out[length++] = (uint8_t)('a' + i % 7);
    memcpy(out + length, probe, sizeof(probe));
    length += sizeof(probe);
    for (int i = 0; i < 7000; i++)
        out[length++] = (uint8_t)('k' + i % 5);
    memcpy(out + length, "end-of-it", 9);
    return length + 9;
}

static void run_in_pieces(struct abi_log *log, const uint8_t *bytes, size_t length, size_t piece)
{
    abi_log_begin(log, stream_rules, NULL, 0);
    abi_log_flow(log, 4786, 0);
    for (size_t at = 0; at < length; at += piece) {
        size_t size = length - at < piece ? length - at : piece;
        cr_assert_eq(abi_log_feed(log, 0, at, bytes + at, size).status, SMIN_OK);
    }
    (void)abi_log_end(log, 0, length);
}

Test(inspector, loose_bytes_are_judged_alike_however_they_are_cut)
{
    static struct abi_log whole, cut;
    static uint8_t bytes[32768];
    static const size_t pieces[] = {1, 3, 16, 17, 1460, 4096, 6144, 12287, 12288, 12289};
    size_t length = mixed_stream(bytes);
    run_in_pieces(&whole, bytes, length, length);
    cr_expect(logged(&whole, "ALERT3"), "%s", whole.text);
    cr_expect(logged(&whole, "ALERT4"), "%s", whole.text);
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        run_in_pieces(&cut, bytes, length, pieces[i]);
        cr_expect_str_eq(cut.text, whole.text, "pieces of %zu", pieces[i]);
        abi_log_finish(&cut);
    }
    abi_log_finish(&whole);
}

Test(inspector, plain_tcp_rules_make_probe_want_any_port)
{
    static struct abi_log log;
    struct smin_flow_info info = {.struct_size = sizeof(info), .ip_version = 4, .client_port = 9, .server_port = 80};
    struct smin_input input = {.struct_size = sizeof(input), .bytes = (const uint8_t *)"GET /", .length = 5};
    abi_log_begin(&log, "alert smin any any -> any any (msg:\"m\"; smin.type:3; sid:1;)", NULL, 0);
    cr_expect_eq(smin_inspector_builtin()->probe(log.thread, &info, &input), SMIN_PROBE_NO);
    abi_log_finish(&log);
    abi_log_begin(&log, "alert tcp any any -> any 80 (msg:\"m\"; content:\"x\"; sid:1;)", NULL, 0);
    cr_expect_eq(smin_inspector_builtin()->probe(log.thread, &info, &input), SMIN_PROBE_YES);
    info.server_port = 81;
    cr_expect_eq(smin_inspector_builtin()->probe(log.thread, &info, &input), SMIN_PROBE_NO);
    abi_log_finish(&log);
}

static void feed_inside(struct abi_log *log)
{
    log->inside_status = abi_log_feed(log, 0, 24, probe, sizeof(probe)).status;
}

Test(inspector, calling_back_into_the_same_flow_is_misuse)
{
    static struct abi_log log;
    abi_log_begin(&log, NULL, NULL, 0);
    abi_log_flow(&log, 4786, 0);
    log.inside = feed_inside;
    cr_expect_eq(abi_log_feed(&log, 0, 0, probe, sizeof(probe)).status, SMIN_OK);
    cr_expect_eq(log.inside_status, SMIN_E_MISUSE);
    log.inside = NULL;
    abi_log_finish(&log);
}

Test(inspector, arguments_against_the_contract_are_misuse_and_change_nothing)
{
    static struct abi_log log;
    abi_log_begin(&log, NULL, NULL, 0);
    abi_log_flow(&log, 4786, 0);
    cr_expect_eq(abi_log_feed(&log, 2, 0, probe, sizeof(probe)).status, SMIN_E_MISUSE);
    cr_expect_eq(abi_log_feed(&log, 0, 0, NULL, 5).status, SMIN_E_MISUSE);
    cr_expect_eq(abi_log_feed(&log, 0, UINT64_MAX, probe, 2).status, SMIN_E_MISUSE);
    cr_expect_eq(smin_inspector_builtin()->feed(log.thread, log.flow, NULL).status, SMIN_E_MISUSE);
    cr_expect_eq(abi_log_feed(&log, 0, 0, probe, sizeof(probe)).status, SMIN_OK);
    cr_expect(logged(&log, "1/0 id=3"));
    abi_log_finish(&log);
}

Test(inspector, an_ended_direction_takes_nothing_more)
{
    static struct abi_log log;
    abi_log_begin(&log, NULL, NULL, 0);
    abi_log_flow(&log, 4786, 0);
    (void)abi_log_feed(&log, 0, 0, probe, 20);
    cr_expect_eq(abi_log_end(&log, 0, 20).status, SMIN_OK);
    cr_expect(logged(&log, "1/0 id=3 0+20 flags=0"), "%s", log.text);
    size_t length = log.length;
    cr_expect_eq(abi_log_end(&log, 0, 20).status, SMIN_DONE);
    cr_expect_eq(abi_log_feed(&log, 0, 20, probe, sizeof(probe)).status, SMIN_DONE);
    cr_expect_eq(abi_log_gap(&log, 0, 20, 5).status, SMIN_DONE);
    cr_expect_eq(log.length, length);
    abi_log_finish(&log);
}

struct setting_case {
    const char *name, *value;
    int32_t status;
};

static const struct setting_case setting_cases[] = {
    {"limit.message_bytes", "4096", SMIN_OK},
    {"limit.message_bytes", "100", SMIN_E_MISUSE},
    {"limit.message_bytes", "99999999999999999999", SMIN_E_MISUSE},
    {"limit.message_bytes", "", SMIN_E_MISUSE},
    {"limit.message_bytes", "4096 ", SMIN_E_MISUSE},
    {"limit.message_bytes", "-1", SMIN_E_MISUSE},
    {"limit.holes", "0", SMIN_OK},
    {"limit.thread_bytes", "100000000", SMIN_OK},
    {"matcher", "plain", SMIN_OK},
    {"matcher", "auto", SMIN_OK},
    {"matcher", "fast", SMIN_E_MISUSE},
    {"rule_profile", "on", SMIN_OK},
    {"rule_profile", "off", SMIN_OK},
    {"rule_profile", "1", SMIN_E_MISUSE},
    {"limit.nothing", "1", SMIN_E_NOT_FOUND},
};

Test(inspector, tells_what_a_rule_cost_when_it_was_asked_to_count)
{
    static const struct smin_setting on = {"rule_profile", "on"};
    const struct smin_ext_rules *rules = smin_inspector_builtin()->extension(SMIN_EXT_RULES);
    for (uint32_t counted = 0; counted < 2; counted++) {
        static struct abi_log log;
        struct smin_rule_cost cost = {.struct_size = sizeof(cost)};
        abi_log_begin(&log, "alert smin any any -> any any (smin.type:4; sid:1;)", counted ? &on : NULL, counted);
        abi_log_flow(&log, 4786, SMIN_FLOW_ESTABLISHED);
        (void)abi_log_feed(&log, SMIN_TO_SERVER, 0, probe, sizeof(probe));
        cr_expect_eq(rules->cost(log.thread, 0, &cost), counted ? SMIN_OK : SMIN_E_NOT_FOUND);
        cr_expect_eq(cost.matches, counted);
        cr_expect_eq(rules->cost(log.thread, 1, &cost), SMIN_E_NOT_FOUND);
        cr_expect_eq(rules->cost(NULL, 0, &cost), SMIN_E_MISUSE);
        cost.struct_size = 8;
        cr_expect_eq(rules->cost(log.thread, 0, &cost), SMIN_E_MISUSE);
        abi_log_finish(&log);
    }
}

Test(inspector, settings_are_taken_within_bounds_or_refused_by_name)
{
    static struct abi_log log;
    abi_log_begin(&log, NULL, NULL, 0);
    for (size_t i = 0; i < sizeof(setting_cases) / sizeof(setting_cases[0]); i++) {
        struct smin_setting setting = {setting_cases[i].name, setting_cases[i].value};
        struct smin_config config = {.struct_size = sizeof(config), .setting_count = 1, .settings = &setting};
        struct smin_instance *instance = NULL;
        int32_t status = smin_inspector_builtin()->instance_new(&log.host, &config, &instance);
        cr_expect_eq(status, setting_cases[i].status, "%s=%s", setting.name, setting.value);
        cr_expect_eq(instance != NULL, status == SMIN_OK);
        smin_inspector_builtin()->instance_free(instance);
    }
    abi_log_finish(&log);
}

Test(inspector, the_extensions_answer_without_a_flow)
{
    static struct abi_log log;
    abi_log_begin(&log, NULL, NULL, 0);
    const struct smin_inspector *inspector = smin_inspector_builtin();
    const struct smin_ext_frame *frame = inspector->extension(SMIN_EXT_FRAME);
    const struct smin_ext_message *message = inspector->extension(SMIN_EXT_MESSAGE);
    const struct smin_ext_stats *stats = inspector->extension(SMIN_EXT_STATS);
    cr_assert(frame && message && stats);
    cr_expect_null(inspector->extension("smin.nothing/1"));
    uint64_t total = 0;
    cr_expect_eq(frame->need(probe, 16, &total), SMIN_OK);
    cr_expect_eq(total, 24);
    cr_expect_eq(frame->need((const uint8_t *)"GET / HTTP/1.1\r\n", 16, &total), SMIN_E_MALFORMED);
    struct smin_input input = {.struct_size = sizeof(input), .bytes = probe, .length = sizeof(probe)};
    cr_expect_eq(message->decode(log.thread, &input, &log), SMIN_OK);
    cr_expect(logged(&log, "1/0 id=3 0+24"));
    struct smin_stats counters = {.struct_size = sizeof(counters)};
    cr_expect_eq(stats->get(log.thread, &counters), SMIN_OK);
    cr_expect_eq(counters.messages, 1);
    struct smin_stats older = {.struct_size = (uint32_t)offsetof(struct smin_stats, events)};
    cr_expect_eq(stats->get(log.thread, &older), SMIN_OK);
    cr_expect_eq(older.messages, 1);
    cr_expect_eq(older.events, 0);
    older.struct_size = 4;
    cr_expect_eq(stats->get(log.thread, &older), SMIN_E_MISUSE);
    abi_log_finish(&log);
}
