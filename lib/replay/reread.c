/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/reread.h"

#include <stdlib.h>

#include "replay/flow_view.h"

/* Outputs of one window: every message of at least 16 bytes in two directions of default history, doubled. */
enum { DIGESTS_MAX = 16384 };

/* One pass over the trail. */
struct pass {
    struct smini_run *run;
    struct smini_flow *flow;
    const struct smin_inspector *inspector;
    struct smin_thread *thread;
    struct smin_flow *handle;
    bool patched;
    bool done[2];
};

static uint64_t fold(uint64_t state, uint64_t word)
{
    return smini_hash_fold(state ^ 0x9e3779b97f4a7c15u, word ^ 0xc2b2ae3d27d4eb4fu) ^ (state << 7 | state >> 57);
}

static uint64_t fold_bytes(uint64_t state, const uint8_t *bytes, uint64_t length)
{
    state = fold(state, length);
    for (uint64_t i = 0; i + 8 <= length; i += 8)
        state = fold(state, smini_hash_load(bytes + i));
    uint64_t rest = 0;
    memcpy(&rest, bytes + (length & ~(uint64_t)7), length & 7);
    return fold(state, rest);
}

/* All that a record would show, except time and packet number. */
static uint64_t digest_of(const struct smin_output *output)
{
    uint64_t state = output->alert_count;
    const struct smin_message *message = output->message;
    for (uint32_t i = 0; i < output->alert_count; i++) {
        const struct smin_alert *alert =
            (const void *)((const uint8_t *)output->alerts + (size_t)i * output->alert_stride);
        state = fold(state, (uint64_t)alert->rule->gid << 32 | alert->rule->sid);
    }
    if (!message)
        return state;
    state = fold(state, (uint64_t)message->kind << 32 | message->id);
    state = fold(state, (uint64_t)message->direction << 32 | message->flags);
    state = fold(fold(state, message->offset), message->length);
    for (uint32_t i = 0; i < message->event_count; i++) {
        const struct smin_event *event =
            (const void *)((const uint8_t *)message->events + (size_t)i * message->event_stride);
        state = fold(fold(fold(state, event->id), event->offset), event->number);
    }
    for (uint32_t i = 0; i < message->field_count; i++) {
        const struct smin_field *field =
            (const void *)((const uint8_t *)message->fields + (size_t)i * message->field_stride);
        state = fold(fold(fold(state, (uint64_t)field->id << 32 | field->flags), field->offset), field->number);
        if (field->bytes)
            state = fold_bytes(state, field->bytes, field->size);
    }
    return message->bytes ? fold_bytes(state, message->bytes, message->size) : state;
}

static int by_value(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof(a));
    memcpy(&b, right, sizeof(b));
    return a < b ? -1 : a > b;
}

void smini_reread_collect(struct smini_run *run, const struct smini_flow *flow, const struct smin_output *output)
{
    /* With the last reading only, what came after the first disagreement was held back, so it is not known yet. */
    if (run->options.overlap == SMINI_OVERLAP_LAST && output->packet_number >= flow->diverged_packet)
        return;
    if (run->digest_count == run->digest_room) {
        uint32_t room = run->digest_room ? run->digest_room * 2 : 64;
        uint64_t *bigger = room > DIGESTS_MAX ? NULL
                                              : smini_alloc_grow(run->alloc, run->digests,
                                                                 run->digest_room * sizeof(*bigger),
                                                                 room * sizeof(*bigger));
        if (!bigger) {
            run->counters.limits++; /* costs an output that is given twice, never one that is missing */
            return;
        }
        run->digests = bigger;
        run->digest_room = room;
    }
    run->digests[run->digest_count++] = digest_of(output);
}

bool smini_reread_known(const struct smini_run *run, const struct smin_output *output)
{
    uint64_t digest = digest_of(output);
    return run->digest_count != 0 &&
           bsearch(&digest, run->digests, run->digest_count, sizeof(digest), by_value) != NULL;
}

static void give(struct pass *pass, unsigned direction, uint64_t offset, const uint8_t *bytes, uint64_t length,
                 struct smini_moment moment)
{
    if (pass->done[direction] || length == 0)
        return;
    struct smin_input input = {.struct_size = sizeof(input),
                               .direction = direction,
                               .time_ns = moment.time_ns,
                               .packet_number = moment.packet,
                               .offset = offset,
                               .bytes = bytes,
                               .length = length,
                               .flow_flags = smini_flow_input_flags(pass->run, pass->flow)};
    struct smin_result result = bytes ? pass->inspector->feed(pass->thread, pass->handle, &input)
                                      : pass->inspector->gap(pass->thread, pass->handle, &input);
    if (result.status == SMIN_DONE || result.status < 0)
        pass->done[direction] = true;
    if (result.status <= SMIN_STATUS_FATAL)
        pass->done[direction ^ 1] = true;
}

/* Whether a later copy holds the byte at `offset`; `*stop` becomes the next place where the answer may change. */
static bool covered(const struct smini_tcp_side *side, uint64_t offset, uint64_t *stop)
{
    bool found = false;
    for (const struct smini_patch *patch = side->patches; patch; patch = patch->next) {
        uint64_t end = patch->offset + patch->length;
        if (patch->offset > offset && patch->offset < *stop)
            *stop = patch->offset;
        if (end > offset && end < *stop)
            *stop = end;
        if (patch->offset <= offset && offset < end)
            found = true;
    }
    return found;
}

/* Puts later copies over `bytes`, the last on top. */
static void overlay(const struct smini_tcp_side *side, uint64_t offset, uint8_t *bytes, uint32_t length,
                    struct smini_moment *moment)
{
    for (const struct smini_patch *patch = side->patches; patch; patch = patch->next) {
        uint64_t begin = patch->offset > offset ? patch->offset : offset;
        uint64_t end = patch->offset + patch->length < offset + length ? patch->offset + patch->length : offset + length;
        if (begin >= end)
            continue;
        memcpy(bytes + (begin - offset), patch->bytes + (begin - patch->offset), end - begin);
        if (patch->moment.packet > moment->packet)
            *moment = patch->moment;
    }
}

static void give_entry(struct pass *pass, const struct smini_trail_entry *entry)
{
    const struct smini_tcp_side *side = &pass->flow->side[entry->direction];
    uint8_t bytes[SMINI_TRAIL_CHUNK];
    struct smini_moment moment = entry->moment;
    if (!pass->patched || !side->patches) {
        give(pass, entry->direction, entry->offset, entry->gap ? NULL : smini_trail_bytes(entry), entry->length,
             moment);
        return;
    }
    if (!entry->gap) {
        memcpy(bytes, smini_trail_bytes(entry), entry->length);
        overlay(side, entry->offset, bytes, entry->length, &moment);
        give(pass, entry->direction, entry->offset, bytes, entry->length, moment);
        return;
    }
    uint64_t end = entry->offset + entry->length;
    for (uint64_t at = entry->offset; at < end;) {
        uint64_t stop = end;
        bool seen = covered(side, at, &stop);
        if (seen && stop - at > sizeof(bytes))
            stop = at + sizeof(bytes);
        if (seen)
            overlay(side, at, bytes, (uint32_t)(stop - at), &moment);
        give(pass, entry->direction, at, seen ? bytes : NULL, stop - at, moment);
        at = stop;
    }
}

static void read_trail(struct pass *pass)
{
    const struct smini_trail *trail = &pass->flow->trail;
    struct smini_trail_walk walk = {0};
    const struct smini_trail_entry *entry;
    for (unsigned direction = 0; direction < 2; direction++)
        give(pass, direction, 0, NULL, trail->start[direction], pass->run->moment);
    while ((entry = smini_trail_next(&pass->run->trails, trail, &walk)) != NULL)
        give_entry(pass, entry);
    for (unsigned direction = 0; direction < 2; direction++) {
        if (pass->done[direction])
            continue;
        struct smin_input input = {.struct_size = sizeof(input),
                                   .direction = direction,
                                   .time_ns = pass->run->moment.time_ns,
                                   .packet_number = pass->run->moment.packet,
                                   .offset = trail->end[direction],
                                   .flow_flags = smini_flow_input_flags(pass->run, pass->flow)};
        if (pass->inspector->end(pass->thread, pass->handle, &input).status <= SMIN_STATUS_FATAL)
            break;
    }
}

/* The thread of a pass; NULL: no memory. */
static struct smin_thread *thread_of(struct smini_run *run, uint32_t inspector, uint32_t mode)
{
    const struct smini_run_inspector *with = &run->inspectors[inspector];
    struct smin_thread **thread =
        &run->threads[(mode == SMINI_DELIVER_LAST ? 2u : 1u) * run->inspector_count + inspector];
    if (!*thread && with->inspector->thread_new(with->instance, thread) != SMIN_OK)
        *thread = NULL;
    return *thread;
}

static bool read_once(struct smini_run *run, struct smini_flow *flow, uint32_t mode)
{
    struct pass pass = {.run = run,
                        .flow = flow,
                        .inspector = run->inspectors[flow->inspector].inspector,
                        .thread = thread_of(run, flow->inspector, mode),
                        .patched = mode == SMINI_DELIVER_LAST};
    struct smin_flow_info info;
    flow->again = (struct smini_flow_reading){.flow = flow, .mode = (uint16_t)mode, .inspector = flow->inspector};
    smini_flow_info_make(run, smini_flow_table_at(&run->table, flow->record), smini_flow_input_flags(run, flow), &info);
    if (!pass.thread ||
        pass.inspector->flow_new(pass.thread, &info, &flow->again, &pass.handle) != SMIN_OK || !pass.handle)
        return false;
    read_trail(&pass);
    pass.inspector->flow_free(pass.thread, pass.handle);
    return true;
}

void smini_reread(struct smini_run *run, struct smini_flow *flow)
{
    run->digest_count = 0;
    if (!read_once(run, flow, SMINI_DELIVER_COLLECT)) {
        smini_pump_nomem(run, flow, "no memory for the last reading of disagreeing copies");
        return;
    }
    if (run->digest_count > 1)
        qsort(run->digests, run->digest_count, sizeof(*run->digests), by_value);
    if (!read_once(run, flow, SMINI_DELIVER_LAST))
        smini_pump_nomem(run, flow, "no memory for the last reading of disagreeing copies");
}
