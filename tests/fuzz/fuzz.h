/* SPDX-License-Identifier: BSD-2-Clause */
/* What a fuzz target and the program that replays inputs agree on. */
#ifndef SMIN_TESTS_FUZZ_H
#define SMIN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* One input. Gives 0. Defects end the program. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A folder of further seeds below the source tree, for targets that share some; NULL when there is none. */
extern const char *const fuzz_seed_folder;

/* As assert, in every build. */
#define FUZZ_CHECK(condition)                                                                    \
    do {                                                                                         \
        if (!(condition)) {                                                                      \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);       \
            abort();                                                                             \
        }                                                                                        \
    } while (0)

#endif
