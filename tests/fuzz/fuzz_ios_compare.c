/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two configurations of any bytes, with 0xff between them: the numbers of
 * changes add up, a text is the same as itself, and swapping the texts swaps
 * what was added with what was removed.
 */
#include "device/compare.h"
#include "smin/status.h"
#include "tests/fuzz/fuzz.h"

enum { LINES_MOST = 5000 };

const char *const fuzz_seed_folder = NULL;

struct tally {
    uint32_t kinds[3];
};

static struct tally tally_of(struct smini_alloc *alloc, struct smini_span before, struct smini_span after)
{
    struct tally tally = {{0}};
    struct smini_compare *compare;
    struct smini_change change;
    uint32_t lines, same;
    int32_t status = smini_compare_new(&compare, alloc, before, after, LINES_MOST);
    FUZZ_CHECK(status == SMIN_OK || status == SMIN_E_LIMIT);
    if (status != SMIN_OK)
        return tally;
    while (smini_compare_next(compare, &change)) {
        FUZZ_CHECK(!change.section || change.section->number == change.line.parent);
        tally.kinds[change.kind]++;
    }
    smini_compare_counts(compare, &lines, &same);
    FUZZ_CHECK(lines == same * 2 + tally.kinds[SMINI_CHANGE_REMOVED] + tally.kinds[SMINI_CHANGE_ADDED]);
    FUZZ_CHECK(tally.kinds[SMINI_CHANGE_MOVED] <= same);
    smini_compare_free(&compare);
    return tally;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct smini_alloc alloc;
    struct smini_span all = smini_span_make(bytes, length);
    size_t border = smini_span_find(all, 0xff);
    struct smini_span before = smini_span_part(all, 0, border), after = smini_span_part(all, border + 1, length);
    smini_alloc_init(&alloc, 0);
    struct tally there = tally_of(&alloc, before, after), back = tally_of(&alloc, after, before);
    FUZZ_CHECK(there.kinds[SMINI_CHANGE_REMOVED] == back.kinds[SMINI_CHANGE_ADDED]);
    FUZZ_CHECK(there.kinds[SMINI_CHANGE_ADDED] == back.kinds[SMINI_CHANGE_REMOVED]);
    FUZZ_CHECK(there.kinds[SMINI_CHANGE_MOVED] == back.kinds[SMINI_CHANGE_MOVED]);
    struct tally none = tally_of(&alloc, before, before);
    FUZZ_CHECK(none.kinds[0] == 0 && none.kinds[1] == 0 && none.kinds[2] == 0);
    FUZZ_CHECK(alloc.used == 0);
    return 0;
}
