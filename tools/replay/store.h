/* SPDX-License-Identifier: BSD-2-Clause */
/* The folder "files" of --log-dir: contents under the name of their digest, each once. */
#ifndef SMINI_TOOL_STORE_H
#define SMINI_TOOL_STORE_H

#include <pthread.h>

#include "replay/sink.h"

enum {
    /* No image of a switch is as large; what is larger would fill a disk on an attacker's word. */
    SMINI_STORE_FILE_MIB = 256,
    SMINI_STORE_TOTAL_MIB = 4096,
    SMINI_STORE_FILES_MAX = 100000,
    /* Open at once; of more files under way each write opens and closes. Half of what a process usually may have. */
    SMINI_STORE_OPEN_MAX = 512
};

struct smini_store {
    struct smini_file_store table;
    int folder; /* open; -1: nothing is stored */
    pthread_mutex_t lock;
    uint64_t count, bytes, next_name;
    uint32_t open; /* files that stay open */
};

/* Makes "files" below the open folder. 0, or -1 with errno. */
int smini_store_open(struct smini_store *store, int log_dir);
void smini_store_close(struct smini_store *store);

#endif
