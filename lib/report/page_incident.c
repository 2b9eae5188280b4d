/* SPDX-License-Identifier: BSD-2-Clause */
/* Each incident: what was asked, what moved, what was answered, and why that is said. */
#include "report/page_parts.h"

/* What a reader takes in; the records hold everything. */
enum { ASKED_MAX = 40, MESSAGES_MAX = 40, FILES_MAX = 40, REASONS_MAX = 40 };

static void fact(struct smini_html *html, const char *name)
{
    smini_html_form(html, "<dt>%s</dt><dd>", name);
}

static void end_fact(struct smini_html *html)
{
    smini_html_raw(html, "</dd>\n");
}

static void write_techniques(struct smini_html *html, const struct smini_incident *incident)
{
    if (!incident->techniques[0] && !incident->cve)
        return;
    fact(html, "ATT&amp;CK");
    for (uint32_t i = 0; i < SMINI_INCIDENT_TECHNIQUES_MAX && incident->techniques[i]; i++)
        smini_html_form(html, "%s<span class=\"m\">%s</span> %s", i ? "<br/>" : "", incident->techniques[i],
                        smini_words_technique(incident->techniques[i]));
    if (!incident->techniques[0])
        smini_html_raw(html, "none");
    end_fact(html);
    fact(html, "CVE");
    if (incident->cve)
        smini_html_form(html, "<span class=\"m\">%s</span>", incident->cve);
    else
        smini_html_raw(html, "none: documented messages, which the protocol obeys without authentication");
    end_fact(html);
}

static void write_facts(struct smini_html *html, const struct smini_incident *incident)
{
    smini_html_raw(html, "<dl class=\"f\">\n");
    fact(html, "From, to");
    smini_html_raw(html, "<b>");
    smini_html_address(html, &incident->actor);
    smini_html_raw(html, "</b> \xe2\x86\x92 <b>");
    smini_html_address(html, &incident->device);
    smini_html_form(html, "</b> port %u", (unsigned)incident->port);
    end_fact(html);
    fact(html, "When");
    smini_html_time(html, incident->first_ns);
    if (incident->last_ns > incident->first_ns) {
        smini_html_raw(html, ", for ");
        smini_html_duration(html, incident->last_ns - incident->first_ns);
    }
    end_fact(html);
    fact(html, "Outcome");
    smini_html_form(html, "<b>%s.</b> %s", smini_incident_outcome_text(incident->outcome),
                    smini_words_outcome_meaning(incident->outcome));
    end_fact(html);
    fact(html, "Authorised");
    smini_html_raw(html, incident->authorised == SMINI_TRUST_YES  ? "<b>yes.</b> The sender is a listed director."
                         : incident->authorised == SMINI_TRUST_NO ? "<b>no.</b> The sender is not a listed director."
                                                                  : "<b>unknown.</b> No director was listed.");
    end_fact(html);
    write_techniques(html, incident);
    fact(html, "Id");
    smini_html_form(html, "<span class=\"m\">%s</span>", incident->id);
    end_fact(html);
    smini_html_raw(html, "</dl>\n");
}

static void write_asked(struct smini_html *html, const struct smini_incident *incident)
{
    const struct smini_text_list *asked = &incident->commanded;
    smini_html_raw(html, "<h4>What was asked</h4>\n");
    if (asked->count == 0) {
        smini_html_form(html, "<p>To %s. The messages name no command and no URL.</p>\n", smini_words_ordered(incident->verdict));
        return;
    }
    smini_html_raw(html, "<ul>");
    for (uint32_t i = 0; i < asked->count && i < ASKED_MAX; i++) {
        smini_html_raw(html, "<li><code>");
        smini_html_foreign(html, asked->items[i], SMINI_PAGE_TEXT_MAX);
        smini_html_raw(html, "</code></li>\n");
    }
    smini_html_raw(html, "</ul>\n");
    smini_piece_left_out(html, asked->total - (asked->count < ASKED_MAX ? asked->count : ASKED_MAX),
                         "Commands and URLs in the records alone");
}

static void write_digests(struct smini_html *html, const struct smini_incident_file *file)
{
    if (!file->has_digest)
        return;
    smini_html_raw(html, "<span class=\"q\">SHA-256 <span class=\"m\">");
    smini_html_hex(html, file->sha256, sizeof(file->sha256));
    smini_html_raw(html, "</span></span><span class=\"q\">MD5 <span class=\"m\">");
    smini_html_hex(html, file->md5, sizeof(file->md5));
    smini_html_raw(html, "</span></span>");
}

static void write_file(struct smini_page_work *work, const struct smini_incident_file *file)
{
    struct smini_html *html = work->html;
    const struct smini_page_file *kept = smini_page_contents(work->page, file);
    smini_html_raw(html, "<tr><td class=\"d\"><code>");
    if (file->name.length > 0)
        smini_html_foreign(html, file->name, SMINI_PAGE_TEXT_MAX);
    else
        smini_html_raw(html, "(no name seen)");
    smini_html_raw(html, "</code>");
    write_digests(html, file);
    if (kept && kept->path) {
        smini_html_raw(html, "<a href=\"");
        smini_html_link_target(html, kept->path);
        smini_html_raw(html, "\">the file itself</a> <span class=\"small q\">evidence, not masked</span>");
    }
    smini_html_raw(html, file->to_device ? "</td><td>into the device, from " : "</td><td>out of the device, to ");
    smini_html_address(html, &file->peer);
    smini_html_raw(html, "</td><td>");
    smini_html_size(html, file->size);
    if (file->gap_bytes > 0) {
        smini_html_raw(html, "<span class=\"q\">");
        smini_html_size(html, file->gap_bytes);
        smini_html_raw(html, " moved unseen</span>");
    }
    smini_html_raw(html, "</td><td>");
    smini_html_foreign(html, file->type, SMINI_PAGE_TEXT_MAX);
    smini_html_raw(html, "<span class=\"q\">by ");
    smini_html_foreign(html, file->protocol, SMINI_PAGE_TEXT_MAX);
    smini_html_form(html, "</span></td><td>%s</td><td class=\"d\">", smini_words_state(file->state));
    smini_piece_place(html, file->capture, file->packet);
    smini_html_raw(html, "</td></tr>\n");
}

static void write_files(struct smini_page_work *work, const struct smini_incident *incident)
{
    static const char *const titles[] = {"File", "Way", "Size", "Type", "State", "Begins at"};
    smini_html_raw(work->html, "<h4>What moved</h4>\n");
    if (incident->file_count == 0) {
        smini_html_raw(work->html, "<p>No transfer that belongs to it is in the captures.</p>\n");
        return;
    }
    smini_piece_head(work->html, titles, 6, "wide");
    uint32_t shown = incident->file_count < FILES_MAX ? incident->file_count : FILES_MAX;
    for (uint32_t i = 0; i < shown; i++)
        write_file(work, &incident->files[i]);
    smini_html_raw(work->html, "</tbody></table></div>\n");
    smini_piece_left_out(work->html, incident->file_total - shown, "Files in the records alone");
}

static void write_message(struct smini_html *html, const struct smini_incident *incident,
                          const struct smini_incident_reference *message)
{
    smini_html_raw(html, "<tr><td class=\"t\">");
    smini_html_time(html, message->time_ns);
    smini_html_raw(html, "</td><td>");
    smini_html_address(html, message->from_device ? &incident->device : &incident->actor);
    smini_html_raw(html, message->from_device ? "<span class=\"q\">the device</span></td><td><code>" : "</td><td><code>");
    smini_html_raw(html, message->name);
    smini_html_raw(html, "</code></td><td class=\"d\">");
    smini_piece_place(html, message->capture, message->packet);
    smini_html_raw(html, "</td></tr>\n");
}

static void write_messages(struct smini_html *html, const struct smini_incident *incident)
{
    static const char *const titles[] = {"Time", "Sent by", "Message", "Seen at"};
    uint32_t answers = 0, shown = incident->message_count < MESSAGES_MAX ? incident->message_count : MESSAGES_MAX;
    for (uint32_t i = 0; i < incident->message_count; i++)
        answers += incident->messages[i].from_device;
    smini_html_raw(html, "<h4>What was answered</h4>\n<p>");
    if (answers == 0)
        smini_html_raw(html, "No Smart Install message of the device belongs to it.");
    else
        smini_html_count(html, answers, "message of the device belongs to it.", "messages of the device belong to it.");
    smini_html_raw(html, "</p>\n");
    smini_piece_head(html, titles, 4, "mid");
    for (uint32_t i = 0; i < shown; i++)
        write_message(html, incident, &incident->messages[i]);
    smini_html_raw(html, "</tbody></table></div>\n");
    smini_piece_left_out(html, incident->message_total - shown, "Messages in the records alone");
}

static void write_reasons(struct smini_html *html, const struct smini_incident *incident)
{
    const struct smini_text_list *reasons = &incident->reasons;
    uint32_t shown = reasons->count < REASONS_MAX ? reasons->count : REASONS_MAX;
    if (shown == 0)
        return;
    smini_html_raw(html, "<h4>What this rests on</h4>\n<ul>");
    for (uint32_t i = 0; i < shown; i++) {
        smini_html_raw(html, "<li>");
        smini_html_foreign(html, reasons->items[i], SMINI_PAGE_TEXT_MAX);
        smini_html_raw(html, "</li>\n");
    }
    smini_html_raw(html, "</ul>\n");
    smini_piece_left_out(html, reasons->total - shown, "Reasons in the records alone");
}

static void write_slice(struct smini_html *html, const char *slice)
{
    if (!slice)
        return;
    smini_html_raw(html, "<p class=\"small\">The packets it rests on: <a href=\"");
    smini_html_link_target(html, slice);
    smini_html_raw(html, "\">");
    smini_html_own(html, slice);
    smini_html_raw(html, "</a>.</p>\n");
}

static void write_article(struct smini_page_work *work, uint32_t number)
{
    struct smini_html *html = work->html;
    const struct smini_page_incident *told = &work->page->incidents[number];
    const struct smini_incident *incident = told->incident;
    smini_html_form(html, "<article id=\"incident-%u\"><h3>%u. %s ", (unsigned)number + 1, (unsigned)number + 1,
                    smini_words_verdict_title(incident->verdict));
    smini_piece_chip(html, smini_words_tone(incident->severity), smini_incident_severity_text(incident->severity));
    smini_piece_chip(html, incident->outcome == SMINI_OUTCOME_SUCCEEDED ? "g" : "u", smini_incident_outcome_text(incident->outcome));
    smini_html_form(html, "</h3>\n<p>%s</p>\n", smini_words_verdict_meaning(incident->verdict));
    write_facts(html, incident);
    write_asked(html, incident);
    write_files(work, incident);
    write_messages(html, incident);
    write_reasons(html, incident);
    write_slice(html, told->slice);
    smini_html_raw(html, "</article>\n");
}

/* A probe that stands alone has little to tell; a sweep has hundreds. */
static bool in_full(const struct smini_incident *incident)
{
    return smini_page_is_order(incident->verdict) || incident->verdict == SMINI_VERDICT_MALFORMED || incident->file_count > 0;
}

static void write_row(struct smini_page_work *work, uint32_t number)
{
    struct smini_html *html = work->html;
    const struct smini_incident *incident = work->page->incidents[number].incident;
    smini_html_form(html, "<tr id=\"incident-%u\"><th scope=\"row\" class=\"t\">%u</th><td class=\"t\">", (unsigned)number + 1,
                    (unsigned)number + 1);
    smini_html_time(html, incident->first_ns);
    smini_html_raw(html, "</td><td>");
    smini_html_address(html, &incident->actor);
    smini_html_raw(html, "</td><td>");
    smini_html_address(html, &incident->device);
    smini_html_form(html, "</td><td>%s</td><td>%s</td><td>%s</td><td class=\"d\">", smini_words_verdict_title(incident->verdict),
                    smini_incident_outcome_text(incident->outcome), smini_incident_trust_text(incident->authorised));
    if (incident->message_count > 0)
        smini_piece_place(html, incident->messages[0].capture, incident->messages[0].packet);
    smini_html_raw(html, "</td></tr>\n");
}

/* Rows that would bury what follows stand in the appendix. */
enum { ROWS_HERE = 12 };

static uint32_t count_rows(const struct smini_page *page)
{
    uint32_t full = 0;
    for (uint32_t i = 0; i < page->incident_count; i++)
        full += in_full(page->incidents[i].incident);
    return page->incident_count - (full < SMINI_PAGE_SECTIONS_MAX ? full : SMINI_PAGE_SECTIONS_MAX);
}

static void write_rows(struct smini_page_work *work)
{
    static const char *const titles[] = {"No.", "When", "From", "Device", "What", "Outcome", "Authorised", "Seen at"};
    const struct smini_page *page = work->page;
    uint32_t full = 0, rows = 0;
    for (uint32_t i = 0; i < page->incident_count; i++) {
        if (in_full(page->incidents[i].incident) && full < SMINI_PAGE_SECTIONS_MAX) {
            full++;
            continue;
        }
        if (rows == 0) {
            smini_html_raw(work->html, "<h3 id=\"further\">Further incidents</h3>\n");
            smini_piece_head(work->html, titles, 8, "wide");
        }
        if (rows++ < SMINI_PAGE_ROWS_MAX)
            write_row(work, i);
    }
    if (rows > 0)
        smini_html_raw(work->html, "</tbody></table></div>\n");
    if (rows > SMINI_PAGE_ROWS_MAX)
        smini_piece_left_out(work->html, rows - SMINI_PAGE_ROWS_MAX, "Incidents in incidents.json alone");
}

void smini_page_incidents(struct smini_page_work *work)
{
    const struct smini_page *page = work->page;
    uint32_t sections = 0;
    smini_html_raw(work->html, "<section id=\"incidents\" aria-labelledby=\"h-incidents\"><h2 id=\"h-incidents\">Incidents</h2>\n");
    for (uint32_t i = 0; i < page->incident_count && sections < SMINI_PAGE_SECTIONS_MAX; i++) {
        if (!in_full(page->incidents[i].incident))
            continue;
        write_article(work, i);
        sections++;
    }
    uint32_t rows = count_rows(page);
    if (rows > 0 && rows <= ROWS_HERE)
        write_rows(work);
    if (rows > ROWS_HERE) {
        smini_html_raw(work->html, "<p>");
        smini_html_count(work->html, rows, "further incident", "further incidents");
        smini_html_raw(work->html, ": <a href=\"#further\">listed in the appendix</a>.</p>\n");
    }
    smini_piece_left_out(work->html, page->incidents_left_out, "Not kept as incidents, because a limit was reached");
    smini_html_raw(work->html, "</section>\n");
}

void smini_page_further_incidents(struct smini_page_work *work)
{
    if (count_rows(work->page) > ROWS_HERE)
        write_rows(work);
}
