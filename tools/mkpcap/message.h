/* SPDX-License-Identifier: BSD-2-Clause */
/* Smart Install messages by name and values. Layouts only, with every length open to be wrong on purpose. */
#ifndef SMINI_MESSAGE_H
#define SMINI_MESSAGE_H

#include "base/bytebuf.h"
#include "words.h"

/* words[first] names the message, the rest up to `last` are its values; the message is appended to `out`. */
void smini_message_build(const struct smini_words *words, size_t first, size_t last, struct smini_bytebuf *out);

/* Appends; stops when memory or the cap of the buffer is at its end. */
void smini_message_put(struct smini_bytebuf *out, const void *bytes, size_t length);
void smini_message_fill(struct smini_bytebuf *out, uint8_t byte, size_t count);

#endif
