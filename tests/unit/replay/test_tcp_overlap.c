/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "replay/tcp_state.h"
#include "stage.h"

static const uint32_t isn = 0xffffffe0;

static void open_connection(struct stage *stage)
{
    stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_SYN, .sequence = isn});
    stage_add(stage, &(struct stage_segment){.from_server = true,
                                             .flags = SMINI_TCP_SYN | SMINI_TCP_ACK,
                                             .sequence = 900,
                                             .acknowledgement = isn + 1});
}

static void send(struct stage *stage, uint32_t offset, const char *text, uint32_t length)
{
    stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_ACK,
                                             .sequence = isn + 1 + offset,
                                             .acknowledgement = 901,
                                             .bytes = text,
                                             .length = length});
}

static const struct stage_output *find(const struct stage *stage, uint64_t offset, int reading)
{
    for (uint32_t i = 0; i < stage->output_count; i++)
        if (stage->outputs[i].offset == offset && stage->outputs[i].reading == reading)
            return &stage->outputs[i];
    return NULL;
}

static bool says(const struct stage *stage, uint64_t offset, int reading, const char *text)
{
    const struct stage_output *output = find(stage, offset, reading);
    return output && memcmp(output->bytes, text, FAKE_MESSAGE) == 0;
}

Test(tcp_overlap, a_later_copy_that_disagrees_gives_both_readings)
{
    struct stage *stage = stage_open();
    open_connection(stage);
    send(stage, 0, "FAKE-first-messa", 16);
    send(stage, 16, "good-second-mess", 16);
    send(stage, 16, "evil-second-mess", 16);
    send(stage, 32, "third-message---", 16);
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(says(stage, 0, SMINI_READING_ONLY, "FAKE-first-messa"));
    cr_expect(says(stage, 16, SMINI_READING_ONLY, "good-second-mess"), "delivered before anybody could know");
    cr_expect(says(stage, 32, SMINI_READING_FIRST, "third-message---"));
    cr_expect(says(stage, 16, SMINI_READING_LAST, "evil-second-mess"));
    cr_expect(eq(u32, stage->output_count, 4), "what both readings say is said once");
    cr_expect(eq(u32, stage_problems(stage, "overlap_differs"), 1));
    cr_expect(ne(u32, stage->flows[0].facts & SMINI_FLOW_OVERLAP, 0));
    cr_expect(eq(u64, stage->counters.overlaps_differing, 1));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_overlap, the_first_reading_alone_when_asked_for)
{
    struct stage *stage = stage_open();
    stage->options.overlap = SMINI_OVERLAP_FIRST;
    open_connection(stage);
    send(stage, 0, "FAKE-first-messa", 16);
    send(stage, 0, "FAKE-evil--messa", 16);
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(eq(u32, stage->output_count, 1));
    cr_expect(says(stage, 0, SMINI_READING_ONLY, "FAKE-first-messa"));
    cr_expect(eq(u32, stage_problems(stage, "overlap_differs"), 1));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_overlap, the_last_reading_alone_holds_back_what_came_after_the_disagreement)
{
    struct stage *stage = stage_open();
    stage->options.overlap = SMINI_OVERLAP_LAST;
    open_connection(stage);
    send(stage, 0, "FAKE-fir", 8);
    send(stage, 4, "-EVIL", 5);
    send(stage, 8, "X-message", 9 - 1);
    send(stage, 16, "second-message--", 16);
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(find(stage, 0, SMINI_READING_ONLY) == NULL);
    cr_expect(find(stage, 0, SMINI_READING_FIRST) == NULL);
    cr_expect(says(stage, 0, SMINI_READING_LAST, "FAKE-EVILX-messag") || says(stage, 0, SMINI_READING_LAST, "FAKE-EVIX-messag"));
    cr_expect(says(stage, 16, SMINI_READING_LAST, "second-message--"));
    cr_expect(eq(u32, stage->output_count, 2));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_overlap, copies_that_disagree_before_their_turn_give_both_readings)
{
    struct stage *stage = stage_open();
    open_connection(stage);
    send(stage, 8, "aaaaaaaa", 8);
    send(stage, 4, "-bbbbbbbbbbb", 12);
    send(stage, 0, "FAKE-bbb", 8);
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(says(stage, 0, SMINI_READING_FIRST, "FAKE-bbbaaaaaaaa"));
    cr_expect(says(stage, 0, SMINI_READING_LAST, "FAKE-bbbbbbbbbbb"));
    cr_expect(eq(u32, stage->output_count, 2));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_overlap, the_last_copy_stands_even_when_it_repeats_the_first)
{
    struct stage *stage = stage_open();
    open_connection(stage);
    send(stage, 0, "FAKE-first-messa", 16);
    send(stage, 0, "FAKE-evil--messa", 16);
    send(stage, 0, "FAKE-first-messa", 16);
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(eq(u32, stage->output_count, 1));
    cr_expect(ne(u32, stage->flows[0].facts & SMINI_FLOW_OVERLAP, 0));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_overlap, other_first_bytes_bring_a_stream_back_that_was_turned_down)
{
    struct stage *stage = stage_open();
    for (uint32_t port = 0; port < 2; port++) {
        uint16_t server = port ? 8080 : FAKE_PORT;
        stage_add(stage, &(struct stage_segment){.server_port = server, .flags = SMINI_TCP_SYN, .sequence = isn});
        stage_add(stage, &(struct stage_segment){.server_port = server,
                                                 .flags = SMINI_TCP_ACK,
                                                 .ttl = 3,
                                                 .sequence = isn + 1,
                                                 .bytes = "GET / HTTP/1.1\r\n",
                                                 .length = 16});
        stage_add(stage, &(struct stage_segment){.server_port = server,
                                                 .flags = SMINI_TCP_ACK,
                                                 .sequence = isn + 1,
                                                 .bytes = "FAKE-the-message",
                                                 .length = 16});
        cr_assert(stage_play(stage, &fake_inspector));
        cr_expect(says(stage, 0, SMINI_READING_LAST, "FAKE-the-message"), "port %u", server);
        cr_expect(eq(u32, stage_problems(stage, "overlap_differs"), 1));
        cr_expect(stage_clean(stage));
        stage_clear(stage);
    }
    stage_close(stage);
}

Test(tcp_overlap, bytes_that_come_after_they_were_given_up_make_a_reading_of_their_own)
{
    struct stage *stage = stage_open();
    open_connection(stage);
    send(stage, 0, "FAKE-first-messa", 16);
    send(stage, 32, "third-message---", 16);
    for (uint32_t i = 0; i < 40; i++)
        stage_add(stage, &(struct stage_segment){.from_server = true,
                                                 .flags = SMINI_TCP_ACK,
                                                 .sequence = 901,
                                                 .acknowledgement = isn + 1 + 48});
    send(stage, 16, "late-second-mess", 16);
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(says(stage, 32, SMINI_READING_ONLY, "third-message---"));
    cr_expect(says(stage, 16, SMINI_READING_LAST, "late-second-mess"));
    cr_expect(eq(u32, stage_problems(stage, "stream_gap"), 1));
    cr_expect(ne(u32, stage->flows[0].facts & SMINI_FLOW_GAP, 0));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_overlap, a_disagreement_far_into_a_long_stream_is_still_read_both_ways)
{
    struct stage *stage = stage_open();
    char text[1024];
    stage->options.history_max = 16 * 1024;
    open_connection(stage);
    for (uint32_t i = 0; i < 200; i++) {
        for (uint32_t at = 0; at < sizeof(text); at += FAKE_MESSAGE)
            snprintf(text + at, FAKE_MESSAGE, "m-%06u-%05u-", i, at);
        if (i == 0)
            memcpy(text, "FAKE", 4);
        send(stage, i * 1024, text, sizeof(text));
        if (i == 100) {
            memcpy(text + 32, "evil", 4);
            send(stage, i * 1024, text, sizeof(text));
        }
    }
    cr_assert(stage_play(stage, &fake_inspector));
    const struct stage_output *evil = find(stage, 100 * 1024 + 32, SMINI_READING_LAST);
    cr_assert(evil != NULL);
    cr_expect(eq(int, memcmp(evil->bytes, "evil", 4), 0));
    uint32_t last = 0;
    for (uint32_t i = 0; i < stage->output_count; i++)
        last += stage->outputs[i].reading == SMINI_READING_LAST;
    cr_expect(eq(u32, last, 1));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

Test(tcp_overlap, fragments_that_disagree_give_both_readings)
{
    struct stage *stage = stage_open();
    open_connection(stage);
    struct stage_segment segment = {.flags = SMINI_TCP_ACK,
                                    .sequence = isn + 1,
                                    .acknowledgement = 901,
                                    .bytes = "FAKEgoodgoodgood",
                                    .length = 16};
    stage_add_fragments(stage, &segment, 32, "evilevil");
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(eq(u64, stage->counters.fragments, 3));
    cr_expect(says(stage, 0, SMINI_READING_ONLY, "FAKEgoodgoodgood"));
    cr_expect(says(stage, 0, SMINI_READING_LAST, "FAKEevilevilgood"));
    cr_expect(ne(u32, stage->flows[0].facts & SMINI_FLOW_OVERLAP, 0));
    cr_expect(stage_clean(stage));
    stage_close(stage);
}

/* Random disagreements: the last reading must be what laying every copy over the stream in order gives. */
Test(tcp_overlap, random_copies_give_the_stream_in_which_the_last_one_stands)
{
    struct stage *stage = stage_open();
    enum { LENGTH = 2048 };
    for (uint64_t seed = 1; seed <= 300; seed++) {
        uint64_t random = seed;
        static char first[LENGTH], last[LENGTH], piece[256];
        for (uint32_t i = 0; i < LENGTH; i++)
            first[i] = (char)('a' + stage_random(&random) % 26);
        memcpy(first, "FAKE", 4);
        memcpy(last, first, LENGTH);
        open_connection(stage);
        for (uint32_t at = 0; at < LENGTH; at += 128) {
            send(stage, at, first + at, 128);
            for (uint32_t copies = stage_random(&random) % 3; copies > 0; copies--) {
                uint32_t begin = stage_random(&random) % (at + 100), length = 1 + stage_random(&random) % 200;
                if (begin + length > at + 128)
                    length = at + 128 - begin;
                memcpy(piece, first + begin, length);
                if (stage_random(&random) & 1)
                    piece[stage_random(&random) % length] = '!';
                if (length == 1 && begin + length == at + 128)
                    continue; /* that is a keepalive */
                memcpy(last + begin, piece, length);
                send(stage, begin, piece, length);
            }
        }
        cr_assert(stage_play(stage, &fake_inspector));
        for (uint32_t at = 0; at < LENGTH; at += FAKE_MESSAGE) {
            cr_assert(says(stage, at, SMINI_READING_ONLY, first + at) || says(stage, at, SMINI_READING_FIRST, first + at),
                      "seed %llu", (unsigned long long)seed);
            bool differs = memcmp(first + at, last + at, FAKE_MESSAGE) != 0;
            cr_assert(eq(int, says(stage, at, SMINI_READING_LAST, last + at), differs), "seed %llu at %u",
                      (unsigned long long)seed, at);
        }
        cr_assert(stage_clean(stage));
        stage_clear(stage);
    }
    stage_close(stage);
}
