/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The engine does not tell a keyword's functions which keyword they are called for, and the names are known only when
 * an inspector is there. So every keyword gets functions of its own out of a fixed stock, which pass their number on.
 */
#ifndef SMINI_SURICATA_KEYWORD_SLOT_H
#define SMINI_SURICATA_KEYWORD_SLOT_H

#include "suricata8/engine_api.h"

/* Inspectors have some thirty fields. More than this are told of when they are registered. */
#define SMINI_SURICATA_KEYWORDS 128u

struct smini_suricata_keyword_functions {
    int (*set_up)(struct smini_engine_detect *detect, struct smini_engine_signature *signature, const char *text);
    smini_engine_get_buffer get;
    smini_engine_get_buffers get_many;
};

extern const struct smini_suricata_keyword_functions smini_suricata_keyword_functions[SMINI_SURICATA_KEYWORDS];

/* What they call, in keyword.c. `text`: NULL where the keyword takes none. */
int smini_suricata_keyword_set_up(uint32_t slot, struct smini_engine_detect *detect,
                                  struct smini_engine_signature *signature, const char *text);
/* The value number `index` of the field, in the transaction; false behind the last one. */
bool smini_suricata_keyword_get(uint32_t slot, const void *transaction, uint32_t index, const uint8_t **bytes,
                                uint32_t *length);

#endif
