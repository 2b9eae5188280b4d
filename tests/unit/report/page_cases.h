/* SPDX-License-Identifier: BSD-2-Clause */
/* Cases with made-up incidents, for tests of the page. */
#ifndef SMIN_TESTS_PAGE_CASES_H
#define SMIN_TESTS_PAGE_CASES_H

#include "report/page.h"

/*
 * "none": nothing happened. "one": a theft and a planted configuration.
 * "sweep": 150 devices probed, some of them robbed. "many": 230 devices, each
 * with a fate of its own. "hostile": names and texts that try to act, hide and
 * overflow. "secrets": every known form of a secret, wherever texts may stand.
 * "partial": captures that were not read to their end, IPv6.
 */
extern const char *const page_case_names[];
extern const uint32_t page_case_count;

/* The page of the case; it and all it points to lives until the next call. NULL: no such case. */
const struct smini_page *page_case(const char *name);
void page_case_free(void);

/* What no page may show, ended by NULL: the secrets planted in "secrets". */
extern const char *const page_case_secrets[];

#endif
