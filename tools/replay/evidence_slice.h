/* SPDX-License-Identifier: BSD-2-Clause */
/* The slices of a case: for each incident the packets of its flows, as captured, with what is to be said beside them. */
#ifndef SMINI_TOOL_EVIDENCE_SLICE_H
#define SMINI_TOOL_EVIDENCE_SLICE_H

#include "evidence_folder.h"
#include "evidence_select.h"

enum {
    /* Written out when a slice has so much waiting, or all together. */
    SMINI_SLICE_PENDING = 64 << 10,
    SMINI_SLICES_PENDING = 32 << 20,
    /* A packet and the longest comment. */
    SMINI_SLICE_BLOCK_MAX = 4 << 20
};

struct smini_slice {
    struct smini_case_file file;
    struct smini_bytebuf pending;
    struct smini_rows interfaces; /* uint32_t: numbers in the capture, in the order of the section's */
    uint64_t packets;
    uint64_t bytes;
    bool section; /* the capture at hand has one here */
};

struct smini_slices {
    struct smini_alloc *alloc;
    struct smini_case_folder *folder;
    const struct smini_incident_set *incidents;
    const struct smini_rows *wanted;
    struct smini_slice *items; /* one per incident */
    uint32_t count;
    int width; /* digits of a number in a name */
    uint64_t pending;
    uint64_t lost; /* packets that were selected and could not be read again, or not be kept */
};

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_slices_init(struct smini_slices *slices, struct smini_alloc *alloc, struct smini_case_folder *folder,
                          const struct smini_incident_set *incidents, const struct smini_rows *wanted);

/* "incident-01", and that of the slice in it. */
void smini_slice_folder_name(const struct smini_slices *slices, uint32_t index, char name[SMINI_CASE_NAME_BYTES]);
void smini_slice_name(const struct smini_slices *slices, uint32_t index, char name[SMINI_CASE_NAME_BYTES]);

/* Reads the file once more and copies what was selected of it. */
void smini_slices_copy(struct smini_slices *slices, const struct smini_selections *selections,
                       const struct smini_capture_limits *limits, const struct smini_input_file *input);

/* Writes out what waits; the slices are whole. */
void smini_slices_end(struct smini_slices *slices);
void smini_slices_free(struct smini_slices *slices);

#endif
