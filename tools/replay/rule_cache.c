/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "smin/status.h"
#include "write_whole.h"

/* The database of a hundred thousand rules has some tens of MB. */
enum { ENTRY_BYTES_MAX = 1 << 30, NAME_ROOM = 160 };

void smini_rule_cache_open(struct smini_rule_cache *cache, const char *path, FILE *errors)
{
    memset(cache, 0, sizeof(*cache));
    cache->folder = -1;
    if (!path)
        return;
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        cache->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (cache->folder < 0)
        fprintf(errors, "smin-replay: %s: %s; compiled rules are not kept\n", path, strerror(errno));
}

void smini_rule_cache_close(struct smini_rule_cache *cache)
{
    free(cache->loaded);
    if (cache->folder >= 0)
        close(cache->folder);
    memset(cache, 0, sizeof(*cache));
    cache->folder = -1;
}

static bool name_entry(char *name, const char *key, const char *ending)
{
    for (const char *at = key; *at; at++)
        if (!strchr("0123456789abcdefghijklmnopqrstuvwxyz", *at))
            return false;
    int length = snprintf(name, NAME_ROOM, "%s%s", key, ending);
    return *key && length > 0 && length < NAME_ROOM;
}

/* Only what the user, or root, put there and nobody else can change: it is as good as a program to us. */
static bool is_trusted(int fd, uint64_t *length)
{
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || (about.st_uid != geteuid() && about.st_uid != 0) ||
        (about.st_mode & (S_IWGRP | S_IWOTH)) || about.st_size <= 0 || about.st_size > ENTRY_BYTES_MAX)
        return false;
    *length = (uint64_t)about.st_size;
    return true;
}

static bool read_all(int fd, uint8_t *to, uint64_t length)
{
    while (length > 0) {
        ssize_t got = read(fd, to, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        length -= (uint64_t)got;
    }
    return true;
}

int32_t smini_rule_cache_load(struct smini_rule_cache *cache, const char *key, const uint8_t **bytes,
                              uint64_t *length)
{
    char name[NAME_ROOM];
    free(cache->loaded);
    cache->loaded = NULL;
    if (cache->folder < 0 || !name_entry(name, key, ".smindb"))
        return SMIN_E_NOT_FOUND;
    int fd = openat(cache->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0 && is_trusted(fd, length))
        cache->loaded = malloc(*length);
    bool whole = cache->loaded && read_all(fd, cache->loaded, *length);
    if (fd >= 0)
        close(fd);
    if (!whole)
        return SMIN_E_NOT_FOUND;
    *bytes = cache->loaded;
    cache->read++;
    return SMIN_OK;
}

/* Beside it and then renamed: whoever reads sees the old entry, the new one or none. */
int32_t smini_rule_cache_store(struct smini_rule_cache *cache, const char *key, const uint8_t *bytes,
                               uint64_t length)
{
    char name[NAME_ROOM], beside[NAME_ROOM], ending[32];
    if (cache->folder < 0)
        return SMIN_OK;
    (void)snprintf(ending, sizeof(ending), ".%ld.new", (long)getpid());
    if (!name_entry(name, key, ".smindb") || !name_entry(beside, key, ending))
        return SMIN_E_MISUSE;
    (void)unlinkat(cache->folder, beside, 0); /* of a process with our number that did not come to its end */
    int fd = openat(cache->folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return SMIN_E_IO;
    bool written = smini_write_whole(fd, bytes, length) == 0;
    written = close(fd) == 0 && written;
    if (written && renameat(cache->folder, beside, cache->folder, name) == 0) {
        cache->written++;
        return SMIN_OK;
    }
    (void)unlinkat(cache->folder, beside, 0);
    return SMIN_E_IO;
}
