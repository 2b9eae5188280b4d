/* SPDX-License-Identifier: BSD-2-Clause */
/* The only file that knows Hyperscan's compiler. */
#include <hs_compile.h>

#include "match/scan_hs.h"
#include "smin/status.h"

struct expressions {
    char *text; /* every literal as \xHH..., each ended by NUL */
    size_t text_size;
    const char **list;
    unsigned *flags;
    unsigned *ids;
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

static bool write_all(const struct smini_scanner *scanner, struct expressions *made)
{
    struct smini_alloc *alloc = scanner->alloc;
    for (uint32_t i = 0; i < scanner->count; i++)
        made->text_size += 4 * scanner->literals[i].bytes.length + 1;
    made->text = smini_alloc_get(alloc, made->text_size);
    made->list = smini_alloc_array(alloc, scanner->count, sizeof(made->list[0]));
    made->flags = smini_alloc_array(alloc, scanner->count, sizeof(made->flags[0]));
    made->ids = smini_alloc_array(alloc, scanner->count, sizeof(made->ids[0]));
    if (!made->text || !made->list || !made->flags || !made->ids)
        return false;
    char *at = made->text;
    for (uint32_t i = 0; i < scanner->count; i++) {
        made->list[i] = at;
        at = write_expression(at, scanner->literals[i].bytes);
        made->ids[i] = i;
        made->flags[i] = (scanner->literals[i].nocase ? HS_FLAG_CASELESS : 0u) |
                         (scanner->streaming ? 0u : HS_FLAG_SINGLEMATCH);
    }
    return true;
}

int32_t smini_compile_hs_build(struct smini_scanner *scanner)
{
    struct expressions made = {NULL, 0, NULL, NULL, NULL};
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    int32_t status = SMIN_E_NOMEM;
    if (write_all(scanner, &made)) {
        unsigned mode = scanner->streaming ? HS_MODE_STREAM : HS_MODE_BLOCK;
        hs_error_t result =
            hs_compile_multi(made.list, made.flags, made.ids, scanner->count, mode, NULL, &database, &error);
        status = result == HS_SUCCESS ? SMIN_OK : result == HS_NOMEM ? SMIN_E_NOMEM : SMIN_E_INTERNAL;
        if (error)
            hs_free_compile_error(error);
    }
    release(scanner->alloc, &made, scanner->count);
    scanner->fast = database;
    return status;
}

void smini_compile_hs_free(void *database)
{
    hs_free_database(database);
}
