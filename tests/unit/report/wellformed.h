/* SPDX-License-Identifier: BSD-2-Clause */
/* A strict look at a page: as XML, and as something that must never reach out. */
#ifndef SMIN_TESTS_WELLFORMED_H
#define SMIN_TESTS_WELLFORMED_H

#include <stddef.h>

/*
 * NULL when the page is well-formed XML with known entities, valid UTF-8, no
 * control characters, ids that occur once, links that lead to an id of the
 * page or to a path below it, and nothing that loads or runs anything.
 * Otherwise what is wrong and where, valid until the next call.
 */
const char *page_fault(const char *page, size_t length);

#endif
