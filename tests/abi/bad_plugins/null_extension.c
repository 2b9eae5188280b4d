/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: the required function extension is NULL */
#define BAD_MEMBERS .extension = NULL
#include "good.h"
