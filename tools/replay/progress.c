/* SPDX-License-Identifier: BSD-2-Clause */
/* How far the run is, on standard error; and the signals that ask for it or for the end. */
#include <signal.h>
#include <time.h>

#include "tool.h"

enum { LINE_EVERY_MS = 250 };

volatile int smini_tool_interrupted;
static volatile sig_atomic_t line_wanted;

static void on_stop(int number)
{
    /* The second one means it. */
    if (smini_tool_interrupted) {
        signal(number, SIG_DFL);
        raise(number);
    }
    smini_tool_interrupted = 1;
}

static void on_ask(int number)
{
    (void)number;
    line_wanted = 1;
}

void smini_tool_catch_signals(void)
{
    struct sigaction stop = {.sa_handler = on_stop}, ask = {.sa_handler = on_ask, .sa_flags = SA_RESTART};
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing, told like any other */
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGUSR1, &ask, NULL);
}

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void smini_progress_start(struct smini_progress *progress, FILE *out, bool live, const struct smini_inputs *inputs)
{
    memset(progress, 0, sizeof(*progress));
    pthread_mutex_init(&progress->lock, NULL);
    progress->out = out;
    progress->live = live;
    progress->total = inputs->bytes;
    progress->file_total = inputs->count;
    progress->started_ms = progress->last_ms = now_ms();
}

static void print_line(struct smini_progress *progress, uint64_t now, bool asked)
{
    uint64_t bytes = atomic_load(&progress->bytes), elapsed = now - progress->started_ms + 1;
    double rate = (double)bytes / (double)elapsed * 1000;
    fprintf(progress->out, "%s%u of %u captures, %.1f of %.1f MB, %.1f MB/s", asked ? "" : "\r\033[K",
            atomic_load(&progress->files), progress->file_total, (double)bytes / 1e6, (double)progress->total / 1e6,
            rate / 1e6);
    if (progress->total > bytes && rate > 1)
        fprintf(progress->out, ", %.0f s left", (double)(progress->total - bytes) / rate);
    fputs(asked ? "\n" : "", progress->out);
    fflush(progress->out);
    progress->shown = !asked;
}

void smini_progress_tick(struct smini_progress *progress)
{
    if (!progress->live && !line_wanted)
        return;
    if (pthread_mutex_trylock(&progress->lock) != 0)
        return;
    uint64_t now = now_ms();
    if (line_wanted) {
        line_wanted = 0;
        print_line(progress, now, true);
    } else if (now - progress->last_ms >= LINE_EVERY_MS) {
        progress->last_ms = now;
        print_line(progress, now, false);
    }
    pthread_mutex_unlock(&progress->lock);
}

void smini_progress_end(struct smini_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", progress->out);
    pthread_mutex_destroy(&progress->lock);
}
