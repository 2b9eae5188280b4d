/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands for one byte: escapes and bracketed classes. Where in doubt, every byte. */
#include "match/widen_read.h"
#include "rule/rule.h"

static void add_all(struct smini_byte_set *set)
{
    smini_byte_set_add(set, 0, 255);
}

struct range {
    uint8_t low, high;
};

/* As PCRE2's default tables have them. A range of 0 to 0 ends a list. */
static const struct {
    const char *name;
    struct range ranges[6];
} named[] = {{"d", {{'0', '9'}}},
             {"w", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
             {"s", {{9, 13}, {' ', ' '}}},
             {"h", {{9, 9}, {' ', ' '}, {0xa0, 0xa0}}},
             {"v", {{10, 13}, {0x85, 0x85}}},
             {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
             {"lower", {{'a', 'z'}}},
             {"upper", {{'A', 'Z'}}},
             {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
             {"blank", {{9, 9}, {' ', ' '}}},
             {"digit", {{'0', '9'}}},
             {"graph", {{'!', '~'}}},
             {"print", {{' ', '~'}}},
             {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
             {"space", {{9, 13}, {' ', ' '}}},
             {"word", {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
             {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}}};

/* Adds a set by its name; every byte when there is no such name. */
static void add_named(struct smini_byte_set *set, struct smini_span name)
{
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
        if (!smini_span_equal(name, smini_span_text(named[i].name)))
            continue;
        for (const struct range *range = named[i].ranges; range->high; range++)
            smini_byte_set_add(set, range->low, range->high);
        return;
    }
    add_all(set);
}

/* \d and its relatives; upper case is what they are not. */
static bool add_class_escape(struct smini_byte_set *set, uint8_t letter)
{
    uint8_t lower = smini_ascii_lower(letter);
    struct smini_byte_set members = {{0}};
    if (!memchr("dwshv", lower, 5))
        return false;
    add_named(&members, smini_span_make(&lower, 1));
    if (letter != lower)
        smini_byte_set_invert(&members);
    smini_byte_set_join(set, &members);
    return true;
}

static int digit_value(int byte, int base)
{
    int lower = byte >= 0 ? smini_ascii_lower((uint8_t)byte) : -1;
    int value = lower >= '0' && lower <= '9' ? lower - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : base;
    return value < base ? value : -1;
}

static unsigned read_digits(struct smini_widener *widener, int base, unsigned most)
{
    unsigned value = 0;
    for (unsigned i = 0; i < most && digit_value(smini_widen_peek(widener), base) >= 0; i++)
        value = (value * (unsigned)base + (unsigned)digit_value(widener->text.bytes[widener->at++], base)) & 255u;
    return value;
}

/* \n, \x41, \012, \. : a byte that is spelled out. False, and nothing taken, for anything else. */
static bool read_byte_escape(struct smini_widener *widener, uint8_t letter, unsigned *byte)
{
    static const char letters[] = "aefnrt";
    static const uint8_t bytes[] = {7, 27, 12, 10, 13, 9};
    const char *simple = letter ? strchr(letters, letter) : NULL;
    if (simple)
        *byte = bytes[simple - letters];
    else if (letter == 'x' && smini_widen_take(widener, '{'))
        *byte = read_digits(widener, 16, 8), smini_widen_skip_past(widener, '}');
    else if (letter == 'x')
        *byte = read_digits(widener, 16, 2);
    else if (letter == '0')
        *byte = read_digits(widener, 8, 2);
    else if ((letter >= '0' && letter <= '9') || (smini_ascii_lower(letter) >= 'a' && smini_ascii_lower(letter) <= 'z'))
        return false;
    else
        *byte = letter;
    return true;
}

/* \p{..}, \cX, \o{..}: one byte, whichever. */
static bool skip_one_of_many(struct smini_widener *widener, uint8_t letter)
{
    if (!memchr("pPco", letter, 4))
        return false;
    if (letter != 'c' && smini_widen_take(widener, '{'))
        smini_widen_skip_past(widener, '}');
    else if (smini_widen_peek(widener) >= 0)
        widener->at++;
    return true;
}

static void skip_reference(struct smini_widener *widener, uint8_t letter)
{
    if (letter >= '1' && letter <= '9') {
        while (digit_value(smini_widen_peek(widener), 10) >= 0)
            widener->at++;
        return;
    }
    if (smini_widen_take(widener, '{'))
        smini_widen_skip_past(widener, '}');
    else if (smini_widen_take(widener, '<'))
        smini_widen_skip_past(widener, '>');
    else if (smini_widen_take(widener, '\''))
        smini_widen_skip_past(widener, '\'');
    else if (letter == 'g') {
        (void)(smini_widen_take(widener, '-') || smini_widen_take(widener, '+'));
        while (digit_value(smini_widen_peek(widener), 10) >= 0)
            widener->at++;
    } else
        widener->unreadable = true;
}

enum smini_widen_kind smini_widen_escape(struct smini_widener *widener, struct smini_byte_set *set)
{
    unsigned byte;
    if (smini_widen_peek(widener) < 0) {
        widener->unreadable = true;
        return SMINI_WIDEN_NOTHING;
    }
    uint8_t letter = widener->text.bytes[widener->at++];
    if (letter && memchr("bBAzZGK", letter, 7))
        return SMINI_WIDEN_NOTHING;
    if (letter == 'R' || letter == 'X') /* one byte or more */
        return SMINI_WIDEN_ANY;
    if ((letter >= '1' && letter <= '9') || letter == 'g' || letter == 'k') {
        skip_reference(widener, letter);
        return SMINI_WIDEN_ANY;
    }
    if (letter == 'N' && smini_widen_peek(widener) == '{')
        widener->unreadable = true;
    if (letter == 'N' || skip_one_of_many(widener, letter))
        add_all(set);
    else if (read_byte_escape(widener, letter, &byte))
        smini_byte_set_add(set, byte, byte);
    else if (!add_class_escape(set, letter))
        widener->unreadable = true; /* \Q and \E are the ones that can get here */
    return SMINI_WIDEN_SET;
}

/* One member of a class: a byte, or a set. False: a set, which begins no range. */
static bool read_member(struct smini_widener *widener, struct smini_byte_set *set, unsigned *byte)
{
    uint8_t first = widener->text.bytes[widener->at++];
    int next = smini_widen_peek(widener);
    *byte = first;
    if (first == '[' && next == ':') {
        size_t from = ++widener->at;
        smini_widen_skip_past(widener, ':');
        if (smini_widen_take(widener, ']'))
            add_named(set, smini_span_part(widener->text, from, widener->at - from - 2));
        else
            widener->unreadable = true; /* a bracket and a colon that are just that */
        return false;
    }
    if (first != '\\' || next < 0)
        return true;
    uint8_t letter = widener->text.bytes[widener->at++];
    if (letter == 'b')
        *byte = 8;
    else if (letter == 'Q' || letter == 'E')
        widener->unreadable = true;
    else if (add_class_escape(set, letter))
        return false;
    else if (skip_one_of_many(widener, letter) || !read_byte_escape(widener, letter, byte)) {
        add_all(set);
        return false;
    }
    return true;
}

void smini_widen_class(struct smini_widener *widener, struct smini_byte_set *set)
{
    bool negated = smini_widen_take(widener, '^');
    bool first = true;
    for (; smini_widen_peek(widener) >= 0 && (first || smini_widen_peek(widener) != ']'); first = false) {
        unsigned low = 0, high = 0;
        if (!read_member(widener, set, &low))
            continue;
        high = low;
        const uint8_t *rest = widener->text.bytes + widener->at;
        size_t left = widener->text.length - widener->at;
        if (left >= 2 && rest[0] == '-' && rest[1] != ']') {
            widener->at++;
            if (!read_member(widener, set, &high)) {
                smini_byte_set_add(set, '-', '-');
                high = low;
            }
        }
        smini_byte_set_add(set, low, high);
    }
    widener->unreadable |= !smini_widen_take(widener, ']');
    if (widener->flags & SMINI_PCRE_CASELESS)
        smini_byte_set_both_cases(set);
    if (!negated)
        return;
    /* of a set that became "every byte" for want of knowledge nothing would be left */
    smini_byte_set_invert(set);
    if (smini_byte_set_count(set) == 0)
        add_all(set);
}
