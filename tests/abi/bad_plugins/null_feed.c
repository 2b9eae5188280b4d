/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: the required function feed is NULL */
#define BAD_MEMBERS .feed = NULL
#include "good.h"
