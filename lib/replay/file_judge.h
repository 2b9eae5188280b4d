/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules on files: the beginning of a file is kept until the inspectors that have such rules judged it, once. */
#ifndef SMINI_FILE_JUDGE_H
#define SMINI_FILE_JUDGE_H

#include "replay/pump.h"

/* What is kept of a file for them. */
struct smini_file_beginning {
    uint8_t *bytes;
    uint32_t length, room;
    bool due;     /* not judged yet */
    bool missing; /* its very first bytes are */
};

/* A file, as far as judging it needs to know. */
struct smini_file_judged {
    struct smini_run *run;
    struct smini_flow *flow;
    struct smini_file_beginning *beginning;
    const struct smini_file_view *view;
    struct smin_file_handle *handle;
    bool told;          /* it will be, whatever rules say */
    uint16_t inspector; /* that hands it over */
};

/* Asks the inspector whether it has rules on files; when a run is made. */
void smini_file_judge_wishes(struct smini_run *run, uint32_t index);

/* A file begins. */
void smini_file_judge_begin(const struct smini_run *run, struct smini_file_beginning *beginning);
/* The next bytes of it. Judged when there are more than rules want. */
void smini_file_judge_data(const struct smini_file_judged *file, const uint8_t *bytes, size_t length);
/* Bytes are missing: what came before them is all that rules see. */
void smini_file_judge_gap(const struct smini_file_judged *file);
/* The file ended as SMIN_FILE_* says; judged if it was not, and what was kept of it is given back. */
void smini_file_judge_end(const struct smini_file_judged *file, uint32_t state);

/* What an inspector says about a file that it judges. */
void smini_file_judge_output(struct smini_flow_reading *reading, const struct smin_output *output);

#endif
