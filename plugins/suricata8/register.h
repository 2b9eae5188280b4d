/* SPDX-License-Identifier: BSD-2-Clause */
/* The inspector's protocol in the engine's tables. */
#ifndef SMINI_SURICATA_REGISTER_H
#define SMINI_SURICATA_REGISTER_H

/* The engine's callbacks, with its own parsers and its own keywords. */
void smini_suricata_register_parser(void);
void smini_suricata_register_keywords(void);

#endif
