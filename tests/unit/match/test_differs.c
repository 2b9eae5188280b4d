/* SPDX-License-Identifier: BSD-2-Clause */
/* The fuzz target's comparison, on seeded inputs. SMIN_MATCH_PAIRS says how many. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

Test(differs, both_scanners_and_the_oracle_agree_on_generated_rules_and_data, .timeout = 3000)
{
    const char *wish = getenv("SMIN_MATCH_PAIRS");
    unsigned long pairs = wish ? strtoul(wish, NULL, 10) : 10000;
    uint64_t state = 0x736d696eu;
    for (unsigned long i = 0; i < pairs; i++) {
        uint8_t input[400];
        for (size_t k = 0; k < sizeof(input); k++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            input[k] = (uint8_t)(state >> 33);
        }
        (void)LLVMFuzzerTestOneInput(input, sizeof(input));
    }
}
