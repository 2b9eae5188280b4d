/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: id is missing */
#define BAD_MEMBERS .id = NULL
#include "good.h"
