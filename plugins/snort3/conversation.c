/* SPDX-License-Identifier: BSD-2-Clause */
/* The two directions of a connection, from Snort's pieces to the inspector's stream. */
#include <stdlib.h>
#include <string.h>

#include "snort3/work_state.h"

/*
 * Snort tells that bytes are missing, not how many. Longer than what any message still lacks, so that the inspector
 * looks for the next message behind the hole instead of taking what is there for the rest of this one.
 */
#define UNKNOWN_GAP UINT64_C(0x200000000)

int32_t smini_conversation_new(struct smini_work_thread *thread, const struct smin_flow_info *info,
                               struct smini_conversation **conversation)
{
    struct smini_conversation *made = calloc(1, sizeof(*made));
    *conversation = made;
    if (!made)
        return SMIN_E_NOMEM;
    made->thread = thread;
    made->info = *info;
    return SMIN_OK;
}

static const struct smin_inspector *inspector_of(const struct smini_conversation *conversation)
{
    return conversation->thread->work->session.inspector;
}

static void give_up(struct smini_conversation *conversation)
{
    if (conversation->flow)
        inspector_of(conversation)->flow_free(conversation->thread->thread, conversation->flow);
    conversation->flow = NULL;
    conversation->side[0].state = conversation->side[1].state = SMINI_SIDE_REFUSED;
    conversation->thread->counts->failures++;
}

/* What the inspector's answer means. */
static void heed(struct smini_conversation *conversation, uint32_t direction, int32_t status)
{
    if (status <= SMIN_STATUS_FATAL)
        give_up(conversation);
    else if (status < 0 || status == SMIN_DONE)
        conversation->side[direction].state = SMINI_SIDE_ENDED;
}

static struct smin_input input_here(const struct smini_conversation *conversation,
                                    const struct smini_work_piece *piece, const uint8_t *bytes, uint64_t length)
{
    return (struct smin_input){.struct_size = sizeof(struct smin_input),
                               .direction = piece->direction,
                               .time_ns = piece->time_ns,
                               .packet_number = piece->packet_number,
                               .offset = conversation->side[piece->direction].offset,
                               .bytes = bytes,
                               .length = length,
                               .flow_flags = piece->flow_flags};
}

static void feed(struct smini_conversation *conversation, const struct smini_work_piece *piece, const uint8_t *bytes,
                 uint32_t length)
{
    struct smini_side *side = &conversation->side[piece->direction];
    if (side->state != SMINI_SIDE_READ || length == 0)
        return;
    struct smin_input input = input_here(conversation, piece, bytes, length);
    struct smin_result result =
        inspector_of(conversation)->feed(conversation->thread->thread, conversation->flow, &input);
    side->offset += length;
    conversation->thread->counts->bytes += length;
    heed(conversation, piece->direction, result.status);
}

static void pass_gap(struct smini_conversation *conversation, const struct smini_work_piece *piece)
{
    struct smini_side *side = &conversation->side[piece->direction];
    side->gap = false;
    conversation->thread->counts->gaps++;
    side->first_length = 0; /* the bytes that were to be judged do not hang together with what comes */
    if (side->state != SMINI_SIDE_READ) {
        side->offset += UNKNOWN_GAP;
        return;
    }
    struct smin_input input = input_here(conversation, piece, NULL, UNKNOWN_GAP);
    struct smin_result result =
        inspector_of(conversation)->gap(conversation->thread->thread, conversation->flow, &input);
    side->offset += UNKNOWN_GAP;
    heed(conversation, piece->direction, result.status);
}

static void pass_end(struct smini_conversation *conversation, const struct smini_work_piece *piece)
{
    struct smini_side *side = &conversation->side[piece->direction];
    if (side->state != SMINI_SIDE_READ)
        return;
    struct smin_input input = input_here(conversation, piece, NULL, 0);
    struct smin_result result =
        inspector_of(conversation)->end(conversation->thread->thread, conversation->flow, &input);
    heed(conversation, piece->direction, result.status);
    if (side->state == SMINI_SIDE_READ)
        side->state = SMINI_SIDE_ENDED;
}

/* The inspector gets the connection. What is missing before the first bytes is told it as a gap. */
static void claim(struct smini_conversation *conversation, const struct smini_work_piece *piece)
{
    struct smini_side *side = &conversation->side[piece->direction];
    struct smini_work_thread *thread = conversation->thread;
    side->state = SMINI_SIDE_READ;
    if (!conversation->flow) {
        struct smin_flow_info info = conversation->info;
        info.flags = (uint16_t)piece->flow_flags;
        if (inspector_of(conversation)->flow_new(thread->thread, &info, conversation, &conversation->flow) != SMIN_OK) {
            conversation->flow = NULL;
            give_up(conversation);
            return;
        }
        thread->counts->flows++;
    }
    if (side->offset == 0)
        return;
    struct smini_work_piece before = *piece;
    side->offset = 0;
    thread->counts->gaps--; /* counted when it was seen */
    pass_gap(conversation, &before);
}

/* Judges the first bytes of a direction; they wait in `first` until that can be done. */
static uint32_t decide(struct smini_conversation *conversation, const struct smini_work_piece *piece)
{
    struct smini_side *side = &conversation->side[piece->direction];
    uint32_t taken = SMINI_FIRST_BYTES - side->first_length;
    if (taken > piece->length)
        taken = piece->length;
    if (taken > 0)
        memcpy(side->first + side->first_length, piece->bytes, taken);
    side->first_length += taken;
    if (side->first_length == 0)
        return taken;
    struct smin_input input = input_here(conversation, piece, side->first, side->first_length);
    int32_t answer = inspector_of(conversation)->probe(conversation->thread->thread, &conversation->info, &input);
    if (answer == SMIN_PROBE_MORE && side->first_length < SMINI_FIRST_BYTES)
        return taken;
    if (answer != SMIN_PROBE_YES) {
        side->state = SMINI_SIDE_REFUSED;
        conversation->thread->counts->refused++;
        return taken;
    }
    uint32_t length = side->first_length;
    claim(conversation, piece);
    feed(conversation, piece, side->first, length);
    return taken;
}

/* Limits that the inspector reached meanwhile. */
static void count_limits(struct smini_work_thread *thread)
{
    const struct smin_ext_stats *stats = thread->work->session.stats;
    struct smin_stats now = {.struct_size = sizeof(now)};
    if (!stats || stats->get(thread->thread, &now) != SMIN_OK || now.limit_hits < thread->limits_told)
        return;
    thread->counts->limits += now.limit_hits - thread->limits_told;
    thread->limits_told = now.limit_hits;
}

uint32_t smini_conversation_read(struct smini_conversation *conversation, const struct smini_work_piece *piece)
{
    struct smini_side *side = &conversation->side[piece->direction];
    uint32_t taken = 0;
    if (side->gap)
        pass_gap(conversation, piece);
    if (side->state == SMINI_SIDE_UNDECIDED)
        taken = decide(conversation, piece);
    if (taken < piece->length)
        feed(conversation, piece, piece->bytes + taken, piece->length - taken);
    if (side->ending)
        pass_end(conversation, piece);
    count_limits(conversation->thread);
    return conversation->thread->ready.count;
}

void smini_conversation_gap(struct smini_conversation *conversation, uint32_t direction)
{
    conversation->side[direction].gap = true;
}

void smini_conversation_ending(struct smini_conversation *conversation, uint32_t direction)
{
    conversation->side[direction].ending = true;
}

bool smini_conversation_refused(const struct smini_conversation *conversation, uint32_t direction)
{
    return conversation->side[direction].state == SMINI_SIDE_REFUSED;
}

void smini_conversation_free(struct smini_conversation **conversation, struct smini_work_counts *counts)
{
    struct smini_conversation *old = *conversation;
    *conversation = NULL;
    if (!old)
        return;
    old->thread->counts = counts;
    old->thread->unheard = true;
    for (uint32_t direction = SMIN_TO_SERVER; direction <= SMIN_TO_CLIENT; direction++) {
        struct smini_work_piece nothing = {.direction = direction};
        pass_end(old, &nothing);
    }
    old->thread->unheard = false;
    count_limits(old->thread);
    if (old->flow)
        inspector_of(old)->flow_free(old->thread->thread, old->flow);
    free(old);
}
