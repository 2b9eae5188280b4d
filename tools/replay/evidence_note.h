/* SPDX-License-Identifier: BSD-2-Clause */
/* What a slice says beside a packet: plain text, printable ASCII, whatever the network sent. */
#ifndef SMINI_TOOL_EVIDENCE_NOTE_H
#define SMINI_TOOL_EVIDENCE_NOTE_H

#include "base/bytebuf.h"
#include "replay/sink.h"

/* What one message or file is told in; a packet with many pipelined messages has several. */
enum { SMINI_NOTE_BYTES_MAX = 4096 };

/* All append; what does not fit is left out. */
void smini_note_string(struct smini_bytebuf *note, const char *text);
void smini_note_number(struct smini_bytebuf *note, uint64_t number);
void smini_note_text(struct smini_bytebuf *note, struct smini_span text);
void smini_note_hex(struct smini_bytebuf *note, struct smini_span bytes);

/* A message with its fields, events and alerts; nothing when there is nothing to tell. */
void smini_note_output(struct smini_bytebuf *note, const struct smin_inspector *inspector, int reading,
                       const struct smin_output *output);
/* A file that has moved. */
void smini_note_file(struct smini_bytebuf *note, const struct smini_file_view *file);

#endif
