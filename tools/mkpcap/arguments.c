/* SPDX-License-Identifier: BSD-2-Clause */
#include "arguments.h"

void smini_arguments_init(struct smini_arguments *arguments, const struct smini_words *words, size_t first, size_t last)
{
    *arguments = (struct smini_arguments){.words = words, .first = first, .last = last};
}

const struct smini_word *smini_arguments_find(struct smini_arguments *arguments, const char *key)
{
    for (size_t i = arguments->first; i < arguments->last; i++) {
        const struct smini_word *word = &arguments->words->items[i];
        if (word->key && strcmp(word->key, key) == 0) {
            arguments->used[i] = true;
            return word;
        }
    }
    return NULL;
}

bool smini_arguments_flag(struct smini_arguments *arguments, const char *name)
{
    for (size_t i = arguments->first; i < arguments->last; i++) {
        if (smini_words_is(&arguments->words->items[i], name)) {
            arguments->used[i] = true;
            return true;
        }
    }
    return false;
}

uint32_t smini_arguments_number(struct smini_arguments *arguments, const char *key, uint32_t otherwise)
{
    const struct smini_word *word = smini_arguments_find(arguments, key);
    return word ? (uint32_t)smini_words_number(arguments->words, word, UINT32_MAX) : otherwise;
}

struct smini_span smini_arguments_text(struct smini_arguments *arguments, const char *key, const char *otherwise)
{
    const struct smini_word *word = smini_arguments_find(arguments, key);
    return word ? word->value : smini_span_text(otherwise);
}

const uint8_t *smini_arguments_bytes(struct smini_arguments *arguments, const char *key, size_t length,
                                     const uint8_t *otherwise)
{
    const struct smini_word *word = smini_arguments_find(arguments, key);
    if (!word)
        return otherwise;
    struct smini_span bytes = smini_words_hex(arguments->words, word->value);
    if (bytes.length != length)
        smini_words_stop(arguments->words, "%s needs %zu bytes", key, length);
    return bytes.bytes;
}

void smini_arguments_finish(const struct smini_arguments *arguments)
{
    for (size_t i = arguments->first; i < arguments->last; i++) {
        const struct smini_word *word = &arguments->words->items[i];
        if (!arguments->used[i])
            smini_words_stop(arguments->words, "unknown or repeated: %s%s%s", word->key ? word->key : "",
                             word->key ? "=" : "", smini_words_text(word));
    }
}
