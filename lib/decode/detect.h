/* SPDX-License-Identifier: BSD-2-Clause */
/* Is this Smart Install? Asked with the first bytes of one direction of a TCP connection. */
#ifndef SMINI_DECODE_DETECT_H
#define SMINI_DECODE_DETECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers as SMIN_PROBE_*. */
enum { SMINI_DETECT_NO = 0, SMINI_DETECT_YES = 1, SMINI_DETECT_MORE = 2 };

/*
 * `bytes` begin the direction; at most 16 are looked at. `hinted`: one of the
 * ports is 4786. Then the answer is YES from the first byte on, whatever it
 * is: messages are looked for in the whole stream. On other ports only a
 * strict header at the very beginning is a YES.
 */
int smini_detect(const uint8_t *bytes, size_t length, bool hinted);

/* True when either port is the registered one. */
bool smini_detect_hinted(uint16_t client_port, uint16_t server_port);

#endif
