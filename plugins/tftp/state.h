/* SPDX-License-Identifier: BSD-2-Clause */
/* What the inspector keeps: instance, thread, flow, and a transfer, which is shared by the flows that it moves over. */
#ifndef SMINI_TFTP_STATE_H
#define SMINI_TFTP_STATE_H

#include "guest/guest.h"
#include "tftp/netascii.h"
#include "tftp/packet.h"

enum {
    /* Of a file's beginning, for rules. */
    SMINI_TFTP_PREFIX_BYTES = 4096,
    /* Of a name; the rest is cut off, and that is said. A request is at most 512 bytes long (RFC 2347). */
    SMINI_TFTP_NAME_BYTES = 1024,
    /* Requests whose answer may still come from another port. The oldest are known by nothing but their blocks. */
    SMINI_TFTP_TRANSFERS_MAX = 16384,
    /* Blocks that can be compared with a later copy. */
    SMINI_TFTP_SEEN_BLOCKS = 32,
    /* Of blocks that came before their turn, where a window allows it. */
    SMINI_TFTP_HELD_BYTES = 256 * 1024,
    SMINI_TFTP_HELD_BLOCKS = 128,
    SMINI_TFTP_FIELDS_MAX = 20,
    SMINI_TFTP_EVENTS_MAX = 16
};

struct smin_instance {
    struct smini_guest guest;
    struct smini_alloc alloc;
};

struct smini_tftp_seen {
    uint64_t digest;
    uint32_t block; /* low bits of its number; 0 stands for none */
    uint32_t length;
};

struct smini_tftp_held {
    struct smini_tftp_held *next; /* in the order of their numbers */
    uint64_t block;
    uint32_t length;
    uint8_t bytes[];
};

/* A file on its way. Blocks are counted from 1 and never wrap here. */
struct smini_tftp_transfer {
    uint32_t users;       /* flows that point here */
    uint32_t place;       /* in the thread's table */
    uint32_t generation;
    uint16_t opcode;      /* READ or WRITE; 0: the request was not seen */
    uint8_t sender;       /* direction of the contents */
    bool sender_known;
    bool begun;           /* a block or its acknowledgement was seen */
    bool wraps_to_one;    /* behind block 65535 comes 1, not 0 */
    bool last_seen;
    bool acknowledged;    /* the last block was */
    bool finished;
    bool name_cut;
    struct smin_flow *carrier; /* whose datagrams move it */
    struct smin_file_handle *file;
    uint8_t *name;
    uint32_t name_length;
    uint32_t prefix_length, prefix_room;
    uint8_t *prefix;
    struct smini_tftp_options wanted, agreed;
    bool agreed_seen;
    uint32_t blksize, window;
    uint64_t next; /* block to come */
    bool text;            /* netascii, which is undone */
    struct smini_netascii netascii;
    uint64_t bytes;      /* of the file, as far as it was seen */
    uint64_t wire_bytes; /* that brought them */
    uint64_t gap_bytes, blocks, duplicates; /* gaps are counted on the wire */
    struct smini_tftp_held *held;
    uint32_t held_bytes, held_blocks;
    uint32_t request_length;
    uint64_t request_digest; /* tells a request that is sent again */
    uint32_t event_count;
    struct smin_event events[SMINI_TFTP_EVENTS_MAX]; /* to be told with the file */
    struct smini_tftp_seen seen[SMINI_TFTP_SEEN_BLOCKS];
};

struct smini_tftp_place {
    struct smini_tftp_transfer *transfer;
    uint32_t generation;
    uint32_t next_free; /* + 1 */
};

struct smin_thread {
    struct smin_instance *instance;
    struct smini_alloc alloc;
    struct smini_tftp_place *places;
    uint32_t place_room, place_used, free_place; /* free_place: + 1 */
    struct smin_stats stats;
    /* the call that is going on */
    const struct smin_input *input;
    struct smin_flow *flow;
    bool busy;
};

struct smin_flow {
    void *flow_user;
    struct smini_tftp_transfer *transfer; /* NULL: none so far */
    struct smin_flow_info info;
    uint64_t messages[2];
    uint32_t told; /* events that are told once per flow, by id */
    bool datagrams;
    bool failed;
    bool ended[2];
};

#endif
