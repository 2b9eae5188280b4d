/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory runs out: at any one request, or from any one on. */
#include "check.h"

/* Points of failure that are tried; every one when there are no more than this, else evenly spread. */
enum { POINTS_MOST = 600 };

/* A whole life: instance, thread, a flow per sample. Errors are expected; leaks, crashes and wrong words are not. */
static unsigned long long live_once(const struct subject *subject, unsigned long long from, unsigned long long until,
                                    char *why)
{
    struct bench bench;
    if (bench_open(&bench, subject->inspector, subject->samples) != 0) {
        say_why(why, "no memory for the check itself");
        return 0;
    }
    host_side_fail(&bench.host, from, until);
    int32_t status = bench_start(&bench);
    if (status != SMIN_OK && (from == 0 || status != SMIN_E_NOMEM))
        say_why(why, "the start gave status %d (%s)", (int)status, smin_status_text(status));
    for (size_t i = 0; status == SMIN_OK && i < subject->samples->count; i++)
        (void)drive_stream(&bench, &subject->samples->list[i], (uint32_t)(i % 2), (struct cut){9, 200}, NULL);
    finish_bench(&bench, why);
    return atomic_load(&bench.host.requests);
}

static void try_points(const struct subject *subject, bool all_behind, char *why)
{
    unsigned long long total = live_once(subject, 0, 0, why);
    unsigned long long stride = total / POINTS_MOST + 1;
    for (unsigned long long n = 1; n <= total && why[0] == '\0'; n += stride) {
        char fault[FAULT_BYTES] = "";
        (void)live_once(subject, n, all_behind ? ~0ull : n, fault);
        if (fault[0] != '\0')
            say_why(why, "with request %llu of %llu refused%s: %.300s", n, total, all_behind ? " and all behind it" : "",
                    fault);
    }
}

void check_alloc_once(const struct subject *subject, char *why)
{
    try_points(subject, false, why);
}

void check_alloc_from(const struct subject *subject, char *why)
{
    try_points(subject, true, why);
}
