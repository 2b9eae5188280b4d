/* SPDX-License-Identifier: BSD-2-Clause */
/* One regression case: its folder, its case.conf, what it is expected to give. */
#ifndef SMINI_CASE_CONF_H
#define SMINI_CASE_CONF_H

#include "base/bytebuf.h"
#include "tool.h"

enum {
    SMINI_CASE_FILE_MAX = 64 << 20, /* an expectation; a case shows one thing and stays far below */
    SMINI_CASE_CONF_MAX = 64 << 10,
    SMINI_CASE_PATH_MAX = 1024,
    SMINI_CASE_WORDS_MAX = 64,
    SMINI_CASE_SAYS_BYTES = 2048
};

enum smini_case_rules { SMINI_CASE_RULES_BUILTIN, SMINI_CASE_RULES_NONE, SMINI_CASE_RULES_FILE };

struct smini_case {
    char *folder;     /* path */
    const char *name; /* part of it, below the corpus: "good/probe" */
    bool clean;       /* of the class that must stay silent */
    enum smini_case_rules rules;
    uint64_t memory_max; /* bytes; 0: not limited */
    char *options[SMINI_CASE_WORDS_MAX + 1]; /* words after the program's name */
    int option_count;
    struct smini_bytebuf conf; /* what the words point into */
    bool passed;
    char says[SMINI_CASE_SAYS_BYTES]; /* why not */
};

/* Reads folder/case.conf. False: `says` tells why. */
bool smini_case_read(struct smini_case *one, struct smini_alloc *alloc);
void smini_case_free(struct smini_case *one, struct smini_alloc *alloc);

/* folder/file as a whole. SMIN_OK, SMIN_E_NOT_FOUND, SMIN_E_LIMIT, SMIN_E_NOMEM, SMIN_E_IO. */
int32_t smini_case_file(const struct smini_case *one, const char *file, struct smini_bytebuf *bytes);

/* --- case_report.c --- */
struct smini_case_list {
    struct smini_case *items;
    uint32_t count, capacity;
};
void smini_case_report_tap(FILE *out, const struct smini_case_list *cases);
void smini_case_report_text(FILE *out, const struct smini_case_list *cases, bool all);
void smini_case_report_junit(FILE *out, const struct smini_case_list *cases);

#endif
