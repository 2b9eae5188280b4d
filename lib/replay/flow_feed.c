/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_feed.h"

#include "replay/file_carry.h"
#include "replay/flow_view.h"
#include "replay/tcp_overlap.h"

int32_t smini_flow_probe(struct smini_run *run, const struct smin_flow_info *info,
                         const struct smini_first_bytes *first, int32_t only, uint16_t *which)
{
    struct smin_input input = {.struct_size = sizeof(input),
                               .direction = first->direction,
                               .time_ns = run->moment.time_ns,
                               .packet_number = run->moment.packet,
                               .offset = first->offset,
                               .bytes = first->bytes,
                               .length = first->length,
                               .flow_flags = info->flags};
    for (uint32_t i = 0; i < run->inspector_count; i++) {
        if (only >= 0 && i != (uint32_t)only)
            continue;
        int32_t answer = run->inspectors[i].inspector->probe(run->threads[i], info, &input);
        if (answer == SMIN_PROBE_MORE && first->length < SMINI_PROBE_BYTES)
            return SMIN_PROBE_MORE;
        if (answer == SMIN_PROBE_YES) {
            *which = (uint16_t)i;
            return SMIN_PROBE_YES;
        }
    }
    return SMIN_PROBE_NO;
}

int32_t smini_flow_choose(struct smini_run *run, const struct smin_flow_info *info,
                          const struct smini_first_bytes *first, bool last_word, struct smini_readers *readers)
{
    *readers = (struct smini_readers){-1, -1};
    bool more = false;
    for (uint32_t i = 0; i < run->inspector_count; i++) {
        uint16_t which = 0;
        int32_t answer = smini_flow_probe(run, info, first, (int32_t)i, &which);
        more = more || answer == SMIN_PROBE_MORE;
        if (answer != SMIN_PROBE_YES)
            continue;
        if (readers->first < 0)
            readers->first = (int32_t)i;
        else if (readers->second < 0)
            readers->second = (int32_t)i;
    }
    if (more && !last_word)
        return SMIN_PROBE_MORE;
    return readers->first < 0 ? SMIN_PROBE_NO : SMIN_PROBE_YES;
}

void smini_flow_ignore(struct smini_run *run, struct smini_flow *flow, unsigned direction)
{
    flow->side[direction].state = SMINI_SIDE_IGNORED;
    smini_hold_clear(&run->holds, &flow->side[direction].hold);
}

static void free_handles(struct smini_run *run, struct smini_flow *flow)
{
    if (flow->handle)
        run->inspectors[flow->inspector].inspector->flow_free(run->threads[flow->inspector], flow->handle);
    if (flow->beside)
        run->inspectors[flow->second.inspector].inspector->flow_free(run->threads[flow->second.inspector], flow->beside);
    flow->handle = flow->beside = NULL;
    smini_files_end(run, flow);
}

static void drop(struct smini_run *run, struct smini_flow *flow)
{
    free_handles(run, flow);
    flow->bits |= SMINI_TRACK_DROPPED;
    smini_flow_forget_packets(run, flow);
    smini_flow_ignore(run, flow, SMIN_TO_SERVER);
    smini_flow_ignore(run, flow, SMIN_TO_CLIENT);
}

/* Does the reader at that place want this direction? */
static bool reads(const struct smini_flow *flow, unsigned place, unsigned direction)
{
    return (place == 0 ? flow->handle : flow->beside) && !(flow->done & smini_flow_done_bit(place, direction));
}

static void tell_fatal(struct smini_run *run, struct smini_flow *flow, int32_t status)
{
    if (status == SMIN_E_NOMEM)
        smini_pump_nomem(run, flow, "the inspector ran out of memory; the flow is not decoded further");
    else
        smini_pump_problem(run, flow, "run", "inspector_failed", smin_status_text(status), status, 1);
}

/* What a reader's answer means for the flow. */
static void heed(struct smini_run *run, struct smini_flow *flow, unsigned place, unsigned direction, int32_t status)
{
    if (status >= SMIN_OK && status != SMIN_DONE)
        return;
    if (status <= SMIN_STATUS_FATAL && place == 0) {
        drop(run, flow);
        tell_fatal(run, flow, status);
        return;
    }
    flow->done |= smini_flow_done_bit(place, direction);
    if (status <= SMIN_STATUS_FATAL) {
        flow->done |= (uint16_t)(smini_flow_done_bit(place, direction ^ 1) | SMINI_FLOW_SECOND_FAILED);
        tell_fatal(run, flow, status);
    }
    if (!reads(flow, 0, direction) && !reads(flow, 1, direction))
        smini_flow_ignore(run, flow, direction);
    if (status <= SMIN_STATUS_FATAL)
        return;
    if (status < 0 && !(flow->bits & SMINI_TRACK_TOLD_FAILED)) {
        flow->bits |= SMINI_TRACK_TOLD_FAILED;
        smini_pump_problem(run, flow, "run", "inspector_refused", smin_status_text(status), status, 1);
    }
}

static struct smin_input input_here(const struct smini_run *run, const struct smini_flow *flow, unsigned direction,
                                    const uint8_t *bytes, uint64_t length)
{
    return (struct smin_input){.struct_size = sizeof(struct smin_input),
                               .direction = direction,
                               .time_ns = run->moment.time_ns,
                               .packet_number = run->moment.packet,
                               .offset = flow->side[direction].next,
                               .bytes = bytes,
                               .length = length,
                               .flow_flags = smini_flow_input_flags(run, flow)};
}

/* The inspector's state of the flow; `expected`, when not NULL, is what the flow fits. */
static int32_t new_handle(struct smini_run *run, struct smini_flow *flow, struct smini_flow_reading *reading,
                          const struct smini_expected *expected, struct smin_flow **handle)
{
    struct smin_flow_info info;
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    uint16_t which = reading->inspector;
    const struct smin_ext_expected *table = run->wishes[which].expected;
    smini_flow_info_make(run, record, smini_flow_input_flags(run, flow), &info);
    if (expected && expected->inspector == which)
        smini_expect_tell(run, flow, expected);
    if (!table || !expected || expected->inspector != which)
        return run->inspectors[which].inspector->flow_new(run->threads[which], &info, reading, handle);
    struct smin_expected known = {.struct_size = sizeof(known)};
    if (expected->own) {
        known.context = expected->context;
        known.context_length = expected->context_length;
    }
    return table->flow_new(run->threads[which], &info, &known, reading, handle);
}

/* Of everyday traffic that nobody announced little is kept: most copies come again at once. */
static void shorten_history(const struct smini_run *run, struct smini_flow *flow, const struct smini_expected *expected)
{
    enum { EVERYDAY_CHUNKS = 2 };
    if (!expected && (run->inspectors[flow->inspector].inspector->flags & SMIN_INSPECTOR_EVERYDAY))
        flow->trail.chunks_max = EVERYDAY_CHUNKS;
}

static bool make_handle(struct smini_run *run, struct smini_flow *flow, uint16_t inspector,
                        const struct smini_expected *expected)
{
    flow->live = (struct smini_flow_reading){.flow = flow, .mode = SMINI_DELIVER_LIVE, .inspector = inspector};
    flow->inspector = inspector;
    shorten_history(run, flow, expected);
    if (flow->packet_handle && (int32_t)inspector == run->packet_memory) {
        flow->handle = flow->packet_handle; /* and goes on speaking through `second` */
        flow->packet_handle = NULL;
        flow->live.flow = NULL;
        return true;
    }
    int32_t status = new_handle(run, flow, &flow->live, expected, &flow->handle);
    if (status == SMIN_OK && flow->handle)
        return true;
    flow->handle = NULL;
    heed(run, flow, 0, SMIN_TO_SERVER, status <= SMIN_STATUS_FATAL ? status : SMIN_E_INTERNAL);
    return false;
}

bool smini_flow_join(struct smini_run *run, struct smini_flow *flow, uint16_t inspector,
                     const struct smini_expected *expected)
{
    if ((flow->packet_handle && (int32_t)inspector != run->packet_memory) || (flow->handle && !flow->live.flow))
        return false; /* two at most, and the other place is taken */
    if (flow->packet_handle) {
        flow->beside = flow->packet_handle;
        flow->packet_handle = NULL;
        return true;
    }
    flow->second = (struct smini_flow_reading){.flow = flow, .mode = SMINI_DELIVER_LIVE, .inspector = inspector};
    if (new_handle(run, flow, &flow->second, expected, &flow->beside) == SMIN_OK && flow->beside)
        return true;
    flow->beside = NULL;
    smini_pump_nomem(run, flow, "a second inspector could not take the flow");
    return false;
}

struct smin_flow *smini_flow_for_packets(struct smini_run *run, struct smini_flow *flow)
{
    if (flow->handle && flow->inspector == run->packet_memory)
        return flow->handle;
    if (flow->beside) /* two at most */
        return flow->second.inspector == run->packet_memory ? flow->beside : NULL;
    if (flow->packet_handle || (flow->bits & (SMINI_TRACK_DROPPED | SMINI_TRACK_PACKETS)))
        return flow->packet_handle;
    struct smin_flow_info info;
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    const struct smini_run_inspector *inspector = &run->inspectors[run->packet_memory];
    smini_flow_info_make(run, record, smini_flow_record_flags(record), &info);
    flow->second = (struct smini_flow_reading){
        .flow = flow, .mode = SMINI_DELIVER_LIVE, .inspector = (uint16_t)run->packet_memory};
    flow->bits |= SMINI_TRACK_PACKETS;
    if (inspector->inspector->flow_new(run->threads[run->packet_memory], &info, &flow->second, &flow->packet_handle) !=
        SMIN_OK) {
        flow->packet_handle = NULL;
        smini_pump_nomem(run, flow, "what rules on packets remember of a flow could not be kept");
    }
    return flow->packet_handle;
}

void smini_flow_forget_packets(struct smini_run *run, struct smini_flow *flow)
{
    if (flow->packet_handle)
        run->inspectors[run->packet_memory].inspector->flow_free(run->threads[run->packet_memory], flow->packet_handle);
    flow->packet_handle = NULL;
}

bool smini_flow_claim(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint16_t inspector,
                      const struct smini_expected *expected)
{
    return smini_flow_take(run, flow, direction, (struct smini_readers){inspector, -1}, expected);
}

bool smini_flow_take(struct smini_run *run, struct smini_flow *flow, unsigned direction, struct smini_readers readers,
                     const struct smini_expected *expected)
{
    bool made = !flow->handle;
    if (made && !make_handle(run, flow, (uint16_t)readers.first, expected))
        return false;
    if (made && readers.second >= 0)
        (void)smini_flow_join(run, flow, (uint16_t)readers.second, expected);
    struct smini_tcp_side *side = &flow->side[direction];
    side->state = SMINI_SIDE_TRACKED;
    if (!(flow->bits & SMINI_TRACK_FED))
        run->counters.tracked_flows++;
    flow->bits |= SMINI_TRACK_FED;
    if (side->next == 0)
        return true;
    /* What is missing before the first bytes was passed over while nobody had claimed the direction. */
    uint64_t missing = side->next;
    side->next = 0;
    side->gap_bytes -= missing;
    run->counters.gaps--;
    run->counters.gap_bytes -= missing;
    smini_flow_gap(run, flow, direction, (uint32_t)missing);
    return side->state == SMINI_SIDE_TRACKED;
}

/* Another inspector that wants the stream whatever it holds: rules look at it. -1: none. */
static int32_t wanted_as_such(struct smini_run *run, const struct smini_flow *flow, int32_t first_reader)
{
    struct smin_flow_info info;
    struct smini_first_bytes nothing = {.length = 0};
    uint16_t which = 0;
    smini_flow_info_make(run, smini_flow_table_at(&run->table, flow->record), smini_flow_input_flags(run, flow), &info);
    for (int32_t i = 0; i < (int32_t)run->inspector_count; i++)
        if (i != first_reader && smini_flow_probe(run, &info, &nothing, i, &which) == SMIN_PROBE_YES)
            return i;
    return -1;
}

bool smini_flow_claim_expected(struct smini_run *run, struct smini_flow *flow, const struct smini_expected *expected)
{
    struct smini_readers readers = {flow->handle ? flow->inspector : expected->inspector, -1};
    if (!flow->handle)
        readers.second = wanted_as_such(run, flow, readers.first);
    if (!flow->handle && expected->own)
        flow->bits |= SMINI_TRACK_BORROWS;
    for (unsigned direction = 0; direction < 2; direction++)
        if (flow->side[direction].state == SMINI_SIDE_UNDECIDED &&
            !smini_flow_take(run, flow, direction, readers, expected))
            return false;
    return true;
}

/* Keeps a delivery to judge later copies by. */
static void note(struct smini_run *run, struct smini_flow *flow, unsigned direction, const uint8_t *bytes,
                 uint32_t length)
{
    struct smini_trail *trail = &flow->trail;
    bool keep = (flow->bits & SMINI_TRACK_DIVERGED) != 0;
    uint64_t begin = trail->end[direction];
    int32_t status = smini_trail_add(&run->trails, trail, direction, bytes, length, run->moment, keep);
    if (status == SMIN_E_LIMIT) {
        uint32_t done = (uint32_t)(trail->end[direction] - begin);
        smini_overlap_resolve(run, flow);
        status = smini_trail_add(&run->trails, trail, direction, bytes ? bytes + done : NULL, length - done,
                                 run->moment, false);
    }
    if (status != SMIN_OK)
        smini_pump_limit(run, SMINI_TOLD_HISTORY, flow, "history_limit",
                         "no memory to keep what was delivered: later copies of it cannot be judged");
}

/* To both readers: bytes, or, where they are NULL, how many are missing. */
static void pass_on(struct smini_run *run, struct smini_flow *flow, const struct smin_input *input, int32_t status[2])
{
    for (unsigned place = 0; place < 2; place++) {
        status[place] = SMIN_OK;
        if (!reads(flow, place, input->direction))
            continue;
        uint16_t which = place == 0 ? flow->inspector : flow->second.inspector;
        const struct smin_inspector *inspector = run->inspectors[which].inspector;
        struct smin_flow *handle = place == 0 ? flow->handle : flow->beside;
        status[place] = input->bytes ? inspector->feed(run->threads[which], handle, input).status
                                     : inspector->gap(run->threads[which], handle, input).status;
    }
}

static void heed_both(struct smini_run *run, struct smini_flow *flow, unsigned direction, const int32_t status[2])
{
    for (unsigned place = 0; place < 2; place++)
        if (place == 0 || flow->beside)
            heed(run, flow, place, direction, status[place]);
}

void smini_flow_deliver(struct smini_run *run, struct smini_flow *flow, unsigned direction, const uint8_t *bytes,
                        uint32_t length)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smin_input input = input_here(run, flow, direction, bytes, length);
    int32_t status[2];
    pass_on(run, flow, &input, status);
    side->next += length;
    side->stream_bytes += length;
    side->overtaken = 0;
    note(run, flow, direction, bytes, length);
    heed_both(run, flow, direction, status);
}

void smini_flow_gap(struct smini_run *run, struct smini_flow *flow, unsigned direction, uint32_t length)
{
    struct smini_tcp_side *side = &flow->side[direction];
    int32_t status[2] = {SMIN_OK, SMIN_OK};
    run->counters.gaps++;
    run->counters.gap_bytes += length;
    side->gap_bytes += length;
    side->overtaken = 0;
    flow->facts |= SMINI_FLOW_GAP;
    if (side->state == SMINI_SIDE_TRACKED) {
        struct smin_input input = input_here(run, flow, direction, NULL, length);
        pass_on(run, flow, &input, status);
        note(run, flow, direction, NULL, length);
        if (!(side->flags & SMINI_SIDE_GAP_TOLD)) {
            side->flags |= SMINI_SIDE_GAP_TOLD;
            smini_pump_problem(run, flow, "tcp", "stream_gap",
                               direction == SMIN_TO_SERVER ? "bytes to the server were never seen"
                                                           : "bytes to the client were never seen",
                               SMIN_E_TRUNCATED, 1);
        }
    }
    side->next += length;
    heed_both(run, flow, direction, status);
}

static void end_beside(struct smini_run *run, struct smini_flow *flow, const struct smin_input *input)
{
    uint16_t which = flow->second.inspector;
    if (flow->beside && !(flow->done & SMINI_FLOW_SECOND_FAILED))
        (void)run->inspectors[which].inspector->end(run->threads[which], flow->beside, input);
}

void smini_flow_finish(struct smini_run *run, struct smini_flow *flow)
{
    for (unsigned direction = 0; direction < 2; direction++) {
        if (!flow->handle || !(flow->side[direction].state == SMINI_SIDE_TRACKED))
            continue;
        const struct smini_tcp_side *side = &flow->side[direction];
        struct smin_input input = input_here(run, flow, direction, NULL, 0);
        const struct smin_inspector *inspector = run->inspectors[flow->inspector].inspector;
        if ((side->flags & SMINI_SIDE_FIN_SEEN) && side->fin <= side->next)
            input.flow_flags |= SMIN_FLOW_FINISHED;
        end_beside(run, flow, &input);
        struct smin_result result = inspector->end(run->threads[flow->inspector], flow->handle, &input);
        if (result.status <= SMIN_STATUS_FATAL)
            heed(run, flow, 0, direction, result.status);
    }
    smini_flow_forget_packets(run, flow);
    free_handles(run, flow);
}
