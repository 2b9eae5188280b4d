/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: the reserved member is not zero */
#define BAD_MEMBERS .reserved = 1
#include "good.h"
