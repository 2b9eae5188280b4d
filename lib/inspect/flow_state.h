/* SPDX-License-Identifier: BSD-2-Clause */
/* One flow: two decoders, the matcher's view of it, and what goes to the host in which order. */
#ifndef SMINI_FLOW_STATE_H
#define SMINI_FLOW_STATE_H

#include "inspect/instance.h"

/*
 * Stream bytes that no message has claimed yet, kept for plain tcp rules. Twice
 * the largest message that is retained, so that a message in hand is judged as
 * one before its bytes are given up as belonging to none.
 */
struct smini_loose {
    uint8_t *bytes;
    uint64_t offset; /* of bytes[0] in the stream */
    uint32_t length;
    uint32_t size;
};

/* Rules that alerted on the last message, so that its trailer does not repeat them. */
enum { SMINI_ALERTED_MAX = 16 };

/* IP protocol number of flows that have datagrams instead of a stream. */
enum { SMINI_INSPECT_UDP = 17 };

struct smin_flow {
    struct smini_stream streams[2];
    struct smini_flow_facts facts;
    void *flow_user;
    struct smini_match_stream *match[2];
    struct smini_flow_memory *memory; /* NULL unless rules remember */
    struct smini_loose *loose[2]; /* only where match[] is */
    uint32_t alerted[2][SMINI_ALERTED_MAX];
    uint8_t alerted_count[2];
    bool begun[2];
    bool ended[2];
    bool failed; /* out of memory or a defect: only free it */
    bool hinted;
    bool midstream;
    bool datagrams; /* of UDP: no decoder, no stream */
    struct smin_flow *next_spare;
};

int32_t smini_flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                       struct smin_flow **flow);
void smini_flow_free(struct smin_thread *thread, struct smin_flow *flow);
void smini_flow_spare_free(struct smin_thread *thread);

int32_t smini_flow_facts_read(struct smini_flow_facts *facts, const struct smin_flow_info *info);

int32_t smini_flow_feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);
int32_t smini_inspect_gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);
int32_t smini_flow_end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);

/* The decoder's callback: judges a message and hands it to the host. `user` is the thread. */
void smini_inspect_deliver(void *user, const struct smin_message *message);

/* Hands hits on bytes that are no message to the host; `kind` is SMIN_KIND_STREAM or SMIN_KIND_PACKET. */
void smini_inspect_hits(struct smin_thread *thread, uint32_t kind, uint32_t direction, uint64_t offset,
                        struct smini_span bytes, const struct smini_hits *hits);
/* Lets the matcher see what rules remember about the flow, which may be NULL. */
void smini_inspect_recall(struct smin_thread *thread, struct smin_flow *flow);
/* Everything between entering a call and leaving it: who delivers where, and what went wrong inside. `flow` may be NULL;
 * leaving gives `status`, or the trouble there was. */
void smini_inspect_enter(struct smin_thread *thread, struct smin_flow *flow, void *flow_user,
                         const struct smin_input *input);
int32_t smini_inspect_leave(struct smin_thread *thread, int32_t status);
/* Remembers the worst status of the call that is going on. */
void smini_inspect_trouble(struct smin_thread *thread, int32_t status);

/* packet.c: a datagram of a flow, and what of datagrams and packets is wanted (SMIN_WANTS_*). */
int32_t smini_inspect_datagram(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);
uint32_t smini_inspect_wanted(const struct smin_instance *instance);

#endif
