/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: was built for ABI 0.77 */
#define BAD_MEMBERS .abi_minor = 77
#include "good.h"
