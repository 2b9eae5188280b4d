/* SPDX-License-Identifier: BSD-2-Clause */
/* Something wrong with the input or beyond a limit, as the layers of the harness report it. */
#ifndef SMINI_PROBLEM_H
#define SMINI_PROBLEM_H

#include <stdint.h>

struct smini_flow_view;

struct smini_problem {
    const char *layer;           /* "capture", "link", "ip", "tcp", ... as in the anomaly record */
    const char *event;           /* stable lower_case name: "file_truncated" */
    const char *detail;          /* for people, may be NULL; borrowed */
    int32_t status;              /* SMIN_E_*: whose fault */
    int32_t lost;                /* non-zero: something could not be read, the run ends with exit status 3 */
    uint64_t file_offset;        /* where in the capture, when known; else UINT64_MAX */
    uint64_t packet_number;      /* 0: none */
    uint64_t time_ns;            /* 0: none */
    const struct smini_flow_view *flow; /* NULL: none */
};

/* Whoever reports problems is handed one of these. */
struct smini_problem_sink {
    void (*report)(void *user, const struct smini_problem *problem);
    void *user;
};

static inline void smini_problem_report(const struct smini_problem_sink *sink, const struct smini_problem *problem)
{
    if (sink && sink->report)
        sink->report(sink->user, problem);
}

#endif
