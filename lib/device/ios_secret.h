/* SPDX-License-Identifier: BSD-2-Clause */
/* Secrets of a line: collecting them, and finding those that need no knowledge of the command. */
#ifndef SMINI_DEVICE_IOS_SECRET_H
#define SMINI_DEVICE_IOS_SECRET_H

#include "device/ios_text.h"
#include "device/ios_words.h"

/* Adds a part of line->raw. Touching and overlapping ones become one; with too many, all from the first on is secret. */
void smini_ios_secret_add(struct smini_ios_line *line, struct smini_span secret);

/* user:password@ of URLs anywhere in the line, and words that are digests of passwords. */
void smini_ios_secret_shapes(struct smini_ios_line *line);

/* Whatever follows a word that names a secret ("password", "community", ...). */
void smini_ios_secret_named(struct smini_ios_line *line, const struct smini_ios_words *words);

#endif
