/* SPDX-License-Identifier: BSD-2-Clause */
/* What takes so long before the first packet: a line on standard error, once rules have been compiled for a second. */
#ifndef SMINI_COMPILING_H
#define SMINI_COMPILING_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct smini_compiling {
    pthread_mutex_t lock;
    pthread_cond_t over;
    pthread_t thread;
    bool started, ended, shown;
    char step[96];
    uint64_t done, total;
    FILE *out;
};

/* `wanted` false: nothing is ever said. */
void smini_compiling_start(struct smini_compiling *compiling, FILE *out, bool wanted);
/* As in smin.progress/1. */
void smini_compiling_step(struct smini_compiling *compiling, const char *step, uint64_t done, uint64_t total);
void smini_compiling_end(struct smini_compiling *compiling);

#endif
