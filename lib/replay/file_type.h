/* SPDX-License-Identifier: BSD-2-Clause */
/* What a file is, by its beginning alone: no name, no place it came from. */
#ifndef SMINI_FILE_TYPE_H
#define SMINI_FILE_TYPE_H

#include "base/span.h"

/* So much of a file's beginning is looked at: the first lines of a configuration, and a tar header. */
enum { SMINI_FILE_HEAD_BYTES = 2048 };

/*
 * "empty", "tar", "elf", "ios-config", "ios-commands", "image-list", "text",
 * "data". `whole`: `head` is all of the file. In doubt the more general word.
 */
const char *smini_file_type(struct smini_span head, bool whole);

/*
 * Can a file that begins with this byte be wanted at all? Markup, JSON and what no name, no command and no program
 * begins with cannot: most of what moves over the web.
 */
bool smini_file_type_may_be_wanted(uint8_t first);

/* What devices are configured or started with: a type that is told even where most files concern nobody. */
bool smini_file_type_is_wanted(const char *type);

#endif
