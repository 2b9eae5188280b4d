/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files behind work.h share. */
#ifndef SMINI_SNORT_WORK_STATE_H
#define SMINI_SNORT_WORK_STATE_H

#include "host/session.h"
#include "snort3/copies.h"
#include "snort3/journal.h"
#include "snort3/work.h"

struct smini_work {
    struct smini_session session;
    struct smin_config config;
};

struct smini_work_thread {
    struct smini_work *work;
    struct smin_thread *thread;
    struct smini_work_counts *counts;
    struct smini_journal *journal; /* NULL: none is kept */
    struct smini_copies ready;
    const struct smini_copy *judged;
    struct smini_joined *joined; /* values of a field one behind the other, for as long as messages stand ready */
    uint64_t limits_told; /* of the inspector's, counted so far */
    bool unheard; /* what comes now is judged by nobody */
};

/* What one direction has come to. */
enum smini_side_state { SMINI_SIDE_UNDECIDED, SMINI_SIDE_READ, SMINI_SIDE_REFUSED, SMINI_SIDE_ENDED };

/* No inspector asks for more before it decides. */
enum { SMINI_FIRST_BYTES = 64 };

struct smini_side {
    enum smini_side_state state;
    uint8_t first[SMINI_FIRST_BYTES];
    uint32_t first_length;
    uint64_t offset;
    bool gap;
    bool ending;
};

struct smini_conversation {
    struct smini_work_thread *thread;
    struct smin_flow *flow;
    struct smin_flow_info info;
    struct smini_side side[2];
};

void smini_work_forget_joined(struct smini_work_thread *thread);

/* The session's callback. `flow_user` is a conversation. */
void smini_work_take(void *user, void *flow_user, const struct smin_output *output);

#endif
