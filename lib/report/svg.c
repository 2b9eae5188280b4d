/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/svg.h"

void smini_svg_open(struct smini_html *html, int height, const char *name, const char *title, const char *description)
{
    smini_html_form(html,
                    "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\"><svg "
                    "xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"group\" "
                    "aria-labelledby=\"%s-t %s-d\">\n",
                    title, SMINI_SVG_WIDTH, height, name, name);
    smini_html_form(html, "<title id=\"%s-t\">%s</title>", name, title);
    smini_html_form(html, "<desc id=\"%s-d\">%s</desc>\n", name, description);
}

void smini_svg_close(struct smini_html *html)
{
    smini_html_raw(html, "</svg></div>\n");
}

static const char *outcome_class(enum smini_outcome outcome)
{
    return outcome == SMINI_OUTCOME_SUCCEEDED ? " full" : outcome == SMINI_OUTCOME_UNKNOWN ? " open" : "";
}

static void draw_form(struct smini_html *html, enum smini_verdict verdict, const char *class, int x, int y)
{
    switch (verdict) {
    case SMINI_VERDICT_NONE:
    case SMINI_VERDICT_PROBE:
        smini_html_form(html, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"5.5\"/>", class, x, y);
        break;
    case SMINI_VERDICT_DIRECTOR_ACTIVITY:
        smini_html_form(html, "<path class=\"%s\" d=\"M%d %dv-4h4v4h4v4h-4v4h-4v-4h-4v-4z\"/>", class, x - 2, y - 2);
        break;
    case SMINI_VERDICT_MALFORMED:
        smini_html_form(html, "<path class=\"%s\" d=\"M%d %dl5 5l5 -5l2 2l-5 5l5 5l-2 2l-5 -5l-5 5l-2 -2l5 -5l-5 -5z\"/>", class,
                        x - 5, y - 7);
        break;
    case SMINI_VERDICT_CONFIG_EXFILTRATION:
        smini_html_form(html, "<path class=\"%s\" d=\"M%d %dl7 12h-14z\"/>", class, x, y - 7);
        break;
    case SMINI_VERDICT_CONFIG_REPLACEMENT:
        smini_html_form(html, "<path class=\"%s\" d=\"M%d %dl7 -12h-14z\"/>", class, x, y + 7);
        break;
    case SMINI_VERDICT_IMAGE_REPLACEMENT:
        smini_html_form(html, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"11\" height=\"11\"/>", class, x - 5, y - 5);
        break;
    case SMINI_VERDICT_COMMAND_EXECUTION:
        smini_html_form(html, "<path class=\"%s\" d=\"M%d %dl7 7l-7 7l-7 -7z\"/>", class, x, y - 7);
        break;
    case SMINI_VERDICT_OVERFLOW_ATTEMPT:
        smini_html_form(html, "<path class=\"%s\" d=\"M%d %dh6l4 6l-4 6h-6l-4 -6z\"/>", class, x - 3, y - 6);
        break;
    }
}

void smini_svg_mark(struct smini_html *html, enum smini_verdict verdict, enum smini_outcome outcome, const char *tone, int x, int y)
{
    char class[32] = "mark ";
    strncat(class, tone, 8);
    strncat(class, outcome_class(outcome), 8);
    draw_form(html, verdict, class, x, y);
    if (outcome == SMINI_OUTCOME_ANSWERED)
        smini_html_form(html, "<circle class=\"mark full %s\" cx=\"%d\" cy=\"%d\" r=\"1.2\"/>", tone, x, y);
    if (outcome == SMINI_OUTCOME_FAILED)
        smini_html_form(html, "<path class=\"mark %s\" d=\"M%d %dl16 -16\"/>", tone, x - 8, y + 8);
}

void smini_svg_answer(struct smini_html *html, int x, int y)
{
    smini_html_form(html, "<circle class=\"tip\" cx=\"%d\" cy=\"%d\" r=\"3\"/>", x, y);
}

static void begin_key(struct smini_html *html)
{
    smini_html_raw(html, "<li><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 22 20\" aria-hidden=\"true\">");
}

void smini_svg_key(struct smini_html *html, uint32_t verdicts, uint32_t outcomes, bool answers, bool whole, bool broken)
{
    smini_html_raw(html, "<ul class=\"key\" aria-label=\"Key\">\n");
    for (uint32_t i = SMINI_VERDICT_DIRECTOR_ACTIVITY; i <= SMINI_VERDICT_OVERFLOW_ATTEMPT; i++) {
        if (!(verdicts & 1U << i))
            continue;
        begin_key(html);
        smini_svg_mark(html, (enum smini_verdict)i, SMINI_OUTCOME_ATTEMPTED, "u", 11, 10);
        smini_html_form(html, "</svg>%s</li>\n", smini_words_verdict_title((enum smini_verdict)i));
    }
    for (uint32_t i = SMINI_OUTCOME_FAILED; i <= SMINI_OUTCOME_SUCCEEDED; i++) {
        if (!(outcomes & 1U << i))
            continue;
        begin_key(html);
        smini_svg_mark(html, SMINI_VERDICT_PROBE, (enum smini_outcome)i, "u", 11, 10);
        smini_html_form(html, "</svg>%s</li>\n", smini_incident_outcome_text((enum smini_outcome)i));
    }
    if (answers) {
        begin_key(html);
        smini_svg_answer(html, 11, 10);
        smini_html_raw(html, "</svg>answer of the device</li>\n");
    }
    if (whole) {
        begin_key(html);
        smini_html_raw(html, "<rect class=\"bar u\" x=\"2\" y=\"6\" width=\"18\" height=\"8\"/></svg>file that moved</li>\n");
    }
    if (broken) {
        begin_key(html);
        smini_html_raw(html, "<rect class=\"bar open u\" x=\"2\" y=\"6\" width=\"18\" height=\"8\"/></svg>refused, encrypted or not seen whole</li>\n");
    }
    smini_html_raw(html, "</ul>\n");
}
