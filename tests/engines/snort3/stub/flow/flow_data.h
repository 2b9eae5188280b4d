/* SPDX-License-Identifier: BSD-2-Clause */
#include "snort_stub.h"
