/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses and networks as text, and the host of a URL. */
#include <arpa/inet.h>

#include "incident/internal.h"

enum { ADDRESS_TEXT_MAX = 45 };

int32_t smini_address_parse(struct smini_span text, struct smini_incident_address *address)
{
    char copy[ADDRESS_TEXT_MAX + 1];
    if (text.length == 0 || text.length > ADDRESS_TEXT_MAX)
        return SMIN_E_MALFORMED;
    memcpy(copy, text.bytes, text.length);
    copy[text.length] = 0;
    memset(address, 0, sizeof(*address));
    address->version = smini_span_find(text, ':') < text.length ? 6 : 4;
    return inet_pton(address->version == 6 ? AF_INET6 : AF_INET, copy, address->bytes) == 1 ? SMIN_OK
                                                                                             : SMIN_E_MALFORMED;
}

int32_t smini_incident_parse_network(struct smini_span text, struct smini_incident_network *network)
{
    size_t slash = smini_span_find(text, '/');
    if (smini_address_parse(smini_span_part(text, 0, slash), &network->address) != SMIN_OK)
        return SMIN_E_MALFORMED;
    unsigned most = network->address.version == 6 ? 128 : 32, prefix = 0;
    if (slash == text.length) {
        network->prefix = (uint8_t)most;
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

struct smini_span smini_address_url_host(struct smini_span url)
{
    size_t colon = smini_span_find(url, ':');
    struct smini_span rest = smini_span_part(url, colon + 1, SIZE_MAX);
    if (rest.length < 2 || rest.bytes[0] != '/' || rest.bytes[1] != '/')
        return smini_span_make(NULL, 0);
    rest = smini_span_part(rest, 2, SIZE_MAX);
    rest = smini_span_part(rest, 0, smini_span_find(rest, '/'));
    size_t at = smini_span_find(rest, '@');
    if (at < rest.length)
        rest = smini_span_part(rest, at + 1, SIZE_MAX);
    if (rest.length > 0 && rest.bytes[0] == '[')
        return smini_span_part(rest, 1, smini_span_find(rest, ']') - 1);
    return smini_span_part(rest, 0, smini_span_find(rest, ':'));
}

int smini_address_compare(const struct smini_incident_address *a, const struct smini_incident_address *b)
{
    if (a->version != b->version)
        return a->version < b->version ? -1 : 1;
    return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}
