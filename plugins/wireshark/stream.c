/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/stream.h"

#include <string.h>

#include "wireshark/feed.h"

/* The numbers of smin-replay, so that a hole is given up at the same packet. */
enum {
    /*
     * Packets of the connection that may pass between an acknowledgement and the segment it is for before the segment
     * counts as missing: captures made on several queues or ports swap neighbours.
     */
    REORDER_PACKETS = 16,
    /* With no acknowledgements to go by, this many bytes behind a hole say that it will stay one. */
    ONE_SIDED_HELD = 64 * 1024,
    /* No inspector asks for more before it decides. */
    PROBE_BYTES = 16
};

static void drain(struct smini_ws_connection *connection, unsigned direction);

/* Stream offset of a sequence number, the one nearest to what is wanted next; negative: before the beginning. */
static int64_t offset_of(const struct smini_ws_side *side, uint32_t sequence)
{
    uint32_t wanted = side->base + (uint32_t)side->next;
    return (int64_t)side->next + (int32_t)(sequence - wanted);
}

/* Judges the first bytes. True: the direction is tracked from now on. */
static bool decide(struct smini_ws_connection *connection, unsigned direction, const uint8_t *bytes, uint32_t length)
{
    int32_t answer = smini_ws_feed_probe(connection, direction, bytes, length);
    if (answer == SMIN_PROBE_MORE && length < PROBE_BYTES)
        return false;
    /* On a port that only the user knows of, it is what the user says. */
    bool told = !connection->hinted && !connection->recognised;
    if (answer == SMIN_PROBE_YES || told)
        return smini_ws_feed_claim(connection, direction);
    smini_ws_feed_ignore(connection, direction);
    return false;
}

/* The held bytes that stand at the beginning, as far as a probe may want them. */
static uint32_t gather(const struct smini_ws_side *side, uint8_t *bytes)
{
    uint32_t count = 0;
    while (count < PROBE_BYTES) {
        const struct smini_ws_run *run = smini_ws_hold_at(&side->hold, side->next + count);
        if (!run)
            break;
        uint32_t part = run->length < PROBE_BYTES - count ? run->length : PROBE_BYTES - count;
        memcpy(bytes + count, run->bytes, part);
        count += part;
    }
    return count;
}

/* Delivers what is held and has its turn; judges it first, where that is still to be done. */
static void drain(struct smini_ws_connection *connection, unsigned direction)
{
    struct smini_ws_side *side = &connection->side[direction];
    if (side->state == SMINI_WS_UNDECIDED && side->hold.bytes != 0) {
        uint8_t bytes[PROBE_BYTES];
        uint32_t length = gather(side, bytes);
        if (length == 0 || !decide(connection, direction, bytes, length))
            return;
    }
    while (side->state == SMINI_WS_TRACKED) {
        const struct smini_ws_run *run = smini_ws_hold_first(&side->hold);
        if (!run || run->offset != side->next)
            return;
        smini_ws_feed_bytes(connection, direction, run->bytes, run->length);
        /* An answer that ends the direction cleared what was held. */
        if (side->hold.bytes != 0)
            smini_ws_hold_drop_first(&side->hold);
    }
}

/* Gives up the hole in front of what is held. */
static void skip_hole(struct smini_ws_connection *connection, unsigned direction)
{
    struct smini_ws_side *side = &connection->side[direction];
    const struct smini_ws_run *run = smini_ws_hold_first(&side->hold);
    if (run && run->offset > side->next)
        smini_ws_feed_gap(connection, direction, run->offset - side->next);
    drain(connection, direction);
}

/* Keeps a segment for later; when there is no room the hole in front is given up, which makes some. */
static void hold(struct smini_ws_connection *connection, unsigned direction, uint64_t offset, const uint8_t *bytes,
                 uint32_t length)
{
    struct smini_ws_side *side = &connection->side[direction];
    while (!smini_ws_hold_put(&side->hold, offset, bytes, length)) {
        uint64_t before = side->next;
        if (connection->current)
            connection->current->troubles |= 1u << SMINI_WS_HELD_LIMIT;
        skip_hole(connection, direction);
        if (side->next == before || side->state == SMINI_WS_IGNORED)
            return;
    }
    drain(connection, direction);
}

/* The part of a segment that is still wanted. */
static void take(struct smini_ws_connection *connection, unsigned direction, uint64_t offset, const uint8_t *bytes,
                 uint32_t length)
{
    struct smini_ws_side *side = &connection->side[direction];
    if (side->state == SMINI_WS_UNDECIDED && offset < side->next)
        side->next = offset; /* nothing was delivered yet: a hole given up too early can still be filled */
    if (offset < side->next) {
        if (side->next - offset >= length)
            return;
        uint32_t known = (uint32_t)(side->next - offset);
        bytes += known;
        length -= known;
        offset += known;
    }
    if (side->state == SMINI_WS_TRACKED && offset == side->next && side->hold.bytes == 0)
        smini_ws_feed_bytes(connection, direction, bytes, length);
    else
        hold(connection, direction, offset, bytes, length);
}

struct smini_ws_piece *smini_ws_stream_segment(struct smini_ws_connection *connection, unsigned direction,
                                               const struct tcpinfo *tcp, const uint8_t *bytes, uint32_t length)
{
    struct smini_ws_side *side = &connection->side[direction];
    if (connection->closed || side->state == SMINI_WS_IGNORED)
        return NULL;
    if (!side->based) {
        side->base = tcp->seq;
        side->based = true;
    }
    int64_t offset = offset_of(side, tcp->seq);
    struct smini_ws_piece *piece = smini_ws_piece_new(connection, direction, tcp->seq);
    piece->offset = offset > 0 ? (uint64_t)offset : 0;
    piece->length = length;
    side->last = piece;
    wmem_list_append(side->open, piece);
    if (tcp->flags & TH_FIN) {
        side->fin = piece->offset + length;
        side->fin_known = true;
    }
    connection->current = piece;
    if (offset >= 0)
        take(connection, direction, (uint64_t)offset, bytes, length);
    else if (-offset < (int64_t)length)
        take(connection, direction, 0, bytes - offset, length - (uint32_t)-offset);
    connection->current = NULL;
    return side->state == SMINI_WS_IGNORED && !connection->dropped && !piece->first ? NULL : piece;
}

static bool peer_visible(const struct smini_ws_connection *connection, unsigned direction)
{
    return connection->both_seen || connection->side[direction ^ 1].packets != 0;
}

static void note_acknowledged(struct smini_ws_connection *connection, unsigned direction,
                              const struct tcp_analysis *analysis)
{
    struct smini_ws_side *peer = &connection->side[direction ^ 1];
    if (!analysis || !analysis->fwd || !analysis->rev || !analysis->fwd->tcp_analyze_seq_info || !peer->based)
        return;
    /* As in the header, whatever Wireshark shows: counted from the peer's first byte here. */
    uint32_t count = analysis->fwd->tcp_analyze_seq_info->lastack - (analysis->rev->base_seq + 1);
    int64_t acked = offset_of(peer, peer->base + count);
    if (acked < 0 || (peer->acked_known && (uint64_t)acked < peer->acked))
        return;
    peer->acked = (uint64_t)acked;
    peer->acked_known = true;
}

static void overdue(struct smini_ws_connection *connection, unsigned direction)
{
    struct smini_ws_side *side = &connection->side[direction];
    const struct smini_ws_run *run = smini_ws_hold_first(&side->hold);
    if (!run || run->offset == side->next)
        return; /* nothing is held; or too few bytes to judge, but no hole */
    if (side->acked_known && side->acked > side->next && side->overtaken < REORDER_PACKETS)
        side->overtaken++;
    if (side->overtaken >= REORDER_PACKETS ||
        (side->hold.bytes > ONE_SIDED_HELD && !peer_visible(connection, direction)))
        skip_hole(connection, direction);
}

void smini_ws_stream_packet(struct smini_ws_connection *connection, unsigned direction,
                            const struct tcp_analysis *analysis)
{
    if (connection->closed)
        return;
    connection->side[direction].packets++;
    note_acknowledged(connection, direction, analysis);
    overdue(connection, SMIN_TO_SERVER);
    overdue(connection, SMIN_TO_CLIENT);
}

/* How far a direction went for certain: what its receiver acknowledged, or, when no receiver was seen, where it ended. */
static uint64_t certainly_sent(const struct smini_ws_side *side)
{
    if (!side->acked_known)
        return side->fin_known ? side->fin : 0;
    if (side->fin_known)
        return side->acked < side->fin ? side->acked : side->fin;
    return side->acked == 0 ? 0 : side->acked - 1; /* an end that was not seen counts one, too */
}

static void flush(struct smini_ws_connection *connection, unsigned direction)
{
    struct smini_ws_side *side = &connection->side[direction];
    drain(connection, direction);
    while (side->hold.bytes != 0 && side->state != SMINI_WS_IGNORED) {
        if (smini_ws_hold_first(&side->hold)->offset != side->next) {
            skip_hole(connection, direction);
            continue;
        }
        /* A beginning too short to be judged: on its own port it is what it seems to be. */
        if (connection->recognised || !smini_ws_feed_claim(connection, direction))
            break;
        drain(connection, direction);
    }
    uint64_t sent = certainly_sent(side);
    if (side->state == SMINI_WS_TRACKED && sent > side->next)
        smini_ws_feed_gap(connection, direction, sent - side->next);
    smini_ws_hold_clear(&side->hold);
}

void smini_ws_stream_finish(struct smini_ws_connection *connection)
{
    if (connection->closed)
        return;
    flush(connection, SMIN_TO_SERVER);
    flush(connection, SMIN_TO_CLIENT);
    smini_ws_feed_end(connection, SMIN_TO_SERVER);
    smini_ws_feed_end(connection, SMIN_TO_CLIENT);
}

void smini_ws_stream_free(struct smini_ws_connection *connection)
{
    const struct smini_ws_adapter *adapter = connection->adapter;
    smini_ws_hold_clear(&connection->side[SMIN_TO_SERVER].hold);
    smini_ws_hold_clear(&connection->side[SMIN_TO_CLIENT].hold);
    if (connection->flow)
        adapter->session.inspector->flow_free(adapter->thread, connection->flow);
    connection->flow = NULL;
    connection->closed = true;
}
