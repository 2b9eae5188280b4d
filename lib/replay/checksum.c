/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/checksum.h"

#include <string.h>
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

#include "base/cursor.h"
#include "replay/dissect.h"
#include "replay/ip.h"

/*
 * Eight bytes at a time with the carry added back: 2^64 - 1 is a multiple of
 * 2^16 - 1, so folding at the end gives the 16-bit sum. Four sums side by side,
 * so that one addition need not wait for the one before.
 */
static inline uint64_t add_carry(uint64_t sum, const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof(word));
    sum += word;
    return sum + (sum < word);
}

static inline uint64_t join(uint64_t a, uint64_t b)
{
    a += b;
    return a + (a < b);
}

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_WIDE_SUM 1

/* Below this the scalar loop is done before the wide one has begun. */
enum { WIDE_MIN = 128 };

/* Sum of the 32-bit words of `length` bytes, a multiple of 64: half the instructions of the loop below, or less. */
__attribute__((target("avx2"))) static uint64_t wide_sum(const uint8_t *bytes, size_t length)
{
    const __m256i low = _mm256_set1_epi64x(0xffffffff);
    __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
    for (size_t at = 0; at < length; at += 64) {
        __m256i first, second;
        memcpy(&first, bytes + at, sizeof(first));
        memcpy(&second, bytes + at + 32, sizeof(second));
        a = _mm256_add_epi64(a, _mm256_and_si256(first, low));
        b = _mm256_add_epi64(b, _mm256_srli_epi64(first, 32));
        c = _mm256_add_epi64(c, _mm256_and_si256(second, low));
        d = _mm256_add_epi64(d, _mm256_srli_epi64(second, 32));
    }
    uint64_t lanes[4];
    a = _mm256_add_epi64(_mm256_add_epi64(a, b), _mm256_add_epi64(c, d));
    memcpy(lanes, &a, sizeof(lanes));
    return lanes[0] + lanes[1] + lanes[2] + lanes[3]; /* words of 32 bits: no carry for any length of a packet */
}
#endif

uint32_t smini_checksum_add(uint32_t start, const uint8_t *bytes, size_t length)
{
    return smini_checksum_add_to(start, bytes, length);
}

uint32_t smini_checksum_add_to(uint64_t start, const uint8_t *bytes, size_t length)
{
    uint64_t a = start, b = 0, c = 0, d = 0;
#ifdef HAVE_WIDE_SUM
    if (length >= WIDE_MIN && __builtin_cpu_supports("avx2")) {
        size_t wide = length & ~(size_t)63;
        a += wide_sum(bytes, wide);
        bytes += wide;
        length -= wide;
    }
#endif
    for (; length >= 32; bytes += 32, length -= 32) {
        a = add_carry(a, bytes);
        b = add_carry(b, bytes + 8);
        c = add_carry(c, bytes + 16);
        d = add_carry(d, bytes + 24);
    }
    for (; length >= 8; bytes += 8, length -= 8)
        a = add_carry(a, bytes);
    if (length & 4) { /* the end of nearly every header */
        uint32_t word;
        memcpy(&word, bytes, sizeof(word));
        c = join(c, word);
        bytes += 4;
    }
    if (length & 3) {
        uint8_t rest[4] = {0};
        for (size_t i = 0; i < (length & 3); i++)
            rest[i] = bytes[i];
        uint32_t word;
        memcpy(&word, rest, sizeof(word));
        b = join(b, word);
    }
    uint64_t sum = join(join(a, b), join(c, d));
    return smini_checksum_fold((sum >> 32) + (sum & 0xffffffff));
}

void smini_checksum_store(uint32_t sum, uint8_t *at)
{
    uint16_t folded = (uint16_t)~sum;
    memcpy(at, &folded, 2);
}

/* A source route that is not used up: the checksum was made with another destination. */
static bool four_is_routed(const uint8_t *ip, uint32_t header)
{
    enum { END = 0, NOP = 1, LOOSE = 131, STRICT = 137 };
    struct smini_cursor options = smini_cursor_make(smini_span_make(ip + 20, header - 20), 0);
    while (smini_cursor_left(&options) >= 3) {
        uint8_t kind = smini_cursor_u8(&options);
        if (kind == END)
            return false;
        if (kind == NOP)
            continue;
        uint8_t size = smini_cursor_u8(&options);
        if (size < 2)
            return false;
        struct smini_cursor value = smini_cursor_narrow(&options, size - 2u);
        if ((kind == LOOSE || kind == STRICT) && smini_cursor_u8(&value) <= size)
            return true;
    }
    return false;
}

static bool six_is_routed(const struct smini_dissected *d)
{
    struct smini_cursor chain = smini_cursor_make(smini_span_make(d->ip, (size_t)(d->transport - d->ip)), 0);
    smini_cursor_skip(&chain, 40);
    uint8_t protocol = d->ip[6];
    while (smini_cursor_left(&chain) >= 8) {
        const uint8_t *header = chain.at;
        uint32_t length = smini_ip_extension_length(protocol, header);
        if (length == 0)
            return false;
        if (protocol == SMINI_IP_ROUTING && header[3] != 0)
            return true;
        protocol = header[0];
        smini_cursor_skip(&chain, length);
    }
    return false;
}

static uint64_t word(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/* Twenty bytes, which nearly every header of IPv4 has: no loop. */
static uint64_t plain_header(const uint8_t *ip)
{
    return word(ip) + word(ip + 4) + word(ip + 8) + word(ip + 12) + word(ip + 16);
}

static bool transport_is_right(const struct smini_dissected *d, uint32_t length)
{
    /* The destination follows the source. */
    uint64_t sum = d->ip_version == 4 ? word(d->source) + word(d->source + 4) : smini_checksum_header(d->source, 32);
    sum += smini_checksum_u16((uint16_t)length);
    sum += smini_checksum_u16((uint16_t)(d->kind == SMINI_DISSECT_TCP ? SMINI_IP_TCP : SMINI_IP_UDP));
    return smini_checksum_add_to(sum, d->transport, length) == SMINI_CHECKSUM_RIGHT;
}

/* Whole and not offloaded to a network card, with the destination it was summed with. */
static bool transport_can_be_judged(const struct smini_dissected *d, uint32_t ip_header)
{
    if (d->kind != SMINI_DISSECT_TCP && d->kind != SMINI_DISSECT_UDP)
        return false;
    if ((d->facts & SMINI_FACT_CUT) != 0 || d->ip_total > 0xffff + 40u)
        return false;
    if (d->kind == SMINI_DISSECT_UDP && d->transport[6] == 0 && d->transport[7] == 0)
        return d->ip_version == 6; /* IPv4: the sender did not make one; IPv6 does not allow that */
    if (d->ip_version == 4)
        return ip_header == 20 || !four_is_routed(d->ip, ip_header);
    return smini_bytes_u16(d->ip + 4) != 0 && (d->transport == d->ip + 40 || !six_is_routed(d));
}

bool smini_dissect_checksum(struct smini_dissected *d)
{
    uint32_t ip_header = 40;
    bool right = true;
    if (!d->ip || d->kind == SMINI_DISSECT_BAD)
        return true;
    if (d->ip_version == 4) {
        ip_header = (uint32_t)(d->ip[0] & 15) * 4;
        if (smini_bytes_u16(d->ip + 2) == 0) /* offloaded: nothing on the wire looked like this */
            return true;
        uint64_t sum = ip_header == 20 ? plain_header(d->ip) : smini_checksum_header(d->ip, ip_header);
        if (smini_checksum_fold(sum) != SMINI_CHECKSUM_RIGHT) {
            d->facts |= SMINI_FACT_BAD_IP_CHECKSUM;
            right = false;
        }
    }
    if (transport_can_be_judged(d, ip_header)) {
        uint32_t length = (uint32_t)(d->payload - d->transport) + d->payload_bytes;
        if (!transport_is_right(d, length)) {
            d->facts |= SMINI_FACT_BAD_L4_CHECKSUM;
            right = false;
        }
    }
    return right;
}
