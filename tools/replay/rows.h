/* SPDX-License-Identifier: BSD-2-Clause */
/* A growing table of rows of one size, with a limit. */
#ifndef SMINI_TOOL_ROWS_H
#define SMINI_TOOL_ROWS_H

#include "base/alloc.h"

struct smini_rows {
    struct smini_alloc *alloc;
    uint8_t *bytes;
    size_t row; /* bytes of one */
    size_t count, capacity;
    size_t limit;
};

void smini_rows_init(struct smini_rows *rows, struct smini_alloc *alloc, size_t row, size_t limit);

/* SMIN_OK; SMIN_E_LIMIT, SMIN_E_NOMEM: not added. */
int32_t smini_rows_add(struct smini_rows *rows, const void *row);

static inline void *smini_rows_at(const struct smini_rows *rows, size_t index)
{
    return rows->bytes + index * rows->row;
}

/* Of rows that compare equal one stays. */
void smini_rows_sort(struct smini_rows *rows, int (*compare)(const void *, const void *));

/* Index of the first row that is not less than `wanted`; rows->count when all are. */
size_t smini_rows_lower(const struct smini_rows *rows, const void *wanted, int (*compare)(const void *, const void *));

/* The rows go, the table stays usable. */
void smini_rows_free(struct smini_rows *rows);

#endif
