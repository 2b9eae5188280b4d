/* SPDX-License-Identifier: BSD-2-Clause */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "smin/status.h"

enum { FIRST_CAPACITY = 64 };

void smini_rows_init(struct smini_rows *rows, struct smini_alloc *alloc, size_t row, size_t limit)
{
    memset(rows, 0, sizeof(*rows));
    rows->alloc = alloc;
    rows->row = row;
    rows->limit = limit;
}

int32_t smini_rows_add(struct smini_rows *rows, const void *row)
{
    if (rows->count >= rows->limit)
        return SMIN_E_LIMIT;
    if (rows->count == rows->capacity) {
        size_t capacity = rows->capacity ? rows->capacity * 2 : FIRST_CAPACITY;
        uint8_t *bytes =
            smini_alloc_grow(rows->alloc, rows->bytes, rows->capacity * rows->row, capacity * rows->row);
        if (!bytes)
            return SMIN_E_NOMEM;
        rows->bytes = bytes;
        rows->capacity = capacity;
    }
    memcpy(smini_rows_at(rows, rows->count++), row, rows->row);
    return SMIN_OK;
}

void smini_rows_sort(struct smini_rows *rows, int (*compare)(const void *, const void *))
{
    size_t kept = 1;
    if (rows->count < 2)
        return;
    qsort(rows->bytes, rows->count, rows->row, compare);
    for (size_t i = 1; i < rows->count; i++) {
        if (compare(smini_rows_at(rows, kept - 1), smini_rows_at(rows, i)) == 0)
            continue;
        if (kept != i)
            memcpy(smini_rows_at(rows, kept), smini_rows_at(rows, i), rows->row);
        kept++;
    }
    rows->count = kept;
}

size_t smini_rows_lower(const struct smini_rows *rows, const void *wanted, int (*compare)(const void *, const void *))
{
    size_t from = 0, to = rows->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare(smini_rows_at(rows, middle), wanted) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void smini_rows_free(struct smini_rows *rows)
{
    smini_alloc_free(rows->alloc, rows->bytes, rows->capacity * rows->row);
    smini_rows_init(rows, rows->alloc, rows->row, rows->limit);
}
