/* SPDX-License-Identifier: BSD-2-Clause */
/* pcre, byte_test, byte_jump, byte_extract, byte_math and isdataat on what really stands in the message. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "invent.h"

struct reading {
    unsigned size;
    size_t at;
    bool relative;
    bool little;
    int base; /* of a text; 0 for binary */
    unsigned long long value;
};

static long place_of(const struct invent_rule *rule, const struct reading *reading)
{
    long place = invent_near((long)reading->at - (reading->relative ? (long)rule->cursor : 0));
    return place < 0 && !reading->relative ? 0 : place;
}

static bool is_number_at(const struct invent_message *message, size_t at)
{
    return at < message->length && isdigit(message->bytes[at]) && (at == 0 || !isdigit(message->bytes[at - 1]));
}

static void read_binary(const struct invent_message *message, struct reading *reading)
{
    reading->value = 0;
    for (unsigned i = 0; i < reading->size; i++) {
        unsigned place = reading->little ? reading->size - 1 - i : i;
        reading->value = reading->value << 8 | message->bytes[reading->at + place];
    }
}

static void read_text(const struct invent_message *message, struct reading *reading)
{
    char digits[24] = {0};
    memcpy(digits, message->bytes + reading->at, reading->size);
    reading->value = strtoull(digits, NULL, reading->base);
}

/* Where to read: at a number in text once in three times, if there is one. */
static struct reading choose_reading(const struct invent_rule *rule, unsigned largest)
{
    static const int bases[] = {10, 10, 16, 8};
    const struct invent_message *message = rule->message;
    struct reading reading = {.relative = rule->relative && invent_once_in(2)};
    size_t from = reading.relative && rule->cursor + 12 < message->length ? rule->cursor : 0;
    size_t range = message->length - from - 8;
    reading.at = from + invent_below((unsigned)(reading.relative && range > 20 ? 20 : range));
    if (invent_once_in(3))
        for (size_t at = reading.at; at + 8 < message->length; at++)
            if (is_number_at(message, at)) {
                reading.at = at;
                reading.base = bases[invent_below(4)];
                reading.size = 1 + invent_below(5);
                read_text(message, &reading);
                return reading;
            }
    reading.size = 1u << invent_below(largest);
    reading.little = invent_once_in(3);
    read_binary(message, &reading);
    return reading;
}

static void add_manner(struct invent_rule *rule, const struct reading *reading)
{
    if (reading->relative)
        invent_add(rule, ",relative");
    if (reading->base)
        invent_add(rule, ",string,%s", reading->base == 10 ? "dec" : reading->base == 16 ? "hex" : "oct");
    else if (reading->little)
        invent_add(rule, ",little");
    else if (invent_once_in(4))
        invent_add(rule, ",big");
}

static void add_value(struct invent_rule *rule, unsigned long long value)
{
    if (invent_once_in(3))
        invent_add(rule, "0x%llx", value);
    else
        invent_add(rule, "%llu", value);
}

static void add_byte_test(struct invent_rule *rule)
{
    static const char *const operators[] = {"<", ">", "=", "<=", ">=", "&", "^", "!<", "!>", "!=", "!&"};
    struct reading reading = choose_reading(rule, 4);
    bool masked = !reading.base && reading.size <= 4 && invent_once_in(6);
    unsigned long long value = invent_once_in(3) ? reading.value + 1 : reading.value;
    invent_add(rule, "byte_test:%u,%s,", reading.size, operators[invent_below(11)]);
    if (rule->variables && invent_once_in(2))
        invent_add(rule, "v%u", 1 + invent_below((unsigned)rule->variables));
    else
        add_value(rule, value & 0xffffffffu);
    invent_add(rule, ",%ld", place_of(rule, &reading));
    add_manner(rule, &reading);
    if (masked)
        invent_add(rule, ",bitmask 0x%x", 0xffu << invent_below(8 * (reading.size - 1) + 1));
    invent_add(rule, "; ");
}

static void add_isdataat(struct invent_rule *rule)
{
    const struct invent_message *message = rule->message;
    bool relative = rule->relative && !invent_once_in(3);
    long left = (long)message->length - (relative ? (long)rule->cursor : 0);
    long wanted = invent_once_in(2) ? invent_near(left) : (long)invent_below((unsigned)left + 1);
    invent_add(rule, "isdataat:%s%ld%s; ", invent_once_in(3) ? "!" : "", wanted < 0 ? 0 : wanted,
               relative ? ",relative" : "");
}

/* The cursor follows as Suricata moves it, when the jump lands inside. */
static void add_byte_jump(struct invent_rule *rule)
{
    struct reading reading = choose_reading(rule, 3);
    long target = (long)reading.value;
    bool from_beginning = invent_once_in(5);
    invent_add(rule, "byte_jump:%u,%ld", reading.size, place_of(rule, &reading));
    add_manner(rule, &reading);
    if (invent_once_in(5)) {
        invent_add(rule, ",multiplier 2");
        target *= 2;
    }
    if (invent_once_in(5)) {
        invent_add(rule, ",align");
        target = (target + 3) / 4 * 4;
    }
    if (from_beginning)
        invent_add(rule, ",from_beginning");
    else
        target += (long)(reading.at + reading.size);
    if (invent_once_in(5)) {
        long post = (long)invent_below(9) - 4;
        invent_add(rule, ",post_offset %ld", post);
        target += post;
    }
    invent_add(rule, "; ");
    rule->cursor = target < 0 ? 0 : (size_t)target > rule->message->length ? rule->message->length : (size_t)target;
    rule->relative = true;
}

static void add_byte_extract(struct invent_rule *rule)
{
    struct reading reading = choose_reading(rule, 3);
    long value = (long)reading.value;
    if (rule->variables == 3)
        return;
    invent_add(rule, "byte_extract:%u,%ld,v%d", reading.size, place_of(rule, &reading), ++rule->variables);
    add_manner(rule, &reading);
    if (invent_once_in(5)) {
        invent_add(rule, ",multiplier 2");
        value *= 2;
    }
    if (invent_once_in(6)) {
        invent_add(rule, ",align 4");
        value = (value + 3) / 4 * 4;
    }
    invent_add(rule, "; ");
    rule->value[rule->variables] = value;
}

static void add_byte_math(struct invent_rule *rule)
{
    static const char operators[] = "+-*/";
    struct reading reading = choose_reading(rule, 3);
    unsigned which = invent_below(4);
    long operand = 1 + (long)invent_below(9);
    if (rule->variables == 3)
        return;
    invent_add(rule, "byte_math:bytes %u,offset %ld,oper %c,rvalue %ld,result v%d", reading.size,
               place_of(rule, &reading), operators[which], operand, ++rule->variables);
    if (reading.relative)
        invent_add(rule, ",relative");
    if (reading.base)
        invent_add(rule, ",string %s", reading.base == 10 ? "dec" : reading.base == 16 ? "hex" : "oct");
    else if (reading.little)
        invent_add(rule, ",endian little");
    invent_add(rule, "; ");
    long value = (long)reading.value;
    rule->value[rule->variables] = which == 0   ? value + operand
                                   : which == 1 ? value - operand
                                   : which == 2 ? value * operand
                                                : value / operand;
}

/* A content whose position is a variable. */
static void add_by_variable(struct invent_rule *rule)
{
    static const char *const absolute[] = {"offset", "depth"};
    static const char *const relative[] = {"distance", "within"};
    int number = 1 + (int)invent_below((unsigned)rule->variables);
    long at = rule->value[number];
    bool behind = rule->relative && invent_once_in(2);
    if (behind)
        at += (long)rule->cursor;
    if (at < 0 || at + 4 > (long)rule->message->length)
        return;
    invent_add(rule, "content:\"|%02x %02x|\"; %s:v%d; ", rule->message->bytes[at], rule->message->bytes[at + 1],
               behind ? relative[invent_below(2)] : absolute[invent_below(2)], number);
    rule->cursor = (size_t)at + 2;
    rule->relative = true;
}

void invent_bytes_option(struct invent_rule *rule)
{
    static const unsigned bits[] = {INVENT_BYTE_TEST,    INVENT_ISDATAAT,  INVENT_BYTE_JUMP,
                                    INVENT_BYTE_EXTRACT, INVENT_BYTE_MATH, INVENT_DSIZE};
    unsigned bit;
    do
        bit = bits[invent_below(6)];
    while (!(rule->families & bit));
    switch (bit) {
    case INVENT_BYTE_TEST: add_byte_test(rule); break;
    case INVENT_ISDATAAT: add_isdataat(rule); break;
    case INVENT_BYTE_JUMP: add_byte_jump(rule); break;
    case INVENT_BYTE_EXTRACT: add_byte_extract(rule); break;
    case INVENT_BYTE_MATH: add_byte_math(rule); break;
    default: invent_add(rule, "dsize:%s%ld; ", invent_once_in(2) ? ">" : "<", invent_near((long)rule->message->length));
    }
    if (rule->variables && (bit & (INVENT_BYTE_EXTRACT | INVENT_BYTE_MATH)) && !invent_once_in(3))
        add_by_variable(rule);
}

/* One byte of the message as a piece of an expression; returns how many bytes it stands for. */
static size_t add_piece(struct invent_rule *rule, const uint8_t *bytes, size_t left)
{
    uint8_t byte = bytes[0];
    size_t run = 1;
    while (run < left && run < 4 && bytes[run] == byte)
        run++;
    if (isdigit(byte) && invent_once_in(2))
        invent_add(rule, "%s", invent_once_in(2) ? "\\d" : "[0-9]");
    else if (isalpha(byte) && invent_once_in(4))
        invent_add(rule, "%s", invent_once_in(2) ? "[a-z]" : "\\w");
    else if (isalnum(byte) && invent_once_in(8))
        invent_add(rule, "(?:%c|zz)", byte);
    else if (invent_once_in(8))
        invent_add(rule, "%s", invent_once_in(2) ? "." : "[^\\n]");
    else if (run > 1 && invent_once_in(2)) {
        invent_add(rule, "\\x%02x{%s%zu}", byte, invent_once_in(2) ? "1," : "", run);
        return run;
    } else if (isalnum(byte))
        invent_add(rule, "%c", isalpha(byte) && invent_once_in(20) ? byte ^ 0x20 : byte);
    else
        invent_add(rule, "\\x%02x", byte);
    return 1;
}

void invent_pcre(struct invent_rule *rule)
{
    const struct invent_message *message = rule->message;
    bool relative = rule->relative && invent_once_in(3);
    bool negated = (rule->families & INVENT_NEGATED) && invent_once_in(4);
    size_t from = relative && rule->cursor + 8 < message->length ? rule->cursor : 0;
    size_t at = from + invent_below((unsigned)(message->length - from - 7));
    bool anchored = invent_once_in(12);
    if (anchored)
        at = from;
    size_t end = at + 1 + invent_below(6);
    invent_add(rule, "pcre:%s\"/%s", negated ? "!" : "", anchored ? "^" : "");
    for (size_t next = at; next < end && next < message->length;)
        next += add_piece(rule, message->bytes + next, message->length - next);
    invent_add(rule, "%s/%s%s%s%s%s\"; ", end == message->length && invent_once_in(2) ? "$" : "",
               invent_once_in(3) ? "i" : "", invent_once_in(3) ? "s" : "", invent_once_in(5) ? "m" : "",
               invent_once_in(15) ? "G" : "", relative ? "R" : "");
    if (negated)
        return;
    rule->cursor = end < message->length ? end : message->length;
    rule->relative = true;
}
