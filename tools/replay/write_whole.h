/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef SMIN_REPLAY_WRITE_WHOLE_H
#define SMIN_REPLAY_WRITE_WHOLE_H

#include <stddef.h>
#include <stdint.h>

/* All of the bytes, however often a signal interrupts. 0, or the errno that ended it; `*done` becomes how many of them were written. */
int smini_write_part(int fd, const uint8_t *bytes, size_t length, size_t *done);
int smini_write_whole(int fd, const uint8_t *bytes, size_t length);

#endif
