/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "transfer_packet.h"

static struct transfer_end client(unsigned transfer)
{
    return (struct transfer_end){transfer_device, FIRST_PORT + transfer};
}

/* Each transfer from a port of its own, as RFC 1350 wants it. */
static struct transfer_end server(unsigned transfer)
{
    return (struct transfer_end){transfer_server, 1025 + transfer};
}

/* NUL stands between the words of a request. */
static size_t put_words(uint8_t *at, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        at[i] = text[i] == '|' ? 0 : (uint8_t)text[i];
    return length;
}

static void request(unsigned transfer, unsigned block_bytes)
{
    const struct transfer_end here = client(transfer), there = server(transfer), known = {transfer_server, 69};
    uint8_t datagram[128];
    char text[96];
    transfer_put16(datagram, 1);
    snprintf(text, sizeof(text), "image.tar|octet|blksize|%u|", block_bytes);
    transfer_udp(&here, &known, datagram, 2 + put_words(datagram + 2, text));
    transfer_put16(datagram, 6);
    snprintf(text, sizeof(text), "blksize|%u|", block_bytes);
    transfer_udp(&there, &here, datagram, 2 + put_words(datagram + 2, text));
}

static void block(unsigned transfer, uint64_t number, size_t length)
{
    const struct transfer_end here = client(transfer), there = server(transfer);
    uint8_t datagram[4 + BLOCK_MOST];
    transfer_put16(datagram, 3);
    transfer_put16(datagram + 2, (unsigned)(number & 0xffff));
    memset(datagram + 4, (int)(number % 251), length);
    transfer_udp(&there, &here, datagram, 4 + length);
    transfer_put16(datagram, 4);
    transfer_udp(&here, &there, datagram, 4);
}

void transfer_tftp(const struct transfer_plan *plan)
{
    for (unsigned t = 0; t < plan->transfers; t++)
        request(t, plan->block_bytes);
    for (uint64_t n = 1; n <= plan->blocks; n++)
        for (unsigned t = 0; t < plan->transfers; t++)
            block(t, n, plan->block_bytes);
    for (unsigned t = 0; t < plan->transfers; t++)
        block(t, plan->blocks + 1, 3);
}
