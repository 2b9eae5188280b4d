/* SPDX-License-Identifier: BSD-2-Clause */
/* The input as a row of choices, for targets that make something of it; and expressions made of them. */
#ifndef SMIN_TESTS_CHOICES_H
#define SMIN_TESTS_CHOICES_H

#include <stddef.h>
#include <stdint.h>

struct choices {
    const uint8_t *bytes;
    size_t left;
};

/* 0 once the input is used up. */
static inline unsigned choose(struct choices *choices, unsigned below)
{
    if (choices->left == 0)
        return 0;
    choices->left--;
    return *choices->bytes++ % below;
}

/* An expression that fits between the slashes of a rule's pcre, or is refused. Gives its length. */
size_t choices_expression(struct choices *choices, char *to, size_t room);

#endif
