/* SPDX-License-Identifier: BSD-2-Clause */
/* State of the reader while one rule is read; shared by the files that read its parts. */
#ifndef SMINI_RULE_PARSE_H
#define SMINI_RULE_PARSE_H

#include "rule/integer.h"
#include "rule/lex.h"
#include "rule/limits.h"
#include "rule/load.h"
#include "rule/state_option.h"
#include "rule/variables.h"
#include "smin/status.h"

struct smini_option {
    struct smini_span name;
    struct smini_span value; /* trimmed; bytes NULL when the option has none */
    size_t at;               /* of the name, in the rule's text */
    bool unreadable;         /* already reported */
};

/* What a rule says of a buffer that is not there. */
enum smini_absence { SMINI_ABSENT_NEVER, SMINI_ABSENT_ONLY, SMINI_ABSENT_OR_ELSE };

struct smini_rule_parser {
    const struct smini_rule_names *names;
    const struct smini_variables *variables;
    struct smini_rule_arena *arena; /* taken back when the rule is refused */
    struct smini_alloc *alloc;
    struct smini_diagnose *diagnose;
    struct smini_state_names *state_names;

    const char *file;
    struct smini_span text; /* the rule with its continuation lines */
    uint32_t line;          /* of its first byte */
    uint32_t column;
    size_t at;

    struct smini_option option; /* the one being read; its name is empty in the header */
    bool snort; /* a form was read that only Snort 3 has */
    bool refused;
    bool no_memory;
    uint32_t next_regex;

    struct smini_rule rule; /* what was read so far; its lists are the arrays below */
    uint32_t condition_count;
    uint32_t section_count;
    uint32_t section; /* the one that conditions go to */
    bool section_left; /* by a number or an event since it was named: the engines disagree about where they look now */
    uint32_t state_step_count;
    const struct smini_threshold *threshold;
    struct smini_rule_state *state; /* of the finished rule */
    bool has_sid, has_rev, has_gid, has_msg, has_priority, has_classtype, has_flow;

    /* Not cleared between rules, which would cost more than reading a short one: the counts say what is filled. */
    struct smini_condition conditions[SMINI_RULE_CONDITIONS_MAX];
    uint32_t section_of[SMINI_RULE_CONDITIONS_MAX];
    size_t condition_at[SMINI_RULE_CONDITIONS_MAX];
    uint32_t section_buffer[SMINI_RULE_SECTIONS_MAX];
    size_t section_at[SMINI_RULE_SECTIONS_MAX];
    enum smini_absence section_absence[SMINI_RULE_SECTIONS_MAX];
    struct smini_span variable_names[SMINI_RULE_BYTE_VARIABLES_MAX];
    uint32_t variable_section[SMINI_RULE_BYTE_VARIABLES_MAX]; /* where each is set, and may be used */
    struct smini_field_test field_tests[SMINI_RULE_FIELD_TESTS_MAX];
    uint32_t events[SMINI_RULE_EVENTS_MAX];
    struct smini_packet_test packet_tests[SMINI_RULE_PACKET_TESTS_MAX];
    struct smini_rule_pair metadata[SMINI_RULE_PAIRS_MAX];
    struct smini_rule_pair references[SMINI_RULE_PAIRS_MAX];
    struct smini_state_step state_steps[SMINI_RULE_STATE_STEPS_MAX];
};

/* Reads parser->text. SMIN_OK: parser->rule is whole; SMIN_E_REFUSED: diagnosed; SMIN_E_NOMEM. */
int32_t smini_rule_parse(struct smini_rule_parser *parser);

/* The parts, in the files named like them. They report through smini_rule_refuse. */
void smini_parse_header(struct smini_rule_parser *parser);
void smini_parse_options(struct smini_rule_parser *parser);
/* When all is read: what Snort 3 means by the same words. */
void smini_snort_settle(struct smini_rule_parser *parser);
void smini_parse_finish(struct smini_rule_parser *parser);
/* A protocol other than tcp and ours: udp, ip, icmp, tcp-pkt and their kin. False when it is none of them. */
bool smini_parse_packet_protocol(struct smini_rule_parser *parser, struct smini_span token);
/* Says what the rule is judged on, or refuses it. */
void smini_parse_judged_on(struct smini_rule_parser *parser);

/* The rule cannot be honoured: says why, at the option being read. Further options are still read. */
void smini_rule_refuse(struct smini_rule_parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void smini_rule_warn(struct smini_rule_parser *parser, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Line and column of a byte of parser->text. */
void smini_rule_locate(const struct smini_rule_parser *parser, size_t at, uint32_t *line, uint32_t *column);

/* Keeps bytes with the rule, ended by NUL; never NULL, but sets no_memory. */
const char *smini_rule_keep(struct smini_rule_parser *parser, struct smini_span span);

/* A new condition in the current section, or NULL (refused: too many). */
struct smini_condition *smini_rule_condition(struct smini_rule_parser *parser, enum smini_condition_kind kind);
/* The last content of the current section, or NULL. */
struct smini_condition *smini_rule_last_content(struct smini_rule_parser *parser);
/* Makes `buffer` the one that conditions look at. */
void smini_rule_section(struct smini_rule_parser *parser, uint32_t buffer, bool repeats);

/* Takes a leading "!" off. */
static inline bool smini_take_negation(struct smini_span *value)
{
    if (value->length == 0 || value->bytes[0] != '!')
        return false;
    *value = smini_lex_trim(smini_span_part(*value, 1, value->length));
    return true;
}

/* Takes the quotes off and the escapes of ; " \ and : out. False (refused) when it is not quoted. */
bool smini_rule_unquote(struct smini_rule_parser *parser, struct smini_span *value);

/* An option that is named like a field. */
void smini_option_field(struct smini_rule_parser *parser, const struct smin_field_desc *field);

/* Option readers, one per row of the keyword table. */
typedef void smini_option_reader(struct smini_rule_parser *parser, struct smini_span value);
smini_option_reader smini_option_msg, smini_option_sid, smini_option_rev, smini_option_gid, smini_option_classtype,
    smini_option_reference, smini_option_metadata, smini_option_priority, smini_option_target, smini_option_noalert,
    smini_option_flow, smini_option_app_protocol, smini_option_app_event, smini_option_content, smini_option_nocase,
    smini_option_offset, smini_option_depth, smini_option_distance, smini_option_within, smini_option_startswith,
    smini_option_endswith, smini_option_fast_pattern, smini_option_rawbytes, smini_option_pcre, smini_option_byte_test,
    smini_option_byte_jump, smini_option_byte_extract, smini_option_byte_math, smini_option_isdataat,
    smini_option_bsize, smini_option_bufferlen, smini_option_payload, smini_option_absent, smini_option_service,
    smini_option_nothing;
smini_option_reader smini_option_packet_number, smini_option_flags, smini_option_fragbits, smini_option_tos,
    smini_option_ipopts, smini_option_ip_proto, smini_option_sameip, smini_option_stream_size;

#endif
