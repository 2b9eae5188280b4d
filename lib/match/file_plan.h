/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules judged on files, and the patterns by which they are found in a
 * file's beginning and in its name. Internal to lib/match.
 */
#ifndef SMINI_MATCH_FILE_PLAN_H
#define SMINI_MATCH_FILE_PLAN_H

#include "match/plan.h"

enum smini_file_buffer { SMINI_FILE_IN_DATA, SMINI_FILE_IN_NAME, SMINI_FILE_BUFFERS };

struct smini_file_rule {
    uint32_t rule; /* among the database's rules */
    bool has_pattern;
    bool any_header;
    bool wants_data;
    enum smini_file_buffer buffer; /* in which the pattern is looked for */
};

struct smini_file_plan {
    struct smini_file_rule *rules; /* in the order of the rules */
    uint32_t count;
    uint32_t *outright; /* those without a pattern, as indexes into `rules` */
    uint32_t outright_count;
    bool wants_data; /* some rule looks at the contents */
    struct smini_plan_buffer buffers[SMINI_FILE_BUFFERS]; /* pattern_rule is an index into `rules` */
};

/* SMIN_OK, SMIN_E_NOMEM, SMIN_E_INTERNAL. What was made before a failure is freed by smini_file_plan_free. */
int32_t smini_file_plan_build(struct smini_database *database);
int32_t smini_file_plan_prepare(const struct smini_database *database, struct smini_scan_scratch *scratch);
void smini_file_plan_free(struct smini_database *database);

#endif
