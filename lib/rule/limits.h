/* SPDX-License-Identifier: BSD-2-Clause */
/* Every limit of the rule reader, with its reason. Reaching one is a diagnostic, never silence. */
#ifndef SMINI_RULE_LIMITS_H
#define SMINI_RULE_LIMITS_H

/* One rule with its continuation lines. The longest public rules have about 8 KB. */
#define SMINI_RULE_BYTES_MAX 65536u
/* Variables of byte_extract and byte_math in one rule; Snort knows two, and no public rule has more than four. */
#define SMINI_RULE_BYTE_VARIABLES_MAX 16u
/* Options of one rule; public rules stay below 60. */
#define SMINI_RULE_OPTIONS_MAX 256u
/* Conditions on bytes in one rule: verification recurses once per condition. */
#define SMINI_RULE_CONDITIONS_MAX 64u
/* Sections (uses of a sticky buffer) in one rule. */
#define SMINI_RULE_SECTIONS_MAX 32u
/* Tests of numeric fields, events, tests of packets, metadata and references in one rule. */
#define SMINI_RULE_FIELD_TESTS_MAX 32u
#define SMINI_RULE_EVENTS_MAX 16u
#define SMINI_RULE_PACKET_TESTS_MAX 32u
#define SMINI_RULE_PAIRS_MAX 128u
/* Nesting of groups and variables: also what stops a variable that names itself. */
#define SMINI_RULE_GROUP_DEPTH_MAX 16u
/* Elements of all groups in one rule: nested variables multiply. */
#define SMINI_RULE_GROUP_ELEMENTS_MAX 4096u
/* Variables of one set, and bytes of a value. */
#define SMINI_RULE_VARIABLES_MAX 1024u
#define SMINI_RULE_VARIABLE_BYTES_MAX 65536u
/* Bytes of one content. The longest of 30,000 public rules has 302; longer than any message says nothing more. */
#define SMINI_RULE_CONTENT_MAX 1024u
/* Bytes of one expression; longer ones cost compile time without use. */
#define SMINI_RULE_PCRE_MAX 8192u
/* Positions (offset, depth, distance, within, isdataat): beyond 1 MB nothing is retained. */
#define SMINI_RULE_POSITION_MAX 1048576u
/* Tests and changes of bits in one rule, names of one kind in one set (public sets have some hundreds of bits; a flow
 * remembers one bit for each), and bytes of a name, as Suricata has it. */
#define SMINI_RULE_STATE_STEPS_MAX 32u
#define SMINI_RULE_STATE_NAMES_MAX 4096u
#define SMINI_RULE_STATE_NAME_BYTES_MAX 255u
/* Seconds that a bit of a host stays set when the rule does not say, as in Suricata. */
#define SMINI_RULE_BIT_EXPIRE 30u
/* Problems listed per set, further ones are counted: all of the largest public sets, about 10 MB of text. */
#define SMINI_RULE_DIAGNOSTICS_MAX 65536u
/* Bytes of input quoted in a diagnostic. */
#define SMINI_RULE_QUOTE_MAX 40u

#endif
