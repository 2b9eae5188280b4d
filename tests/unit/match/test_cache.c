/* SPDX-License-Identifier: BSD-2-Clause */
/* Compiled patterns kept by a host: taken when they are sound, made anew when there is any doubt, the same hits always. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#ifdef HAVE_HYPERSCAN
#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/sha256.h"
#include "match/cache_hs.h"
#include "match/scan_hs.h"
#include "smin/status.h"
#include "tests/unit/match/match_run.h"

enum { AT_FORMAT = 8, AT_DIGEST = 56, AT_REST = 88, ROOM = 65536 }; /* of an entry, as cache_hs.c has it */

/* A cache of one entry. */
struct shelf {
    struct smini_match_host host;
    char key[80];
    uint8_t bytes[ROOM];
    uint64_t length;
    unsigned loads, stores, steps;
};

static int32_t load(void *user, const char *key, const uint8_t **bytes, uint64_t *length)
{
    struct shelf *shelf = user;
    shelf->loads++;
    if (!shelf->length)
        return SMIN_E_NOT_FOUND;
    (void)key; /* whatever it is: the entry has to tell */
    *bytes = shelf->bytes;
    *length = shelf->length;
    return SMIN_OK;
}

static int32_t store(void *user, const char *key, const uint8_t *bytes, uint64_t length)
{
    struct shelf *shelf = user;
    cr_assert(strlen(key) == 64 && length <= ROOM);
    strcpy(shelf->key, key);
    memcpy(shelf->bytes, bytes, length);
    shelf->length = length;
    shelf->stores++;
    return SMIN_OK;
}

static void step(void *user, const char *text, uint64_t done, uint64_t total)
{
    cr_expect(done <= total && *text);
    ((struct shelf *)user)->steps++;
}

static struct shelf *new_shelf(void)
{
    struct shelf *shelf = calloc(1, sizeof(*shelf));
    cr_assert(shelf);
    shelf->host = (struct smini_match_host){.user = shelf, .load = load, .store = store, .progress = step};
    return shelf;
}

static struct smini_pattern literal(const char *text, bool nocase)
{
    return (struct smini_pattern){.literal = {.bytes = smini_span_text(text), .nocase = nocase}};
}

/* Would the patterns be taken from the shelf? */
static bool is_taken(struct shelf *shelf, struct smini_pattern *patterns, uint32_t count, bool streaming)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    struct smini_scanner scanner = {.alloc = &alloc, .patterns = patterns, .count = count, .streaming = streaming};
    bool taken = smini_cache_hs_load(&scanner, &shelf->host);
    if (taken)
        smini_compile_hs_free(scanner.fast);
    cr_expect(alloc.used == 0);
    return taken;
}

static void fill(struct shelf *shelf, struct smini_pattern *patterns, uint32_t count, bool streaming)
{
    struct smini_alloc alloc;
    struct smini_scanner *scanner;
    smini_alloc_init(&alloc, 0);
    shelf->length = 0;
    cr_assert(smini_scanner_new(&alloc, patterns, count, streaming, true, &shelf->host, &scanner) == SMIN_OK);
    smini_scanner_free(scanner);
    cr_assert(shelf->length > AT_REST);
    cr_assert(is_taken(shelf, patterns, count, streaming));
}

static void sign(struct shelf *shelf)
{
    struct smini_sha256 sha;
    smini_sha256_init(&sha);
    smini_sha256_add(&sha, shelf->bytes, AT_DIGEST);
    smini_sha256_add(&sha, shelf->bytes + AT_REST, (size_t)shelf->length - AT_REST);
    smini_sha256_end(&sha, shelf->bytes + AT_DIGEST);
}

Test(cache, an_entry_cut_short_anywhere_is_not_taken)
{
    struct shelf *shelf = new_shelf();
    struct smini_pattern patterns[] = {literal("abcd", false)};
    fill(shelf, patterns, 1, false);
    for (uint64_t whole = shelf->length; shelf->length > 0;) {
        shelf->length--;
        cr_expect(!is_taken(shelf, patterns, 1, false), "%lu of %lu bytes", (unsigned long)shelf->length,
                  (unsigned long)whole);
    }
    free(shelf);
}

Test(cache, an_entry_with_any_byte_changed_is_not_taken)
{
    struct shelf *shelf = new_shelf();
    struct smini_pattern patterns[] = {literal("abcd", false)};
    fill(shelf, patterns, 1, false);
    for (uint64_t i = 0; i < shelf->length; i++) {
        shelf->bytes[i] ^= (uint8_t)(1 << (i % 8));
        cr_expect(!is_taken(shelf, patterns, 1, false), "byte %lu", (unsigned long)i);
        shelf->bytes[i] ^= (uint8_t)(1 << (i % 8));
    }
    cr_expect(is_taken(shelf, patterns, 1, false));
    shelf->length++;
    cr_expect(!is_taken(shelf, patterns, 1, false), "nor one that is longer");
    free(shelf);
}

Test(cache, an_entry_of_another_format_or_library_is_not_taken_though_it_is_whole)
{
    struct shelf *shelf = new_shelf();
    struct smini_pattern patterns[] = {literal("abcd", false)};
    fill(shelf, patterns, 1, false);
    shelf->bytes[AT_FORMAT + 3]++;
    sign(shelf);
    cr_expect(!is_taken(shelf, patterns, 1, false), "another format");
    shelf->bytes[AT_FORMAT + 3]--;
    sign(shelf);
    cr_expect(is_taken(shelf, patterns, 1, false));
    shelf->bytes[AT_REST + 1 + 5]++; /* behind one byte for the one pattern: Hyperscan's magic, then its version */
    sign(shelf);
    cr_expect(!is_taken(shelf, patterns, 1, false), "another version of Hyperscan");
    free(shelf);
}

Test(cache, an_entry_serves_the_patterns_it_was_made_for_and_no_others)
{
    struct shelf *shelf = new_shelf();
    struct smini_pattern patterns[] = {literal("abcd", false), {.expression = "ab[0-9]"}};
    struct smini_pattern others[] = {literal("abcd", true), {.expression = "ab[0-9]"}};
    fill(shelf, patterns, 2, false);
    cr_expect(!is_taken(shelf, others, 2, false), "another case");
    cr_expect(!is_taken(shelf, patterns, 1, false), "fewer");
    cr_expect(!is_taken(shelf, patterns, 2, true), "streams");
    others[0] = literal("abce", false);
    cr_expect(!is_taken(shelf, others, 2, false), "another literal");
    others[0] = literal("abcd", false);
    others[1] = literal("ab[0-9]", false);
    cr_expect(!is_taken(shelf, others, 2, false), "a literal that reads like the expression");
    others[1] = (struct smini_pattern){.expression = "ab[0-8]"};
    cr_expect(!is_taken(shelf, others, 2, false), "another expression");
    fill(shelf, patterns, 2, true);
    cr_expect(!is_taken(shelf, patterns, 2, false), "blocks");
    free(shelf);
}

static const char rules[] = "alert smin any any -> any any (content:\"abcd\"; sid:1;)\n"
                            "alert smin any any -> any any (pcre:\"/ef\\d+(?!x)/\"; sid:2;)";

/* What hits, and how the shelf was used. */
static void run_with(struct shelf *shelf, unsigned stores)
{
    struct match_run run;
    match_run_open(&run, rules, SMINI_SCANNER_BEST, NULL);
    struct smini_database *with = NULL;
    unsigned before = shelf->stores;
    cr_assert(smini_database_new_with(&run.memory.alloc, run.rules, NULL, SMINI_SCANNER_BEST, &shelf->host, &with) ==
              SMIN_OK);
    cr_expect(shelf->stores - before == stores, "%u entries written", shelf->stores - before);
    smini_matcher_free(run.matcher);
    smini_database_unref(run.database);
    run.database = with;
    cr_assert(smini_matcher_new(&run.memory.alloc, with, &run.matcher) == SMIN_OK);
    cr_expect(strcmp(match_run_bytes(&run, "xabcd ef12", 10), "1 2") == 0, "%s", run.hits);
    cr_expect(strcmp(match_run_bytes(&run, "xabce ef1x", 10), "") == 0, "%s", run.hits);
    match_run_close(&run);
}

Test(cache, cold_warm_and_damaged_give_the_same_hits)
{
    struct shelf *shelf = new_shelf();
    run_with(shelf, 1);
    cr_expect(shelf->steps > 0);
    run_with(shelf, 0);
    shelf->length /= 2;
    run_with(shelf, 1);
    run_with(shelf, 0);
    shelf->bytes[shelf->length - 1] ^= 1;
    run_with(shelf, 1);
    run_with(shelf, 0);
    shelf->host.load = NULL;
    run_with(shelf, 1);
    shelf->host.store = NULL;
    run_with(shelf, 0);
    free(shelf);
}
#endif
