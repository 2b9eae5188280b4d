/* SPDX-License-Identifier: BSD-2-Clause */
/* expect: does not export smin_plugin_entry */
/* A library that is no plugin must be refused before its constructor has run. */
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void i_must_never_run(void)
{
    static const char text[] = "the constructor ran\n";
    (void)!write(2, text, sizeof(text) - 1);
    _exit(99);
}
