/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: the port table is NULL */
#define BAD_MEMBERS .tcp_port_count = 1
#include "good.h"
