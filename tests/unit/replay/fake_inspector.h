/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An inspector that writes down what it is fed. Its protocol: a direction
 * begins with "FAKE"; every 16 bytes are a message. It checks the contract
 * from its side: bytes come without holes or repetitions, offsets are right.
 */
#ifndef SMIN_TESTS_FAKE_INSPECTOR_H
#define SMIN_TESTS_FAKE_INSPECTOR_H

#include <stdbool.h>

#include "smin/abi.h"

enum { FAKE_MESSAGE = 16, FAKE_PORT = 4786, FAKE_STREAM_MAX = 96 * 1024, FAKE_FLOWS_MAX = 64, FAKE_GAPS_MAX = 256 };

struct fake_gap {
    uint64_t offset;
    uint64_t length;
};

struct fake_stream {
    uint8_t bytes[FAKE_STREAM_MAX]; /* '?' where a gap was told */
    uint64_t length;
    struct fake_gap gaps[FAKE_GAPS_MAX];
    uint32_t gap_count;
    uint32_t ends;
    uint32_t finished; /* of the ends: its sender closed it */
    uint64_t feeds;
};

struct fake_flow_log {
    struct smin_flow_info info;
    struct fake_stream stream[2];
    bool live;
};

/* What was fed, over all instances, in the order of flow_new. */
struct fake_log {
    struct fake_flow_log flows[FAKE_FLOWS_MAX];
    uint32_t flow_count; /* may exceed FAKE_FLOWS_MAX: those are not logged */
    uint32_t live;
    uint32_t threads; /* that were ever made */
    uint64_t probes;
    uint64_t datagrams;
    bool broken; /* the contract was */
    const char *why;
};

extern struct fake_log fake_log;
extern const struct smin_inspector fake_inspector;
/* The same, and reads datagrams. */
extern const struct smin_inspector fake_datagram_inspector;
/* The same as the first, and announces `fake_expectation` with the first bytes of each flow. */
extern const struct smin_inspector fake_announcer;
extern struct smin_expectation fake_expectation;

void fake_log_clear(void);

#endif
