/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: are named "word" */
#define BAD_MESSAGES {1, SMIN_EITHER, "word", "a word"}, {2, SMIN_EITHER, "word", "another"}
#include "good.h"
