/* SPDX-License-Identifier: BSD-2-Clause */
#include "case_conf.h"

#include <errno.h>

int32_t smini_case_file(const struct smini_case *one, const char *file, struct smini_bytebuf *bytes)
{
    char path[SMINI_CASE_PATH_MAX];
    if (snprintf(path, sizeof(path), "%s/%s", one->folder, file) >= (int)sizeof(path))
        return SMIN_E_LIMIT;
    FILE *in = fopen(path, "rbe");
    if (!in)
        return errno == ENOENT ? SMIN_E_NOT_FOUND : SMIN_E_IO;
    int32_t status = SMIN_OK;
    uint8_t chunk[1024];
    size_t got;
    while (status == SMIN_OK && (got = fread(chunk, 1, sizeof(chunk), in)) > 0)
        status = smini_bytebuf_add(bytes, smini_span_make(chunk, got));
    if (ferror(in))
        status = SMIN_E_IO;
    fclose(in);
    return status;
}

/* Keys that describe how a case was made are for other programs. */
static const char *const other_keys[] = {"purpose", "origin", "licence", "perturb", "damage", "seed", "checksums"};

static bool complain(struct smini_case *one, const char *text, const char *what)
{
    snprintf(one->says, sizeof(one->says), "case.conf: %s%s", text, what);
    return false;
}

static bool take_rules(struct smini_case *one, const char *value)
{
    static const char *const names[] = {"builtin", "none", "file"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            one->rules = (enum smini_case_rules)i;
            return true;
        }
    return complain(one, "rules is builtin, none or file, not ", value);
}

static bool take_options(struct smini_case *one, char *value)
{
    char *rest = value;
    for (char *word = strsep(&rest, " \t"); word; word = strsep(&rest, " \t")) {
        if (!*word)
            continue;
        if (one->option_count == SMINI_CASE_WORDS_MAX)
            return complain(one, "too many options", "");
        one->options[one->option_count++] = word;
    }
    return true;
}

static bool take_memory(struct smini_case *one, const char *value)
{
    char unit = 0;
    unsigned long long number = 0;
    int fields = sscanf(value, "%llu %c", &number, &unit);
    if (fields < 1 || number == 0 || number > 1000000 || (fields == 2 && unit != 'k' && unit != 'M'))
        return complain(one, "max-memory is a number with k or M, not ", value);
    one->memory_max = (uint64_t)number * (unit == 'M' ? 1000000U : unit == 'k' ? 1000U : 1U);
    return true;
}

static bool take_pair(struct smini_case *one, const char *key, char *value)
{
    if (strcmp(key, "rules") == 0)
        return take_rules(one, value);
    if (strcmp(key, "options") == 0)
        return take_options(one, value);
    if (strcmp(key, "max-memory") == 0)
        return take_memory(one, value);
    for (size_t i = 0; i < sizeof(other_keys) / sizeof(other_keys[0]); i++)
        if (strcmp(key, other_keys[i]) == 0)
            return true;
    return complain(one, "unknown key ", key);
}

static char *trimmed(char *text)
{
    text += strspn(text, " \t\r");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r", text[length - 1]))
        text[--length] = 0;
    return text;
}

/* Lines that begin with white space continue the value before them; only texts for people are that long. */
static bool take_line(struct smini_case *one, char *line)
{
    if (*line == 0 || *line == '#' || *line == ' ' || *line == '\t')
        return true;
    char *equals = strchr(line, '=');
    if (!equals)
        return complain(one, "no key = value: ", line);
    *equals = 0;
    return take_pair(one, trimmed(line), trimmed(equals + 1));
}

bool smini_case_read(struct smini_case *one, struct smini_alloc *alloc)
{
    smini_bytebuf_init(&one->conf, alloc, SMINI_CASE_CONF_MAX);
    int32_t status = smini_case_file(one, "case.conf", &one->conf);
    if (status == SMIN_OK)
        status = smini_bytebuf_add(&one->conf, smini_span_make("", 1));
    if (status != SMIN_OK)
        return complain(one, smin_status_text(status), "");
    if (strlen((const char *)one->conf.bytes) + 1 != one->conf.length)
        return complain(one, "holds a NUL", "");
    char *rest = (char *)one->conf.bytes;
    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n"))
        if (!take_line(one, line))
            return false;
    return true;
}

void smini_case_free(struct smini_case *one, struct smini_alloc *alloc)
{
    smini_bytebuf_free(&one->conf);
    smini_alloc_free(alloc, one->folder, strlen(one->folder) + 1);
}
