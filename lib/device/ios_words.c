/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_words.h"

bool smini_ios_separates(struct smini_span text, size_t at)
{
    uint8_t byte = text.bytes[at];
    if (byte == 0)
        return (at > 0 && text.bytes[at - 1] == 0) || (at + 1 < text.length && text.bytes[at + 1] == 0);
    return byte <= ' ' || byte == 127;
}

void smini_ios_words_read(struct smini_ios_words *words, struct smini_span command)
{
    size_t at = 0;
    words->count = 0;
    words->rest = smini_span_make(NULL, 0);
    for (;;) {
        while (at < command.length && smini_ios_separates(command, at))
            at++;
        if (at == command.length)
            return;
        if (words->count == SMINI_IOS_WORDS_MOST)
            break;
        size_t begin = at;
        while (at < command.length && !smini_ios_separates(command, at))
            at++;
        words->word[words->count++] = smini_span_part(command, begin, at - begin);
    }
    words->rest = smini_span_part(command, at, command.length);
}

enum smini_ios_fit smini_ios_fit(struct smini_span word, const char *keyword, size_t keyword_length)
{
    size_t fitting = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (word.bytes[i] == 0)
            continue;
        if (fitting == keyword_length || smini_ascii_lower(word.bytes[i]) != (uint8_t)keyword[fitting])
            return SMINI_IOS_FIT_NOT;
        fitting++;
    }
    if (fitting == keyword_length)
        return fitting > 0 ? SMINI_IOS_FIT_EXACT : SMINI_IOS_FIT_NOT;
    bool number = keyword[0] >= '0' && keyword[0] <= '9';
    return fitting > 0 && !number ? SMINI_IOS_FIT_PREFIX : SMINI_IOS_FIT_NOT;
}

struct smini_span smini_ios_without_number(struct smini_span word)
{
    size_t length = word.length;
    while (length > 0) {
        uint8_t byte = word.bytes[length - 1];
        if (byte != 0 && (byte < '0' || byte > '9') && byte != '/' && byte != '.' && byte != ':')
            break;
        length--;
    }
    return length > 0 ? smini_span_part(word, 0, length) : word;
}

uint8_t smini_ios_first_letter(struct smini_span word)
{
    size_t at = 0;
    while (at < word.length && word.bytes[at] == 0)
        at++;
    return at < word.length ? smini_ascii_lower(word.bytes[at]) : 0;
}

bool smini_ios_is_digit(struct smini_span word)
{
    uint32_t digits = 0;
    for (size_t i = 0; i < word.length; i++) {
        uint8_t byte = word.bytes[i];
        if (byte == 0)
            continue;
        if (byte < '0' || byte > '9' || digits++ > 0)
            return false;
    }
    return digits == 1;
}
