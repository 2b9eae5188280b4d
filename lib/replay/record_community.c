/* SPDX-License-Identifier: BSD-2-Clause */
/* Community ID version 1: an identity of a flow that other tools compute alike. */
#include <sha1.h>

#include "replay/record_internal.h"

static void base64_20(const uint8_t digest[20], char text[29])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t padded[21] = {0};
    memcpy(padded, digest, 20);
    for (size_t i = 0; i < 7; i++) {
        const uint8_t *b = padded + 3 * i;
        uint32_t three = ((uint32_t)b[0] << 16) | ((uint32_t)b[1] << 8) | b[2];
        for (size_t j = 0; j < 4; j++)
            text[4 * i + j] = alphabet[(three >> (18 - 6 * j)) & 63];
    }
    text[27] = '=';
    text[28] = 0;
}

void smini_record_community_id(const struct smini_flow_view *flow, char text[SMINI_COMMUNITY_ID_BYTES])
{
    size_t bytes = flow->ip_version == 6 ? 16 : 4;
    const uint8_t *low = flow->client_address, *high = flow->server_address;
    uint16_t low_port = flow->client_port, high_port = flow->server_port;
    int order = memcmp(low, high, bytes);
    if (order > 0 || (order == 0 && low_port > high_port)) {
        const uint8_t *address = low;
        low = high;
        high = address;
        low_port = flow->server_port;
        high_port = flow->client_port;
    }
    uint8_t seed[2] = {0, 0}, tail[6] = {flow->protocol, 0, (uint8_t)(low_port >> 8), (uint8_t)low_port,
                                         (uint8_t)(high_port >> 8), (uint8_t)high_port};
    uint8_t digest[SHA1_DIGEST_LENGTH];
    SHA1_CTX context;
    SHA1Init(&context);
    SHA1Update(&context, seed, sizeof(seed));
    SHA1Update(&context, low, bytes);
    SHA1Update(&context, high, bytes);
    SHA1Update(&context, tail, sizeof(tail));
    SHA1Final(digest, &context);
    text[0] = '1';
    text[1] = ':';
    base64_20(digest, text + 2);
}
