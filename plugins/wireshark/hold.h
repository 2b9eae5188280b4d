/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes of one direction that came before their turn. The copy that came first stands. */
#ifndef SMINI_WIRESHARK_HOLD_H
#define SMINI_WIRESHARK_HOLD_H

#include "wireshark/ws.h"

struct smini_ws_hold {
    GSequence *runs; /* NULL: nothing */
    uint32_t bytes;
};

struct smini_ws_run {
    uint64_t offset;
    uint32_t length;
    uint8_t bytes[];
};

/* Keeps a copy of what is not there yet. False: there is no room for it. */
bool smini_ws_hold_put(struct smini_ws_hold *hold, uint64_t offset, const uint8_t *bytes, uint32_t length);

/* The lowest run, or NULL; and one that goes on where the given one ends. Borrowed until it is dropped. */
const struct smini_ws_run *smini_ws_hold_first(const struct smini_ws_hold *hold);
const struct smini_ws_run *smini_ws_hold_at(const struct smini_ws_hold *hold, uint64_t offset);

void smini_ws_hold_drop_first(struct smini_ws_hold *hold);
void smini_ws_hold_clear(struct smini_ws_hold *hold);

#endif
