/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of smin-replay, from one table. */
#ifndef SMINI_TOOL_OPTIONS_H
#define SMINI_TOOL_OPTIONS_H

#include <stdio.h>

#include "incident/incident.h"
#include "limits.h"
#include "inject_pace.h"
#include "smin/abi_ext.h"

enum {
    SMINI_EXIT_OK = 0,
    SMINI_EXIT_FINDING = 1,
    SMINI_EXIT_USAGE = 2,
    SMINI_EXIT_INCOMPLETE = 3,
    SMINI_EXIT_INTERNAL = 4
};

enum smini_when { SMINI_AUTO, SMINI_ALWAYS, SMINI_NEVER };

/* More arguments than that come from a mistake (or belong into a file or a folder). */
enum { SMINI_WORDS_MAX = 65536, SMINI_THREADS_MAX = 256 };

struct smini_words {
    const char **items;
    uint32_t count, capacity;
};

struct smini_networks {
    struct smini_incident_network *items;
    uint32_t count, capacity;
};

struct smini_tool_options {
    struct smini_alloc *alloc;
    struct smini_words captures;   /* operands and -r */
    struct smini_words rules;      /* -S and -s, in order */
    struct smini_words plugins;
    struct smini_words variables;  /* "NAME=VALUE"; HOME_NET of --home-net is in here */
    struct smini_words owned;      /* texts made here, to be freed */
    struct smini_networks directors, file_servers;
    struct smini_tool_limits limits;
    const char *log_dir, *case_dir, *eve, *corpus, *junit, *rule_cache, *rule_profile;
    const char *inject;      /* name of the interface; NULL: captures are read */
    struct smini_rate rate;
    const char *not_injecting; /* first option that has no effect on injecting; NULL: none */
    uint32_t threads;
    int overlap, checksum;  /* SMINI_OVERLAP_*, SMINI_CHECKSUM_* */
    int to_dialect;         /* SMIN_DIALECT_* */
    int fail_on;            /* SMIN_SEVERITY_*, or -1 */
    int verbose;
    enum smini_when progress, color;
    bool rules_only, rules_strict, no_builtin, test, dump_rules, tap, update_expected, no_sandbox, quiet;
    bool rate_given, show_version, show_help;
};

void smini_options_init(struct smini_tool_options *options, struct smini_alloc *alloc);
void smini_options_free(struct smini_tool_options *options);

/*
 * Reads a command line; texts in it are borrowed. SMIN_OK; SMIN_E_MISUSE: said
 * on `errors`; SMIN_E_NOMEM. Keeps the order of argv.
 */
int32_t smini_options_parse(struct smini_tool_options *options, int argc, char **argv, FILE *errors);

/* As above for the options of a regression case: only those that change what is found. */
int32_t smini_options_parse_case(struct smini_tool_options *options, int argc, char **argv, FILE *errors);

void smini_options_help(FILE *out);

#endif
