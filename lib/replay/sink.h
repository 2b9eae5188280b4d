/* SPDX-License-Identifier: BSD-2-Clause */
/* What the pump tells the record side: outputs, flows, problems, counters. */
#ifndef SMINI_SINK_H
#define SMINI_SINK_H

#include "base/sha256.h"
#include "replay/dissect.h"
#include "smin/abi.h"

/* Facts about a flow, as bits: what was seen, never what is assumed. */
enum {
    SMINI_FLOW_SYN = 1,               /* from the client */
    SMINI_FLOW_SYN_ACK = 2,           /* from the server */
    SMINI_FLOW_REFUSED = 4,           /* the server answered the SYN with RST */
    SMINI_FLOW_CLIENT_FIN = 8,
    SMINI_FLOW_SERVER_FIN = 16,
    SMINI_FLOW_CLIENT_RST = 32,
    SMINI_FLOW_SERVER_RST = 64,
    SMINI_FLOW_MIDSTREAM = 128,       /* the SYN was not seen */
    SMINI_FLOW_SERVER_SILENT = 256,   /* no packet of the server was seen */
    SMINI_FLOW_CLIENT_SILENT = 512,
    SMINI_FLOW_OVERLAP = 1024,        /* copies of a byte disagreed */
    SMINI_FLOW_BAD_CHECKSUM = 2048,   /* of a segment that carried payload or changed state */
    SMINI_FLOW_GAP = 4096,            /* bytes were acknowledged or passed over that were never seen */
    SMINI_FLOW_URGENT = 8192,
    SMINI_FLOW_KEEPALIVE = 16384,
    SMINI_FLOW_STALE_TIMESTAMP = 32768,
    SMINI_FLOW_OUT_OF_WINDOW = 65536,
    SMINI_FLOW_LOW_TTL = 131072,
    SMINI_FLOW_ACKED_UNSEEN = 262144, /* the receiver acknowledged bytes the capture does not hold */
    SMINI_FLOW_DETECTED = 524288      /* the inspector delivered at least one message */
};

/* A flow as others see it. Valid during the callback. Index 0 is the client's side, 1 the server's. */
struct smini_flow_view {
    uint64_t flow_id; /* from the tuple and the first packet; fits 53 bits */
    uint8_t ip_version;
    uint8_t protocol;
    uint8_t vlan_count;
    uint8_t tunnel_count;
    uint16_t client_port;
    uint16_t server_port;
    uint8_t client_address[16];
    uint8_t server_address[16];
    uint16_t vlan[SMINI_VLAN_MAX];
    const struct smini_tunnel *tunnels;
    uint32_t facts; /* SMINI_FLOW_* */
    uint32_t tcp_flags[2]; /* all flags seen, or-ed */
    uint64_t first_ns, last_ns;
    uint64_t first_packet; /* number in the capture */
    uint64_t packets[2];
    uint64_t wire_bytes[2]; /* IP bytes */
    uint64_t stream_bytes[2];
    uint64_t gap_bytes[2];
    uint64_t messages; /* delivered so far */
    const char *state;  /* "new", "established", "closed", as Suricata's flow.state */
    const char *reason; /* why it ended: "timeout", "shutdown", "forced"; NULL while it lives */
};

/* Which copy of disagreeing bytes a message was read from. */
enum { SMINI_READING_ONLY = 0, SMINI_READING_FIRST = 1, SMINI_READING_LAST = 2 };

/* The message that ordered a transfer. */
struct smini_cause {
    const struct smin_inspector *inspector; /* that delivered it; NULL: nobody is known to have ordered it */
    uint64_t flow_id;
    uint64_t message; /* its number; UINT64_MAX: none */
    uint64_t time_ns;
    uint64_t packet;
};

enum { SMINI_MD5_BYTES = 16 };

/* What became of storing a file. */
enum {
    SMINI_STORED_NO = 0,
    SMINI_STORED_YES = 1,
    SMINI_STORED_FAILED = 2,      /* errno says why */
    SMINI_STORED_LIMIT_FILE = 3,  /* it is too large */
    SMINI_STORED_LIMIT_TOTAL = 4, /* all together are */
    SMINI_STORED_LIMIT_COUNT = 5  /* there are too many */
};

/* A file that moved, as far as it did. Valid during the callback. */
struct smini_file_view {
    struct smini_span name; /* without bytes: not known */
    uint64_t size;          /* bytes that were seen */
    uint64_t gap_bytes;     /* and that moved unseen */
    uint64_t declared;      /* UINT64_MAX: not said */
    uint64_t first_ns, first_packet;
    uint64_t last_ns, last_packet;
    uint32_t direction; /* of its bytes */
    uint32_t state;     /* SMIN_FILE_*; 0: still under way, and without digests */
    const char *type;   /* by its content; "empty", "data" */
    uint8_t sha256[SMINI_SHA256_BYTES]; /* of the bytes that were seen */
    uint8_t md5[SMINI_MD5_BYTES];
    int stored; /* SMINI_STORED_* */
    bool name_cut;
    bool asked_by_server; /* of the connection: who asked for the file did not open it */
    bool decoded; /* its bytes are not those that moved: an encoding was undone */
    struct smini_cause cause;
};

/* Where contents go. Each function in the thread of its capture. */
struct smini_file_store {
    void *user;
    /* A new file, or NULL; then *stored says why. */
    void *(*open)(void *user, int *stored);
    /* SMINI_STORED_YES while all is well. After anything else the file is gone. */
    int (*write)(void *user, void *file, const uint8_t *bytes, size_t length);
    /* The file stays, under the name of its digest; gone otherwise. SMINI_STORED_*. */
    int (*keep)(void *user, void *file, const uint8_t sha256[SMINI_SHA256_BYTES]);
};

struct smini_run_counters {
    uint64_t packets, wire_bytes, captured_bytes;
    uint64_t ipv4, ipv6, tcp, udp, fragments, defragmented, other, bad, cut, tunneled, vlan;
    uint64_t tcp_flows, udp_flows, tracked_flows, detected_flows, evicted_flows, flows_peak;
    uint64_t segments_reordered, segments_duplicate, overlaps_same, overlaps_differing, gaps, gap_bytes;
    uint64_t bad_ip_checksums, bad_l4_checksums;
    uint64_t messages, alerts, events, problems, limits;
    uint64_t expected, files, file_bytes;
    uint64_t files_unstored;   /* that a store did not keep: a limit, or it failed */
    uint64_t files_unsearched; /* whose rest rules wanted to see and did not */
    uint64_t memory_peak;
    uint64_t first_ns, last_ns; /* the earliest and the latest packet */
};

struct smini_sink {
    void *user;
    /* `reading` is SMINI_READING_*. `inspector` is the one that delivered. */
    void (*on_output)(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                      int reading, const struct smin_output *output);
    /* Once per flow that was on a hinted port, was fed, or was detected; when it ends, in order of its first packet. */
    void (*on_flow)(void *user, const struct smini_flow_view *flow);
    void (*on_problem)(void *user, const struct smini_problem *problem);
    /* A file has moved, or was refused. May be NULL. */
    void (*on_file)(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                    const struct smini_file_view *file);
    /* Rules alerted on a file, which `inspector` hands over. May be NULL. */
    void (*on_file_output)(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                           const struct smini_file_view *file, const struct smin_output *output);
    const struct smini_file_store *files; /* NULL: contents are not kept */
    /* Are the packets of this flow to be told? Asked once, when it begins. May be NULL. */
    int (*wants_packets)(void *user, uint64_t flow_id);
    /* The packets that brought a datagram of such a flow: one, or as many as there were fragments. */
    void (*on_packets)(void *user, uint64_t flow_id, const uint64_t *numbers, uint32_t count);
    /*
     * A flow begins that `announcer_id` said would come, or carries a file that it ordered. `own`: by the inspector
     * that reads the flow, as one more part of the same transfer. May be NULL.
     */
    void (*on_announced)(void *user, uint64_t flow_id, uint64_t announcer_id, int own);
    /* Every capture ends with one. */
    void (*on_counters)(void *user, const struct smini_run_counters *counters);
    /* A thread object of `inspector` is about to be freed: the last chance to ask it what it counted. May be NULL. */
    void (*on_thread_end)(void *user, const struct smin_inspector *inspector, struct smin_thread *thread);
};

#endif
