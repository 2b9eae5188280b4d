/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: protocol name is missing */
#define BAD_MEMBERS .name = NULL
#include "good.h"
