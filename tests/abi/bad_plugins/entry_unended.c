/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: is not ended by NULL */
#define BAD_ENTRY {&inspector}
#include "good.h"
