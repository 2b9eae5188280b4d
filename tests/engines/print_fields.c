/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints the fields that the built-in inspector has a place for in records: "name<tab>type<tab>key" a line. */
#include <stdio.h>

#include "host/describe.h"
#include "smin/inspector.h"

int main(void)
{
    const struct smin_inspector *inspector = smin_inspector_builtin();
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const struct smin_field_desc *desc = smini_describe_field(inspector, i);
        if (desc->key)
            printf("%s\t%u\t%s\n", desc->name, (unsigned)desc->type, desc->key);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
