/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/widen.h"

#include <stdio.h>

#include "match/limits.h"
#include "match/widen_read.h"
#include "smin/status.h"

#define UNBOUNDED UINT32_MAX

/* A part of an expression, and the least that any match of it holds. */
struct part {
    enum smini_widen_kind kind;
    uint32_t bits;
    uint32_t width;
    uint32_t positions;
};

struct repeat {
    uint32_t least;
    uint32_t most;
};

static struct part read_alternatives(struct smini_widener *widener);

static uint32_t capped(uint64_t value)
{
    return value < SMINI_MATCH_WIDE_POSITIONS * 2u ? (uint32_t)value : SMINI_MATCH_WIDE_POSITIONS * 2u;
}

static uint32_t smaller(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

static void put(struct smini_widener *widener, const char *text)
{
    int32_t status = smini_bytebuf_add(&widener->out, smini_span_text(text));
    if (status == SMIN_E_LIMIT)
        widener->unreadable = true;
    else if (status != SMIN_OK)
        widener->status = status;
}

static bool goes_on(const struct smini_widener *widener)
{
    return !widener->unreadable && widener->status == SMIN_OK;
}

/* Whole bits that one byte of a set of that size gives away. */
static uint32_t bits_of(unsigned count)
{
    uint32_t bits = 8;
    for (unsigned size = 1; size < count; size *= 2)
        bits--;
    return bits;
}

static struct part put_set(struct smini_widener *widener, struct smini_byte_set *set)
{
    char text[16];
    if (widener->flags & SMINI_PCRE_CASELESS)
        smini_byte_set_both_cases(set);
    unsigned count = smini_byte_set_count(set);
    widener->unreadable |= count == 0;
    put(widener, count == 256 ? "." : count > 1 ? "[" : "");
    for (unsigned low = 0; low < 256 && count < 256; low++) {
        unsigned high = low;
        if (!smini_byte_set_has(set, low))
            continue;
        while (high < 255 && smini_byte_set_has(set, high + 1))
            high++;
        (void)snprintf(text, sizeof(text), high > low ? "\\x%02x-\\x%02x" : "\\x%02x", low, high);
        put(widener, text);
        low = high;
    }
    put(widener, count > 1 && count < 256 ? "]" : "");
    return (struct part){.kind = SMINI_WIDEN_SET, .bits = bits_of(count), .width = 1, .positions = 1};
}

/* White space of the extended syntax, and comments in parentheses. Comments to the end of the line depend on what
 * PCRE2 takes for one. */
static void skip_layout(struct smini_widener *widener)
{
    for (;;) {
        int next = smini_widen_peek(widener);
        if ((widener->flags & SMINI_PCRE_EXTENDED) && (next == ' ' || (next >= 9 && next <= 13))) {
            widener->at++;
            continue;
        }
        if ((widener->flags & SMINI_PCRE_EXTENDED) && next == '#')
            widener->unreadable = true;
        struct smini_span rest = smini_span_part(widener->text, widener->at, 3);
        if (widener->unreadable || !smini_span_equal(rest, smini_span_text("(?#")))
            return;
        smini_widen_skip_past(widener, ')');
    }
}

static bool is_one_of(const char *bytes, int byte)
{
    return byte > 0 && strchr(bytes, byte);
}

static bool read_number(struct smini_widener *widener, uint32_t *number)
{
    size_t from = widener->at;
    *number = 0;
    for (; smini_widen_peek(widener) >= '0' && smini_widen_peek(widener) <= '9'; widener->at++)
        *number = smaller(*number * 10 + (uint32_t)(widener->text.bytes[widener->at] - '0'), 100000);
    return widener->at > from;
}

/* {2}, {2,} or {2,3}. Anything else is no repeat, but for forms that only some versions of PCRE2 take for one. */
static bool read_braces(struct smini_widener *widener, struct repeat *repeat)
{
    size_t from = widener->at++;
    bool counted = read_number(widener, &repeat->least);
    repeat->most = repeat->least;
    if (counted && smini_widen_take(widener, ',') && !read_number(widener, &repeat->most))
        repeat->most = UNBOUNDED;
    if (counted && smini_widen_take(widener, '}'))
        return true;
    for (widener->at = from + 1; is_one_of("0123456789, \t", smini_widen_peek(widener));)
        widener->at++;
    widener->unreadable |= smini_widen_peek(widener) == '}' && widener->at > from + 1;
    widener->at = from;
    return false;
}

static bool read_quantifier(struct smini_widener *widener, struct repeat *repeat)
{
    switch (smini_widen_peek(widener)) {
    case '*':
        *repeat = (struct repeat){0, UNBOUNDED};
        break;
    case '+':
        *repeat = (struct repeat){1, UNBOUNDED};
        break;
    case '?':
        *repeat = (struct repeat){0, 1};
        break;
    case '{':
        return read_braces(widener, repeat);
    default:
        return false;
    }
    widener->at++;
    return true;
}

/* How often the part before stands there; false when nothing says so. Lazy and possessive are the same to us. */
static bool read_repeat(struct smini_widener *widener, struct repeat *repeat)
{
    struct repeat another;
    skip_layout(widener);
    if (!read_quantifier(widener, repeat))
        return false;
    if (!smini_widen_take(widener, '?'))
        (void)smini_widen_take(widener, '+');
    skip_layout(widener);
    widener->unreadable |= read_quantifier(widener, &another); /* a repeat of a repeat */
    return true;
}

/* Many are as telling as few, and many more expensive. */
static struct part put_repeat(struct smini_widener *widener, struct part part, struct repeat repeat)
{
    char text[32];
    uint32_t most = part.kind == SMINI_WIDEN_SET ? SMINI_MATCH_WIDE_REPEAT : SMINI_MATCH_WIDE_GROUP_REPEAT;
    repeat.least = smaller(repeat.least, most);
    if (repeat.most > most)
        repeat.most = UNBOUNDED;
    if (repeat.most == UNBOUNDED)
        (void)snprintf(text, sizeof(text), "{%u,}", repeat.least);
    else
        (void)snprintf(text, sizeof(text), "{%u,%u}", repeat.least, repeat.most);
    put(widener, repeat.most == UNBOUNDED && repeat.least == 0 ? "*" : text);
    uint64_t copies = repeat.most == UNBOUNDED ? (uint64_t)repeat.least + 1 : repeat.most;
    part.bits = capped((uint64_t)part.bits * repeat.least);
    part.width = capped((uint64_t)part.width * repeat.least);
    part.positions = capped((uint64_t)part.positions * copies);
    return part;
}

/* "i-x": into the flags in force. False when there is one that changes more than what is known here. */
static bool read_options(struct smini_widener *widener)
{
    static const char letters[] = "imx";
    static const uint32_t meanings[] = {SMINI_PCRE_CASELESS, SMINI_PCRE_MULTILINE, SMINI_PCRE_EXTENDED};
    bool off = false;
    for (; smini_widen_peek(widener) > 0; widener->at++) {
        int letter = smini_widen_peek(widener);
        const char *known = strchr(letters, letter);
        if (letter == ':' || letter == ')')
            return true;
        if (letter == '-' && !off)
            off = true;
        else if (known && off)
            widener->flags &= ~meanings[known - letters];
        else if (known && letter == 'x' && smini_span_part(widener->text, widener->at + 1, 1).length &&
                 widener->text.bytes[widener->at + 1] == 'x')
            return false;
        else if (known)
            widener->flags |= meanings[known - letters];
        else if (!strchr("snJU", letter))
            return false;
    }
    return false;
}

/* Behind "(": up to what the group holds. Sets `dropped` for lookarounds; false: the parenthesis held options only. */
static bool read_group_head(struct smini_widener *widener, bool *dropped)
{
    if (!smini_widen_take(widener, '?')) {
        widener->unreadable |= smini_widen_peek(widener) == '*';
        return true;
    }
    (void)smini_widen_take(widener, 'P');
    int kind = smini_widen_peek(widener);
    if (kind == '<' || kind == '\'') {
        widener->at++;
        *dropped = smini_widen_take(widener, '=') || smini_widen_take(widener, '!');
        widener->unreadable |= smini_widen_peek(widener) == '*';
        if (!*dropped)
            smini_widen_skip_past(widener, kind == '<' ? '>' : '\'');
        return true;
    }
    if (kind == '=' || kind == '!' || kind == ':' || kind == '|' || kind == '>') {
        *dropped = kind == '=' || kind == '!';
        widener->unreadable |= widener->text.bytes[widener->at - 1] == 'P'; /* (?P=name), (?P>name) */
        widener->at++;
        return true;
    }
    widener->unreadable |= !read_options(widener);
    if (smini_widen_take(widener, ':'))
        return true;
    widener->unreadable |= !smini_widen_take(widener, ')');
    return false;
}

static struct part read_group(struct smini_widener *widener)
{
    struct part part = {.kind = SMINI_WIDEN_NOTHING};
    size_t before = widener->out.length;
    uint32_t flags = widener->flags;
    bool dropped = false;
    if (!read_group_head(widener, &dropped))
        return part; /* options, for the rest of the group around */
    if (++widener->depth > SMINI_MATCH_WIDE_DEPTH)
        widener->unreadable = true;
    put(widener, "(?:");
    if (goes_on(widener))
        part = read_alternatives(widener);
    put(widener, ")");
    widener->unreadable |= !smini_widen_take(widener, ')');
    widener->depth--;
    widener->flags = flags;
    part.kind = SMINI_WIDEN_GROUP;
    if (!dropped && part.positions)
        return part;
    widener->out.length = before; /* what looks around, or holds assertions only */
    return (struct part){.kind = SMINI_WIDEN_NOTHING};
}

/* Something with a width, or an assertion. `front`: nothing of the expression stands before it. */
static struct part read_atom(struct smini_widener *widener, bool front)
{
    struct smini_byte_set set = {{0}};
    int byte = widener->text.bytes[widener->at++];
    enum smini_widen_kind kind = SMINI_WIDEN_SET;
    if (byte == '(')
        return read_group(widener);
    if (byte == '\\')
        kind = smini_widen_escape(widener, &set);
    else if (byte == '[')
        smini_widen_class(widener, &set);
    else if (byte == '.')
        smini_byte_set_add(&set, 0, 255);
    else if (byte == '^' || byte == '$')
        kind = SMINI_WIDEN_NOTHING;
    else
        smini_byte_set_add(&set, (unsigned)byte, (unsigned)byte);
    if (byte == '^' && front && widener->keep_start && !(widener->flags & SMINI_PCRE_MULTILINE))
        put(widener, "^");
    if (kind == SMINI_WIDEN_SET)
        return put_set(widener, &set);
    if (kind == SMINI_WIDEN_ANY)
        put(widener, ".*");
    return (struct part){.kind = kind, .positions = kind == SMINI_WIDEN_ANY ? 1 : 0};
}

static bool ends_sequence(int next)
{
    return next < 0 || next == '|' || next == ')';
}

static struct part read_sequence(struct smini_widener *widener)
{
    struct part all = {.kind = SMINI_WIDEN_GROUP};
    size_t begin = widener->out.length;
    skip_layout(widener);
    while (goes_on(widener) && !ends_sequence(smini_widen_peek(widener))) {
        struct repeat repeat;
        size_t before = widener->out.length;
        struct part part = read_atom(widener, widener->depth == 0 && before == begin);
        bool repeated = goes_on(widener) && read_repeat(widener, &repeat);
        if (repeated && (repeat.most == 0 || part.kind == SMINI_WIDEN_NOTHING)) {
            widener->out.length = before; /* an assertion need not hold when it may be left out */
            part.bits = part.width = part.positions = 0;
        } else if (repeated && part.kind != SMINI_WIDEN_ANY) {
            part = put_repeat(widener, part, repeat);
        }
        all.bits = capped((uint64_t)all.bits + part.bits);
        all.width = capped((uint64_t)all.width + part.width);
        all.positions = capped((uint64_t)all.positions + part.positions);
        skip_layout(widener);
    }
    return all;
}

static struct part read_alternatives(struct smini_widener *widener)
{
    struct part all = read_sequence(widener);
    while (goes_on(widener) && smini_widen_take(widener, '|')) {
        put(widener, "|");
        struct part next = read_sequence(widener);
        all.bits = smaller(all.bits, next.bits);
        all.width = smaller(all.width, next.width);
        all.positions = capped((uint64_t)all.positions + next.positions);
    }
    return all;
}

int32_t smini_widen(struct smini_alloc *alloc, const struct smini_regex_text *expression, struct smini_wide *wide)
{
    bool anchored = (expression->flags & SMINI_PCRE_ANCHORED) && !expression->relative;
    struct smini_widener widener = {.text = smini_span_make(expression->expression, expression->length),
                                    .flags = expression->flags,
                                    .keep_start = !anchored && !expression->relative};
    memset(wide, 0, sizeof(*wide));
    smini_bytebuf_init(&widener.out, alloc, SMINI_MATCH_WIDE_BYTES);
    put(&widener, anchored ? "^(?:" : "");
    struct part all = read_alternatives(&widener);
    put(&widener, anchored ? ")" : "");
    bool whole = goes_on(&widener) && widener.at == widener.text.length;
    if (whole && all.width && all.bits >= SMINI_MATCH_WIDE_BITS && all.positions <= SMINI_MATCH_WIDE_POSITIONS) {
        wide->text = smini_alloc_get(alloc, widener.out.length + 1);
        widener.status = wide->text ? SMIN_OK : SMIN_E_NOMEM;
    }
    if (wide->text) {
        wide->room = widener.out.length + 1;
        memcpy(wide->text, widener.out.bytes, widener.out.length);
        wide->bits = all.bits;
        wide->positions = all.positions;
    }
    smini_bytebuf_free(&widener.out);
    return widener.status;
}

void smini_wide_free(struct smini_alloc *alloc, struct smini_wide *wide)
{
    smini_alloc_free(alloc, wide->text, wide->room);
    memset(wide, 0, sizeof(*wide));
}
