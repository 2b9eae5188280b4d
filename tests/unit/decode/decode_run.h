/* SPDX-License-Identifier: BSD-2-Clause */
/* One stream with its scratch, an allocator that is counted, and the text of what it delivered. */
#ifndef SMIN_TESTS_DECODE_RUN_H
#define SMIN_TESTS_DECODE_RUN_H

#include "decode/decode.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/hexfile.h"
#include "tests/support/recording_sink.h"

struct decode_run {
    struct failing_alloc memory;
    struct smini_decode_scratch scratch;
    struct smini_stream stream;
    struct recording_sink sink;
};

void decode_run_open(struct decode_run *run, const struct smini_decode_limits *limits);

/* A fresh stream on the same scratch; what was said is forgotten. */
void decode_run_start(struct decode_run *run, uint32_t direction, bool hinted, bool midstream);

int32_t decode_run_feed(struct decode_run *run, const void *bytes, size_t length);
int32_t decode_run_gap(struct decode_run *run, uint64_t length);
int32_t decode_run_end(struct decode_run *run);

/* True when everything came back. */
bool decode_run_close(struct decode_run *run);

/* Direction in which a vector of this name is sent. */
uint32_t decode_run_direction(const char *vector);

/* True when what was said has this line; see recording_sink_has. */
bool decode_run_says(const struct decode_run *run, const char *line);

/* Writes a header. */
void decode_run_header(uint8_t *bytes, uint32_t from, uint32_t version, uint32_t type, uint32_t length);

#endif
