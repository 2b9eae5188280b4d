/* SPDX-License-Identifier: BSD-2-Clause */
/* The frame of the page, and the sections in their order. */
#include "report/page_parts.h"

static void write_head(struct smini_page_work *work)
{
    struct smini_html *html = work->html;
    smini_html_raw(html, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
                         "<meta charset=\"utf-8\"/>\n"
                         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-");
    smini_page_style_digest(html);
    smini_html_raw(html, "'; base-uri 'none'; form-action 'none'\"/>\n"
                         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                         "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
                         "<meta name=\"robots\" content=\"noindex\"/>\n<title>Smart Install case report</title>\n<style>");
    smini_page_style(html);
    smini_html_raw(html, "</style>\n</head>\n<body>\n<header>\n<h1>Smart Install case report</h1>\n");
}

static void write_facts(struct smini_page_work *work)
{
    const struct smini_page *page = work->page;
    struct smini_html *html = work->html;
    smini_html_raw(html, "<p class=\"q\">");
    smini_html_count(html, page->input_count, "capture", "captures");
    smini_html_raw(html, ", ");
    smini_html_count(html, page->packets, "packet", "packets");
    if (page->first_ns || page->last_ns) {
        smini_html_raw(html, ", ");
        smini_html_time(html, page->first_ns);
        smini_html_raw(html, " to ");
        smini_html_time(html, page->last_ns);
    }
    smini_html_form(html, ". Read %s by ", page->shortfall_count ? "in part" : "completely");
    smini_html_own(html, page->tool);
    smini_html_raw(html, ".</p>\n<p class=\"small q\">Times are UTC. Secrets in configurations and commands are masked on this "
                         "page; the files beside it hold them.</p>\n"
                         "<nav aria-label=\"Sections\"><ul><li><a href=\"#verdict\">Verdict</a></li>");
    if (page->incident_count)
        smini_html_raw(html, "<li><a href=\"#timeline\">Timeline</a></li><li><a href=\"#talk\">Who talked to whom</a></li>"
                             "<li><a href=\"#incidents\">Incidents</a></li>");
    smini_html_raw(html, "<li><a href=\"#configurations\">Configurations</a></li><li><a href=\"#next\">What to do next</a></li>"
                         "<li><a href=\"#appendix\">Appendix</a></li></ul></nav>\n</header>\n<main>\n");
}

static int32_t write_sections(struct smini_page_work *work)
{
    int32_t status = smini_page_subjects(work);
    if (status != SMIN_OK)
        return status;
    write_head(work);
    write_facts(work);
    smini_page_verdict(work);
    if (work->page->incident_count > 0) {
        status = smini_page_timeline(work);
        if (status == SMIN_OK)
            status = smini_page_talk(work);
        if (status != SMIN_OK)
            return status;
        smini_page_incidents(work);
    }
    status = smini_page_configurations(work);
    if (status != SMIN_OK)
        return status;
    smini_page_steps(work);
    smini_page_appendix(work);
    smini_html_raw(work->html, "</main>\n</body>\n</html>\n");
    smini_html_flush(work->html);
    return SMIN_OK;
}

int32_t smini_page_write(const struct smini_page *page, struct smini_alloc *alloc, const struct smini_page_sink *sink)
{
    struct smini_page_work work = {.page = page, .alloc = alloc};
    work.html = smini_alloc_get(alloc, sizeof(*work.html));
    if (!work.html)
        return SMIN_E_NOMEM;
    work.html->sink = sink;
    int32_t status = write_sections(&work);
    if (status == SMIN_OK)
        status = work.html->status;
    smini_page_subjects_free(&work);
    smini_alloc_free(alloc, work.html, sizeof(*work.html));
    return status;
}
