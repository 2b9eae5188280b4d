/* SPDX-License-Identifier: BSD-2-Clause */
/* Every limit of the matcher, with its reason. Reaching one is a status and a counter. */
#ifndef SMINI_MATCH_LIMITS_H
#define SMINI_MATCH_LIMITS_H

/* Steps of verification per rule and message: a step is one try of a condition or 64 bytes searched. Sixty-five
 * thousand of them take a few milliseconds; honest rules need fewer than a hundred. */
#define SMINI_MATCH_STEPS 65536u
/* Bytes of one direction that a rule can look back on. No known message has more than 1048, so this spans dozens. */
#define SMINI_MATCH_STREAM_WINDOW 65536u
/* Hits per message. More rules than this on one message say nothing more about it. */
#define SMINI_MATCH_HITS 256u
/* PCRE2's own limits: calls of its inner function, and kilobytes of heap for backtracking. */
#define SMINI_MATCH_REGEX_STEPS 10000u
#define SMINI_MATCH_REGEX_HEAP_KB 256u
/* Field ids that numeric tests find through an index, and event ids that are looked up as bits; others are searched
 * for. Both are the widths of words of bits. */
#define SMINI_MATCH_FIELD_INDEX 64u
#define SMINI_MATCH_EVENT_INDEX 128u

#endif
