/* SPDX-License-Identifier: BSD-2-Clause */
/* A device that lost a configuration and was given one: what the new one changes. */
#include "device/compare.h"
#include "report/page_config.h"

enum {
    PAIRS_MAX = 20,
    CHANGES_MAX = 400,   /* shown of one pair; the rest is counted */
    LINES_MAX = 20000    /* compared of one text: far more than a switch has */
};

/* Where the list stands: the section whose lines follow, and the last line. */
struct position {
    uint32_t section, line;
};

static void write_change(struct smini_html *html, const struct smini_change *change, struct position *at)
{
    static const char *const classes[] = {"del", "add", "mov"};
    if (change->section && change->section->number != at->section && change->section->number != at->line) {
        smini_html_raw(html, "<li class=\"skip\"><span class=\"no\"></span><span>below ");
        smini_html_foreign(html, change->section->command, SMINI_PAGE_TEXT_MAX);
        smini_html_raw(html, "</span></li>\n");
    }
    at->section = change->section ? change->section->number : 0;
    at->line = change->line.number;
    smini_piece_config_line(html, &change->line, classes[change->kind]);
}

static void write_changes(struct smini_html *html, struct smini_compare *compare)
{
    struct smini_change change;
    struct position at = {0};
    uint32_t count[3] = {0}, shown = 0, lines, same;
    enum smini_change_kind last = SMINI_CHANGE_REMOVED;
    smini_html_raw(html, "<ol class=\"cfg m\">\n");
    while (smini_compare_next(compare, &change)) {
        if ((change.kind == SMINI_CHANGE_REMOVED) != (last == SMINI_CHANGE_REMOVED))
            at = (struct position){0}; /* the other text begins */
        last = change.kind;
        count[change.kind]++;
        if (shown++ < CHANGES_MAX)
            write_change(html, &change, &at);
    }
    if (shown > CHANGES_MAX) {
        smini_html_raw(html, "<li class=\"skip\"><span class=\"no\">\xe2\x8b\xae</span><span>");
        smini_html_count(html, shown - CHANGES_MAX, "more change, not shown", "more changes, not shown");
        smini_html_raw(html, "</span></li>\n");
    }
    smini_html_raw(html, "</ol>\n<p>");
    smini_compare_counts(compare, &lines, &same);
    smini_html_count(html, count[SMINI_CHANGE_REMOVED], "line is only in the one that left (\xe2\x88\x92), ",
                     "lines are only in the one that left (\xe2\x88\x92), ");
    smini_html_count(html, count[SMINI_CHANGE_ADDED], "only in the one that came in (+), ", "only in the one that came in (+), ");
    smini_html_count(html, count[SMINI_CHANGE_MOVED], "stands elsewhere (~), ", "stand elsewhere (~), ");
    smini_html_count(html, same, "is in both.", "are in both.");
    smini_html_raw(html, " Comments and what changes by itself are left out; a command that is spelt in another way counts as "
                         "changed.</p>\n");
}

static int32_t write_pair(struct smini_page_work *work, const struct smini_shown_text *before, const struct smini_shown_text *after)
{
    struct smini_compare *compare = NULL;
    struct smini_html *html = work->html;
    int32_t status = smini_compare_new(&compare, work->alloc, before->kept->contents, after->kept->contents, LINES_MAX);
    if (status == SMIN_E_NOMEM)
        return status;
    smini_html_raw(html, "<article><h3>What the configuration given to ");
    smini_html_address(html, &after->incident->device);
    smini_html_raw(html, " changes</h3>\n<p class=\"small\">Left: <code>");
    smini_html_foreign(html, before->file->name, SMINI_PAGE_TEXT_MAX);
    smini_html_raw(html, "</code>, ");
    smini_html_time(html, before->file->time_ns);
    smini_html_raw(html, ". Came in: <code>");
    smini_html_foreign(html, after->file->name, SMINI_PAGE_TEXT_MAX);
    smini_html_raw(html, "</code>, ");
    smini_html_time(html, after->file->time_ns);
    smini_html_raw(html, ".</p>\n");
    if (status == SMIN_OK)
        write_changes(html, compare);
    else
        smini_html_raw(html, "<p class=\"note\">They have too many lines to be compared here.</p>\n");
    smini_html_raw(html, "</article>\n");
    smini_compare_free(&compare);
    return SMIN_OK;
}

/* The last configuration that left the device before `after` came in, or else any that left it. */
static const struct smini_shown_text *find_before(const struct smini_shown_text *texts, uint32_t count,
                                                  const struct smini_shown_text *after)
{
    const struct smini_shown_text *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_shown_text *text = &texts[i];
        if (!text->file || text->file->to_device || text->kind != SMINI_IOS_CONFIG ||
            smini_page_address_order(&text->incident->device, &after->incident->device) != 0)
            continue;
        bool earlier = text->file->time_ns <= after->file->time_ns;
        bool best_earlier = best && best->file->time_ns <= after->file->time_ns;
        if (!best || (earlier && (!best_earlier || text->file->time_ns > best->file->time_ns)))
            best = text;
    }
    return best;
}

int32_t smini_page_differences(struct smini_page_work *work, const struct smini_shown_text *texts, uint32_t count)
{
    uint32_t pairs = 0, left_out = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_shown_text *after = &texts[i];
        if (!after->file || !after->file->to_device || after->kind != SMINI_IOS_CONFIG)
            continue;
        const struct smini_shown_text *before = find_before(texts, count, after);
        if (!before)
            continue;
        if (pairs++ >= PAIRS_MAX) {
            left_out++;
            continue;
        }
        int32_t status = write_pair(work, before, after);
        if (status != SMIN_OK)
            return status;
    }
    smini_piece_left_out(work->html, left_out, "Pairs of configurations that are not compared here");
    return SMIN_OK;
}
