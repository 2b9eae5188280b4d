/* SPDX-License-Identifier: BSD-2-Clause */
/* State of the writer while one rule is written; shared by the files that write its parts. */
#ifndef SMINI_RULE_WRITER_H
#define SMINI_RULE_WRITER_H

#include "rule/lex.h"
#include "rule/limits.h"
#include "rule/write.h"

struct smini_rule_writer {
    const struct smini_rule_set *set;
    const struct smini_rule_names *names;
    const struct smini_rule *rule;
    enum smini_dialect dialect;
    char *text;
    size_t size;
    size_t length;     /* what it takes; may be beyond `size` */
    bool first_option; /* the space before it is left out */
    char problem[256]; /* why the dialect cannot say it; the first reason stays; "" when it can */
};

static inline bool smini_writes_snort(const struct smini_rule_writer *writer)
{
    return writer->dialect == SMINI_DIALECT_SNORT3;
}

/* Short pieces. */
void smini_put(struct smini_rule_writer *writer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The dialect cannot say this: why, and whether anything else would do. */
void smini_put_refuse(struct smini_rule_writer *writer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The bracket that opens the options, each of which has a space before it. */
void smini_put_begin_options(struct smini_rule_writer *writer);
void smini_put_text(struct smini_rule_writer *writer, const char *text);
/* Without white space: what a group of addresses or ports may hold of it means nothing. */
void smini_put_group(struct smini_rule_writer *writer, const char *text);
/* A value that is taken as it stands; a backslash at its end must not reach what follows. */
void smini_put_raw(struct smini_rule_writer *writer, const char *text);
void smini_put_raw_span(struct smini_rule_writer *writer, struct smini_span text);
/* In quotes, with the escapes that every reader knows. */
void smini_put_quoted(struct smini_rule_writer *writer, const char *text);
/* In quotes, hexadecimal where a byte is no plain text; never with the bar, quote or backslash as text. */
void smini_put_pattern(struct smini_rule_writer *writer, struct smini_span pattern);
/* "=", "!=", "<" and so on; "" for ranges and masks, which have none. */
const char *smini_compare_sign(enum smini_compare compare);
/* An integer condition as the dialect writes it: `8`, `!8`, `>=8`, `1-9`. */
void smini_put_integer(struct smini_rule_writer *writer, const struct smini_integer_test *test);
/* Name of a field as an option: "smin.url", in Snort "smin_url". */
void smini_put_field(struct smini_rule_writer *writer, uint32_t field);

/* A number, or the name of a variable. */
void smini_put_operand(struct smini_rule_writer *writer, const struct smini_operand *operand);

void smini_put_header(struct smini_rule_writer *writer);

/* Options that take numbers out of the bytes, in write_byte.c. */
void smini_put_byte_test(struct smini_rule_writer *writer, const struct smini_byte_test *test);
void smini_put_byte_jump(struct smini_rule_writer *writer, const struct smini_byte_jump *jump);
void smini_put_byte_extract(struct smini_rule_writer *writer, const struct smini_byte_extract *extract);
void smini_put_byte_math(struct smini_rule_writer *writer, const struct smini_condition *condition);

void smini_put_data_at(struct smini_rule_writer *writer, const struct smini_data_at *data_at);
void smini_put_size(struct smini_rule_writer *writer, const struct smini_section *section,
                    const struct smini_size_test *size);
void smini_put_packet_test(struct smini_rule_writer *writer, const struct smini_packet_test *test);
void smini_put_field_test(struct smini_rule_writer *writer, const struct smini_field_test *test);
/* Tests stand before the conditions, writes behind them: some engines go by the order. */
void smini_put_state_tests(struct smini_rule_writer *writer);
void smini_put_state_writes(struct smini_rule_writer *writer);
void smini_put_threshold(struct smini_rule_writer *writer);

/* Conditions on the bytes of one buffer, each with a space before it. */
void smini_put_section(struct smini_rule_writer *writer, const struct smini_section *section, bool first);

/* The word of a protocol of transfers (rule/transfer.h) in the dialect; refused where that has none. */
const char *smini_write_transfer(struct smini_rule_writer *writer, uint32_t number);

#endif
