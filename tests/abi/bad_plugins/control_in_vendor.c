/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: vendor is missing or not one line */
#define BAD_MEMBERS .vendor = "a\033[31mb"
#include "good.h"
