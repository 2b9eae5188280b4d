/* SPDX-License-Identifier: BSD-2-Clause */
/* Flows nobody has claimed: nothing but their record is kept, and their payload is looked at once per direction. */
#include "replay/flow_feed.h"
#include "replay/flow_life.h"
#include "replay/flow_view.h"
#include "replay/tcp_state.h"

bool smini_tcp_checksum(struct smini_run *run, struct smini_dissected *dissected)
{
    if (run->options.checksum == SMINI_CHECKSUM_NONE || smini_dissect_checksum(dissected))
        return true;
    if (dissected->facts & SMINI_FACT_BAD_IP_CHECKSUM)
        run->counters.bad_ip_checksums++;
    if (dissected->facts & SMINI_FACT_BAD_L4_CHECKSUM)
        run->counters.bad_l4_checksums++;
    return run->options.checksum != SMINI_CHECKSUM_ALL;
}

uint32_t smini_tcp_record_facts(const struct smini_flow_record *record)
{
    uint32_t facts = 0;
    if (record->tcp_flags[SMIN_TO_SERVER] & SMINI_TCP_SYN)
        facts |= SMINI_FLOW_SYN;
    if (record->state & SMINI_RECORD_SYN_ACK)
        facts |= SMINI_FLOW_SYN_ACK;
    if (record->state & SMINI_RECORD_FIN)
        facts |= SMINI_FLOW_CLIENT_FIN;
    if (record->state & SMINI_RECORD_FIN << 1)
        facts |= SMINI_FLOW_SERVER_FIN;
    if (record->state & SMINI_RECORD_RST)
        facts |= SMINI_FLOW_CLIENT_RST;
    if (record->state & SMINI_RECORD_RST << 1)
        facts |= SMINI_FLOW_SERVER_RST;
    if (!(facts & (SMINI_FLOW_SYN | SMINI_FLOW_SYN_ACK)) && record->packets[0] + record->packets[1] > 1)
        facts |= SMINI_FLOW_MIDSTREAM;
    return facts;
}

static void set_base(struct smini_flow_record *record, unsigned direction, uint32_t base)
{
    record->next[direction] = base;
    record->state |= (uint16_t)(SMINI_RECORD_BASE << direction);
}

static bool has_base(const struct smini_flow_record *record, unsigned direction)
{
    return (record->state & SMINI_RECORD_BASE << direction) != 0;
}

/* SYN, FIN and RST. */
static enum smini_tcp_outcome control(struct smini_flow_record *record, unsigned direction,
                                      const struct smini_dissected *dissected)
{
    uint8_t flags = dissected->tcp_flags;
    bool ack = (flags & SMINI_TCP_ACK) != 0;
    if (flags & SMINI_TCP_SYN) {
        uint32_t base = dissected->sequence + 1;
        /* Nothing is lost by starting anew, and a connection that came to these ports unseen is not missed. */
        if (has_base(record, direction) && record->next[direction] != base && !ack)
            return SMINI_TCP_NEW_CONNECTION;
        if (!has_base(record, direction) && !ack && record->packets[direction] > 1)
            return SMINI_TCP_NEW_CONNECTION;
        if (!has_base(record, direction))
            set_base(record, direction, base);
        if (ack && !has_base(record, direction ^ 1))
            set_base(record, direction ^ 1, dissected->acknowledgement);
        if (ack && direction == SMIN_TO_CLIENT)
            record->state |= SMINI_RECORD_SYN_ACK;
    }
    if (flags & SMINI_TCP_FIN)
        record->state |= (uint16_t)(SMINI_RECORD_FIN << direction);
    if (flags & SMINI_TCP_RST)
        record->state |= (uint16_t)(SMINI_RECORD_RST << direction);
    return SMINI_TCP_TAKEN;
}

static int32_t ask(struct smini_run *run, const struct smini_flow_record *record, unsigned direction,
                   const struct smini_dissected *dissected)
{
    struct smin_flow_info info;
    uint16_t which;
    bool midstream = (smini_tcp_record_facts(record) & SMINI_FLOW_MIDSTREAM) != 0;
    bool earlier = midstream && (dissected->tcp_flags & SMINI_TCP_ACK);
    uint32_t flags = (midstream ? (uint32_t)SMIN_FLOW_MIDSTREAM : 0) |
                     (earlier || (record->state & SMINI_RECORD_SYN_ACK) ? (uint32_t)SMIN_FLOW_ESTABLISHED : 0);
    struct smini_first_bytes first = {
        .direction = direction, .bytes = dissected->payload, .length = dissected->payload_bytes};
    if (smini_expect_stream(run, record))
        return SMIN_PROBE_YES; /* announced since it was opened */
    smini_flow_info_make(run, record, flags, &info);
    return smini_flow_probe(run, &info, &first, -1, &which);
}

/* Payload of a direction that is not decided, or the first payload of one that was turned down. */
static void judge(struct smini_run *run, uint32_t index, unsigned direction, struct smini_dissected *dissected,
                  struct smini_flow **flow)
{
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    uint32_t sequence = dissected->sequence + (dissected->tcp_flags & SMINI_TCP_SYN ? 1 : 0);
    bool ignored = (record->state & SMINI_RECORD_IGNORED << direction) != 0;
    bool first = !has_base(record, direction) || record->next[direction] == sequence;
    if (!smini_tcp_checksum(run, dissected))
        return;
    if (!first) {
        int32_t ahead = (int32_t)(sequence - record->next[direction]);
        if (!ignored && ahead > 0)
            *flow = smini_flow_extend(run, index); /* its beginning is late or lost: hold it */
        return;
    }
    int32_t answer = ask(run, record, direction, dissected);
    if (answer == SMIN_PROBE_NO || (ignored && answer != SMIN_PROBE_YES)) {
        if (!has_base(record, direction))
            set_base(record, direction, sequence);
        record->state |= (uint16_t)(SMINI_RECORD_IGNORED << direction);
        return;
    }
    *flow = smini_flow_extend(run, index);
}

enum smini_tcp_outcome smini_tcp_light(struct smini_run *run, uint32_t index, unsigned direction,
                                       struct smini_dissected *dissected, struct smini_flow **flow)
{
    struct smini_flow_record *record = smini_flow_table_at(&run->table, index);
    *flow = NULL;
    if (dissected->tcp_flags & (SMINI_TCP_SYN | SMINI_TCP_FIN | SMINI_TCP_RST)) {
        if (dissected->payload_bytes == 0 && !smini_tcp_checksum(run, dissected))
            return SMINI_TCP_TAKEN;
        if (control(record, direction, dissected) == SMINI_TCP_NEW_CONNECTION)
            return SMINI_TCP_NEW_CONNECTION;
    }
    if (dissected->payload_bytes != 0 &&
        (!(record->state & SMINI_RECORD_IGNORED << direction) ||
         (has_base(record, direction) && record->next[direction] == dissected->sequence)))
        judge(run, index, direction, dissected, flow);
    return SMINI_TCP_TAKEN;
}
