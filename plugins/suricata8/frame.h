/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Frames: parts of the stream that rules can look at by name. "message" is a whole message; every field of opaque bytes
 * that the inspector describes is a frame of its name, too.
 */
#ifndef SMINI_SURICATA_FRAME_H
#define SMINI_SURICATA_FRAME_H

#include "suricata8/flow.h"

/* The engine has 62 kinds of frames for a protocol. */
#define SMINI_SURICATA_FRAMES_MAX 62u

/* The kinds of frames that there are. Before anything else. */
void smini_suricata_frames_list(const struct smin_inspector *inspector);

/* The engine's callbacks. -1, NULL: there is no such frame. */
int smini_suricata_frame_by_name(const char *name);
const char *smini_suricata_frame_by_id(uint8_t id);

/*
 * What was given to the inspector ends inside a message: begins its frame, so that the engine keeps its bytes. The flow
 * has a slice.
 */
void smini_suricata_frame_begin(struct smini_suricata_flow *flow, uint32_t direction);

/* The frames of what was delivered. */
void smini_suricata_frames_set(struct smini_suricata_flow *flow, const struct smini_suricata_transaction *transaction);

#endif
