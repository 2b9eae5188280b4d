/* SPDX-License-Identifier: BSD-2-Clause */
/* How the cases went: for people, as TAP, as JUnit XML. */
#include "case_conf.h"

static void print_indented(FILE *out, const char *lead, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(out, "%s%.*s\n", lead, (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static uint32_t failures(const struct smini_case_list *cases)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < cases->count; i++)
        count += !cases->items[i].passed;
    return count;
}

void smini_case_report_tap(FILE *out, const struct smini_case_list *cases)
{
    fprintf(out, "TAP version 13\n1..%u\n", cases->count);
    for (uint32_t i = 0; i < cases->count; i++) {
        const struct smini_case *one = &cases->items[i];
        fprintf(out, "%sok %u - %s\n", one->passed ? "" : "not ", i + 1, one->name);
        print_indented(out, "# ", one->says);
    }
}

void smini_case_report_text(FILE *out, const struct smini_case_list *cases, bool all)
{
    for (uint32_t i = 0; i < cases->count; i++) {
        const struct smini_case *one = &cases->items[i];
        if (one->passed && !all)
            continue;
        fprintf(out, "%s %s\n", one->passed ? "pass" : "FAIL", one->name);
        print_indented(out, "     ", one->says);
    }
    fprintf(out, "%u cases, %u failed\n", cases->count, failures(cases));
}

static void print_xml(FILE *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&')
            fputs("&amp;", out);
        else if (c == '<')
            fputs("&lt;", out);
        else if (c == '>')
            fputs("&gt;", out);
        else if (c == '"')
            fputs("&quot;", out);
        else if (c >= 0x20 || c == '\n' || c == '\t')
            fputc(c, out);
        else
            fputc('?', out); /* XML has no way to say it */
    }
}

void smini_case_report_junit(FILE *out, const struct smini_case_list *cases)
{
    fprintf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    fprintf(out, "<testsuite name=\"smin-replay corpus\" tests=\"%u\" failures=\"%u\">\n", cases->count,
            failures(cases));
    for (uint32_t i = 0; i < cases->count; i++) {
        const struct smini_case *one = &cases->items[i];
        const char *slash = strchr(one->name, '/');
        fputs("  <testcase classname=\"", out);
        fprintf(out, "%.*s", slash ? (int)(slash - one->name) : 0, one->name);
        fputs("\" name=\"", out);
        print_xml(out, slash ? slash + 1 : one->name);
        if (one->passed) {
            fputs("\"/>\n", out);
            continue;
        }
        fputs("\">\n    <failure message=\"records differ\">", out);
        print_xml(out, one->says);
        fputs("</failure>\n  </testcase>\n", out);
    }
    fputs("</testsuite>\n", out);
}
