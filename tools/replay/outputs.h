/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a run writes: records, summary, files that moved. What is there already is evidence too. */
#ifndef SMINI_TOOL_OUTPUTS_H
#define SMINI_TOOL_OUTPUTS_H

#include "store.h"
#include "tool.h"

/* Longer paths are cut in messages, never in what is opened. */
enum { SMINI_OUTPUT_NAME_BYTES = 1024 };

/* Records, a line each. */
struct smini_destination {
    int fd; /* -1: nobody wants records */
    bool regular; /* a file that a torn line can be taken off again */
    uint64_t written, whole; /* bytes; up to the end of the last line */
    char name[SMINI_OUTPUT_NAME_BYTES];
};

struct smini_outputs {
    struct smini_destination records;
    FILE *summary;
    char summary_name[SMINI_OUTPUT_NAME_BYTES];
    struct smini_store store;
};

/* Folders that lack on the way are made. An exit status: what cannot be opened is an error of usage, and said. */
int smini_outputs_open(struct smini_outputs *outputs, const struct smini_tool_options *options,
                       const struct smini_inputs *inputs);
/* A file to be written anew. A capture is never written over. */
int smini_output_new(const struct smini_inputs *inputs, const char *path, int *fd);

/* For smini_json_output; `user` is the destination. 0, or errno: then the file ends with the last whole line. */
int smini_destination_write(void *user, const uint8_t *bytes, size_t length);

/* Errors that only show when a file is flushed or closed count too. The exit status that becomes of `status`. */
int smini_outputs_close(struct smini_outputs *outputs, int status);

/* Says on standard error what is wrong with `path`, by errno, and gives `status`. */
int smini_output_failed(const char *path, int status);

/* Makes every folder on the way to the last component of `path`; that one too, when `whole`. An exit status, as above. */
int smini_output_folders(const char *path, bool whole);

#endif
