/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/tcp_state.h"

#include "base/cursor.h"
#include "replay/tcp_stream.h"

enum {
    TTL_SLACK = 8,           /* hops a route may change by before a low TTL is worth noting */
    SCALE_MAX = 14,          /* RFC 7323 */
    WINDOW_UNKNOWN = 65535,  /* what a window is at least assumed to be */
    SETTLED_CHUNKS = 2,      /* of its trail, for a connection that is over */
    OPTION_END = 0,
    OPTION_NOP = 1,
    OPTION_SCALE = 3
};

static uint8_t window_scale(const struct smini_dissected *dissected)
{
    if (dissected->payload < dissected->transport + 20)
        return 0;
    struct smini_span options =
        smini_span_make(dissected->transport + 20, (size_t)(dissected->payload - dissected->transport) - 20);
    struct smini_cursor cursor = smini_cursor_make(options, 0);
    while (smini_cursor_left(&cursor) > 0) {
        uint8_t kind = smini_cursor_u8(&cursor);
        if (kind == OPTION_END)
            break;
        if (kind == OPTION_NOP)
            continue;
        uint8_t length = smini_cursor_u8(&cursor);
        if (length < 2)
            break;
        if (kind == OPTION_SCALE && length == 3) {
            uint8_t scale = smini_cursor_u8(&cursor);
            return scale > SCALE_MAX ? SCALE_MAX : scale;
        }
        smini_cursor_skip(&cursor, length - 2u);
    }
    return 0;
}

/* Facts that never keep the bytes from being read. */
static void note_oddities(struct smini_flow *flow, unsigned direction, const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    if (side->ttl == 0)
        side->ttl = dissected->ttl;
    else if (dissected->ttl + TTL_SLACK < side->ttl && dissected->payload_bytes != 0)
        flow->facts |= SMINI_FLOW_LOW_TTL;
    if (dissected->facts & (SMINI_FACT_BAD_IP_CHECKSUM | SMINI_FACT_BAD_L4_CHECKSUM))
        flow->facts |= SMINI_FLOW_BAD_CHECKSUM;
    if (!dissected->has_timestamp)
        return;
    if (!(side->flags & SMINI_SIDE_TIMESTAMP)) {
        side->flags |= SMINI_SIDE_TIMESTAMP;
        side->timestamp = dissected->timestamp_value;
    } else if ((int32_t)(dissected->timestamp_value - side->timestamp) >= 0) {
        side->timestamp = dissected->timestamp_value;
    } else if (dissected->payload_bytes != 0 && smini_tcp_offset(side, dissected->sequence) >= (int64_t)side->next) {
        flow->facts |= SMINI_FLOW_STALE_TIMESTAMP;
    }
}

static void set_base(struct smini_tcp_side *side, uint32_t base)
{
    side->base = base;
    side->next = 0;
    side->flags |= SMINI_SIDE_BASE;
}

static bool untouched(const struct smini_tcp_side *side)
{
    return side->next == 0 && side->hold.held == 0 && side->stream_bytes == 0;
}

/* A SYN, with or without ACK. */
static enum smini_tcp_outcome opening(struct smini_flow *flow, unsigned direction,
                                      const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smini_tcp_side *peer = &flow->side[direction ^ 1];
    bool ack = (dissected->tcp_flags & SMINI_TCP_ACK) != 0;
    uint32_t base = dissected->sequence + 1;
    bool known = (side->flags & SMINI_SIDE_BASE) && side->base == base;
    if (!known && !ack && (flow->bits & SMINI_TRACK_CLOSED))
        return SMINI_TCP_NEW_CONNECTION;
    /* The other side accepts a SYN that did not fit this connection: that SYN was the real one. */
    if (ack && (peer->flags & SMINI_SIDE_ALTERNATIVE) && dissected->acknowledgement == peer->alternative &&
        peer->alternative != peer->base && !untouched(peer))
        return SMINI_TCP_NEW_CONNECTION;
    if (ack && (peer->flags & SMINI_SIDE_ALTERNATIVE) && dissected->acknowledgement == peer->alternative)
        set_base(peer, peer->alternative);
    if (!known && (!(side->flags & SMINI_SIDE_BASE) || (untouched(side) && !(flow->facts & SMINI_FLOW_SYN_ACK)))) {
        set_base(side, base);
    } else if (!known) {
        side->alternative = base;
        side->flags |= SMINI_SIDE_ALTERNATIVE;
    }
    if (ack && !(peer->flags & SMINI_SIDE_BASE))
        set_base(peer, dissected->acknowledgement);
    side->scale = window_scale(dissected);
    side->flags |= SMINI_SIDE_SCALE;
    flow->facts &= ~(uint32_t)SMINI_FLOW_MIDSTREAM;
    if (direction == SMIN_TO_SERVER && !ack)
        flow->facts |= SMINI_FLOW_SYN;
    if (direction == SMIN_TO_CLIENT && ack)
        flow->facts |= SMINI_FLOW_SYN_ACK;
    return SMINI_TCP_TAKEN;
}

/* Data that continues a SYN which did not fit, while what it would replace is untouched or unheard. */
static enum smini_tcp_outcome follow_alternative(const struct smini_run *run, struct smini_flow *flow,
                                                 unsigned direction, const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    if (!(side->flags & SMINI_SIDE_ALTERNATIVE) || dissected->payload_bytes == 0 ||
        dissected->sequence != side->alternative || side->alternative == side->base)
        return SMINI_TCP_TAKEN;
    if (untouched(side)) {
        set_base(side, side->alternative);
        return SMINI_TCP_TAKEN;
    }
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    return record->packets[direction ^ 1] == 0 && direction == SMIN_TO_SERVER ? SMINI_TCP_NEW_CONNECTION
                                                                             : SMINI_TCP_TAKEN;
}

/*
 * So far beyond the window that was offered that a receiver cannot have taken
 * it, and that window updates which the capture missed do not explain it.
 */
static bool unreachable(const struct smini_flow *flow, unsigned direction, int64_t offset)
{
    const struct smini_tcp_side *side = &flow->side[direction];
    if (!(side->flags & SMINI_SIDE_ACKED) || !(flow->side[direction ^ 1].flags & SMINI_SIDE_SCALE))
        return false;
    uint64_t window = side->edge - side->acked;
    return offset > (int64_t)(side->edge + window + WINDOW_UNKNOWN) && offset > (int64_t)(side->next + WINDOW_UNKNOWN);
}

/* True when the segment is to be left out, which was told. */
static bool outside(struct smini_run *run, struct smini_flow *flow, unsigned direction, int64_t offset, int64_t end)
{
    const struct smini_tcp_side *side = &flow->side[direction];
    if ((side->flags & SMINI_SIDE_ACKED) && end > (int64_t)(side->edge > side->next ? side->edge : side->next) + 1)
        flow->facts |= SMINI_FLOW_OUT_OF_WINDOW;
    if (!unreachable(flow, direction, offset))
        return false;
    if (!(flow->bits & SMINI_TRACK_TOLD_WINDOW))
        smini_pump_problem(run, flow, "tcp", "segment_out_of_window",
                           "bytes far beyond the receiver's window were left out of the stream", SMIN_E_MALFORMED, 0);
    flow->bits |= SMINI_TRACK_TOLD_WINDOW;
    return true;
}

static void payload(struct smini_run *run, struct smini_flow *flow, unsigned direction,
                    const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    uint32_t sequence = dissected->sequence + (dissected->tcp_flags & SMINI_TCP_SYN ? 1 : 0);
    if (!(side->flags & SMINI_SIDE_BASE)) {
        set_base(side, sequence);
        flow->facts |= SMINI_FLOW_MIDSTREAM;
    }
    int64_t offset = smini_tcp_offset(side, sequence);
    int64_t end = offset + dissected->payload_wire;
    bool control = (dissected->tcp_flags & (SMINI_TCP_SYN | SMINI_TCP_FIN | SMINI_TCP_RST)) != 0;
    if (dissected->payload_wire == 1 && end == (int64_t)side->next && !control) {
        flow->facts |= SMINI_FLOW_KEEPALIVE; /* its one byte repeats the last or is made up */
        return;
    }
    if (outside(run, flow, direction, offset, end))
        return;
    if ((side->flags & SMINI_SIDE_FIN_SEEN) && end > (int64_t)side->fin && !(flow->bits & SMINI_TRACK_TOLD_AFTER_FIN)) {
        flow->bits |= SMINI_TRACK_TOLD_AFTER_FIN;
        smini_pump_problem(run, flow, "tcp", "data_after_fin", "bytes came after the end of their direction",
                           SMIN_E_MALFORMED, 0);
    }
    if ((dissected->tcp_flags & SMINI_TCP_URG) && !(flow->bits & SMINI_TRACK_TOLD_URGENT)) {
        flow->bits |= SMINI_TRACK_TOLD_URGENT;
        flow->facts |= SMINI_FLOW_URGENT;
        smini_pump_problem(run, flow, "tcp", "urgent_data",
                           "urgent bytes are read in line; a receiver may take one byte out", SMIN_E_UNSUPPORTED, 0);
    }
    smini_tcp_segment(run, flow, direction, offset, dissected->payload, dissected->payload_bytes);
}

static void closing(struct smini_flow *flow, struct smini_flow_record *record, unsigned direction,
                    const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smini_tcp_side *peer = &flow->side[direction ^ 1];
    bool based = (side->flags & SMINI_SIDE_BASE) != 0;
    int64_t offset = based ? smini_tcp_offset(side, dissected->sequence) : 0;
    if (dissected->tcp_flags & SMINI_TCP_RST) {
        bool answers = (dissected->tcp_flags & SMINI_TCP_ACK) && (peer->flags & SMINI_SIDE_BASE) &&
                       dissected->acknowledgement == peer->base;
        int64_t edge = (int64_t)(side->edge > side->next + WINDOW_UNKNOWN ? side->edge : side->next + WINDOW_UNKNOWN);
        if (!answers && based && (offset < (int64_t)side->next || offset > edge)) {
            flow->facts |= SMINI_FLOW_OUT_OF_WINDOW;
            return;
        }
        flow->facts |= direction == SMIN_TO_SERVER ? SMINI_FLOW_CLIENT_RST : SMINI_FLOW_SERVER_RST;
        if (direction == SMIN_TO_CLIENT && answers && !(flow->facts & SMINI_FLOW_SYN_ACK) &&
            (flow->facts & SMINI_FLOW_SYN))
            flow->facts |= SMINI_FLOW_REFUSED;
        record->state |= (uint16_t)(SMINI_RECORD_RST << direction);
        flow->bits |= SMINI_TRACK_CLOSED;
        return;
    }
    side->fin = (uint64_t)(offset < 0 ? 0 : offset) + dissected->payload_wire;
    side->flags |= SMINI_SIDE_FIN_SEEN;
    flow->facts |= direction == SMIN_TO_SERVER ? SMINI_FLOW_CLIENT_FIN : SMINI_FLOW_SERVER_FIN;
    record->state |= (uint16_t)(SMINI_RECORD_FIN << direction);
    if (peer->flags & SMINI_SIDE_FIN_SEEN)
        flow->bits |= SMINI_TRACK_CLOSED;
}

/* What the packet says about the other direction. */
static void acknowledge(struct smini_flow *flow, unsigned direction, const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smini_tcp_side *peer = &flow->side[direction ^ 1];
    if (!(peer->flags & SMINI_SIDE_BASE))
        return;
    int64_t acked = smini_tcp_offset(peer, dissected->acknowledgement);
    if (acked < 0)
        return;
    bool syn = (dissected->tcp_flags & SMINI_TCP_SYN) != 0;
    uint32_t scale = syn ? 0 : side->flags & SMINI_SIDE_SCALE ? side->scale : SCALE_MAX;
    uint64_t edge = (uint64_t)acked + ((uint64_t)dissected->window << scale);
    if (!(peer->flags & SMINI_SIDE_ACKED) || (uint64_t)acked > peer->acked)
        peer->acked = (uint64_t)acked;
    if (!(peer->flags & SMINI_SIDE_ACKED) || edge > peer->edge)
        peer->edge = edge;
    peer->flags |= SMINI_SIDE_ACKED;
}

/*
 * Both ends have all of it and take no more: a later copy can change nothing.
 * What a lost last acknowledgement makes a host repeat is still judged.
 */
static void settle(struct smini_run *run, struct smini_flow *flow)
{
    const struct smini_tcp_side *a = &flow->side[0], *b = &flow->side[1];
    if ((a->flags & b->flags & SMINI_SIDE_FIN_SEEN) && (a->flags & b->flags & SMINI_SIDE_ACKED) &&
        a->acked > a->fin && b->acked > b->fin && !(flow->bits & SMINI_TRACK_DIVERGED))
        smini_trail_trim(&run->trails, &flow->trail, SETTLED_CHUNKS);
}

enum smini_tcp_outcome smini_tcp_packet(struct smini_run *run, struct smini_flow *flow, unsigned direction,
                                        const struct smini_dissected *dissected)
{
    struct smini_tcp_side *side = &flow->side[direction];
    struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    uint8_t flags = dissected->tcp_flags;
    if ((flags & SMINI_TCP_SYN) && opening(flow, direction, dissected) == SMINI_TCP_NEW_CONNECTION)
        return SMINI_TCP_NEW_CONNECTION;
    if (follow_alternative(run, flow, direction, dissected) == SMINI_TCP_NEW_CONNECTION)
        return SMINI_TCP_NEW_CONNECTION;
    flow->last_ns = run->moment.time_ns;
    flow->last_packet = run->moment.packet;
    note_oddities(flow, direction, dissected);
    if (!(flags & SMINI_TCP_SYN) && !(flow->facts & (SMINI_FLOW_SYN | SMINI_FLOW_SYN_ACK)) &&
        !(side->flags & SMINI_SIDE_BASE))
        flow->facts |= SMINI_FLOW_MIDSTREAM;
    if (dissected->payload_bytes != 0)
        payload(run, flow, direction, dissected);
    else if ((side->flags & SMINI_SIDE_BASE) && !(flags & (SMINI_TCP_SYN | SMINI_TCP_FIN | SMINI_TCP_RST)) &&
             smini_tcp_offset(side, dissected->sequence) == (int64_t)side->next - 1 && side->next != 0)
        flow->facts |= SMINI_FLOW_KEEPALIVE;
    if (flags & (SMINI_TCP_FIN | SMINI_TCP_RST))
        closing(flow, record, direction, dissected);
    if (flags & SMINI_TCP_ACK)
        acknowledge(flow, direction, dissected);
    smini_tcp_overdue(run, flow, SMIN_TO_SERVER);
    smini_tcp_overdue(run, flow, SMIN_TO_CLIENT);
    if (flow->bits & SMINI_TRACK_CLOSED)
        settle(run, flow);
    return SMINI_TCP_TAKEN;
}
