/* SPDX-License-Identifier: BSD-2-Clause */
#include "perturb.h"

/* The part of a data segment that begins at `at`; flags that belong to its end stay with the end. */
static struct smini_frame part_of(const struct smini_frame *frame, size_t at, size_t length)
{
    struct smini_frame part = *frame;
    part.bytes = frame->bytes + at;
    part.length = length;
    part.seq = frame->seq + (uint32_t)at;
    if (at + length < frame->length)
        part.flags &= (uint8_t) ~(SMINI_TCP_PSH | SMINI_TCP_FIN);
    if (frame->urgent > at) {
        part.urgent = (uint16_t)(frame->urgent - at);
    } else {
        part.urgent = 0;
        part.flags &= (uint8_t)~SMINI_TCP_URG;
    }
    return part;
}

static void split_with(struct smini_perturb *perturb, struct smini_frames *frames,
                       size_t (*piece)(struct smini_perturb *perturb, const struct smini_frame *frame, size_t at))
{
    struct smini_frames out;
    smini_frames_init(&out, perturb->store);
    for (size_t i = 0; i < frames->count; i++) {
        const struct smini_frame *frame = &frames->items[i];
        if (!smini_frames_has_data(frame)) {
            smini_frames_add(&out, frame);
            continue;
        }
        for (size_t at = 0; at < frame->length;) {
            size_t length = piece(perturb, frame, at);
            if (length > frame->length - at)
                length = frame->length - at;
            struct smini_frame part = part_of(frame, at, length);
            smini_frames_add(&out, &part);
            at += length;
        }
    }
    *frames = out;
}

static size_t piece_fixed(struct smini_perturb *perturb, const struct smini_frame *frame, size_t at)
{
    (void)frame;
    (void)at;
    return smini_perturb_number(perturb, 64);
}

void smini_perturb_split(struct smini_perturb *perturb, struct smini_frames *frames)
{
    split_with(perturb, frames, piece_fixed);
}

static size_t piece_random(struct smini_perturb *perturb, const struct smini_frame *frame, size_t at)
{
    (void)frame;
    (void)at;
    return 1 + smini_random_below(&perturb->random, smini_perturb_number(perturb, 64));
}

void smini_perturb_split_random(struct smini_perturb *perturb, struct smini_frames *frames)
{
    split_with(perturb, frames, piece_random);
}

static size_t piece_at(struct smini_perturb *perturb, const struct smini_frame *frame, size_t at)
{
    /* Stream byte 0 has the relative number 1. */
    uint32_t cut = smini_perturb_number(perturb, 16) + 1, here = frame->seq + (uint32_t)at;
    return here < cut && cut - here < frame->length - at ? cut - here : frame->length - at;
}

void smini_perturb_split_at(struct smini_perturb *perturb, struct smini_frames *frames)
{
    split_with(perturb, frames, piece_at);
}

/* Shuffles every run of data segments of one side; a run of one cannot change, so split first. */
void smini_perturb_reorder(struct smini_perturb *perturb, struct smini_frames *frames)
{
    for (size_t first = 0; first < frames->count;) {
        const struct smini_frame *head = &frames->items[first];
        size_t last = first + 1;
        while (smini_frames_has_data(head) && last < frames->count && smini_frames_has_data(&frames->items[last]) &&
               frames->items[last].connection == head->connection && frames->items[last].direction == head->direction)
            last++;
        for (size_t i = last - 1; i > first; i--) {
            size_t other = first + smini_random_below(&perturb->random, (uint32_t)(i - first + 1));
            struct smini_frame swap = frames->items[i];
            uint64_t time = swap.time_ns;
            swap.time_ns = frames->items[other].time_ns;
            frames->items[i] = frames->items[other];
            frames->items[i].time_ns = time;
            frames->items[other] = swap;
        }
        first = last;
    }
}

void smini_perturb_duplicate(struct smini_perturb *perturb, struct smini_frames *frames)
{
    struct smini_frames out;
    smini_frames_init(&out, perturb->store);
    for (size_t i = 0; i < frames->count; i++) {
        smini_frames_add(&out, &frames->items[i]);
        if (frames->items[i].kind == SMINI_FRAME_TCP)
            smini_frames_add(&out, &frames->items[i]);
    }
    *frames = out;
}

/* Keeps the frames that `keep` likes. */
static void filter(struct smini_perturb *perturb, struct smini_frames *frames,
                   bool (*keep)(const struct smini_frame *frame, void *user), void *user)
{
    struct smini_frames out;
    smini_frames_init(&out, perturb->store);
    for (size_t i = 0; i < frames->count; i++)
        if (keep(&frames->items[i], user))
            smini_frames_add(&out, &frames->items[i]);
    *frames = out;
}

struct lost {
    uint32_t wanted;
    uint32_t seen;
};

static bool keep_unless_lost(const struct smini_frame *frame, void *user)
{
    struct lost *lost = user;
    return !(smini_frames_has_data(frame) && frame->direction == SMINI_TO_SERVER && ++lost->seen == lost->wanted);
}

void smini_perturb_lose(struct smini_perturb *perturb, struct smini_frames *frames)
{
    uint32_t count = 0;
    for (size_t i = 0; i < frames->count; i++)
        count += smini_frames_has_data(&frames->items[i]) && frames->items[i].direction == SMINI_TO_SERVER;
    struct lost lost = {smini_perturb_number(perturb, 1 + smini_random_below(&perturb->random, count)), 0};
    filter(perturb, frames, keep_unless_lost, &lost);
}

enum { CONNECTIONS_MAX = 8192 };

static bool keep_after_handshake(const struct smini_frame *frame, void *user)
{
    bool *begun = user;
    if (frame->kind != SMINI_FRAME_TCP || frame->connection < 0 || frame->connection >= CONNECTIONS_MAX)
        return true;
    if (frame->length)
        begun[frame->connection] = true;
    return begun[frame->connection];
}

void smini_perturb_midstream(struct smini_perturb *perturb, struct smini_frames *frames)
{
    filter(perturb, frames, keep_after_handshake, smini_store_get(perturb->store, CONNECTIONS_MAX * sizeof(bool)));
}

static bool keep_side(const struct smini_frame *frame, void *user)
{
    const int *direction = user;
    return frame->kind != SMINI_FRAME_TCP || frame->direction == *direction;
}

void smini_perturb_one_sided(struct smini_perturb *perturb, struct smini_frames *frames)
{
    int direction = SMINI_TO_SERVER;
    if (perturb->argument && strcmp(perturb->argument, "server") == 0)
        direction = SMINI_TO_CLIENT;
    else if (perturb->argument && strcmp(perturb->argument, "client") != 0)
        smini_store_stop(SMINI_EXIT_USAGE, "one-sided:%s is neither client nor server", perturb->argument);
    filter(perturb, frames, keep_side, &direction);
}

void smini_perturb_other_port(struct smini_perturb *perturb, struct smini_frames *frames)
{
    uint16_t port = (uint16_t)smini_perturb_number(perturb, 14786);
    for (size_t i = 0; i < frames->count; i++) {
        struct smini_frame *frame = &frames->items[i];
        if (frame->kind == SMINI_FRAME_TCP && frame->source.port == 4786)
            frame->source.port = port;
        if (frame->kind == SMINI_FRAME_TCP && frame->destination.port == 4786)
            frame->destination.port = port;
    }
}

void smini_perturb_wrap_around(struct smini_perturb *perturb, struct smini_frames *frames)
{
    uint32_t before = smini_perturb_number(perturb, 10);
    for (size_t i = 0; i < frames->count; i++)
        frames->items[i].isn = frames->items[i].peer_isn = 0u - before;
}

static void to_ipv6(struct smini_endpoint *end)
{
    static const uint8_t prefix[12] = {0x20, 0x01, 0x0d, 0xb8};
    if (end->ip_version != 4)
        return;
    memmove(end->ip + sizeof(prefix), end->ip, 4);
    memcpy(end->ip, prefix, sizeof(prefix));
    end->ip_version = 6;
}

void smini_perturb_ipv6(struct smini_perturb *perturb, struct smini_frames *frames)
{
    (void)perturb;
    for (size_t i = 0; i < frames->count; i++) {
        to_ipv6(&frames->items[i].source);
        to_ipv6(&frames->items[i].destination);
    }
}
