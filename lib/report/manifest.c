/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/manifest.h"

#include <stdlib.h>

#include "smin/status.h"

void smini_manifest_init(struct smini_manifest *manifest, struct smini_alloc *alloc)
{
    memset(manifest, 0, sizeof(*manifest));
    manifest->alloc = alloc;
}

int32_t smini_manifest_add(struct smini_manifest *manifest, const char *name, const uint8_t digest[SMINI_SHA256_BYTES])
{
    if (manifest->count == manifest->capacity) {
        uint32_t capacity = manifest->capacity ? manifest->capacity * 2 : 16;
        struct smini_manifest_entry *entries =
            smini_alloc_grow(manifest->alloc, manifest->entries, manifest->capacity * sizeof(*entries),
                             capacity * sizeof(*entries));
        if (!entries)
            return SMIN_E_NOMEM;
        manifest->entries = entries;
        manifest->capacity = capacity;
    }
    size_t length = strlen(name) + 1;
    char *copy = smini_alloc_get(manifest->alloc, length);
    if (!copy)
        return SMIN_E_NOMEM;
    memcpy(copy, name, length);
    struct smini_manifest_entry *entry = &manifest->entries[manifest->count++];
    entry->name = copy;
    memcpy(entry->digest, digest, sizeof(entry->digest));
    return SMIN_OK;
}

static int by_name(const void *left, const void *right)
{
    const struct smini_manifest_entry *a = left, *b = right;
    return strcmp(a->name, b->name);
}

static void give_name(struct smini_manifest *manifest, struct smini_manifest_entry *entry)
{
    smini_alloc_free(manifest->alloc, entry->name, strlen(entry->name) + 1);
}

static void drop_doubles(struct smini_manifest *manifest)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < manifest->count; i++) {
        if (kept > 0 && strcmp(manifest->entries[kept - 1].name, manifest->entries[i].name) == 0)
            give_name(manifest, &manifest->entries[i]);
        else
            manifest->entries[kept++] = manifest->entries[i];
    }
    manifest->count = kept;
}

static const char *escape_of(char byte)
{
    switch (byte) {
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    default: return NULL;
    }
}

static int32_t put_name(struct smini_bytebuf *out, const char *name)
{
    int32_t status = SMIN_OK;
    for (; *name && status == SMIN_OK; name++) {
        const char *escape = escape_of(*name);
        status = smini_bytebuf_add(out, escape ? smini_span_text(escape) : smini_span_make(name, 1));
    }
    return status;
}

static int32_t put_line(struct smini_bytebuf *out, const struct smini_manifest_entry *entry)
{
    static const char digits[] = "0123456789abcdef";
    char head[1 + 2 * SMINI_SHA256_BYTES + 2];
    size_t length = 0;
    if (strpbrk(entry->name, "\\\n\r"))
        head[length++] = '\\';
    for (size_t i = 0; i < SMINI_SHA256_BYTES; i++) {
        head[length++] = digits[entry->digest[i] >> 4];
        head[length++] = digits[entry->digest[i] & 15];
    }
    head[length++] = ' ';
    head[length++] = ' ';
    int32_t status = smini_bytebuf_add(out, smini_span_make(head, length));
    if (status == SMIN_OK)
        status = put_name(out, entry->name);
    return status == SMIN_OK ? smini_bytebuf_add(out, smini_span_make("\n", 1)) : status;
}

int32_t smini_manifest_write(struct smini_manifest *manifest, struct smini_bytebuf *out)
{
    int32_t status = SMIN_OK;
    if (manifest->count > 1)
        qsort(manifest->entries, manifest->count, sizeof(*manifest->entries), by_name);
    drop_doubles(manifest);
    for (uint32_t i = 0; i < manifest->count && status == SMIN_OK; i++)
        status = put_line(out, &manifest->entries[i]);
    return status;
}

void smini_manifest_free(struct smini_manifest *manifest)
{
    for (uint32_t i = 0; i < manifest->count; i++)
        give_name(manifest, &manifest->entries[i]);
    smini_alloc_free(manifest->alloc, manifest->entries, manifest->capacity * sizeof(*manifest->entries));
    smini_manifest_init(manifest, manifest->alloc);
}
