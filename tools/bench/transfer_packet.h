/* SPDX-License-Identifier: BSD-2-Clause */
/* The capture that transfers are written to: packets between one device and one server. */
#ifndef SMIN_BENCH_TRANSFER_PACKET_H
#define SMIN_BENCH_TRANSFER_PACKET_H

#include <stddef.h>
#include <stdint.h>

enum { TRANSFERS_MOST = 30000, BLOCK_MOST = 1428, FIRST_PORT = 2000 };

/* How many transfers at the same time, and how long each is: blocks, and three bytes behind them. */
struct transfer_plan {
    unsigned transfers;
    uint64_t blocks;
    unsigned block_bytes;
};

/* One end. */
struct transfer_end {
    const uint8_t *address;
    unsigned port;
};

extern const uint8_t transfer_device[4], transfer_server[4];

void transfer_put16(uint8_t *at, unsigned value);

/* Header of the capture, to standard output like everything. */
void transfer_begin(void);
void transfer_udp(const struct transfer_end *from, const struct transfer_end *to, const uint8_t *payload,
                  size_t length);

/* A connection: `end` and `next`, its next sequence number, of the client first. */
struct transfer_connection {
    struct transfer_end end[2];
    uint32_t next[2];
};

enum { TRANSFER_CLIENT, TRANSFER_SERVER };

void transfer_tcp_open(struct transfer_connection *connection);
/* Payload, and the acknowledgement that follows. */
void transfer_tcp_send(struct transfer_connection *connection, unsigned sender, const void *payload, size_t length);
/* Both ends have said everything; `first` says so first. */
void transfer_tcp_close(struct transfer_connection *connection, unsigned first);

/* What there is to do with each protocol. */
void transfer_tftp(const struct transfer_plan *plan);
void transfer_http(const struct transfer_plan *plan);
void transfer_ftp(const struct transfer_plan *plan);

#endif
