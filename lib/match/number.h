/* SPDX-License-Identifier: BSD-2-Clause */
/* byte_test on exactly the bytes it reads. */
#ifndef SMINI_MATCH_NUMBER_H
#define SMINI_MATCH_NUMBER_H

#include "rule/rule.h"

bool smini_number_test(const struct smini_byte_test *test, struct smini_span bytes);

#endif
