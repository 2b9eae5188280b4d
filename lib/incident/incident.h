/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From flat records to incidents: what was asked of which device by whom, and
 * what came of it. Works on records, never on packets, so that our own run and
 * another engine's EVE lines can feed it alike. No I/O, no clock.
 *
 * One incident is one act: messages with one verdict from one actor to one
 * device, on one connection or within a time window. "Unknown" is an answer;
 * a guess is not. NOTES.md has the rules.
 */
#ifndef SMINI_INCIDENT_H
#define SMINI_INCIDENT_H

#include "base/alloc.h"
#include "base/span.h"
#include "smin/field.h"
#include "smin/status.h"

/* TCP port registered for Smart Install. */
enum { SMINI_INCIDENT_PORT = 4786 };

/* Events, URLs, commands of one message; more are not looked at. The decoder's own limits come first. */
enum { SMINI_INCIDENT_SPANS_MAX = 64 };

struct smini_incident_address {
    uint8_t version; /* 4 or 6 */
    uint8_t bytes[16];
};

struct smini_incident_network {
    struct smini_incident_address address;
    uint8_t prefix;
};

/* "192.0.2.1", "192.0.2.0/24", "2001:db8::/32". SMIN_OK, SMIN_E_MALFORMED. */
int32_t smini_incident_parse_network(struct smini_span text, struct smini_incident_network *network);
bool smini_incident_in_networks(const struct smini_incident_address *address,
                                const struct smini_incident_network *networks, uint32_t count);

enum smini_verdict {
    SMINI_VERDICT_NONE,
    SMINI_VERDICT_DIRECTOR_ACTIVITY,
    SMINI_VERDICT_PROBE,
    SMINI_VERDICT_MALFORMED,
    SMINI_VERDICT_CONFIG_EXFILTRATION,
    SMINI_VERDICT_CONFIG_REPLACEMENT,
    SMINI_VERDICT_IMAGE_REPLACEMENT,
    SMINI_VERDICT_COMMAND_EXECUTION,
    SMINI_VERDICT_OVERFLOW_ATTEMPT
};

enum smini_outcome {
    SMINI_OUTCOME_FAILED,    /* the connection, or the transfer that was ordered, was refused */
    SMINI_OUTCOME_ATTEMPTED, /* both sides were seen, the device said nothing */
    SMINI_OUTCOME_UNKNOWN,   /* what the device said was not captured */
    SMINI_OUTCOME_ANSWERED,  /* the device answered as Smart Install does */
    SMINI_OUTCOME_SUCCEEDED  /* the device reported that it did what was asked, or the file was seen to move */
};

enum smini_trust { SMINI_TRUST_UNKNOWN, SMINI_TRUST_YES, SMINI_TRUST_NO };

enum smini_device_role { SMINI_ROLE_UNKNOWN, SMINI_ROLE_CLIENT, SMINI_ROLE_DIRECTOR };
enum smini_device_state { SMINI_STATE_UNKNOWN, SMINI_STATE_ENABLED, SMINI_STATE_CLOSED };

/* What a flow is to an incident. */
enum smini_evidence_kind {
    SMINI_EVIDENCE_COMMAND,  /* messages of the actor, and answers on the same connection */
    SMINI_EVIDENCE_CALLBACK, /* the device opened it to report */
    SMINI_EVIDENCE_EMPTY,    /* the actor opened it and said nothing */
    SMINI_EVIDENCE_TRANSFER
};

const char *smini_incident_verdict_text(enum smini_verdict verdict);
const char *smini_incident_outcome_text(enum smini_outcome outcome);
const char *smini_incident_trust_text(enum smini_trust trust);
const char *smini_incident_role_text(enum smini_device_role role);
const char *smini_incident_state_text(enum smini_device_state state);
const char *smini_incident_severity_text(uint32_t severity); /* SMIN_SEVERITY_* */
const char *smini_incident_evidence_text(enum smini_evidence_kind kind);

struct smini_incident_options {
    const struct smini_incident_network *directors; /* borrowed while the set lives */
    uint32_t director_count;                        /* 0: nobody said; authorised is unknown */
    uint32_t file_server_count;
    const struct smini_incident_network *file_servers;
    uint64_t act_window_ns;    /* messages this close together are one act */
    uint64_t confirm_window_ns; /* a backup response this long after a request belongs to it */
    uint64_t transfer_window_ns; /* a file moves this long after it was ordered */
    uint64_t empty_window_ns;  /* a connection without data this long before one with a message is SIET's habit */
    uint32_t incidents_max;    /* a sweep of a large network stays below; memory is bounded by it */
    uint32_t devices_max;
    uint32_t flows_max;        /* flows with messages that are open at once */
    uint32_t transfers_max;    /* files that wait for the command that names them */
    uint32_t list_max;         /* messages, reasons, commands kept per incident; the rest is counted */
    size_t held_bytes_max;     /* of facts that wait to be put into order */
    uint64_t seed;             /* of the hash tables; never shows in the output */
};

void smini_incident_options_default(struct smini_incident_options *options);

/* Where something was seen. `capture` is borrowed for the call. */
struct smini_incident_place {
    const char *capture; /* may be "" */
    uint64_t packet;     /* 0: not known */
    uint64_t time_ns;
};

/* One message, flat. Everything is borrowed for the call. */
struct smini_incident_message {
    struct smini_incident_place place;
    uint64_t flow_id;
    struct smini_incident_address client, server; /* client opened the connection */
    uint16_t client_port, server_port;
    bool to_server;
    bool has_status;
    bool has_md5;
    uint8_t md5[16]; /* that the device gives for its startup-config */
    uint8_t reading;  /* where copies of bytes differ: 1 the first copies stand, 2 the last; 0 when none differ */
    uint32_t from;    /* sender role word; 0 when unknown */
    uint64_t status;
    uint64_t offset;
    struct smini_span name; /* "backup_request" */
    struct smini_span tool;
    const struct smini_span *events; /* names */
    const struct smini_span *urls;
    const struct smini_span *commands;
    uint32_t event_count, url_count, command_count;
};

/* What was seen of a flow, as bits; the meaning is that of the flow record's facts. */
enum {
    SMINI_INCIDENT_FLOW_ACCEPTED = 1,      /* the server answered the SYN with SYN and ACK */
    SMINI_INCIDENT_FLOW_REFUSED = 2,       /* ... with RST */
    SMINI_INCIDENT_FLOW_SERVER_CLOSED = 4, /* FIN of the server */
    SMINI_INCIDENT_FLOW_SERVER_RESET = 8,
    SMINI_INCIDENT_FLOW_SERVER_UNSEEN = 16, /* no packet of the server in the capture */
    SMINI_INCIDENT_FLOW_CLIENT_UNSEEN = 32,
    SMINI_INCIDENT_FLOW_UNFINISHED = 64, /* still open when the capture ended, or let go for want of room */
    SMINI_INCIDENT_FLOW_BYTES_UNKNOWN = 128 /* whoever recorded it did not count the bytes of its streams */
};

struct smini_incident_flow {
    struct smini_incident_place place; /* of its first packet */
    uint64_t last_ns;
    uint64_t flow_id;
    struct smini_incident_address client, server;
    uint16_t client_port, server_port;
    uint32_t facts;
    uint64_t bytes[2];   /* of the streams, client's first */
    uint64_t missing[2]; /* bytes of them that were never seen */
};

/* How a transfer ended. */
enum {
    SMINI_TRANSFER_CLOSED = 1,     /* whole, and the receiver said so */
    SMINI_TRANSFER_TRUNCATED = 2,  /* its end was not seen */
    SMINI_TRANSFER_REFUSED = 3,    /* nothing moved */
    SMINI_TRANSFER_UNCONFIRMED = 4, /* whole, but the receiver's last word was not seen */
    SMINI_TRANSFER_SEALED = 5 /* encrypted: that bytes moved is all that can be seen */
};

enum { SMINI_TRANSFER_SHA256 = 32, SMINI_TRANSFER_MD5 = 16 };

/* A file that moved, or did not. Everything is borrowed for the call. */
struct smini_incident_transfer {
    struct smini_incident_place place; /* of its beginning */
    uint64_t end_ns;
    uint64_t flow_id;
    uint64_t ordered_flow_id; /* flow of the message that is known to have ordered it */
    struct smini_incident_address client, server; /* client asked for the transfer */
    uint16_t client_port, server_port;
    bool ordered;
    bool to_server; /* where the contents went */
    bool has_digest;
    uint8_t state; /* SMINI_TRANSFER_* */
    uint8_t sha256[SMINI_TRANSFER_SHA256];
    uint8_t md5[SMINI_TRANSFER_MD5];
    uint64_t size, gap_bytes;
    struct smini_span name; /* without leading slashes */
    struct smini_span protocol, type; /* of an inspector, of its content: "tftp", "ios-config" */
};

/* A file that an incident rests on. */
struct smini_incident_file {
    struct smini_span name;
    struct smini_span protocol, type; /* "tftp", "ios-config" */
    const char *capture;
    uint64_t packet;
    uint64_t time_ns, end_ns;
    uint64_t flow_id;
    uint64_t size, gap_bytes;
    struct smini_incident_address peer; /* the end that is not the device */
    uint16_t device_port, peer_port;
    uint8_t state;  /* SMINI_TRANSFER_* */
    bool to_device; /* where the contents went */
    bool has_digest;
    uint8_t sha256[SMINI_TRANSFER_SHA256];
    uint8_t md5[SMINI_TRANSFER_MD5];
};

/* A message that an incident rests on. */
struct smini_incident_reference {
    const char *capture;
    const char *name;
    const char *event; /* the gravest one, by its name; NULL: none that says anything about the incident */
    uint64_t packet;
    uint64_t time_ns;
    uint64_t flow_id, offset; /* of the stream of its direction */
    struct smini_incident_address client, server; /* client opened the connection */
    uint16_t client_port, server_port;
    bool to_server;   /* who sent it */
    bool from_device; /* an answer, or a call-back */
};

/* A flow that an incident rests on: what a slice of the capture must hold. */
struct smini_incident_flow_reference {
    const char *capture;
    uint64_t flow_id;
    uint64_t time_ns, packet; /* of the first of it that counts */
    enum smini_evidence_kind kind;
    struct smini_incident_address client, server;
    uint16_t client_port, server_port;
};

/* Texts in a list; they are not ended by NUL and may hold any byte. */
struct smini_text_list {
    struct smini_span *items;
    uint32_t count, capacity;
    uint64_t total; /* how many there would be without the limit */
};

enum { SMINI_INCIDENT_TECHNIQUES_MAX = 4 };

struct smini_incident {
    char id[17];
    enum smini_verdict verdict;
    enum smini_outcome outcome;
    enum smini_trust authorised;
    uint32_t severity; /* SMIN_SEVERITY_* */
    uint16_t port;     /* of the device */
    struct smini_incident_address actor, device;
    uint64_t first_ns, last_ns;
    const char *techniques[SMINI_INCIDENT_TECHNIQUES_MAX]; /* the unused ones are NULL */
    const char *cve;                                       /* or NULL; misuse has none */
    struct smini_incident_reference *messages; /* by time */
    uint32_t message_count, message_capacity;
    uint64_t message_total;
    struct smini_incident_file *files;
    uint32_t file_count, file_capacity;
    uint64_t file_total;
    struct smini_incident_flow_reference *flows; /* by time; each once */
    uint32_t flow_count, flow_capacity;
    uint64_t flow_total; /* one that is beyond the limit may count more than once */
    struct smini_text_list commanded; /* URLs and commands, each once */
    struct smini_text_list reasons;
};

struct smini_device {
    struct smini_incident_address address;
    uint16_t port;
    enum smini_device_role role;
    enum smini_device_state state;
    uint64_t first_ns, last_ns;
    struct smini_text_list evidence;
};

struct smini_incident_set;

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_incident_new(struct smini_incident_set **set, struct smini_alloc *alloc,
                           const struct smini_incident_options *options);

/*
 * Facts may come in any order, and more than once: they are held and taken in the order of time. Only when more than
 * `held_bytes_max` are waiting are they taken before all are in; then a flow must come after its messages, or later ones
 * have no end that was seen, and what is repeated after that counts again in the totals.
 * SMIN_OK; SMIN_E_LIMIT: something was not kept (also counted); SMIN_E_NOMEM: likewise. The set stays usable.
 */
int32_t smini_incident_add_message(struct smini_incident_set *set, const struct smini_incident_message *message);
int32_t smini_incident_add_flow(struct smini_incident_set *set, const struct smini_incident_flow *flow);
int32_t smini_incident_add_transfer(struct smini_incident_set *set, const struct smini_incident_transfer *transfer);

/* Everything is in: decides, joins and sorts. SMIN_OK, SMIN_E_NOMEM. Nothing may be added afterwards. */
int32_t smini_incident_finish(struct smini_incident_set *set);

/* After finish: sorted by first time, device, actor, verdict; NULL past the end. */
const struct smini_incident *smini_incident_get(const struct smini_incident_set *set, uint32_t index);
/* After finish: sorted by address. */
const struct smini_device *smini_incident_device(const struct smini_incident_set *set, uint32_t index);

/* Facts that came more than once. */
uint64_t smini_incident_repeated(const struct smini_incident_set *set);
/* How often something was left out because a limit was reached. */
uint64_t smini_incident_left_out(const struct smini_incident_set *set);

void smini_incident_free(struct smini_incident_set **set);

#endif
