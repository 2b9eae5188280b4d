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
/* Bytes that PCRE2 may ask for at once when it compiles an expression, and parentheses in each other. Where its links are
 * two bytes wide, as usual, its own limit is the same; where they are wider, repeats of repeats would take gigabytes. */
#define SMINI_MATCH_REGEX_CODE 65536u
#define SMINI_MATCH_REGEX_DEPTH 100u
/* Expressions in the scanner. Beyond these PCRE2 alone looks for one: Hyperscan's compiler needs some 50 microseconds
 * for each byte or set of an expression, and one that fixes less than a byte is found nearly everywhere. Repeats are cut
 * to so many, since more of the same tell no more. */
#define SMINI_MATCH_WIDE_POSITIONS 400u
#define SMINI_MATCH_WIDE_POSITIONS_OF_ALL 200000u
#define SMINI_MATCH_WIDE_BYTES 16384u
#define SMINI_MATCH_WIDE_BITS 8u
#define SMINI_MATCH_WIDE_DEPTH 32u
#define SMINI_MATCH_WIDE_REPEAT 32u
#define SMINI_MATCH_WIDE_GROUP_REPEAT 8u
/* Bits of a literal that is as good as any expression: four bytes. */
#define SMINI_MATCH_GOOD_LITERAL_BITS 32u
/* Expressions that one database refuses before it is made of literals alone. */
#define SMINI_MATCH_REFUSED_EXPRESSIONS 4u
/* Rules that may apply to a message and are asked before its bytes are looked at, so that a message no rule lives on is
 * not scanned. When there are more, scanning first and asking those that were found is cheaper. */
#define SMINI_MATCH_ASKED_FIRST 128u
/* Counts of thresholds and bits of hosts that one thread keeps: a rule or bit with an address, at about 100 bytes.
 * Beyond it the one that was not used for longest gives way. */
#define SMINI_MATCH_HOSTS 65536u
/* Field ids that numeric tests find through an index, and event ids that are looked up as bits; others are searched
 * for. Both are the widths of words of bits. */
#define SMINI_MATCH_FIELD_INDEX 64u
#define SMINI_MATCH_EVENT_INDEX 128u

#endif
