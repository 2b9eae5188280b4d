/* SPDX-License-Identifier: BSD-2-Clause */
/* What the inspector keeps: instance, thread, and flows that were announced. */
#ifndef SMINI_SEALED_STATE_H
#define SMINI_SEALED_STATE_H

#include "base/bytebuf.h"
#include "guest/guest.h"

enum {
    /* Of each direction's beginning: hellos with the keys of today are below 2 KiB, lines of SSH at most 255 bytes. */
    SMINI_SEALED_HEAD_BYTES = 4096,
    SMINI_SEALED_FIELDS_MAX = 12
};

struct smin_instance {
    struct smini_guest guest;
    struct smini_alloc alloc;
};

struct smin_thread {
    struct smin_instance *instance;
    struct smini_alloc alloc;
    struct smin_stats stats;
    bool busy;
};

struct smini_sealed_side {
    struct smini_bytebuf head;
    uint64_t bytes, gap_bytes;
    bool ended;
};

struct smin_flow {
    void *flow_user;
    struct smini_sealed_side side[2];
    bool announced; /* others are none of our business */
    bool told;
    bool failed;
};

#endif
