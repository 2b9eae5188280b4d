/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/capture_window.h"

#include <string.h>

int32_t smini_window_init(struct smini_window *window, struct smini_alloc *alloc, struct smini_source *source,
                          size_t capacity_max)
{
    memset(window, 0, sizeof(*window));
    window->alloc = alloc;
    window->source = source;
    window->capacity = SMINI_WINDOW_BYTES;
    window->capacity_max = capacity_max > SMINI_WINDOW_BYTES ? capacity_max : SMINI_WINDOW_BYTES;
    window->buffer = smini_alloc_get(alloc, window->capacity);
    return window->buffer ? SMIN_OK : SMIN_E_NOMEM;
}

void smini_window_free(struct smini_window *window)
{
    smini_alloc_free(window->alloc, window->buffer, window->capacity);
    window->buffer = NULL;
}

void smini_window_restart(struct smini_window *window, struct smini_source *source)
{
    window->source = source;
    window->at = window->end = 0;
    window->base = 0;
    window->status = SMIN_OK;
}

/* What is left goes to the start when `length` would not fit behind it, into a bigger buffer when it never would. */
static int32_t make_room(struct smini_window *window, size_t length)
{
    size_t left = smini_window_left(window);
    if (length <= window->capacity - window->at)
        return SMIN_OK;
    if (length > window->capacity) {
        size_t capacity = window->capacity;
        while (capacity < length)
            capacity = capacity > window->capacity_max / 2 ? window->capacity_max : capacity * 2;
        uint8_t *bigger = smini_alloc_get(window->alloc, capacity);
        if (!bigger)
            return SMIN_E_NOMEM;
        memcpy(bigger, window->buffer + window->at, left);
        smini_alloc_free(window->alloc, window->buffer, window->capacity);
        window->buffer = bigger;
        window->capacity = capacity;
    } else {
        memmove(window->buffer, window->buffer + window->at, left);
    }
    window->base += window->at;
    window->at = 0;
    window->end = left;
    return SMIN_OK;
}

static int32_t fill(struct smini_window *window)
{
    size_t got = 0;
    int32_t status = window->source->read(window->source, window->buffer + window->end,
                                          window->capacity - window->end, &got);
    window->end += got;
    if (status != SMIN_OK)
        window->status = status;
    else if (got == 0)
        window->status = SMIN_DONE;
    return window->status;
}

int32_t smini_window_need(struct smini_window *window, size_t length)
{
    if (smini_window_left(window) >= length)
        return SMIN_OK;
    if (length > window->capacity_max)
        return SMIN_E_LIMIT;
    if (window->status == SMIN_OK) {
        int32_t status = make_room(window, length);
        if (status != SMIN_OK)
            return status;
    }
    while (smini_window_left(window) < length) {
        if (window->status == SMIN_OK)
            (void)fill(window);
        else
            return window->status == SMIN_DONE ? SMIN_E_TRUNCATED : window->status;
    }
    return SMIN_OK;
}

int32_t smini_window_skip(struct smini_window *window, uint64_t length)
{
    while (length > 0) {
        if (smini_window_left(window) == 0) {
            int32_t status = smini_window_need(window, 1);
            if (status != SMIN_OK)
                return status;
        }
        uint64_t left = smini_window_left(window);
        uint64_t step = length < left ? length : left;
        window->at += (size_t)step;
        length -= step;
    }
    return SMIN_OK;
}
