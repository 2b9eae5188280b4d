/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/counters.h"

#include <stddef.h>
#include <stdio.h>

#include "host/limits.h"
#include "smin/abi_ext.h"
#include "suricata8/adapter.h"
#include "suricata8/log.h"

/* "PROTOCOL.allocation_failures" */
enum { NAME_BYTES = SMINI_HOST_NAME_CHARS + 32 };

static const struct {
    const char *name;
    size_t place; /* in struct smin_stats */
} inspector_counters[] = {
    {"flows", offsetof(struct smin_stats, flows)},
    {"messages", offsetof(struct smin_stats, messages)},
    {"trailers", offsetof(struct smin_stats, trailers)},
    {"events", offsetof(struct smin_stats, events)},
    {"bytes", offsetof(struct smin_stats, bytes)},
    {"bytes_skipped", offsetof(struct smin_stats, bytes_skipped)},
    {"gaps", offsetof(struct smin_stats, gaps)},
    {"limit_hits", offsetof(struct smin_stats, limit_hits)},
    {"allocation_failures", offsetof(struct smin_stats, allocation_failures)},
};
_Static_assert(sizeof(inspector_counters) / sizeof(*inspector_counters) == SMINI_SURICATA_INSPECTOR_COUNTERS,
               "the counters of the inspector");

static const char *const own_counters[SMINI_SURICATA_OWN_COUNTERS] = {
    [SMINI_SURICATA_TRANSACTIONS_LOST] = "transactions_lost",
    [SMINI_SURICATA_FLOWS_LOST] = "flows_lost",
    [SMINI_SURICATA_RECORDS_LOST] = "records_lost",
};

static char names[SMINI_SURICATA_COUNTERS][NAME_BYTES];

/* The engine's idea of the thread that runs, and its numbers of our counters. */
static _Thread_local struct smini_engine_thread *running;
static _Thread_local uint16_t numbers[SMINI_SURICATA_COUNTERS];

static void thread_made(struct smini_engine_thread *thread, void *user)
{
    (void)user;
    for (int i = 0; i < SMINI_SURICATA_COUNTERS; i++)
        StatsRegisterCounter(names[i], thread);
}

static void flow_made(struct smini_engine_thread *thread, struct smini_engine_flow *flow,
                      const struct smini_engine_packet *packet, void *user)
{
    (void)flow, (void)packet, (void)user;
    if (running == thread)
        return;
    running = thread;
    for (int i = 0; i < SMINI_SURICATA_COUNTERS; i++)
        numbers[i] = StatsRegisterCounter(names[i], thread);
}

void smini_suricata_counters_register(const char *protocol)
{
    for (int i = 0; i < SMINI_SURICATA_COUNTERS; i++) {
        const char *name = i < SMINI_SURICATA_INSPECTOR_COUNTERS
                               ? inspector_counters[i].name
                               : own_counters[i - SMINI_SURICATA_INSPECTOR_COUNTERS];
        snprintf(names[i], sizeof(names[i]), "%s.%s", protocol, name);
    }
    if (!SCThreadRegisterInitCallback(thread_made, NULL) || !SCFlowRegisterInitCallback(flow_made, NULL))
        smini_suricata_log(SMINI_ENGINE_LOG_WARNING, "no memory for counters: there will be none of %s", protocol);
}

void smini_suricata_counters_publish(struct smini_suricata_slot *slot)
{
    const struct smin_ext_stats *extension = smini_suricata_adapter.session.stats;
    struct smin_stats stats = {.struct_size = sizeof(stats)};
    if (!running)
        return;
    if (!extension || extension->get(slot->thread, &stats) != SMIN_OK)
        memset(&stats, 0, sizeof(stats));
    for (int i = 0; i < SMINI_SURICATA_COUNTERS; i++) {
        uint64_t now = 0;
        if (i < SMINI_SURICATA_INSPECTOR_COUNTERS)
            memcpy(&now, (const char *)&stats + inspector_counters[i].place, sizeof(now));
        else
            now = slot->counters.own[i - SMINI_SURICATA_INSPECTOR_COUNTERS];
        if (now > slot->counters.published[i])
            StatsAddUI64(running, numbers[i], now - slot->counters.published[i]);
        slot->counters.published[i] = now;
    }
}
