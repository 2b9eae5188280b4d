/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is kept of a flow that somebody may want: on a hinted port from its
 * first packet, on any other from its first bytes that an inspector did not
 * turn down. Everything is indexed by direction: [0] is what the client sends.
 */
#ifndef SMINI_FLOW_STATE_H
#define SMINI_FLOW_STATE_H

#include "replay/sink.h"
#include "replay/tcp_hold.h"
#include "replay/trail.h"

struct smini_run;
struct smin_file_handle;

/* What becomes of a direction's bytes. */
enum smini_side_state {
    SMINI_SIDE_UNDECIDED, /* no inspector has judged its first bytes yet */
    SMINI_SIDE_TRACKED,   /* fed */
    SMINI_SIDE_IGNORED    /* turned down by all, or the inspector wants no more */
};

enum {
    SMINI_SIDE_BASE = 1,       /* `base` is known */
    SMINI_SIDE_SCALE = 2,      /* `scale` comes from its SYN */
    SMINI_SIDE_TIMESTAMP = 4,  /* `timestamp` is known */
    SMINI_SIDE_ACKED = 8,      /* `acked` and `edge` are known */
    SMINI_SIDE_ALTERNATIVE = 16, /* `alternative` is known */
    SMINI_SIDE_GAP_TOLD = 32,
    SMINI_SIDE_FIN_SEEN = 64,
    SMINI_SIDE_PAYLOAD = 128   /* carried at least one byte */
};

/* A later copy that disagrees with what was delivered. */
struct smini_patch {
    struct smini_patch *next;
    uint64_t offset;
    struct smini_moment moment;
    uint32_t length;
    uint32_t reserved;
    uint8_t bytes[];
};

/* One direction of a TCP connection. Offsets count from `base`. */
struct smini_tcp_side {
    uint32_t base;        /* sequence number of offset 0 */
    uint32_t alternative; /* base that a later, different SYN announced */
    uint64_t next;        /* first offset not delivered yet */
    uint64_t acked;       /* the receiver said it has everything before */
    uint64_t edge;        /* the receiver's window ends here */
    uint64_t fin;         /* offset of its FIN, when SMINI_SIDE_FIN_SEEN */
    uint64_t stream_bytes;
    uint64_t gap_bytes;
    struct smini_hold hold;
    struct smini_patch *patches, *patches_last; /* in order of arrival */
    uint32_t patch_count;
    uint32_t patch_bytes;
    uint32_t timestamp;
    uint16_t overtaken; /* packets since the receiver acknowledged what is missing here */
    uint8_t state;      /* enum smini_side_state */
    uint8_t flags;      /* SMINI_SIDE_* */
    uint8_t scale;
    uint8_t ttl; /* of its first packet */
};

enum {
    SMINI_TRACK_HINTED = 1,   /* on a port some inspector named */
    SMINI_TRACK_FED = 2,
    SMINI_TRACK_DIVERGED = 4, /* copies disagreed and the last reading is still to be given */
    SMINI_TRACK_CLOSED = 8,
    SMINI_TRACK_DROPPED = 16, /* out of memory, or its inspector failed for good */
    SMINI_TRACK_TOLD_OVERLAP = 32,
    SMINI_TRACK_TOLD_URGENT = 64,
    SMINI_TRACK_TOLD_AFTER_FIN = 128,
    SMINI_TRACK_TOLD_BEFORE = 256,
    SMINI_TRACK_TOLD_PATCHES = 512,
    SMINI_TRACK_TOLD_WINDOW = 8192,
    SMINI_TRACK_TOLD_FAILED = 1024,
    SMINI_TRACK_ALREADY_DIVERGED = 2048, /* outputs carry a reading from now on */
    SMINI_TRACK_LATE_START = 4096,       /* what is delivered live is a later copy */
    SMINI_TRACK_PACKETS = 16384,         /* kept for what rules on its packets remember */
    SMINI_TRACK_BORROWS = 32768          /* means nothing without what another flow said: it is not read again by itself */
};

/* How far a direction's sequence numbers have come, for rules on packets. */
struct smini_stream_extent {
    uint32_t first; /* of its SYN */
    uint32_t next;
    bool known;
};

/* What an inspector's flow_user points at. */
struct smini_flow_reading {
    struct smini_flow *flow;
    uint16_t mode;      /* SMINI_DELIVER_* */
    uint16_t inspector; /* index: who speaks through it */
    uint32_t reserved;
};

enum { SMINI_DELIVER_LIVE, SMINI_DELIVER_COLLECT, SMINI_DELIVER_LAST, SMINI_DELIVER_PACKET /* no flow */, SMINI_DELIVER_FILE };

struct smini_flow {
    uint32_t record; /* overlaid by the arena's free list */
    uint32_t self;
    struct smini_run *run; /* NULL: this item is free */
    struct smin_flow *handle;
    struct smin_flow *packet_handle; /* of run->packet_memory; becomes `handle` when that inspector claims the flow */
    struct smin_flow *beside;        /* of a second inspector that reads the same bytes or datagrams */
    struct smin_file_handle *files;  /* under way */
    uint64_t id; /* in records; 0: nobody asked yet */
    struct smini_flow_reading live;
    struct smini_flow_reading again; /* while the flow is read once more */
    struct smini_flow_reading second; /* what `packet_handle` and `beside` speak through */
    uint64_t last_ns;
    uint64_t last_packet;
    uint64_t diverged_packet; /* the first packet whose copy disagreed */
    uint64_t messages;
    uint32_t facts;
    uint16_t bits; /* SMINI_TRACK_HINTED, ... */
    uint16_t inspector; /* index; valid once `handle` is set */
    uint16_t done; /* bits of smini_flow_done_bit */
    struct smini_trail trail;
    struct smini_tcp_side side[2];
    struct smini_stream_extent extent[2];
};

/* Its reader at `place`, 0 for `handle` and 1 for `beside`, wants no more of a direction. */
static inline uint16_t smini_flow_done_bit(unsigned place, unsigned direction)
{
    return (uint16_t)(1u << (place * 2 + direction));
}

/* The one at place 1 failed for good: it is only freed. */
enum { SMINI_FLOW_SECOND_FAILED = 16 };

_Static_assert(sizeof(struct smini_flow) <= 512, "a tracked flow costs at most 512 bytes beside its bytes in flight");

#endif
