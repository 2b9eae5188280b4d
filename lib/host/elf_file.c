/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/elf_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/limits.h"
#include "smin/status.h"

static bool byte_order_is_ours(const smini_elf_header *header)
{
    const uint16_t probe = 1;
    uint8_t low;
    memcpy(&low, &probe, 1);
    return header->e_ident[EI_DATA] == (low ? ELFDATA2LSB : ELFDATA2MSB);
}

static const char *header_fault(const smini_elf_header *header)
{
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
        return "not an ELF file";
    if (header->e_ident[EI_CLASS] != SMINI_ELF_CLASS || !byte_order_is_ours(header))
        return "an ELF file for another machine (word size or byte order)";
    if (header->e_type != ET_DYN)
        return "an ELF file, but not a shared object";
    if (header->e_phentsize != sizeof(smini_elf_segment) || header->e_phnum == 0 ||
        header->e_phnum > SMINI_HOST_ELF_SEGMENTS)
        return "an ELF file without usable program headers";
    return NULL;
}

static int32_t open_regular(struct smini_elf *elf, const char *path)
{
    /* O_NONBLOCK: a FIFO with our suffix must not hang us. */
    elf->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (elf->fd < 0) {
        elf->fault = strerror(errno);
        return SMIN_E_IO;
    }
    struct stat info;
    if (fstat(elf->fd, &info) != 0) {
        elf->fault = strerror(errno);
        return SMIN_E_IO;
    }
    if (!S_ISREG(info.st_mode)) {
        elf->fault = "not a regular file";
        return SMIN_E_REFUSED;
    }
    elf->size = (uint64_t)info.st_size;
    return SMIN_OK;
}

int32_t smini_elf_open(struct smini_elf *elf, const char *path)
{
    memset(elf, 0, sizeof(*elf));
    int32_t status = open_regular(elf, path);
    if (status == SMIN_OK) {
        elf->fault = "shorter than an ELF header";
        if (smini_elf_read(elf, 0, &elf->header, sizeof(elf->header)))
            elf->fault = header_fault(&elf->header);
        status = elf->fault ? SMIN_E_REFUSED : SMIN_OK;
    }
    if (status != SMIN_OK)
        smini_elf_close(elf);
    return status;
}

void smini_elf_close(struct smini_elf *elf)
{
    if (elf->fd >= 0)
        (void)close(elf->fd);
    elf->fd = -1;
}

bool smini_elf_read(struct smini_elf *elf, uint64_t offset, void *bytes, size_t size)
{
    if (offset > elf->size || size > elf->size - offset)
        return false;
    uint8_t *at = bytes;
    while (size > 0) {
        ssize_t got = pread(elf->fd, at, size, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        size -= (size_t)got;
        offset += (uint64_t)got;
    }
    return true;
}

bool smini_elf_segment_get(struct smini_elf *elf, uint32_t index, smini_elf_segment *segment)
{
    if (index >= elf->header.e_phnum || elf->header.e_phoff > elf->size)
        return false;
    return smini_elf_read(elf, elf->header.e_phoff + (uint64_t)index * sizeof(*segment), segment, sizeof(*segment));
}

bool smini_elf_locate(struct smini_elf *elf, uint64_t address, uint64_t size, uint64_t *offset, uint32_t *flags)
{
    smini_elf_segment segment;
    for (uint32_t i = 0; smini_elf_segment_get(elf, i, &segment); i++) {
        if (segment.p_type != PT_LOAD || address < segment.p_vaddr)
            continue;
        uint64_t within = address - segment.p_vaddr;
        if (within > segment.p_filesz || size > segment.p_filesz - within || segment.p_offset > elf->size)
            continue;
        *offset = segment.p_offset + within;
        if (flags)
            *flags = segment.p_flags;
        return true;
    }
    return false;
}
