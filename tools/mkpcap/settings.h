/* SPDX-License-Identifier: BSD-2-Clause */
/* Values that hold for many lines: addresses, times, connection properties, the capture's format. */
#ifndef SMINI_SETTINGS_H
#define SMINI_SETTINGS_H

#include "arguments.h"
#include "capture_file.h"
#include "conversation.h"

/* "192.0.2.10:4786" or "[2001:db8::10]:4786"; the port may be left out. Stops when it is neither. */
void smini_settings_endpoint(const struct smini_words *words, const char *text, struct smini_endpoint *endpoint);

/* What holds before any `set`: client 198.51.100.7:40001, server 192.0.2.10:4786. */
void smini_settings_default(struct smini_conversation *talk, struct smini_connection *connection);

/* The keys of `set` and `connection` that belong to a connection. */
void smini_settings_connection(struct smini_arguments *in, struct smini_connection *connection);

/* The keys of `set` that hold for everything: start, step, record. */
void smini_settings_clock(struct smini_arguments *in, struct smini_conversation *talk);

/* The keys of `capture`: format link order resolution snaplen. */
void smini_settings_capture(struct smini_arguments *in, struct smini_capture_format *format);

/* What may stand before the parts of a data line. */
void smini_settings_modifiers(struct smini_arguments *in, struct smini_modifiers *modifiers);

#endif
