/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything a user of this folder needs: detect, frame, decode one message,
 * decode a stream, and the tables that say what comes out.
 */
#ifndef SMINI_DECODE_H
#define SMINI_DECODE_H

#include "decode/command.h"
#include "decode/detect.h"
#include "decode/frame.h"
#include "decode/header.h"
#include "decode/ids.h"
#include "decode/limits.h"
#include "decode/scratch.h"
#include "decode/stream.h"
#include "decode/text_field.h"

/*
 * Decodes the message that begins at `bytes` and delivers it once through the
 * scratch. Bytes behind its declared end are not looked at. `offset` is where
 * the caller counts its first byte.
 * SMIN_OK; SMIN_E_TRUNCATED: delivered as far as it goes; SMIN_E_MALFORMED: no
 * message begins here, nothing delivered. Allocates nothing.
 */
int32_t smini_decode_message(struct smini_decode_scratch *scratch, uint32_t direction, uint64_t offset,
                             const uint8_t *bytes, size_t length);

#endif
