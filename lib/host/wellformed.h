/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is a text of a foreign table fit to be a key, a file name, a filter or a
 * line? Nothing behind the bound is read.
 */
#ifndef SMINI_HOST_WELLFORMED_H
#define SMINI_HOST_WELLFORMED_H

#include <stdbool.h>

/* "org.example.smartinstall": lower-case labels of letters, digits, '-' and '_', at least two, joined by dots. */
bool smini_wellformed_id(const char *text);

/* "length_overstated": a letter, then letters, digits and '_', all lower-case. */
bool smini_wellformed_name(const char *text);

/* "smin.url": names joined by dots. */
bool smini_wellformed_dotted(const char *text);

/* "urls[]", "reload.now", "tlvs[].type": names joined by dots, each may end in "[]". */
bool smini_wellformed_key(const char *text);

/* One line for people: not empty, no control character, ended by NUL within the bound. */
bool smini_wellformed_line(const char *text);

#endif
