/* SPDX-License-Identifier: BSD-2-Clause */
#include "frames.h"

void smini_frames_init(struct smini_frames *frames, struct smini_store *store)
{
    *frames = (struct smini_frames){.store = store};
}

void smini_frames_add(struct smini_frames *frames, const struct smini_frame *frame)
{
    if (frames->count == frames->room) {
        size_t room = frames->room ? frames->room * 2 : 64;
        struct smini_frame *larger = smini_store_get(frames->store, room * sizeof(*larger));
        if (frames->count)
            memcpy(larger, frames->items, frames->count * sizeof(*larger));
        frames->items = larger;
        frames->room = room;
    }
    frames->items[frames->count++] = *frame;
}

bool smini_frames_has_data(const struct smini_frame *frame)
{
    return frame->kind == SMINI_FRAME_TCP && frame->length > 0;
}

/*
 * Frames that were added share the time of the frame they came from; a capture
 * reads better, and flows age as they should, when time never goes back. So
 * each frame is at least one microsecond after the one before.
 */
void smini_frames_retime(struct smini_frames *frames, const struct smini_frames *before)
{
    uint64_t last = before->count ? before->items[0].time_ns : 0;
    for (size_t i = 0; i < frames->count; i++) {
        if (i > 0 && frames->items[i].time_ns < last + 1000)
            frames->items[i].time_ns = last + 1000;
        last = frames->items[i].time_ns;
    }
}
