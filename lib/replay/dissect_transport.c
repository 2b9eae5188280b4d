/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP and UDP headers. */
#include "replay/dissect_walk.h"

enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_TIMESTAMP = 8 };

void smini_transport_tcp_options(const uint8_t *options, uint32_t length, struct smini_dissected *out)
{
    struct smini_cursor cursor = smini_cursor_make(smini_span_make(options, length), 0);
    while (smini_cursor_left(&cursor) > 0) {
        uint8_t kind = smini_cursor_u8(&cursor);
        if (kind == OPTION_END)
            return;
        if (kind == OPTION_NOP)
            continue;
        uint8_t size = smini_cursor_u8(&cursor);
        if (size < 2) /* would not move on */
            return;
        struct smini_cursor value = smini_cursor_narrow(&cursor, size - 2u);
        if (smini_cursor_failed(&cursor))
            return;
        if (kind == OPTION_TIMESTAMP && size == 10 && !out->has_timestamp) {
            out->has_timestamp = true;
            out->timestamp_value = smini_cursor_u32(&value);
            out->timestamp_echo = smini_cursor_u32(&value);
        }
    }
}

static void set_payload(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    out->payload = walk->bytes.at;
    out->payload_bytes = smini_walk_left(walk);
    out->payload_wire = walk->wire;
    if (out->payload_bytes < out->payload_wire)
        out->facts |= SMINI_FACT_CUT;
    walk->step = SMINI_STEP_END;
}

/* Options may be cut off by the capture: what is known of the segment is still worth telling. */
static void tcp_options(struct smini_walk *walk, uint32_t length)
{
    uint32_t left = smini_walk_left(walk);
    uint32_t have = length < left ? length : left;
    const uint8_t *options = smini_walk_take(walk, have);
    walk->wire -= length - have;
    if (have < length)
        walk->out->facts |= SMINI_FACT_CUT;
    smini_transport_tcp_options(options, have, walk->out);
}

void smini_transport_tcp(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    uint32_t wire = walk->wire;
    uint32_t bytes = smini_walk_left(walk);
    const uint8_t *tcp = smini_walk_take(walk, 20);
    if (!tcp) {
        smini_walk_bad(walk, "tcp", wire < 20 ? "tcp_header_short" : "tcp_header_cut");
        return;
    }
    uint32_t header = (uint32_t)(tcp[12] >> 4) * 4;
    if (header < 20 || header > wire) {
        smini_walk_bad(walk, "tcp", header < 20 ? "tcp_header_length_short" : "tcp_header_length_long");
        return;
    }
    out->kind = SMINI_DISSECT_TCP;
    out->transport = tcp;
    out->transport_bytes = bytes;
    out->source_port = smini_bytes_u16(tcp);
    out->destination_port = smini_bytes_u16(tcp + 2);
    out->sequence = smini_bytes_u32(tcp + 4);
    out->acknowledgement = smini_bytes_u32(tcp + 8);
    out->tcp_flags = tcp[13];
    out->window = smini_bytes_u16(tcp + 14);
    out->urgent = smini_bytes_u16(tcp + 18);
    tcp_options(walk, header - 20);
    set_payload(walk);
}

void smini_transport_udp(struct smini_walk *walk)
{
    struct smini_dissected *out = walk->out;
    uint32_t wire = walk->wire;
    uint32_t bytes = smini_walk_left(walk);
    const uint8_t *udp = smini_walk_take(walk, 8);
    if (!udp) {
        smini_walk_bad(walk, "udp", wire < 8 ? "udp_header_short" : "udp_header_cut");
        return;
    }
    uint32_t length = smini_bytes_u16(udp + 4);
    if (length == 0 && out->ip_version == 6) /* a jumbogram, or offloaded */
        length = wire;
    if (length < 8 || length > wire) {
        smini_walk_bad(walk, "udp", length < 8 ? "udp_length_short" : "udp_length_long");
        return;
    }
    smini_walk_narrow(walk, length - 8);
    out->kind = SMINI_DISSECT_UDP;
    out->transport = udp;
    out->transport_bytes = bytes < length ? bytes : length;
    out->source_port = smini_bytes_u16(udp);
    out->destination_port = smini_bytes_u16(udp + 2);
    if (!smini_tunnel_port(out->destination_port) || !smini_tunnel_udp(walk))
        set_payload(walk);
}
