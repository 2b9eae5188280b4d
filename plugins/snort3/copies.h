/* SPDX-License-Identifier: BSD-2-Clause */
/* The messages that one piece of a stream completed, kept for Snort's rules, which look at them afterwards. */
#ifndef SMINI_SNORT_COPIES_H
#define SMINI_SNORT_COPIES_H

#include "smin/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Above what the largest piece that Snort hands out can hold of the shortest messages. */
enum { SMINI_COPIES_MAX = 8192 };

struct smini_copies {
    struct smini_copy *first, *last;
    uint32_t count;
};

struct smini_copy {
    struct smini_copy *next;
    size_t size;
    struct smin_message message; /* everything it points at lies behind it */
};

/* SMIN_OK, SMIN_E_NOMEM, SMIN_E_LIMIT: there are too many. */
int32_t smini_copies_add(struct smini_copies *copies, const struct smin_message *message);
void smini_copies_clear(struct smini_copies *copies);

#ifdef __cplusplus
}
#endif

#endif
