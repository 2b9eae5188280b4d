/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: a flag that is not known */
#define BAD_MEMBERS .flags = 2
#include "good.h"
