/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: the stride of the message table is 0 */
#define BAD_MEMBERS .message_stride = 0
#include "good.h"
