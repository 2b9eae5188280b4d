/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: says it has 64 bytes, ABI 1.0 needs at least */
#define BAD_MEMBERS .struct_size = 64
#include "good.h"
