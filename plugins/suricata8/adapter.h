/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the adapter is for as long as the engine's process lives: the inspector, its number as a protocol, and the names
 * that the engine keeps by pointer. Made by one thread before there are others, constant from then on.
 */
#ifndef SMINI_SURICATA_ADAPTER_H
#define SMINI_SURICATA_ADAPTER_H

#include "host/session.h"
#include "suricata8/engine_api.h"
#include "suricata8/settings.h"
#include "suricata8/thread_slot.h"

/* The hints of an inspector are at most SMINI_HOST_PORTS; each takes six characters at most. */
#define SMINI_SURICATA_PORTS_TEXT 512u

struct smini_suricata_adapter {
    struct smini_session session;
    struct smini_suricata_settings settings;
    struct smini_suricata_slots slots;
    uint16_t protocol; /* SMINI_ENGINE_PROTOCOL_UNKNOWN while it is not registered */
    char ports[SMINI_SURICATA_PORTS_TEXT]; /* "[1,2]" */
    char log_setting[SMIN_HOST_REASON_BYTES]; /* "eve-log.NAME" */
    struct smini_engine_app_layer app_layer;
};

/* There is one engine in a process, and its callbacks carry no pointer of ours. */
extern struct smini_suricata_adapter smini_suricata_adapter;

#endif
