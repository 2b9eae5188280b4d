/* SPDX-License-Identifier: BSD-2-Clause */
/* The shipped signatures as text, for programs that carry them inside. */
#ifndef SMINI_BUILTIN_RULES_H
#define SMINI_BUILTIN_RULES_H

#include <stddef.h>

extern const char smini_builtin_rules[];
extern const size_t smini_builtin_rules_size; /* without the NUL at its end */

#endif
