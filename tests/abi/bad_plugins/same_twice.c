/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: org.example.bad is there already */
#define BAD_ENTRY {&inspector, &inspector, NULL}
#include "good.h"
