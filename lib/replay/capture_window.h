/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The window a capture is read through: it moves forward only, so pipes do as
 * well as files, and it stays small enough for the second-level cache.
 */
#ifndef SMINI_CAPTURE_WINDOW_H
#define SMINI_CAPTURE_WINDOW_H

#include <stdbool.h>

#include "base/alloc.h"
#include "smin/status.h"

/* Half of a common second-level cache: copying more at once is slower, less costs system calls. */
enum { SMINI_WINDOW_BYTES = 512 * 1024 };

/* Where bytes come from. */
struct smini_source {
    /* SMIN_OK with *got > 0, or *got == 0 at the end; a negative status with event and detail set. */
    int32_t (*read)(struct smini_source *source, uint8_t *to, size_t room, size_t *got);
    void *user;
    const char *event;
    const char *detail;
};

struct smini_window {
    struct smini_alloc *alloc;
    struct smini_source *source;
    uint8_t *buffer;
    size_t capacity;
    size_t capacity_max; /* grows to this for one packet */
    size_t at;           /* next byte to read */
    size_t end;          /* of what was filled */
    uint64_t base;       /* offset of buffer[0] in the capture */
    int32_t status;      /* SMIN_OK; SMIN_DONE at the source's end; what the source said otherwise */
};

int32_t smini_window_init(struct smini_window *window, struct smini_alloc *alloc, struct smini_source *source,
                          size_t capacity_max);
void smini_window_free(struct smini_window *window);

/* Begins again at offset 0 of another source; the memory is kept. */
void smini_window_restart(struct smini_window *window, struct smini_source *source);

/*
 * Makes `length` bytes available at `at`; earlier pointers into the window die.
 * SMIN_OK; SMIN_E_TRUNCATED: the source ended before; SMIN_E_LIMIT: more than
 * the window may hold; SMIN_E_NOMEM; or what the source said.
 */
int32_t smini_window_need(struct smini_window *window, size_t length);

/* Passes over `length` bytes, however many. As above. */
int32_t smini_window_skip(struct smini_window *window, uint64_t length);

static inline size_t smini_window_left(const struct smini_window *window)
{
    return window->end - window->at;
}

static inline const uint8_t *smini_window_bytes(const struct smini_window *window)
{
    return window->buffer + window->at;
}

static inline uint64_t smini_window_offset(const struct smini_window *window)
{
    return window->base + window->at;
}

#endif
