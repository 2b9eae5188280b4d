/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/replay/order.h"

static struct smini_incident_message sample(const struct smini_span *events, const struct smini_span *commands)
{
    struct smini_incident_message message = {.flow_id = 7, .to_server = true, .client_port = 1, .server_port = 4786};
    message.place.capture = "a.pcap";
    message.place.packet = 5;
    message.place.time_ns = 1000;
    message.client.version = message.server.version = 4;
    message.client.bytes[0] = 198;
    message.server.bytes[0] = 192;
    message.name = smini_span_text("backup_request");
    message.events = events;
    message.event_count = 1;
    message.commands = commands;
    message.command_count = 1;
    return message;
}

/* The same facts, once directly and once packed, give the same incident. */
Test(facts, packed_ones_say_what_the_others_say)
{
    struct smini_span event = smini_span_text("config_exfiltration"), command = smini_span_text("copy a b");
    struct smini_incident_message message = sample(&event, &command);
    struct smini_incident_flow flow = {.flow_id = 7, .client = message.client, .server = message.server};
    flow.place = message.place;
    flow.client_port = message.client_port;
    flow.server_port = message.server_port;
    flow.facts = SMINI_INCIDENT_FLOW_ACCEPTED;
    struct smini_incident_options options;
    struct smini_incident_set *sets[2];
    struct smini_bytebuf packed;
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    smini_incident_options_default(&options);
    smini_bytebuf_init(&packed, &alloc, 4096);
    for (int i = 0; i < 2; i++)
        cr_assert_eq(smini_incident_new(&sets[i], &alloc, &options), SMIN_OK);
    cr_assert_eq(smini_incident_add_message(sets[0], &message), SMIN_OK);
    cr_assert_eq(smini_incident_add_flow(sets[0], &flow), SMIN_OK);
    cr_assert_eq(smini_pack_message(&packed, &message), SMIN_OK);
    cr_assert_eq(smini_pack_flow(&packed, &flow), SMIN_OK);
    cr_assert_eq(smini_incident_add_packed(sets[1], smini_bytebuf_span(&packed)), SMIN_OK);
    for (int i = 0; i < 2; i++)
        cr_assert_eq(smini_incident_finish(sets[i]), SMIN_OK);
    const struct smini_incident *one = smini_incident_get(sets[0], 0), *two = smini_incident_get(sets[1], 0);
    cr_assert(one && two);
    cr_expect_str_eq(one->id, two->id);
    cr_expect_eq(two->outcome, SMINI_OUTCOME_ATTEMPTED);
    cr_expect(smini_span_equal(one->reasons.items[0], two->reasons.items[0]));
    cr_expect(smini_span_equal(two->commanded.items[0], command));
    for (int i = 0; i < 2; i++)
        smini_incident_free(&sets[i]);
    smini_bytebuf_free(&packed);
    cr_assert_eq(alloc.used, 0U);
}

Test(facts, what_does_not_fit_is_left_out_whole)
{
    struct smini_span event = smini_span_text("config_exfiltration"), command = smini_span_text("copy a b");
    struct smini_incident_message message = sample(&event, &command);
    struct smini_alloc alloc;
    struct smini_bytebuf packed;
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&packed, &alloc, 64);
    cr_expect_eq(smini_pack_message(&packed, &message), SMIN_E_LIMIT);
    cr_expect_eq(packed.length, 0U);
    smini_bytebuf_free(&packed);
}

struct page {
    char text[256];
    size_t length;
};

static int keep(void *user, const uint8_t *bytes, size_t length)
{
    struct page *page = user;
    memcpy(page->text + page->length, bytes, length);
    page->length += length;
    return 0;
}

Test(order, results_stand_in_the_order_of_the_captures)
{
    struct page page = {.length = 0};
    struct smini_tally tally;
    struct smini_order order;
    struct smini_alloc alloc;
    struct smini_incident_options options;
    smini_alloc_init(&alloc, 0);
    smini_tally_init(&tally);
    smini_incident_options_default(&options);
    cr_assert_eq(smini_order_init(&order, &alloc, 2, 3), SMIN_OK);
    order.output.write = keep;
    order.output.user = &page;
    order.tally = &tally;
    cr_assert_eq(smini_incident_new(&order.incidents, &alloc, &options), SMIN_OK);
    struct smini_lane *a = smini_order_take(&order), *b = smini_order_take(&order), *c = smini_order_take(&order);
    cr_assert_null(smini_order_take(&order));
    smini_lane_write(c, (const uint8_t *)"c1 ", 3);
    smini_lane_write(b, (const uint8_t *)"b1 ", 3);
    smini_lane_write(a, (const uint8_t *)"a1 ", 3);
    c->tally.packets = 3;
    smini_order_done(c);
    smini_lane_write(b, (const uint8_t *)"b2 ", 3);
    smini_lane_write(a, (const uint8_t *)"a2 ", 3);
    smini_order_done(a);
    smini_lane_write(b, (const uint8_t *)"b3 ", 3);
    smini_order_done(b);
    cr_expect_str_eq(page.text, "a1 a2 b1 b2 b3 c1 ");
    cr_expect_eq(tally.packets, 3U);
    smini_incident_free(&order.incidents);
    smini_order_free(&order);
    cr_assert_eq(alloc.used, 0U);
}

static void make_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

Test(inputs, folders_are_searched_and_paths_sorted_and_unique)
{
    static const char magic[] = "\xd4\xc3\xb2\xa1rest";
    static const char *const expected[] = {"absent", "d/1", "d/a.pcap", "d/e/b.cap.gz", "notes.txt"};
    char folder[] = "/tmp/smin-inputs-XXXXXX";
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    struct smini_inputs inputs = {.alloc = &alloc};
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    cr_assert_eq(mkdir("d", 0700) | mkdir("d/e", 0700), 0);
    make_file("d/1", magic, sizeof(magic));
    make_file("d/a.pcap", "text", 4);
    make_file("d/e/b.cap.gz", "", 0);
    make_file("d/readme", "text", 4);
    make_file("notes.txt", "text", 4);
    cr_assert_eq(symlink(".", "d/loop"), 0);
    cr_assert_eq(smini_inputs_add(&inputs, "notes.txt"), SMIN_OK);
    cr_assert_eq(smini_inputs_add(&inputs, "d"), SMIN_OK);
    cr_assert_eq(smini_inputs_add(&inputs, "absent"), SMIN_OK);
    cr_assert_eq(smini_inputs_add(&inputs, "d/1"), SMIN_OK);
    smini_inputs_sort(&inputs);
    cr_assert_eq(inputs.count, 5U);
    for (uint32_t i = 0; i < 5; i++)
        cr_expect_str_eq(inputs.items[i].path, expected[i]);
    cr_expect_neq(inputs.items[0].error, 0);
    cr_expect_eq(inputs.skipped, 1U);
    smini_inputs_free(&inputs);
    cr_assert_eq(alloc.used, 0U);
    unlink("d/1"), unlink("d/a.pcap"), unlink("d/e/b.cap.gz"), unlink("d/readme"), unlink("d/loop");
    unlink("notes.txt");
    rmdir("d/e"), rmdir("d");
    cr_assert_eq(chdir("/"), 0);
    rmdir(folder);
}
