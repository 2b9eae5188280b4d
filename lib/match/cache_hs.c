/* SPDX-License-Identifier: BSD-2-Clause */
#include "match/cache_hs.h"

#include <hs_compile.h>
#include <hs_runtime.h>
#include <stdlib.h>

#include "base/sha256.h"
#include "smin/status.h"

/* Of an entry's layout, and of what the patterns mean to compile_hs.c. */
enum { FORMAT = 1 };

/* "sminhsdb", format, number of patterns, length of everything, digest of what it was made from, digest of all other
 * bytes; then a byte per pattern (1: Hyperscan refused it) and Hyperscan's own bytes. Numbers are big-endian. */
enum { AT_FORMAT = 8, AT_COUNT = 12, AT_LENGTH = 16, AT_KEY = 24, AT_DIGEST = 56, AT_REFUSED = 88 };

static const uint8_t magic[8] = {'s', 'm', 'i', 'n', 'h', 's', 'd', 'b'};

struct key {
    uint8_t digest[SMINI_SHA256_BYTES];
    char text[2 * SMINI_SHA256_BYTES + 1];
};

static void write_number(uint8_t *to, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (uint8_t)(number >> (8 * (bytes - 1 - i)));
}

static uint64_t read_number(const uint8_t *from, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++)
        number = number << 8 | from[i];
    return number;
}

static void add_number(struct smini_sha256 *sha, uint64_t number)
{
    uint8_t bytes[8];
    write_number(bytes, number, sizeof(bytes));
    smini_sha256_add(sha, bytes, sizeof(bytes));
}

static void add_span(struct smini_sha256 *sha, struct smini_span span)
{
    add_number(sha, span.length);
    smini_sha256_add(sha, span.bytes, span.length);
}

/* Everything that the compiled form depends on. False when the processor cannot be told. */
static bool make_key(const struct smini_scanner *scanner, struct key *key)
{
    static const char digits[] = "0123456789abcdef";
    static const uint16_t order = 1; /* of bytes in memory */
    hs_platform_info_t platform;
    struct smini_sha256 sha;
    memset(&platform, 0, sizeof(platform));
    if (hs_populate_platform(&platform) != HS_SUCCESS)
        return false;
    smini_sha256_init(&sha);
    add_number(&sha, FORMAT);
    add_number(&sha, sizeof(void *));
    smini_sha256_add(&sha, &order, sizeof(order));
    add_span(&sha, smini_span_text(hs_version()));
    add_number(&sha, platform.tune);
    add_number(&sha, platform.cpu_features);
    add_number(&sha, scanner->streaming ? 1 : 0);
    add_number(&sha, scanner->count);
    for (uint32_t i = 0; i < scanner->count; i++) {
        const struct smini_pattern *pattern = &scanner->patterns[i];
        add_number(&sha, pattern->expression ? 2 : pattern->literal.nocase ? 1 : 0);
        add_span(&sha, pattern->expression ? smini_span_text(pattern->expression) : pattern->literal.bytes);
    }
    smini_sha256_end(&sha, key->digest);
    for (size_t i = 0; i < sizeof(key->digest); i++) {
        key->text[2 * i] = digits[key->digest[i] >> 4];
        key->text[2 * i + 1] = digits[key->digest[i] & 15];
    }
    key->text[sizeof(key->text) - 1] = 0;
    return true;
}

static void digest_of(const uint8_t *entry, size_t length, uint8_t digest[SMINI_SHA256_BYTES])
{
    struct smini_sha256 sha;
    smini_sha256_init(&sha);
    smini_sha256_add(&sha, entry, AT_DIGEST);
    smini_sha256_add(&sha, entry + AT_REFUSED, length - AT_REFUSED);
    smini_sha256_end(&sha, digest);
}

/* Is it whole, unchanged, of this format and for these patterns? */
static bool is_sound(const struct smini_scanner *scanner, const struct key *key, struct smini_span entry)
{
    uint8_t digest[SMINI_SHA256_BYTES];
    if (entry.length <= (size_t)AT_REFUSED + scanner->count || memcmp(entry.bytes, magic, sizeof(magic)) != 0 ||
        read_number(entry.bytes + AT_FORMAT, 4) != FORMAT ||
        read_number(entry.bytes + AT_COUNT, 4) != scanner->count ||
        read_number(entry.bytes + AT_LENGTH, 8) != entry.length ||
        memcmp(entry.bytes + AT_KEY, key->digest, sizeof(key->digest)) != 0)
        return false;
    digest_of(entry.bytes, entry.length, digest);
    return memcmp(entry.bytes + AT_DIGEST, digest, sizeof(digest)) == 0;
}

/* Hyperscan checks version, processor and a sum of its own; whether it is for blocks or streams it does not. */
static hs_database_t *deserialize(const struct smini_scanner *scanner, struct smini_span bytes)
{
    hs_database_t *database = NULL;
    size_t ignored;
    void *aligned = smini_alloc_get(scanner->alloc, bytes.length);
    if (!aligned)
        return NULL;
    memcpy(aligned, bytes.bytes, bytes.length);
    if (hs_deserialize_database(aligned, bytes.length, &database) != HS_SUCCESS)
        database = NULL;
    smini_alloc_free(scanner->alloc, aligned, bytes.length);
    if (database && (hs_stream_size(database, &ignored) == HS_SUCCESS) != scanner->streaming) {
        hs_free_database(database);
        database = NULL;
    }
    return database;
}

bool smini_cache_hs_load(struct smini_scanner *scanner, const struct smini_match_host *host)
{
    struct key key;
    const uint8_t *bytes = NULL;
    uint64_t length = 0;
    if (!host || !host->load || !make_key(scanner, &key) ||
        host->load(host->user, key.text, &bytes, &length) != SMIN_OK || !bytes || length > SIZE_MAX)
        return false;
    struct smini_span entry = smini_span_make(bytes, (size_t)length);
    if (!is_sound(scanner, &key, entry))
        return false;
    size_t from = (size_t)AT_REFUSED + scanner->count;
    scanner->fast = deserialize(scanner, smini_span_part(entry, from, entry.length));
    for (uint32_t i = 0; scanner->fast && i < scanner->count; i++)
        scanner->patterns[i].everywhere = entry.bytes[AT_REFUSED + i] != 0;
    return scanner->fast != NULL;
}

static void offer(const struct smini_scanner *scanner, const struct smini_match_host *host, const struct key *key,
                  struct smini_span compiled)
{
    size_t length = (size_t)AT_REFUSED + scanner->count + compiled.length;
    uint8_t *entry = smini_alloc_get(scanner->alloc, length);
    if (!entry)
        return;
    memcpy(entry, magic, sizeof(magic));
    write_number(entry + AT_FORMAT, FORMAT, 4);
    write_number(entry + AT_COUNT, scanner->count, 4);
    write_number(entry + AT_LENGTH, length, 8);
    memcpy(entry + AT_KEY, key->digest, sizeof(key->digest));
    for (uint32_t i = 0; i < scanner->count; i++)
        entry[AT_REFUSED + i] = scanner->patterns[i].everywhere ? 1 : 0;
    memcpy(entry + AT_REFUSED + scanner->count, compiled.bytes, compiled.length);
    digest_of(entry, length, entry + AT_DIGEST);
    (void)host->store(host->user, key->text, entry, length);
    smini_alloc_free(scanner->alloc, entry, length);
}

void smini_cache_hs_store(const struct smini_scanner *scanner, const struct smini_match_host *host)
{
    struct key key;
    char *bytes = NULL;
    size_t length = 0;
    if (!host || !host->store || !scanner->fast || !make_key(scanner, &key))
        return;
    if (hs_serialize_database(scanner->fast, &bytes, &length) != HS_SUCCESS)
        return;
    offer(scanner, host, &key, smini_span_make(bytes, length));
    free(bytes); /* Hyperscan's allocator is malloc: nobody sets another one for the whole process */
}
