/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An engine of our own for the adapter: every function that it calls, and the order in which Suricata calls back. Keeps
 * what it was told.
 */
#ifndef SMIN_TESTS_FAKE_ENGINE_H
#define SMIN_TESTS_FAKE_ENGINE_H

#include "suricata8/adapter.h"
#include "suricata8/flow.h"

/* What Suricata's flow looks like from outside. */
struct smini_engine_flow {
    struct smini_engine_flow_head head;
    uint16_t said_source_port; /* what the accessors say; differs from the head where a test wants it so */
    uint16_t said_destination_port;
    uint32_t flags;
    uint64_t seconds;
};

struct fake_frame {
    uint64_t offset;
    int64_t length;
    int direction;
    uint8_t type;
    uint64_t transaction; /* UINT64_MAX: none */
};

enum { FAKE_SETTINGS = 80, FAKE_FRAMES = 32, FAKE_COUNTERS = 32, FAKE_EVENTS = 256, FAKE_PROTOCOL = 40 };

struct smini_engine_events {
    uint32_t count;
    uint8_t ids[FAKE_EVENTS];
};

struct fake_engine {
    /* set by a test before it starts the adapter */
    const char *version;
    bool detection;
    bool parsing;
    const char *inspector_path;
    const char *stream_depth;
    struct smini_engine_setting settings[FAKE_SETTINGS];
    uint32_t setting_count;
    struct smini_engine_setting nested; /* below the first setting without a value */
    const char *record; /* text of the record that is being written */
    /* what the adapter did */
    const struct smini_engine_app_layer *app_layer;
    struct smini_engine_parser parser;
    bool detected, parsed, logs;
    uint32_t patterns, depth;
    char log[8192];
    char json[65536];
    struct fake_frame frames[FAKE_FRAMES];
    uint32_t frame_count;
    const char *counter_names[FAKE_COUNTERS];
    uint64_t counters[FAKE_COUNTERS];
    uint32_t counter_count;
};

extern struct fake_engine fake_engine;

/* A content engine, and the adapter with the built-in inspector as Suricata would start it. */
void fake_engine_reset(void);
void fake_engine_start(void);

/* A flow between 192.0.2.1:40000 and 192.0.2.10:`server_port`. */
struct smini_engine_flow fake_flow(uint16_t server_port);

/* Tells the adapter on which thread it is, as a new flow does. */
void fake_thread(struct smini_engine_flow *flow);

/* Gives bytes (NULL: a gap of `length`) to the parser. */
struct smini_engine_result fake_parse(struct smini_engine_flow *flow, void *state, uint8_t flags, const void *bytes,
                                      uint32_t length, uint64_t offset);

/* Looks at all transactions as detection and logging do, and frees those that are complete. How many were freed. */
uint32_t fake_inspect(void *state, uint64_t *min_id);

/* The counter's value. */
uint64_t fake_counter(const char *name);

#endif
