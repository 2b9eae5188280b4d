/* SPDX-License-Identifier: BSD-2-Clause */
#include "words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void smini_words_stop(const struct smini_words *words, const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "smin-mkpcap: %s:%u: ", words->file, words->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(SMINI_EXIT_USAGE);
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)smini_ascii_lower((uint8_t)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One character of a quoted text; `at` stands behind the backslash. Gives the position behind the escape. */
static size_t read_escape(const struct smini_words *words, const char *text, size_t at, size_t length, uint8_t *out)
{
    static const char names[] = "nrt0\\\"", values[] = "\n\r\t\0\\\"";
    if (at >= length)
        smini_words_stop(words, "text ends behind a backslash");
    const char *name = text[at] ? strchr(names, text[at]) : NULL;
    if (name) {
        *out = (uint8_t)values[name - names];
        return at + 1;
    }
    if (text[at] == 'x' && at + 2 < length && digit_value(text[at + 1]) >= 0 && digit_value(text[at + 2]) >= 0) {
        *out = (uint8_t)(digit_value(text[at + 1]) * 16 + digit_value(text[at + 2]));
        return at + 3;
    }
    smini_words_stop(words, "unknown escape \\%c", text[at]);
}

/* A text in quotes from `at` (behind the first quote) to its last quote. */
static size_t read_quoted(struct smini_words *words, const char *text, size_t at, size_t length,
                          struct smini_word *word)
{
    uint8_t *bytes = smini_store_get(words->store, length - at + 1);
    size_t used = 0;
    while (at < length && text[at] != '"') {
        if (text[at] == '\\')
            at = read_escape(words, text, at + 1, length, &bytes[used++]);
        else
            bytes[used++] = (uint8_t)text[at++];
    }
    if (at >= length)
        smini_words_stop(words, "text without a closing quote");
    word->quoted = true;
    word->value = smini_span_make(bytes, used);
    return at + 1;
}

static bool ends_word(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static size_t read_word(struct smini_words *words, const char *text, size_t at, size_t length, struct smini_word *word)
{
    *word = (struct smini_word){0};
    if (text[at] == '"')
        return read_quoted(words, text, at + 1, length, word);
    size_t start = at;
    while (at < length && !ends_word(text[at]) && text[at] != '=' && text[at] != '"')
        at++;
    if (at < length && text[at] == '=' && at > start) {
        char *key = smini_store_get(words->store, at - start + 1);
        memcpy(key, text + start, at - start);
        word->key = key;
        start = ++at;
        if (at < length && text[at] == '"')
            return read_quoted(words, text, at + 1, length, word);
    }
    while (at < length && !ends_word(text[at]))
        at++;
    char *value = smini_store_get(words->store, at - start + 1);
    memcpy(value, text + start, at - start);
    word->value = smini_span_make(value, at - start);
    return at;
}

void smini_words_split(struct smini_words *words, const char *text, size_t length)
{
    words->count = 0;
    size_t at = 0;
    while (at < length) {
        if (ends_word(text[at])) {
            at++;
            continue;
        }
        if (text[at] == '#')
            return;
        if (words->count == SMINI_WORDS_MAX)
            smini_words_stop(words, "more than %d words", SMINI_WORDS_MAX);
        at = read_word(words, text, at, length, &words->items[words->count++]);
    }
}

bool smini_words_is(const struct smini_word *word, const char *text)
{
    return !word->key && !word->quoted && smini_span_equal(word->value, smini_span_text(text));
}

const char *smini_words_text(const struct smini_word *word)
{
    return (const char *)word->value.bytes;
}

uint64_t smini_words_number(const struct smini_words *words, const struct smini_word *word, uint64_t max)
{
    const char *text = smini_words_text(word);
    char *end = NULL;
    if (word->value.length == 0 || digit_value(text[0]) < 0 || digit_value(text[0]) > 9)
        smini_words_stop(words, "'%s' is not a number", text);
    unsigned long long number = strtoull(text, &end, 0);
    if (*end || number > max)
        smini_words_stop(words, "'%s' is not a number up to %llu", text, (unsigned long long)max);
    return number;
}

int64_t smini_words_signed(const struct smini_words *words, const struct smini_word *word)
{
    struct smini_word rest = *word;
    bool negative = rest.value.length && rest.value.bytes[0] == '-';
    if (negative || (rest.value.length && rest.value.bytes[0] == '+'))
        rest.value = smini_span_make(rest.value.bytes + 1, rest.value.length - 1);
    int64_t number = (int64_t)smini_words_number(words, &rest, INT32_MAX);
    return negative ? -number : number;
}

uint64_t smini_words_duration(const struct smini_words *words, const struct smini_word *word)
{
    static const struct {
        const char *unit;
        uint64_t ns;
    } units[] = {{"s", 1000000000u}, {"ms", 1000000u}, {"us", 1000u}, {"ns", 1u}};
    const char *text = smini_words_text(word);
    char *end = NULL;
    if (digit_value(text[0]) < 0 || digit_value(text[0]) > 9)
        smini_words_stop(words, "'%s' is not a duration", text);
    unsigned long long number = strtoull(text, &end, 10);
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (strcmp(end, units[i].unit) == 0 && number <= UINT32_MAX)
            return number * units[i].ns;
    smini_words_stop(words, "'%s' is not a duration (30s, 250ms, 10us, 5ns)", text);
}

struct smini_span smini_words_hex(const struct smini_words *words, struct smini_span digits)
{
    uint8_t *bytes = smini_store_get(words->store, digits.length / 2 + 1);
    size_t nibbles = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char c = (char)digits.bytes[i];
        if (c == ' ' || c == '.' || c == ':' || c == '-')
            continue;
        int value = digit_value(c);
        if (value < 0)
            smini_words_stop(words, "'%c' is not a hex digit", c);
        if (nibbles % 2 == 0)
            bytes[nibbles / 2] = (uint8_t)(value << 4);
        else
            bytes[nibbles / 2] = (uint8_t)(bytes[nibbles / 2] | value);
        nibbles++;
    }
    if (nibbles % 2)
        smini_words_stop(words, "an odd number of hex digits");
    return smini_span_make(bytes, nibbles / 2);
}
