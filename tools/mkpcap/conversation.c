/* SPDX-License-Identifier: BSD-2-Clause */
#include "conversation.h"

void smini_modifiers_default(struct smini_modifiers *modifiers)
{
    *modifiers = (struct smini_modifiers){.flags = -1};
}

static void record(struct smini_conversation *talk, struct smini_frame *frame, bool wanted)
{
    frame->time_ns = talk->clock_ns;
    frame->ip_id = talk->next_ip_id++;
    talk->clock_ns += talk->step_ns;
    if (wanted)
        smini_frames_add(talk->frames, frame);
}

void smini_conversation_packet(struct smini_conversation *talk, struct smini_frame *frame)
{
    record(talk, frame, true);
}

/* One tick per millisecond, as common stacks have it; the two sides do not share a clock. */
static uint32_t timestamp_now(const struct smini_conversation *talk, int direction)
{
    uint32_t ticks = (uint32_t)((talk->clock_ns - talk->start_ns) / 1000000u);
    return (direction == SMINI_TO_SERVER ? 1000000u : 5000000u) + ticks;
}

void smini_conversation_segment(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                                uint8_t flags, struct smini_span data, uint32_t seq,
                                const struct smini_modifiers *modifiers)
{
    int other = 1 - direction;
    struct smini_frame frame = {
        .kind = SMINI_FRAME_TCP,
        .protocol = 6,
        .connection = connection->number,
        .direction = direction,
        .source = connection->end[direction],
        .destination = connection->end[other],
        .ttl = modifiers->ttl ? modifiers->ttl : connection->ttl[direction],
        .isn = connection->isn[direction],
        .peer_isn = connection->isn[other],
        .seq = seq,
        .ack = flags & SMINI_TCP_ACK ? connection->next[other] : 0,
        .flags = modifiers->flags >= 0 ? (uint8_t)modifiers->flags : flags,
        .window = connection->window,
        .urgent = modifiers->urgent,
        .mss_option = flags & SMINI_TCP_SYN ? (uint16_t)connection->mss : 0,
        .has_timestamp = connection->timestamps && !(flags & SMINI_TCP_RST),
        .bad_l4_checksum = modifiers->bad_l4_checksum,
        .bad_ip_checksum = modifiers->bad_ip_checksum,
        .bytes = data.bytes,
        .length = data.length,
    };
    if (frame.urgent)
        frame.flags |= SMINI_TCP_URG;
    frame.timestamp = timestamp_now(talk, direction) + (uint32_t)modifiers->timestamp_shift;
    frame.timestamp_echo = flags & SMINI_TCP_ACK ? timestamp_now(talk, other) : 0;
    if (data.length && !modifiers->phantom)
        connection->last_data[direction] = frame;
    record(talk, &frame, talk->record[direction] && !modifiers->lost);
}

static void plain(struct smini_conversation *talk, struct smini_connection *connection, int direction, uint8_t flags)
{
    struct smini_modifiers modifiers;
    smini_modifiers_default(&modifiers);
    smini_conversation_segment(talk, connection, direction, flags, smini_span_make(NULL, 0),
                               connection->next[direction], &modifiers);
}

void smini_conversation_open(struct smini_conversation *talk, struct smini_connection *connection, int packets)
{
    connection->next[SMINI_TO_SERVER] = connection->next[SMINI_TO_CLIENT] = 0;
    plain(talk, connection, SMINI_TO_SERVER, SMINI_TCP_SYN);
    connection->next[SMINI_TO_SERVER] = 1;
    if (packets > 1) {
        plain(talk, connection, SMINI_TO_CLIENT, SMINI_TCP_SYN | SMINI_TCP_ACK);
        connection->next[SMINI_TO_CLIENT] = 1;
    }
    if (packets > 2)
        plain(talk, connection, SMINI_TO_SERVER, SMINI_TCP_ACK);
}

void smini_conversation_refuse(struct smini_conversation *talk, struct smini_connection *connection)
{
    smini_conversation_open(talk, connection, 1);
    connection->isn[SMINI_TO_CLIENT] = 0;
    plain(talk, connection, SMINI_TO_CLIENT, SMINI_TCP_RST | SMINI_TCP_ACK);
}

void smini_conversation_send(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                             struct smini_span data, const struct smini_modifiers *modifiers)
{
    uint32_t mss = modifiers->mss ? modifiers->mss : connection->mss;
    uint32_t seq = modifiers->has_offset ? modifiers->offset + 1 : connection->next[direction];
    for (size_t at = 0; at < data.length;) {
        struct smini_span piece = smini_span_part(data, at, mss);
        at += piece.length;
        uint8_t flags = at == data.length ? SMINI_TCP_ACK | SMINI_TCP_PSH : SMINI_TCP_ACK;
        smini_conversation_segment(talk, connection, direction, flags, piece, seq, modifiers);
        seq += (uint32_t)piece.length;
        if (!modifiers->phantom && (int32_t)(seq - connection->next[direction]) > 0)
            connection->next[direction] = seq;
    }
    if (connection->acks && !modifiers->unanswered && !modifiers->phantom)
        plain(talk, connection, 1 - direction, SMINI_TCP_ACK);
}

void smini_conversation_fin(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                            const struct smini_modifiers *modifiers)
{
    uint32_t seq = modifiers->has_offset ? modifiers->offset + 1 : connection->next[direction];
    smini_conversation_segment(talk, connection, direction, SMINI_TCP_FIN | SMINI_TCP_ACK, smini_span_make(NULL, 0),
                               seq, modifiers);
    if (!modifiers->phantom)
        connection->next[direction] = seq + 1;
}

void smini_conversation_close(struct smini_conversation *talk, struct smini_connection *connection, int direction)
{
    struct smini_modifiers modifiers;
    smini_modifiers_default(&modifiers);
    smini_conversation_fin(talk, connection, direction, &modifiers);
    smini_conversation_fin(talk, connection, 1 - direction, &modifiers);
    plain(talk, connection, direction, SMINI_TCP_ACK);
}

void smini_conversation_reset(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                              const struct smini_modifiers *modifiers)
{
    uint32_t seq = modifiers->has_offset ? modifiers->offset + 1 : connection->next[direction];
    smini_conversation_segment(talk, connection, direction, SMINI_TCP_RST | SMINI_TCP_ACK, smini_span_make(NULL, 0),
                               seq, modifiers);
}

void smini_conversation_keepalive(struct smini_conversation *talk, struct smini_connection *connection, int direction)
{
    static const uint8_t garbage[1] = {0};
    struct smini_modifiers modifiers;
    smini_modifiers_default(&modifiers);
    modifiers.phantom = true;
    smini_conversation_segment(talk, connection, direction, SMINI_TCP_ACK, smini_span_make(garbage, 1),
                               connection->next[direction] - 1, &modifiers);
    plain(talk, connection, 1 - direction, SMINI_TCP_ACK);
}

bool smini_conversation_retransmit(struct smini_conversation *talk, struct smini_connection *connection, int direction)
{
    struct smini_frame frame = connection->last_data[direction];
    if (frame.length == 0)
        return false;
    frame.timestamp = timestamp_now(talk, direction);
    frame.timestamp_echo = timestamp_now(talk, 1 - direction);
    record(talk, &frame, talk->record[direction]);
    return true;
}
