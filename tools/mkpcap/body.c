/* SPDX-License-Identifier: BSD-2-Clause */
#include "body.h"

#include <stdio.h>

#include "message.h"

/* The largest stream any case needs in one line, with room to spare. */
#define BODY_BYTES_MAX ((size_t)1 << 20)

struct part {
    struct smini_words *words;
    size_t first; /* behind the word that names the part */
    size_t last;
    const struct smini_folders *folders;
    struct smini_bytebuf *out;
};

static const struct smini_word *part_word(const struct part *part, size_t index)
{
    if (part->first + index >= part->last)
        smini_words_stop(part->words, "a part has too few words");
    return &part->words->items[part->first + index];
}

static void add_hex(const struct part *part)
{
    (void)part_word(part, 0);
    for (size_t i = part->first; i < part->last; i++) {
        struct smini_span bytes = smini_words_hex(part->words, part->words->items[i].value);
        smini_message_put(part->out, bytes.bytes, bytes.length);
    }
}

static void add_text(const struct part *part)
{
    const struct smini_word *word = part_word(part, 0);
    if (!word->quoted || word->key || part->last - part->first != 1)
        smini_words_stop(part->words, "text needs one text in quotes");
    smini_message_put(part->out, word->value.bytes, word->value.length);
}

/* One .hex file: lines that begin with # are comments, the rest is hex digits. */
static void add_hex_lines(const struct part *part, struct smini_span text)
{
    size_t at = 0;
    while (at < text.length) {
        struct smini_span line = smini_span_part(text, at, text.length);
        line.length = smini_span_find(line, '\n');
        at += line.length + 1;
        if (line.length && line.bytes[line.length - 1] == '\r')
            line.length--;
        if (line.length == 0 || line.bytes[0] == '#')
            continue;
        struct smini_span bytes = smini_words_hex(part->words, line);
        smini_message_put(part->out, bytes.bytes, bytes.length);
    }
}

static void add_file(const struct part *part)
{
    const char *name = smini_words_text(part_word(part, 0));
    size_t name_length = strlen(name);
    if (part->last - part->first != 1)
        smini_words_stop(part->words, "file needs one name");
    for (size_t i = 0; i < part->folders->count; i++) {
        size_t room = strlen(part->folders->items[i]) + name_length + 2;
        char *path = smini_store_get(part->words->store, room);
        snprintf(path, room, "%s/%s", part->folders->items[i], name);
        FILE *probe = fopen(path, "rb");
        if (!probe)
            continue;
        fclose(probe);
        add_hex_lines(part, smini_store_file(part->words->store, path));
        return;
    }
    smini_words_stop(part->words, "%s is in none of the folders given with -I", name);
}

static void add_zeros(const struct part *part)
{
    smini_message_fill(part->out, 0, smini_words_number(part->words, part_word(part, 0), BODY_BYTES_MAX));
}

static void add_fill(const struct part *part)
{
    uint64_t byte = smini_words_number(part->words, part_word(part, 0), 255);
    smini_message_fill(part->out, (uint8_t)byte, smini_words_number(part->words, part_word(part, 1), BODY_BYTES_MAX));
}

static void add_message(const struct part *part)
{
    smini_message_build(part->words, part->first, part->last, part->out);
}

static const struct {
    const char *name;
    void (*add)(const struct part *part);
} kinds[] = {
    {"hex", add_hex},     {"text", add_text}, {"file", add_file},
    {"zeros", add_zeros}, {"fill", add_fill}, {"smi", add_message},
};

static size_t kind_of(const struct smini_word *word)
{
    size_t kind = 0, count = sizeof(kinds) / sizeof(kinds[0]);
    while (kind < count && !smini_words_is(word, kinds[kind].name))
        kind++;
    return kind;
}

bool smini_body_begins(const struct smini_word *word)
{
    return kind_of(word) < sizeof(kinds) / sizeof(kinds[0]);
}

struct smini_span smini_body_build(struct smini_words *words, size_t first, const struct smini_folders *folders)
{
    struct smini_bytebuf out;
    smini_bytebuf_init(&out, &words->store->alloc, BODY_BYTES_MAX);
    while (first < words->count) {
        if (!smini_body_begins(&words->items[first]))
            smini_words_stop(words, "'%s' begins no part", smini_words_text(&words->items[first]));
        size_t last = first + 1;
        while (last < words->count && !smini_words_is(&words->items[last], "+"))
            last++;
        struct part part = {words, first + 1, last, folders, &out};
        kinds[kind_of(&words->items[first])].add(&part);
        if (last + 1 == words->count)
            smini_words_stop(words, "nothing behind '+'");
        first = last + 1;
    }
    struct smini_span bytes = smini_span_make(smini_store_copy(words->store, smini_bytebuf_span(&out)), out.length);
    smini_bytebuf_free(&out);
    return bytes;
}
