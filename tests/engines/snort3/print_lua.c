/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints the Lua fragment for Snort 3 that the built-in inspector's tables give: its name, ports and first bytes. */
#include <stdio.h>

#include "host/describe.h"
#include "smin/abi_ext.h"
#include "snort3/builtin.h"

static void print_patterns(const struct smin_ext_detect *detect, const char *side, uint32_t direction)
{
    printf("        %s =\n        {\n", side);
    for (uint32_t i = 0; i < detect->pattern_count; i++) {
        const struct smin_detect_pattern *pattern = smini_describe_element(detect->patterns, i, detect->pattern_stride);
        if (pattern->direction != direction && pattern->direction != SMIN_EITHER)
            continue;
        printf("            '|");
        for (uint32_t k = 0; k < pattern->length; k++)
            printf(k ? " %02X" : "%02X", pattern->bytes[k]);
        printf("|',\n");
    }
    printf("        },\n");
}

static void print_ports(const struct smin_inspector *inspector)
{
    for (uint32_t i = 0; i < inspector->tcp_port_count; i++)
        printf(i ? " %u" : "%u", inspector->tcp_ports[i]);
}

static void print_wizard(const struct smin_inspector *inspector, const struct smin_ext_detect *detect)
{
    printf("\n-- On any port, by the bytes that a connection begins with.\n"
           "if wizard then\n"
           "    wizard.hexes = wizard.hexes or { }\n"
           "    table.insert(wizard.hexes,\n"
           "    {\n"
           "        service = '%s', proto = 'tcp',\n",
           inspector->name);
    print_patterns(detect, "to_server", SMIN_TO_SERVER);
    print_patterns(detect, "to_client", SMIN_TO_CLIENT);
    printf("    })\nend\n");
}

int main(void)
{
    const struct smin_inspector *inspector = smini_snort_builtin();
    const struct smin_ext_detect *detect = inspector->extension(SMIN_EXT_DETECT);
    const char *name = inspector->name;
    printf("-- SPDX-License-Identifier: BSD-2-Clause\n"
           "-- Snort 3 with the inspector of smin. Made from the inspector's tables: a test holds that it still says the same.\n"
           "-- At the end of snort.lua, behind wizard and binder:  dofile('%s.lua')\n"
           "-- A plugin that is missing or of another version is no error to Snort, but the entries of binder below are then:\n"
           "-- Snort refuses to start with \"Can't bind to unknown type\".\n"
           "\n%s = { }\n",
           name, name);
    if (detect)
        print_wizard(inspector, detect);
    printf("\nbinder = binder or { wizard and { use = { type = 'wizard' } } }\n"
           "table.insert(binder, 1, { when = { service = '%s' }, use = { type = '%s' } })\n",
           name, name);
    if (inspector->tcp_port_count > 0) {
        printf("table.insert(binder, 1, { when = { proto = 'tcp', ports = '");
        print_ports(inspector);
        printf("', role = 'server' }, use = { type = '%s' } })\n", name);
    }
    return 0;
}
