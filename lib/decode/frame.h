/* SPDX-License-Identifier: BSD-2-Clause */
/* How long is the message that begins here? */
#ifndef SMINI_DECODE_FRAME_H
#define SMINI_DECODE_FRAME_H

#include <stddef.h>
#include <stdint.h>

/*
 * `*total` becomes the length of the message that begins at `bytes`, header
 * included. SMIN_OK; SMIN_MORE when fewer than 16 bytes decide nothing yet
 * (`*total` is 16); SMIN_E_MALFORMED when no message begins here (0).
 */
int32_t smini_frame_need(const uint8_t *bytes, size_t length, uint64_t *total);

#endif
