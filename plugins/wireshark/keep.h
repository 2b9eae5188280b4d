/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the inspector said, kept for as long as the capture file is open: Wireshark shows a frame as often as it likes
 * and in any order, the inspector speaks once.
 */
#ifndef SMINI_WIRESHARK_KEEP_H
#define SMINI_WIRESHARK_KEEP_H

#include "smin/abi.h"
#include "wireshark/ws.h"

struct smini_ws_link {
    uint32_t field;  /* place among the fields of the message */
    uint32_t frame;
    struct smini_ws_link *next;
};

/* One output, copied. */
struct smini_ws_kept {
    struct smini_ws_kept *next; /* in the same piece */
    struct smin_message message; /* its pointers lead to copies, its strides are those of our structs */
    uint32_t frame;              /* where it is shown */
    nstime_t time;
    struct smini_ws_kept *question, *answer;
    struct smini_ws_link *transfers; /* first frames of what its URLs caused */
};

/* A copy in memory that lives as long as the file. */
struct smini_ws_kept *smini_ws_keep(const struct smin_output *output);

/* Fields and events of a kept message. */
const struct smin_field *smini_ws_kept_field(const struct smini_ws_kept *kept, uint32_t index);
const struct smin_event *smini_ws_kept_event(const struct smini_ws_kept *kept, uint32_t index);

/* A text field as a string: what is no valid UTF-8, and a NUL, as \xHH. */
char *smini_ws_text(wmem_allocator_t *scope, const struct smin_field *field);

#endif
