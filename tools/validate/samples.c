/* SPDX-License-Identifier: BSD-2-Clause */
#include "samples.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add_bytes(struct samples *samples, const char *name, const void *bytes, size_t length)
{
    if (samples->count == SAMPLES_MOST) {
        (void)fprintf(stderr, "smin-validate: %s: more than %d inputs\n", name, SAMPLES_MOST);
        return -1;
    }
    struct sample *sample = &samples->list[samples->count];
    sample->bytes = malloc(length ? length : 1);
    if (!sample->bytes) {
        (void)fprintf(stderr, "smin-validate: out of memory\n");
        return -1;
    }
    if (length > 0)
        memcpy(sample->bytes, bytes, length);
    sample->length = length;
    (void)snprintf(sample->name, sizeof(sample->name), "%s", name);
    samples->count++;
    return 0;
}

/* The same bytes on every machine and in every run. */
static void fill_mixed(uint8_t *bytes, size_t length)
{
    uint32_t state = 20171128;
    for (size_t i = 0; i < length; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (uint8_t)(state >> 24);
    }
}

int samples_add_generic(struct samples *samples)
{
    static const char request[] = "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\n\r\n";
    static const char lines[] = "HELLO world\nSET colour blue\n\nBYE\nSET a b\r\nUNFINISHED";
    static const uint8_t words[] = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0};
    uint8_t bytes[1024];
    int failed = add_bytes(samples, "one zero byte", "", 1);
    memset(bytes, 0, sizeof(bytes));
    failed |= add_bytes(samples, "zeros", bytes, 256);
    memset(bytes, 0xff, sizeof(bytes));
    failed |= add_bytes(samples, "ones", bytes, 256);
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)i;
    failed |= add_bytes(samples, "every byte", bytes, 512);
    fill_mixed(bytes, sizeof(bytes));
    failed |= add_bytes(samples, "mixed bytes", bytes, sizeof(bytes));
    memset(bytes, 'A', sizeof(bytes));
    failed |= add_bytes(samples, "one long word", bytes, sizeof(bytes));
    failed |= add_bytes(samples, "an HTTP request", request, sizeof(request) - 1);
    failed |= add_bytes(samples, "lines", lines, sizeof(lines) - 1);
    failed |= add_bytes(samples, "big-endian words", words, sizeof(words));
    return failed ? -1 : 0;
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* In place; gives the number of bytes, or -1 for text that is no hexadecimal. */
static long decode_hex(uint8_t *text, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '#')
            while (i < length && text[i] != '\n')
                i++;
        if (i == length || text[i] == ' ' || text[i] == '\t' || text[i] == '\r' || text[i] == '\n')
            continue;
        int value = hex_digit(text[i]);
        if (value < 0)
            return -1;
        uint8_t high = digits % 2 ? text[digits / 2] : 0;
        text[digits / 2] = (uint8_t)(high * 16 + value);
        digits++;
    }
    return digits % 2 ? -1 : (long)(digits / 2);
}

static uint8_t *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = file ? malloc(SAMPLE_BYTES_MOST + 1) : NULL;
    if (bytes)
        *length = fread(bytes, 1, SAMPLE_BYTES_MOST + 1, file);
    const char *fault = NULL;
    if (!bytes || ferror(file))
        fault = strerror(errno);
    else if (*length > SAMPLE_BYTES_MOST)
        fault = "larger than 1 MiB";
    if (file)
        (void)fclose(file);
    if (!fault)
        return bytes;
    (void)fprintf(stderr, "smin-validate: %s: %s\n", path, fault);
    free(bytes);
    return NULL;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int samples_add_file(struct samples *samples, const char *path)
{
    size_t length;
    uint8_t *bytes = read_file(path, &length);
    if (!bytes)
        return -1;
    size_t name_length = strlen(path);
    int status = 0;
    if (name_length > 4 && strcmp(path + name_length - 4, ".hex") == 0) {
        long decoded = decode_hex(bytes, length);
        if (decoded < 0) {
            (void)fprintf(stderr, "smin-validate: %s: not hexadecimal text\n", path);
            status = -1;
        }
        length = decoded < 0 ? 0 : (size_t)decoded;
    }
    if (status == 0)
        status = add_bytes(samples, base_name(path), bytes, length);
    free(bytes);
    return status;
}

int samples_read_rules(struct samples *samples, const char *path)
{
    samples->rules.bytes = read_file(path, &samples->rules.length);
    if (!samples->rules.bytes)
        return -1;
    (void)snprintf(samples->rules.name, sizeof(samples->rules.name), "%s", base_name(path));
    return 0;
}

void samples_free(struct samples *samples)
{
    for (size_t i = 0; i < samples->count; i++)
        free(samples->list[i].bytes);
    free(samples->rules.bytes);
}
