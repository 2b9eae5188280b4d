/* SPDX-License-Identifier: BSD-2-Clause */
/* The reference judge: conditions on bytes straight from the definition of the language, every way tried. */
#ifndef SMIN_TESTS_REFERENCE_H
#define SMIN_TESTS_REFERENCE_H

#include "rule/rule.h"

/* Expressions are not judged here: PCRE2 is what the matcher confirms them with. */
bool reference_knows(const struct smini_section *section);
bool reference_holds(const struct smini_section *section, struct smini_span bytes);

#endif
