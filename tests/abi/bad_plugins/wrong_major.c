/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: was built for ABI 999.0, this host is built for ABI */
#define BAD_MEMBERS .abi_major = 999, .id = (const char *)8
#include "good.h"
