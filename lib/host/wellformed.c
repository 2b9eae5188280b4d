/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/wellformed.h"

#include <stddef.h>

#include "host/limits.h"

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the text, or `limit` + 1 when no NUL stands within the bound. */
static size_t bounded_length(const char *text, size_t limit)
{
    size_t length = 0;
    while (length <= limit && text[length] != '\0')
        length++;
    return length;
}

static bool has_length(const char *text, size_t limit)
{
    if (!text)
        return false;
    size_t length = bounded_length(text, limit);
    return length > 0 && length <= limit;
}

/* The end of the name that begins at `text`; `text` itself when none does. */
static const char *skip_name(const char *text)
{
    if (!is_lower(*text))
        return text;
    while (is_lower(*text) || is_digit(*text) || *text == '_')
        text++;
    return text;
}

bool smini_wellformed_id(const char *text)
{
    if (!has_length(text, SMINI_HOST_ID_CHARS))
        return false;
    size_t labels = 0;
    for (;;) {
        const char *start = text;
        while (is_lower(*text) || is_digit(*text) || *text == '_' || *text == '-')
            text++;
        if (text == start)
            return false;
        labels++;
        if (*text == '\0')
            return labels >= 2;
        if (*text++ != '.')
            return false;
    }
}

bool smini_wellformed_name(const char *text)
{
    return has_length(text, SMINI_HOST_NAME_CHARS) && *skip_name(text) == '\0' && is_lower(*text);
}

static bool names_joined_by_dots(const char *text, bool may_repeat)
{
    for (;;) {
        const char *end = skip_name(text);
        if (end == text)
            return false;
        if (may_repeat && end[0] == '[' && end[1] == ']')
            end += 2;
        if (*end == '\0')
            return true;
        if (*end != '.')
            return false;
        text = end + 1;
    }
}

bool smini_wellformed_dotted(const char *text)
{
    return has_length(text, SMINI_HOST_NAME_CHARS) && names_joined_by_dots(text, false);
}

bool smini_wellformed_key(const char *text)
{
    return has_length(text, SMINI_HOST_NAME_CHARS) && names_joined_by_dots(text, true);
}

bool smini_wellformed_line(const char *text)
{
    if (!has_length(text, SMINI_HOST_TEXT_CHARS))
        return false;
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return false;
    return true;
}
