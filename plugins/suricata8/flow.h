/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One flow between the engine and the inspector: bytes go in, what the inspector delivers becomes transactions. The
 * functions are the engine's callbacks; see struct smini_engine_parser.
 */
#ifndef SMINI_SURICATA_FLOW_H
#define SMINI_SURICATA_FLOW_H

#include "suricata8/adapter.h"
#include "suricata8/store.h"

/* Retained bytes of messages that wait to be freed. A flow needs more only when an engine does not free. */
#define SMINI_SURICATA_FLOW_BYTES ((size_t)256 << 20)

/* One direction. */
struct smini_suricata_side {
    uint64_t fed;       /* position behind the last byte that the inspector was given */
    uint64_t described; /* position behind the last byte that belongs to something delivered */
    int64_t frame;      /* number of the open frame, or -1 */
    uint64_t frame_offset;
    bool done;   /* the inspector wants no more */
    bool ending; /* the engine says that this direction ends, but more of it may still come with the same packet */
    bool ended;  /* the inspector was told */
};

struct smini_suricata_flow {
    struct smini_engine_state_data data;
    bool failed; /* nothing more is parsed */
    struct smini_suricata_slot *slot;
    struct smin_flow *inspected; /* NULL before the first bytes */
    struct smini_alloc alloc;    /* of the transactions */
    struct smini_suricata_store store;
    struct smini_suricata_side sides[2];
    uint8_t stream_flags;
    uint64_t time_ns;
    struct smini_engine_flow *flow;         /* whose state this is */
    const struct smini_engine_slice *slice; /* while the engine has given bytes; NULL else */
    struct smini_suricata_transaction *open; /* makes the engine ask for a direction's end; NULL: none */
};

void *smini_suricata_flow_new(void *old_state, uint16_t old_protocol);
void smini_suricata_flow_free(void *state);

struct smini_engine_result smini_suricata_flow_to_server(struct smini_engine_flow *flow, void *state,
                                                         struct smini_engine_parser_state *parser_state,
                                                         struct smini_engine_slice slice, void *local);
struct smini_engine_result smini_suricata_flow_to_client(struct smini_engine_flow *flow, void *state,
                                                         struct smini_engine_parser_state *parser_state,
                                                         struct smini_engine_slice slice, void *local);

/* Tells the inspector of the ends that are due. Called when the engine looks at transactions: then it has no more bytes. */
void smini_suricata_flow_end_due(struct smini_suricata_flow *flow);

/* The inspector's callback. */
void smini_suricata_flow_output(void *user, void *flow_user, const struct smin_output *output);

#endif
