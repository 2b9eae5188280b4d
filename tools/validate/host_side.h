/* SPDX-License-Identifier: BSD-2-Clause */
/* The host that a plugin under test sees. */
#ifndef VALIDATE_HOST_SIDE_H
#define VALIDATE_HOST_SIDE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "smin/abi_ext.h"

enum { FAULT_BYTES = 400, FLOW_FILES_MOST = 8 };

struct flow_side;

/* A file under way. */
struct smin_file_handle {
    struct flow_side *flow;
    bool open;
};

/* Shared by every flow of a check; allocation may come from any thread. */
struct host_side {
    struct smin_host table;
    const struct smin_inspector *inspector;
    atomic_llong bytes_out;
    atomic_llong blocks_out;
    atomic_ullong requests;
    unsigned long long fail_from; /* requests from this number on fail; 0: none */
    unsigned long long fail_until;
    atomic_ullong refused;
    pthread_mutex_t fault_lock;
    char fault[FAULT_BYTES]; /* the first thing wrong that a callback noticed; "" */
};

/* One flow as the host knows it: what was offered, and what came back. */
struct flow_side {
    struct host_side *host;
    struct smin_thread *thread;
    struct smin_flow *flow;
    struct smin_input input;    /* of the call that is under way */
    pthread_t owner;
    bool in_call;               /* callbacks are allowed */
    bool quiet;                 /* no callback is allowed even then: after end, in probe, after misuse */
    bool whole_message;         /* one message was offered without a stream around it */
    bool in_output;             /* on_output is under way: nothing may be called from inside it */
    bool reenter;               /* call back in from the callback, which must be refused */
    uint64_t position[2];       /* bytes offered so far, by direction, gaps included */
    uint64_t next_number[2];    /* of the next message */
    uint64_t outputs;
    uint64_t alerts;
    uint64_t expectations;      /* announced */
    struct smin_expectation expected; /* the last; what it points to is gone */
    struct smin_file_handle files[FLOW_FILES_MOST];
    uint64_t digest;            /* of everything said, times and packet numbers aside */
};

/* Requests with the numbers from `fail_from` to `fail_until` fail. */
void host_side_open(struct host_side *host, const struct smin_inspector *inspector);
void host_side_fail(struct host_side *host, unsigned long long from, unsigned long long until);

/* True when everything came back; else the fault says how much is missing. */
bool host_side_balanced(struct host_side *host);

/* Keeps the first fault. */
void host_side_fault(struct host_side *host, const char *format, ...) __attribute__((format(printf, 2, 3)));

void flow_side_open(struct flow_side *flow, struct host_side *host);

#endif
