/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where Snort cuts a stream into what rules on raw bytes see: one message each, as far as its beginning can be found.
 * Says nothing about what the bytes mean: the inspector reads the same stream itself, however it was cut.
 */
#ifndef SMINI_SNORT_CUT_H
#define SMINI_SNORT_CUT_H

#include <stdbool.h>

#include "smin/abi_ext.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    SMINI_CUT_HEADER_MAX = 64, /* headers of inspectors that want more are not looked for */
    /* A message that says it is longer is not waited for: Snort hands it on as it comes. Above the largest PDU. */
    SMINI_CUT_WAIT_MAX = 65535
};

struct smini_cut {
    const struct smin_ext_frame *frame; /* NULL: everything is handed on as it comes */
    uint8_t window[SMINI_CUT_HEADER_MAX]; /* the latest bytes, as long as no message begins in them */
    uint32_t window_length;
    uint64_t left; /* bytes of a message that are to come */
    bool hunting;  /* what is there begins with no message */
};

/* Forgets what came before: at the start of a stream and behind a hole. */
void smini_cut_start(struct smini_cut *cut, const struct smin_ext_frame *frame);

/* The next bytes. True: cut behind `*at` of them, at least one; what follows is shown again. */
bool smini_cut_scan(struct smini_cut *cut, const uint8_t *bytes, uint32_t length, uint32_t *at);

#ifdef __cplusplus
}
#endif

#endif
