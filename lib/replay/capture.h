/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Captures in: pcap and pcapng, by magic, from a file descriptor; through
 * libarchive when compressed or inside an archive. Bounded memory: packets come
 * in batches that point into one window.
 */
#ifndef SMINI_CAPTURE_H
#define SMINI_CAPTURE_H

#include <stdbool.h>

#include "base/alloc.h"
#include "replay/packet.h"
#include "replay/problem.h"

enum { SMINI_CAPTURE_BATCH = 32 };

struct smini_capture;

struct smini_capture_limits {
    uint32_t packet_bytes_max; /* a record that claims more is damage, not a packet */
    uint32_t block_bytes_max;  /* a pcapng block that claims more, likewise */
    uint32_t interfaces_max;   /* of one pcapng section */
    uint32_t members_max;      /* files inside one archive */
    uint64_t expanded_max;     /* bytes one compressed input may grow to; 0: no limit */
};

void smini_capture_limits_default(struct smini_capture_limits *limits);

/*
 * Opens a capture on `fd` (which stays the caller's), named `name` in reports.
 * Says through `problems` what is wrong. SMIN_OK; SMIN_E_UNSUPPORTED: no
 * capture format known here; SMIN_E_TRUNCATED: empty or shorter than a header;
 * SMIN_E_MALFORMED; SMIN_E_IO; SMIN_E_NOMEM. The status was reported already.
 */
int32_t smini_capture_open(struct smini_capture **capture, struct smini_alloc *alloc, int fd, const char *name,
                           const struct smini_capture_limits *limits, const struct smini_problem_sink *problems);

/*
 * Up to SMINI_CAPTURE_BATCH packets, valid until the next call.
 * SMIN_OK with *count >= 1; SMIN_DONE at the end (count 0); a negative status
 * when nothing more can be read (reported already; packets read before it were
 * handed out by earlier calls).
 */
int32_t smini_capture_next(struct smini_capture *capture, struct smini_packet *packets, uint32_t *count);

/*
 * An archive holds several captures, and so does a slice of several: moves on
 * to the next. SMIN_OK: one is open, packets follow, numbered from 1 again, in
 * a slice onwards; SMIN_DONE: there is none.
 */
int32_t smini_capture_next_member(struct smini_capture *capture);

/* Name of the capture being read: `name`, or "name:member" inside an archive. Until the next member. */
const char *smini_capture_name(const struct smini_capture *capture);

enum { SMINI_INTERFACE_NAME_BYTES = 64 };

/* Where packets were captured, as far as the file says. */
struct smini_interface_view {
    uint32_t link_type; /* LINKTYPE_* */
    uint32_t snaplen;   /* 0: not said */
    uint8_t resolution; /* of times, as pcapng's if_tsresol */
    const char *name;   /* empty: not said. Until the next batch */
};

/* The interface of a packet of the batch at hand; false: there is none of that number. */
bool smini_capture_interface(const struct smini_capture *capture, uint32_t number, struct smini_interface_view *view);

/* Bytes taken from the descriptor so far, for progress. */
uint64_t smini_capture_position(const struct smini_capture *capture);

void smini_capture_free(struct smini_capture **capture);

#endif
