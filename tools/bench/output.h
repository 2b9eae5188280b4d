/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets to frames to a pcap file, with the clock of the capture. */
#ifndef BENCH_OUTPUT_H
#define BENCH_OUTPUT_H

#include <stdint.h>
#include <stdio.h>

#include "bench/random.h"

enum { BENCH_FIN = 1, BENCH_SYN = 2, BENCH_RST = 4, BENCH_PSH = 8, BENCH_ACK = 16 };

enum { BENCH_TCP = 6, BENCH_UDP = 17 };

/* Largest payload of a segment: an Ethernet frame without options in the headers. */
enum { BENCH_MSS = 1460 };

/* The two ends of a flow and how its packets travel. Client first. */
struct bench_ends {
    uint8_t address[2][16]; /* IPv4 in the first four bytes */
    uint16_t port[2];
    uint8_t protocol;
    uint8_t is_ipv6;
    uint16_t vlan; /* 0: untagged */
};

struct bench_packet {
    const struct bench_ends *ends;
    uint32_t from_server; /* 0: the client sends it */
    uint32_t sequence;
    uint32_t acknowledge;
    uint32_t flags;
    uint32_t timestamp; /* 0: no timestamp option */
    const uint8_t *payload;
    uint32_t length;
};

struct bench_output {
    FILE *file;
    uint64_t now_us;
    uint64_t packets; /* frames written */
    uint64_t bytes;   /* of the file */
    uint32_t mean_gap_us;
    uint16_t next_id;
    int failed;
    struct bench_random clock;
};

/* 0, or -1 when the file cannot be made. */
int bench_output_open(struct bench_output *output, const char *path, uint64_t seed, uint32_t mean_gap_us);

void bench_output_packet(struct bench_output *output, const struct bench_packet *packet);

/* The packet in 2 to 4 IPv4 fragments, in any order when `shuffle`. */
void bench_output_fragments(struct bench_output *output, const struct bench_packet *packet, struct bench_random *random,
                            int shuffle);

/* 0, or -1 when anything was not written. */
int bench_output_close(struct bench_output *output);

#endif
