/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>

#include "tools/replay/compiling.h"

/* What is said when compiling takes so long. */
static char *said(bool wanted, long milliseconds)
{
    struct smini_compiling compiling;
    struct timespec nap = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    cr_assert(out);
    smini_compiling_start(&compiling, out, wanted);
    smini_compiling_step(&compiling, "compiling rules", 3, 10);
    smini_compiling_step(&compiling, "compiling patterns", 0, 5000);
    nanosleep(&nap, NULL);
    smini_compiling_end(&compiling);
    fclose(out);
    return text;
}

Test(compiling, what_is_quick_is_not_told)
{
    char *text = said(true, 0);
    cr_expect(*text == 0, "%s", text);
    free(text);
}

Test(compiling, what_takes_seconds_is_told_and_the_line_taken_back, .timeout = 30)
{
    char *text = said(true, 1200);
    cr_expect(strstr(text, "compiling patterns, 5000 of them, 1 s"), "%s", text);
    size_t length = strlen(text);
    cr_expect(length > 4 && strcmp(text + length - 4, "\r\033[K") == 0);
    free(text);
}

Test(compiling, nothing_is_told_unasked, .timeout = 30)
{
    char *text = said(false, 1200);
    cr_expect(*text == 0, "%s", text);
    free(text);
    smini_compiling_step(NULL, "without a run", 0, 1);
}
