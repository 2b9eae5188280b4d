/* SPDX-License-Identifier: BSD-2-Clause */
/* Segmentation changes nothing; gaps lose no more than they must. */
#include "tests/unit/decode/decode_run.h"

#include "tests/support/guard_page.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 16384 };

struct scene {
    size_t length;
    uint8_t bytes[ROOM];
};

static struct guard_page page;

static void add(struct scene *scene, const void *bytes, size_t length)
{
    cr_assert(scene->length + length <= ROOM);
    memcpy(scene->bytes + scene->length, bytes, length);
    scene->length += length;
}

static void add_vector(struct scene *scene, const char *name)
{
    static struct hexfile file;
    hexfile_vector(name, &file);
    add(scene, file.bytes, file.length);
}

static void add_header(struct scene *scene, uint32_t from, uint32_t version, uint32_t type, uint32_t length)
{
    uint8_t header[16];
    decode_run_header(header, from, version, type, length);
    add(scene, header, sizeof(header));
}

static void add_fill(struct scene *scene, uint8_t byte, size_t length)
{
    cr_assert(scene->length + length <= ROOM);
    memset(scene->bytes + scene->length, byte, length);
    scene->length += length;
}

static void feed_part(struct decode_run *run, const struct scene *scene, size_t from, size_t to)
{
    const uint8_t *bytes = guard_page_put(&page, scene->bytes + from, to - from);
    (void)decode_run_feed(run, bytes, to - from);
}

/* Feeds it cut at `a` and `b`, or byte by byte when both are 0 and `single`. */
static const char *play(struct decode_run *run, const struct scene *scene, bool hinted, bool midstream, size_t a,
                        size_t b, bool single)
{
    decode_run_start(run, SMIN_TO_SERVER, hinted, midstream);
    if (single) {
        for (size_t i = 0; i < scene->length; i++)
            feed_part(run, scene, i, i + 1);
    } else {
        feed_part(run, scene, 0, a);
        feed_part(run, scene, a, b);
        feed_part(run, scene, b, scene->length);
    }
    (void)decode_run_end(run);
    return run->sink.text;
}

static void check_every_cut(const char *name, const struct scene *scene, bool hinted, bool midstream)
{
    struct decode_run run;
    decode_run_open(&run, NULL);
    char *whole = strdup(play(&run, scene, hinted, midstream, 0, 0, false));
    cr_assert_str_eq(play(&run, scene, hinted, midstream, 0, 0, true), whole, "%s: byte by byte", name);
    for (size_t a = 1; a < scene->length; a++)
        if (strcmp(play(&run, scene, hinted, midstream, a, a, false), whole) != 0)
            cr_assert_fail("%s: cut at %zu\n%s\nbut whole\n%s", name, a, run.sink.text, whole);
    uint32_t seed = 12345;
    for (int i = 0; i < 200 && scene->length > 2; i++) {
        seed = seed * 1664525 + 1013904223;
        size_t a = 1 + (seed >> 8) % (scene->length - 1);
        seed = seed * 1664525 + 1013904223;
        size_t b = a + (seed >> 8) % (scene->length - a);
        if (strcmp(play(&run, scene, hinted, midstream, a, b, false), whole) != 0)
            cr_assert_fail("%s: cut at %zu and %zu\n%s\nbut whole\n%s", name, a, b, run.sink.text, whole);
    }
    free(whole);
    cr_expect(decode_run_close(&run), "%s leaks", name);
}

static void open_page(void)
{
    guard_page_open(&page, ROOM);
}

static void close_page(void)
{
    guard_page_close(&page);
}

TestSuite(stream, .init = open_page, .fini = close_page, .timeout = 300);

Test(stream, no_cut_changes_a_vector)
{
    static struct scene scene;
    size_t count;
    const char *const *names = hexfile_names(&count);
    for (size_t i = 0; i < count; i++) {
        scene.length = 0;
        add_vector(&scene, names[i]);
        check_every_cut(names[i], &scene, true, false);
        check_every_cut(names[i], &scene, false, false);
        check_every_cut(names[i], &scene, true, true);
    }
}

Test(stream, no_cut_changes_two_messages_in_a_row)
{
    static const char *const pairs[][2] = {
        {"t04_capabilities_req_v1", "t03_download_config_sched"},
        {"t04_probe_go_siet_28b", "t02_download_image_now"},
        {"t05_execute_go_siet", "t08_backup_tlv2_brutasse"},
        {"t03_go_siet_malformed", "t04_capabilities_req_v0"},
        {"t07_init_discovery_lenmismatch", "t09_backup_done"},
        {"x_alrikrr_ascii_hex", "x_alrikrr_ascii_hex"},
        {"x_alrikrr_ascii_hex", "t04_capabilities_req_v1"},
        {"x_nmap_firebird_probe", "t04_capabilities_req_v1"},
        {"t08_backup_tlv2_tftpserver", "r09_backup_resp"},
        {"t03_gvm_truncated", "t03_gvm_truncated"},
    };
    static struct scene scene;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        scene.length = 0;
        add_vector(&scene, pairs[i][0]);
        add_vector(&scene, pairs[i][1]);
        check_every_cut(pairs[i][0], &scene, true, false);
        check_every_cut(pairs[i][0], &scene, true, true);
    }
}

/* Past every limit: long body, absurd length, trailer beyond its cap, headers hidden near the edges. */
static void add_case(struct scene *scene, int number)
{
    scene->length = 0;
    switch (number) {
    case 0: /* longer than what is kept, then in step */
        add_header(scene, 1, 1, 3, 5000);
        add_fill(scene, 0, 5000);
        add_vector(scene, "t04_capabilities_req_v1");
        break;
    case 1: /* absurd, a strict header in the middle */
        add_header(scene, 1, 1, 2, 0x01000000);
        add_fill(scene, 'x', 700);
        add_vector(scene, "t04_capabilities_req_v1");
        break;
    case 2: /* absurd, a strict header across the cap */
        add_header(scene, 1, 1, 2, 0x7fffffff);
        add_fill(scene, 0, 4096 - 16 - 5);
        add_vector(scene, "t04_capabilities_req_v1");
        add_fill(scene, 0, 100);
        break;
    case 3: /* absurd, a strict header right behind the cap */
        add_header(scene, 1, 1, 2, 0xffffffff);
        add_fill(scene, 0, 4096 - 16);
        add_vector(scene, "t04_capabilities_req_v1");
        break;
    case 4: /* trailer past its cap, a message later */
        add_vector(scene, "t04_capabilities_req_v1");
        add_fill(scene, 0xaa, 2048 + 300);
        add_vector(scene, "t09_backup_done");
        break;
    case 5: /* trailer with a header across its cap */
        add_vector(scene, "t04_capabilities_req_v1");
        add_fill(scene, 0xaa, 2048 - 3);
        add_vector(scene, "t09_backup_done");
        break;
    case 6: /* ends inside a header */
        add_vector(scene, "t04_capabilities_req_v1");
        add_header(scene, 1, 1, 3, 296);
        scene->length -= 5;
        break;
    case 7: /* zeroes that keep almost beginning a header */
        add_vector(scene, "t04_capabilities_req_v1");
        add_fill(scene, 0, 50);
        add_fill(scene, 1, 1);
        add_header(scene, 1, 0, 4, 8);
        add_fill(scene, 0, 40);
        break;
    default: /* unknown pair, version unknown, then text */
        add_header(scene, 3, 0, 77, 20);
        add_fill(scene, 'u', 20);
        add_header(scene, 1, 0x99, 4, 8);
        add_fill(scene, 0, 8);
        add_fill(scene, 't', 30);
    }
}

enum { CASES = 9 };

Test(stream, no_cut_changes_what_limits_do)
{
    static struct scene scene;
    for (int i = 0; i < CASES; i++) {
        char name[16];
        (void)snprintf(name, sizeof(name), "case %d", i);
        add_case(&scene, i);
        struct decode_run run;
        decode_run_open(&run, NULL);
        char *whole = strdup(play(&run, &scene, true, false, 0, 0, false));
        cr_expect_str_eq(play(&run, &scene, true, false, 0, 0, true), whole, "%s: byte by byte", name);
        for (size_t a = 1; a < scene.length; a += scene.length > 1500 ? 7 : 1)
            if (strcmp(play(&run, &scene, true, false, a, a, false), whole) != 0)
                cr_assert_fail("%s: cut at %zu\n%s\nbut whole\n%s", name, a, run.sink.text, whole);
        free(whole);
        cr_expect(decode_run_close(&run));
    }
}

Test(stream, limits_are_said_aloud)
{
    static struct scene scene;
    struct decode_run run;
    decode_run_open(&run, NULL);
    add_case(&scene, 0);
    play(&run, &scene, true, false, 0, 0, false);
    cr_expect(decode_run_says(&run, "event limit_message_bytes..."));
    cr_expect(decode_run_says(&run, "event length_large..."));
    cr_expect(decode_run_says(&run, "message capabilities_request #1 at=5016+24..."));
    add_case(&scene, 1);
    play(&run, &scene, true, false, 0, 0, false);
    cr_expect(decode_run_says(&run, "event length_absurd..."));
    cr_expect(decode_run_says(&run, "message capabilities_request #1 at=716+24..."));
    add_case(&scene, 2);
    play(&run, &scene, true, false, 0, 0, false);
    cr_expect(decode_run_says(&run, "message capabilities_request #1 at=4091+24..."));
    add_case(&scene, 3);
    play(&run, &scene, true, false, 0, 0, false);
    cr_expect(decode_run_says(&run, "message capabilities_request #1 at=4096+24..."));
    add_case(&scene, 4);
    play(&run, &scene, true, false, 0, 0, false);
    cr_expect(decode_run_says(&run, "trailer capabilities_request #0 at=24+2048 to_server limit..."));
    cr_expect(decode_run_says(&run, "event resynchronised at=2372+0 number=300"));
    add_case(&scene, 5);
    play(&run, &scene, true, false, 0, 0, false);
    cr_expect(decode_run_says(&run, "trailer capabilities_request #0 at=24+2045 to_server..."));
    cr_expect(!decode_run_says(&run, "event resynchronised..."));
    cr_expect(run.scratch.counters.limit_hits >= 3);
    cr_expect(decode_run_close(&run));
}

/* --- gaps ----------------------------------------------------------------- */

/* Whatever is lost: offsets grow, nothing lies outside the stream, complete messages have no holes. */
struct watcher {
    uint64_t end;
    uint64_t stream_length;
    unsigned delivered;
};

static void watch(void *user, const struct smin_message *message)
{
    struct watcher *watcher = user;
    watcher->delivered++;
    cr_assert_leq(message->offset + message->length, watcher->stream_length);
    cr_assert(message->offset >= watcher->end, "messages overlap");
    watcher->end = message->offset + message->length;
    cr_assert_leq(message->size, message->length);
    if (message->flags & SMIN_MESSAGE_COMPLETE)
        cr_assert_eq(message->size, message->length);
    for (uint32_t i = 0; i < message->field_count; i++) {
        const struct smin_field *field = &message->fields[i];
        cr_assert(field->offset >= message->offset);
        cr_assert(field->offset + field->length <= message->offset + message->length);
    }
}

Test(stream, a_gap_anywhere_keeps_the_rest_in_order)
{
    static struct scene scene;
    static const size_t sizes[] = {1, 4, 17, 100, 400};
    struct decode_run run;
    struct watcher watcher;
    scene.length = 0;
    add_vector(&scene, "t03_download_config_sched");
    add_vector(&scene, "t10_t08_pipelined");
    add_vector(&scene, "t04_probe_go_siet_28b");
    add_vector(&scene, "t09_backup_done");
    decode_run_open(&run, NULL);
    for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
        for (size_t at = 0; at + sizes[s] <= scene.length; at++) {
            decode_run_start(&run, SMIN_TO_SERVER, true, false);
            watcher = (struct watcher){.stream_length = scene.length};
            smini_decode_scratch_target(&run.scratch, watch, &watcher);
            feed_part(&run, &scene, 0, at);
            cr_assert_eq(decode_run_gap(&run, sizes[s]), SMIN_OK);
            feed_part(&run, &scene, at + sizes[s], scene.length);
            cr_assert_eq(decode_run_end(&run), SMIN_OK);
            cr_assert(watcher.delivered >= 1, "gap of %zu at %zu: nothing left", sizes[s], at);
        }
    cr_expect(decode_run_close(&run));
}

static const char *play_gap(struct decode_run *run, const struct scene *scene, size_t at, size_t size, bool single)
{
    decode_run_start(run, SMIN_TO_SERVER, true, false);
    for (size_t i = 0; i < (single ? at : 0); i++)
        feed_part(run, scene, i, i + 1);
    if (!single)
        feed_part(run, scene, 0, at);
    for (size_t i = 0; i < (single ? size : 1); i++)
        (void)decode_run_gap(run, single ? 1 : size);
    for (size_t i = at + size; i < (single ? scene->length : 0); i++)
        feed_part(run, scene, i, i + 1);
    if (!single)
        feed_part(run, scene, at + size, scene->length);
    (void)decode_run_end(run);
    return run->sink.text;
}

Test(stream, gaps_in_pieces_say_the_same_as_in_one)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    add_vector(&scene, "t08_backup_tlv2_tftpserver");
    add_vector(&scene, "t05_execute_go_siet");
    add_vector(&scene, "t09_backup_done");
    decode_run_open(&run, NULL);
    for (size_t at = 0; at + 30 < scene.length; at += 3) {
        char *whole = strdup(play_gap(&run, &scene, at, 30, false));
        cr_assert_str_eq(play_gap(&run, &scene, at, 30, true), whole, "gap at %zu", at);
        free(whole);
    }
    cr_expect(decode_run_close(&run));
}

Test(stream, a_gap_inside_a_body_keeps_step)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    add_vector(&scene, "t03_download_config_sched");
    add_vector(&scene, "t09_backup_done");
    decode_run_open(&run, NULL);
    play_gap(&run, &scene, 60, 50, false); /* in the empty slot: the URL behind it is still found */
    cr_expect(decode_run_says(&run, "message download_config #0 at=0+312 to_server hole size=60..."));
    cr_expect(decode_run_says(&run, "event gap at=60+50 number=50"));
    cr_expect(decode_run_says(&run, "event config_replacement at=180+32 number=0"));
    cr_expect(decode_run_says(&run, "message backup_done #1 at=312+20..."));
    cr_expect(!decode_run_says(&run, "event resynchronised..."));
    play_gap(&run, &scene, 175, 20, false); /* over the beginning of the URL: no URL, and none is said to be missing */
    cr_expect(!decode_run_says(&run, "field smin.url..."));
    cr_expect(!decode_run_says(&run, "event url_missing..."));
    cr_expect(decode_run_says(&run, "field smin.minutes 1..."));
    play_gap(&run, &scene, 44, 2, false); /* over the minutes */
    cr_expect(!decode_run_says(&run, "field smin.minutes..."));
    cr_expect(decode_run_says(&run, "field smin.hours 0..."));
    cr_expect(decode_run_close(&run));
}

Test(stream, a_gap_over_a_header_is_followed_by_a_hunt)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    add_vector(&scene, "t09_backup_done");
    add_vector(&scene, "t03_download_config_sched");
    add_vector(&scene, "t04_capabilities_req_v1");
    decode_run_open(&run, NULL);
    play_gap(&run, &scene, 22, 10, false);
    cr_expect(decode_run_says(&run, "message capabilities_request #1 at=332+24..."));
    cr_expect(decode_run_says(&run, "event gap at=22+10 number=10"));
    cr_expect(decode_run_says(&run, "event resynchronised at=332+0 number=302"));
    scene.length -= 24;
    play_gap(&run, &scene, 22, 10, false);
    cr_expect(decode_run_says(&run, "stream - #1 at=332+0..."), "a gap that nothing follows is still said");
    cr_expect(decode_run_close(&run));
}

Test(stream, too_many_holes_end_what_is_kept)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    add_vector(&scene, "t08_backup_tlv3_siet");
    decode_run_open(&run, NULL);
    for (int single = 0; single < 2; single++) {
        size_t at = 0;
        for (int hole = 0; hole < 6; hole++) {
            feed_part(&run, &scene, at, at + 100);
            decode_run_gap(&run, 10);
            at += 110;
        }
        feed_part(&run, &scene, at, scene.length);
        cr_expect_eq(decode_run_end(&run), SMIN_OK);
        cr_expect(decode_run_says(&run, "event limit_holes..."));
        cr_expect(decode_run_says(&run, "message backup_request #0 at=0+1048 to_server hole limit size=100..."));
        decode_run_start(&run, SMIN_TO_SERVER, true, false);
    }
    cr_expect(decode_run_close(&run));
}

Test(stream, midstream_hunts_quietly_and_strictly)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    add_vector(&scene, "t03_download_config_sched");
    memmove(scene.bytes, scene.bytes + 100, scene.length - 100);
    scene.length -= 100;
    decode_run_open(&run, NULL);
    play(&run, &scene, true, true, 0, 0, false);
    cr_expect_str_empty(run.sink.text);
    add_vector(&scene, "t04_capabilities_req_v1");
    play(&run, &scene, true, true, 0, 0, false);
    cr_expect(decode_run_says(&run, "event resynchronised at=212+0 number=212"));
    scene.length = 0;
    add_vector(&scene, "t04_capabilities_req_v1");
    play(&run, &scene, true, true, 0, 0, false);
    cr_expect(!decode_run_says(&run, "event resynchronised..."));
    cr_expect(decode_run_close(&run));
}

Test(stream, after_the_end_everything_answers_done)
{
    struct decode_run run;
    decode_run_open(&run, NULL);
    cr_expect_eq(decode_run_end(&run), SMIN_OK);
    cr_expect_eq(decode_run_feed(&run, "x", 1), SMIN_DONE);
    cr_expect_eq(decode_run_gap(&run, 5), SMIN_DONE);
    cr_expect_eq(decode_run_end(&run), SMIN_DONE);
    cr_expect(decode_run_close(&run));
}

Test(stream, another_port_is_done_at_the_first_impossible_byte)
{
    struct decode_run run;
    decode_run_open(&run, NULL);
    decode_run_start(&run, SMIN_TO_SERVER, false, false);
    cr_expect_eq(decode_run_feed(&run, "\0\0\0", 3), SMIN_OK);
    cr_expect_eq(decode_run_feed(&run, "\x05", 1), SMIN_DONE);
    cr_expect_str_empty(run.sink.text);
    cr_expect(decode_run_close(&run));
}

Test(stream, needed_counts_what_the_message_lacks)
{
    static struct hexfile file;
    struct decode_run run;
    decode_run_open(&run, NULL);
    hexfile_vector("t03_download_config_sched", &file);
    cr_expect_eq(smini_stream_needed(&run.stream), 0);
    decode_run_feed(&run, file.bytes, 100);
    cr_expect_eq(smini_stream_needed(&run.stream), 212);
    cr_expect(decode_run_close(&run));
}
