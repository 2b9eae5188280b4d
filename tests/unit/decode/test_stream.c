/* SPDX-License-Identifier: BSD-2-Clause */
/* Segmentation changes nothing. */
#include "tests/unit/decode/scene.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* Feeds it cut at `a` and `b`, or byte by byte when both are 0 and `single`. */
static const char *play(struct decode_run *run, const struct scene *scene, bool hinted, bool midstream, size_t a,
                        size_t b, bool single)
{
    decode_run_start(run, SMIN_TO_SERVER, hinted, midstream);
    if (single) {
        for (size_t i = 0; i < scene->length; i++)
            scene_feed(run, scene, i, i + 1);
    } else {
        scene_feed(run, scene, 0, a);
        scene_feed(run, scene, a, b);
        scene_feed(run, scene, b, scene->length);
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

TestSuite(stream, .init = scene_open_page, .fini = scene_close_page, .timeout = 300);

Test(stream, no_cut_changes_a_vector)
{
    static struct scene scene;
    size_t count;
    const char *const *names = hexfile_names(&count);
    for (size_t i = 0; i < count; i++) {
        scene.length = 0;
        scene_add_vector(&scene, names[i]);
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
        scene_add_vector(&scene, pairs[i][0]);
        scene_add_vector(&scene, pairs[i][1]);
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
        scene_add_header(scene, 1, 1, 3, 5000);
        scene_add_fill(scene, 0, 5000);
        scene_add_vector(scene, "t04_capabilities_req_v1");
        break;
    case 1: /* absurd, a strict header in the middle */
        scene_add_header(scene, 1, 1, 2, 0x01000000);
        scene_add_fill(scene, 'x', 700);
        scene_add_vector(scene, "t04_capabilities_req_v1");
        break;
    case 2: /* absurd, a strict header across the cap */
        scene_add_header(scene, 1, 1, 2, 0x7fffffff);
        scene_add_fill(scene, 0, 4096 - 16 - 5);
        scene_add_vector(scene, "t04_capabilities_req_v1");
        scene_add_fill(scene, 0, 100);
        break;
    case 3: /* absurd, a strict header right behind the cap */
        scene_add_header(scene, 1, 1, 2, 0xffffffff);
        scene_add_fill(scene, 0, 4096 - 16);
        scene_add_vector(scene, "t04_capabilities_req_v1");
        break;
    case 4: /* trailer past its cap, a message later */
        scene_add_vector(scene, "t04_capabilities_req_v1");
        scene_add_fill(scene, 0xaa, 2048 + 300);
        scene_add_vector(scene, "t09_backup_done");
        break;
    case 5: /* trailer with a header across its cap */
        scene_add_vector(scene, "t04_capabilities_req_v1");
        scene_add_fill(scene, 0xaa, 2048 - 3);
        scene_add_vector(scene, "t09_backup_done");
        break;
    case 6: /* ends inside a header */
        scene_add_vector(scene, "t04_capabilities_req_v1");
        scene_add_header(scene, 1, 1, 3, 296);
        scene->length -= 5;
        break;
    case 7: /* zeroes that keep almost beginning a header */
        scene_add_vector(scene, "t04_capabilities_req_v1");
        scene_add_fill(scene, 0, 50);
        scene_add_fill(scene, 1, 1);
        scene_add_header(scene, 1, 0, 4, 8);
        scene_add_fill(scene, 0, 40);
        break;
    default: /* unknown pair, version unknown, then text */
        scene_add_header(scene, 3, 0, 77, 20);
        scene_add_fill(scene, 'u', 20);
        scene_add_header(scene, 1, 0x99, 4, 8);
        scene_add_fill(scene, 0, 8);
        scene_add_fill(scene, 't', 30);
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

Test(stream, midstream_hunts_quietly_and_strictly)
{
    static struct scene scene;
    struct decode_run run;
    scene.length = 0;
    scene_add_vector(&scene, "t03_download_config_sched");
    memmove(scene.bytes, scene.bytes + 100, scene.length - 100);
    scene.length -= 100;
    decode_run_open(&run, NULL);
    play(&run, &scene, true, true, 0, 0, false);
    cr_expect_str_empty(run.sink.text);
    scene_add_vector(&scene, "t04_capabilities_req_v1");
    play(&run, &scene, true, true, 0, 0, false);
    cr_expect(decode_run_says(&run, "event resynchronised at=212+0 number=212"));
    scene.length = 0;
    scene_add_vector(&scene, "t04_capabilities_req_v1");
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
