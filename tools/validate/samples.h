/* SPDX-License-Identifier: BSD-2-Clause */
/* Streams to feed: a few that fit any protocol, and those the user brings. */
#ifndef VALIDATE_SAMPLES_H
#define VALIDATE_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

enum {
    SAMPLES_MOST = 256,           /* that are kept; every check runs over all of them */
    SAMPLE_BYTES_MOST = 1 << 20,  /* of one; the time of the split check grows with the square */
    SAMPLE_NAME_BYTES = 96
};

struct sample {
    char name[SAMPLE_NAME_BYTES];
    uint8_t *bytes;
    size_t length;
};

struct samples {
    struct sample list[SAMPLES_MOST];
    size_t count;
    struct sample rules; /* a rule text for every instance; length 0: none */
};

/* Adds the built-in ones. 0, or -1 with a line on stderr. */
int samples_add_generic(struct samples *samples);

/* Adds a file: hexadecimal text with '#' comments when it ends in ".hex", else the bytes as they are. 0 or -1. */
int samples_add_file(struct samples *samples, const char *path);

/* Reads the rule text. 0 or -1. */
int samples_read_rules(struct samples *samples, const char *path);

void samples_free(struct samples *samples);

#endif
