/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IPv4 and IPv6 defragmentation. Where copies of a byte disagree both readings
 * are given: the one in which the first copy stands, then the one in which the
 * last does.
 */
#ifndef SMINI_DEFRAG_H
#define SMINI_DEFRAG_H

#include "base/alloc.h"
#include "replay/dissect.h"

struct smini_defrag;

struct smini_defrag_limits {
    uint32_t sets_max;      /* datagrams being put together at once */
    uint32_t fragments_max; /* of one datagram */
    uint64_t bytes_max;     /* memory for their bytes; the table of sets comes on top */
    uint64_t timeout_ns;    /* packet time */
};

void smini_defrag_limits_default(struct smini_defrag_limits *limits);

int32_t smini_defrag_new(struct smini_defrag **defrag, struct smini_alloc *alloc,
                         const struct smini_defrag_limits *limits, const struct smini_problem_sink *problems);

/* A datagram put together; borrowed until the next call. Begins with an IP header that says no fragment. */
struct smini_defrag_result {
    const uint8_t *first; /* reading in which the first copy of each byte stands */
    const uint8_t *last;  /* NULL unless copies disagree */
    uint32_t length;
    const uint64_t *numbers; /* the packets that its fragments came in; NULL unless they are kept */
    uint32_t number_count;
    uint64_t owner; /* of a late copy: who the datagram was said to belong to; 0: nobody, or no late copy */
};

/*
 * From now on the numbers of packets are kept with the fragments that they
 * bring. The fragment of the next push came in these; they may lie in the
 * result of the call before.
 */
void smini_defrag_brought_by(struct smini_defrag *defrag, const uint64_t *numbers, uint32_t count);

/* Late copies of fragments of the datagram handed out last are told to belong to `owner`. */
void smini_defrag_belongs(struct smini_defrag *defrag, uint64_t owner);

/*
 * Takes a fragment. SMIN_OK: `result` is whole; SMIN_MORE: others are missing;
 * SMIN_E_MALFORMED, SMIN_E_TRUNCATED (cut by the capture), SMIN_E_LIMIT,
 * SMIN_E_NOMEM: dropped, and reported. The fragment's bytes may lie in the
 * result of the call before (a fragment inside a tunnel in fragments).
 */
int32_t smini_defrag_push(struct smini_defrag *defrag, const struct smini_packet *packet,
                          const struct smini_dissected *fragment, struct smini_defrag_result *result);

/* Since the object was made. */
struct smini_defrag_counters {
    uint64_t fragments;          /* pushed */
    uint64_t datagrams;          /* handed out whole */
    uint64_t duplicates;         /* fragments that brought nothing new, with the same bytes */
    uint64_t overlaps_same;      /* fragments that overlapped in part, with the same bytes */
    uint64_t overlaps_differing; /* fragments that disagreed with bytes that were there */
    uint64_t dropped;            /* fragments that were not taken */
    uint64_t evicted;            /* unfinished datagrams that gave way to others */
    uint64_t timed_out;
};

/* Borrowed; as long as the object. */
const struct smini_defrag_counters *smini_defrag_count(const struct smini_defrag *defrag);

/* The capture ended: incomplete datagrams are reported (one problem with their number) and dropped. */
void smini_defrag_end(struct smini_defrag *defrag);

void smini_defrag_free(struct smini_defrag **defrag);

#endif
