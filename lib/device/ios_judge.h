/* SPDX-License-Identifier: BSD-2-Clause */
/* What one command means: class, weight, reason, secrets. */
#ifndef SMINI_DEVICE_IOS_JUDGE_H
#define SMINI_DEVICE_IOS_JUDGE_H

#include "device/ios_form.h"

/*
 * Reads `command`, a part of line->raw, as a line that stands at `place`; sets
 * class, weight, marks, reason, also, negated, might_be and secrets.
 */
void smini_ios_judge(struct smini_ios_line *line, struct smini_span command, struct smini_ios_place place,
                     uint64_t *work);

/* Only the secrets, for text that is no command (comments, banners): words that may name one, URLs, digests. */
void smini_ios_judge_text(struct smini_ios_line *line, struct smini_span text, uint64_t *work);

/* Without "no" or "default" in front; sets `negated`. */
struct smini_span smini_ios_without_no(struct smini_span command, bool *negated);

#endif
