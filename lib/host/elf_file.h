/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads an ELF shared object as a file, before anything of it runs. Every read
 * is a bounded pread into a struct of ours, so neither a damaged nor a
 * shrinking file can lead outside. Only objects of this machine's word size
 * and byte order are read; the rest of the match is the loader's business.
 */
#ifndef SMINI_HOST_ELF_FILE_H
#define SMINI_HOST_ELF_FILE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if UINTPTR_MAX == UINT64_MAX
typedef Elf64_Ehdr smini_elf_header;
typedef Elf64_Phdr smini_elf_segment;
typedef Elf64_Dyn smini_elf_dynamic;
typedef Elf64_Sym smini_elf_sym;
#define SMINI_ELF_CLASS ELFCLASS64
#else
typedef Elf32_Ehdr smini_elf_header;
typedef Elf32_Phdr smini_elf_segment;
typedef Elf32_Dyn smini_elf_dynamic;
typedef Elf32_Sym smini_elf_sym;
#define SMINI_ELF_CLASS ELFCLASS32
#endif

struct smini_elf {
    int fd;
    uint64_t size;
    smini_elf_header header;
    const char *fault; /* why the last call failed, for people */
};

/* SMIN_OK; SMIN_E_IO: cannot be opened or read; SMIN_E_REFUSED: no shared object of this machine. Then nothing is open. */
int32_t smini_elf_open(struct smini_elf *elf, const char *path);
void smini_elf_close(struct smini_elf *elf);

/* Exactly `size` bytes at `offset`, or false. */
bool smini_elf_read(struct smini_elf *elf, uint64_t offset, void *bytes, size_t size);

/* The segment with this number, or false. */
bool smini_elf_segment_get(struct smini_elf *elf, uint32_t index, smini_elf_segment *segment);

/* Where in the file the `size` bytes stand that will be loaded at `address`; `flags` (may be NULL): PF_*. */
bool smini_elf_locate(struct smini_elf *elf, uint64_t address, uint64_t size, uint64_t *offset, uint32_t *flags);

#endif
