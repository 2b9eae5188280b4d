/* SPDX-License-Identifier: BSD-2-Clause */
/* The language of talk.txt: lines to frames. */
#ifndef SMINI_TALK_H
#define SMINI_TALK_H

#include "body.h"
#include "capture_file.h"
#include "conversation.h"

/* Reads the whole conversation; frames are added, `capture` takes what a capture line says. */
void smini_talk_read(struct smini_store *store, const char *path, const struct smini_folders *folders,
                     struct smini_frames *frames, struct smini_capture_format *capture);

#endif
