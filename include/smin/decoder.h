/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file decoder.h
 * The Smart Install decoder for programs that link libsmin. Three entries: how
 * long is the next message, what does a whole message say, push bytes as they
 * come. No matching, no plugin; see inspector.h for those.
 *
 * Wire facts: the layout of each message is described in doc/protocol.md.
 */
#ifndef SMIN_DECODER_H
#define SMIN_DECODER_H

#include "smin/field.h"
#include "smin/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** TCP port registered for Smart Install. */
#define SMIN_TCP_PORT 4786

/** Bytes of a message header. */
#define SMIN_HEADER_BYTES 16

/** Called once per message. `message` and all it points to live until it returns. */
typedef void (*smin_message_fn)(void *user, const struct smin_message *message);

/**
 * Length of the message that begins at `bytes`, header included, in `*total`.
 * SMIN_OK; SMIN_MORE: fewer than 16 bytes given (`*total` is 16);
 * SMIN_E_MALFORMED: no Smart Install message begins here. Thread: [any].
 */
SMIN_PUBLIC int32_t smin_message_need(const uint8_t *bytes, size_t length, uint64_t *total);

/**
 * Decodes one message from its first byte and calls `deliver` once.
 * Bytes behind its end are not looked at.
 * SMIN_OK; SMIN_E_TRUNCATED: delivered as far as it goes, not at all when fewer
 * than SMIN_HEADER_BYTES are given;
 * SMIN_E_MALFORMED: no message begins here, nothing delivered; SMIN_E_MISUSE.
 * Allocates nothing. Thread: [any].
 */
SMIN_PUBLIC int32_t smin_message_decode(const uint8_t *bytes, size_t length, uint32_t direction,
                                        smin_message_fn deliver, void *user);

/** Decoder of one direction of one connection. */
struct smin_stream;

/**
 * Makes a decoder. `server_port` is a hint (0: none). `midstream` non-zero: the
 * first byte pushed may stand inside a message.
 * SMIN_OK, SMIN_E_NOMEM, SMIN_E_MISUSE. New: free with smin_stream_free. Thread: [any].
 */
SMIN_PUBLIC int32_t smin_stream_new(uint32_t direction, uint16_t server_port, int midstream, smin_message_fn deliver,
                                    void *user, struct smin_stream **stream);

/** The next bytes, in order. SMIN_OK, SMIN_DONE after the end, SMIN_E_NOMEM. Thread: [flow]. */
SMIN_PUBLIC int32_t smin_stream_push(struct smin_stream *stream, const uint8_t *bytes, size_t length);

/** `length` bytes are missing here. Statuses as smin_stream_push. Thread: [flow]. */
SMIN_PUBLIC int32_t smin_stream_gap(struct smin_stream *stream, uint64_t length);

/** The direction ended; delivers what is unfinished. Statuses as smin_stream_push. Thread: [flow]. */
SMIN_PUBLIC int32_t smin_stream_end(struct smin_stream *stream);

/** Frees the decoder and clears the pointer. Delivers nothing. Thread: [flow]. */
SMIN_PUBLIC void smin_stream_free(struct smin_stream **stream);

/** The decoder's tables; the same as the inspector's. Thread: [any]. Lifetime: for ever. */
SMIN_PUBLIC const struct smin_field_desc *smin_field_table(uint32_t *count);
SMIN_PUBLIC const struct smin_event_desc *smin_event_table(uint32_t *count);
SMIN_PUBLIC const struct smin_message_desc *smin_message_table(uint32_t *count);

#ifdef __cplusplus
}
#endif

#endif
