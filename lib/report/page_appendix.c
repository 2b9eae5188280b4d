/* SPDX-License-Identifier: BSD-2-Clause */
/* What the report was made of, what was not read, how to check it, and what its words mean. */
#include "report/page_parts.h"

static void write_input(struct smini_html *html, const struct smini_page_input *input)
{
    smini_html_raw(html, "<tr><td class=\"d\"><span class=\"m\">");
    smini_html_own(html, input->name);
    smini_html_raw(html, "</span>");
    if (input->has_digest) {
        smini_html_raw(html, "<span class=\"q\">SHA-256 <span class=\"m\">");
        smini_html_hex(html, input->sha256, sizeof(input->sha256));
        smini_html_raw(html, "</span></span>");
    }
    smini_html_raw(html, "</td><td class=\"n\">");
    smini_html_number(html, input->bytes);
    smini_html_raw(html, "</td><td class=\"n\">");
    smini_html_number(html, input->packets);
    smini_html_raw(html, "</td><td>");
    if (input->first_ns || input->last_ns) {
        smini_html_time(html, input->first_ns);
        smini_html_raw(html, "<br/>");
        smini_html_time(html, input->last_ns);
    }
    smini_html_raw(html, "</td><td>");
    if (input->trouble)
        smini_html_own(html, input->trouble);
    else
        smini_html_raw(html, "to its end");
    smini_html_raw(html, "</td></tr>\n");
}

static void write_inputs(struct smini_page_work *work)
{
    static const char *const titles[] = {"Capture", "Bytes", "Packets", "First and last packet", "Read"};
    const struct smini_page *page = work->page;
    smini_html_raw(work->html, "<h3>Captures</h3>\n");
    smini_piece_head(work->html, titles, 5, "wide");
    uint32_t shown = page->input_count < SMINI_PAGE_ROWS_MAX ? page->input_count : SMINI_PAGE_ROWS_MAX;
    for (uint32_t i = 0; i < shown; i++)
        write_input(work->html, &page->inputs[i]);
    smini_html_raw(work->html, "</tbody></table></div>\n");
    smini_piece_left_out(work->html, page->input_count - shown, "Captures in case.json alone");
}

static void write_networks(struct smini_html *html, const struct smini_incident_network *networks, uint32_t count)
{
    enum { SHOWN = 50 };
    for (uint32_t i = 0; i < count && i < SHOWN; i++) {
        const struct smini_incident_network *network = &networks[i];
        smini_html_raw(html, i ? ", " : "");
        smini_html_address(html, &network->address);
        if (network->prefix < (network->address.version == 6 ? 128 : 32))
            smini_html_form(html, "/%u", (unsigned)network->prefix);
    }
    if (count == 0)
        smini_html_raw(html, "none");
    if (count > SHOWN)
        smini_html_form(html, " and %u more", (unsigned)count - SHOWN);
}

static void write_tool(struct smini_page_work *work)
{
    const struct smini_page *page = work->page;
    struct smini_html *html = work->html;
    smini_html_raw(html, "<h3>How it was made</h3>\n<dl class=\"f\"><dt>Tool</dt><dd>");
    smini_html_own(html, page->tool);
    smini_html_raw(html, "</dd><dt>Rules</dt><dd>");
    smini_html_count(html, page->rule_count, "rule", "rules");
    if (page->rules_digest) {
        smini_html_raw(html, ", SHA-256 <span class=\"m\">");
        smini_html_own(html, page->rules_digest);
        smini_html_raw(html, "</span>");
    }
    smini_html_raw(html, "</dd><dt>Listed directors</dt><dd>");
    write_networks(html, page->directors, page->director_count);
    smini_html_raw(html, "</dd><dt>Listed file servers</dt><dd>");
    write_networks(html, page->file_servers, page->file_server_count);
    smini_html_raw(html, "</dd></dl>\n<h3 id=\"limits\">What was not read, and limits that were reached</h3>\n");
    if (page->shortfall_count == 0) {
        smini_html_raw(html, "<p>Every capture was read to its end, and no limit was reached.</p>\n");
        return;
    }
    smini_html_raw(html, "<ul>\n");
    for (uint32_t i = 0; i < page->shortfall_count; i++) {
        smini_html_raw(html, "<li>");
        smini_html_own(html, page->shortfalls[i]);
        smini_html_raw(html, "</li>\n");
    }
    smini_html_raw(html, "</ul>\n");
}

static void write_other_file(struct smini_html *html, const struct smini_page_file *file)
{
    smini_html_raw(html, "<tr><td class=\"d\"><code>");
    smini_html_foreign(html, file->name, SMINI_PAGE_TEXT_MAX);
    smini_html_raw(html, "</code>");
    if (file->has_digest) {
        smini_html_raw(html, "<span class=\"q\">SHA-256 <span class=\"m\">");
        smini_html_hex(html, file->sha256, sizeof(file->sha256));
        smini_html_raw(html, "</span></span>");
    }
    if (file->path) {
        smini_html_raw(html, "<a href=\"");
        smini_html_link_target(html, file->path);
        smini_html_raw(html, "\">the file itself</a>");
    }
    smini_html_raw(html, "</td><td>");
    smini_html_address(html, file->to_server ? &file->client : &file->server);
    smini_html_raw(html, " \xe2\x86\x92 ");
    smini_html_address(html, file->to_server ? &file->server : &file->client);
    smini_html_raw(html, "</td><td>");
    smini_html_size(html, file->size);
    smini_html_raw(html, "</td><td>");
    smini_html_foreign(html, file->type, SMINI_PAGE_TEXT_MAX);
    smini_html_form(html, "</td><td>%s</td><td class=\"d\">", smini_words_state(file->state));
    smini_piece_place(html, file->capture, file->packet);
    smini_html_raw(html, "</td></tr>\n");
}

static void write_other_files(struct smini_page_work *work)
{
    static const char *const titles[] = {"File", "Way", "Size", "Type", "State", "Begins at"};
    const struct smini_page *page = work->page;
    uint32_t rows = 0;
    for (uint32_t i = 0; i < page->file_count; i++) {
        if (smini_page_belongs(work, &page->files[i]))
            continue;
        if (rows == 0) {
            smini_html_raw(work->html, "<h3>Other files that moved</h3>\n<p>No incident rests on them: the order that caused them, if there was "
                                       "one, is not in the captures.</p>\n");
            smini_piece_head(work->html, titles, 6, "wide");
        }
        if (rows++ < SMINI_PAGE_ROWS_MAX)
            write_other_file(work->html, &page->files[i]);
    }
    if (rows > 0)
        smini_html_raw(work->html, "</tbody></table></div>\n");
    if (rows > SMINI_PAGE_ROWS_MAX)
        smini_piece_left_out(work->html, rows - SMINI_PAGE_ROWS_MAX, "Files in the records alone");
}

static void write_check(struct smini_html *html)
{
    smini_html_raw(html, "<h3>How to check it</h3>\n<p>In the folder that holds this page:</p>\n<pre>sha256sum -c SHA256SUMS</pre>\n"
                         "<p>It must say OK for every file. Reading the slices beside each incident again gives the same incidents. Each claim "
                         "above names a capture and the number of a packet in it, as Wireshark and tcpdump count.</p>\n");
}

static void write_glossary(struct smini_html *html)
{
    smini_html_raw(html, "<h3>What the words mean</h3>\n<h4>Verdicts</h4>\n<dl class=\"f\">\n");
    for (int i = SMINI_VERDICT_DIRECTOR_ACTIVITY; i <= SMINI_VERDICT_OVERFLOW_ATTEMPT; i++)
        smini_html_form(html, "<dt>%s<br/><span class=\"m\">%s</span></dt><dd>%s</dd>\n", smini_words_verdict_title((enum smini_verdict)i),
                        smini_incident_verdict_text((enum smini_verdict)i), smini_words_verdict_meaning((enum smini_verdict)i));
    smini_html_raw(html, "</dl>\n<h4>Outcomes</h4>\n<dl class=\"f\">\n");
    for (int i = SMINI_OUTCOME_SUCCEEDED; i >= SMINI_OUTCOME_FAILED; i--)
        smini_html_form(html, "<dt>%s</dt><dd>%s</dd>\n", smini_incident_outcome_text((enum smini_outcome)i),
                        smini_words_outcome_meaning((enum smini_outcome)i));
    smini_html_raw(html, "</dl>\n<h4>Other words</h4>\n<dl class=\"f\">\n"
                         "<dt>Director</dt><dd>The router or switch that manages others over Smart Install. Directors count as known when they were "
                         "listed with <code>--director</code>.</dd>\n"
                         "<dt>Device</dt><dd>A switch that may be managed over Smart Install (the client).</dd>\n"
                         "<dt>Sender</dt><dd>Whoever sent a Smart Install message to a device. An address in a packet can be forged or translated "
                         "on the way.</dd>\n"
                         "<dt>Misuse and CVEs</dt><dd>Smart Install obeys documented messages without authentication. Using them is misuse and has no "
                         "CVE. Only a message that exercises a defect is told with one.</dd>\n"
                         "<dt><b class=\"s\">masked</b></dt><dd>A password, community, key or hash, which this page does not show.</dd>\n"
                         "<dt><b class=\"c\">\\x1b</b> <b class=\"c\">\\u{202E}</b></dt><dd>A byte or a character that is invisible, or that changes "
                         "how the text around it is shown, told by its number.</dd>\n</dl>\n");
}

void smini_page_appendix(struct smini_page_work *work)
{
    smini_html_raw(work->html, "<section id=\"appendix\" aria-labelledby=\"h-appendix\"><h2 id=\"h-appendix\">Appendix</h2>\n");
    write_inputs(work);
    write_tool(work);
    smini_page_quiet_devices(work);
    smini_page_further_incidents(work);
    write_other_files(work);
    write_check(work->html);
    write_glossary(work->html);
    smini_html_raw(work->html, "</section>\n");
}
