/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decodes Smart Install with libsmin alone: how long is the next message, what
 * does a whole message say, bytes as they come.
 *
 *     cc -o decode decode.c $(pkg-config --cflags --libs smin)
 */
#include <smin/decoder.h>
#include <stdio.h>
#include <string.h>

/* A capabilities request, as a director sends it: role 1, version 1, type 4, 8 bytes of body. */
static const uint8_t request[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0};

static const struct smin_field_desc *find_field(uint32_t id)
{
    uint32_t count;
    const struct smin_field_desc *table = smin_field_table(&count);
    for (uint32_t i = 0; i < count; i++)
        if (table[i].id == id)
            return &table[i];
    return NULL;
}

static void print_field(const struct smin_field *field)
{
    const struct smin_field_desc *desc = find_field(field->id);
    /* Left out: derived values, which cover no bytes, and what has no place in a record. */
    if (!desc || !desc->key || field->length == 0)
        return;
    if (desc->type == SMIN_TYPE_NUMBER || desc->type == SMIN_TYPE_BOOL)
        printf("    %s = %llu, at %llu\n", desc->name, (unsigned long long)field->number,
               (unsigned long long)field->offset);
    else if (desc->type == SMIN_TYPE_TEXT)
        printf("    %s = \"%.*s\", at %llu\n", desc->name, (int)field->size, (const char *)field->bytes,
               (unsigned long long)field->offset);
}

/* Everything reachable from `message` is gone when this returns. */
static void deliver(void *user, const struct smin_message *message)
{
    unsigned *delivered = user;
    ++*delivered;
    printf("message of %llu bytes at %llu, %s\n", (unsigned long long)message->length,
           (unsigned long long)message->offset,
           message->flags & SMIN_MESSAGE_COMPLETE ? "complete" : "incomplete");
    /* Elements may be larger than this program knows: step by the stride. */
    for (uint32_t i = 0; i < message->field_count; i++) {
        const void *field = (const uint8_t *)message->fields + (size_t)i * message->field_stride;
        print_field(field);
    }
}

/* Bytes in any pieces: here one at a time, and two messages behind each other. */
static int push(unsigned *delivered)
{
    struct smin_stream *stream;
    int32_t status = smin_stream_new(SMIN_TO_SERVER, SMIN_TCP_PORT, 0, deliver, delivered, &stream);
    for (size_t i = 0; status == SMIN_OK && i < 2 * sizeof(request); i++)
        status = smin_stream_push(stream, &request[i % sizeof(request)], 1);
    if (status == SMIN_OK)
        status = smin_stream_end(stream);
    smin_stream_free(&stream);
    return status;
}

int main(void)
{
    unsigned delivered = 0;
    uint64_t total = 0;
    int32_t status = smin_message_need(request, SMIN_HEADER_BYTES, &total);
    printf("need: %s, %llu bytes\n", smin_status_text(status), (unsigned long long)total);

    printf("decode:\n");
    status = smin_message_decode(request, sizeof(request), SMIN_TO_SERVER, deliver, &delivered);
    if (status != SMIN_OK)
        return 1;

    printf("push:\n");
    status = push(&delivered);
    printf("%u messages, %s\n", delivered, smin_status_text(status));
    return delivered == 3 && status == SMIN_OK ? 0 : 1;
}
