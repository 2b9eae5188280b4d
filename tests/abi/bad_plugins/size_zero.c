/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: does not even hold its version */
#define BAD_MEMBERS .struct_size = 0
#include "good.h"
