/* SPDX-License-Identifier: BSD-2-Clause */
/* The file: what it offers to others, and whether a host takes it. */
#include <string.h>

#include "check.h"
#include "host/elf_symbols.h"
#include "smin/host.h"

void check_one_symbol(const struct subject *subject, char *why)
{
    struct smini_elf elf;
    struct smini_elf_symbols symbols;
    struct smini_elf_symbol symbol;
    if (smini_elf_open(&elf, subject->path) != SMIN_OK) {
        say_why(why, "%s", elf.fault);
        return;
    }
    bool entry = false;
    if (smini_elf_symbols_find(&elf, &symbols) != SMIN_OK)
        say_why(why, "%s", elf.fault);
    for (uint32_t i = 0; why[0] == '\0' && i < symbols.count; i++) {
        if (!smini_elf_symbols_get(&elf, &symbols, i, &symbol) || !symbol.offered)
            continue;
        if (strcmp(symbol.name, SMIN_PLUGIN_ENTRY_NAME) == 0)
            entry = true;
        else
            say_why(why, "it also offers %s; hide all but %s (-fvisibility=hidden, -export-symbols-regex)", symbol.name,
                    SMIN_PLUGIN_ENTRY_NAME);
    }
    if (!entry)
        say_why(why, "it does not offer %s", SMIN_PLUGIN_ENTRY_NAME);
    smini_elf_close(&elf);
}

void check_accepted(const struct subject *subject, char *why)
{
    struct smin_registry *registry;
    char reason[SMIN_HOST_REASON_BYTES];
    if (smin_host_registry_new(&registry) != SMIN_OK) {
        say_why(why, "out of memory");
        return;
    }
    int32_t status = smin_host_registry_load(registry, subject->path, reason);
    if (status != SMIN_OK)
        say_why(why, "%s: %s", smin_status_text(status), reason);
    smin_host_registry_free(&registry);
}

void check_entry_same(const struct subject *subject, char *why)
{
    struct smin_registry *lists[2] = {NULL, NULL};
    for (int i = 0; i < 2; i++) {
        if (smin_host_registry_new(&lists[i]) != SMIN_OK ||
            smin_host_registry_load(lists[i], subject->path, NULL) != SMIN_OK)
            say_why(why, "it was refused when loaded for the %s time", i == 0 ? "first" : "second");
    }
    if (smin_host_registry_count(lists[0]) != smin_host_registry_count(lists[1]))
        say_why(why, "it offers another number of inspectors the second time");
    for (uint32_t i = 0; i < smin_host_registry_count(lists[0]); i++)
        if (smin_host_registry_get(lists[0], i) != smin_host_registry_get(lists[1], i))
            say_why(why, "inspector %u is another one the second time", (unsigned)i);
    smin_host_registry_free(&lists[0]);
    smin_host_registry_free(&lists[1]);
}
