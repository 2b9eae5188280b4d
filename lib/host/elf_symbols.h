/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The symbols that a shared object offers to others, as the loader will see
 * them: found through the dynamic segment, never through section headers,
 * which may be missing or lie.
 */
#ifndef SMINI_HOST_ELF_SYMBOLS_H
#define SMINI_HOST_ELF_SYMBOLS_H

#include "host/elf_file.h"

/* Longer names are cut; ours have 17 characters. */
enum { SMINI_ELF_NAME_BYTES = 96 };

struct smini_elf_symbols {
    uint64_t table; /* file offsets */
    uint64_t names;
    uint64_t names_size;
    uint32_t count;
};

struct smini_elf_symbol {
    char name[SMINI_ELF_NAME_BYTES];
    bool offered; /* defined here and visible to others */
    bool data;    /* an object, in a segment that cannot be executed */
    uint64_t size;
};

/* SMIN_OK, or SMIN_E_REFUSED with elf->fault. */
int32_t smini_elf_symbols_find(struct smini_elf *elf, struct smini_elf_symbols *symbols);

/* One symbol, or false past the end and for a damaged one. */
bool smini_elf_symbols_get(struct smini_elf *elf, const struct smini_elf_symbols *symbols, uint32_t index,
                           struct smini_elf_symbol *symbol);

/* The offered symbol of this name, or false. */
bool smini_elf_symbols_named(struct smini_elf *elf, const struct smini_elf_symbols *symbols, const char *name,
                             struct smini_elf_symbol *symbol);

#endif
