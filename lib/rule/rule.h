/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The checked rule: everything in it was understood and can be honoured as
 * written. Immutable once its set is made; all of it lives in the set's arena.
 */
#ifndef SMINI_RULE_H
#define SMINI_RULE_H

#include "base/span.h"
#include "rule/field_test.h"
#include "rule/packet.h"
#include "smin/field.h"

enum smini_action {
    SMINI_ACTION_ALERT,
    SMINI_ACTION_DROP,
    SMINI_ACTION_REJECT,
    SMINI_ACTION_PASS
};

enum smini_protocol {
    SMINI_PROTOCOL_TCP,       /* every TCP stream: messages and bytes that are none */
    SMINI_PROTOCOL_APP,       /* decoded messages only */
    SMINI_PROTOCOL_UDP,
    SMINI_PROTOCOL_ICMP,      /* of IPv4 and of IPv6 */
    SMINI_PROTOCOL_IP,        /* whatever IP carries */
    SMINI_PROTOCOL_TRANSFER   /* files that move by the protocol `transfer` names */
};

/* What a rule is judged on; one that names several is judged on each by itself. */
enum {
    SMINI_ON_MESSAGES = 1,  /* messages of TCP, and for plain rules its streams */
    SMINI_ON_DATAGRAMS = 2, /* payload of UDP datagrams */
    SMINI_ON_PACKETS = 4,   /* packets, save those of TCP and UDP that the other two speak for */
    SMINI_ON_FILES = 8      /* files that move, whatever moves them; such a rule is judged on nothing else */
};

/* One element of an address or port group. A group matches when one of its plain members
 * does (or it has none) and none of its negated members does. */
struct smini_group {
    const struct smini_group *next;   /* sibling */
    const struct smini_group *member; /* first member of a nested group */
    bool any;
    bool negated;
    uint8_t family;  /* 4 or 6 for addresses, 0 for ports and nested groups */
    uint8_t low[16]; /* inclusive; ports use the first two bytes */
    uint8_t high[16];
};

enum {
    SMINI_FLOW_ESTABLISHED = 1,
    SMINI_FLOW_NOT_ESTABLISHED = 2,
    SMINI_FLOW_TO_SERVER = 4,
    SMINI_FLOW_TO_CLIENT = 8,
    SMINI_FLOW_ONLY_STREAM = 16,
    SMINI_FLOW_NO_STREAM = 32
};

struct smini_rule_header {
    enum smini_action action;
    const char *action_text;
    enum smini_protocol protocol;
    uint32_t transfer;    /* a number of rule/transfer.h; 0: the protocol is none of transfers */
    uint8_t ip_version;   /* 4 or 6 when the protocol names one, else 0 */
    bool packets;         /* the protocol asks for packets: tcp-pkt */
    bool both_directions;
    bool service; /* written without addresses, ports and direction: any to any */
    const struct smini_group *source_address, *source_port;
    const struct smini_group *target_address, *target_port;
    /* The same as they were written, with their variables. */
    const char *source_address_text, *source_port_text;
    const char *target_address_text, *target_port_text;
};

/* A number that the rule writes, or the value of a variable that byte_extract or byte_math set before. */
struct smini_operand {
    int64_t number;
    uint32_t variable; /* its number, from 1; 0: `number` counts */
};

/* Where a content may lie. Bounds that were not written are "anywhere". */
struct smini_content {
    struct smini_span pattern; /* lower case when nocase */
    bool nocase;
    bool negated;
    bool relative; /* distance or within was written */
    bool has_offset, has_depth, has_distance, has_within;
    bool starts_with;
    bool ends_with;
    bool fast_pattern;
    bool fast_only; /* no position matters, and nothing follows it */
    struct smini_operand offset;
    struct smini_operand depth; /* length of the window that begins at offset */
    struct smini_operand distance;
    struct smini_operand within;
    uint32_t fast_from, fast_length; /* part of the pattern that the scanner looks for */
};

/* How a number is taken out of the bytes: what the four byte_ options share. */
struct smini_byte_read {
    struct smini_operand size; /* bytes to read */
    struct smini_operand offset;
    bool relative;
    bool little_endian;
    bool string;
    uint8_t base;  /* of strings: 8, 10, 16; 0 means as the digits' prefix says */
    uint32_t mask; /* 0 means none; the result is shifted right by the mask's trailing zeros */
};

enum smini_byte_operator {
    SMINI_BYTE_EQUAL,
    SMINI_BYTE_LESS,
    SMINI_BYTE_GREATER,
    SMINI_BYTE_LESS_EQUAL,
    SMINI_BYTE_GREATER_EQUAL,
    SMINI_BYTE_AND,
    SMINI_BYTE_XOR
};

struct smini_byte_test {
    struct smini_byte_read read;
    enum smini_byte_operator operation;
    bool negated;
    uint32_t value_variable; /* as in struct smini_operand; values need all 64 bits */
    uint64_t value;
};

/* From where a jump counts: the end of the number read, or an end of the buffer. */
enum smini_jump_origin { SMINI_JUMP_HERE, SMINI_JUMP_BEGINNING, SMINI_JUMP_END };

struct smini_byte_jump {
    struct smini_byte_read read;
    enum smini_jump_origin origin;
    uint32_t multiplier;
    uint8_t align; /* 0, 2 or 4 */
    struct smini_operand post_offset;
};

struct smini_byte_extract {
    struct smini_byte_read read;
    uint32_t multiplier;
    uint8_t align;
    uint32_t variable;
};

enum smini_math_operator {
    SMINI_MATH_ADD,
    SMINI_MATH_SUBTRACT,
    SMINI_MATH_MULTIPLY,
    SMINI_MATH_DIVIDE,
    SMINI_MATH_SHIFT_LEFT,
    SMINI_MATH_SHIFT_RIGHT
};

struct smini_byte_math {
    struct smini_byte_read read; /* its mask applies to the result, as in Suricata */
    enum smini_math_operator operation;
    struct smini_operand operand;
    uint32_t variable;
};

enum {
    SMINI_PCRE_CASELESS = 1,
    SMINI_PCRE_MULTILINE = 2,
    SMINI_PCRE_DOTALL = 4,
    SMINI_PCRE_EXTENDED = 8,
    SMINI_PCRE_ANCHORED = 16,
    SMINI_PCRE_DOLLAR_ENDONLY = 32,
    SMINI_PCRE_UNGREEDY = 64
};

struct smini_regex_text {
    const char *expression; /* ended by NUL */
    uint32_t length;
    uint32_t flags; /* SMINI_PCRE_* */
    bool negated;
    bool relative;
};

struct smini_size_test {
    struct smini_integer_test test;
    bool relative; /* of what is behind the previous match */
};

struct smini_data_at {
    struct smini_operand position;
    bool negated;
    bool relative;
};

enum smini_condition_kind {
    SMINI_CONDITION_CONTENT,
    SMINI_CONDITION_BYTE_TEST,
    SMINI_CONDITION_BYTE_JUMP,
    SMINI_CONDITION_BYTE_EXTRACT,
    SMINI_CONDITION_BYTE_MATH,
    SMINI_CONDITION_PCRE,
    SMINI_CONDITION_DATA_AT,
    SMINI_CONDITION_SIZE /* bsize: of the whole buffer; bufferlen: also of what is left of it */
};

/* One condition on the bytes of a buffer. */
struct smini_condition {
    enum smini_condition_kind kind;
    uint32_t column, line; /* where it was written */
    uint32_t regex;        /* index among the set's expressions, for PCRE */
    bool next_depends;     /* a later condition is relative to this one's end */
    union {
        struct smini_content content;
        struct smini_byte_test byte_test;
        struct smini_byte_jump byte_jump;
        struct smini_byte_extract byte_extract;
        struct smini_byte_math byte_math;
        struct smini_regex_text pcre;
        struct smini_data_at data_at;
        struct smini_size_test size;
    } u;
};

/* Buffer of a rule without a sticky buffer: the payload. Otherwise a field's id. */
#define SMINI_BUFFER_PAYLOAD 0u

/* Is it a buffer of a file that moves? */
static inline bool smini_buffer_of_files(uint32_t buffer)
{
    return buffer == SMIN_FIELD_FILE_DATA || buffer == SMIN_FIELD_FILE_NAME;
}

/* Conditions that one and the same instance of a buffer has to meet, in order. */
struct smini_section {
    uint32_t buffer;
    uint32_t condition_count;
    bool absent;        /* the buffer must not be there */
    bool or_absent;     /* it need not be there; where it is, the conditions have to hold */
    const struct smini_condition *conditions;
};

/* A condition on a number of the packet; not met when the packet has no such number. */
struct smini_packet_test {
    enum smini_packet_number number;
    struct smini_integer_test test;
};

struct smini_rule_pair {
    const char *name;
    const char *value;
};

struct smini_rule_state; /* rule/state.h */

struct smini_rule {
    uint32_t index; /* in its set */
    uint32_t gid, sid, rev;
    uint32_t priority; /* 1 is the highest */
    const char *msg;
    const char *classtype; /* "" when it has none */
    const char *category;  /* description of the classtype, "" when it has none */
    const char *target;    /* "src_ip", "dest_ip" or "" */
    const char *file;
    uint32_t line;
    bool noalert;
    bool app_protocol_negated; /* app-layer-protocol:!smin */
    bool app_protocol;         /* app-layer-protocol:smin */
    uint32_t app_transfer;     /* app-layer-protocol:tftp, a number of rule/transfer.h; 0: not asked */
    bool app_transfer_negated;

    struct smini_rule_header header;
    uint32_t flow; /* SMINI_FLOW_* */
    uint32_t judged_on; /* SMINI_ON_* */
    bool first_packet;  /* asks for addresses and ports only: once per direction of a flow */

    uint32_t section_count;
    uint32_t field_test_count;
    uint32_t event_count;
    uint32_t packet_test_count;
    uint32_t metadata_count;
    uint32_t reference_count;
    uint32_t variable_count; /* that byte_extract and byte_math set */
    const struct smini_section *sections;
    const struct smini_field_test *field_tests;
    const uint32_t *events; /* ids; each has to be there */
    const struct smini_packet_test *packet_tests;
    const struct smini_rule_pair *metadata;
    const struct smini_rule_pair *references;
    const struct smini_rule_state *state; /* NULL: it remembers nothing and asks for nothing remembered */
    const char *const *variable_names; /* of variable n at n - 1 */
};

#endif
