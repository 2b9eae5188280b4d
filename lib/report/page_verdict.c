/* SPDX-License-Identifier: BSD-2-Clause */
/* The answer first: one sentence for the whole case, one per device, five answers with the packet that shows each. */
#include "report/page_parts.h"

/* Beyond these a device is a row. Rows about devices without orders are many after a sweep, and stand in the appendix. */
enum { CARDS_MAX = 12, QUIET_ROWS_HERE = 12 };

struct tally {
    uint64_t abused, ordered, refused, moved, probed, quiet;
};

static void count_subjects(const struct smini_page_work *work, struct tally *tally)
{
    for (uint32_t i = 0; i < work->subject_count; i++) {
        const struct smini_page_subject *subject = &work->subjects[i];
        tally->abused += subject->abused.answer == SMINI_ANSWER_YES;
        tally->refused += subject->abused.answer == SMINI_ANSWER_NO;
        tally->ordered += subject->abused.answer == SMINI_ANSWER_UNKNOWN && subject->ordered;
        bool moved = !subject->ordered && smini_page_noteworthy(subject);
        tally->moved += moved;
        tally->probed += !moved && !subject->ordered && subject->incident_count > 0;
        tally->quiet += !moved && subject->incident_count == 0;
    }
}

static void say(struct smini_html *html, uint64_t count, const char *one, const char *many)
{
    if (count == 0)
        return;
    smini_html_raw(html, " ");
    smini_html_count(html, count, one, many);
}

static void write_lead(struct smini_page_work *work)
{
    struct smini_html *html = work->html;
    struct tally tally = {0};
    count_subjects(work, &tally);
    smini_html_form(html, "<p class=\"lead %s\">", tally.abused ? "g" : tally.ordered + tally.moved ? "w" : tally.refused + tally.probed ? "u" : "k");
    if (tally.abused + tally.ordered + tally.refused + tally.probed + tally.moved == 0)
        smini_html_raw(html, "<strong>No abuse of Smart Install is in these captures.</strong> What was not captured is not "
                             "known.");
    else if (tally.abused + tally.ordered + tally.refused == 0)
        smini_html_raw(html, "<strong>No order that abuses Smart Install is in these captures.</strong>");
    if (tally.abused) {
        smini_html_raw(html, "<strong>Smart Install was abused: ");
        smini_html_count(html, tally.abused, "device", "devices");
        smini_html_raw(html, " did what somebody ordered.</strong>");
    } else if (tally.ordered) {
        smini_html_raw(html, "<strong>Somebody tried to abuse Smart Install. Whether it worked is not proved.</strong>");
    } else if (tally.refused) {
        smini_html_raw(html, "<strong>Somebody tried to abuse Smart Install and was refused.</strong>");
    }
    say(html, tally.ordered, "device was ordered, and what it did is not proved.",
        "devices were ordered, and what they did is not proved.");
    say(html, tally.refused, "device refused every order.", "devices refused every order.");
    say(html, tally.moved, "device gave or got files, and no order for them was seen.",
        "devices gave or got files, and no order for them was seen.");
    say(html, tally.probed, "device was contacted or probed only.", "devices were contacted or probed only.");
    say(html, tally.quiet, "device was seen without anything done to it.", "devices were seen without anything done to them.");
    smini_html_raw(html, "</p>\n");
    if (work->page->shortfall_count > 0)
        smini_html_raw(html, "<p class=\"note\">These captures were not read completely, so more may have happened: see "
                             "<a href=\"#limits\">what was not read</a>.</p>\n");
}

static void write_why(struct smini_html *html, const struct smini_page_finding *finding)
{
    smini_html_raw(html, "<span class=\"q\">");
    if (finding->why)
        smini_html_raw(html, finding->why);
    else
        smini_html_foreign(html, finding->evidence, SMINI_PAGE_TEXT_MAX);
    if (finding->capture) {
        smini_html_raw(html, ": ");
        smini_piece_place(html, finding->capture, finding->packet);
    }
    smini_html_raw(html, "</span>");
}

static const char *const questions[] = {"Smart Install on", "Abused", "Something left", "Something came in", "Authorised"};

static const struct smini_page_finding *answer_to(const struct smini_page_subject *subject, uint32_t question)
{
    const struct smini_page_finding *const findings[] = {&subject->on, &subject->abused, &subject->left, &subject->came,
                                                         &subject->authorised};
    return findings[question];
}

/* What else is told about the device: messages it was sent, files that moved without an order. */
static void write_evidence(struct smini_html *html, const struct smini_page_subject *subject)
{
    enum { SHOWN = 8 };
    const struct smini_text_list *list = subject->device ? &subject->device->evidence : NULL;
    if (!list || list->count == 0)
        return;
    uint32_t shown = list->count < SHOWN ? list->count : SHOWN;
    smini_html_raw(html, "<p class=\"small q\">Seen of it: ");
    for (uint32_t i = 0; i < shown; i++) {
        smini_html_raw(html, i ? "; " : "");
        smini_html_foreign(html, list->items[i], SMINI_PAGE_TEXT_MAX);
    }
    if (list->total > shown)
        smini_html_form(html, "; and %llu more", (unsigned long long)(list->total - shown));
    smini_html_raw(html, ".</p>\n");
}

static void write_card(struct smini_page_work *work, const struct smini_page_subject *subject)
{
    struct smini_html *html = work->html;
    smini_html_raw(html, "<article class=\"device\"><h3>");
    smini_html_address(html, &subject->address);
    smini_html_raw(html, " ");
    if (subject->incident_count > 0) {
        uint32_t severity = work->page->incidents[subject->incidents[0]].incident->severity;
        smini_piece_chip(html, smini_words_tone(severity), smini_incident_severity_text(severity));
    }
    smini_html_raw(html, "</h3>\n<p>");
    smini_words_sentence(work, subject);
    smini_html_raw(html, "</p>\n<dl class=\"sheet\">\n");
    for (uint32_t i = 0; i < 5; i++) {
        const struct smini_page_finding *finding = answer_to(subject, i);
        smini_html_form(html, "<div><dt>%s</dt><dd>", questions[i]);
        smini_piece_answer(html, finding->answer, i == 4);
        smini_html_raw(html, " ");
        write_why(html, finding);
        smini_html_raw(html, "</dd></div>\n");
    }
    smini_html_raw(html, "</dl>\n");
    write_evidence(html, subject);
    smini_html_raw(html, subject->incident_count > 0 ? "<p class=\"small\">Told in full:" : "<p class=\"small\">No incident");
    for (uint32_t i = 0; i < subject->incident_count && i < 20; i++) {
        smini_html_raw(html, i ? ", " : " ");
        smini_piece_incident_link(html, subject->incidents[i], i == 0);
    }
    smini_html_raw(html, subject->incident_count > 20 ? " and more.</p></article>\n" : ".</p></article>\n");
}

static void write_noteworthy_row(struct smini_page_work *work, const struct smini_page_subject *subject)
{
    struct smini_html *html = work->html;
    smini_html_raw(html, "<tr><th scope=\"row\" class=\"t\">");
    smini_html_address(html, &subject->address);
    smini_html_raw(html, "</th><td class=\"say\">");
    smini_words_sentence(work, subject);
    smini_html_raw(html, "</td>");
    for (uint32_t i = 0; i < 5; i++) {
        smini_html_raw(html, "<td class=\"t\">");
        smini_piece_answer(html, answer_to(subject, i)->answer, i == 4);
        smini_html_raw(html, "</td>");
    }
    smini_html_raw(html, "</tr>\n");
}

static void write_noteworthy(struct smini_page_work *work, uint32_t from, uint32_t to)
{
    static const char *const titles[] = {"Device", "In one sentence", "On", "Abused", "Left", "Came in", "Authorised"};
    if (from >= to)
        return;
    uint32_t shown = to - from < SMINI_PAGE_ROWS_MAX ? to - from : SMINI_PAGE_ROWS_MAX;
    smini_html_raw(work->html, "<h3>Further devices to which something was done</h3>\n");
    smini_piece_head(work->html, titles, 7, "wide");
    for (uint32_t i = from; i < from + shown; i++)
        write_noteworthy_row(work, &work->subjects[i]);
    smini_html_raw(work->html, "</tbody></table></div>\n");
    smini_piece_left_out(work->html, to - from - shown, "Devices of no greater concern, in incidents.json alone");
}

static void write_quiet_row(struct smini_page_work *work, const struct smini_page_subject *subject)
{
    struct smini_html *html = work->html;
    smini_html_raw(html, "<tr><th scope=\"row\" class=\"t\">");
    smini_html_address(html, &subject->address);
    smini_html_raw(html, "</th><td>");
    if (subject->incident_count > 0) {
        const struct smini_incident *gravest = work->page->incidents[subject->incidents[0]].incident;
        smini_html_form(html, "%s by ", smini_words_verdict_title(gravest->verdict));
        smini_html_address(html, &gravest->actor);
        smini_html_form(html, ", %s", smini_incident_outcome_text(gravest->outcome));
        if (subject->incident_count > 1)
            smini_html_form(html, ", and %u more", (unsigned)subject->incident_count - 1);
    } else {
        smini_html_raw(html, "nothing done to it");
    }
    smini_html_raw(html, "</td><td class=\"t\">");
    smini_piece_answer(html, subject->on.answer, false);
    smini_html_raw(html, "</td><td class=\"d\">");
    write_why(html, &subject->on);
    smini_html_raw(html, "</td></tr>\n");
}

static uint32_t count_noteworthy(const struct smini_page_work *work)
{
    uint32_t noteworthy = 0;
    while (noteworthy < work->subject_count && smini_page_noteworthy(&work->subjects[noteworthy]))
        noteworthy++;
    return noteworthy;
}

static void write_quiet(struct smini_page_work *work, uint32_t from)
{
    static const char *const titles[] = {"Device", "What was seen", "Smart Install on", "Why"};
    uint32_t count = work->subject_count - from, shown = count < SMINI_PAGE_ROWS_MAX ? count : SMINI_PAGE_ROWS_MAX;
    smini_html_raw(work->html, "<h3 id=\"quiet\">Devices without orders</h3>\n<p>No order to them is in the captures. Whether they were abused, and "
                               "whether anything left them or reached them, is unknown; nothing of it was seen.</p>\n");
    smini_piece_head(work->html, titles, 4, "mid");
    for (uint32_t i = from; i < from + shown; i++)
        write_quiet_row(work, &work->subjects[i]);
    smini_html_raw(work->html, "</tbody></table></div>\n");
    smini_piece_left_out(work->html, count - shown, "Devices in incidents.json alone");
}

void smini_page_quiet_devices(struct smini_page_work *work)
{
    uint32_t noteworthy = count_noteworthy(work);
    if (work->subject_count - noteworthy > QUIET_ROWS_HERE)
        write_quiet(work, noteworthy);
}

static void write_directors(struct smini_page_work *work)
{
    struct smini_html *html = work->html;
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->page->device_count && count < 50; i++) {
        if (work->page->devices[i]->role != SMINI_ROLE_DIRECTOR)
            continue;
        smini_html_raw(html, count++ ? ", " : "<p>Seen at work as a listed director: ");
        smini_html_address(html, &work->page->devices[i]->address);
    }
    if (count)
        smini_html_raw(html, ".</p>\n");
}

void smini_page_verdict(struct smini_page_work *work)
{
    smini_html_raw(work->html, "<section id=\"verdict\" aria-labelledby=\"h-verdict\"><h2 id=\"h-verdict\">Verdict</h2>\n");
    write_lead(work);
    uint32_t noteworthy = count_noteworthy(work), quiet = work->subject_count - noteworthy, cards = 0;
    while (cards < noteworthy && cards < CARDS_MAX)
        write_card(work, &work->subjects[cards++]);
    write_noteworthy(work, cards, noteworthy);
    if (quiet > 0 && quiet <= QUIET_ROWS_HERE)
        write_quiet(work, noteworthy);
    if (quiet > QUIET_ROWS_HERE) {
        smini_html_raw(work->html, "<p>");
        smini_html_count(work->html, quiet, "device", "devices");
        smini_html_raw(work->html, " without orders: <a href=\"#quiet\">listed in the appendix</a>.</p>\n");
    }
    write_directors(work);
    smini_html_raw(work->html, "<p class=\"small q\">\xe2\x80\x9cUnknown\xe2\x80\x9d means that the captures do not "
                               "prove it either way. It never means \xe2\x80\x9cno\xe2\x80\x9d.</p>\n</section>\n");
}
