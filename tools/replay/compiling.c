/* SPDX-License-Identifier: BSD-2-Clause */
#include "compiling.h"

#include <errno.h>
#include <string.h>
#include <time.h>

/* One step may take seconds in which the compiler says nothing, so a thread of its own counts them. */
static void *count_seconds(void *user)
{
    struct smini_compiling *compiling = user;
    struct timespec next;
    pthread_mutex_lock(&compiling->lock);
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (unsigned seconds = 1; !compiling->ended; seconds++) {
        int result = 0;
        next.tv_sec++;
        while (!compiling->ended && result != ETIMEDOUT)
            result = pthread_cond_timedwait(&compiling->over, &compiling->lock, &next);
        if (compiling->ended)
            break;
        fprintf(compiling->out, "\r\033[K%s", *compiling->step ? compiling->step : "reading rules");
        if (compiling->done)
            fprintf(compiling->out, ", %lu of %lu", (unsigned long)compiling->done, (unsigned long)compiling->total);
        else if (compiling->total)
            fprintf(compiling->out, ", %lu of them", (unsigned long)compiling->total);
        fprintf(compiling->out, ", %u s", seconds);
        fflush(compiling->out);
        compiling->shown = true;
    }
    pthread_mutex_unlock(&compiling->lock);
    return NULL;
}

void smini_compiling_start(struct smini_compiling *compiling, FILE *out, bool wanted)
{
    pthread_condattr_t attributes;
    memset(compiling, 0, sizeof(*compiling));
    compiling->out = out;
    if (!wanted)
        return;
    pthread_mutex_init(&compiling->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&compiling->over, &attributes);
    pthread_condattr_destroy(&attributes);
    compiling->started = pthread_create(&compiling->thread, NULL, count_seconds, compiling) == 0;
}

void smini_compiling_step(struct smini_compiling *compiling, const char *step, uint64_t done, uint64_t total)
{
    if (!compiling || !compiling->started)
        return;
    pthread_mutex_lock(&compiling->lock);
    (void)snprintf(compiling->step, sizeof(compiling->step), "%s", step);
    compiling->done = done;
    compiling->total = total;
    pthread_mutex_unlock(&compiling->lock);
}

void smini_compiling_end(struct smini_compiling *compiling)
{
    if (!compiling->started)
        return;
    pthread_mutex_lock(&compiling->lock);
    compiling->ended = true;
    pthread_cond_signal(&compiling->over);
    pthread_mutex_unlock(&compiling->lock);
    pthread_join(compiling->thread, NULL);
    pthread_cond_destroy(&compiling->over);
    pthread_mutex_destroy(&compiling->lock);
    compiling->started = false;
    if (compiling->shown)
        fputs("\r\033[K", compiling->out);
}
