/* SPDX-License-Identifier: BSD-2-Clause */
/* Spoils a finished file by name. */
#ifndef SMINI_DAMAGE_H
#define SMINI_DAMAGE_H

#include "capture_file.h"
#include "random.h"

/* `text` is "NAME" or "NAME:ARG[:ARG]"; stops when nobody knows it or it does not fit. */
void smini_damage_apply(const char *text, const struct smini_capture_format *format, struct smini_random *random,
                        struct smini_bytebuf *file);

void smini_damage_list(void);

#endif
