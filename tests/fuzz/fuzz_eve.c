/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines of records, whole or not: every line is taken, passed over or told as
 * damaged, the pieces in which bytes come change nothing, and nothing stays
 * behind.
 */
#include <string.h>

#include "incident/eve.h"
#include "tests/fuzz/fuzz.h"

const char *const fuzz_seed_folder = NULL;

struct told {
    struct smini_eve_counts counts;
    uint64_t incidents, devices, problems;
};

static void on_problem(void *user, uint64_t line, int32_t status, const char *detail)
{
    struct told *told = user;
    told->problems++;
    FUZZ_CHECK(line > 0 && detail && (status == SMIN_E_MALFORMED || status == SMIN_E_LIMIT));
}

static void read_in_pieces(const uint8_t *bytes, size_t length, size_t piece, struct told *told)
{
    struct smini_incident_options options;
    struct smini_incident_set *set;
    struct smini_alloc alloc;
    struct smini_eve eve;
    memset(told, 0, sizeof(*told));
    smini_alloc_init(&alloc, 0);
    smini_incident_options_default(&options);
    FUZZ_CHECK(smini_incident_new(&set, &alloc, &options) == SMIN_OK);
    smini_eve_init(&eve, &alloc, set, "");
    eve.on_problem = on_problem;
    eve.user = told;
    for (size_t at = 0; at < length; at += piece)
        FUZZ_CHECK(smini_eve_push(&eve, smini_span_make(bytes + at, length - at < piece ? length - at : piece)) == SMIN_OK);
    FUZZ_CHECK(smini_eve_end(&eve) == SMIN_OK);
    FUZZ_CHECK(smini_incident_finish(set) == SMIN_OK);
    while (smini_incident_get(set, (uint32_t)told->incidents))
        told->incidents++;
    while (smini_incident_device(set, (uint32_t)told->devices))
        told->devices++;
    told->counts = eve.counts;
    smini_eve_free(&eve);
    smini_incident_free(&set);
    FUZZ_CHECK(alloc.used == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct told whole, pieces;
    read_in_pieces(bytes, length, length ? length : 1, &whole);
    read_in_pieces(bytes, length, 7, &pieces);
    FUZZ_CHECK(memcmp(&whole, &pieces, sizeof(whole)) == 0);
    FUZZ_CHECK(whole.counts.facts + whole.counts.passed_over + whole.counts.malformed + whole.counts.too_long <=
               whole.counts.lines);
    FUZZ_CHECK(whole.problems == whole.counts.malformed + whole.counts.too_long);
    FUZZ_CHECK(whole.incidents <= whole.counts.facts * 8);
    return 0;
}
