/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef SMINI_WIRESHARK_BUILT_IN_H
#define SMINI_WIRESHARK_BUILT_IN_H

#include "smin/abi.h"

const struct smin_inspector *smini_ws_built_in(void);

#endif
