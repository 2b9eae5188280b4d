/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: offers no inspector */
#define BAD_ENTRY {NULL}
#include "good.h"
