/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: the message table is NULL but has 1 */
#define BAD_MEMBERS .messages = NULL
#include "good.h"
