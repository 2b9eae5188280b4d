/* SPDX-License-Identifier: BSD-2-Clause */
/* smin.detect/1 of the toy inspector: a stream of lines begins with a capital. The headers of older minors lack it. */
#ifndef DUMMY_DETECT_H
#define DUMMY_DETECT_H

#include "dummy_packet.h"

#ifdef SMIN_EXT_DETECT
static const uint8_t toy_capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

#define TOY_PATTERN(at) {.bytes = toy_capitals + (at), .length = 1, .direction = SMIN_EITHER}
#define TOY_PATTERNS(at) TOY_PATTERN(at), TOY_PATTERN((at) + 1)

static const void *toy_detect_extension(const char *id)
{
    static const struct smin_detect_pattern patterns[] = {
        TOY_PATTERNS(0),  TOY_PATTERNS(2),  TOY_PATTERNS(4),  TOY_PATTERNS(6),  TOY_PATTERNS(8),
        TOY_PATTERNS(10), TOY_PATTERNS(12), TOY_PATTERNS(14), TOY_PATTERNS(16), TOY_PATTERNS(18),
        TOY_PATTERNS(20), TOY_PATTERNS(22), TOY_PATTERNS(24),
    };
    static const struct smin_ext_detect detect = {
        .struct_size = sizeof(detect),
        .pattern_count = sizeof(patterns) / sizeof(patterns[0]),
        .patterns = patterns,
        .pattern_stride = sizeof(patterns[0]),
        .probe_bytes = 8,
    };
    return id && strcmp(id, SMIN_EXT_DETECT) == 0 ? &detect : toy_packet_extension(id);
}
#else
static const void *toy_detect_extension(const char *id)
{
    return toy_packet_extension(id);
}
#endif

#endif
