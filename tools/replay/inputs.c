/* SPDX-License-Identifier: BSD-2-Clause */
/* Operands to captures: files as they are, folders searched, standard input. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool.h"

enum {
    INPUTS_MAX = 1 << 20, /* an archive of a million captures is given to several runs */
    DEPTH_MAX = 64        /* folders within folders; symbolic links to folders are not followed */
};

static int32_t add_file(struct smini_inputs *inputs, const char *path, uint64_t bytes, int error)
{
    if (inputs->count >= INPUTS_MAX)
        return SMIN_E_LIMIT;
    if (inputs->count == inputs->capacity) {
        uint32_t capacity = inputs->capacity ? inputs->capacity * 2 : 16;
        struct smini_input_file *items = smini_alloc_grow(
            inputs->alloc, inputs->items, inputs->capacity * sizeof(*items), capacity * sizeof(*items));
        if (!items)
            return SMIN_E_NOMEM;
        inputs->items = items;
        inputs->capacity = capacity;
    }
    size_t length = strlen(path) + 1;
    char *copy = smini_alloc_get(inputs->alloc, length);
    if (!copy)
        return SMIN_E_NOMEM;
    memcpy(copy, path, length);
    struct smini_input_file *item = &inputs->items[inputs->count++];
    item->path = copy;
    item->name = copy;
    item->bytes = bytes;
    item->error = error;
    return SMIN_OK;
}

/* pcap in both byte orders, micro- and nanoseconds; pcapng. Packed ones are known by name: anything may be packed. */
static bool has_capture_magic(const char *path)
{
    static const uint8_t magics[][4] = {{0xa1, 0xb2, 0xc3, 0xd4}, {0xd4, 0xc3, 0xb2, 0xa1}, {0xa1, 0xb2, 0x3c, 0x4d},
                                        {0x4d, 0x3c, 0xb2, 0xa1}, {0x0a, 0x0d, 0x0d, 0x0a}};
    uint8_t start[4];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, start, sizeof(start));
    close(fd);
    for (size_t i = 0; got == 4 && i < sizeof(magics) / sizeof(magics[0]); i++)
        if (memcmp(start, magics[i], 4) == 0)
            return true;
    return false;
}

static bool has_capture_name(const char *path)
{
    static const char *const parts[] = {".pcap", ".pcapng", ".cap"};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        const char *hit = strstr(name, parts[i]);
        if (!hit)
            continue;
        char next = hit[strlen(parts[i])];
        if (next == 0 || next == '.' || (next >= '0' && next <= '9'))
            return true;
    }
    return false;
}

static int32_t add_folder(struct smini_inputs *inputs, const char *path, unsigned depth);

static int32_t add_member(struct smini_inputs *inputs, const char *path, unsigned depth)
{
    struct stat about;
    if (lstat(path, &about) != 0)
        return add_file(inputs, path, 0, errno);
    if (S_ISLNK(about.st_mode) && (stat(path, &about) != 0 || S_ISDIR(about.st_mode)))
        return SMIN_OK;
    if (S_ISDIR(about.st_mode))
        return depth < DEPTH_MAX ? add_folder(inputs, path, depth + 1) : add_file(inputs, path, 0, ELOOP);
    if (!S_ISREG(about.st_mode))
        return SMIN_OK;
    if (has_capture_name(path) || has_capture_magic(path))
        return add_file(inputs, path, (uint64_t)about.st_size, 0);
    inputs->skipped++;
    return SMIN_OK;
}

static int32_t add_folder(struct smini_inputs *inputs, const char *path, unsigned depth)
{
    DIR *folder = opendir(path);
    if (!folder)
        return add_file(inputs, path, 0, errno);
    int32_t status = SMIN_OK;
    size_t length = strlen(path);
    const char *slash = length > 0 && path[length - 1] == '/' ? "" : "/";
    for (struct dirent *entry = readdir(folder); entry && status == SMIN_OK; entry = readdir(folder)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        size_t size = length + strlen(entry->d_name) + 2;
        char *member = smini_alloc_get(inputs->alloc, size);
        if (!member) {
            status = SMIN_E_NOMEM;
            break;
        }
        snprintf(member, size, "%s%s%s", path, slash, entry->d_name);
        status = add_member(inputs, member, depth);
        smini_alloc_free(inputs->alloc, member, size);
    }
    closedir(folder);
    return status;
}

int32_t smini_inputs_add(struct smini_inputs *inputs, const char *operand)
{
    struct stat about;
    if (strcmp(operand, "-") == 0)
        return add_file(inputs, operand, 0, 0);
    if (stat(operand, &about) != 0)
        return add_file(inputs, operand, 0, errno);
    if (S_ISDIR(about.st_mode))
        return add_folder(inputs, operand, 0);
    return add_file(inputs, operand, S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0, 0);
}

static int compare(const void *a, const void *b)
{
    const struct smini_input_file *one = a, *two = b;
    return strcmp(one->path, two->path);
}

void smini_inputs_sort(struct smini_inputs *inputs)
{
    uint32_t kept = 0;
    if (inputs->count > 1)
        qsort(inputs->items, inputs->count, sizeof(*inputs->items), compare);
    inputs->bytes = 0;
    for (uint32_t i = 0; i < inputs->count; i++) {
        if (kept > 0 && strcmp(inputs->items[kept - 1].path, inputs->items[i].path) == 0) {
            smini_alloc_free(inputs->alloc, inputs->items[i].path, strlen(inputs->items[i].path) + 1);
            continue;
        }
        inputs->items[kept] = inputs->items[i];
        inputs->bytes += inputs->items[kept++].bytes;
    }
    inputs->count = kept;
}

void smini_inputs_free(struct smini_inputs *inputs)
{
    for (uint32_t i = 0; i < inputs->count; i++)
        smini_alloc_free(inputs->alloc, inputs->items[i].path, strlen(inputs->items[i].path) + 1);
    smini_alloc_free(inputs->alloc, inputs->items, inputs->capacity * sizeof(*inputs->items));
    inputs->items = NULL;
    inputs->count = inputs->capacity = 0;
}
