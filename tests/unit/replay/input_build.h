/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures and packets made in memory, and what was read from them. */
#ifndef SMIN_TESTS_INPUT_BUILD_H
#define SMIN_TESTS_INPUT_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "replay/capture.h"
#include "replay/problem.h"

enum { BUILD_ROOM = 300000 };

/* Bytes being written; integers in network order, or as a capture of `little` order has them. */
struct build {
    size_t length;
    bool little;
    uint8_t bytes[BUILD_ROOM];
};

void build_raw(struct build *build, const void *bytes, size_t length);
void build_hex(struct build *build, const char *hex); /* blanks allowed */
void build_fill(struct build *build, uint8_t byte, size_t count);
void build_u8(struct build *build, unsigned value);
void build_u16(struct build *build, unsigned value);
void build_u32(struct build *build, uint32_t value);
void build_u64(struct build *build, uint64_t value);

/* pcap: header with `magic`, then records. */
void build_pcap(struct build *build, uint32_t magic, uint32_t snaplen, uint32_t link_type);
void build_record(struct build *build, uint32_t seconds, uint32_t subsecond, const void *bytes, uint32_t length,
                  uint32_t wire);

/* pcapng blocks. Resolution and offset as options when not 0xff and 0. */
void build_section(struct build *build);
void build_interface(struct build *build, unsigned link_type, uint32_t snaplen, unsigned resolution, int64_t offset);
void build_enhanced(struct build *build, uint32_t interface, uint64_t time, const void *bytes, uint32_t length,
                    uint32_t wire);
void build_block(struct build *build, uint32_t type, const void *body, uint32_t length);

/* Packets with right lengths and checksums; each writes its header before what `inner` holds. */
void build_ethernet(struct build *build, unsigned type, const struct build *inner);
void build_ip4(struct build *build, unsigned protocol, const struct build *inner);
void build_ip6(struct build *build, unsigned protocol, const struct build *inner);
void build_udp(struct build *build, unsigned source, unsigned destination, const struct build *inner);
/* A TCP segment of ports 40000 and 4786 with a timestamp and this payload; no checksum of its own. */
void build_tcp(struct build *build, const char *payload);
/* Corrects the checksum of the TCP or UDP packet in an IP packet without options. */
void build_sum(struct build *ip);
/* An IP packet of `version` with that TCP segment. */
void build_ip_tcp(struct build *build, int version, const char *payload);

/* --- reading ------------------------------------------------------------------------------------------------- */

enum { SEEN_MAX = 256, SEEN_PROBLEMS_MAX = 256 };

struct seen_packet {
    uint32_t captured, wire, link_type;
    uint64_t time_ns, number, offset, digest;
    uint8_t last_byte;
};

struct seen_problem {
    char event[40];
    char layer[16];
    int32_t status, lost;
    uint64_t offset;
};

struct seen {
    int32_t opened; /* status of smini_capture_open */
    int32_t ended;  /* of the last capture's end */
    uint32_t members;
    uint32_t count;
    struct seen_packet packets[SEEN_MAX];
    uint32_t problem_count;
    struct seen_problem problems[SEEN_PROBLEMS_MAX];
    char names[16][80]; /* of the members */
};

void seen_problem(void *user, const struct smini_problem *problem); /* a smini_problem_sink's report */
const struct seen_problem *seen_find(const struct seen *seen, const char *event); /* NULL: was not told */

/* Reads all members from `fd`. `limits` may be NULL. */
void seen_read_fd(struct seen *seen, struct smini_alloc *alloc, int fd, const struct smini_capture_limits *limits);
/* The same from memory; fails the test when memory leaks. */
void seen_read(struct seen *seen, const uint8_t *bytes, size_t length);
/* From memory in two reads, the first of `split` bytes. */
void seen_read_split(struct seen *seen, const uint8_t *bytes, size_t length, size_t split);
/* An unlinked file with these bytes, at its start. */
int seen_file(const uint8_t *bytes, size_t length);

#endif
