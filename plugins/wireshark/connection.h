/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A TCP connection as the inspector knows it, and what it said of each frame. Written on the first visit of a frame
 * only; every later one reads. The inspector's flow lives until the capture was read once.
 */
#ifndef SMINI_WIRESHARK_CONNECTION_H
#define SMINI_WIRESHARK_CONNECTION_H

#include "wireshark/adapter.h"
#include "wireshark/hold.h"
#include "wireshark/keep.h"

enum smini_ws_side_state { SMINI_WS_UNDECIDED, SMINI_WS_TRACKED, SMINI_WS_IGNORED };

/* What one segment brought, and what was said when it came. */
struct smini_ws_piece {
    struct smini_ws_piece *next; /* in the same frame */
    uint32_t frame;
    uint32_t sequence;
    uint32_t direction;
    uint32_t length;
    uint64_t offset;       /* in the stream of its direction */
    uint32_t completed_in; /* the frame in which a message ends that has bytes here; 0: none that is longer than this */
    uint32_t troubles;     /* a bit for each smini_ws_trouble */
    bool withheld;         /* TCP did not call for it */
    struct smini_ws_kept *first, *last;
};

struct smini_ws_side {
    enum smini_ws_side_state state;
    bool based;    /* `base` is known */
    bool acked_known, fin_known;
    uint32_t base; /* sequence number of the first byte */
    uint64_t next; /* the next byte that the inspector waits for */
    uint64_t acked, fin;
    uint32_t packets;
    unsigned overtaken; /* packets since the hole in front of what is held was acknowledged */
    struct smini_ws_hold hold;
    struct smini_ws_piece *last;
    wmem_list_t *open; /* pieces whose bytes belong to no message yet */
};

struct smini_ws_connection {
    struct smini_ws_connection *next_open;
    struct smini_ws_adapter *adapter;
    struct smin_flow *flow;
    struct smin_flow_info info;
    struct smini_ws_side side[2];
    bool hinted;     /* the server's port is a hint */
    bool recognised; /* found by its bytes, on any port */
    bool dropped;    /* the inspector failed */
    bool closed;
    bool both_seen;  /* the handshake was seen in both directions */
    uint64_t time_ns; /* of the packet at work, or the last one */
    uint32_t frame;
    wmem_tree_t *frames; /* frame to its first piece */
    wmem_list_t *questions; /* messages that wait for an answer */
    struct smini_ws_piece *current; /* takes what the inspector says; NULL: the last of its direction does */
};

/* Registers what has to happen when a capture was read, and when it is closed. */
void smini_ws_connections_register(void);

/* The inspector speaks. */
void smini_ws_on_output(void *user, void *flow_user, const struct smin_output *output);

/* The connection of a packet; NULL when there is none, or no memory for it. make: when there is none yet. */
struct smini_ws_connection *smini_ws_connection_of(packet_info *pinfo, bool make);

/* From whom the packet is: SMIN_TO_SERVER or SMIN_TO_CLIENT. */
unsigned smini_ws_direction(const struct smini_ws_connection *connection, const packet_info *pinfo);

/* The packet that everything happens at from now on. */
void smini_ws_moment(struct smini_ws_connection *connection, const packet_info *pinfo);

struct smini_ws_piece *smini_ws_piece_new(struct smini_ws_connection *connection, unsigned direction, uint32_t sequence);
/* NULL: none in this frame. */
struct smini_ws_piece *smini_ws_piece_find(const struct smini_ws_connection *connection, uint32_t frame,
                                           unsigned direction, uint32_t sequence);

#endif
