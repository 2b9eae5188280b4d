/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/address.h"

#include <arpa/inet.h>

#include "base/written.h"

uint8_t smini_address_read(struct smini_span text, uint8_t bytes[16])
{
    char copy[INET6_ADDRSTRLEN];
    memset(bytes, 0, 16);
    if (text.length == 0 || text.length >= sizeof(copy) || memchr(text.bytes, 0, text.length))
        return 0;
    memcpy(copy, text.bytes, text.length);
    copy[text.length] = 0;
    if (inet_pton(AF_INET, copy, bytes) == 1)
        return 4;
    return inet_pton(AF_INET6, copy, bytes) == 1 ? 6 : 0;
}

size_t smini_address_text(uint8_t version, const uint8_t *bytes, char text[SMINI_ADDRESS_TEXT])
{
    if (version == 6) {
        if (!inet_ntop(AF_INET6, bytes, text, SMINI_ADDRESS_TEXT))
            text[0] = 0;
        return strlen(text);
    }
    size_t length = 0;
    for (int i = 0; i < 4; i++) {
        length += smini_decimal(bytes[i], text + length);
        text[length++] = i < 3 ? '.' : 0;
    }
    return length - 1;
}

struct smini_span smini_url_host(struct smini_span url)
{
    size_t colon = smini_span_find(url, ':');
    if (url.length - colon < 3 || url.bytes[colon + 1] != '/' || url.bytes[colon + 2] != '/')
        return smini_span_make(NULL, 0);
    struct smini_span host = smini_span_part(url, colon + 3, url.length);
    host.length = smini_span_find(host, '/');
    for (size_t at = host.length; at > 0; at--)
        if (host.bytes[at - 1] == '@') {
            host = smini_span_part(host, at, host.length);
            break;
        }
    if (host.length == 0 || host.bytes[0] != '[') {
        host.length = smini_span_find(host, ':');
        return host;
    }
    size_t close = smini_span_find(host, ']');
    return close < host.length ? smini_span_part(host, 1, close - 1) : host; /* unfinished: no address */
}
