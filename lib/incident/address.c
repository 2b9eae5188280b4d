/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses and networks as text. */
#include "base/address.h"
#include "incident/internal.h"

int32_t smini_incident_address_parse(struct smini_span text, struct smini_incident_address *address)
{
    address->version = smini_address_read(text, address->bytes);
    return address->version ? SMIN_OK : SMIN_E_MALFORMED;
}

/* ::ffff:a.b.c.d is another way to write an IPv4 address: packets carry the short one. */
static void unmap(struct smini_incident_network *network)
{
    enum { MAPPED_BYTES = 12, MAPPED_BITS = 96 };
    static const uint8_t mapped[MAPPED_BYTES] = {[10] = 0xff, [11] = 0xff};
    struct smini_incident_address *address = &network->address;
    if (address->version != 6 || network->prefix < MAPPED_BITS || memcmp(address->bytes, mapped, MAPPED_BYTES) != 0)
        return;
    memmove(address->bytes, address->bytes + MAPPED_BYTES, 4);
    memset(address->bytes + 4, 0, sizeof(address->bytes) - 4);
    address->version = 4;
    network->prefix = (uint8_t)(network->prefix - MAPPED_BITS);
}

int32_t smini_incident_parse_network(struct smini_span text, struct smini_incident_network *network)
{
    size_t slash = smini_span_find(text, '/');
    if (smini_incident_address_parse(smini_span_part(text, 0, slash), &network->address) != SMIN_OK)
        return SMIN_E_MALFORMED;
    unsigned most = network->address.version == 6 ? 128 : 32, prefix = 0;
    if (slash == text.length) {
        network->prefix = (uint8_t)most;
        unmap(network);
        return SMIN_OK;
    }
    struct smini_span digits = smini_span_part(text, slash + 1, SIZE_MAX);
    if (digits.length == 0 || digits.length > 3)
        return SMIN_E_MALFORMED;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.bytes[i] < '0' || digits.bytes[i] > '9')
            return SMIN_E_MALFORMED;
        prefix = prefix * 10 + (unsigned)(digits.bytes[i] - '0');
    }
    if (prefix > most)
        return SMIN_E_MALFORMED;
    network->prefix = (uint8_t)prefix;
    unmap(network);
    return SMIN_OK;
}

static bool in_network(const struct smini_incident_address *address, const struct smini_incident_network *network)
{
    if (address->version != network->address.version)
        return false;
    unsigned whole = network->prefix / 8U, rest = network->prefix % 8U;
    if (memcmp(address->bytes, network->address.bytes, whole) != 0)
        return false;
    if (rest == 0)
        return true;
    unsigned mask = (0xff00U >> rest) & 0xffU;
    return ((address->bytes[whole] ^ network->address.bytes[whole]) & mask) == 0;
}

bool smini_incident_in_networks(const struct smini_incident_address *address,
                                const struct smini_incident_network *networks, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (in_network(address, &networks[i]))
            return true;
    return false;
}

int smini_address_compare(const struct smini_incident_address *a, const struct smini_incident_address *b)
{
    if (a->version != b->version)
        return a->version < b->version ? -1 : 1;
    return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}
