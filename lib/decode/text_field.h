/* SPDX-License-Identifier: BSD-2-Clause */
/* Text on the wire: slots of fixed size, URLs wherever they stand. */
#ifndef SMINI_DECODE_TEXT_FIELD_H
#define SMINI_DECODE_TEXT_FIELD_H

#include "base/span.h"

/* The text at the beginning of a slot, up to its first NUL; all of it when there is none. */
static inline struct smini_span smini_text_of(struct smini_span slot)
{
    return smini_span_make(slot.bytes, smini_span_find(slot, 0));
}

/* True when a byte below 32 or above 126 is in it: nothing that a device's command line takes. */
bool smini_text_has_controls(struct smini_span text);

/* True when any byte is not zero. */
bool smini_text_not_empty(struct smini_span slot);

/*
 * The next URL (scheme "://" rest, up to a blank, a quote or a control
 * character) in `text` at or behind `*from`; `*from` moves behind it. Empty
 * when there is none.
 */
struct smini_span smini_text_next_url(struct smini_span text, size_t *from);

/* True when a text begins as a URL or as an IOS file name with a file system does: a scheme, then a colon. */
bool smini_url_valid(struct smini_span url);

/* File name at the end of a URL; empty when it ends with its host or a slash. */
struct smini_span smini_url_file(struct smini_span url);

/*
 * The next run of printable characters, at least `least` long, at or behind
 * `*from`; `*from` moves behind it. Empty when there is none.
 */
struct smini_span smini_text_next_run(struct smini_span bytes, size_t *from, size_t least);

#endif
