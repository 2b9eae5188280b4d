/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/tcp_overlap.h"

#include <stdio.h>

#include "replay/file_judge.h"
#include "replay/flow_view.h"
#include "replay/packet_judge.h"
#include "replay/reread.h"

enum {
    /* A window's worth of differing bytes, in as many pieces as keep walking them cheap. */
    PATCH_BYTES_MAX = 64 * 1024,
    PATCHES_MAX = 256
};

static bool touches_patch(const struct smini_tcp_side *side, uint64_t offset, uint32_t length)
{
    for (const struct smini_patch *patch = side->patches; patch; patch = patch->next)
        if (patch->offset < offset + length && offset < patch->offset + patch->length)
            return true;
    return false;
}

static void add_patch(struct smini_run *run, struct smini_flow *flow, struct smini_tcp_side *side, uint64_t offset,
                      const uint8_t *bytes, uint32_t length)
{
    if (side->patch_count >= PATCHES_MAX || length > PATCH_BYTES_MAX - side->patch_bytes) {
        if (!(flow->bits & SMINI_TRACK_TOLD_PATCHES))
            smini_pump_problem(run, flow, "tcp", "overlap_limit",
                               "more differing copies than are kept: the last reading is incomplete", SMIN_E_LIMIT, 0);
        flow->bits |= SMINI_TRACK_TOLD_PATCHES;
        run->counters.limits++;
        return;
    }
    struct smini_patch *patch = smini_alloc_get(run->alloc, sizeof(*patch) + length);
    if (!patch) {
        smini_pump_nomem(run, flow, "a differing copy could not be kept: the last reading is incomplete");
        return;
    }
    patch->offset = offset;
    patch->moment = run->moment;
    patch->length = length;
    memcpy(patch->bytes, bytes, length);
    if (side->patches_last)
        side->patches_last->next = patch;
    else
        side->patches = patch;
    side->patches_last = patch;
    side->patch_count++;
    side->patch_bytes += length;
}

/* From here on the flow has two readings. */
static void diverge(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t offset,
                    const uint8_t *bytes, uint32_t length)
{
    if (run->options.overlap == SMINI_OVERLAP_FIRST || (flow->bits & SMINI_TRACK_BORROWS))
        return;
    if (!(flow->bits & SMINI_TRACK_DIVERGED))
        flow->diverged_packet = run->moment.packet;
    flow->bits |= SMINI_TRACK_DIVERGED | SMINI_TRACK_ALREADY_DIVERGED;
    add_patch(run, flow, &flow->side[direction], offset, bytes, length);
}

void smini_overlap_differs(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t offset,
                           const uint8_t *bytes, uint32_t length)
{
    run->counters.overlaps_differing++;
    flow->facts |= SMINI_FLOW_OVERLAP;
    if (!(flow->bits & SMINI_TRACK_TOLD_OVERLAP)) {
        char detail[120];
        snprintf(detail, sizeof(detail), "copies of bytes %llu to %llu to the %s disagree",
                 (unsigned long long)offset, (unsigned long long)(offset + length - 1),
                 direction == SMIN_TO_SERVER ? "server" : "client");
        flow->bits |= SMINI_TRACK_TOLD_OVERLAP;
        smini_pump_problem(run, flow, "tcp", "overlap_differs", detail, SMIN_E_MALFORMED, 0);
    }
    diverge(run, flow, direction, offset, bytes, length);
}

void smini_overlap_copy(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint64_t offset,
                        const uint8_t *bytes, uint32_t length)
{
    struct smini_tcp_side *side = &flow->side[direction];
    uint64_t start = flow->trail.start[direction];
    run->counters.segments_duplicate++;
    if (offset < start) {
        if (!smini_flow_is_quiet(run, flow))
            smini_pump_limit(run, SMINI_TOLD_HISTORY, flow, "overlap_unjudged",
                             "a copy of bytes that are no longer kept: whether it differs is unknown");
        if (offset + length <= start)
            return;
        bytes += start - offset;
        length -= (uint32_t)(start - offset);
        offset = start;
    }
    switch (smini_trail_compare(&run->trails, &flow->trail, direction, offset, bytes, length)) {
    case SMINI_TRAIL_SAME:
        run->counters.overlaps_same++;
        if (side->patches && touches_patch(side, offset, length))
            diverge(run, flow, direction, offset, bytes, length);
        break;
    case SMINI_TRAIL_DIFFERS:
        smini_overlap_differs(run, flow, direction, offset, bytes, length);
        break;
    case SMINI_TRAIL_LATE:
        /* Bytes that were given up as missing: no disagreement, but a reading that holds more. */
        diverge(run, flow, direction, offset, bytes, length);
        break;
    case SMINI_TRAIL_UNKNOWN:
        break;
    }
}

void smini_overlap_clear(struct smini_run *run, struct smini_flow *flow)
{
    for (unsigned direction = 0; direction < 2; direction++) {
        struct smini_tcp_side *side = &flow->side[direction];
        while (side->patches) {
            struct smini_patch *patch = side->patches;
            side->patches = patch->next;
            smini_alloc_free(run->alloc, patch, sizeof(*patch) + patch->length);
        }
        side->patches_last = NULL;
        side->patch_count = side->patch_bytes = 0;
    }
}

void smini_overlap_resolve(struct smini_run *run, struct smini_flow *flow)
{
    if (!(flow->bits & SMINI_TRACK_DIVERGED))
        return;
    if ((flow->bits & (SMINI_TRACK_FED | SMINI_TRACK_DROPPED)) == SMINI_TRACK_FED)
        smini_reread(run, flow);
    flow->bits &= (uint16_t)~SMINI_TRACK_DIVERGED;
    smini_overlap_clear(run, flow);
    smini_trail_clear(&run->trails, &flow->trail);
}

static void count(struct smini_run *run, struct smini_flow *flow, const struct smin_output *output)
{
    run->counters.alerts += output->alert_count;
    if (!output->message)
        return;
    run->counters.events += output->message->event_count;
    if (output->message->kind != SMIN_KIND_MESSAGE)
        return;
    run->counters.messages++;
    flow->messages++;
    if (!(flow->facts & SMINI_FLOW_DETECTED))
        run->counters.detected_flows++;
    flow->facts |= SMINI_FLOW_DETECTED;
}

void smini_overlap_output(struct smini_flow_reading *reading, const struct smin_output *output)
{
    if (reading->mode == SMINI_DELIVER_PACKET) {
        smini_packet_output(reading, output);
        return;
    }
    if (reading->mode == SMINI_DELIVER_FILE) {
        smini_file_judge_output(reading, output);
        return;
    }
    struct smini_flow *flow = reading->flow;
    struct smini_run *run = flow->run;
    int label = SMINI_READING_LAST;
    if (reading->mode == SMINI_DELIVER_COLLECT) {
        smini_reread_collect(run, flow, output);
        return;
    }
    if (reading->mode == SMINI_DELIVER_LAST && smini_reread_known(run, output))
        return;
    if (reading->mode == SMINI_DELIVER_LIVE) {
        /* The last reading will say it, if it still holds; but what a second reader says is said once. */
        if ((flow->bits & SMINI_TRACK_DIVERGED) && run->options.overlap == SMINI_OVERLAP_LAST && reading != &flow->second)
            return;
        if (!(flow->bits & SMINI_TRACK_LATE_START))
            label = flow->bits & SMINI_TRACK_ALREADY_DIVERGED ? SMINI_READING_FIRST : SMINI_READING_ONLY;
    }
    count(run, flow, output);
    if (!run->sink.on_output)
        return;
    struct smini_flow_view view;
    smini_flow_view_make(run, flow, &view);
    run->sink.on_output(run->sink.user, run->inspectors[reading->inspector].inspector, &view, label, output);
}
