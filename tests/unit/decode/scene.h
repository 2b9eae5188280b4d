/* SPDX-License-Identifier: BSD-2-Clause */
/* A stream put together from vectors and made-up messages, fed so that each piece ends at a guard page. */
#ifndef SMIN_TESTS_DECODE_SCENE_H
#define SMIN_TESTS_DECODE_SCENE_H

#include "tests/unit/decode/decode_run.h"

enum { SCENE_ROOM = 16384 };

struct scene {
    size_t length;
    uint8_t bytes[SCENE_ROOM];
};

/* Before and after every test that plays scenes: for .init and .fini. */
void scene_open_page(void);
void scene_close_page(void);

void scene_add_vector(struct scene *scene, const char *name);
void scene_add_header(struct scene *scene, uint32_t from, uint32_t version, uint32_t type, uint32_t length);
void scene_add_fill(struct scene *scene, uint8_t byte, size_t length);

/* Feeds the bytes from `from` up to `to`. */
void scene_feed(struct decode_run *run, const struct scene *scene, size_t from, size_t to);

#endif
