/* SPDX-License-Identifier: BSD-2-Clause */
#include "limits.h"

#include <stddef.h>

#define MIB ((uint64_t)1 << 20)

enum { FILE_RULES_LEAST = 1024, FILE_RULES_MOST = 1 << 20, FILE_RULES_DEFAULT = 1 << 16 };

void smini_limits_default(struct smini_tool_limits *limits)
{
    *limits = (struct smini_tool_limits){
        .store_file_bytes = 256 * MIB, /* no image of a switch is as large; what is larger would fill a disk */
        .store_total_bytes = 4096 * MIB,
        .store_files = 100000,
        .file_rules_bytes = FILE_RULES_DEFAULT};
}

static uint64_t unit_of(struct smini_span *digits)
{
    static const struct {
        char letter;
        uint64_t factor;
    } units[] = {{'K', (uint64_t)1 << 10}, {'M', (uint64_t)1 << 20}, {'G', (uint64_t)1 << 30}, {'T', (uint64_t)1 << 40}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (digits->length == 0 || digits->bytes[digits->length - 1] != units[i].letter)
            continue;
        digits->length--;
        return units[i].factor;
    }
    return 1;
}

/* Decimal, above 0, with or without K, M, G or T behind it. */
static bool read_number(struct smini_span text, uint64_t *value)
{
    uint64_t unit = unit_of(&text);
    *value = 0;
    for (size_t i = 0; i < text.length; i++) {
        uint8_t byte = text.bytes[i];
        if (byte < '0' || byte > '9' || *value > (UINT64_MAX - 9) / 10)
            return false;
        *value = *value * 10 + (uint64_t)(byte - '0');
    }
    if (*value == 0 || *value > UINT64_MAX / unit)
        return false;
    *value *= unit;
    return true;
}

bool smini_limits_read_count(uint32_t *count, uint32_t most, const char *text)
{
    uint64_t value;
    struct smini_span digits = smini_span_text(text);
    if (unit_of(&digits) != 1 || !read_number(digits, &value) || value > most)
        return false;
    *count = (uint32_t)value;
    return true;
}

static uint64_t *place_of(struct smini_tool_limits *limits, struct smini_span name)
{
    if (smini_span_equal(name, smini_span_text("file")))
        return &limits->store_file_bytes;
    if (smini_span_equal(name, smini_span_text("total")))
        return &limits->store_total_bytes;
    return smini_span_equal(name, smini_span_text("count")) ? &limits->store_files : NULL;
}

bool smini_limits_read_store(struct smini_tool_limits *limits, const char *text)
{
    struct smini_span rest = smini_span_text(text);
    const uint64_t *set[3];
    size_t count = 0;
    for (bool more = true; more;) {
        size_t comma = smini_span_find(rest, ',');
        struct smini_span item = smini_span_part(rest, 0, comma);
        size_t equals = smini_span_find(item, '=');
        uint64_t *place = place_of(limits, smini_span_part(item, 0, equals));
        for (size_t i = 0; i < count; i++)
            if (set[i] == place)
                return false;
        if (!place || !read_number(smini_span_part(item, equals + 1, item.length), place))
            return false;
        set[count++] = place;
        more = comma < rest.length;
        rest = smini_span_part(rest, comma + 1, rest.length);
    }
    return true;
}

bool smini_limits_read_file_rules(struct smini_tool_limits *limits, const char *text)
{
    uint64_t value;
    if (!read_number(smini_span_text(text), &value) || value < FILE_RULES_LEAST || value > FILE_RULES_MOST)
        return false;
    limits->file_rules_bytes = value;
    return true;
}
