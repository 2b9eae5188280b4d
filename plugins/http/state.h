/* SPDX-License-Identifier: BSD-2-Clause */
/* What the inspector keeps: instance, thread, flow, and of each request that has no whole answer yet an exchange. */
#ifndef SMINI_HTTP_STATE_H
#define SMINI_HTTP_STATE_H

#include "guest/guest.h"
#include "http/tables.h"

enum {
    /* Of a file's beginning, for rules. */
    SMINI_HTTP_PREFIX_BYTES = 4096,
    /* Of a name; the rest is cut off, and that is said. */
    SMINI_HTTP_NAME_BYTES = 1024,
    /* Of a head, or of the line of a chunk. Servers take 8 to 32 KiB. */
    SMINI_HTTP_HEAD_BYTES = 64 * 1024,
    /* Header lines of one head. */
    SMINI_HTTP_HEADERS_MAX = 256,
    /* Requests without an answer in one flow: no client sends so many ahead. */
    SMINI_HTTP_PENDING_MAX = 256,
    /* libhtp notes each transaction of a connection for good: it gets a new connection after so many. */
    SMINI_HTTP_RENEW_AFTER = 256,
    /* Compressed bytes that are undone at once: always the same ones, however they came. */
    SMINI_HTTP_BLOCK_BYTES = 4096,
    /* Contents may grow to this size whatever they were compressed to; beyond it by no more than this factor. */
    SMINI_HTTP_BOMB_BYTES = 16 * 1024 * 1024,
    SMINI_HTTP_BOMB_FACTOR = 256,
    SMINI_HTTP_FIELDS_MAX = SMINI_HTTP_FIELD_COUNT,
    SMINI_HTTP_EVENTS_MAX = SMINI_HTTP_EVENT_COUNT
};

struct htp_cfg_t;
struct htp_connp_t;
struct htp_tx_t;
struct smini_http_coding;

struct smin_instance {
    struct smini_guest guest;
    struct smini_alloc alloc;
    struct htp_cfg_t *config; /* shared by all threads, never changed */
};

/* What is known of the host's interest in contents. */
enum smini_http_interest {
    SMINI_HTTP_NOT_BEGUN,
    SMINI_HTTP_UNDECIDED, /* the host looks at the beginning */
    SMINI_HTTP_WANTED,
    SMINI_HTTP_UNWANTED, /* nobody's concern: its bytes are counted by nobody */
};

/* Contents that go one way. */
struct smini_http_body {
    enum smini_http_interest interest;
    uint32_t direction;
    bool last_seen;   /* its end was */
    bool unsure;      /* whether that is its end is not known: its chunks broke off */
    bool partial;     /* a part of the file */
    bool broken;      /* nothing behind this can be read */
    struct smin_file_handle *file;
    uint64_t declared; /* size of the file; UINT64_MAX: not said */
    uint64_t expected; /* bytes of a part; UINT64_MAX: not said */
    uint64_t bytes, gap_bytes;
    uint64_t skipped; /* before the part */
    uint32_t prefix_length, prefix_room;
    uint8_t *prefix;
    struct smini_http_coding *coding; /* NULL: as they are */
};

/* Requests go to the server: a direction says which of the two comes. */
enum { SMINI_HTTP_REQUESTS = SMIN_TO_SERVER, SMINI_HTTP_ANSWERS = SMIN_TO_CLIENT };

/* A request and its answer. Arrays: [SMINI_HTTP_REQUESTS], [SMINI_HTTP_ANSWERS]. */
struct smini_http_exchange {
    struct smini_http_exchange *next; /* of the flow, oldest first */
    struct smin_flow *flow;
    struct htp_tx_t *tx;
    bool seen[2];         /* head */
    bool complete[2];
    bool name_cut;
    uint64_t offset[2];   /* of the head */
    struct smini_http_body body[2];
    struct smini_http_body *decoding; /* whose coding is being undone just now */
    uint32_t name_length;
    uint8_t *name;
    uint32_t event_count;
    struct smin_event events[SMINI_HTTP_EVENTS_MAX];
};

/* What comes next in a direction. */
enum smini_http_stage {
    SMINI_HTTP_HEAD,
    SMINI_HTTP_HUNT,        /* for the first line of a head, behind a gap */
    SMINI_HTTP_BODY,        /* `left` bytes */
    SMINI_HTTP_CHUNK_LINE,
    SMINI_HTTP_CHUNK,       /* `left` bytes */
    SMINI_HTTP_CHUNK_END,   /* the end of its line */
    SMINI_HTTP_TRAILER,
    SMINI_HTTP_UNTIL_END,   /* of the connection */
    SMINI_HTTP_STOPPED
};

struct smini_http_side {
    enum smini_http_stage stage;
    bool fed, ended;
    bool folded;      /* a line of this head goes on in the next */
    bool overlong;    /* a line that is hunted in is longer than is kept */
    bool deaf;        /* libhtp does not hear it before the next head */
    uint64_t left;
    uint64_t unheard; /* bytes of this body that libhtp is told about when it ends */
    uint64_t piece;   /* stream offset of what is being fed */
    uint32_t held_length, held_room;
    uint32_t line_length; /* of the line that is not whole */
    uint8_t *held;    /* a head or line that is not whole */
    struct smini_http_exchange *exchange; /* whose body, or trailer, comes */
};

struct smin_thread {
    struct smin_instance *instance;
    struct smini_alloc alloc;
    const struct smin_input *input; /* while a call is under way */
    struct smin_flow *flow;
    struct smin_stats stats;
    bool busy;
};

struct smin_flow {
    struct smin_flow_info info;
    void *flow_user;
    struct smin_thread *thread; /* of the call under way */
    struct htp_connp_t *parser; /* NULL: none yet, or no more */
    struct smini_http_side side[2]; /* [SMINI_HTTP_REQUESTS], [SMINI_HTTP_ANSWERS] */
    struct smini_http_exchange *first, *last;
    uint32_t pending; /* exchanges */
    uint32_t parsed;  /* exchanges that the parser has known */
    bool streams, ordered, interesting, stopped, failed, filling, out_of_memory;
    bool out_of_step; /* libhtp sees the end of a head where cut.c does not */
    uint64_t fed;     /* length of the piece that is being fed */
    uint32_t told;    /* events of the flow, by number */
    uint32_t event_count; /* of the flow, until it has become interesting */
    struct smin_event events[SMINI_HTTP_EVENTS_MAX];
    uint64_t messages[2];
};

#endif
