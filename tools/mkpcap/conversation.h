/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP connections that count as TCP does, and stop counting where a line says so. */
#ifndef SMINI_CONVERSATION_H
#define SMINI_CONVERSATION_H

#include "frames.h"

/* What a line may ask of its segments. */
struct smini_modifiers {
    bool phantom;   /* the receiver never took it: our own counting stays where it was */
    bool lost;      /* sent and received, but not in the capture */
    bool unanswered; /* no acknowledgement behind it */
    bool bad_l4_checksum;
    bool bad_ip_checksum;
    bool has_offset;
    uint32_t offset; /* place in the stream, 0 is its first byte, instead of behind what was sent */
    uint8_t ttl;     /* 0: the connection's */
    uint16_t urgent;
    uint32_t mss; /* 0: the connection's */
    int32_t timestamp_shift;
    int flags; /* -1: as usual */
};

struct smini_connection {
    const char *name;
    int number;
    struct smini_endpoint end[2]; /* [0] the client, [1] the server */
    uint32_t isn[2];
    uint32_t next[2]; /* relative number of the next byte each side sends */
    uint32_t mss;
    uint16_t window;
    uint8_t ttl[2];
    bool timestamps;
    bool acks; /* data is acknowledged by a segment of its own */
    struct smini_frame last_data[2];
};

struct smini_conversation {
    struct smini_frames *frames;
    uint64_t clock_ns;
    uint64_t start_ns;
    uint64_t step_ns;
    uint16_t next_ip_id;
    bool record[2]; /* by direction: does the capture see it? */
};

void smini_modifiers_default(struct smini_modifiers *modifiers);

/* One segment with the numbers as they stand; nothing is counted. */
void smini_conversation_segment(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                                uint8_t flags, struct smini_span data, uint32_t seq,
                                const struct smini_modifiers *modifiers);

/* SYN, SYN+ACK, ACK: the first `packets` of them. */
void smini_conversation_open(struct smini_conversation *talk, struct smini_connection *connection, int packets);

/* SYN answered by RST. */
void smini_conversation_refuse(struct smini_conversation *talk, struct smini_connection *connection);

/* The data a side sends, cut into segments. */
void smini_conversation_send(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                             struct smini_span data, const struct smini_modifiers *modifiers);

void smini_conversation_fin(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                            const struct smini_modifiers *modifiers);

/* FIN of `direction`, FIN of the other side, last ACK. */
void smini_conversation_close(struct smini_conversation *talk, struct smini_connection *connection, int direction);

void smini_conversation_reset(struct smini_conversation *talk, struct smini_connection *connection, int direction,
                              const struct smini_modifiers *modifiers);

/* One byte before what is expected, as a keep-alive probe has it, and its answer. */
void smini_conversation_keepalive(struct smini_conversation *talk, struct smini_connection *connection,
                                  int direction);

/* The last data segment of that side once more. */
bool smini_conversation_retransmit(struct smini_conversation *talk, struct smini_connection *connection,
                                   int direction);

/* A packet that belongs to no connection; time and id are filled in. */
void smini_conversation_packet(struct smini_conversation *talk, struct smini_frame *frame);

#endif
