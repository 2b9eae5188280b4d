/* SPDX-License-Identifier: BSD-2-Clause */
/* Lost bytes: nothing more is lost than must be, and it is said. */
#include "tests/unit/decode/scene.h"

#include <criterion/criterion.h>
#include <stdlib.h>

TestSuite(gap, .init = scene_open_page, .fini = scene_close_page, .timeout = 300);

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

Test(gap, a_gap_anywhere_keeps_the_rest_in_order)
{
    static struct scene scene;
    static const size_t sizes[] = {1, 4, 17, 100, 400};
    struct decode_run run;
    struct watcher watcher;
    scene.length = 0;
    scene_add_vector(&scene, "t03_download_config_sched");
    scene_add_vector(&scene, "t10_t08_pipelined");
    scene_add_vector(&scene, "t04_probe_go_siet_28b");
    scene_add_vector(&scene, "t09_backup_done");
    decode_run_open(&run, NULL);
    for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
        for (size_t at = 0; at + sizes[s] <= scene.length; at++) {
            decode_run_start(&run, SMIN_TO_SERVER, true, false);
            watcher = (struct watcher){.stream_length = scene.length};
            smini_decode_scratch_target(&run.scratch, watch, &watcher);
            scene_feed(&run, &scene, 0, at);
            cr_assert_eq(decode_run_gap(&run, sizes[s]), SMIN_OK);
            scene_feed(&run, &scene, at + sizes[s], scene.length);
            cr_assert_eq(decode_run_end(&run), SMIN_OK);
            cr_assert(watcher.delivered >= 1, "gap of %zu at %zu: nothing left", sizes[s], at);
        }
    cr_expect(decode_run_close(&run));
}

static const char *play_gap(struct decode_run *run, const struct scene *scene, size_t at, size_t size, bool single)
{
    decode_run_start(run, SMIN_TO_SERVER, true, false);
    for (size_t i = 0; i < (single ? at : 0); i++)
        scene_feed(run, scene, i, i + 1);
    if (!single)
        scene_feed(run, scene, 0, at);
    for (size_t i = 0; i < (single ? size : 1); i++)
        (void)decode_run_gap(run, single ? 1 : size);
    for (size_t i = at + size; i < (single ? scene->length : 0); i++)
        scene_feed(run, scene, i, i + 1);
    if (!single)
        scene_feed(run, scene, at + size, scene->length);
    (void)decode_run_end(run);
    return run->sink.text;
}

Test(gap, gaps_in_pieces_say_the_same_as_in_one)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    scene_add_vector(&scene, "t08_backup_tlv2_tftpserver");
    scene_add_vector(&scene, "t05_execute_go_siet");
    scene_add_vector(&scene, "t09_backup_done");
    decode_run_open(&run, NULL);
    for (size_t at = 0; at + 30 < scene.length; at += 3) {
        char *whole = strdup(play_gap(&run, &scene, at, 30, false));
        cr_assert_str_eq(play_gap(&run, &scene, at, 30, true), whole, "gap at %zu", at);
        free(whole);
    }
    cr_expect(decode_run_close(&run));
}

Test(gap, a_gap_inside_a_body_keeps_step)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    scene_add_vector(&scene, "t03_download_config_sched");
    scene_add_vector(&scene, "t09_backup_done");
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

Test(gap, a_gap_over_a_header_is_followed_by_a_hunt)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    scene_add_vector(&scene, "t09_backup_done");
    scene_add_vector(&scene, "t03_download_config_sched");
    scene_add_vector(&scene, "t04_capabilities_req_v1");
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

Test(gap, too_many_holes_end_what_is_kept)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    scene_add_vector(&scene, "t08_backup_tlv3_siet");
    decode_run_open(&run, NULL);
    for (int single = 0; single < 2; single++) {
        size_t at = 0;
        for (int hole = 0; hole < 6; hole++) {
            scene_feed(&run, &scene, at, at + 100);
            decode_run_gap(&run, 10);
            at += 110;
        }
        scene_feed(&run, &scene, at, scene.length);
        cr_expect_eq(decode_run_end(&run), SMIN_OK);
        cr_expect(decode_run_says(&run, "event limit_holes..."));
        cr_expect(decode_run_says(&run, "message backup_request #0 at=0+1048 to_server hole limit size=100..."));
        decode_run_start(&run, SMIN_TO_SERVER, true, false);
    }
    cr_expect(decode_run_close(&run));
}
