/* SPDX-License-Identifier: BSD-2-Clause */
/* The only file that knows Hyperscan's compiler. */
#include <hs_compile.h>

#include "match/cache_hs.h"
#include "match/limits.h"
#include "match/scan_hs.h"
#include "smin/status.h"

struct expressions {
    char *text; /* every literal as \xHH..., each ended by NUL */
    size_t text_size;
    const char **list;
    unsigned *flags;
    unsigned *ids;
    uint32_t count; /* patterns that are everywhere are left out */
};

static void release(struct smini_alloc *alloc, struct expressions *made, uint32_t count)
{
    smini_alloc_free(alloc, made->text, made->text_size);
    smini_alloc_free(alloc, made->list, count * sizeof(made->list[0]));
    smini_alloc_free(alloc, made->flags, count * sizeof(made->flags[0]));
    smini_alloc_free(alloc, made->ids, count * sizeof(made->ids[0]));
}

/* As expressions and not through hs_compile_lit: Hyperscan 5.4 refuses literals there that begin with a NUL byte, and
 * three of them begin every message. */
static char *write_expression(char *to, struct smini_span bytes)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.length; i++) {
        *to++ = '\\';
        *to++ = 'x';
        *to++ = digits[bytes.bytes[i] >> 4];
        *to++ = digits[bytes.bytes[i] & 15];
    }
    *to++ = 0;
    return to;
}

static bool make_room(const struct smini_scanner *scanner, struct expressions *made)
{
    struct smini_alloc *alloc = scanner->alloc;
    for (uint32_t i = 0; i < scanner->count; i++)
        made->text_size += 4 * scanner->patterns[i].literal.bytes.length + 1;
    made->text = smini_alloc_get(alloc, made->text_size);
    made->list = smini_alloc_array(alloc, scanner->count, sizeof(made->list[0]));
    made->flags = smini_alloc_array(alloc, scanner->count, sizeof(made->flags[0]));
    made->ids = smini_alloc_array(alloc, scanner->count, sizeof(made->ids[0]));
    return made->text && made->list && made->flags && made->ids;
}

static void write_all(const struct smini_scanner *scanner, struct expressions *made)
{
    char *at = made->text;
    made->count = 0;
    for (uint32_t i = 0; i < scanner->count; i++) {
        const struct smini_pattern *pattern = &scanner->patterns[i];
        if (pattern->everywhere)
            continue;
        /* once is enough to look closer; a literal on streams has to be told in every piece */
        unsigned once = scanner->streaming && !pattern->expression ? 0 : HS_FLAG_SINGLEMATCH;
        made->list[made->count] = pattern->expression ? pattern->expression : at;
        if (!pattern->expression)
            at = write_expression(at, pattern->literal.bytes);
        made->ids[made->count] = i;
        made->flags[made->count++] =
            once | (pattern->expression ? HS_FLAG_DOTALL : pattern->literal.nocase ? HS_FLAG_CASELESS : 0u);
    }
}

/* Hyperscan cannot take an expression: the one it names, or every one when it named too many. */
static bool give_up_on(struct smini_scanner *scanner, const struct expressions *made, int named, uint32_t attempt)
{
    bool changed = false;
    for (uint32_t i = 0; i < made->count; i++) {
        struct smini_pattern *pattern = &scanner->patterns[made->ids[i]];
        bool blamed = named < 0 || attempt >= SMINI_MATCH_REFUSED_EXPRESSIONS || (uint32_t)named == i;
        if (pattern->expression && blamed)
            pattern->everywhere = changed = true;
    }
    return changed;
}

/* SMIN_DONE: try again without the expressions that could not be taken. */
static int32_t compile(struct smini_scanner *scanner, const struct expressions *made, uint32_t attempt)
{
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    unsigned mode = scanner->streaming ? HS_MODE_STREAM : HS_MODE_BLOCK;
    hs_error_t result = hs_compile_multi(made->list, made->flags, made->ids, made->count, mode, NULL, &database, &error);
    int named = error ? error->expression : -1;
    if (error)
        hs_free_compile_error(error);
    scanner->fast = database;
    if (result == HS_SUCCESS)
        return SMIN_OK;
    if (result == HS_NOMEM)
        return SMIN_E_NOMEM;
    return give_up_on(scanner, made, named, attempt) ? SMIN_DONE : SMIN_E_INTERNAL;
}

int32_t smini_compile_hs_build(struct smini_scanner *scanner, const struct smini_match_host *host)
{
    struct expressions made = {.text = NULL};
    if (smini_cache_hs_load(scanner, host))
        return SMIN_OK;
    smini_match_progress(host, "compiling patterns", 0, scanner->count);
    int32_t status = make_room(scanner, &made) ? SMIN_DONE : SMIN_E_NOMEM;
    for (uint32_t attempt = 0; status == SMIN_DONE; attempt++) {
        write_all(scanner, &made);
        status = made.count ? compile(scanner, &made, attempt) : SMIN_OK;
    }
    release(scanner->alloc, &made, scanner->count);
    smini_match_progress(host, "compiling patterns", scanner->count, scanner->count);
    if (status == SMIN_OK)
        smini_cache_hs_store(scanner, host);
    return status;
}

void smini_compile_hs_free(void *database)
{
    hs_free_database(database);
}
