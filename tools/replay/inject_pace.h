/* SPDX-License-Identifier: BSD-2-Clause */
/* When packets are sent. The schedule is absolute: what comes late does not move what follows. Reads no clock. */
#ifndef SMINI_TOOL_INJECT_PACE_H
#define SMINI_TOOL_INJECT_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum smini_rate_kind { SMINI_RATE_ORIGINAL, SMINI_RATE_COUNT, SMINI_RATE_MAX };

struct smini_rate {
    enum smini_rate_kind kind;
    uint32_t per_second; /* of SMINI_RATE_COUNT */
};

/* More small packets than a link of 10 Gbit/s takes is a mistake. */
enum { SMINI_RATE_PER_SECOND_MAX = 15000000 };

/* A longer pause within a capture is no traffic but a clock that was set: it is not waited for. */
#define SMINI_PACE_PAUSE_MAX UINT64_C(3600000000000)

struct smini_pace {
    struct smini_rate rate;
    bool begun;          /* the capture has had a packet */
    uint64_t start_ns;   /* of everything, on the clock that is waited by */
    uint64_t base_ns;    /* there, `origin_ns` is */
    uint64_t origin_ns;  /* packet time */
    uint64_t last_ns;    /* likewise, of the packet before */
    uint64_t sent;
    uint64_t jumps;      /* pauses that were not waited for, and steps back as long */
};

/* "N", "original" or "max". SMIN_OK, SMIN_E_MISUSE. */
int32_t smini_rate_parse(const char *word, struct smini_rate *rate);

void smini_pace_start(struct smini_pace *pace, const struct smini_rate *rate, uint64_t now_ns);
/* The next packet is the first of a capture: that begins at once, whatever its clock says. */
void smini_pace_capture(struct smini_pace *pace);
/* When the next packet, of that time, is to be sent; `now_ns` or earlier: at once. */
uint64_t smini_pace_due(struct smini_pace *pace, uint64_t time_ns, uint64_t now_ns);

#endif
