/* SPDX-License-Identifier: BSD-2-Clause */
/* Smart Install messages with the lengths and layouts of doc/protocol.md, harmless in content. */
#ifndef BENCH_MESSAGE_H
#define BENCH_MESSAGE_H

#include "bench/random.h"
#include "bench/truth.h"

enum { BENCH_MESSAGE_MAX = 16 + 1032 };

enum { BENCH_ON_PORT = 0, BENCH_OFF_PORT = 1 };

/*
 * A request of types 2, 3, 4, 5, 7 or 8 into `bytes`; returns its length. On
 * the port 1 in 8 declares, and has, an odd length; elsewhere lengths are exact,
 * because only those are recognised there. `*type` becomes the type.
 */
uint32_t bench_message_request(struct bench_random *random, uint8_t *bytes, int port, struct bench_truth *truth,
                               uint32_t *type);

/* The switch's answer on the same connection; 0 when the type has none. */
uint32_t bench_message_answer(uint8_t *bytes, int port, uint32_t type, struct bench_truth *truth);

/* What a switch reports on a connection of its own after a backup. */
uint32_t bench_message_backup_response(struct bench_random *random, uint8_t *bytes, struct bench_truth *truth);

#endif
