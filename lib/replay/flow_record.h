/* SPDX-License-Identifier: BSD-2-Clause */
/* What is kept of every flow: one cache line, no pointer. */
#ifndef SMINI_FLOW_RECORD_H
#define SMINI_FLOW_RECORD_H

#include <stdint.h>

#include "smin/field.h"

/* Bits of `state`. Direction bits are shifted left by the direction. */
enum {
    SMINI_RECORD_USED = 1,
    SMINI_RECORD_IPV6 = 2,
    SMINI_RECORD_CLIENT_IS_1 = 4,   /* which end point opened the connection */
    SMINI_RECORD_EXTENDED = 8,      /* `extended` is valid, `next` lives there */
    SMINI_RECORD_IGNORED = 16,      /* and 32: this direction's bytes are for nobody */
    SMINI_RECORD_BASE = 64,         /* and 128: next[] is valid */
    SMINI_RECORD_SYN_ACK = 256,
    SMINI_RECORD_UDP = 512,
    SMINI_RECORD_FIN = 1024,        /* and 2048 */
    SMINI_RECORD_RST = 4096,        /* and 8192 */
    SMINI_RECORD_WANTED = 16384     /* its packets are told */
};

/*
 * End points 0 and 1 are in the order of their bytes, not of their roles:
 * that is what makes both directions find the same record. Everything else is
 * indexed by direction (SMIN_TO_SERVER, SMIN_TO_CLIENT).
 */
struct smini_flow_record {
    uint32_t address[2]; /* IPv4 as in the packet; IPv6: [0] is an index of the address arena */
    uint16_t port[2];
    uint32_t path; /* 0: neither VLAN nor tunnel */
    uint64_t first_ns;
    uint64_t first_packet : 48;
    uint64_t bytes_high_0 : 8; /* bits 32 to 39 of the byte counters */
    uint64_t bytes_high_1 : 8;
    uint32_t last_tick; /* smini_flow_tick() of the last packet */
    union {
        uint32_t next[2];  /* sequence number of the first byte of the stream, of each direction */
        uint32_t extended; /* index of the extended state */
    };
    uint32_t packets[2];
    uint32_t bytes[2];
    uint8_t tcp_flags[2];
    uint16_t state;
};

_Static_assert(sizeof(struct smini_flow_record) == 64, "a flow is one cache line");

/* Time in units of about a millisecond since the capture began: 49 days in 32 bits, clamped at both ends. */
static inline uint32_t smini_flow_tick(uint64_t base_ns, uint64_t time_ns)
{
    if (time_ns < base_ns)
        return 0;
    uint64_t tick = (time_ns - base_ns) >> 20;
    return tick > UINT32_MAX ? UINT32_MAX : (uint32_t)tick;
}

/* Packet and IP byte counters; they stop at their ends rather than wrap. */
static inline void smini_flow_record_count(struct smini_flow_record *record, unsigned direction, uint32_t bytes)
{
    if (record->packets[direction] != UINT32_MAX)
        record->packets[direction]++;
    uint32_t sum = record->bytes[direction] + bytes;
    if (sum < bytes) {
        if (direction == SMIN_TO_SERVER && record->bytes_high_0 != 255)
            record->bytes_high_0 = (record->bytes_high_0 + 1u) & 255u;
        if (direction == SMIN_TO_CLIENT && record->bytes_high_1 != 255)
            record->bytes_high_1 = (record->bytes_high_1 + 1u) & 255u;
    }
    record->bytes[direction] = sum;
}

static inline uint64_t smini_flow_record_bytes(const struct smini_flow_record *record, unsigned direction)
{
    uint64_t high = direction == SMIN_TO_SERVER ? record->bytes_high_0 : record->bytes_high_1;
    return high << 32 | record->bytes[direction];
}

#endif
