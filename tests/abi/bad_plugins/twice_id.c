/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: message number 1 is given twice */
#define BAD_MESSAGES {1, SMIN_EITHER, "word", "a word"}, {1, SMIN_EITHER, "other", "another"}
#include "good.h"
