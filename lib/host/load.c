/* SPDX-License-Identifier: BSD-2-Clause */
#define SMIN_BUILDING_LIBRARY
#include "host/load.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "host/elf_symbols.h"
#include "host/limits.h"
#include "host/reason.h"
#include "host/registry.h"

#define SUFFIX ".so"

/* The end of a path says most, and leaves room for the reason itself. */
enum { PATH_CHARS_SHOWN = 160 };

static const char *path_tail(const char *path)
{
    size_t length = strlen(path);
    return length > PATH_CHARS_SHOWN ? path + length - PATH_CHARS_SHOWN : path;
}

static bool has_suffix(const char *path)
{
    size_t length = strlen(path);
    size_t suffix = strlen(SUFFIX);
    return length > suffix && strcmp(path + length - suffix, SUFFIX) == 0 && path[length - suffix - 1] != '/';
}

static int32_t examine_entry(struct smini_elf *elf, const char *path, size_t *slots, char *reason)
{
    struct smini_elf_symbols symbols;
    struct smini_elf_symbol entry;
    if (smini_elf_symbols_find(elf, &symbols) != SMIN_OK)
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: %s; a plugin is a shared object that exports %s",
                                path_tail(path), elf->fault, SMIN_PLUGIN_ENTRY_NAME);
    if (!smini_elf_symbols_named(elf, &symbols, SMIN_PLUGIN_ENTRY_NAME, &entry))
        return smini_reason_say(reason, SMIN_E_REFUSED,
                                "%s: a shared object, but not a plugin: it does not export %s", path_tail(path),
                                SMIN_PLUGIN_ENTRY_NAME);
    if (!entry.data || entry.size < sizeof(void *) || entry.size % sizeof(void *) != 0)
        return smini_reason_say(reason, SMIN_E_REFUSED,
                                "%s: %s is not data; it must be a constant array of pointers to inspectors, ended by "
                                "NULL",
                                path_tail(path), SMIN_PLUGIN_ENTRY_NAME);
    *slots = (size_t)(entry.size / sizeof(void *));
    return smini_reason_none(reason);
}

int32_t smini_load_examine(const char *path, size_t *slots, char *reason)
{
    struct smini_elf elf;
    *slots = 0;
    if (!has_suffix(path))
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: the name of a plugin ends in \"%s\"", path_tail(path),
                                SUFFIX);
    if (smini_elf_open(&elf, path) != SMIN_OK)
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: %s; a plugin is a shared object that exports %s",
                                path_tail(path), elf.fault, SMIN_PLUGIN_ENTRY_NAME);
    int32_t status = examine_entry(&elf, path, slots, reason);
    smini_elf_close(&elf);
    return status;
}

int32_t smini_load_open(const char *path, size_t slots, const struct smin_inspector *const **entry, uint32_t *count,
                        char *reason)
{
    *entry = NULL;
    *count = 0;
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        const char *fault = dlerror();
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: cannot be loaded: %s", path_tail(path),
                                fault ? fault : "no reason given");
    }
    void *symbol = dlsym(handle, SMIN_PLUGIN_ENTRY_NAME);
    if (!symbol || (uintptr_t)symbol % alignof(void *) != 0)
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: %s is missing or not aligned", path_tail(path),
                                SMIN_PLUGIN_ENTRY_NAME);
    const struct smin_inspector *const *array = symbol;
    size_t length = 0;
    while (length < slots && array[length])
        length++;
    if (length == slots)
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: %s is not ended by NULL", path_tail(path),
                                SMIN_PLUGIN_ENTRY_NAME);
    if (length == 0)
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: %s offers no inspector", path_tail(path),
                                SMIN_PLUGIN_ENTRY_NAME);
    if (length > SMINI_HOST_INSPECTORS)
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: %s offers %zu inspectors, at most %u are taken",
                                path_tail(path), SMIN_PLUGIN_ENTRY_NAME, length, SMINI_HOST_INSPECTORS);
    *entry = array;
    *count = (uint32_t)length;
    return smini_reason_none(reason);
}

static int32_t add_loaded(struct smin_registry *registry, const char *path, char *reason)
{
    size_t slots;
    const struct smin_inspector *const *entry;
    uint32_t count;
    int32_t status = smini_load_examine(path, &slots, reason);
    if (status == SMIN_OK)
        status = smini_load_open(path, slots, &entry, &count, reason);
    if (status != SMIN_OK)
        return status;
    char why[SMIN_HOST_REASON_BYTES];
    status = smini_registry_add_all(registry, entry, count, path, why);
    if (status != SMIN_OK)
        return smini_reason_say(reason, status, "%s: %s", path_tail(path), why);
    return smini_reason_none(reason);
}

int32_t smin_host_registry_load(struct smin_registry *registry, const char *path, char *reason)
{
    if (!registry || !path)
        return smini_reason_say(reason, SMIN_E_MISUSE, "there is no list or no file name: a pointer is NULL");
    if (!has_suffix(path))
        return smini_reason_say(reason, SMIN_E_REFUSED, "%s: the name of a plugin ends in \"%s\"", path_tail(path),
                                SUFFIX);
    /* The one allocation outside the list's own: realpath with a buffer of ours would need PATH_MAX of stack. */
    char *absolute = realpath(path, NULL);
    if (!absolute) {
        int why = errno;
        if (why == ENOMEM)
            return smini_reason_say(reason, SMIN_E_NOMEM, "out of memory");
        return smini_reason_say(reason, why == ENOENT || why == ENOTDIR ? SMIN_E_NOT_FOUND : SMIN_E_REFUSED,
                                "%s: %s; give the path of a plugin", path_tail(path), strerror(why));
    }
    int32_t status = add_loaded(registry, absolute, reason);
    free(absolute);
    return status;
}
