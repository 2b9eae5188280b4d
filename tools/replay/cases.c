/* SPDX-License-Identifier: BSD-2-Clause */
/* The regression corpus: every case through the same run as a user's capture, its records compared exactly. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "case_conf.h"

enum { DEPTH_MAX = 8, CASES_MAX = 100000, LINE_SHOWN = 400 };

/* Most cases share their rules: an engine is made once for each kind. */
struct corpus {
    const struct smini_tool_options *options;
    const struct smini_tool_builtin *builtin;
    struct smini_alloc *alloc;
    struct smini_case_list cases;
    struct smini_engine engines[2]; /* built-in rules, no rules */
    bool started[2];
};

/* --- finding the cases --- */

static int32_t add_case(struct corpus *corpus, const char *folder)
{
    struct smini_case_list *list = &corpus->cases;
    if (list->count >= CASES_MAX)
        return SMIN_E_LIMIT;
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : 64;
        struct smini_case *items = smini_alloc_grow(corpus->alloc, list->items, list->capacity * sizeof(*items),
                                                    capacity * sizeof(*items));
        if (!items)
            return SMIN_E_NOMEM;
        list->items = items;
        list->capacity = capacity;
    }
    char *copy = smini_alloc_get(corpus->alloc, strlen(folder) + 1);
    if (!copy)
        return SMIN_E_NOMEM;
    strcpy(copy, folder);
    size_t skip = strlen(corpus->options->corpus);
    while (copy[skip] == '/')
        skip++;
    struct smini_case *one = &list->items[list->count++];
    memset(one, 0, sizeof(*one));
    one->folder = copy;
    one->name = copy[skip] ? copy + skip : copy;
    one->clean = strncmp(one->name, "clean/", 6) == 0 || strstr(folder, "/clean/") != NULL;
    return SMIN_OK;
}

static int32_t find_cases(struct corpus *corpus, const char *folder, unsigned depth)
{
    DIR *open_folder = opendir(folder);
    if (!open_folder) {
        fprintf(stderr, "smin-replay: %s: %s\n", folder, strerror(errno));
        return SMIN_E_IO;
    }
    int32_t status = SMIN_OK;
    for (struct dirent *entry = readdir(open_folder); entry && status == SMIN_OK; entry = readdir(open_folder)) {
        char path[SMINI_CASE_PATH_MAX];
        struct stat about;
        if (entry->d_name[0] == '.' ||
            snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name) >= (int)sizeof(path))
            continue;
        if (strcmp(entry->d_name, "case.conf") == 0)
            status = add_case(corpus, folder);
        else if (lstat(path, &about) == 0 && S_ISDIR(about.st_mode) && depth < DEPTH_MAX)
            status = find_cases(corpus, path, depth + 1);
    }
    closedir(open_folder);
    return status;
}

static int by_name(const void *a, const void *b)
{
    const struct smini_case *one = a, *two = b;
    return strcmp(one->name, two->name);
}

/* --- one case --- */

static int collect(void *user, const uint8_t *bytes, size_t length)
{
    return smini_bytebuf_add(user, smini_span_make(bytes, length)) == SMIN_OK ? 0 : ENOMEM;
}

static bool fail(struct smini_case *one, const char *text)
{
    size_t length = strlen(one->says);
    snprintf(one->says + length, sizeof(one->says) - length, "%s%s", length ? "\n" : "", text);
    return false;
}

static struct smini_span next_line(struct smini_span *rest)
{
    size_t end = smini_span_find(*rest, '\n');
    struct smini_span line = smini_span_part(*rest, 0, end);
    *rest = smini_span_part(*rest, end + 1, SIZE_MAX);
    return line;
}

/* The first line that differs says most; what follows is often its consequence. */
static bool compare(struct smini_case *one, struct smini_span expected, struct smini_span given)
{
    unsigned number = 0;
    if (smini_span_equal(expected, given))
        return true;
    while (expected.length > 0 || given.length > 0) {
        struct smini_span want = next_line(&expected), have = next_line(&given);
        number++;
        if (smini_span_equal(want, have))
            continue;
        char text[2 * LINE_SHOWN + 100];
        int wanted = (int)(want.length < LINE_SHOWN ? want.length : LINE_SHOWN);
        int had = (int)(have.length < LINE_SHOWN ? have.length : LINE_SHOWN);
        snprintf(text, sizeof(text), "expect.jsonl line %u\n- %.*s\n+ %.*s", number, wanted,
                 wanted ? (const char *)want.bytes : "", had, had ? (const char *)have.bytes : "");
        return fail(one, text);
    }
    return fail(one, "expect.jsonl differs at its end");
}

/* Traffic of others: nothing may be claimed about it. */
static bool stays_silent(struct smini_case *one, const struct smini_batch_result *result)
{
    bool silent = true;
    if (result->tally.alerts > 0)
        silent = fail(one, "an alert on clean traffic");
    if (smini_incident_get(result->incidents, 0))
        silent = fail(one, "an incident on clean traffic");
    const struct smini_device *device;
    for (uint32_t i = 0; (device = smini_incident_device(result->incidents, i)); i++)
        if (device->state == SMINI_STATE_ENABLED || device->role != SMINI_ROLE_UNKNOWN)
            silent = fail(one, "a device is claimed on clean traffic");
    return silent;
}

static bool write_expected(struct smini_case *one, struct smini_span given)
{
    char path[SMINI_CASE_PATH_MAX];
    if (snprintf(path, sizeof(path), "%s/expect.jsonl", one->folder) >= (int)sizeof(path))
        return fail(one, "its path is too long");
    FILE *out = fopen(path, "wbe");
    bool written = out && fwrite(given.bytes ? given.bytes : (const uint8_t *)"", 1, given.length, out) == given.length;
    if (out && fclose(out) != 0)
        written = false;
    return written ? true : fail(one, strerror(errno));
}

static bool judge(struct corpus *corpus, struct smini_case *one, struct smini_span given)
{
    struct smini_bytebuf expected;
    smini_bytebuf_init(&expected, corpus->alloc, SMINI_CASE_FILE_MAX);
    int32_t status = smini_case_file(one, "expect.jsonl", &expected);
    bool equal = status == SMIN_OK && smini_span_equal(smini_bytebuf_span(&expected), given), passed;
    if (corpus->options->update_expected && !equal)
        passed = write_expected(one, given);
    else if (status == SMIN_E_NOT_FOUND)
        passed = fail(one, "expect.jsonl is missing; --update-expected writes it");
    else if (status != SMIN_OK)
        passed = fail(one, smin_status_text(status));
    else
        passed = compare(one, smini_bytebuf_span(&expected), given);
    smini_bytebuf_free(&expected);
    return passed;
}

static bool replay_case(struct corpus *corpus, struct smini_case *one, struct smini_engine *engine,
                        const struct smini_tool_options *options)
{
    struct smini_batch_options batch;
    struct smini_batch_result result;
    struct smini_bytebuf given;
    size_t length = strlen(one->folder) + sizeof("/input.pcap");
    char *path = smini_alloc_get(corpus->alloc, length);
    if (!path)
        return fail(one, smin_status_text(SMIN_E_NOMEM));
    (void)snprintf(path, length, "%s/input.pcap", one->folder);
    struct smini_input_file file = {.path = path, .name = "input.pcap"};
    struct smini_inputs inputs = {.items = &file, .count = 1};
    smini_bytebuf_init(&given, corpus->alloc, SMINI_CASE_FILE_MAX);
    smini_tool_batch_options(&batch, options);
    batch.threads = 1;
    batch.records = true;
    batch.output.write = collect;
    batch.output.user = &given;
    bool passed = true;
    if (smini_batch_run(engine, &inputs, &batch, &result) != SMIN_OK)
        passed = fail(one, smin_status_text(result.status));
    else if (result.output_error)
        passed = fail(one, "more records than a case may give");
    if (passed) {
        passed = judge(corpus, one, smini_bytebuf_span(&given));
        passed = (one->clean ? stays_silent(one, &result) : true) && passed;
        if (one->memory_max && result.memory_peak > one->memory_max)
            passed = fail(one, "more memory than max-memory");
    }
    smini_batch_free(&result);
    smini_bytebuf_free(&given);
    smini_alloc_free(corpus->alloc, path, length);
    return passed;
}

/* --- its rules --- */

static struct smini_engine *shared_engine(struct corpus *corpus, enum smini_case_rules kind)
{
    static const struct smini_words no_variables = {0};
    struct smini_engine *engine = &corpus->engines[kind];
    if (corpus->started[kind])
        return engine;
    struct smini_engine_rules rules = {&corpus->builtin->rules, kind == SMINI_CASE_RULES_BUILTIN, &no_variables};
    if (smini_engine_load(engine, corpus->options, corpus->builtin, stderr) != SMIN_OK ||
        smini_engine_start(engine, &rules, stderr) != SMIN_OK) {
        smini_engine_free(engine);
        return NULL;
    }
    corpus->started[kind] = true;
    return engine;
}

static bool run_with_own_rules(struct corpus *corpus, struct smini_case *one, const struct smini_tool_options *options)
{
    struct smini_engine engine;
    struct smin_rule_text text = {0};
    char path[SMINI_CASE_PATH_MAX];
    snprintf(path, sizeof(path), "%s/rules", one->folder);
    bool from_file = one->rules == SMINI_CASE_RULES_FILE;
    if (from_file && smini_file_read(corpus->alloc, path, &text, stderr) != SMIN_OK)
        return fail(one, "its rules cannot be read");
    text.name = "rules"; /* the same on every machine */
    struct smini_engine_rules rules = {from_file ? &text : &corpus->builtin->rules,
                                       one->rules != SMINI_CASE_RULES_NONE, &options->variables};
    bool passed = false;
    int32_t status = smini_engine_load(&engine, corpus->options, corpus->builtin, stderr);
    engine.file_rules_bytes = options->limits.file_rules_bytes;
    if (status != SMIN_OK || smini_engine_start(&engine, &rules, stderr) != SMIN_OK)
        fail(one, "its rules cannot be used");
    else
        passed = replay_case(corpus, one, &engine, options);
    smini_engine_free(&engine);
    smini_file_free(corpus->alloc, &text);
    return passed;
}

static bool run_case(struct corpus *corpus, struct smini_case *one)
{
    struct smini_tool_options options;
    char program[] = "case";
    char *words[SMINI_CASE_WORDS_MAX + 2] = {program};
    if (!smini_case_read(one, corpus->alloc))
        return false;
    memcpy(words + 1, one->options, (size_t)one->option_count * sizeof(*words));
    smini_options_init(&options, corpus->alloc);
    bool passed = false;
    if (smini_options_parse_case(&options, one->option_count + 1, words, stderr) != SMIN_OK) {
        fail(one, "case.conf: these options cannot be used in a case");
    } else if (one->rules == SMINI_CASE_RULES_FILE || options.variables.count > 0 ||
               options.limits.file_rules_bytes != corpus->options->limits.file_rules_bytes) {
        passed = run_with_own_rules(corpus, one, &options);
    } else {
        struct smini_engine *engine = shared_engine(corpus, one->rules);
        passed = engine ? replay_case(corpus, one, engine, &options) : fail(one, "no engine for it");
    }
    smini_options_free(&options);
    return passed;
}

static int report(const struct corpus *corpus, FILE *junit)
{
    const struct smini_case_list *cases = &corpus->cases;
    int status = SMINI_EXIT_OK;
    for (uint32_t i = 0; i < cases->count; i++)
        if (!cases->items[i].passed)
            status = SMINI_EXIT_FINDING;
    if (corpus->options->tap)
        smini_case_report_tap(stdout, cases);
    else if (!corpus->options->quiet)
        smini_case_report_text(stdout, cases, corpus->options->verbose > 0);
    if (junit)
        smini_case_report_junit(junit, cases);
    if (fflush(stdout) != 0 || (junit && fclose(junit) != 0)) {
        fprintf(stderr, "smin-replay: %s\n", strerror(errno));
        return SMINI_EXIT_INTERNAL;
    }
    return status;
}

static void free_corpus(struct corpus *corpus)
{
    for (int i = 0; i < 2; i++)
        if (corpus->started[i])
            smini_engine_free(&corpus->engines[i]);
    for (uint32_t i = 0; i < corpus->cases.count; i++)
        smini_case_free(&corpus->cases.items[i], corpus->alloc);
    smini_alloc_free(corpus->alloc, corpus->cases.items, corpus->cases.capacity * sizeof(*corpus->cases.items));
}

int smini_cases_run(const struct smini_tool_options *options, const struct smini_tool_builtin *builtin)
{
    struct corpus corpus = {.options = options, .builtin = builtin, .alloc = options->alloc};
    FILE *junit = options->junit ? fopen(options->junit, "we") : NULL;
    if (options->junit && !junit) {
        fprintf(stderr, "smin-replay: %s: %s\n", options->junit, strerror(errno));
        return SMINI_EXIT_INTERNAL;
    }
    int status = SMINI_EXIT_USAGE;
    if (find_cases(&corpus, options->corpus, 0) == SMIN_OK && corpus.cases.count > 0) {
        qsort(corpus.cases.items, corpus.cases.count, sizeof(*corpus.cases.items), by_name);
        for (uint32_t i = 0; i < corpus.cases.count; i++)
            corpus.cases.items[i].passed = run_case(&corpus, &corpus.cases.items[i]);
        status = report(&corpus, junit);
        junit = NULL;
    } else {
        fprintf(stderr, "smin-replay: no cases below %s\n", options->corpus);
    }
    if (junit)
        fclose(junit);
    free_corpus(&corpus);
    return status;
}
