/* SPDX-License-Identifier: BSD-2-Clause */
/* What a console adds to the lines of a configuration: the pager, prompts, lines around the text. */
#ifndef SMINI_DEVICE_IOS_CONSOLE_H
#define SMINI_DEVICE_IOS_CONSOLE_H

#include "device/ios_form.h"

/* Passes over what a console prints in front of a line; `indent` is how far the line itself is indented. */
size_t smini_ios_skip_debris(struct smini_span raw, size_t *indent);

/* "Switch(config-line)#" and the like, up to the sign; 0 when the text does not begin with one. */
size_t smini_ios_prompt_length(struct smini_span text);

/* Where a line stands that was typed behind this prompt. */
struct smini_ios_place smini_ios_prompt_place(struct smini_span prompt);

/* True for what IOS prints around a configuration when it shows it. */
bool smini_ios_is_printed(struct smini_span command);

/* `raw` from `from` on, without separators at both ends. */
struct smini_span smini_ios_trimmed(struct smini_span raw, size_t from);

#endif
