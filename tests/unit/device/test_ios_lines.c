/* SPDX-License-Identifier: BSD-2-Clause */
/* A labelled table of lines: class and secrets of each. */
#include "device/ios_text.h"
#include "smin/status.h"
#include "tests/support/guard_page.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { LINE_ROOM = 512, SURE = 0, MAYBE = 1 };

static const struct labelled {
    const char *section;
    const char *line;
    const char *class;
    bool might_be;
} labelled[] = {
#define LINE(section, line, class, might_be) {section, line, class, might_be},
#include "tests/unit/device/lines.def"
#undef LINE
};

enum { LABELLED_COUNT = sizeof(labelled) / sizeof(labelled[0]) };

/* The line without its braces, and the line as it must look when masked. */
static void spell(const char *line, char *plain, char *masked)
{
    for (; *line != '\0'; line++) {
        if (*line == '{') {
            masked += sprintf(masked, "%s", SMINI_IOS_MASK);
            for (line++; *line != '}'; line++)
                *plain++ = *line;
        } else {
            *plain++ = *masked++ = *line;
        }
    }
    *plain = *masked = '\0';
}

/* Reads the text up to its guarded end and keeps its last line. */
static struct smini_ios_line last_line(struct guard_page *page, const char *text)
{
    struct smini_ios_text reader;
    struct smini_ios_line line, last = {.number = 0};
    size_t length = strlen(text);
    smini_ios_text_begin(&reader, smini_span_make(guard_page_put(page, text, length), length), SMINI_IOS_CONFIG);
    while (smini_ios_text_next(&reader, &line))
        last = line;
    return last;
}

static bool masks_as(const struct smini_ios_line *line, const char *masked)
{
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, LINE_ROOM);
    cr_assert_eq(smini_ios_masked(line, &out), SMIN_OK);
    bool same = smini_span_equal(smini_bytebuf_span(&out), smini_span_text(masked));
    if (!same)
        cr_log_error("masked: %.*s", (int)out.length, (const char *)out.bytes);
    smini_bytebuf_free(&out);
    return same;
}

Test(ios_lines, every_labelled_line_has_its_class_and_its_secrets)
{
    struct guard_page page;
    guard_page_open(&page, LINE_ROOM * 2);
    for (size_t i = 0; i < LABELLED_COUNT; i++) {
        char plain[LINE_ROOM], masked[LINE_ROOM + 1], text[LINE_ROOM * 2], *expected = masked;
        spell(labelled[i].line, plain, masked + 1);
        snprintf(text, sizeof(text), "%s%s%s", labelled[i].section ? labelled[i].section : "",
                 labelled[i].section ? "\n " : "", plain);
        masked[0] = ' ';
        expected += labelled[i].section == NULL;
        struct smini_ios_line line = last_line(&page, text);
        cr_expect_str_eq(smini_ios_class_name(line.class), labelled[i].class, "%s: %s", labelled[i].line,
                         smini_ios_class_name(line.class));
        cr_expect_eq(line.might_be, labelled[i].might_be, "%s: %d", labelled[i].line, line.might_be);
        cr_expect_eq(line.class == SMINI_IOS_CLASS_NONE, line.reason[0] == '\0', "%s", labelled[i].line);
        cr_expect_eq(line.class == SMINI_IOS_CLASS_NONE, line.weight == SMINI_IOS_PLAIN, "%s", labelled[i].line);
        cr_expect(masks_as(&line, expected), "%s", labelled[i].line);
    }
    guard_page_close(&page);
}
