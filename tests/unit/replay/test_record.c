/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "replay/record.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"

/* An inspector of a made-up protocol: whatever is written comes from its tables. */
static const struct smin_field_desc fields[] = {
    {1, SMIN_TYPE_NUMBER, "toy.kind", "kind_number", "a number"},
    {2, SMIN_TYPE_TEXT, "toy.word", "words[]", "a word"},
    {3, SMIN_TYPE_BOOL, "toy.now", "when.now", "a flag"},
    {4, SMIN_TYPE_NUMBER, "toy.hours", "when.hours", "a number"},
    {5, SMIN_TYPE_NUMBER, "toy.item_type", "items[].type", "a number"},
    {6, SMIN_TYPE_NUMBER, "toy.item_size", "items[].size", "a number"},
    {7, SMIN_TYPE_MAC, "toy.mac", "mac", "an address"},
    {8, SMIN_TYPE_DIGEST, "toy.digest", "digest", "a digest"},
    {9, SMIN_TYPE_IPV4, "toy.address", "address", "an address"},
    {10, SMIN_TYPE_BYTES, "toy.body", NULL, "not printed"},
};
static const struct smin_event_desc events[] = {
    {1, SMIN_SEVERITY_INFO, "noted", "worth a note", NULL},
    {2, SMIN_SEVERITY_LOW, "odd", "a little odd", NULL},
    {3, SMIN_SEVERITY_CRITICAL, "overflow", "too long", "CVE-2018-0171"},
    {4, SMIN_SEVERITY_CRITICAL, "asked_for_much", "a verdict", "cisco-sa-20170214-smi"},
};
static const struct smin_message_desc messages[] = {{1, SMIN_TO_SERVER, "hello", "a greeting"}};
static const struct smin_inspector toy = {
    .struct_size = sizeof(toy),
    .id = "test.toy",
    .name = "toy",
    .fields = fields,
    .events = events,
    .messages = messages,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .event_count = sizeof(events) / sizeof(events[0]),
    .message_count = 1,
    .field_stride = sizeof(struct smin_field_desc),
    .event_stride = sizeof(struct smin_event_desc),
    .message_stride = sizeof(struct smin_message_desc),
};
static const struct smin_inspector *const inspectors[] = {&toy};

static const struct smin_field sample_fields[] = {
    {.id = 10, .bytes = (const uint8_t *)"body", .length = 4, .size = 4},
    {.id = 1, .number = 7},
    {.id = 5, .number = 1, .flags = SMIN_FIELD_NEW_ITEM},
    {.id = 6, .number = 20},
    {.id = 2, .bytes = (const uint8_t *)"first", .size = 5},
    {.id = 5, .number = 3, .flags = SMIN_FIELD_NEW_ITEM},
    {.id = 6, .number = 1012},
    {.id = 2, .bytes = (const uint8_t *)"se\x01\xff", .size = 4},
    {.id = 4, .number = 23},
    {.id = 3, .number = 1},
    {.id = 7, .bytes = (const uint8_t *)"\xfc\x99\x47\x37\x86\x60", .size = 6},
    {.id = 8, .bytes = (const uint8_t *)"\xde\xad", .size = 2},
    {.id = 9, .bytes = (const uint8_t *)"\xc0\x00\x02\x0a", .size = 4},
    {.id = 99, .number = 1},
};
static const struct smin_event sample_events[] = {
    {.id = 2, .offset = 4, .number = 5}, {.id = 3, .offset = 16, .number = 224}, {.id = 4}, {.id = 77}};
static const struct smin_message sample_message = {
    .struct_size = sizeof(struct smin_message),
    .kind = SMIN_KIND_MESSAGE,
    .id = 1,
    .direction = SMIN_TO_SERVER,
    .flags = SMIN_MESSAGE_COMPLETE,
    .field_count = sizeof(sample_fields) / sizeof(sample_fields[0]),
    .field_stride = sizeof(struct smin_field),
    .event_stride = sizeof(struct smin_event),
    .number = 2,
    .offset = 100,
    .length = 24,
    .fields = sample_fields,
    .events = sample_events,
    .bytes = (const uint8_t *)"ABCDEFGHIJKLMNOPQRSTUVWX",
    .size = 24,
};
static const struct smini_tunnel tunnel = {
    .kind = SMINI_TUNNEL_VXLAN, .ip_version = 4, .id = 42, .source = {10, 0, 0, 1}, .destination = {10, 0, 0, 2}};
static struct smini_flow_view sample_flow = {
    .flow_id = 9007199254740991U,
    .ip_version = 4,
    .protocol = 6,
    .client_port = 1122,
    .server_port = 3344,
    .client_address = {1, 2, 3, 4},
    .server_address = {5, 6, 7, 8},
    .first_ns = 1767323045000000000U,
    .last_ns = 1767323047500000000U,
    .first_packet = 3,
    .facts = SMINI_FLOW_SYN | SMINI_FLOW_GAP,
    .tcp_flags = {0x02, 0x12},
    .packets = {3, 2},
    .wire_bytes = {300, 200},
    .stream_bytes = {24, 0},
    .gap_bytes = {0, 9},
    .messages = 1,
    .state = "closed",
    .reason = "shutdown",
};

struct page {
    char bytes[1 << 15];
    size_t length;
};

static int keep(void *user, const uint8_t *bytes, size_t length)
{
    struct page *page = user;
    cr_assert(page->length + length < sizeof(page->bytes));
    memcpy(page->bytes + page->length, bytes, length);
    page->length += length;
    page->bytes[page->length] = 0;
    return 0;
}

static struct page page;
static struct smini_alloc alloc;
static struct smini_record *record;

static int32_t begin(bool machine_facts)
{
    struct smini_json_output output = {.write = keep, .user = &page};
    struct smini_record_options options = {.inspectors = inspectors,
                                           .inspector_count = 1,
                                           .machine_facts = machine_facts,
                                           .sandbox = "landlock",
                                           .version = "1.2.3"};
    memset(&page, 0, sizeof(page));
    int32_t status = smini_record_new(&record, &alloc, &options, &output);
    return status == SMIN_OK ? smini_record_capture(record, "a \"b\".pcap") : status;
}

static const char *finish(void)
{
    cr_assert_eq(smini_record_flush(record), 0);
    smini_record_free(&record);
    cr_assert_eq(alloc.used, 0U);
    return page.bytes;
}

#define HEAD                                                                                                           \
    "{\"timestamp\":\"2026-01-02T03:04:05.678901+0000\",\"flow_id\":9007199254740991,\"pcap_filename\":\"a "         \
    "\\\"b\\\".pcap\",\"pcap_cnt\":6,\"event_type\":"
#define TUPLE                                                                                                          \
    "\"src_ip\":\"1.2.3.4\",\"src_port\":1122,\"dest_ip\":\"5.6.7.8\",\"dest_port\":3344,\"proto\":\"TCP\","        \
    "\"community_id\":\"1:wCb3OG7yAFWelaUydu0D+125CLM=\""
#define OBJECT                                                                                                         \
    "\"toy\":{\"direction\":\"to_server\",\"offset\":100,\"complete\":true,\"kind_number\":7,\"words\":[\"first\","  \
    "\"se\\u0001\\\\xff\"],\"when\":{\"now\":true,\"hours\":23},\"items\":[{\"type\":1,\"size\":20},{\"type\":3,"     \
    "\"size\":1012}],\"mac\":\"fc:99:47:37:86:60\",\"digest\":\"dead\",\"address\":\"192.0.2.10\""

static struct smin_output output_of(const struct smin_message *message)
{
    struct smin_output output = {.struct_size = sizeof(output),
                                 .time_ns = 1767323045678901234U,
                                 .packet_number = 6,
                                 .alert_stride = sizeof(struct smin_alert),
                                 .message = message};
    return output;
}

Test(record, message_is_written_from_the_inspectors_tables)
{
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    struct smin_output output = output_of(&sample_message);
    smini_record_output(record, &toy, &sample_flow, SMINI_READING_ONLY, &output);
    cr_expect_str_eq(finish(), HEAD "\"toy\"," TUPLE ",\"app_proto\":\"toy\",\"tx_id\":2," OBJECT "}}\n");
}

Test(record, sender_of_an_answer_is_its_source_and_the_reading_is_named)
{
    struct smin_message answer = sample_message;
    answer.direction = SMIN_TO_CLIENT;
    answer.flags = SMIN_MESSAGE_HOLE;
    answer.field_count = 0;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    struct smin_output output = output_of(&answer);
    smini_record_output(record, &toy, &sample_flow, SMINI_READING_LAST, &output);
    const char *text = finish();
    cr_expect(strstr(text, "\"src_ip\":\"5.6.7.8\",\"src_port\":3344,\"dest_ip\":\"1.2.3.4\",\"dest_port\":1122,"
                           "\"proto\":\"TCP\",\"community_id\":\"1:wCb3OG7yAFWelaUydu0D+125CLM=\""));
    cr_expect(strstr(text, "\"tx_id\":2,\"reading\":\"last\",\"toy\":{\"direction\":\"to_client\",\"offset\":100,"
                           "\"complete\":false,\"hole\":true}"),
              "%s", text);
}

Test(record, anomalies_are_events_about_the_bytes_and_not_verdicts)
{
    struct smin_message message = sample_message;
    message.field_count = 0;
    message.event_count = 4;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    struct smin_output output = output_of(&message);
    smini_record_output(record, &toy, &sample_flow, SMINI_READING_ONLY, &output);
    cr_expect_eq(smini_record_anomalies(record), 2U);
    cr_expect_str_eq(
        finish(),
        HEAD "\"toy\"," TUPLE ",\"app_proto\":\"toy\",\"tx_id\":2,\"toy\":{\"direction\":\"to_server\",\"offset\":100,"
             "\"complete\":true,\"events\":[\"odd\",\"overflow\",\"asked_for_much\"]}}\n" HEAD "\"anomaly\"," TUPLE
             ",\"app_proto\":\"toy\",\"tx_id\":2,\"anomaly\":{\"layer\":\"toy\",\"event\":\"odd\",\"detail\":\"a "
             "little odd\",\"offset\":4,\"value\":5}}\n" HEAD "\"anomaly\"," TUPLE
             ",\"app_proto\":\"toy\",\"tx_id\":2,\"anomaly\":{\"layer\":\"toy\",\"event\":\"overflow\",\"detail\":"
             "\"too long\",\"reference\":\"CVE-2018-0171\",\"offset\":16,\"value\":224}}\n");
}

static const struct smin_setting metadata[] = {
    {"created_at", "2026_01_02"}, {"cve", "CVE_1"}, {"updated_at", "2026_01_03"}, {"cve", "CVE_2"}};
static const struct smin_setting references[] = {{"url", "example.org/a"}, {"cve", "2018-0171"}, {"other", "x"}};
static const struct smin_rule_info rule = {.struct_size = sizeof(rule),
                                           .gid = 1,
                                           .sid = 9478600,
                                           .rev = 2,
                                           .severity = 1,
                                           .metadata_count = 4,
                                           .reference_count = 3,
                                           .action = "alert",
                                           .msg = "TOY \"quoted\"",
                                           .category = "Attempted Administrator Privilege Gain",
                                           .metadata = metadata,
                                           .references = references};

Test(record, alert_is_suricatas_with_the_message_beside_it)
{
    static const struct smin_alert alerts[] = {{.rule = &rule, .offset = 102, .length = 3}};
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    struct smin_output output = output_of(&sample_message);
    output.alerts = alerts;
    output.alert_count = 1;
    smini_record_output(record, &toy, &sample_flow, SMINI_READING_ONLY, &output);
    cr_expect_str_eq(
        finish(),
        HEAD "\"toy\"," TUPLE ",\"app_proto\":\"toy\",\"tx_id\":2," OBJECT "}}\n" HEAD "\"alert\"," TUPLE
             ",\"app_proto\":\"toy\",\"tx_id\":2,\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":9478600,"
             "\"rev\":2,\"signature\":\"TOY \\\"quoted\\\"\",\"category\":\"Attempted Administrator Privilege Gain\","
             "\"severity\":1,\"metadata\":{\"created_at\":[\"2026_01_02\"],\"cve\":[\"CVE_1\",\"CVE_2\"],"
             "\"updated_at\":[\"2026_01_03\"]},\"references\":[\"https://example.org/a\",\"https://cve.mitre.org/"
             "cgi-bin/cvename.cgi?name=2018-0171\",\"other,x\"]},\"match\":{\"offset\":102,\"length\":3,\"bytes\":"
             "\"434445\"}," OBJECT "}}\n");
}

Test(record, flow_has_suricatas_counters_and_the_facts)
{
    struct smini_flow_view flow = sample_flow;
    flow.vlan_count = 2;
    flow.vlan[0] = 10;
    flow.vlan[1] = 20;
    flow.tunnel_count = 1;
    flow.tunnels = &tunnel;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    smini_record_flow(record, &flow);
    cr_expect_str_eq(
        finish(),
        "{\"timestamp\":\"2026-01-02T03:04:07.500000+0000\",\"flow_id\":9007199254740991,\"pcap_filename\":\"a "
        "\\\"b\\\".pcap\",\"pcap_cnt\":3,\"event_type\":\"flow\",\"vlan\":[10,20],\"tunnel\":{\"src_ip\":\"10.0.0.1\","
        "\"dest_ip\":\"10.0.0.2\",\"proto\":\"VXLAN\",\"depth\":1,\"id\":42}," TUPLE
        ",\"flow\":{\"pkts_toserver\":3,\"pkts_toclient\":2,\"bytes_toserver\":300,\"bytes_toclient\":200,\"start\":"
        "\"2026-01-02T03:04:05.000000+0000\",\"end\":\"2026-01-02T03:04:07.500000+0000\",\"age\":2,\"state\":"
        "\"closed\",\"reason\":\"shutdown\",\"tx_cnt\":1,\"stream_bytes_toserver\":24,\"stream_bytes_toclient\":0,"
        "\"gap_bytes_toserver\":0,\"gap_bytes_toclient\":9,\"facts\":[\"syn\",\"gap\"]},\"tcp\":{\"tcp_flags\":\"12\","
        "\"tcp_flags_ts\":\"02\",\"tcp_flags_tc\":\"12\",\"syn\":true,\"ack\":true}}\n");
}

Test(record, problem_without_flow_or_time_is_still_a_whole_record)
{
    struct smini_problem problem = {.layer = "capture",
                                    .event = "file_truncated",
                                    .detail = "12 of 16 bytes",
                                    .status = SMIN_E_TRUNCATED,
                                    .lost = 1,
                                    .file_offset = 99};
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    smini_record_problem(record, &problem);
    char expected[512];
    snprintf(expected, sizeof(expected),
             "{\"timestamp\":\"1970-01-01T00:00:00.000000+0000\",\"pcap_filename\":\"a \\\"b\\\".pcap\",\"event_type\":"
             "\"anomaly\",\"anomaly\":{\"layer\":\"capture\",\"event\":\"file_truncated\",\"detail\":\"12 of 16 "
             "bytes\",\"status\":\"%s\",\"lost\":true,\"file_offset\":99}}\n",
             smin_status_text(SMIN_E_TRUNCATED));
    cr_expect_str_eq(finish(), expected);
}

Test(record, what_depends_on_the_machine_is_only_written_when_asked_for)
{
    struct smini_run_counters counters = {.packets = 5};
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    smini_record_counters(record, &counters);
    const char *text = finish();
    cr_expect(strstr(text, "\"stats\":{\"decoder\":{\"pkts\":5,") && !strstr(text, "program"));
    cr_assert_eq(begin(true), SMIN_OK);
    smini_record_counters(record, &counters);
    cr_expect(strstr(finish(),
                     "\"program\":{\"version\":\"1.2.3\",\"sandbox\":\"landlock\"}}}\n"));
}

Test(record, long_capture_name_is_cut_between_characters)
{
    char name[3000];
    memset(name, 0xff, sizeof(name));
    name[sizeof(name) - 1] = 0;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(begin(false), SMIN_OK);
    cr_assert_eq(smini_record_capture(record, name), SMIN_OK);
    smini_record_flow(record, &sample_flow);
    cr_expect(strstr(finish(), "xff\\\\xff\",\"pcap_cnt\":3"));
}

Test(record, community_id_is_the_same_for_both_directions)
{
    struct smini_flow_view turned = sample_flow;
    memcpy(turned.client_address, sample_flow.server_address, 16);
    memcpy(turned.server_address, sample_flow.client_address, 16);
    turned.client_port = sample_flow.server_port;
    turned.server_port = sample_flow.client_port;
    char one[SMINI_COMMUNITY_ID_BYTES], two[SMINI_COMMUNITY_ID_BYTES];
    smini_record_community_id(&sample_flow, one);
    smini_record_community_id(&turned, two);
    cr_expect_str_eq(one, "1:wCb3OG7yAFWelaUydu0D+125CLM=");
    cr_expect_str_eq(two, one);
}

Test(record, any_allocation_may_fail)
{
    struct failing_alloc failing;
    int32_t status = SMIN_E_NOMEM;
    for (uint64_t n = 0; status != SMIN_OK; n++) {
        cr_assert(n < 100);
        failing_alloc_open(&failing);
        failing_alloc_fail_from(&failing, n + 1);
        smini_alloc_init_on(&alloc, 0, failing_alloc_take, failing_alloc_give, &failing);
        status = begin(false);
        cr_assert(status == SMIN_OK || status == SMIN_E_NOMEM);
        smini_record_free(&record);
        cr_assert_eq(alloc.used, 0U);
    }
}
