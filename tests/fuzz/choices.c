/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/fuzz/choices.h"

#include <stdio.h>

#define COUNT(list) ((unsigned)(sizeof(list) / sizeof((list)[0])))

/* Letters are repeated, so that most of an expression is something to match. */
static const char *const atoms[] = {
    "a", "b", "c", "A", "B", "ab", "bA", "\\x00", "\\n", "a", "b", "ba", ".", "\\x61", "\\x{62}", "\\141", "_", "1",
    "[ab]", "[^a]", "[a-c\\x00]", "[]a]", "[^]b]", "[\\w]", "[^\\W_]", "[[:alpha:]]", "[[:^alpha:]1]", "[^\\x00-A]",
    "[a\\-c]", "[\\d-b]", "[[b]", "[\\b\\n]", "[^\\R]", "\\w", "\\W", "\\d", "\\s", "\\S", "\\h", "\\v", "\\N", "\\R",
    "\\X", "\\cA", "\\pL", "\\0", "\\012", "\\1", "\\g{1}", "\\g1", "\\k<n>", "\\12",
    "\\b", "\\B", "^", "$", "\\A", "\\z", "\\Z", "\\G", "\\K", "\\Qa.b\\E", "\\E",
    "(?i)", "(?-i)", "(?m)", "(?s)", "(?x)", "(?xx)", "(?i-m)", "(?#c)", " ", "#", "{", "}", "]", "-", "(?1)", "(?R)",
    "(?(1)a|b)", "(*COMMIT)"};
static const char *const openings[] = {"(", "(?:", "(?:", "(?>", "(?i:", "(?|", "(?<n>", "(?P<n>", "(?=", "(?!",
                                       "(?<=", "(?<!", "(?x:", "(?-i:", "(?^:", "(*atomic:"};
static const char *const repeats[] = {"", "", "", "", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "++", "?+",
                                      "{0}", "{0,1}", "{,2}", "{40}", "{3}{2}", "{2", " +", "(?#c)*"};

static size_t put(char *to, size_t room, size_t at, const char *text)
{
    int wrote = snprintf(to + at, room - at, "%s", text);
    return at + (size_t)wrote < room ? at + (size_t)wrote : room - 1;
}

static size_t sequence(struct choices *choices, char *to, size_t room, size_t at, unsigned depth)
{
    unsigned parts = 1 + choose(choices, 5);
    for (unsigned i = 0; i < parts; i++) {
        if (depth < 3 && choose(choices, 4) == 0) {
            at = put(to, room, at, openings[choose(choices, COUNT(openings))]);
            at = sequence(choices, to, room, at, depth + 1);
            at = put(to, room, at, ")");
        } else if (choose(choices, 7) == 0) {
            at = put(to, room, at, "|");
        } else {
            /* half of them plain */
            at = put(to, room, at, atoms[choose(choices, choose(choices, 2) ? COUNT(atoms) : 12)]);
        }
        at = put(to, room, at, repeats[choose(choices, COUNT(repeats))]);
    }
    return at;
}

size_t choices_expression(struct choices *choices, char *to, size_t room)
{
    to[0] = 0;
    return sequence(choices, to, room, 0, 0);
}
