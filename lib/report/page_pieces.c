/* SPDX-License-Identifier: BSD-2-Clause */
/* Small pieces that several sections use. */
#include "report/page_parts.h"

void smini_piece_chip(struct smini_html *html, const char *tone, const char *text)
{
    smini_html_form(html, "<span class=\"chip %s\">%s</span>", tone, text);
}

/* The sign says what the colour says. */
void smini_piece_answer(struct smini_html *html, enum smini_answer answer, bool yes_is_good)
{
    switch (answer) {
    case SMINI_ANSWER_YES:
        smini_piece_chip(html, yes_is_good ? "k" : "g", "\xe2\x97\x8f yes");
        break;
    case SMINI_ANSWER_NO:
        smini_piece_chip(html, yes_is_good ? "g" : "k", "\xe2\x97\x8b no");
        break;
    case SMINI_ANSWER_UNKNOWN:
        smini_piece_chip(html, "u", "? unknown");
        break;
    }
}

void smini_piece_place(struct smini_html *html, const char *capture, uint64_t packet)
{
    if (!capture)
        return;
    smini_html_raw(html, "<span class=\"m\">");
    smini_html_own(html, capture);
    smini_html_form(html, "</span> packet\xc2\xa0%llu", (unsigned long long)packet);
}

void smini_piece_incident_link(struct smini_html *html, uint32_t number, bool name_it)
{
    smini_html_form(html, "<a href=\"#incident-%u\">%s%u</a>", (unsigned)number + 1, name_it ? "incident\xc2\xa0" : "",
                    (unsigned)number + 1);
}

void smini_piece_left_out(struct smini_html *html, uint64_t count, const char *what)
{
    if (count == 0)
        return;
    smini_html_form(html, "<p class=\"note small\">%s: ", what);
    smini_html_number(html, count);
    smini_html_raw(html, ".</p>\n");
}

void smini_piece_head(struct smini_html *html, const char *const *titles, uint32_t count, const char *class)
{
    smini_html_form(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table class=\"%s\"><thead><tr>", class);
    for (uint32_t i = 0; i < count; i++)
        smini_html_form(html, "<th scope=\"col\">%s</th>", titles[i]);
    smini_html_raw(html, "</tr></thead><tbody>\n");
}
