/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the inspector keeps: instance, thread, flow; and a channel, which is one
 * data connection and the file that moves over it, shared by the control flow
 * that ordered it and the data flow that carries it.
 */
#ifndef SMINI_FTP_STATE_H
#define SMINI_FTP_STATE_H

#include "base/bytebuf.h"
#include "ftp/line.h"
#include "ftp/reply.h"
#include "guest/guest.h"

enum {
    SMINI_FTP_PORT_CONTROL = 21,
    /* Of a file's beginning, for rules. */
    SMINI_FTP_PREFIX_BYTES = 4096,
    /* Of a name and of a folder; the rest is cut off, and that is said. */
    SMINI_FTP_NAME_BYTES = 1024,
    SMINI_FTP_USER_BYTES = 128,
    /* Commands without a reply, or replies before their command. */
    SMINI_FTP_OPEN_MAX = 32,
    /* Data connections that one control connection waits for. */
    SMINI_FTP_CHANNELS_MAX = 16,
    /* Of all control connections: data flows find them by their place. */
    SMINI_FTP_PLACES_MAX = 65536,
    /* Of what came over a data connection before the command that it belongs to, of one and of all of a thread. */
    SMINI_FTP_HELD_BYTES = 64 * 1024,
    SMINI_FTP_HELD_TOTAL = 8 * 1024 * 1024,
    SMINI_FTP_FIELDS_MAX = 24,
    SMINI_FTP_EVENTS_MAX = 16
};

struct smin_instance {
    struct smini_guest guest;
    struct smini_alloc alloc;
};

/* How a data connection comes about: its client is the FTP client, or the FTP server (RFC 959 section 3.3). */
enum smini_ftp_how { SMINI_FTP_PASSIVE, SMINI_FTP_ACTIVE, SMINI_FTP_DEFAULT };

struct smini_ftp_text {
    uint8_t *bytes;
    uint32_t length;
    bool cut;
};

struct smini_ftp_channel {
    uint32_t users; /* the control flow and data flows that point here */
    uint32_t place; /* in the thread's table; 0: none */
    uint32_t generation;
    enum smini_ftp_how how;
    struct smini_ftp_end end;       /* where it is made to; port 0: not known yet */
    bool announced;
    struct smin_flow_info control;  /* the control flow */
    /* the order */
    enum smini_ftp_verb verb;
    struct smini_ftp_text name, user;
    char type;           /* 'A', 'I', 'E', 'L' */
    char mode;           /* 'S', 'B', 'C' */
    uint64_t restart;    /* first byte of the file that moves */
    uint64_t declared;   /* UINT64_MAX: not said */
    uint16_t begun_code; /* 1yz; 0: none seen */
    uint16_t code;       /* of the last reply; 0: none seen */
    bool control_over;   /* no more replies will come */
    bool proven;         /* the control flow is FTP */
    /* what moved */
    struct smin_flow *carrier; /* the data flow; NULL: none so far, or gone */
    bool carried;              /* there was one */
    bool finished;             /* its sender closed it */
    bool told;
    bool begun;                /* the host knows of the file */
    struct smin_file_handle *file;
    uint64_t bytes, gap_bytes;
    struct smini_bytebuf prefix, held;
    uint8_t held_direction;
    uint64_t held_gap; /* behind what is held */
    uint32_t event_count;
    struct smin_event events[SMINI_FTP_EVENTS_MAX]; /* to be told with the file */
};

struct smini_ftp_place {
    struct smini_ftp_channel *channel;
    uint32_t generation;
    uint32_t next_free; /* + 1 */
};

/* A command that waits for its reply. */
struct smini_ftp_open {
    enum smini_ftp_verb verb;
    struct smini_ftp_channel *channel; /* that it is about, or NULL; borrowed from the session */
    uint64_t digest;                   /* of the name that SIZE asks for */
    uint32_t folder;                   /* which folder CWD went to, counted */
};

/* A reply that came before its command. */
struct smini_ftp_early {
    uint16_t begun_code, code;
    uint64_t number; /* of 213 */
    struct smini_ftp_end end;
};

/* A control connection. */
struct smini_ftp_session {
    struct smini_ftp_line line[2];
    struct smini_ftp_reply_state reply;
    struct smini_ftp_open open[SMINI_FTP_OPEN_MAX];
    struct smini_ftp_early early[SMINI_FTP_OPEN_MAX];
    uint32_t open_first, open_count, early_first, early_count;
    uint16_t begun_code; /* 1yz that came before its command */
    struct smini_ftp_channel *channels[SMINI_FTP_CHANNELS_MAX]; /* the newest is the last */
    uint32_t channel_count;
    struct smini_ftp_text folder, folder_before, user;
    uint32_t folders;
    char type, mode;
    uint64_t restart;
    uint64_t size, size_digest; /* what SIZE told, and of which name */
    bool greeted;
    bool proven;  /* by its port, or by a reply */
    bool foreign; /* it is something else */
    bool adrift;  /* bytes are missing: replies cannot be counted off against commands */
    bool sealed[2]; /* TLS from here on */
    bool auth;    /* AUTH was sent */
};

struct smin_thread {
    struct smin_instance *instance;
    struct smini_alloc alloc;
    struct smini_ftp_place *places;
    uint32_t place_room, place_used, free_place; /* free_place: + 1 */
    uint64_t held_bytes;
    struct smin_stats stats;
    /* the call that is going on */
    const struct smin_input *input;
    struct smin_flow *flow;
    uint64_t at; /* what is being told stands here in the stream */
    bool busy;
};

struct smin_flow {
    void *flow_user;
    struct smin_flow_info info;
    struct smini_ftp_session *session; /* of a control flow */
    struct smini_ftp_channel *channel; /* of a data flow; NULL: it came too late to belong to anything */
    uint64_t messages[2];
    uint32_t told; /* events that are told once per flow, by id */
    bool fed[2], ended[2], finished[2];
    bool over; /* what both ends mean was done */
    bool failed;
};

#endif
