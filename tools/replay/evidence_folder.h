/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The folder of --case: made new, written once. Every file is digested as it
 * is written. After the first failure nothing more is written but what says so.
 */
#ifndef SMINI_TOOL_EVIDENCE_FOLDER_H
#define SMINI_TOOL_EVIDENCE_FOLDER_H

#include <sha2.h>
#include <sys/types.h>

#include "report/manifest.h"

/* All names are made here, none comes from the network: "files/" and a digest is the longest. */
enum { SMINI_CASE_NAME_BYTES = 96 };

struct smini_case_folder {
    int fd; /* open; -1: none */
    const char *path; /* for messages; borrowed */
    struct smini_manifest manifest;
    int error;        /* errno of the first failure; 0 while all is well */
    char failed[SMINI_CASE_NAME_BYTES]; /* what could not be written */
};

/* A file under way; it is not open between two calls, so that thousands can be. */
struct smini_case_file {
    char name[SMINI_CASE_NAME_BYTES];
    SHA2_CTX sha256;
    bool begun;
    bool always; /* tried even after a failure: what says how far things are */
};

/* A new folder, or an empty one. An exit status; what is wrong is said on standard error. */
int smini_case_folder_open(struct smini_case_folder *folder, struct smini_alloc *alloc, const char *path);
void smini_case_folder_close(struct smini_case_folder *folder);

/* False: failed, now or before. The same for all below. */
bool smini_case_folder_make(struct smini_case_folder *folder, const char *name);

void smini_case_file_begin(struct smini_case_file *file, const char *name);
bool smini_case_file_append(struct smini_case_folder *folder, struct smini_case_file *file, struct smini_span bytes);
/* It is whole: its digest goes into the manifest. */
bool smini_case_file_end(struct smini_case_folder *folder, struct smini_case_file *file);
/* All at once. */
bool smini_case_file_whole(struct smini_case_folder *folder, const char *name, struct smini_span bytes);

/* As smini_case_file_end, but it takes this name in one step, in the place of what has it. */
bool smini_case_file_replace(struct smini_case_folder *folder, struct smini_case_file *file, const char *name);

/* Notes a failure that was met elsewhere. */
void smini_case_folder_failed(struct smini_case_folder *folder, const char *name, int error);

#endif
