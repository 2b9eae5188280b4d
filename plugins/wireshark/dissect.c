/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/dissect.h"

#include <string.h>

#include "wireshark/draw.h"
#include "wireshark/stream.h"
#include "wireshark/transfer.h"
#include "wireshark/withheld.h"

enum {
    /* Bit of tcp_flow_t.static_flags; no header has a name for it. */
    BASE_KNOWN = 1,
    /* The direction of what was said on a packet that brought no bytes. */
    NO_DIRECTION = SMIN_EITHER
};

/* Where the first byte of a direction stands. Without Wireshark's analysis it is the first that is seen. */
static void set_base(struct smini_ws_side *side, const tcp_flow_t *flow)
{
    if (side->based || !flow || !(flow->static_flags & BASE_KNOWN))
        return;
    side->base = (smini_ws_numbers_are_relative() ? 0 : flow->base_seq) + 1;
    side->based = true;
}

static const struct tcp_analysis *analysis_of(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);
    return conversation ? get_tcp_conversation_data(conversation, pinfo) : NULL;
}

/*
 * Wireshark does not put a segment together that it has doubts about: a wrong checksum, where the user has it checked.
 * One of which bytes are missing in the capture is another matter: they are known to be missing.
 */
static bool is_usable(tvbuff_t *tvb, const packet_info *pinfo)
{
    bool doubted = pinfo->noreassembly_reason && pinfo->noreassembly_reason[0] != '\0';
    return !pinfo->flags.in_error_pkt &&
           (!doubted || tvb_captured_length(tvb) < tvb_reported_length(tvb));
}

/* The first visit: what the segment brings is handed to the inspector. */
static struct smini_ws_piece *feed(struct smini_ws_connection *connection, tvbuff_t *tvb, packet_info *pinfo,
                                   const struct tcpinfo *tcp)
{
    unsigned direction = smini_ws_direction(connection, pinfo);
    uint32_t length = tvb_captured_length(tvb);
    const struct tcp_analysis *analysis = analysis_of(pinfo);
    smini_ws_moment(connection, pinfo);
    if (!is_usable(tvb, pinfo)) {
        struct smini_ws_piece *piece = smini_ws_piece_new(connection, direction, tcp->seq);
        piece->troubles = 1u << SMINI_WS_NOT_USED;
        return piece;
    }
    if (analysis) {
        set_base(&connection->side[direction], analysis->fwd);
        set_base(&connection->side[direction ^ 1], analysis->rev);
    }
    if (length == 0)
        return NULL;
    return smini_ws_stream_segment(connection, direction, tcp, tvb_get_ptr(tvb, 0, (gint)length), length);
}

static struct smini_ws_piece *piece_of(struct smini_ws_connection *connection, tvbuff_t *tvb, packet_info *pinfo,
                                       const struct tcpinfo *tcp)
{
    struct smini_ws_piece *piece = smini_ws_piece_find(connection, pinfo->num, smini_ws_direction(connection, pinfo),
                                                       tcp->seq);
    if (piece || PINFO_FD_VISITED(pinfo))
        return piece;
    return feed(connection, tvb, pinfo, tcp);
}

int smini_ws_dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    const struct tcpinfo *tcp = data;
    /* Only TCP says where the bytes stand. */
    if (!smini_ws_adapter || !tcp || pinfo->ptype != PT_TCP)
        return 0;
    struct smini_ws_connection *connection = smini_ws_connection_of(pinfo, !PINFO_FD_VISITED(pinfo));
    const struct smini_ws_piece *piece = connection ? piece_of(connection, tvb, pinfo, tcp) : NULL;
    if (!piece)
        return 0;
    col_set_str(pinfo->cinfo, COL_PROTOCOL, connection->adapter->column);
    col_clear(pinfo->cinfo, COL_INFO);
    smini_ws_draw_piece(connection->adapter, pinfo, tree, tvb, piece);
    return (int)tvb_captured_length(tvb);
}

/* Can a stream of the inspector's protocol begin like this, as far as the bytes go? */
static bool begins_like_it(const struct smini_ws_adapter *adapter, tvbuff_t *tvb)
{
    const struct smin_ext_detect *detect = adapter->session.detect;
    uint32_t length = tvb_captured_length(tvb);
    for (uint32_t i = 0; detect && i < detect->pattern_count; i++) {
        const struct smin_detect_pattern *pattern = smini_describe_element(detect->patterns, i, detect->pattern_stride);
        uint32_t both = pattern->length < length ? pattern->length : length;
        if (both > 0 && tvb_memeql(tvb, 0, pattern->bytes, both) == 0)
            return true;
    }
    return false;
}

smini_ws_bool smini_ws_dissect_any_port(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    const struct tcpinfo *tcp = data;
    if (!smini_ws_adapter || !tcp || pinfo->ptype != PT_TCP || PINFO_FD_VISITED(pinfo))
        return 0;
    struct smini_ws_connection *connection = smini_ws_connection_of(pinfo, false);
    if (!connection && !begins_like_it(smini_ws_adapter, tvb))
        return 0;
    if (!connection) {
        connection = smini_ws_connection_of(pinfo, true);
        connection->recognised = true;
    }
    const struct smini_ws_piece *piece = piece_of(connection, tvb, pinfo, tcp);
    if (!piece || connection->side[smini_ws_direction(connection, pinfo)].state != SMINI_WS_TRACKED)
        return 0;
    conversation_set_dissector(find_or_create_conversation(pinfo), smini_ws_stream_handle());
    return smini_ws_dissect(tvb, pinfo, tree, data) > 0;
}

/* Is the packet on a port that is ours by its number, by preference or by Decode As? */
static bool is_on_our_port(const packet_info *pinfo)
{
    dissector_table_t table = find_dissector_table("tcp.port");
    return dissector_get_uint_handle(table, pinfo->destport) == smini_ws_stream_handle() ||
           dissector_get_uint_handle(table, pinfo->srcport) == smini_ws_stream_handle();
}

/* What is said because of a packet that acknowledges, or comes after others: shown in this frame. */
static void follow_packet(struct smini_ws_connection *connection, packet_info *pinfo)
{
    bool holds = connection->side[SMIN_TO_SERVER].hold.bytes != 0 || connection->side[SMIN_TO_CLIENT].hold.bytes != 0;
    smini_ws_moment(connection, pinfo);
    connection->current = holds ? smini_ws_piece_new(connection, NO_DIRECTION, 0) : NULL;
    smini_ws_stream_packet(connection, smini_ws_direction(connection, pinfo), analysis_of(pinfo));
    connection->current = NULL;
}

/* The first visit of a packet of TCP: what its dissector kept to itself, and what is said when all was looked at. */
static void follow_tcp(packet_info *pinfo, const proto_tree *tree)
{
    struct tcpinfo tcp;
    tvbuff_t *payload = smini_ws_withheld_payload(tree, analysis_of(pinfo), &tcp);
    struct smini_ws_connection *connection = smini_ws_connection_of(pinfo, payload && is_on_our_port(pinfo));
    if (!connection)
        return;
    unsigned direction = smini_ws_direction(connection, pinfo);
    if (payload && !smini_ws_piece_find(connection, pinfo->num, direction, tcp.seq)) {
        struct smini_ws_piece *piece = feed(connection, payload, pinfo, &tcp);
        if (piece)
            piece->withheld = true;
    }
    follow_packet(connection, pinfo);
}

/* What no call of TCP shows. Without the payload at hand, bytes of a message are shown by themselves. */
static void draw_tcp(const struct smini_ws_connection *connection, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    const struct smini_ws_piece *piece = wmem_tree_lookup32(connection->frames, pinfo->num);
    for (; piece; piece = piece->next) {
        if (!piece->withheld && (piece->direction != NO_DIRECTION || !piece->first))
            continue;
        tvbuff_t *payload = piece->withheld ? smini_ws_withheld_shown(tree) : NULL;
        struct smini_ws_piece shown = *piece;
        if (!payload)
            shown.length = 0;
        smini_ws_draw_piece(connection->adapter, pinfo, tree, payload ? payload : tvb, &shown);
    }
}

static void dissect_tcp_packet(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    if (!PINFO_FD_VISITED(pinfo))
        follow_tcp(pinfo, tree);
    const struct smini_ws_connection *connection = smini_ws_connection_of(pinfo, false);
    if (connection)
        draw_tcp(connection, tvb, pinfo, tree);
}

int smini_ws_dissect_packet(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    (void)data;
    if (!smini_ws_adapter)
        return 0;
    if (pinfo->ptype == PT_TCP && !pinfo->flags.in_error_pkt)
        dissect_tcp_packet(tvb, pinfo, tree);
    smini_ws_transfer_packet(smini_ws_adapter, tvb, pinfo, tree);
    return (int)tvb_captured_length(tvb);
}

void smini_ws_dissect_want(dissector_handle_t handle, bool transfers)
{
    GArray *wanted = g_array_new(FALSE, FALSE, sizeof(int));
    smini_ws_withheld_want(wanted);
    if (transfers)
        smini_ws_transfer_want(wanted);
    set_postdissector_wanted_hfids(handle, wanted);
}
