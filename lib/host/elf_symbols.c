/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/elf_symbols.h"

#include <string.h>

#include "host/limits.h"
#include "smin/status.h"

/* Addresses that the dynamic segment names; 0: absent. */
struct dynamic {
    uint64_t symtab, strtab, strsz, hash, gnu_hash;
};

static void note_entry(struct dynamic *dynamic, const smini_elf_dynamic *entry)
{
    uint64_t value = entry->d_un.d_val;
    switch (entry->d_tag) {
    case DT_SYMTAB:
        dynamic->symtab = value;
        break;
    case DT_STRTAB:
        dynamic->strtab = value;
        break;
    case DT_STRSZ:
        dynamic->strsz = value;
        break;
    case DT_HASH:
        dynamic->hash = value;
        break;
    case DT_GNU_HASH:
        dynamic->gnu_hash = value;
        break;
    default:
        break;
    }
}

static bool read_dynamic(struct smini_elf *elf, struct dynamic *dynamic)
{
    smini_elf_segment segment;
    uint32_t index = 0;
    while (smini_elf_segment_get(elf, index, &segment) && segment.p_type != PT_DYNAMIC)
        index++;
    if (index >= elf->header.e_phnum || segment.p_type != PT_DYNAMIC || segment.p_offset > elf->size)
        return false;
    uint64_t entries = segment.p_filesz / sizeof(smini_elf_dynamic);
    for (uint64_t i = 0; i < entries && i < SMINI_HOST_ELF_DYNAMIC; i++) {
        smini_elf_dynamic entry;
        if (!smini_elf_read(elf, segment.p_offset + i * sizeof(entry), &entry, sizeof(entry)))
            return false;
        if (entry.d_tag == DT_NULL)
            break;
        note_entry(dynamic, &entry);
    }
    return true;
}

static bool read_word(struct smini_elf *elf, uint64_t address, uint32_t *word)
{
    uint64_t offset;
    return smini_elf_locate(elf, address, sizeof(*word), &offset, NULL) &&
           smini_elf_read(elf, offset, word, sizeof(*word));
}

/* The highest symbol number that a bucket begins with; 0: all are empty. */
static bool highest_bucket(struct smini_elf *elf, uint64_t buckets, uint32_t count, uint32_t *highest)
{
    *highest = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first;
        if (!read_word(elf, buckets + (uint64_t)i * sizeof(first), &first))
            return false;
        if (first > *highest)
            *highest = first;
    }
    return true;
}

/*
 * The GNU table does not say how many symbols there are: it is the end of the
 * chain that begins last.
 */
static bool count_by_gnu_hash(struct smini_elf *elf, uint64_t table, uint32_t *count)
{
    uint32_t head[4]; /* buckets, first hashed symbol, words of the filter, shift */
    for (uint32_t i = 0; i < 4; i++)
        if (!read_word(elf, table + (uint64_t)i * sizeof(head[0]), &head[i]))
            return false;
    if (head[0] > SMINI_HOST_ELF_SYMBOLS)
        return false;
    uint64_t buckets = table + sizeof(head) + (uint64_t)head[2] * sizeof(uintptr_t);
    uint64_t chains = buckets + (uint64_t)head[0] * sizeof(uint32_t);
    uint32_t last;
    if (!highest_bucket(elf, buckets, head[0], &last))
        return false;
    if (last < head[1]) {
        *count = head[1];
        return last == 0 && head[1] <= SMINI_HOST_ELF_SYMBOLS;
    }
    for (; last < SMINI_HOST_ELF_SYMBOLS; last++) {
        uint32_t hash;
        if (!read_word(elf, chains + (uint64_t)(last - head[1]) * sizeof(hash), &hash))
            return false;
        if (hash & 1) {
            *count = last + 1;
            return true;
        }
    }
    return false;
}

static bool count_symbols(struct smini_elf *elf, const struct dynamic *dynamic, uint32_t *count)
{
    if (dynamic->gnu_hash != 0)
        return count_by_gnu_hash(elf, dynamic->gnu_hash, count);
    if (dynamic->hash != 0)
        return read_word(elf, dynamic->hash + sizeof(uint32_t), count) && *count <= SMINI_HOST_ELF_SYMBOLS;
    return false;
}

int32_t smini_elf_symbols_find(struct smini_elf *elf, struct smini_elf_symbols *symbols)
{
    struct dynamic dynamic = {0};
    memset(symbols, 0, sizeof(*symbols));
    elf->fault = "an ELF file without a dynamic segment";
    if (!read_dynamic(elf, &dynamic))
        return SMIN_E_REFUSED;
    elf->fault = "a damaged ELF file: its symbol table cannot be read";
    if (!count_symbols(elf, &dynamic, &symbols->count))
        return SMIN_E_REFUSED;
    if (!smini_elf_locate(elf, dynamic.symtab, (uint64_t)symbols->count * sizeof(smini_elf_sym), &symbols->table,
                          NULL) ||
        !smini_elf_locate(elf, dynamic.strtab, dynamic.strsz, &symbols->names, NULL))
        return SMIN_E_REFUSED;
    symbols->names_size = dynamic.strsz;
    elf->fault = NULL;
    return SMIN_OK;
}

static bool read_name(struct smini_elf *elf, const struct smini_elf_symbols *symbols, uint32_t at, char *name)
{
    if (at >= symbols->names_size)
        return false;
    uint64_t left = symbols->names_size - at;
    size_t length = left < SMINI_ELF_NAME_BYTES - 1 ? (size_t)left : SMINI_ELF_NAME_BYTES - 1;
    memset(name, 0, SMINI_ELF_NAME_BYTES);
    return smini_elf_read(elf, symbols->names + at, name, length);
}

static bool is_offered(const smini_elf_sym *sym)
{
    unsigned binding = sym->st_info >> 4;
    unsigned visibility = sym->st_other & 3u;
    return sym->st_shndx != SHN_UNDEF && sym->st_shndx != SHN_ABS && binding != STB_LOCAL &&
           (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

bool smini_elf_symbols_get(struct smini_elf *elf, const struct smini_elf_symbols *symbols, uint32_t index,
                           struct smini_elf_symbol *symbol)
{
    smini_elf_sym sym;
    if (index >= symbols->count || !smini_elf_read(elf, symbols->table + (uint64_t)index * sizeof(sym), &sym, sizeof(sym)))
        return false;
    if (!read_name(elf, symbols, sym.st_name, symbol->name))
        return false;
    uint64_t offset;
    uint32_t flags = PF_X;
    bool placed = sym.st_shndx != SHN_UNDEF && smini_elf_locate(elf, sym.st_value, sym.st_size, &offset, &flags);
    symbol->offered = is_offered(&sym);
    symbol->data = (sym.st_info & 0xfu) == STT_OBJECT && placed && (flags & PF_X) == 0;
    symbol->size = sym.st_size;
    return true;
}

bool smini_elf_symbols_named(struct smini_elf *elf, const struct smini_elf_symbols *symbols, const char *name,
                             struct smini_elf_symbol *symbol)
{
    for (uint32_t i = 0; i < symbols->count; i++)
        if (smini_elf_symbols_get(elf, symbols, i, symbol) && symbol->offered && strcmp(symbol->name, name) == 0)
            return true;
    return false;
}
