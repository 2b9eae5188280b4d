/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections of a configuration: which line stands in which. */
#ifndef SMINI_DEVICE_IOS_SECTION_H
#define SMINI_DEVICE_IOS_SECTION_H

#include "device/ios_form.h"

/*
 * Gives the line its parent and depth, from its indentation and from what its
 * words may be, and says where it stands. To be called once for each command,
 * in order.
 */
struct smini_ios_place smini_ios_section_enter(struct smini_ios_text *reader, struct smini_ios_line *line, size_t indent);

/* A comment without indentation: what follows with indentation is below no line in front of it. */
void smini_ios_section_break(struct smini_ios_text *reader);

/* True when the order of the lines below this one matters to the device. */
bool smini_ios_is_ordered(const struct smini_ios_line *line);

#endif
