/* SPDX-License-Identifier: BSD-2-Clause */
/* Limits that the command line sets. */
#ifndef SMINI_TOOL_LIMITS_H
#define SMINI_TOOL_LIMITS_H

#include "base/span.h"

struct smini_tool_limits {
    uint64_t store_file_bytes;  /* of one file that is stored */
    uint64_t store_total_bytes; /* of all of them */
    uint64_t store_files;
    uint64_t file_rules_bytes;  /* of a file's beginning, for rules */
};

void smini_limits_default(struct smini_tool_limits *limits);

/* A number from 1 to `most`. */
bool smini_limits_read_count(uint32_t *count, uint32_t most, const char *text);
/* "file=256M,total=4G,count=1000", each of them once or not at all. False: it is none. */
bool smini_limits_read_store(struct smini_tool_limits *limits, const char *text);
/* A number of bytes that rules can look at. */
bool smini_limits_read_file_rules(struct smini_tool_limits *limits, const char *text);

#endif
