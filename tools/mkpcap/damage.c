/* SPDX-License-Identifier: BSD-2-Clause */
#include "damage.h"

#include <stdio.h>
#include <stdlib.h>

#include "message.h"

enum { PCAP_HEADER = 24, PCAP_RECORD = 16, LINK_AT = 20, RANDOM_MAX = 1 << 20 };

struct damage {
    const struct smini_capture_format *format;
    struct smini_random *random;
    struct smini_bytebuf *file;
    uint32_t first;
    uint32_t second;
};

static void store_u32(const struct damage *damage, size_t at, uint32_t value)
{
    if (at + 4 > damage->file->length)
        smini_store_stop(SMINI_EXIT_USAGE, "the file is too short for this damage");
    for (size_t i = 0; i < 4; i++)
        damage->file->bytes[at + i] = (uint8_t)(value >> (8 * (damage->format->big_endian ? 3 - i : i)));
}

static uint32_t load_u32(const struct damage *damage, size_t at)
{
    uint32_t value = 0;
    if (at + 4 > damage->file->length)
        smini_store_stop(SMINI_EXIT_USAGE, "the file has no such record");
    for (size_t i = 0; i < 4; i++)
        value |= (uint32_t)damage->file->bytes[at + i] << (8 * (damage->format->big_endian ? 3 - i : i));
    return value;
}

static void do_truncate(const struct damage *damage)
{
    if (damage->first < damage->file->length)
        damage->file->length = damage->first;
}

static void do_cut(const struct damage *damage)
{
    damage->file->length -= damage->first < damage->file->length ? damage->first : damage->file->length;
}

static void do_magic(const struct damage *damage)
{
    store_u32(damage, 0, damage->first);
}

static void do_link(const struct damage *damage)
{
    store_u32(damage, LINK_AT, damage->first);
}

static void do_record_length(const struct damage *damage)
{
    size_t at = PCAP_HEADER;
    for (uint32_t i = 1; i < damage->first; i++)
        at += PCAP_RECORD + load_u32(damage, at + 8);
    store_u32(damage, at + 8, damage->second);
}

static void do_byte(const struct damage *damage)
{
    if (damage->first >= damage->file->length)
        smini_store_stop(SMINI_EXIT_USAGE, "the file is too short for this damage");
    damage->file->bytes[damage->first] = (uint8_t)damage->second;
}

static void do_random(const struct damage *damage)
{
    if (damage->first > RANDOM_MAX)
        smini_store_stop(SMINI_EXIT_USAGE, "random makes up to %d bytes", RANDOM_MAX);
    smini_bytebuf_clear(damage->file);
    for (uint32_t i = 0; i < damage->first; i++)
        smini_message_fill(damage->file, (uint8_t)smini_random_below(damage->random, 256), 1);
}

static void do_append(const struct damage *damage)
{
    if (damage->first > RANDOM_MAX)
        smini_store_stop(SMINI_EXIT_USAGE, "append adds up to %d bytes", RANDOM_MAX);
    for (uint32_t i = 0; i < damage->first; i++)
        smini_message_fill(damage->file, (uint8_t)smini_random_below(damage->random, 256), 1);
}

static const struct {
    const char *name;
    void (*apply)(const struct damage *damage);
    const char *meaning;
} rows[] = {
    {"truncate", do_truncate, "only the first ARG bytes are left (0: an empty file)"},
    {"cut", do_cut, "the last ARG bytes are missing"},
    {"magic", do_magic, "another magic number"},
    {"link", do_link, "another link type in the header of a pcap file"},
    {"record-length", do_record_length, "record ARG of a pcap file claims ARG bytes"},
    {"byte", do_byte, "byte ARG of the file has value ARG"},
    {"random", do_random, "ARG random bytes instead of the file"},
    {"append", do_append, "ARG random bytes behind the file"},
};

void smini_damage_apply(const char *text, const struct smini_capture_format *format, struct smini_random *random,
                        struct smini_bytebuf *file)
{
    struct damage damage = {.format = format, .random = random, .file = file};
    size_t length = strcspn(text, ":"), row = 0, count = sizeof(rows) / sizeof(rows[0]);
    while (row < count && !(strlen(rows[row].name) == length && memcmp(rows[row].name, text, length) == 0))
        row++;
    if (row == count)
        smini_store_stop(SMINI_EXIT_USAGE, "no damage '%s' (--list names them)", text);
    const char *at = text + length;
    uint32_t *const values[2] = {&damage.first, &damage.second};
    for (size_t i = 0; i < 2 && *at == ':'; i++) {
        char *end = NULL;
        unsigned long long number = strtoull(at + 1, &end, 0);
        if (end == at + 1 || number > UINT32_MAX)
            smini_store_stop(SMINI_EXIT_USAGE, "damage '%s': not a number", text);
        *values[i] = (uint32_t)number;
        at = end;
    }
    if (*at)
        smini_store_stop(SMINI_EXIT_USAGE, "damage '%s': cannot be read", text);
    rows[row].apply(&damage);
}

void smini_damage_list(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        printf("%-22s %s\n", rows[i].name, rows[i].meaning);
}
