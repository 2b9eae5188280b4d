/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <criterion/new/memory.h>

#include "replay/tcp_state.h"
#include "stage.h"

enum { TALK_MAX = 6000, SEGMENTS_MAX = 4096 };

/* A conversation and how it was cut. */
struct talk {
    uint8_t bytes[2][TALK_MAX];
    uint32_t length[2];
    uint32_t isn[2];
};

struct cut {
    uint32_t begin, end;
    uint32_t direction;
    uint64_t order;
    bool lost;
};

static void make_talk(struct talk *talk, uint64_t *random, uint32_t max)
{
    for (unsigned direction = 0; direction < 2; direction++) {
        talk->length[direction] = 8 + stage_random(random) % (max - 8);
        for (uint32_t i = 0; i < talk->length[direction]; i++)
            talk->bytes[direction][i] = (uint8_t)stage_random(random);
        memcpy(talk->bytes[direction], "FAKE", 4);
        /* Half of them wrap. */
        talk->isn[direction] = stage_random(random) & 1 ? stage_random(random) * 2 : 0u - stage_random(random) % max;
    }
}

static void handshake(struct stage *stage, const struct talk *talk)
{
    stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_SYN, .sequence = talk->isn[0]});
    stage_add(stage, &(struct stage_segment){.from_server = true,
                                             .flags = SMINI_TCP_SYN | SMINI_TCP_ACK,
                                             .sequence = talk->isn[1],
                                             .acknowledgement = talk->isn[0] + 1});
    stage_add(stage, &(struct stage_segment){.flags = SMINI_TCP_ACK,
                                             .sequence = talk->isn[0] + 1,
                                             .acknowledgement = talk->isn[1] + 1});
}

static uint32_t cut_up(const struct talk *talk, uint64_t *random, struct cut *cuts, uint32_t size)
{
    uint32_t count = 0;
    for (unsigned direction = 0; direction < 2; direction++)
        for (uint32_t at = 0; at < talk->length[direction];) {
            uint32_t length = 1 + stage_random(random) % size;
            if (length > talk->length[direction] - at)
                length = talk->length[direction] - at;
            cuts[count] = (struct cut){.begin = at, .end = at + length, .direction = direction};
            cuts[count].order = (uint64_t)count << 8;
            count++;
            at += length;
        }
    return count;
}

static int by_order(const void *left, const void *right)
{
    const struct cut *a = left, *b = right;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* What each receiver has in one piece. */
struct receiver {
    bool got[2][TALK_MAX];
    uint32_t whole[2];
};

static void receive(struct receiver *receiver, const struct talk *talk, const struct cut *cut)
{
    for (uint32_t i = cut->begin; i < cut->end; i++)
        receiver->got[cut->direction][i] = true;
    while (receiver->whole[cut->direction] < talk->length[cut->direction] &&
           receiver->got[cut->direction][receiver->whole[cut->direction]])
        receiver->whole[cut->direction]++;
}

static void send_cut(struct stage *stage, const struct talk *talk, const struct cut *cut, struct receiver *receiver)
{
    unsigned direction = cut->direction;
    receive(receiver, talk, cut);
    if (cut->lost)
        return;
    stage_add(stage, &(struct stage_segment){.from_server = direction == 1,
                                             .flags = SMINI_TCP_ACK | SMINI_TCP_PSH,
                                             .sequence = talk->isn[direction] + 1 + cut->begin,
                                             .acknowledgement = talk->isn[direction ^ 1] + 1 +
                                                                receiver->whole[direction ^ 1],
                                             .bytes = talk->bytes[direction] + cut->begin,
                                             .length = cut->end - cut->begin});
}

static void goodbye(struct stage *stage, const struct talk *talk)
{
    for (unsigned direction = 0; direction < 2; direction++)
        stage_add(stage, &(struct stage_segment){.from_server = direction == 1,
                                                 .flags = SMINI_TCP_FIN | SMINI_TCP_ACK,
                                                 .sequence = talk->isn[direction] + 1 + talk->length[direction],
                                                 .acknowledgement =
                                                     talk->isn[direction ^ 1] + 1 + talk->length[direction ^ 1]});
}

static void fed_exactly(const struct talk *talk, uint64_t seed)
{
    cr_assert(not(fake_log.broken), "seed %llu: %s", (unsigned long long)seed, fake_log.why);
    cr_assert(eq(u32, fake_log.flow_count, 1), "seed %llu", (unsigned long long)seed);
    for (unsigned direction = 0; direction < 2; direction++) {
        const struct fake_stream *stream = &fake_log.flows[0].stream[direction];
        cr_assert(eq(u64, stream->length, talk->length[direction]), "seed %llu", (unsigned long long)seed);
        cr_assert(eq(u32, stream->gap_count, 0), "seed %llu", (unsigned long long)seed);
        cr_assert(eq(u32, stream->ends, 1), "seed %llu", (unsigned long long)seed);
        cr_assert(eq(int, memcmp(stream->bytes, talk->bytes[direction], talk->length[direction]), 0), "seed %llu",
                  (unsigned long long)seed);
    }
}

Test(tcp_stream, any_segmentation_in_order_feeds_the_same_bytes)
{
    static struct talk talk;
    static struct cut cuts[SEGMENTS_MAX];
    struct stage *stage = stage_open();
    for (uint64_t seed = 1; seed <= 200; seed++) {
        uint64_t random = seed;
        static struct receiver receiver;
        memset(&receiver, 0, sizeof(receiver));
        make_talk(&talk, &random, 600);
        uint32_t count = cut_up(&talk, &random, cuts, seed % 4 == 0 ? 1 : 1 + (uint32_t)seed);
        handshake(stage, &talk);
        for (uint32_t i = 0; i < count; i++)
            send_cut(stage, &talk, &cuts[i], &receiver);
        goodbye(stage, &talk);
        cr_assert(stage_play(stage, &fake_inspector));
        fed_exactly(&talk, seed);
        cr_assert(stage_clean(stage));
        stage_clear(stage);
    }
    stage_close(stage);
}

/* Shuffles within a neighbourhood, repeats, and stretches segments over their neighbours; all copies agree. */
static uint32_t disturb(struct cut *cuts, uint32_t count, const struct talk *talk, uint64_t *random)
{
    uint32_t original = count;
    for (uint32_t i = 0; i < original; i++) {
        cuts[i].order += (uint64_t)(stage_random(random) % 24) << 8 | (stage_random(random) & 255);
        if (stage_random(random) % 4 == 0 && count < SEGMENTS_MAX) {
            cuts[count] = cuts[i];
            cuts[count].order += (uint64_t)(stage_random(random) % 12) << 8;
            uint32_t back = stage_random(random) % 40, forth = stage_random(random) % 40;
            cuts[count].begin -= cuts[count].begin < back ? cuts[count].begin : back;
            cuts[count].end += forth;
            if (cuts[count].end > talk->length[cuts[count].direction])
                cuts[count].end = talk->length[cuts[count].direction];
            count++;
        }
    }
    qsort(cuts, count, sizeof(*cuts), by_order);
    return count;
}

Test(tcp_stream, shuffled_repeated_overlapping_and_wrapped_segments_feed_the_same_bytes)
{
    static struct talk talk;
    static struct cut cuts[SEGMENTS_MAX];
    struct stage *stage = stage_open();
    for (uint64_t seed = 1; seed <= 600; seed++) {
        uint64_t random = seed * 977;
        static struct receiver receiver;
        memset(&receiver, 0, sizeof(receiver));
        make_talk(&talk, &random, TALK_MAX);
        uint32_t count = cut_up(&talk, &random, cuts, 20 + stage_random(&random) % 400);
        handshake(stage, &talk);
        count = disturb(cuts, count, &talk, &random);
        for (uint32_t i = 0; i < count; i++)
            send_cut(stage, &talk, &cuts[i], &receiver);
        goodbye(stage, &talk);
        cr_assert(stage_play(stage, &fake_inspector));
        fed_exactly(&talk, seed);
        cr_assert(eq(u64, stage->counters.overlaps_differing, 0));
        cr_assert(eq(u64, stage->counters.gaps, 0));
        cr_assert(stage_clean(stage));
        stage_clear(stage);
    }
    stage_close(stage);
}

/* Where no captured segment holds a byte the stream must show a gap, and nowhere else; both ends were seen. */
static void gaps_are_exact(const struct talk *talk, const struct cut *cuts, uint32_t count, uint64_t seed)
{
    for (unsigned direction = 0; direction < 2; direction++) {
        static bool seen[TALK_MAX];
        const struct fake_stream *stream = &fake_log.flows[0].stream[direction];
        uint32_t end = talk->length[direction];
        memset(seen, 0, sizeof(seen));
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t at = cuts[i].begin; !cuts[i].lost && cuts[i].direction == direction && at < cuts[i].end; at++)
                seen[at] = true;
        cr_assert(eq(u64, stream->length, end), "seed %llu", (unsigned long long)seed);
        static bool gap[TALK_MAX];
        memset(gap, 0, sizeof(gap));
        for (uint32_t i = 0; i < stream->gap_count; i++)
            for (uint64_t at = 0; at < stream->gaps[i].length; at++)
                gap[stream->gaps[i].offset + at] = true;
        for (uint32_t at = 0; at < end; at++) {
            cr_assert(eq(int, gap[at], !seen[at]), "seed %llu offset %u", (unsigned long long)seed, at);
            if (seen[at])
                cr_assert(eq(u8, stream->bytes[at], talk->bytes[direction][at]));
        }
    }
}

Test(tcp_stream, bytes_that_the_capture_lost_are_told_as_exact_gaps)
{
    static struct talk talk;
    static struct cut cuts[SEGMENTS_MAX];
    struct stage *stage = stage_open();
    for (uint64_t seed = 1; seed <= 300; seed++) {
        uint64_t random = seed * 131;
        static struct receiver receiver;
        memset(&receiver, 0, sizeof(receiver));
        make_talk(&talk, &random, TALK_MAX);
        uint32_t count = cut_up(&talk, &random, cuts, 20 + stage_random(&random) % 200);
        handshake(stage, &talk);
        for (uint32_t i = 0; i < count; i++)
            cuts[i].lost = cuts[i].begin != 0 && stage_random(&random) % 8 == 0;
        /* A short first segment leaves a second that a probe still needs. */
        for (uint32_t i = 0; i < count; i++)
            if (cuts[i].begin < 8)
                cuts[i].lost = false;
        for (uint32_t i = 0; i < count; i++)
            send_cut(stage, &talk, &cuts[i], &receiver);
        goodbye(stage, &talk);
        cr_assert(stage_play(stage, &fake_inspector));
        cr_assert(not(fake_log.broken), "%s", fake_log.why);
        cr_assert(eq(u32, fake_log.flow_count, 1), "seed %llu", (unsigned long long)seed);
        gaps_are_exact(&talk, cuts, count, seed);
        cr_assert(stage_clean(stage));
        stage_clear(stage);
    }
    stage_close(stage);
}

Test(tcp_stream, one_sided_captures_feed_the_visible_side)
{
    static struct talk talk;
    static struct cut cuts[SEGMENTS_MAX];
    struct stage *stage = stage_open();
    for (uint64_t seed = 1; seed <= 100; seed++) {
        uint64_t random = seed;
        unsigned visible = seed & 1;
        static struct receiver receiver;
        memset(&receiver, 0, sizeof(receiver));
        make_talk(&talk, &random, 3000);
        uint32_t count = cut_up(&talk, &random, cuts, 300);
        for (uint32_t i = 0; i < count; i++)
            if (cuts[i].direction == visible)
                send_cut(stage, &talk, &cuts[i], &receiver);
        cr_assert(stage_play(stage, &fake_inspector));
        cr_assert(eq(u32, fake_log.flow_count, 1));
        const struct fake_stream *stream = &fake_log.flows[0].stream[visible];
        cr_assert(eq(u64, stream->length, talk.length[visible]));
        cr_assert(eq(int, memcmp(stream->bytes, talk.bytes[visible], talk.length[visible]), 0));
        cr_assert(eq(u32, stage->flow_count, 1));
        cr_expect(ne(u32, stage->flows[0].facts & SMINI_FLOW_MIDSTREAM, 0));
        cr_expect(ne(u32, stage->flows[0].facts & (visible ? SMINI_FLOW_CLIENT_SILENT : SMINI_FLOW_SERVER_SILENT), 0));
        cr_assert(stage_clean(stage));
        stage_clear(stage);
    }
    stage_close(stage);
}

Test(tcp_stream, a_stream_on_another_port_is_found_whatever_its_first_segments_hold)
{
    static struct talk talk;
    static struct cut cuts[SEGMENTS_MAX];
    struct stage *stage = stage_open();
    for (uint32_t first = 1; first <= 20; first++) {
        uint64_t random = first;
        static struct receiver receiver;
        memset(&receiver, 0, sizeof(receiver));
        make_talk(&talk, &random, 300);
        uint32_t count = cut_up(&talk, &random, cuts, first);
        handshake(stage, &talk);
        for (uint32_t i = 0; i < count; i++)
            send_cut(stage, &talk, &cuts[i], &receiver);
        goodbye(stage, &talk);
        /* The same packets to another port: rewritten by a stage of its own. */
        for (uint32_t i = 0; i < stage->packet_count; i++) {
            union {
                const uint8_t *lent;
                uint8_t *own;
            } bytes = {.lent = stage->packets[i].bytes};
            uint8_t *ports = bytes.own + 34;
            for (unsigned end = 0; end < 4; end += 2)
                if (ports[end] == FAKE_PORT >> 8 && ports[end + 1] == (FAKE_PORT & 255)) {
                    ports[end] = 8080 >> 8;
                    ports[end + 1] = 8080 & 255;
                }
        }
        cr_assert(stage_play(stage, &fake_inspector));
        fed_exactly(&talk, first);
        cr_expect(ne(u32, stage->flows[0].facts & SMINI_FLOW_BAD_CHECKSUM, 0));
        cr_assert(stage_clean(stage));
        stage_clear(stage);
    }
    stage_close(stage);
}

Test(tcp_stream, a_direction_that_was_turned_down_is_never_fed)
{
    struct stage *stage = stage_open();
    uint8_t junk[1000];
    memset(junk, 'x', sizeof(junk));
    for (uint32_t i = 0; i < 100; i++)
        stage_add(stage, &(struct stage_segment){.server_port = i & 1 ? 80 : 0,
                                                 .flags = SMINI_TCP_ACK,
                                                 .sequence = 1 + i / 2 * 1000,
                                                 .acknowledgement = 1,
                                                 .bytes = junk,
                                                 .length = sizeof(junk)});
    cr_assert(stage_play(stage, &fake_inspector));
    cr_expect(eq(u32, fake_log.flow_count, 0));
    cr_expect(eq(u64, fake_log.probes, 2));
    cr_expect(eq(u32, stage->flow_count, 1), "the flow on the hinted port is told, the other is not");
    cr_assert(stage_clean(stage));
    stage_close(stage);
}
