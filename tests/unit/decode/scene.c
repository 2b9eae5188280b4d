/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/decode/scene.h"

#include "tests/support/guard_page.h"

#include <stdlib.h>

static struct guard_page page;

static void add(struct scene *scene, const void *bytes, size_t length)
{
    if (scene->length + length > SCENE_ROOM)
        abort();
    memcpy(scene->bytes + scene->length, bytes, length);
    scene->length += length;
}

void scene_add_vector(struct scene *scene, const char *name)
{
    static struct hexfile file;
    hexfile_vector(name, &file);
    add(scene, file.bytes, file.length);
}

void scene_add_header(struct scene *scene, uint32_t from, uint32_t version, uint32_t type, uint32_t length)
{
    uint8_t header[16];
    decode_run_header(header, from, version, type, length);
    add(scene, header, sizeof(header));
}

void scene_add_fill(struct scene *scene, uint8_t byte, size_t length)
{
    if (scene->length + length > SCENE_ROOM)
        abort();
    memset(scene->bytes + scene->length, byte, length);
    scene->length += length;
}

void scene_feed(struct decode_run *run, const struct scene *scene, size_t from, size_t to)
{
    const uint8_t *bytes = guard_page_put(&page, scene->bytes + from, to - from);
    (void)decode_run_feed(run, bytes, to - from);
}

void scene_open_page(void)
{
    guard_page_open(&page, SCENE_ROOM);
}

void scene_close_page(void)
{
    guard_page_close(&page);
}
