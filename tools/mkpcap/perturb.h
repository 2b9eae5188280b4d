/* SPDX-License-Identifier: BSD-2-Clause */
/* The same conversation, delivered differently: changes by name and seed, in the order they were asked for. */
#ifndef SMINI_PERTURB_H
#define SMINI_PERTURB_H

#include "capture_file.h"
#include "packets.h"
#include "random.h"

enum { SMINI_PERTURB_MAX = 64 };

/* On descriptions, on IP packets, or on the file. */
enum smini_perturb_stage { SMINI_PERTURB_SEGMENTS = 1, SMINI_PERTURB_PACKETS, SMINI_PERTURB_FILE };

struct smini_perturb {
    struct smini_store *store;
    struct smini_packets *packets;
    struct smini_capture_format *format;
    struct smini_random random;
    const char *argument; /* behind the colon, NULL when there is none */
    const char *name;
};

/* Does nothing when `text` ("NAME" or "NAME:ARG") belongs to another stage; stops when nobody knows it. */
void smini_perturb_apply(struct smini_perturb *perturb, const char *text, enum smini_perturb_stage stage,
                         struct smini_frames *frames);

/* Names and meanings, one per line, on stdout. */
void smini_perturb_list(void);

/* The argument as a number, or `otherwise`. */
uint32_t smini_perturb_number(const struct smini_perturb *perturb, uint32_t otherwise);

typedef void smini_perturb_fn(struct smini_perturb *perturb, struct smini_frames *frames);

/* perturb_segments.c */
smini_perturb_fn smini_perturb_split, smini_perturb_split_random, smini_perturb_split_at, smini_perturb_reorder,
    smini_perturb_duplicate, smini_perturb_lose, smini_perturb_midstream, smini_perturb_one_sided,
    smini_perturb_other_port, smini_perturb_wrap_around, smini_perturb_ipv6;

/* perturb_overlap.c */
smini_perturb_fn smini_perturb_overlap_same, smini_perturb_overlap_first, smini_perturb_overlap_last,
    smini_perturb_fragment, smini_perturb_fragment_overlap;

#endif
