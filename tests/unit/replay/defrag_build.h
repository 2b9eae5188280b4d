/* SPDX-License-Identifier: BSD-2-Clause */
/* Fragments made in memory and pushed into one defragmenter, for the tests of what it gives and of what it refuses. */
#ifndef DEFRAG_BUILD_H
#define DEFRAG_BUILD_H

#include "replay/defrag.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/unit/replay/input_build.h"

enum { PIECE_ROOM = 66000 };

/* One fragment as it is captured (raw IP). */
struct piece {
    uint32_t length;
    uint8_t bytes[PIECE_ROOM];
};

extern struct build whole; /* the datagram that the fragments are cut from */
extern struct seen seen;   /* the problems that were reported */
extern struct failing_alloc failing;
extern struct smini_problem_sink sink;
extern struct smini_defrag *defrag;
extern struct smini_defrag_result result; /* of the last push */
extern struct piece piece;                /* the last one made */
extern uint64_t now, number;              /* of the next packet */

void defrag_begin(const struct smini_defrag_limits *limits);
void defrag_finish(void);
/* `length` bytes at `offset` of a UDP datagram's content as a fragment. */
void defrag_make_piece(int version, uint32_t id, uint32_t offset, bool more, const uint8_t *bytes, uint32_t length);
int32_t defrag_push_bytes(const uint8_t *bytes, uint32_t length);
int32_t defrag_push(int version, uint32_t id, uint32_t offset, bool more, const uint8_t *bytes, uint32_t length);
/* A UDP datagram of `length` bytes, header and right checksum included. */
void defrag_make_datagram(int version, uint32_t length);
/* The reading is the datagram, with a header that hides that it ever was in pieces. */
void defrag_is_whole(const uint8_t *bytes, int version);

#endif
