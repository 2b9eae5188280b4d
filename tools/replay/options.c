/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include <getopt.h>
#include <stdlib.h>

#include "replay/run.h"

enum option_id {
    OPTION_FIRST = 256, /* above every letter */
#define SMINI_OPTION(id, letter, name, argument, help) OPTION_##id,
#include "options.def"
#undef SMINI_OPTION
};

static const struct row {
    enum option_id id;
    char letter;
    const char *name, *argument, *help;
} rows[] = {
#define SMINI_OPTION(id, letter, name, argument, help) {OPTION_##id, letter, name, argument, help},
#include "options.def"
#undef SMINI_OPTION
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

void smini_options_init(struct smini_tool_options *options, struct smini_alloc *alloc)
{
    memset(options, 0, sizeof(*options));
    options->alloc = alloc;
    options->threads = 1;
    options->overlap = SMINI_OVERLAP_BOTH;
    options->checksum = SMINI_CHECKSUM_REPORT;
    options->fail_on = -1;
    smini_limits_default(&options->limits);
}

static void free_words(struct smini_words *words, struct smini_alloc *alloc)
{
    smini_alloc_free(alloc, words->items, words->capacity * sizeof(*words->items));
}

void smini_options_free(struct smini_tool_options *options)
{
    for (uint32_t i = 0; i < options->owned.count; i++) {
        union {
            const char *given;
            void *ours;
        } text = {.given = options->owned.items[i]};
        smini_alloc_free(options->alloc, text.ours, strlen(text.given) + 1);
    }
    free_words(&options->captures, options->alloc);
    free_words(&options->rules, options->alloc);
    free_words(&options->plugins, options->alloc);
    free_words(&options->variables, options->alloc);
    free_words(&options->owned, options->alloc);
    smini_alloc_free(options->alloc, options->directors.items,
                     options->directors.capacity * sizeof(*options->directors.items));
    smini_alloc_free(options->alloc, options->file_servers.items,
                     options->file_servers.capacity * sizeof(*options->file_servers.items));
    memset(options, 0, sizeof(*options));
}

static int32_t add_word(struct smini_words *words, struct smini_alloc *alloc, const char *word)
{
    if (words->count >= SMINI_WORDS_MAX)
        return SMIN_E_MISUSE;
    if (words->count == words->capacity) {
        uint32_t capacity = words->capacity ? words->capacity * 2 : 8;
        const char **items = smini_alloc_grow(alloc, words->items, words->capacity * sizeof(*items),
                                              capacity * sizeof(*items));
        if (!items)
            return SMIN_E_NOMEM;
        words->items = items;
        words->capacity = capacity;
    }
    words->items[words->count++] = word;
    return SMIN_OK;
}

static int32_t add_network(struct smini_networks *networks, struct smini_alloc *alloc, struct smini_span text)
{
    if (networks->count == networks->capacity) {
        uint32_t capacity = networks->capacity ? networks->capacity * 2 : 8;
        struct smini_incident_network *items = smini_alloc_grow(
            alloc, networks->items, networks->capacity * sizeof(*items), capacity * sizeof(*items));
        if (!items)
            return SMIN_E_NOMEM;
        networks->items = items;
        networks->capacity = capacity;
    }
    if (smini_incident_parse_network(text, &networks->items[networks->count]) != SMIN_OK)
        return SMIN_E_MISUSE;
    networks->count++;
    return SMIN_OK;
}

static int32_t add_networks(struct smini_networks *networks, struct smini_alloc *alloc, const char *list)
{
    struct smini_span rest = smini_span_text(list);
    for (;;) {
        size_t comma = smini_span_find(rest, ',');
        int32_t status = add_network(networks, alloc, smini_span_part(rest, 0, comma));
        if (status != SMIN_OK || comma >= rest.length)
            return status;
        rest = smini_span_part(rest, comma + 1, SIZE_MAX);
        if (rest.length == 0)
            return SMIN_E_MISUSE;
    }
}

/* "a,b" becomes "HOME_NET=[a,b]". */
static int32_t add_home_net(struct smini_tool_options *options, const char *list)
{
    static const char head[] = "HOME_NET=[";
    size_t length = strlen(list);
    char *text = smini_alloc_get(options->alloc, sizeof(head) + length + 1);
    if (!text)
        return SMIN_E_NOMEM;
    memcpy(text, head, sizeof(head) - 1);
    memcpy(text + sizeof(head) - 1, list, length);
    text[sizeof(head) - 1 + length] = ']';
    int32_t status = add_word(&options->owned, options->alloc, text);
    if (status != SMIN_OK) {
        smini_alloc_free(options->alloc, text, sizeof(head) + length + 1);
        return status;
    }
    return add_word(&options->variables, options->alloc, text);
}

static int32_t add_variable(struct smini_tool_options *options, const char *text)
{
    const char *equals = strchr(text, '=');
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    if (!equals || equals == text || !equals[1] || strspn(text, letters) != (size_t)(equals - text))
        return SMIN_E_MISUSE;
    return add_word(&options->variables, options->alloc, text);
}

/* Position of `word` in a list ended by NULL, or -1. */
static int choose(const char *word, const char *const *choices)
{
    for (int i = 0; choices[i]; i++)
        if (strcmp(word, choices[i]) == 0)
            return i;
    return -1;
}

static int32_t take_choice(int *value, const char *word, const char *const *choices, int first)
{
    int chosen = choose(word, choices);
    if (chosen < 0)
        return SMIN_E_MISUSE;
    *value = first + chosen;
    return SMIN_OK;
}

static int32_t take_when(enum smini_when *when, const char *word)
{
    static const char *const choices[] = {"auto", "always", "never", NULL};
    int chosen = word ? choose(word, choices) : SMINI_ALWAYS;
    if (chosen < 0)
        return SMIN_E_MISUSE;
    *when = (enum smini_when)chosen;
    return SMIN_OK;
}

static int32_t taken(bool understood)
{
    return understood ? SMIN_OK : SMIN_E_MISUSE;
}

static int32_t take_flag(struct smini_tool_options *options, enum option_id id)
{
    switch (id) {
    case OPTION_JSON: options->eve = "-"; return SMIN_OK;
    case OPTION_NO_BUILTIN: options->no_builtin = true; return SMIN_OK;
    case OPTION_TEST: options->test = true; return SMIN_OK;
    case OPTION_RULES_STRICT: options->rules_strict = true; return SMIN_OK;
    case OPTION_DUMP_RULES: options->dump_rules = true; return SMIN_OK;
    case OPTION_TAP: options->tap = true; return SMIN_OK;
    case OPTION_UPDATE_EXPECTED: options->update_expected = true; return SMIN_OK;
    case OPTION_NO_SANDBOX: options->no_sandbox = true; return SMIN_OK;
    case OPTION_QUIET: options->quiet = true; return SMIN_OK;
    case OPTION_VERBOSE: options->verbose++; return SMIN_OK;
    case OPTION_VERSION: options->show_version = true; return SMIN_OK;
    case OPTION_HELP: options->show_help = true; return SMIN_OK;
    default: return SMIN_E_MISUSE;
    }
}

static int32_t take_option(struct smini_tool_options *options, enum option_id id, const char *argument)
{
    static const char *const overlaps[] = {"first", "last", "both", NULL};
    static const char *const checksums[] = {"all", "none", NULL};
    static const char *const dialects[] = {"suricata8", "snort3", NULL};
    static const char *const levels[] = {"info", "low", "medium", "high", "critical", NULL};
    switch (id) {
    case OPTION_READ: return add_word(&options->captures, options->alloc, argument);
    case OPTION_RULES_ONLY: options->rules_only = true; return add_word(&options->rules, options->alloc, argument);
    case OPTION_RULES: return add_word(&options->rules, options->alloc, argument);
    case OPTION_CASE: options->case_dir = argument; return SMIN_OK;
    case OPTION_LOG_DIR: options->log_dir = argument; return SMIN_OK;
    case OPTION_RULE_PROFILE: options->rule_profile = argument; return SMIN_OK;
    case OPTION_RULE_CACHE: options->rule_cache = argument; return SMIN_OK;
    case OPTION_EVE: options->eve = argument; return SMIN_OK;
    case OPTION_PLUGIN: return add_word(&options->plugins, options->alloc, argument);
    case OPTION_DIRECTOR: return add_networks(&options->directors, options->alloc, argument);
    case OPTION_FILE_SERVER: return add_networks(&options->file_servers, options->alloc, argument);
    case OPTION_HOME_NET: return add_home_net(options, argument);
    case OPTION_SET: return add_variable(options, argument);
    case OPTION_CHECKSUMS: return take_choice(&options->checksum, argument, checksums, SMINI_CHECKSUM_ALL);
    case OPTION_OVERLAP: return take_choice(&options->overlap, argument, overlaps, SMINI_OVERLAP_FIRST);
    case OPTION_THREADS: return taken(smini_limits_read_count(&options->threads, SMINI_THREADS_MAX, argument));
    case OPTION_STORE_LIMIT: return taken(smini_limits_read_store(&options->limits, argument));
    case OPTION_FILE_RULES_LIMIT: return taken(smini_limits_read_file_rules(&options->limits, argument));
    case OPTION_FAIL_ON: return take_choice(&options->fail_on, argument, levels, SMIN_SEVERITY_INFO);
    case OPTION_INJECT: options->inject = argument; return SMIN_OK;
    case OPTION_RATE: options->rate_given = true; return smini_rate_parse(argument, &options->rate);
    case OPTION_CORPUS: options->corpus = argument; return SMIN_OK;
    case OPTION_JUNIT: options->junit = argument; return SMIN_OK;
    case OPTION_TO_DIALECT:
        options->dump_rules = true;
        return take_choice(&options->to_dialect, argument, dialects, SMIN_DIALECT_SURICATA8);
    case OPTION_PROGRESS: return take_when(&options->progress, argument);
    case OPTION_COLOR: return take_when(&options->color, argument);
    default: return take_flag(options, id);
    }
}

static bool is_optional(enum option_id id)
{
    return id == OPTION_PROGRESS || id == OPTION_COLOR;
}

struct getopt_tables {
    struct option longs[ROWS + 1];
    char shorts[2 * ROWS + 2];
};

static void make_tables(struct getopt_tables *tables)
{
    size_t at = 0;
    memset(tables, 0, sizeof(*tables));
    tables->shorts[at++] = ':'; /* a missing argument is told from an unknown option */
    for (size_t i = 0; i < ROWS; i++) {
        tables->longs[i].name = rows[i].name;
        tables->longs[i].val = (int)rows[i].id;
        tables->longs[i].has_arg = !rows[i].argument         ? no_argument
                                   : is_optional(rows[i].id) ? optional_argument
                                                             : required_argument;
        if (!rows[i].letter)
            continue;
        tables->shorts[at++] = rows[i].letter;
        if (rows[i].argument)
            tables->shorts[at++] = ':';
    }
}

static const struct row *find_row(int code)
{
    for (size_t i = 0; i < ROWS; i++)
        if ((int)rows[i].id == code || (rows[i].letter && rows[i].letter == code))
            return &rows[i];
    return NULL;
}

static int32_t complain(FILE *errors, const char *text, const char *what)
{
    fprintf(errors, "smin-replay: %s%s; see smin-replay --help\n", text, what);
    return SMIN_E_MISUSE;
}

static bool case_may_use(enum option_id id)
{
    return id == OPTION_DIRECTOR || id == OPTION_FILE_SERVER || id == OPTION_HOME_NET || id == OPTION_SET ||
           id == OPTION_CHECKSUMS || id == OPTION_OVERLAP || id == OPTION_FILE_RULES_LIMIT;
}

static bool injecting_may_use(enum option_id id)
{
    return id == OPTION_READ || id == OPTION_INJECT || id == OPTION_RATE || id == OPTION_NO_SANDBOX ||
           id == OPTION_QUIET || id == OPTION_VERBOSE || id == OPTION_PROGRESS || id == OPTION_VERSION ||
           id == OPTION_HELP;
}

static int32_t parse(struct smini_tool_options *options, int argc, char **argv, bool is_case, FILE *errors)
{
    struct getopt_tables tables;
    make_tables(&tables);
    optind = 0; /* glibc: begin anew */
    opterr = 0;
    for (;;) {
        int at = optind ? optind : 1;
        int code = getopt_long(argc, argv, tables.shorts, tables.longs, NULL);
        if (code == -1)
            break;
        if (code == '?')
            return complain(errors, "unknown option ", at < argc ? argv[at] : "");
        if (code == ':')
            return complain(errors, "an argument is missing after ", at < argc ? argv[at] : "");
        const struct row *row = find_row(code);
        if (!row)
            return SMIN_E_INTERNAL;
        if (is_case && !case_may_use(row->id))
            return complain(errors, "no option for a regression case: --", row->name);
        if (!options->not_injecting && !injecting_may_use(row->id))
            options->not_injecting = row->name;
        int32_t status = take_option(options, row->id, optarg);
        if (status == SMIN_E_MISUSE) {
            fprintf(errors, "smin-replay: --%s takes %s, not '%s'; see smin-replay --help\n", row->name,
                    row->argument ? row->argument : "nothing", optarg ? optarg : "");
            return status;
        }
        if (status != SMIN_OK)
            return status;
    }
    for (; optind < argc; optind++) {
        int32_t status = is_case ? complain(errors, "no option: ", argv[optind])
                                 : add_word(&options->captures, options->alloc, argv[optind]);
        if (status != SMIN_OK)
            return status;
    }
    return SMIN_OK;
}

int32_t smini_options_parse_case(struct smini_tool_options *options, int argc, char **argv, FILE *errors)
{
    return parse(options, argc, argv, true, errors);
}

/* Combinations that would leave one of the two without effect are refused rather than passed over. */
static int32_t check_together(const struct smini_tool_options *options, FILE *errors)
{
    if (options->show_help || options->show_version)
        return SMIN_OK;
    if (options->inject && options->not_injecting)
        return complain(errors, "--inject sends packets and decodes nothing; it excludes --", options->not_injecting);
    if (options->rate_given && !options->inject)
        return complain(errors, "--rate goes with --inject", "");
    if (!options->corpus && (options->tap || options->junit || options->update_expected))
        return complain(errors, "--tap, --junit and --update-expected go with --corpus", "");
    if (options->corpus && (options->captures.count || options->eve || options->log_dir || options->case_dir ||
                            options->fail_on >= 0))
        return complain(errors, "--corpus takes no captures and writes no records", "");
    if (options->no_builtin && options->plugins.count == 0)
        return complain(errors, "--no-builtin needs a --plugin", "");
    if (options->eve && options->log_dir)
        return complain(errors, "--eve (or --json) and --log-dir exclude each other", "");
    if (!options->corpus && !options->test && !options->dump_rules && options->captures.count == 0)
        return complain(errors, "no capture given", "");
    return SMIN_OK;
}

int32_t smini_options_parse(struct smini_tool_options *options, int argc, char **argv, FILE *errors)
{
    int32_t status = parse(options, argc, argv, false, errors);
    return status == SMIN_OK ? check_together(options, errors) : status;
}

void smini_options_help(FILE *out)
{
    fputs("Usage: smin-replay [OPTION]... CAPTURE...\n"
          "Read network captures, tell what Cisco Smart Install (TCP 4786) was used for.\n"
          "CAPTURE is a file, a folder (searched), or - for standard input.\n\n",
          out);
    for (size_t i = 0; i < ROWS; i++) {
        char left[64];
        snprintf(left, sizeof(left), "%s--%s%s%s%s%s",
                 rows[i].letter ? (char[]){'-', rows[i].letter, ',', ' ', 0} : "    ", rows[i].name,
                 is_optional(rows[i].id) ? "[" : "", rows[i].argument ? "=" : "",
                 rows[i].argument ? rows[i].argument : "", is_optional(rows[i].id) ? "]" : "");
        if (strlen(left) > 30)
            fprintf(out, "  %s\n  %-30s  %s\n", left, "", rows[i].help);
        else
            fprintf(out, "  %-30s  %s\n", left, rows[i].help);
    }
    fputs("\nExit status:\n"
          "  0  done\n"
          "  1  a finding at or above --fail-on\n"
          "  2  wrong usage, a rule or a plugin that cannot be used\n"
          "  3  some input was missing, damaged or incomplete, or the output could not be\n"
          "     written to its end; the rest was reported\n"
          "  4  an error of the program or of the system\n",
          out);
}
