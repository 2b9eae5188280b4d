/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/keyword.h"

void smini_suricata_keywords_register(const struct smin_inspector *inspector, uint16_t protocol)
{
    (void)inspector;
    (void)protocol;
}
