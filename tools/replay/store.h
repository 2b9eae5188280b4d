/* SPDX-License-Identifier: BSD-2-Clause */
/* The folder "files" of --log-dir: contents under the name of their digest, each once. */
#ifndef SMINI_TOOL_STORE_H
#define SMINI_TOOL_STORE_H

#include <pthread.h>

#include "limits.h"
#include "replay/sink.h"

/* Open at once; of more files under way each write opens and closes. Half of what a process usually may have. */
enum { SMINI_STORE_OPEN_MAX = 512 };

struct smini_store {
    struct smini_file_store table;
    struct smini_tool_limits limits;
    int folder; /* open; -1: nothing is stored */
    pthread_mutex_t lock;
    uint64_t count, bytes, next_name;
    uint32_t open; /* files that stay open */
};

/* Makes "files" below the open folder. 0, or -1 with errno. */
int smini_store_open(struct smini_store *store, int log_dir, const struct smini_tool_limits *limits);
void smini_store_close(struct smini_store *store);

#endif
