/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: its name is not like */
#define BAD_MESSAGES {1, SMIN_EITHER, NULL, "a word"}
#include "good.h"
