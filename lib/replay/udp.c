/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/udp.h"

#include "replay/flow_feed.h"
#include "replay/flow_life.h"
#include "replay/flow_view.h"
#include "replay/tcp_state.h"

/* The first inspector that reads datagrams and does not say no. */
static bool judge(struct smini_run *run, uint32_t index, unsigned direction, const struct smini_dissected *dissected,
                  uint16_t *which)
{
    struct smin_flow_info info;
    struct smini_first_bytes first = {
        .direction = direction, .bytes = dissected->payload, .length = dissected->payload_bytes};
    smini_flow_info_make(run, smini_flow_table_at(&run->table, index), 0, &info);
    for (uint32_t i = 0; i < run->inspector_count; i++)
        if (run->inspectors[i].inspector->datagram &&
            smini_flow_probe(run, &info, &first, (int32_t)i, which) == SMIN_PROBE_YES)
            return true;
    return false;
}

static void deliver(struct smini_run *run, struct smini_flow *flow, unsigned direction,
                    const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smin_input input = {.struct_size = sizeof(input),
                               .direction = direction,
                               .time_ns = run->moment.time_ns,
                               .packet_number = run->moment.packet,
                               .offset = side->next,
                               .bytes = dissected->payload,
                               .length = dissected->payload_bytes,
                               .flow_flags = smini_flow_input_flags(run, flow)};
    const struct smin_inspector *inspector = run->inspectors[flow->inspector].inspector;
    struct smin_result result = inspector->datagram(run->threads[flow->inspector], flow->handle, &input);
    side->next += dissected->payload_bytes;
    side->stream_bytes += dissected->payload_bytes;
    if (result.status == SMIN_DONE || result.status < 0)
        smini_flow_ignore(run, flow, direction);
    if (result.status == SMIN_E_NOMEM)
        smini_pump_nomem(run, flow, "the inspector ran out of memory");
}

void smini_udp_packet(struct smini_run *run, uint32_t index, unsigned direction, struct smini_dissected *dissected)
{
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    struct smini_flow *flow = smini_flow_at(run, record);
    if (flow) {
        flow->last_ns = run->moment.time_ns;
        flow->last_packet = run->moment.packet;
    }
    bool ignored = flow ? flow->side[direction].state == SMINI_SIDE_IGNORED
                        : (record->state & SMINI_RECORD_IGNORED << direction) != 0;
    if (ignored || dissected->payload_bytes == 0 || !smini_tcp_checksum(run, dissected))
        return;
    if (!flow || flow->side[direction].state == SMINI_SIDE_UNDECIDED) {
        uint16_t which = 0;
        if (!judge(run, index, direction, dissected, &which) || (flow && flow->handle && which != flow->inspector)) {
            if (flow)
                smini_flow_ignore(run, flow, direction);
            else
                record->state |= (uint16_t)(SMINI_RECORD_IGNORED << direction);
            return;
        }
        if (!flow)
            flow = smini_flow_extend(run, index);
        if (!flow || !smini_flow_claim(run, flow, direction, which))
            return;
    }
    if (dissected->facts & (SMINI_FACT_BAD_IP_CHECKSUM | SMINI_FACT_BAD_L4_CHECKSUM))
        flow->facts |= SMINI_FLOW_BAD_CHECKSUM;
    deliver(run, flow, direction, dissected);
}
