/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of lib/incident share. */
#ifndef SMINI_INCIDENT_INTERNAL_H
#define SMINI_INCIDENT_INTERNAL_H

#include "base/address.h"
#include "base/bytebuf.h"
#include "incident/incident.h"
#include "incident/keymap.h"

/* --- words.c --- */

enum smini_side { SMINI_SIDE_UNKNOWN, SMINI_SIDE_DIRECTOR, SMINI_SIDE_CLIENT };

struct smini_message_kind {
    const char *name;
    enum smini_side side;
    bool answers; /* sent on the connection that asked */
};

struct smini_event_word {
    const char *name;
    size_t length;
    enum smini_verdict verdict;
    const char *reason; /* or NULL: the message itself says enough */
};

struct smini_verdict_word {
    const char *name;
    uint32_t severity;
    const char *techniques[SMINI_INCIDENT_TECHNIQUES_MAX];
    const char *cve;
};

const struct smini_message_kind *smini_words_kind(struct smini_span name);
/* NULL when an event says nothing about an incident. */
const struct smini_event_word *smini_words_event(struct smini_span name);
const struct smini_verdict_word *smini_words_verdict(enum smini_verdict verdict);

/* --- address.c --- */

int32_t smini_incident_address_parse(struct smini_span text, struct smini_incident_address *address);
int smini_address_compare(const struct smini_incident_address *a, const struct smini_incident_address *b);

/* --- text.c --- */

enum { SMINI_PHRASE_BYTES = 1024 };

/* A sentence under construction; what does not fit is left out and "..." says so. */
struct smini_phrase {
    size_t length;
    uint8_t bytes[SMINI_PHRASE_BYTES];
};

/* Empty. The bytes are not cleared: a sentence is short, its room is not. */
static inline void smini_phrase_begin(struct smini_phrase *phrase)
{
    phrase->length = 0;
}

void smini_phrase_add(struct smini_phrase *phrase, struct smini_span text);
void smini_phrase_say(struct smini_phrase *phrase, const char *text);
void smini_phrase_address(struct smini_phrase *phrase, const struct smini_incident_address *address);
void smini_phrase_number(struct smini_phrase *phrase, uint64_t number);
/* " (capture packet 7)" */
void smini_phrase_place(struct smini_phrase *phrase, const char *capture, uint64_t packet);
struct smini_span smini_phrase_span(const struct smini_phrase *phrase);

/* Adds a copy unless it is there already. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM. */
int32_t smini_texts_add(struct smini_text_list *list, struct smini_alloc *alloc, uint32_t most, struct smini_span text);
void smini_texts_free(struct smini_text_list *list, struct smini_alloc *alloc);

/* --- the set --- */

/* Acts that one flow belongs to; more would need more than that many verdicts. */
enum { SMINI_FLOW_ACTS_MAX = 8, SMINI_EMPTIES_MAX = 4 };

enum { SMINI_VERDICTS = SMINI_VERDICT_OVERFLOW_ATTEMPT + 1 };

/* Actor and device; acts of a pair and a verdict are chained. */
struct smini_pair {
    uint32_t last_act[SMINI_VERDICTS]; /* index + 1 */
    uint32_t empty_count;
    struct smini_incident_flow_reference empties[SMINI_EMPTIES_MAX]; /* connections without data, see SIET */
};

struct smini_act {
    struct smini_incident incident;
    uint32_t pair;
    uint32_t older; /* act of the same pair and verdict, index + 1 */
    uint64_t first_flow, first_offset, began_ns; /* its own first message: what the id is made of */
    const char *first_name;
    bool flow_answered, flow_quiet, flow_unknown, flow_refused; /* how its flows ended */
    bool asked_backup;     /* holds a backup request */
    bool confirmed;        /* a backup response with status 1 belongs to it */
    bool rotation;         /* every command had the shape of a director's backup */
    bool foreign;          /* a URL leads outside the listed file servers */
    bool absorbed;         /* told as part of another act */
    bool support;          /* only messages that command nothing */
    bool transfer_whole, transfer_list, transfer_unknown, transfer_refused; /* what became of the files it ordered */
    bool has_file_md5, has_reported_md5;
    uint8_t file_md5[SMINI_TRANSFER_MD5];     /* of the file that left the device */
    uint8_t reported_md5[SMINI_TRANSFER_MD5]; /* in the device's backup response */
    uint64_t asked_ns;     /* time of the latest backup request */
};

/* A transfer, kept until everything is in. */
struct smini_moved {
    struct smini_incident_transfer transfer; /* its capture is not ours */
    struct smini_span texts; /* name, protocol and type, one behind the other */
    uint32_t capture;
};

struct smini_connection {
    struct smini_key key;
    bool used;
    bool probed; /* a capabilities request went to the server: its sender waits for an answer */
    uint32_t act_count;
    uint32_t acts[SMINI_FLOW_ACTS_MAX];
    bool answered[SMINI_FLOW_ACTS_MAX];
    bool spoke[2][2]; /* by side (0: the opener) and kind (1: a capabilities response): it sent an answer at all */
    uint32_t next_free; /* index + 1 */
};

/* A backup response: applied when everything is in. */
struct smini_confirmation {
    struct smini_incident_reference reference;
    struct smini_incident_address device, director;
    uint64_t status;
    bool has_status;
    bool has_md5;
    uint8_t md5[SMINI_TRANSFER_MD5];
    bool disputed; /* another copy of these bytes gives another status */
};

struct smini_list {
    void *items;
    uint32_t count, capacity;
};

struct smini_incident_set {
    struct smini_alloc *alloc;
    struct smini_incident_options options;
    struct smini_list captures;      /* char *, interned names */
    struct smini_list pairs;         /* struct smini_pair */
    struct smini_list acts;          /* struct smini_act */
    struct smini_list devices;       /* struct smini_device */
    struct smini_list flows;         /* struct smini_connection */
    struct smini_list confirmations; /* struct smini_confirmation */
    struct smini_list transfers;     /* struct smini_moved */
    struct smini_list texts;         /* struct smini_span: what the files of incidents are called */
    struct smini_keymap pair_map, device_map, flow_map, capture_map;
    struct smini_bytebuf held; /* packed facts that were not taken yet */
    size_t held_count;
    uint64_t repeated;
    uint32_t free_flow; /* index + 1 */
    uint64_t left_out;
    uint32_t *order; /* acts that are told, sorted */
    uint32_t order_count, order_capacity;
};

/* Room for one more item, zeroed, or NULL. */
void *smini_list_add(struct smini_list *list, struct smini_alloc *alloc, size_t size);
/* Frees bytes that a span of ours points to. */
void smini_set_release(struct smini_alloc *alloc, struct smini_span bytes);
void smini_list_free(struct smini_list *list, struct smini_alloc *alloc, size_t size);

static inline struct smini_act *smini_set_act(const struct smini_incident_set *set, uint32_t index)
{
    return (struct smini_act *)set->acts.items + index;
}

static inline struct smini_pair *smini_set_pair(const struct smini_incident_set *set, uint32_t index)
{
    return (struct smini_pair *)set->pairs.items + index;
}

static inline const char *smini_set_capture(const struct smini_incident_set *set, uint32_t index)
{
    return ((char *const *)set->captures.items)[index];
}

/* Counts what a limit or missing memory left out; gives the status back. */
int32_t smini_set_note(struct smini_incident_set *set, int32_t status);
/* Index of an interned name. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_set_intern(struct smini_incident_set *set, const char *capture, uint32_t *index);
/* Index of the pair, made when it is new. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM. */
int32_t smini_set_find_pair(struct smini_incident_set *set, const struct smini_incident_address *actor,
                            const struct smini_incident_address *device, uint32_t *index);
void smini_set_key_address(struct smini_key *key, size_t word, const struct smini_incident_address *address);

/* hold.c */
/* Everything that is held is taken, in the order of time. The worst status. */
int32_t smini_hold_release(struct smini_incident_set *set);
/* message.c, connection.c, transfer.c: one fact, in its place. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM. */
int32_t smini_take_message(struct smini_incident_set *set, const struct smini_incident_message *message);
int32_t smini_take_flow(struct smini_incident_set *set, const struct smini_incident_flow *flow);
int32_t smini_take_transfer(struct smini_incident_set *set, const struct smini_incident_transfer *transfer);

/* device.c */
struct smini_device_claim {
    enum smini_device_role role;
    enum smini_device_state state;
    uint16_t port;
    const char *evidence;
    struct smini_span name; /* of the message, or the kind of file, behind it; may be empty */
};
int32_t smini_device_note(struct smini_incident_set *set, const struct smini_incident_address *address,
                          const struct smini_device_claim *claim, const struct smini_incident_place *place);
/* Is it known to speak Smart Install, or was it spoken to in it? */
bool smini_device_takes_part(const struct smini_incident_set *set, const struct smini_incident_address *address);
void smini_device_sort(struct smini_incident_set *set);

/* evidence.c */
/* The reference's capture is interned. SMIN_OK, SMIN_E_LIMIT, SMIN_E_NOMEM. */
int32_t smini_act_reference(struct smini_incident_set *set, struct smini_act *act,
                            const struct smini_incident_reference *reference);
/* As above, for the flow of a message or of a file; a flow is kept once. */
int32_t smini_act_flow(struct smini_incident_set *set, struct smini_act *act,
                       const struct smini_incident_flow_reference *flow);
int32_t smini_act_file(struct smini_incident_set *set, struct smini_act *act, const struct smini_moved *moved);
/* The files and flows of `from` become those of `into` too. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_evidence_merge(struct smini_incident_set *set, struct smini_incident *into,
                             const struct smini_incident *from);
/* By time, where captures and folding left another order. */
void smini_evidence_sort(struct smini_incident *incident);

/* act.c */
/* Can a capabilities response be the answer to what this act asked? */
bool smini_act_takes_capabilities(const struct smini_act *act);
int32_t smini_act_reason(struct smini_incident_set *set, struct smini_act *act, const struct smini_phrase *phrase);
/* Act of that verdict that a message at `time_ns` belongs to, made when there is none. */
int32_t smini_act_find(struct smini_incident_set *set, const struct smini_connection *flow, uint32_t pair,
                       enum smini_verdict verdict, uint64_t time_ns, uint32_t *index);
/* The messages and reasons of `from` are told with `into`, whose outcome stays its own. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_act_absorb(struct smini_incident_set *set, struct smini_act *into, struct smini_act *from);
/* `from` becomes part of `into`, its outcome too. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_act_merge(struct smini_incident_set *set, struct smini_act *into, struct smini_act *from);
void smini_act_free(struct smini_incident_set *set, struct smini_act *act);

/* confirm.c */
/* Backup responses go to the acts that they report on. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_confirmations_apply(struct smini_incident_set *set);

/* transfer.c */
/* Finds the act of every transfer. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_transfers_apply(struct smini_incident_set *set);
/* Copies the three texts of a transfer, or of a file, into one block. Gives the block. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_transfer_own(struct smini_alloc *alloc, struct smini_span *const texts[3], struct smini_span *block);
void smini_transfers_free(struct smini_incident_set *set);

/* outcome.c */
/* Do the contents go where the verdict says that they go? */
bool smini_act_suits(const struct smini_act *act, bool leaves_device);
/* Does this act order transfers at all? */
bool smini_act_moves_files(const struct smini_act *act);
/* Is the file that left the device the one that it reported? */
int32_t smini_transfer_compare(struct smini_incident_set *set, struct smini_act *act);
enum smini_outcome smini_act_outcome(const struct smini_act *act);

/* connection.c */
int32_t smini_connection_open(struct smini_incident_set *set, const struct smini_incident_message *message,
                              uint32_t *index);
void smini_connection_join(struct smini_connection *flow, uint32_t act);

#endif
