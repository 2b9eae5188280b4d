/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/connection.h"

#include <string.h>

#include "wireshark/exchange.h"
#include "wireshark/stream.h"
#include "wireshark/transfer.h"

enum {
    FIRST_PRIVILEGED_FREE_PORT = 1024,
    PROTOCOL_TCP = 6,
    /* Bits of tcp_analysis.conversation_completeness; the values of the filter field tcp.completeness. */
    SEEN_SYN = 1,
    SEEN_SYN_ACK = 2,
    SEEN_ACK = 4
};

/* Connections whose flows live. Emptied when the capture was read, at the latest when it is closed. */
static struct smini_ws_connection *open_connections;

static void finish_all(void)
{
    /* In the order in which they began. */
    struct smini_ws_connection *reversed = NULL;
    while (open_connections) {
        struct smini_ws_connection *connection = open_connections;
        open_connections = connection->next_open;
        connection->next_open = reversed;
        reversed = connection;
    }
    for (; reversed; reversed = reversed->next_open) {
        smini_ws_stream_finish(reversed);
        smini_ws_stream_free(reversed);
    }
}

static void free_all(void)
{
    for (; open_connections; open_connections = open_connections->next_open)
        smini_ws_stream_free(open_connections);
}

void smini_ws_connections_register(void)
{
    register_postseq_cleanup_routine(finish_all);
    register_cleanup_routine(free_all);
}

/* Who opened the connection, by the best sign there is: true when the sender of this packet did. */
static bool sender_is_client(const struct smini_ws_adapter *adapter, const packet_info *pinfo,
                             const conversation_t *conversation, const struct tcp_analysis *tcp)
{
    if (pinfo->srcport == pinfo->destport)
        return addresses_equal(conversation_key_addr1(conversation->key_ptr), &pinfo->src);
    if (tcp && (tcp->conversation_completeness & (SEEN_SYN | SEEN_SYN_ACK)) && tcp->server_port)
        return tcp->server_port == pinfo->destport;
    bool from = smini_ws_is_hint(adapter, pinfo->srcport), to = smini_ws_is_hint(adapter, pinfo->destport);
    if (from != to)
        return to;
    bool low_from = pinfo->srcport < FIRST_PRIVILEGED_FREE_PORT, low_to = pinfo->destport < FIRST_PRIVILEGED_FREE_PORT;
    if (low_from != low_to)
        return low_to;
    return conversation_key_port1(conversation->key_ptr) == pinfo->srcport;
}

static uint8_t put_address(uint8_t *to, const address *from)
{
    if (from->type == AT_IPv4 && from->len == 4) {
        memcpy(to, from->data, 4);
        return 4;
    }
    if (from->type == AT_IPv6 && from->len == 16) {
        memcpy(to, from->data, 16);
        return 6;
    }
    return 0;
}

static void fill_info(struct smin_flow_info *info, const packet_info *pinfo, bool from_client,
                      const struct tcp_analysis *tcp)
{
    *info = (struct smin_flow_info){.struct_size = sizeof(*info), .protocol = PROTOCOL_TCP};
    info->client_port = (uint16_t)(from_client ? pinfo->srcport : pinfo->destport);
    info->server_port = (uint16_t)(from_client ? pinfo->destport : pinfo->srcport);
    info->ip_version = put_address(info->client_address, from_client ? &pinfo->src : &pinfo->dst);
    put_address(info->server_address, from_client ? &pinfo->dst : &pinfo->src);
    unsigned seen = tcp ? tcp->conversation_completeness : 0;
    if (!(seen & (SEEN_SYN | SEEN_SYN_ACK)))
        info->flags |= SMIN_FLOW_MIDSTREAM;
    if ((seen & SEEN_SYN_ACK) || (info->flags & SMIN_FLOW_MIDSTREAM))
        info->flags |= SMIN_FLOW_ESTABLISHED;
}

struct smini_ws_connection *smini_ws_connection_of(packet_info *pinfo, bool make)
{
    struct smini_ws_adapter *adapter = smini_ws_adapter;
    conversation_t *conversation = make ? find_or_create_conversation(pinfo) : find_conversation_pinfo(pinfo, 0);
    if (!conversation)
        return NULL;
    struct smini_ws_connection *connection = conversation_get_proto_data(conversation, adapter->protocol);
    if (connection || !make)
        return connection;
    const struct tcp_analysis *tcp = get_tcp_conversation_data(conversation, pinfo);
    bool from_client = sender_is_client(adapter, pinfo, conversation, tcp);
    connection = wmem_new0(wmem_file_scope(), struct smini_ws_connection);
    connection->adapter = adapter;
    fill_info(&connection->info, pinfo, from_client, tcp);
    connection->hinted = smini_ws_is_hint(adapter, connection->info.server_port);
    unsigned both = SEEN_SYN | SEEN_SYN_ACK;
    connection->both_seen = tcp && (tcp->conversation_completeness & both) == both;
    connection->frames = wmem_tree_new(wmem_file_scope());
    connection->questions = wmem_list_new(wmem_file_scope());
    for (unsigned direction = 0; direction < 2; direction++)
        connection->side[direction].open = wmem_list_new(wmem_file_scope());
    connection->next_open = open_connections;
    open_connections = connection;
    conversation_add_proto_data(conversation, adapter->protocol, connection);
    return connection;
}

unsigned smini_ws_direction(const struct smini_ws_connection *connection, const packet_info *pinfo)
{
    const struct smin_flow_info *info = &connection->info;
    if (info->client_port != info->server_port)
        return pinfo->destport == info->server_port ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
    uint8_t source[16] = {0};
    put_address(source, &pinfo->src);
    return memcmp(source, info->client_address, sizeof(source)) == 0 ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
}

void smini_ws_moment(struct smini_ws_connection *connection, const packet_info *pinfo)
{
    enum { NANOSECONDS = 1000000000 };
    connection->frame = pinfo->num;
    connection->time_ns = pinfo->abs_ts.secs < 0 ? 0
                              : (uint64_t)pinfo->abs_ts.secs * NANOSECONDS + (uint64_t)pinfo->abs_ts.nsecs;
}

struct smini_ws_piece *smini_ws_piece_new(struct smini_ws_connection *connection, unsigned direction, uint32_t sequence)
{
    struct smini_ws_piece *piece = wmem_new0(wmem_file_scope(), struct smini_ws_piece);
    piece->frame = connection->frame;
    piece->direction = direction;
    piece->sequence = sequence;
    struct smini_ws_piece *first = wmem_tree_lookup32(connection->frames, piece->frame);
    if (!first) {
        wmem_tree_insert32(connection->frames, piece->frame, piece);
        return piece;
    }
    while (first->next)
        first = first->next;
    first->next = piece;
    return piece;
}

struct smini_ws_piece *smini_ws_piece_find(const struct smini_ws_connection *connection, uint32_t frame,
                                           unsigned direction, uint32_t sequence)
{
    struct smini_ws_piece *piece = wmem_tree_lookup32(connection->frames, frame);
    while (piece && (piece->direction != direction || piece->sequence != sequence))
        piece = piece->next;
    return piece;
}

/* Pieces that end before a message does belong to it; it ends here. */
static void settle_pieces(struct smini_ws_side *side, const struct smin_message *message, uint32_t frame)
{
    wmem_list_frame_t *at = wmem_list_head(side->open);
    while (at) {
        struct smini_ws_piece *piece = wmem_list_frame_data(at);
        wmem_list_frame_t *next = wmem_list_frame_next(at);
        uint64_t end = piece->offset + piece->length;
        if (piece->offset >= message->offset + message->length)
            break;
        if (end > message->offset && piece->frame != frame)
            piece->completed_in = frame;
        if (end <= message->offset + message->length)
            wmem_list_remove_frame(side->open, at);
        at = next;
    }
}

void smini_ws_on_output(void *user, void *flow_user, const struct smin_output *output)
{
    (void)user;
    struct smini_ws_connection *connection = flow_user;
    unsigned direction = output->message->direction == SMIN_TO_CLIENT ? SMIN_TO_CLIENT : SMIN_TO_SERVER;
    struct smini_ws_side *side = &connection->side[direction];
    struct smini_ws_piece *piece = connection->current;
    if (!piece)
        piece = side->last ? side->last : connection->side[direction ^ 1].last;
    if (!piece)
        return;
    struct smini_ws_kept *kept = smini_ws_keep(output);
    kept->frame = piece->frame;
    kept->time.secs = (time_t)(connection->time_ns / 1000000000);
    kept->time.nsecs = (int)(connection->time_ns % 1000000000);
    if (piece->last)
        piece->last->next = kept;
    else
        piece->first = kept;
    piece->last = kept;
    if (kept->message.kind != SMIN_KIND_STREAM)
        settle_pieces(side, &kept->message, piece->frame);
    smini_ws_exchange_note(connection, kept);
    smini_ws_transfer_note(connection->adapter, kept);
}
