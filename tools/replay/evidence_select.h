/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which packets of a capture belong to wanted flows, and what is to be said
 * beside them. Told by the same pump that found the incidents, in a second
 * pass: ids of flows come out the same. Kept: eight bytes for each packet of a
 * wanted flow, nothing for any other.
 */
#ifndef SMINI_TOOL_EVIDENCE_SELECT_H
#define SMINI_TOOL_EVIDENCE_SELECT_H

#include "base/bytebuf.h"
#include "rows.h"
#include "tool.h"

enum {
    /* Packets of wanted flows in one capture: half a GiB of memory, some tens of GB of transfers. */
    SMINI_EVIDENCE_PACKETS_MAX = 1 << 26,
    /* Notes of one capture; what is beyond says nothing beside its packet, the records do. */
    SMINI_EVIDENCE_NOTES_MAX = 1 << 20,
    SMINI_EVIDENCE_NOTE_BYTES = 64 << 20
};

/* A row: the number of the packet above, an index into the wanted flows below. Sorts in the order of the capture. */
enum { SMINI_MEMBER_FLOW_BITS = 23 };

struct smini_evidence_note {
    uint64_t packet;
    uint32_t flow; /* index into the wanted flows */
    uint32_t length;
    uint64_t offset; /* in the texts */
};

/* What was selected of one capture: a file, or a member of an archive. */
struct smini_selection {
    struct smini_rows packets; /* uint64_t */
    struct smini_rows notes;   /* struct smini_evidence_note, by packet, then as they were told */
    struct smini_bytebuf texts;
    uint32_t member; /* counts from 0 in the file */
};

struct smini_selections {
    struct smini_alloc *alloc;
    const struct smini_rows *wanted;
    struct smini_rows list; /* struct smini_selection, by member */
    uint64_t left_out;      /* packets and notes beyond the limits, or without memory */
};

/* The second pass over one file. SMIN_OK, or what made it impossible. */
int32_t smini_selections_make(struct smini_selections *selections, struct smini_engine *engine,
                              const struct smini_run_options *options, const struct smini_input_file *input);
void smini_selections_free(struct smini_selections *selections);

#endif
