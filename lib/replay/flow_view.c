/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/flow_view.h"

#include "replay/tcp_state.h"

#include <string.h>

/* FNV-1a, 64 bits: an id, not a defence; it must come out the same everywhere. */
static uint64_t fold_bytes(uint64_t state, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < length; i++)
        state = (state ^ at[i]) * 0x100000001b3u;
    return state;
}

static uint64_t fold_number(uint64_t state, uint64_t number, unsigned bytes)
{
    while (bytes-- > 0) {
        state = (state ^ (number & 255)) * 0x100000001b3u;
        number >>= 8;
    }
    return state;
}

uint64_t smini_flow_id(const struct smini_flow_view *view)
{
    uint64_t state = 0xcbf29ce484222325u;
    state = fold_bytes(state, view->client_address, 16);
    state = fold_bytes(state, view->server_address, 16);
    state = fold_number(state, view->client_port, 2);
    state = fold_number(state, view->server_port, 2);
    state = fold_number(state, view->protocol, 1);
    state = fold_number(state, view->first_ns, 8);
    for (unsigned i = 0; i < view->vlan_count; i++)
        state = fold_number(state, view->vlan[i], 2);
    for (unsigned i = 0; i < view->tunnel_count; i++) {
        const struct smini_tunnel *tunnel = &view->tunnels[i];
        size_t length = tunnel->ip_version == 4 ? 4 : 16;
        state = fold_number(state, tunnel->kind, 1);
        state = fold_number(state, tunnel->id, 4);
        state = fold_bytes(state, tunnel->source, length);
        state = fold_bytes(state, tunnel->destination, length);
    }
    state ^= state >> 32;
    state *= 0xd6e8feb86659fd93u;
    state ^= state >> 32;
    return state & (((uint64_t)1 << 53) - 1);
}

static void copy_ends(const struct smini_run *run, const struct smini_flow_record *record, uint8_t client[16],
                      uint8_t server[16])
{
    unsigned end = record->state & SMINI_RECORD_CLIENT_IS_1 ? 1 : 0;
    size_t length = record->state & SMINI_RECORD_IPV6 ? 16 : 4;
    memcpy(client, smini_flow_table_address(&run->table, record, end), length);
    memcpy(server, smini_flow_table_address(&run->table, record, end ^ 1), length);
}

static uint32_t facts_now(const struct smini_flow *flow, const struct smini_flow_record *record)
{
    uint32_t facts = flow->facts;
    if (record->packets[SMIN_TO_CLIENT] == 0)
        facts |= SMINI_FLOW_SERVER_SILENT;
    if (record->packets[SMIN_TO_SERVER] == 0)
        facts |= SMINI_FLOW_CLIENT_SILENT;
    for (unsigned direction = 0; direction < 2; direction++) {
        const struct smini_tcp_side *side = &flow->side[direction];
        if ((side->flags & SMINI_SIDE_ACKED) && side->state != SMINI_SIDE_IGNORED && side->acked > side->next + 1)
            facts |= SMINI_FLOW_ACKED_UNSEEN;
    }
    return facts;
}

void smini_flow_view_record(const struct smini_run *run, const struct smini_flow_record *record,
                            struct smini_flow_view *view)
{
    unsigned client = record->state & SMINI_RECORD_CLIENT_IS_1 ? 1 : 0;
    memset(view, 0, sizeof(*view));
    view->ip_version = record->state & SMINI_RECORD_IPV6 ? 6 : 4;
    view->protocol = record->state & SMINI_RECORD_UDP ? 17 : 6;
    copy_ends(run, record, view->client_address, view->server_address);
    view->client_port = record->port[client];
    view->server_port = record->port[client ^ 1];
    if (record->path) {
        const struct smini_flow_path *path = smini_flow_path_at(&run->table.paths, record->path);
        view->vlan_count = path->vlan_count;
        view->tunnel_count = path->tunnel_count;
        memcpy(view->vlan, path->vlan, sizeof(view->vlan));
        view->tunnels = path->tunnels;
    }
    view->first_ns = record->first_ns;
    view->first_packet = record->first_packet;
    for (unsigned direction = 0; direction < 2; direction++) {
        view->tcp_flags[direction] = record->tcp_flags[direction];
        view->packets[direction] = record->packets[direction];
        view->wire_bytes[direction] = smini_flow_record_bytes(record, direction);
    }
}

uint64_t smini_flow_record_id(const struct smini_run *run, const struct smini_flow_record *record)
{
    struct smini_flow_view view;
    smini_flow_view_record(run, record, &view);
    return smini_flow_id(&view);
}

void smini_flow_view_make(const struct smini_run *run, struct smini_flow *flow, struct smini_flow_view *view)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    smini_flow_view_record(run, record, view);
    view->facts = facts_now(flow, record);
    view->last_ns = flow->last_ns;
    view->messages = flow->messages;
    for (unsigned direction = 0; direction < 2; direction++) {
        view->stream_bytes[direction] = flow->side[direction].stream_bytes;
        view->gap_bytes[direction] = flow->side[direction].gap_bytes;
    }
    view->state = flow->bits & SMINI_TRACK_CLOSED                              ? "closed"
                  : smini_flow_input_flags(run, flow) & SMIN_FLOW_ESTABLISHED ? "established"
                                                                              : "new";
    if (flow->id == 0) /* what it is made of never changes; should it be 0, it is made again */
        flow->id = smini_flow_id(view);
    view->flow_id = flow->id;
}

uint32_t smini_flow_record_flags(const struct smini_flow_record *record)
{
    bool answered = record->packets[SMIN_TO_SERVER] != 0 && record->packets[SMIN_TO_CLIENT] != 0;
    if (record->state & SMINI_RECORD_UDP)
        return answered ? SMIN_FLOW_ESTABLISHED : 0;
    uint8_t client = record->tcp_flags[SMIN_TO_SERVER], server = record->tcp_flags[SMIN_TO_CLIENT];
    if ((client | server) & SMINI_TCP_SYN)
        return (client & SMINI_TCP_ACK) && (server & SMINI_TCP_SYN) ? SMIN_FLOW_ESTABLISHED : 0;
    /* Whoever acknowledges has shaken hands, before the capture began. */
    bool earlier = answered || ((client | server) & SMINI_TCP_ACK);
    return SMIN_FLOW_MIDSTREAM | (earlier ? (uint32_t)SMIN_FLOW_ESTABLISHED : 0);
}

uint32_t smini_flow_input_flags(const struct smini_run *run, const struct smini_flow *flow)
{
    const struct smini_flow_record *record = smini_flow_table_at(&run->table, flow->record);
    if (record->state & SMINI_RECORD_UDP)
        return smini_flow_record_flags(record);
    bool both = (flow->side[0].flags & flow->side[1].flags & SMINI_SIDE_PAYLOAD) != 0;
    bool answered = record->packets[SMIN_TO_SERVER] > 1 || (flow->side[SMIN_TO_CLIENT].flags & SMINI_SIDE_PAYLOAD);
    bool handshake = (flow->facts & SMINI_FLOW_SYN_ACK) && answered;
    bool midstream = (flow->facts & SMINI_FLOW_MIDSTREAM) != 0;
    bool earlier = midstream && ((record->tcp_flags[0] | record->tcp_flags[1]) & SMINI_TCP_ACK);
    return (midstream ? (uint32_t)SMIN_FLOW_MIDSTREAM : 0) |
           (both || handshake || earlier ? (uint32_t)SMIN_FLOW_ESTABLISHED : 0);
}

void smini_flow_info_make(const struct smini_run *run, const struct smini_flow_record *record, uint32_t flags,
                          struct smin_flow_info *info)
{
    unsigned client = record->state & SMINI_RECORD_CLIENT_IS_1 ? 1 : 0;
    memset(info, 0, sizeof(*info));
    info->struct_size = sizeof(*info);
    info->ip_version = record->state & SMINI_RECORD_IPV6 ? 6 : 4;
    info->protocol = record->state & SMINI_RECORD_UDP ? 17 : 6;
    info->flags = (uint16_t)flags;
    info->client_port = record->port[client];
    info->server_port = record->port[client ^ 1];
    copy_ends(run, record, info->client_address, info->server_address);
}

bool smini_flow_is_quiet(const struct smini_run *run, const struct smini_flow *flow)
{
    return (flow->bits & (SMINI_TRACK_FED | SMINI_TRACK_HINTED)) == SMINI_TRACK_FED && flow->inspector < run->inspector_count &&
           (run->inspectors[flow->inspector].inspector->flags & SMIN_INSPECTOR_EVERYDAY) &&
           !(flow->facts & SMINI_FLOW_DETECTED);
}
