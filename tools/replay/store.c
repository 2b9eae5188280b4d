/* SPDX-License-Identifier: BSD-2-Clause */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "write_whole.h"

enum {
    NAME_BYTES = 80,
    NAME_TRIES = 1000 /* names that an earlier, interrupted run may have left behind */
};

/* Under a name of its own until its digest is known. */
struct partial {
    int fd; /* -1: opened for each write */
    uint64_t length;
    char name[NAME_BYTES];
};

static int close_partial(struct smini_store *store, struct partial *partial)
{
    int failed = 0;
    if (partial->fd >= 0) {
        failed = close(partial->fd);
        pthread_mutex_lock(&store->lock);
        store->open--;
        pthread_mutex_unlock(&store->lock);
    }
    partial->fd = -1;
    return failed;
}

static void forget(struct smini_store *store, struct partial *partial)
{
    (void)close_partial(store, partial);
    (void)unlinkat(store->folder, partial->name, 0);
    pthread_mutex_lock(&store->lock);
    store->count--;
    store->bytes -= partial->length;
    pthread_mutex_unlock(&store->lock);
    free(partial);
}

static bool admit(struct smini_store *store)
{
    pthread_mutex_lock(&store->lock);
    bool room = store->count < store->limits.store_files;
    store->count += room;
    pthread_mutex_unlock(&store->lock);
    return room;
}

/* May it stay open? */
static void keep_open(struct smini_store *store, struct partial *partial)
{
    pthread_mutex_lock(&store->lock);
    bool stays = store->open < SMINI_STORE_OPEN_MAX;
    store->open += stays;
    pthread_mutex_unlock(&store->lock);
    if (stays)
        return;
    close(partial->fd);
    partial->fd = -1;
}

static bool make_partial(struct smini_store *store, struct partial *partial)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        pthread_mutex_lock(&store->lock);
        uint64_t number = store->next_name++;
        pthread_mutex_unlock(&store->lock);
        (void)snprintf(partial->name, sizeof(partial->name), "partial.%" PRIu64, number);
        partial->fd = openat(store->folder, partial->name,
                             O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (partial->fd >= 0)
            return true;
        if (errno != EEXIST)
            return false;
    }
    return false;
}

static void *open_partial(void *user, int *stored)
{
    struct smini_store *store = user;
    *stored = SMINI_STORED_LIMIT_COUNT;
    if (!admit(store))
        return NULL;
    struct partial *partial = calloc(1, sizeof(*partial));
    if (partial && make_partial(store, partial)) {
        keep_open(store, partial);
        *stored = SMINI_STORED_YES;
        return partial;
    }
    int error = errno;
    *stored = SMINI_STORED_FAILED;
    free(partial);
    pthread_mutex_lock(&store->lock);
    store->count--;
    pthread_mutex_unlock(&store->lock);
    errno = error;
    return NULL;
}

static int append(const struct smini_store *store, const struct partial *partial, const uint8_t *bytes, size_t length)
{
    if (partial->fd >= 0)
        return smini_write_whole(partial->fd, bytes, length);
    int fd = openat(store->folder, partial->name, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno;
    int error = smini_write_whole(fd, bytes, length);
    return close(fd) != 0 && error == 0 ? errno : error;
}

/* Takes the room, if there is some. SMINI_STORED_*. */
static int take_room(struct smini_store *store, struct partial *partial, size_t length)
{
    int stored = SMINI_STORED_YES;
    pthread_mutex_lock(&store->lock);
    if (length > store->limits.store_file_bytes - partial->length)
        stored = SMINI_STORED_LIMIT_FILE;
    else if (length > store->limits.store_total_bytes - store->bytes)
        stored = SMINI_STORED_LIMIT_TOTAL;
    if (stored == SMINI_STORED_YES) {
        partial->length += length;
        store->bytes += length;
    }
    pthread_mutex_unlock(&store->lock);
    return stored;
}

static int write_partial(void *user, void *file, const uint8_t *bytes, size_t length)
{
    struct smini_store *store = user;
    struct partial *partial = file;
    int stored = take_room(store, partial, length);
    int error = stored == SMINI_STORED_YES ? append(store, partial, bytes, length) : 0;
    if (error)
        stored = SMINI_STORED_FAILED;
    if (stored != SMINI_STORED_YES)
        forget(store, partial);
    errno = error;
    return stored;
}

/* <2 hex>/<sha256>, as Suricata's file store has it. What is there already has the same contents. */
static int keep_partial(void *user, void *file, const uint8_t sha256[SMINI_SHA256_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    struct smini_store *store = user;
    struct partial *partial = file;
    char path[3 + 2 * SMINI_SHA256_BYTES + 1];
    struct stat old;
    for (size_t i = 0; i < SMINI_SHA256_BYTES; i++) {
        path[3 + 2 * i] = digits[sha256[i] >> 4];
        path[4 + 2 * i] = digits[sha256[i] & 15];
    }
    path[0] = path[3];
    path[1] = path[4];
    path[2] = '\0';
    path[sizeof(path) - 1] = '\0';
    bool ready = mkdirat(store->folder, path, 0777) == 0 || errno == EEXIST;
    path[2] = '/';
    if (ready && fstatat(store->folder, path, &old, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(old.st_mode)) {
        forget(store, partial);
        return SMINI_STORED_YES;
    }
    if (!ready || renameat(store->folder, partial->name, store->folder, path) != 0) {
        int error = errno;
        forget(store, partial);
        errno = error;
        return SMINI_STORED_FAILED;
    }
    int failed = close_partial(store, partial);
    free(partial);
    return failed ? SMINI_STORED_FAILED : SMINI_STORED_YES;
}

int smini_store_open(struct smini_store *store, int log_dir, const struct smini_tool_limits *limits)
{
    store->limits = *limits;
    store->folder = -1;
    if (mkdirat(log_dir, "files", 0777) != 0 && errno != EEXIST)
        return -1;
    store->folder = openat(log_dir, "files", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (store->folder < 0)
        return -1;
    pthread_mutex_init(&store->lock, NULL);
    store->table = (struct smini_file_store){
        .user = store, .open = open_partial, .write = write_partial, .keep = keep_partial};
    return 0;
}

void smini_store_close(struct smini_store *store)
{
    if (store->folder < 0)
        return;
    close(store->folder);
    store->folder = -1;
    pthread_mutex_destroy(&store->lock);
}
