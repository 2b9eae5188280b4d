/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/foreign.h"

#include "base/cursor.h"
#include "decode/text_field.h"

enum { IPV6_GROUPS = 8, IPV4_BYTES = 4, IPV6_BYTES = 16 };

bool smini_foreign_ipv4(struct smini_span text, uint8_t address[4])
{
    size_t at = 0;
    for (int part = 0; part < IPV4_BYTES; part++) {
        uint32_t value = 0;
        size_t digits = 0;
        while (at < text.length && text.bytes[at] >= '0' && text.bytes[at] <= '9' && digits < 4) {
            value = value * 10 + (uint32_t)(text.bytes[at] - '0');
            at++;
            digits++;
        }
        if (digits == 0 || digits > 3 || value > 255)
            return false;
        address[part] = (uint8_t)value;
        if (part < IPV4_BYTES - 1) {
            if (at >= text.length || text.bytes[at] != '.')
                return false;
            at++;
        }
    }
    return at == text.length;
}

static int hex_value(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte = smini_ascii_lower(byte);
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* One group of up to four hex digits. Returns how many there were; 0 is an error. */
static size_t read_group(struct smini_span text, size_t at, uint16_t *group)
{
    uint32_t value = 0;
    size_t digits = 0;
    while (at + digits < text.length && digits < 4) {
        int digit = hex_value(text.bytes[at + digits]);
        if (digit < 0)
            break;
        value = value * 16 + (uint32_t)digit;
        digits++;
    }
    *group = (uint16_t)value;
    return digits;
}

/* The groups as written; `*gap` becomes the place of "::", or -1. Returns how many groups, or -1. */
static int read_groups(struct smini_span text, uint16_t groups[IPV6_GROUPS], int *gap)
{
    int count = 0;
    size_t at = 0;
    *gap = -1;
    if (text.length >= 2 && text.bytes[0] == ':' && text.bytes[1] == ':') {
        *gap = 0;
        at = 2;
    }
    while (at < text.length) {
        uint8_t v4[4];
        if (count == IPV6_GROUPS)
            return -1;
        if (count <= IPV6_GROUPS - 2 && smini_foreign_ipv4(smini_span_part(text, at, text.length), v4)) {
            groups[count++] = smini_bytes_u16(v4);
            groups[count++] = smini_bytes_u16(v4 + 2);
            return count;
        }
        size_t digits = read_group(text, at, &groups[count]);
        if (digits == 0)
            return -1;
        count++;
        at += digits;
        if (at == text.length)
            return count;
        if (text.bytes[at++] != ':' || at == text.length)
            return -1;
        if (text.bytes[at] == ':') {
            if (*gap >= 0)
                return -1;
            *gap = count;
            at++;
        }
    }
    return count;
}

bool smini_foreign_ipv6(struct smini_span text, uint8_t address[16])
{
    uint16_t groups[IPV6_GROUPS];
    int gap = -1;
    int count = read_groups(text, groups, &gap);
    if (count < 0 || (gap < 0 && count != IPV6_GROUPS) || (gap >= 0 && count == IPV6_GROUPS))
        return false;
    memset(address, 0, IPV6_BYTES);
    int shift = IPV6_GROUPS - count;
    for (int i = 0; i < count; i++) {
        int place = gap >= 0 && i >= gap ? i + shift : i;
        address[2 * place] = (uint8_t)(groups[i] >> 8);
        address[2 * place + 1] = (uint8_t)groups[i];
    }
    return true;
}

bool smini_foreign_url(struct smini_span url, uint8_t ip_version, const uint8_t *peer)
{
    uint8_t address[IPV6_BYTES];
    struct smini_span host = smini_url_host(url);
    if (smini_foreign_ipv4(host, address))
        return ip_version != 4 || memcmp(address, peer, IPV4_BYTES) != 0;
    return smini_foreign_ipv6(host, address) && (ip_version != 6 || memcmp(address, peer, IPV6_BYTES) != 0);
}
