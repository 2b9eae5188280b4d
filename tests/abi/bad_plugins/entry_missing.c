/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: does not export smin_plugin_entry */
#define BAD_SYMBOL some_other_symbol
#include "good.h"
