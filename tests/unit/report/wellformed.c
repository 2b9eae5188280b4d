/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/unit/report/wellformed.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { DEPTH_MAX = 64, NAME_MAX_BYTES = 32, IDS_MAX = 20000, VALUE_MAX = 256 };

struct look {
    const char *at, *end, *begin;
    char open[DEPTH_MAX][NAME_MAX_BYTES];
    size_t depth;
    char **ids, **targets;
    size_t id_count, target_count;
};

static char fault[512];

static const char *wrong(const struct look *look, const char *what)
{
    int before = look->at - look->begin > 60 ? 60 : (int)(look->at - look->begin);
    int behind = look->end - look->at > 60 ? 60 : (int)(look->end - look->at);
    snprintf(fault, sizeof(fault), "%s at byte %zu: ...%.*s|%.*s...", what, (size_t)(look->at - look->begin), before, look->at - before,
             behind, look->at);
    return fault;
}

static bool starts(const struct look *look, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(look->end - look->at) >= length && memcmp(look->at, text, length) == 0;
}

static const char *character(struct look *look)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    if (*look->at == '&') {
        for (size_t i = 0; i < 5; i++)
            if (starts(look, entities[i])) {
                look->at += strlen(entities[i]);
                return NULL;
            }
        return wrong(look, "a bare ampersand or an unknown entity");
    }
    size_t length = smini_utf8_length((const uint8_t *)look->at, (size_t)(look->end - look->at));
    if (length == 0)
        return wrong(look, "no UTF-8");
    if (((unsigned char)*look->at < 0x20 && *look->at != '\n') || *look->at == 0x7f ||
        (length == 2 && (unsigned char)look->at[0] == 0xc2 && (unsigned char)look->at[1] < 0xa0))
        return wrong(look, "a control character");
    if (length == 3 && memcmp(look->at, "\xe2\x80", 2) == 0 && (unsigned char)look->at[2] >= 0xa8 && (unsigned char)look->at[2] <= 0xae)
        return wrong(look, "a character that steers the direction of text");
    look->at += length;
    return NULL;
}

static const char *keep(const struct look *look, char ***list, size_t *count, const char *value)
{
    if (*count == IDS_MAX)
        return wrong(look, "too many ids");
    *list = *list ? *list : calloc(IDS_MAX, sizeof(**list));
    (*list)[(*count)++] = strdup(value);
    return NULL;
}

static const char *attribute(struct look *look, const char *element)
{
    char name[NAME_MAX_BYTES] = "", value[VALUE_MAX];
    size_t length = 0;
    while (look->at < look->end && (isalnum((unsigned char)*look->at) || strchr("-:", *look->at)) && length + 1 < sizeof(name))
        name[length++] = *look->at++;
    if (!starts(look, "=\""))
        return wrong(look, "an attribute without a quoted value");
    look->at += 2;
    const char *begin = look->at;
    while (look->at < look->end && *look->at != '"') {
        const char *bad = *look->at == '<' ? wrong(look, "a bracket in an attribute") : character(look);
        if (bad)
            return bad;
    }
    length = (size_t)(look->at - begin) < VALUE_MAX - 1 ? (size_t)(look->at - begin) : VALUE_MAX - 1;
    memcpy(value, begin, length);
    value[length] = 0;
    look->at++;
    if (strncmp(name, "on", 2) == 0 || strcmp(name, "src") == 0 || strcmp(name, "style") == 0 || strcmp(name, "srcset") == 0)
        return wrong(look, "an attribute that loads, runs or styles");
    if (strcmp(name, "id") == 0)
        return keep(look, &look->ids, &look->id_count, value);
    if (strcmp(name, "href") == 0) {
        if (strcmp(element, "a") != 0 || (value[0] != '#' && strncmp(value, "./", 2) != 0))
            return wrong(look, "a link out of the folder");
        return value[0] == '#' ? keep(look, &look->targets, &look->target_count, value + 1) : NULL;
    }
    return NULL;
}

static const char *element(struct look *look)
{
    static const char *const forbidden[] = {"script", "iframe", "object", "embed", "link", "img", "base", "form", "image", "use", "foreignObject"};
    char name[NAME_MAX_BYTES] = "";
    size_t length = 0;
    bool closing = look->at[1] == '/';
    look->at += closing ? 2 : 1;
    while (look->at < look->end && isalnum((unsigned char)*look->at) && length + 1 < sizeof(name))
        name[length++] = *look->at++;
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
        if (strcmp(name, forbidden[i]) == 0)
            return wrong(look, "a forbidden element");
    if (closing) {
        if (look->depth == 0 || strcmp(look->open[look->depth - 1], name) != 0)
            return wrong(look, "an element ends that is not the last one opened");
        look->depth--;
        return *look->at++ == '>' ? NULL : wrong(look, "an end tag does not end");
    }
    while (look->at < look->end && *look->at == ' ') {
        look->at++;
        const char *bad = attribute(look, name);
        if (bad)
            return bad;
    }
    if (starts(look, "/>")) {
        look->at += 2;
        return NULL;
    }
    if (length == 0 || look->at >= look->end || *look->at++ != '>' || look->depth == DEPTH_MAX)
        return wrong(look, "a tag does not end, or too many are open");
    strcpy(look->open[look->depth++], name);
    return NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static const char *references(struct look *look)
{
    if (look->id_count > 0)
        qsort(look->ids, look->id_count, sizeof(*look->ids), by_text);
    for (size_t i = 1; i < look->id_count; i++)
        if (strcmp(look->ids[i], look->ids[i - 1]) == 0) {
            snprintf(fault, sizeof(fault), "id %s twice", look->ids[i]);
            return fault;
        }
    for (size_t i = 0; i < look->target_count; i++)
        if (!look->ids || !bsearch(&look->targets[i], look->ids, look->id_count, sizeof(*look->ids), by_text)) {
            snprintf(fault, sizeof(fault), "a link to %s, which is not there", look->targets[i]);
            return fault;
        }
    return NULL;
}

const char *page_fault(const char *page, size_t length)
{
    static const char type[] = "<!DOCTYPE html>\n";
    struct look look = {.at = page, .begin = page, .end = page + length};
    const char *bad = starts(&look, type) ? NULL : wrong(&look, "no document type");
    look.at += strlen(type);
    while (!bad && look.at < look.end)
        bad = *look.at == '<' ? element(&look) : *look.at == '>' ? wrong(&look, "a bare bracket") : character(&look);
    if (!bad && look.depth > 0)
        bad = wrong(&look, "elements stay open");
    if (!bad)
        bad = references(&look);
    for (size_t i = 0; i < look.id_count; i++)
        free(look.ids[i]);
    for (size_t i = 0; i < look.target_count; i++)
        free(look.targets[i]);
    free(look.ids);
    free(look.targets);
    return bad;
}
