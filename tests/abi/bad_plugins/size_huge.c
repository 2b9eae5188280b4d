/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: which no version of it has */
#define BAD_MEMBERS .struct_size = 0xffffffffu
#include "good.h"
