/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules and a matcher, ready to be shown messages. */
#ifndef SMIN_TESTS_MATCH_RUN_H
#define SMIN_TESTS_MATCH_RUN_H

#include "match/matcher.h"
#include "tests/support/failing_alloc.h"

struct match_run {
    struct failing_alloc memory;
    struct smini_rule_set *rules;
    struct smini_database *database;
    struct smini_matcher *matcher;
    struct smini_match_stream *stream;
    struct smini_flow_memory *flow;
    bool remembers; /* some rule does */
    uint64_t time_ns;
    struct smini_flow_facts facts; /* 10.0.0.1:1000 -> 10.0.0.2:4786, established */
    uint32_t direction;
    uint64_t offset;       /* where the next bytes stand */
    struct smini_match_stream *other_stream; /* of the other direction */
    uint64_t other_offset;
    char hits[512];        /* of the last call: "1 7" */
    char places[512];      /* likewise: "1@4+2" */
    int32_t status;
};

/* Ends the test when a rule is refused. Variables are unset. */
void match_run_open(struct match_run *run, const char *rules, enum smini_scanner_choice choice,
                    const struct smini_match_limits *limits);
/* Ends the test when anything leaked. */
void match_run_close(struct match_run *run);

/* The other side speaks. */
void match_run_turn(struct match_run *run);
/* Another flow begins, between the same ends. */
void match_run_next_flow(struct match_run *run);

/* A message of unknown kind without fields; the next one in the stream. Gives run->hits. */
const char *match_run_bytes(struct match_run *run, const void *bytes, size_t length);
/* Bytes that belong to the message before them. */
const char *match_run_trailer(struct match_run *run, const void *bytes, size_t length);
/* Stream bytes that are no message. */
const char *match_run_loose(struct match_run *run, const void *bytes, size_t length);
/* The messages that the decoder finds in the bytes; gives all their hits. */
const char *match_run_decoded(struct match_run *run, const void *bytes, size_t length);

/* One rule's options and one message: does it hit? */
struct match_row {
    const char *options;
    const char *bytes;
    size_t length; /* 0: to the NUL */
    bool hit;
};

/* Judges every row; the message ends where readable memory ends. */
void match_rows(const struct match_row *rows, size_t count, enum smini_scanner_choice choice);

#endif
