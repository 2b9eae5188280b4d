/* SPDX-License-Identifier: BSD-2-Clause */
/* From options to an engine: inspectors in a registry, rules read and compiled into instances. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/random.h>

#include "smin/version.h"
#include "tool.h"

static void *host_alloc(void *user, size_t size)
{
    struct smini_tool_memory *memory = &((struct smini_engine *)user)->memory;
    pthread_mutex_lock(&memory->lock);
    void *block = smini_alloc_get(&memory->alloc, size);
    pthread_mutex_unlock(&memory->lock);
    return block;
}

static void host_release(void *user, void *block, size_t size)
{
    struct smini_tool_memory *memory = &((struct smini_engine *)user)->memory;
    pthread_mutex_lock(&memory->lock);
    smini_alloc_free(&memory->alloc, block, size);
    pthread_mutex_unlock(&memory->lock);
}

static void host_trace(void *user, int32_t level, const char *text)
{
    const struct smini_engine *engine = user;
    if (engine->trace || level <= SMIN_TRACE_WARNING)
        fprintf(stderr, "smin-replay: %s\n", text);
}

static int32_t cache_load(void *user, const char *key, const uint8_t **bytes, uint64_t *length)
{
    return smini_rule_cache_load(&((struct smini_engine *)user)->cache, key, bytes, length);
}

static int32_t cache_store(void *user, const char *key, const uint8_t *bytes, uint64_t length)
{
    return smini_rule_cache_store(&((struct smini_engine *)user)->cache, key, bytes, length);
}

static void progress_step(void *user, const char *step, uint64_t done, uint64_t total)
{
    smini_compiling_step(((struct smini_engine *)user)->compiling, step, done, total);
}

static const void *host_extension(void *user, const char *id)
{
    static const struct smin_ext_cache cache = {
        .struct_size = sizeof(cache), .load = cache_load, .store = cache_store};
    static const struct smin_ext_progress progress = {.struct_size = sizeof(progress), .step = progress_step};
    const struct smini_engine *engine = user;
    if (strcmp(id, SMIN_EXT_PROGRESS) == 0)
        return &progress;
    if (strcmp(id, SMIN_EXT_CACHE) == 0)
        return engine->cache.folder >= 0 ? &cache : NULL;
    return smini_run_extension(id);
}

static int32_t load_plugins(struct smini_engine *engine, const struct smini_words *plugins, FILE *errors)
{
    char reason[SMIN_HOST_REASON_BYTES];
    for (uint32_t i = 0; i < plugins->count; i++) {
        int32_t status = smin_host_registry_load(engine->registry, plugins->items[i], reason);
        if (status != SMIN_OK) {
            fprintf(errors, "smin-replay: %s: %s\n", plugins->items[i], reason);
            return status;
        }
    }
    return SMIN_OK;
}

int32_t smini_engine_load(struct smini_engine *engine, const struct smini_tool_options *options,
                          const struct smini_tool_builtin *builtin, FILE *errors)
{
    char reason[SMIN_HOST_REASON_BYTES];
    memset(engine, 0, sizeof(*engine));
    pthread_mutex_init(&engine->memory.lock, NULL);
    smini_alloc_init(&engine->memory.alloc, 0);
    engine->trace = options->verbose > 0;
    engine->count_costs = options->rule_profile != NULL;
    engine->file_rules_bytes = options->limits.file_rules_bytes;
    engine->host.struct_size = sizeof(engine->host);
    engine->host.abi_major = SMIN_ABI_MAJOR;
    engine->host.abi_minor = SMIN_ABI_MINOR;
    engine->host.name = "smin-replay " SMIN_VERSION;
    engine->host.user = engine;
    engine->host.alloc = host_alloc;
    engine->host.release = host_release;
    engine->host.trace = host_trace;
    engine->host.on_output = smini_run_on_output;
    engine->host.extension = host_extension;
    smini_rule_cache_open(&engine->cache, options->rule_cache, errors);
    int32_t status = smin_host_registry_new(&engine->registry);
    for (uint32_t i = 0; status == SMIN_OK && !options->no_builtin && builtin->inspectors[i]; i++) {
        status = smin_host_registry_add(engine->registry, builtin->inspectors[i], reason);
        if (status != SMIN_OK)
            fprintf(errors, "smin-replay: built-in inspector: %s\n", reason);
    }
    if (status == SMIN_OK)
        status = load_plugins(engine, &options->plugins, errors);
    if (status == SMIN_OK && smin_host_registry_count(engine->registry) > SMINI_RECORD_INSPECTORS_MAX) {
        fprintf(errors, "smin-replay: more than %d inspectors\n", SMINI_RECORD_INSPECTORS_MAX);
        status = SMIN_E_LIMIT;
    }
    return status;
}

static const struct smin_ext_rules *rules_of(const struct smin_inspector *inspector)
{
    return inspector->extension ? inspector->extension(SMIN_EXT_RULES) : NULL;
}

/* "NAME=VALUE" into a pair; both become texts of their own. */
static int32_t split_variables(struct smini_alloc *alloc, const struct smini_words *words,
                               struct smin_setting *variables)
{
    for (uint32_t i = 0; i < words->count; i++) {
        size_t length = strlen(words->items[i]) + 1;
        char *copy = smini_alloc_get(alloc, length);
        if (!copy)
            return SMIN_E_NOMEM;
        memcpy(copy, words->items[i], length);
        char *equals = strchr(copy, '=');
        *equals = 0;
        variables[i].name = copy;
        variables[i].value = equals + 1;
    }
    return SMIN_OK;
}

static void free_variables(struct smini_alloc *alloc, const struct smini_words *words, struct smin_setting *variables)
{
    for (uint32_t i = 0; variables && i < words->count; i++) {
        union {
            const char *given;
            void *ours;
        } text = {.given = variables[i].name};
        if (text.ours)
            smini_alloc_free(alloc, text.ours, strlen(words->items[i]) + 1);
    }
    smini_alloc_free(alloc, variables, words->count * sizeof(*variables));
}

static void tell_diagnostics(const struct smin_ext_rules *rules, const struct smin_instance *instance, FILE *errors)
{
    uint32_t count = rules->diagnostic_count(instance);
    for (uint32_t i = 0; i < count; i++) {
        const struct smin_diagnostic *d = rules->diagnostic(instance, i);
        fprintf(errors, "%s:%u:%u: %s: %s%s%s\n", d->file, d->line, d->column,
                d->severity == SMIN_DIAGNOSTIC_ERROR ? "error" : "warning", d->option, *d->option ? ": " : "", d->text);
    }
}

static int32_t start_one(struct smini_engine *engine, const struct smin_inspector *inspector,
                         const struct smin_config *config, FILE *errors)
{
    const struct smin_ext_rules *rules = rules_of(inspector);
    char file_bytes[24];
    const struct smin_setting limit = {"limit.file_bytes", file_bytes}, counting = {"rule_profile", "on"};
    struct smin_setting settings[2];
    struct smin_config own = *config;
    struct smini_run_inspector *slot = &engine->inspectors[engine->inspector_count];
    if (!rules)
        own.rule_text_count = 0; /* it matches nothing */
    (void)snprintf(file_bytes, sizeof(file_bytes), "%" PRIu64, engine->file_rules_bytes);
    own.settings = settings;
    own.setting_count = 0;
    if (inspector->extension && inspector->extension(SMIN_EXT_FILE_RULES))
        settings[own.setting_count++] = limit;
    if (engine->count_costs)
        settings[own.setting_count++] = counting;
    int32_t status = inspector->instance_new(&engine->host, &own, &slot->instance);
    while (status == SMIN_E_NOT_FOUND && own.setting_count > 0) { /* it does not know one of them */
        own.setting_count--;
        status = inspector->instance_new(&engine->host, &own, &slot->instance);
    }
    if (status != SMIN_OK) {
        fprintf(errors, "smin-replay: inspector %s: %s\n", inspector->id, smin_status_text(status));
        return status;
    }
    slot->inspector = inspector;
    engine->tables[engine->inspector_count++] = inspector;
    if (rules) {
        engine->rules_honoured += rules->count(slot->instance);
        engine->rules_refused += rules->refused(slot->instance);
        tell_diagnostics(rules, slot->instance, errors);
    }
    return SMIN_OK;
}

int32_t smini_engine_start(struct smini_engine *engine, const struct smini_engine_rules *rules, FILE *errors)
{
    struct smini_alloc *alloc = &engine->memory.alloc;
    struct smin_setting *variables = NULL;
    struct smini_compiling compiling;
    int32_t status = SMIN_OK;
    engine->rules_honoured = engine->rules_refused = engine->inspector_count = 0;
    if (rules->variables->count > 0) {
        variables = smini_alloc_array(alloc, rules->variables->count, sizeof(*variables));
        status = variables ? split_variables(alloc, rules->variables, variables) : SMIN_E_NOMEM;
    }
    struct smin_config config = {.struct_size = sizeof(config),
                                 .rule_texts = rules->texts,
                                 .rule_text_count = rules->count,
                                 .variables = variables,
                                 .variable_count = rules->variables->count};
    smini_compiling_start(&compiling, stderr, engine->tell_compiling);
    engine->compiling = &compiling;
    for (uint32_t i = 0; status == SMIN_OK && i < smin_host_registry_count(engine->registry); i++)
        status = start_one(engine, smin_host_registry_get(engine->registry, i), &config, errors);
    smini_compiling_end(&compiling);
    engine->compiling = NULL;
    if (engine->trace && engine->cache.folder >= 0)
        fprintf(errors, "smin-replay: compiled rules: %lu read from the cache, %lu written to it\n",
                (unsigned long)engine->cache.read, (unsigned long)engine->cache.written);
    free_variables(alloc, rules->variables, variables);
    if (status != SMIN_OK)
        smini_engine_stop(engine);
    return status;
}

void smini_engine_stop(struct smini_engine *engine)
{
    for (uint32_t i = 0; i < engine->inspector_count; i++)
        engine->inspectors[i].inspector->instance_free(engine->inspectors[i].instance);
    engine->inspector_count = 0;
}

void smini_engine_free(struct smini_engine *engine)
{
    smini_engine_stop(engine);
    smini_rule_cache_close(&engine->cache);
    smin_host_registry_free(&engine->registry);
    pthread_mutex_destroy(&engine->memory.lock);
}

/* SMIN_E_LIMIT when the file is larger than any rule file. */
static int32_t read_whole(FILE *file, struct smini_alloc *alloc, struct smin_rule_text *text)
{
    size_t capacity = 1 << 16, length = 0, got;
    char *bytes = smini_alloc_get(alloc, capacity);
    while (bytes && (got = fread(bytes + length, 1, capacity - length, file)) > 0) {
        length += got;
        if (length < capacity)
            continue;
        bool limit = capacity >= SMINI_RULE_FILE_BYTES_MAX;
        char *bigger = limit ? NULL : smini_alloc_grow(alloc, bytes, capacity, capacity * 2);
        if (!bigger)
            smini_alloc_free(alloc, bytes, capacity);
        if (limit)
            return SMIN_E_LIMIT;
        bytes = bigger;
        capacity *= 2;
    }
    if (!bytes)
        return SMIN_E_NOMEM;
    /* Give it back by its length: what is freed must be what was asked for. */
    char *exact = smini_alloc_get(alloc, length + 1);
    if (exact)
        memcpy(exact, bytes, length);
    smini_alloc_free(alloc, bytes, capacity);
    text->text = exact;
    text->length = length;
    return exact ? SMIN_OK : SMIN_E_NOMEM;
}

int32_t smini_file_read(struct smini_alloc *alloc, const char *path, struct smin_rule_text *text, FILE *errors)
{
    memset(text, 0, sizeof(*text));
    text->name = path;
    FILE *file = fopen(path, "rbe");
    if (!file) {
        fprintf(errors, "smin-replay: %s: %s\n", path, strerror(errno));
        return SMIN_E_IO;
    }
    int32_t status = read_whole(file, alloc, text);
    int error = errno;
    if (status == SMIN_OK && ferror(file)) {
        smini_file_free(alloc, text);
        status = SMIN_E_IO;
        fprintf(errors, "smin-replay: %s: %s\n", path, strerror(error));
    } else if (status == SMIN_E_LIMIT) {
        fprintf(errors, "smin-replay: %s: larger than %d MiB, which no rule file is\n", path,
                SMINI_RULE_FILE_BYTES_MAX >> 20);
    } else if (status != SMIN_OK) {
        fprintf(errors, "smin-replay: %s: %s\n", path, smin_status_text(status));
    }
    fclose(file);
    return status;
}

void smini_file_free(struct smini_alloc *alloc, struct smin_rule_text *text)
{
    union {
        const char *given;
        void *ours;
    } bytes = {.given = text->text};
    if (bytes.ours)
        smini_alloc_free(alloc, bytes.ours, (size_t)text->length + 1);
    text->text = NULL;
}

int32_t smini_tool_read_rules(struct smini_alloc *alloc, const struct smini_tool_options *options,
                              const struct smini_tool_builtin *builtin, struct smin_rule_text **texts, uint32_t *count)
{
    uint32_t first = options->rules_only ? 0 : 1;
    *count = 0;
    *texts = smini_alloc_array(alloc, options->rules.count + 1, sizeof(**texts));
    if (!*texts)
        return SMIN_E_NOMEM;
    if (first)
        (*texts)[(*count)++] = builtin->rules;
    for (uint32_t i = 0; i < options->rules.count; i++) {
        int32_t status = smini_file_read(alloc, options->rules.items[i], &(*texts)[*count], stderr);
        if (status != SMIN_OK)
            return status;
        (*count)++;
    }
    return SMIN_OK;
}

void smini_tool_batch_options(struct smini_batch_options *batch, const struct smini_tool_options *options)
{
    memset(batch, 0, sizeof(*batch));
    smini_run_options_default(&batch->run);
    batch->run.overlap = options->overlap;
    batch->run.checksum = options->checksum;
    smini_incident_options_default(&batch->incident);
    batch->incident.directors = options->directors.items;
    batch->incident.director_count = options->directors.count;
    batch->incident.file_servers = options->file_servers.items;
    batch->incident.file_server_count = options->file_servers.count;
    batch->threads = options->threads;
    /* Only against crafted addresses; what is written does not depend on it. */
    if (getrandom(&batch->incident.seed, sizeof(batch->incident.seed), GRND_NONBLOCK) < 0)
        batch->incident.seed = 0;
}
