/* SPDX-License-Identifier: BSD-2-Clause */
/* smin.detect/1: what a strict header begins with, made from the list of messages. */
#include "decode/header.h"
#include "inspect/inspector.h"

/* Role, version and type of a header; the length word is for `probe` to judge. */
enum { PATTERN_BYTES = 12, VERSIONS = 2 };

#define WORD(value) 0, 0, 0, (value)

static const uint8_t starts[][PATTERN_BYTES] = {
#define SMINI_MESSAGE(number, constant, from, type, direction, name, smallest, largest, meaning) \
    {WORD(from), WORD(0), WORD(type)}, {WORD(from), WORD(1), WORD(type)},
#include "decode/message.def"
#undef SMINI_MESSAGE
};

/* The role of a sender does not say which side opened the connection. */
#define PATTERN(row) {.bytes = starts[row], .length = PATTERN_BYTES, .direction = SMIN_EITHER},

static const struct smin_detect_pattern patterns[] = {
#define SMINI_MESSAGE(number, constant, from, type, direction, name, smallest, largest, meaning) \
    PATTERN(VERSIONS * ((number) - 1)) PATTERN(VERSIONS * ((number) - 1) + 1)
#include "decode/message.def"
#undef SMINI_MESSAGE
};

/* The last line of the list stands for what nobody documented, which is never found by its beginning. */
_Static_assert(sizeof(patterns) / sizeof(*patterns) == VERSIONS * SMINI_MESSAGE_COUNT &&
                   (int)SMINI_MESSAGE_UNKNOWN == (int)SMINI_MESSAGE_COUNT,
               "a pattern for every version of every documented message");

const struct smin_ext_detect smini_inspector_detect = {
    .struct_size = sizeof(smini_inspector_detect),
    .pattern_count = VERSIONS * (SMINI_MESSAGE_COUNT - 1),
    .patterns = patterns,
    .pattern_stride = sizeof(*patterns),
    .probe_bytes = SMINI_HEADER_BYTES,
};
