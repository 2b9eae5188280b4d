/* SPDX-License-Identifier: BSD-2-Clause */
#include "snort3/cut.h"

#include <string.h>

void smini_cut_start(struct smini_cut *cut, const struct smin_ext_frame *frame)
{
    memset(cut, 0, sizeof(*cut));
    if (frame && frame->header_bytes > 0 && frame->header_bytes <= SMINI_CUT_HEADER_MAX)
        cut->frame = frame;
}

static bool cut_behind(struct smini_cut *cut, uint32_t count, uint32_t *at)
{
    cut->window_length = 0;
    *at = count;
    return true;
}

static void slide(struct smini_cut *cut, uint8_t byte)
{
    if (cut->window_length == cut->frame->header_bytes) {
        cut->window_length--;
        memmove(cut->window, cut->window + 1, cut->window_length);
    }
    cut->window[cut->window_length++] = byte;
}

/* Inside a message. */
static bool pass(struct smini_cut *cut, uint32_t length, uint32_t *at)
{
    uint32_t count = length;
    bool waits = cut->left <= SMINI_CUT_WAIT_MAX;
    if (cut->left <= length)
        count = (uint32_t)cut->left;
    cut->left -= count;
    if (count == 0 || (waits && cut->left > 0))
        return false;
    return cut_behind(cut, count, at);
}

bool smini_cut_scan(struct smini_cut *cut, const uint8_t *bytes, uint32_t length, uint32_t *at)
{
    if (length == 0)
        return false;
    if (!cut->frame)
        return cut_behind(cut, length, at);
    if (cut->left > 0)
        return pass(cut, length, at);
    uint32_t header = cut->frame->header_bytes;
    for (uint32_t i = 0; i < length; i++) {
        uint64_t total = 0;
        slide(cut, bytes[i]);
        if (cut->window_length < header)
            continue;
        if (cut->frame->need(cut->window, header, &total) != SMIN_OK) {
            cut->hunting = true;
            continue;
        }
        /* What no message begins with goes before it, by itself; where it came earlier, it goes along. */
        if (cut->hunting && i + 1 > header) {
            cut->hunting = false;
            return cut_behind(cut, i + 1 - header, at);
        }
        cut->hunting = false;
        cut->window_length = 0;
        cut->left = total > header ? total - header : 0;
        if (cut->left == 0)
            return cut_behind(cut, i + 1, at);
        bool done = pass(cut, length - (i + 1), at);
        if (done)
            *at += i + 1;
        return done;
    }
    /* A header may begin in the last bytes; they are looked at again with what follows. */
    return cut->hunting && length >= header && cut_behind(cut, length - (header - 1), at);
}
