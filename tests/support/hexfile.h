/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the vectors: hexadecimal text with "#" comments, under tests/vectors. */
#ifndef SMIN_TESTS_HEXFILE_H
#define SMIN_TESTS_HEXFILE_H

#include <stddef.h>
#include <stdint.h>

/* Longest vector that can be read. */
enum { HEXFILE_ROOM = 4096 };

struct hexfile {
    size_t length;
    uint8_t bytes[HEXFILE_ROOM];
};

/* 0, or -1 with a line on standard error. `path` is taken as it is. */
int hexfile_read(const char *path, struct hexfile *file);

/* The vector "t05_execute" from tests/vectors of the source tree. Aborts when it cannot be read. */
void hexfile_vector(const char *name, struct hexfile *file);

/* Names of all vectors, in alphabetical order; `*count` of them. */
const char *const *hexfile_names(size_t *count);

#endif
