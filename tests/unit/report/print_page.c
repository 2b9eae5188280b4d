/* SPDX-License-Identifier: BSD-2-Clause */
/* print_page CASE: the page of a made-up case on standard output, for tests that look at it from outside. */
#include <stdio.h>

#include "tests/unit/report/page_cases.h"

static int print(void *user, const uint8_t *bytes, size_t length)
{
    return fwrite(bytes, 1, length, user) != length;
}

int main(int argc, char **argv)
{
    const struct smini_page *page = argc == 2 ? page_case(argv[1]) : NULL;
    struct smini_page_sink sink = {.write = print, .user = stdout};
    struct smini_alloc alloc;
    if (!page) {
        fputs("usage: print_page none|one|sweep|many|hostile|secrets|partial\n", stderr);
        return 2;
    }
    smini_alloc_init(&alloc, 0);
    int32_t status = smini_page_write(page, &alloc, &sink);
    if (status == SMIN_OK && alloc.used != 0)
        fputs("memory did not go back\n", stderr);
    page_case_free();
    return status == SMIN_OK && alloc.used == 0 && fflush(stdout) == 0 ? 0 : 1;
}
