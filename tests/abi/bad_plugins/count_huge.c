/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: elements in the message table, at most */
#define BAD_MEMBERS .message_count = 0xffffffffu
#include "good.h"
