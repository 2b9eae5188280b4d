/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers and times as text: no printf, no locale, no time zone. */
#ifndef SMINI_WRITTEN_H
#define SMINI_WRITTEN_H

#include <stddef.h>
#include <stdint.h>

enum { SMINI_DECIMAL_TEXT = 20, SMINI_SECOND_TEXT = 20 };

/* Decimal digits, not ended by NUL. Gives their number. */
size_t smini_decimal(uint64_t value, char *text);

/* "2026-01-02T03:04:05" and a NUL: seconds since 1970, UTC. */
void smini_second_text(uint64_t second, char text[SMINI_SECOND_TEXT]);

#endif
