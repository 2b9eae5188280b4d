/* SPDX-License-Identifier: BSD-2-Clause */
/* Puts a plugin to work: instance, thread, flow, pieces of a stream. */
#ifndef VALIDATE_DRIVE_H
#define VALIDATE_DRIVE_H

#include "guarded.h"
#include "host_side.h"
#include "samples.h"

/* A plugin at work under one host. */
struct bench {
    struct host_side host;
    const struct samples *samples;
    struct smin_instance *instance;
    struct smin_thread *thread;
    struct guarded room; /* for pieces of input */
};

/* How a stream is cut into pieces. */
struct cut {
    size_t first; /* bytes of the first piece; 0: no first piece */
    size_t step;  /* bytes of every later one; 0: all the rest */
};

/* The bench without instance. 0, or -1 when the machine has no memory. */
int bench_open(struct bench *bench, const struct smin_inspector *inspector, const struct samples *samples);

/* Instance (with the rules the user gave) and thread. A status. */
int32_t bench_start(struct bench *bench);
void bench_stop(struct bench *bench);
void bench_close(struct bench *bench);

/* The configuration that bench_start uses; `text` holds the rules and must live as long. */
struct smin_config bench_config(const struct samples *samples, struct smin_rule_text *text);

struct smin_flow_info drive_info(void);

/* A flow of the bench. A status. */
int32_t drive_open(struct bench *bench, struct flow_side *flow);
void drive_close(struct bench *bench, struct flow_side *flow);

/* One call each. What the call may do (callbacks, consumed bytes) is checked. */
struct smin_result drive_feed(struct bench *bench, struct flow_side *flow, uint32_t direction, const uint8_t *bytes,
                              size_t length);
struct smin_result drive_datagram(struct bench *bench, struct flow_side *flow, uint32_t direction,
                                  const struct sample *sample);
struct smin_result drive_gap(struct bench *bench, struct flow_side *flow, uint32_t direction, uint64_t length);
struct smin_result drive_end(struct bench *bench, struct flow_side *flow, uint32_t direction);

/* A whole flow: the stream in pieces, then the end of both directions. A status; `digest` may be NULL. */
int32_t drive_stream(struct bench *bench, const struct sample *sample, uint32_t direction, struct cut cut,
                     uint64_t *digest);

#endif
