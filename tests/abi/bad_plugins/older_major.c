/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: was built for ABI 0.1 */
#define BAD_MEMBERS .abi_major = 0, .abi_minor = 1
#include "good.h"
