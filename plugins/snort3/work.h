/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An inspector at work in Snort: one instance per configured table, one thread object per packet thread, one conversation
 * per flow. Plain C, no type of Snort's: the shim in C++ only carries bytes, numbers and texts between the two.
 */
#ifndef SMINI_SNORT_WORK_H
#define SMINI_SNORT_WORK_H

#include <stdbool.h>

#include "snort3/catalogue.h"
#include "snort3/cut.h"
#include "smin/host.h"

#ifdef __cplusplus
extern "C" {
#endif

struct smini_work;
struct smini_work_thread;
struct smini_conversation;

/* Peg counts of one packet thread, in the order of smini_work_pegs. */
struct smini_work_counts {
    uint64_t flows;
    uint64_t messages;
    uint64_t trailers;
    uint64_t events;
    uint64_t bytes;
    uint64_t gaps;
    uint64_t refused;
    uint64_t limits;
    uint64_t unjudged;
    uint64_t failures;
};
enum { SMINI_WORK_COUNTS = sizeof(struct smini_work_counts) / sizeof(uint64_t) };

struct smini_work_peg {
    const char *name;
    const char *help;
};
extern const struct smini_work_peg smini_work_pegs[SMINI_WORK_COUNTS];

struct smini_work_options {
    const char *plugin_path; /* NULL or "": the built-in inspector */
    const struct smin_config *config;
    void (*trace)(void *user, int32_t level, const char *text);
};

/* A piece of one direction that Snort put together. */
struct smini_work_piece {
    uint32_t direction; /* SMIN_TO_SERVER or SMIN_TO_CLIENT */
    uint32_t length;
    const uint8_t *bytes;
    uint64_t time_ns;
    uint64_t packet_number;
    uint32_t flow_flags; /* SMIN_FLOW_* */
};

/* SMIN_OK; else as smini_session_choose and _start, and `reason` (SMIN_HOST_REASON_BYTES) says why. */
int32_t smini_work_new(struct smini_work **work, const struct smini_work_options *options, char *reason);
void smini_work_free(struct smini_work **work); /* its threads and conversations are gone */
const struct smin_inspector *smini_work_inspector(const struct smini_work *work);
const char *smini_work_origin(const struct smini_work *work);
const struct smin_ext_frame *smini_work_frame(const struct smini_work *work);

/* `journal`: the file that gets a line for every message; NULL for none. SMIN_OK, SMIN_E_NOMEM, SMIN_E_IO. */
int32_t smini_work_thread_new(struct smini_work *work, const char *journal, struct smini_work_thread **thread);
/* Before anything else is called: Snort starts its threads anew, and their counters with them. */
void smini_work_thread_count(struct smini_work_thread *thread, struct smini_work_counts *counts);
void smini_work_thread_free(struct smini_work_thread **thread);

/* SMIN_OK, SMIN_E_NOMEM. `info` need not live on. */
int32_t smini_conversation_new(struct smini_work_thread *thread, const struct smin_flow_info *info,
                               struct smini_conversation **conversation);
/* Ends what did not end; nobody judges that any more, which is counted. */
void smini_conversation_free(struct smini_conversation **conversation, struct smini_work_counts *counts);

/* Bytes are missing before the next piece of this direction: how many Snort does not tell. */
void smini_conversation_gap(struct smini_conversation *conversation, uint32_t direction);
/* The next piece of this direction is the last. */
void smini_conversation_ending(struct smini_conversation *conversation, uint32_t direction);
/* This direction is not the inspector's: how it is cut no longer matters. */
bool smini_conversation_refused(const struct smini_conversation *conversation, uint32_t direction);

/* Reads a piece. What it completed stands ready in the thread until smini_work_done. Gives how many messages. */
uint32_t smini_conversation_read(struct smini_conversation *conversation, const struct smini_work_piece *piece);

/* Goes to the next of the messages that stand ready. False: there is none, and none is being judged. */
bool smini_work_next(struct smini_work_thread *thread);
void smini_work_done(struct smini_work_thread *thread);

/* The message that is being judged, or NULL. */
const struct smin_message *smini_work_message(const struct smini_work_thread *thread);

/* Its events, each once: the `index`-th, from 0. False: there is none. */
bool smini_work_event(const struct smini_work_thread *thread, uint32_t index, uint32_t *id);

/* Its value of a buffer: the `index`-th, from 0. False: there is none. */
bool smini_work_value(const struct smini_work_thread *thread, uint32_t field, uint32_t index, const uint8_t **bytes,
                      uint32_t *length);
/* All of them, a line feed between two, for a search that only says where to look closer. */
bool smini_work_values(struct smini_work_thread *thread, uint32_t field, const uint8_t **bytes, uint32_t *length);

/* A condition on numbers as it stands in a rule. */
struct smini_work_test;
/* NULL: the text is none, and `*problem` says why, or there is no memory. */
struct smini_work_test *smini_work_test_new(uint32_t field, const char *text, const char **problem);
void smini_work_test_free(struct smini_work_test *test);
bool smini_work_test_same(const struct smini_work_test *a, const struct smini_work_test *b);
uint32_t smini_work_test_hash(const struct smini_work_test *test);
bool smini_work_test_holds(const struct smini_work_test *test, const struct smini_work_thread *thread);

/* The inspector of this file, or the built-in one, as far as its tables go. SMIN_OK; else a `reason`. */
int32_t smini_work_catalogue(const char *plugin_path, struct smini_catalogue *catalogue, char *reason);

#ifdef __cplusplus
}
#endif

#endif
