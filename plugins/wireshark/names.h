/* SPDX-License-Identifier: BSD-2-Clause */
/* Registers an inspector's protocol, fields and events under names that are free. */
#ifndef SMINI_WIRESHARK_NAMES_H
#define SMINI_WIRESHARK_NAMES_H

#include "wireshark/adapter.h"

/*
 * The protocol. A name that is taken stops Wireshark from starting, so it is asked for first; false: nothing was
 * registered, and the user was told.
 */
bool smini_ws_register_protocol(struct smini_ws_adapter *adapter);

/* Fields and events of a registered protocol. */
void smini_ws_register_fields(struct smini_ws_adapter *adapter);
void smini_ws_register_events(struct smini_ws_adapter *adapter);

#endif
