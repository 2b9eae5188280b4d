/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines in the engine's log. */
#ifndef SMINI_SURICATA_LOG_H
#define SMINI_SURICATA_LOG_H

/* One line at SMINI_ENGINE_LOG_*; longer ones are cut. */
void smini_suricata_log(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
