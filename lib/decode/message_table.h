/* SPDX-License-Identifier: BSD-2-Clause */
/* One row per (from, type): what it is called, how long it is, who reads its body. */
#ifndef SMINI_DECODE_MESSAGE_TABLE_H
#define SMINI_DECODE_MESSAGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct smini_view;

/* Known body lengths, both ends included. */
struct smini_length_range {
    uint32_t least;
    uint32_t most;
};

enum { SMINI_LENGTH_RANGES = 3 };

struct smini_message_row {
    uint32_t id; /* SMINI_MESSAGE_* */
    uint32_t from;
    uint32_t type;
    uint32_t direction; /* SMIN_TO_SERVER, ... */
    uint32_t smallest;  /* body of a well-formed one */
    const char *name;
    uint32_t name_length;
    uint32_t exact_ranges;                                /* how many of `lengths` are right; the others are mistakes of tools */
    uint32_t ranges;                                      /* how many of `lengths` are used */
    struct smini_length_range lengths[SMINI_LENGTH_RANGES];
    void (*decode)(struct smini_view *view); /* fields and events of the body */
};

enum { SMINI_ROLES = 5, SMINI_TYPES = 11 };

extern const struct smini_message_row *const smini_message_rows[SMINI_ROLES][SMINI_TYPES];

/* NULL when the pair is not known. */
static inline const struct smini_message_row *smini_message_row_find(uint32_t from, uint32_t type)
{
    return from < SMINI_ROLES && type < SMINI_TYPES ? smini_message_rows[from][type] : NULL;
}

/* The row for everything else. */
const struct smini_message_row *smini_message_row_unknown(void);

/* True when a well-formed message of this kind can have this length; with `tools`, also when a known tool gets it wrong so. */
bool smini_message_length_known(const struct smini_message_row *row, uint32_t length, bool tools);

/*
 * As above when only the first `known` bytes (0 to 4) of the length word are
 * there, as the number `high`: can the rest make it a known length?
 */
bool smini_message_length_possible(const struct smini_message_row *row, uint32_t high, unsigned known, bool tools);

/* Readers of bodies, one per file message_*.c. */
void smini_message_image_decode(struct smini_view *view);
void smini_message_config_decode(struct smini_view *view);
void smini_message_execute_decode(struct smini_view *view);
void smini_message_discovery_decode(struct smini_view *view);
void smini_message_capabilities_request_decode(struct smini_view *view);
void smini_message_capabilities_response_decode(struct smini_view *view);
void smini_message_status_decode(struct smini_view *view);
void smini_message_backup_request_decode(struct smini_view *view);
void smini_message_backup_trailer_decode(struct smini_view *view);
void smini_message_backup_done_decode(struct smini_view *view);
void smini_message_backup_response_decode(struct smini_view *view);
void smini_message_backup_record_decode(struct smini_view *view);
void smini_message_unknown_decode(struct smini_view *view);

#endif
