/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/address.h"

#include "base/address.h"
#include "rule/lex.h"

static const char not_an_address[] = "is neither an address, a network, a range of addresses nor a variable";

/* Gives the family, or 0. */
static uint8_t read_address(struct smini_span text, uint8_t bytes[16])
{
    return smini_address_read(smini_lex_trim(text), bytes);
}

/* The number of leading one bits of a netmask, or -1 when they are not in one run. */
static int mask_bits(const uint8_t mask[4])
{
    uint32_t word = ((uint32_t)mask[0] << 24) | ((uint32_t)mask[1] << 16) | ((uint32_t)mask[2] << 8) | mask[3];
    int bits = 0;
    while (bits < 32 && (word & (0x80000000u >> bits)))
        bits++;
    return (bits == 32 || (word << bits) == 0) ? bits : -1;
}

static const char *read_network(struct smini_span text, size_t slash, struct smini_group *element)
{
    element->family = read_address(smini_span_part(text, 0, slash), element->low);
    if (!element->family)
        return not_an_address;
    struct smini_span size = smini_span_part(text, slash + 1, text.length);
    unsigned widest = element->family == 4 ? 32 : 128;
    uint64_t bits;
    uint8_t mask[16];
    if (!smini_lex_number(size, &bits)) {
        if (element->family != 4 || read_address(size, mask) != 4 || mask_bits(mask) < 0)
            return "has no prefix length and no netmask behind its slash";
        bits = (uint64_t)mask_bits(mask);
    }
    if (bits > widest)
        return "has a prefix length beyond the address; 32 is the most in IPv4, 128 in IPv6";
    for (unsigned i = 0; i < widest / 8; i++) {
        unsigned fixed = bits >= 8 * (i + 1) ? 8 : bits > 8 * i ? (unsigned)bits - 8 * i : 0;
        uint8_t host = (uint8_t)(0xffu >> fixed);
        element->low[i] = (uint8_t)(element->low[i] & ~host);
        element->high[i] = (uint8_t)(element->low[i] | host);
    }
    return NULL;
}

const char *smini_rule_address_parse(struct smini_span text, struct smini_group *element)
{
    size_t slash = smini_span_find(text, '/');
    if (slash < text.length)
        return read_network(text, slash, element);
    size_t dash = smini_span_find(text, '-');
    element->family = read_address(smini_span_part(text, 0, dash), element->low);
    if (!element->family)
        return not_an_address;
    if (dash == text.length) {
        memcpy(element->high, element->low, 16);
        return NULL;
    }
    uint8_t family = read_address(smini_span_part(text, dash + 1, text.length), element->high);
    if (family != element->family)
        return "is a range whose ends are not two addresses of one family";
    if (memcmp(element->low, element->high, 16) > 0)
        return "is a range whose first address is above its last";
    return NULL;
}

static bool read_port(struct smini_span text, uint64_t otherwise, uint8_t bytes[16])
{
    uint64_t port = otherwise;
    text = smini_lex_trim(text);
    if (text.length && (!smini_lex_number(text, &port) || port > 65535))
        return false;
    bytes[0] = (uint8_t)(port >> 8);
    bytes[1] = (uint8_t)port;
    return true;
}

const char *smini_rule_port_parse(struct smini_span text, struct smini_group *element)
{
    size_t colon = smini_span_find(text, ':');
    struct smini_span last = colon < text.length ? smini_span_part(text, colon + 1, text.length) : text;
    if (text.length <= (colon < text.length ? 1u : 0u) || !read_port(smini_span_part(text, 0, colon), 0, element->low) ||
        !read_port(last, 65535, element->high))
        return "is neither a port from 0 to 65535, a range like 80:90, nor a variable";
    if (memcmp(element->low, element->high, 2) > 0)
        return "is a range whose first port is above its last; write the lower one first";
    return NULL;
}
