/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses as text, and where a URL keeps one. */
#ifndef SMINI_ADDRESS_H
#define SMINI_ADDRESS_H

#include "base/span.h"

/*
 * Reads one IPv4 or IPv6 address, all of `text`. Gives 4 or 6, or 0 when it is
 * none; IPv4 stands in the first four bytes, the rest is zero. No zone, no
 * leading zeros, no blank: what cannot be read exactly is not read.
 */
uint8_t smini_address_read(struct smini_span text, uint8_t bytes[16]);

enum { SMINI_ADDRESS_TEXT = 46 };

/* `version` 4 or 6; IPv6 in the form of RFC 5952. Ended by NUL; gives its length. */
size_t smini_address_text(uint8_t version, const uint8_t *bytes, char text[SMINI_ADDRESS_TEXT]);

/*
 * Host of "scheme://user@host:port/path", without brackets around IPv6; empty
 * when there is none. An unfinished bracket stays in it: no address then.
 */
struct smini_span smini_url_host(struct smini_span url);

#endif
