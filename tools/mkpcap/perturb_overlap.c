/* SPDX-License-Identifier: BSD-2-Clause */
/* Two copies of the same place, in the stream or in a fragmented packet. */
#include "perturb.h"

enum { IPV4_HEADER = 20, IPV6_HEADER = 40, FRAGMENT_HEADER = 8, PROTOCOL_FRAGMENT = 44, MORE_FRAGMENTS = 0x2000 };

static struct smini_frame slice(const struct smini_frame *frame, size_t at, size_t length)
{
    struct smini_frame part = *frame;
    part.bytes = frame->bytes + at;
    part.length = length;
    part.seq = frame->seq + (uint32_t)at;
    return part;
}

/* The same length with every byte another one. */
static const uint8_t *other_bytes(struct smini_store *store, const uint8_t *bytes, size_t length)
{
    uint8_t *other = smini_store_copy(store, smini_span_make(bytes, length));
    for (size_t i = 0; i < length; i++)
        other[i] = (uint8_t)~other[i];
    return other;
}

enum overlap { OVERLAP_SAME, OVERLAP_TRUE_FIRST, OVERLAP_TRUE_LAST };

/*
 * Copies of the second part come while the first part is still missing, so
 * that no receiver can have used either of them; the first part comes last.
 */
static void overlap_segment(struct smini_perturb *perturb, const struct smini_frame *frame, enum overlap overlap,
                            struct smini_frames *out)
{
    size_t cut = 1 + smini_random_below(&perturb->random, (uint32_t)frame->length - 1);
    struct smini_frame head = slice(frame, 0, cut);
    struct smini_frame tail = slice(frame, cut, frame->length - cut);
    struct smini_frame other = tail;
    head.flags &= (uint8_t) ~(SMINI_TCP_PSH | SMINI_TCP_FIN);
    if (overlap == OVERLAP_SAME)
        head = slice(frame, 0, cut + smini_random_below(&perturb->random, (uint32_t)(frame->length - cut + 1)));
    else
        other.bytes = other_bytes(perturb->store, tail.bytes, tail.length);
    if (overlap == OVERLAP_TRUE_LAST)
        smini_frames_add(out, &other);
    smini_frames_add(out, &tail);
    if (overlap == OVERLAP_TRUE_FIRST)
        smini_frames_add(out, &other);
    smini_frames_add(out, &head);
}

static void overlap_all(struct smini_perturb *perturb, struct smini_frames *frames, enum overlap overlap)
{
    struct smini_frames out;
    smini_frames_init(&out, perturb->store);
    for (size_t i = 0; i < frames->count; i++) {
        const struct smini_frame *frame = &frames->items[i];
        if (smini_frames_has_data(frame) && frame->length > 1)
            overlap_segment(perturb, frame, overlap, &out);
        else
            smini_frames_add(&out, frame);
    }
    *frames = out;
}

void smini_perturb_overlap_same(struct smini_perturb *perturb, struct smini_frames *frames)
{
    overlap_all(perturb, frames, OVERLAP_SAME);
}

void smini_perturb_overlap_first(struct smini_perturb *perturb, struct smini_frames *frames)
{
    overlap_all(perturb, frames, OVERLAP_TRUE_FIRST);
}

void smini_perturb_overlap_last(struct smini_perturb *perturb, struct smini_frames *frames)
{
    overlap_all(perturb, frames, OVERLAP_TRUE_LAST);
}

/* One fragment of the IP packet in `frame`, whose payload is `payload`; `bytes` may be other ones. */
static void add_fragment(struct smini_perturb *perturb, const struct smini_frame *frame, struct smini_span payload,
                         size_t at, size_t length, const uint8_t *bytes, struct smini_frames *out)
{
    bool more = at + length < payload.length;
    struct smini_frame part = *frame;
    part.kind = SMINI_FRAME_OTHER;
    part.bytes = bytes ? bytes : payload.bytes + at;
    part.length = length;
    part.bad_l4_checksum = part.bad_ip_checksum = false;
    if (frame->source.ip_version == 4) {
        part.protocol = frame->bytes[9];
        part.ip_fragment = (uint16_t)((more ? MORE_FRAGMENTS : 0) | (at / 8));
    } else {
        uint8_t *with_header = smini_store_get(perturb->store, FRAGMENT_HEADER + length);
        uint32_t place = (uint32_t)at | (more ? 1 : 0);
        const uint8_t header[FRAGMENT_HEADER] = {
            frame->bytes[6], 0, (uint8_t)(place >> 8),        (uint8_t)place,
            0,               0, (uint8_t)(frame->ip_id >> 8), (uint8_t)frame->ip_id};
        memcpy(with_header, header, sizeof(header));
        memcpy(with_header + FRAGMENT_HEADER, part.bytes, length);
        part.bytes = with_header;
        part.length = FRAGMENT_HEADER + length;
        part.protocol = PROTOCOL_FRAGMENT;
    }
    smini_packets_render(perturb->packets, &part);
    smini_frames_add(out, &part);
}

static struct smini_span ip_payload(const struct smini_frame *frame)
{
    size_t header = frame->source.ip_version == 4 ? IPV4_HEADER : IPV6_HEADER;
    return smini_span_part(smini_span_make(frame->bytes, frame->length), header, frame->length);
}

static size_t fragment_length(size_t wanted, size_t left)
{
    return wanted < left ? wanted : left;
}

/*
 * Pieces of one write share its identification, and so would their fragments:
 * every packet after the first of a number gets one that no packet of a short talk has.
 */
static void own_identifications(struct smini_perturb *perturb, struct smini_frames *frames)
{
    enum { NUMBERS = 65536 };
    uint8_t *used = smini_store_get(perturb->store, NUMBERS);
    uint16_t next = NUMBERS - 1;
    memset(used, 0, NUMBERS);
    /* What was fragmented before keeps its number: its fragments must find each other. */
    for (size_t i = 0; i < frames->count; i++)
        if (frames->items[i].kind == SMINI_FRAME_OTHER)
            used[frames->items[i].ip_id] = 1;
    for (size_t i = 0; i < frames->count; i++) {
        struct smini_frame *frame = &frames->items[i];
        if (frame->kind != SMINI_FRAME_IP)
            continue;
        while (used[frame->ip_id] && next > 0)
            frame->ip_id = next--;
        used[frame->ip_id] = 1;
    }
}

void smini_perturb_fragment(struct smini_perturb *perturb, struct smini_frames *frames)
{
    struct smini_frames out;
    size_t size = (smini_perturb_number(perturb, 64) + 7) / 8 * 8;
    own_identifications(perturb, frames);
    smini_frames_init(&out, perturb->store);
    for (size_t i = 0; i < frames->count; i++) {
        const struct smini_frame *frame = &frames->items[i];
        struct smini_span payload = ip_payload(frame);
        if (frame->kind != SMINI_FRAME_IP || payload.length <= size) {
            smini_frames_add(&out, frame);
            continue;
        }
        for (size_t at = 0; at < payload.length; at += size)
            add_fragment(perturb, frame, payload, at, fragment_length(size, payload.length - at), NULL, &out);
    }
    *frames = out;
}

/* Two copies of every fragment but the first, which comes last and completes the packet. */
static void overlap_fragments(struct smini_perturb *perturb, const struct smini_frame *frame,
                              struct smini_span payload, size_t size, enum overlap overlap, struct smini_frames *out)
{
    for (size_t at = size; at < payload.length; at += size) {
        size_t length = fragment_length(size, payload.length - at);
        const uint8_t *other = other_bytes(perturb->store, payload.bytes + at, length);
        if (overlap == OVERLAP_TRUE_LAST)
            add_fragment(perturb, frame, payload, at, length, other, out);
        add_fragment(perturb, frame, payload, at, length, NULL, out);
        if (overlap == OVERLAP_TRUE_FIRST)
            add_fragment(perturb, frame, payload, at, length, other, out);
        if (overlap == OVERLAP_SAME)
            add_fragment(perturb, frame, payload, at, length, NULL, out);
    }
    add_fragment(perturb, frame, payload, 0, size, NULL, out);
}

void smini_perturb_fragment_overlap(struct smini_perturb *perturb, struct smini_frames *frames)
{
    enum { SIZE = 64 };
    enum overlap overlap = OVERLAP_SAME;
    const char *argument = perturb->argument ? perturb->argument : "same";
    struct smini_frames out;
    if (strcmp(argument, "first") == 0)
        overlap = OVERLAP_TRUE_FIRST;
    else if (strcmp(argument, "last") == 0)
        overlap = OVERLAP_TRUE_LAST;
    else if (strcmp(argument, "same") != 0)
        smini_store_stop(SMINI_EXIT_USAGE, "fragment-overlap:%s is not same, first or last", argument);
    own_identifications(perturb, frames);
    smini_frames_init(&out, perturb->store);
    for (size_t i = 0; i < frames->count; i++) {
        const struct smini_frame *frame = &frames->items[i];
        struct smini_span payload = ip_payload(frame);
        if (frame->kind == SMINI_FRAME_IP && payload.length > SIZE)
            overlap_fragments(perturb, frame, payload, SIZE, overlap, &out);
        else
            smini_frames_add(&out, frame);
    }
    *frames = out;
}
