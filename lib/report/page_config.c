/* SPDX-License-Identifier: BSD-2-Clause */
/* Configurations that left or reached a device: line numbers, secrets masked, lines that open or hide something marked. */
#include "report/page_config.h"

enum {
    WHOLE_LINES = 300,  /* a longer text is told by its marked lines and what stands around them */
    CONTEXT_LINES = 3
};

static bool is_marked(const struct smini_ios_line *line)
{
    return line->weight >= SMINI_IOS_LOOK;
}

struct summary {
    uint32_t lines, marked;
    uint32_t by_class[SMINI_IOS_CLASS_COUNT];
};

static void count_lines(struct smini_span text, enum smini_ios_kind kind, struct summary *summary)
{
    struct smini_ios_text reader;
    struct smini_ios_line line;
    memset(summary, 0, sizeof(*summary));
    smini_ios_text_begin(&reader, text, kind);
    while (smini_ios_text_next(&reader, &line)) {
        summary->lines++;
        summary->marked += is_marked(&line);
        summary->by_class[line.class] += is_marked(&line);
    }
}

static void write_summary(struct smini_html *html, const struct summary *summary)
{
    smini_html_raw(html, "<p>");
    smini_html_count(html, summary->lines, "line", "lines");
    if (summary->marked == 0) {
        smini_html_raw(html, ", none of which opens the device or hides anything as far as is known here.</p>\n");
        return;
    }
    smini_html_raw(html, ", ");
    smini_html_count(html, summary->marked, "of which is marked:", "of which are marked:");
    bool first = true;
    for (int i = SMINI_IOS_CLASS_NONE + 1; i < SMINI_IOS_CLASS_COUNT; i++) {
        if (summary->by_class[i] == 0)
            continue;
        smini_html_form(html, "%s%s (%u)", first ? " " : ", ", smini_ios_class_text((enum smini_ios_class)i), (unsigned)summary->by_class[i]);
        first = false;
    }
    smini_html_raw(html, ".</p>\n");
}

void smini_piece_config_line(struct smini_html *html, const struct smini_ios_line *line, const char *class)
{
    struct smini_ios_piece piece;
    size_t at = 0, shown = 0;
    bool marked = is_marked(line);
    smini_html_form(html, "<li class=\"%s%s\"><span class=\"no\">%u</span><code>", class,
                    line->weight == SMINI_IOS_GRAVE ? " hit" : marked ? " look" : "", (unsigned)line->number);
    while (smini_ios_next_piece(line, &at, &piece)) {
        if (piece.secret) {
            smini_html_raw(html, "<b class=\"s\">masked</b>");
            continue;
        }
        size_t room = SMINI_PAGE_TEXT_MAX - shown;
        smini_html_visible(html, smini_span_part(piece.text, 0, room), true);
        shown += piece.text.length < room ? piece.text.length : room;
        if (shown == SMINI_PAGE_TEXT_MAX) {
            smini_html_form(html, " <i class=\"cut\">(line of %zu bytes, cut)</i>", line->raw.length);
            break;
        }
    }
    smini_html_raw(html, "</code>");
    if (marked) {
        smini_html_form(html, "<span class=\"why\">%s%s%s", strcmp(class, "del") == 0 ? "no longer there: " : "", line->might_be ? "may be: " : "", line->reason);
        if (line->also)
            smini_html_form(html, "; %s", line->also);
        smini_html_raw(html, "</span>");
    }
    smini_html_raw(html, "</li>\n");
}

static void write_skipped(struct smini_html *html, uint32_t count)
{
    if (count == 0)
        return;
    smini_html_raw(html, "<li class=\"skip\"><span class=\"no\">\xe2\x8b\xae</span><span>");
    smini_html_count(html, count, "line without a mark", "lines without a mark");
    smini_html_raw(html, "</span></li>\n");
}

/* Which lines of a long text stand near a marked one: looked up CONTEXT_LINES ahead by a second reader. */
struct ahead {
    struct smini_ios_text reader;
    uint32_t at, last_marked;
    bool any;
};

static bool near_mark(struct ahead *ahead, uint32_t at)
{
    struct smini_ios_line line;
    while (ahead->at <= at + CONTEXT_LINES && smini_ios_text_next(&ahead->reader, &line)) {
        if (is_marked(&line)) {
            ahead->last_marked = ahead->at;
            ahead->any = true;
        }
        ahead->at++;
    }
    return ahead->any && at <= ahead->last_marked + CONTEXT_LINES;
}

static void write_lines(struct smini_html *html, struct smini_span text, enum smini_ios_kind kind, uint32_t lines)
{
    struct smini_ios_text reader;
    struct smini_ios_line line;
    struct ahead ahead = {.at = 0};
    uint32_t shown = 0, skipped = 0;
    smini_ios_text_begin(&reader, text, kind);
    smini_ios_text_begin(&ahead.reader, text, kind);
    smini_html_raw(html, "<ol class=\"cfg m\">\n");
    for (uint32_t at = 0; smini_ios_text_next(&reader, &line); at++) {
        if (shown >= SMINI_PAGE_LINES_MAX || (lines > WHOLE_LINES && !near_mark(&ahead, at))) {
            skipped++;
            continue;
        }
        write_skipped(html, skipped);
        skipped = 0;
        shown++;
        smini_piece_config_line(html, &line, "");
    }
    if (shown >= SMINI_PAGE_LINES_MAX && skipped > 0) {
        smini_html_raw(html, "<li class=\"skip\"><span class=\"no\">\xe2\x8b\xae</span><span>");
        smini_html_count(html, skipped, "line more, not shown", "lines more, not shown");
        smini_html_raw(html, "</span></li>\n");
    } else {
        write_skipped(html, skipped);
    }
    smini_html_raw(html, "</ol>\n");
}

static const char *kind_title(enum smini_ios_kind kind)
{
    return kind == SMINI_IOS_COMMANDS ? "Commands" : kind == SMINI_IOS_IMAGE_LIST ? "List of images" : "Configuration";
}

static void write_way(struct smini_html *html, const struct smini_shown_text *shown)
{
    if (shown->file) {
        smini_html_form(html, "<dt>%s</dt><dd>", shown->file->to_device ? "From" : "To");
        smini_html_address(html, &shown->file->peer);
    } else {
        const struct smini_page_file *kept = shown->kept;
        smini_html_raw(html, "<dt>Way</dt><dd>");
        smini_html_address(html, kept->to_server ? &kept->client : &kept->server);
        smini_html_raw(html, " \xe2\x86\x92 ");
        smini_html_address(html, kept->to_server ? &kept->server : &kept->client);
    }
}

static void write_title(struct smini_html *html, const struct smini_shown_text *shown)
{
    const struct smini_page_file *kept = shown->kept;
    smini_html_form(html, "<article><h3>%s", kind_title(shown->kind));
    if (shown->file) {
        bool in = shown->file->to_device;
        smini_html_raw(html, in ? " given to " : " taken from ");
        smini_html_address(html, &shown->incident->device);
        smini_html_raw(html, " ");
        smini_piece_chip(html, in ? "g" : "w", in ? "\xe2\x96\xbc came in" : "\xe2\x96\xb2 left");
    } else {
        smini_html_raw(html, " that moved without an order that was seen");
    }
    smini_html_raw(html, "</h3>\n<dl class=\"f\"><dt>File</dt><dd><code>");
    smini_html_foreign(html, shown->file ? shown->file->name : kept->name, SMINI_PAGE_TEXT_MAX);
    smini_html_raw(html, "</code>, ");
    smini_html_size(html, kept->size);
    smini_html_form(html, ", %s</dd><dt>SHA-256</dt><dd class=\"m\">", smini_words_state(shown->file ? shown->file->state : kept->state));
    smini_html_hex(html, kept->sha256, sizeof(kept->sha256));
    smini_html_raw(html, "</dd>");
    write_way(html, shown);
    smini_html_raw(html, ", ");
    smini_html_time(html, shown->file ? shown->file->time_ns : kept->time_ns);
    smini_html_raw(html, ", ");
    smini_piece_place(html, shown->file ? shown->file->capture : kept->capture, shown->file ? shown->file->packet : kept->packet);
    smini_html_raw(html, "</dd></dl>\n");
}

static void write_text(struct smini_html *html, const struct smini_shown_text *shown)
{
    struct summary summary;
    count_lines(shown->kept->contents, shown->kind, &summary);
    write_title(html, shown);
    write_summary(html, &summary);
    if (shown->kept->size > shown->kept->contents.length)
        smini_html_raw(html, "<p class=\"note small\">Only the beginning of the file is shown.</p>\n");
    write_lines(html, shown->kept->contents, shown->kind, summary.lines);
    smini_html_raw(html, "</article>\n");
}

/* The text of a file, when there is one to show. */
static bool find_text(const struct smini_page_file *kept, struct smini_shown_text *shown)
{
    char type[24] = "";
    if (!kept || kept->contents.length == 0 || kept->type.length >= sizeof(type))
        return false;
    memcpy(type, kept->type.bytes, kept->type.length);
    shown->kept = kept;
    return smini_ios_kind_of(type, &shown->kind);
}

struct gathered {
    struct smini_shown_text *texts;
    uint32_t count, left_out;
};

/* Each text once: a device may be given the same file again and again. */
static void gather(struct gathered *gathered, const struct smini_shown_text *text)
{
    for (uint32_t i = 0; i < gathered->count; i++) {
        const struct smini_shown_text *other = &gathered->texts[i];
        bool same = memcmp(other->kept->sha256, text->kept->sha256, sizeof(text->kept->sha256)) == 0;
        if (same && (!text->file || (other->file && other->file->to_device == text->file->to_device &&
                                     smini_page_address_order(&other->incident->device, &text->incident->device) == 0)))
            return;
    }
    if (gathered->count < SMINI_PAGE_TEXTS_MAX)
        gathered->texts[gathered->count++] = *text;
    else
        gathered->left_out++;
}

/* What belongs to incidents first. */
static void gather_texts(const struct smini_page *page, struct gathered *gathered)
{
    for (uint32_t i = 0; i < page->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[i].incident;
        for (uint32_t k = 0; k < incident->file_count; k++) {
            struct smini_shown_text text = {.incident = incident, .file = &incident->files[k]};
            if (find_text(smini_page_contents(page, &incident->files[k]), &text))
                gather(gathered, &text);
        }
    }
    for (uint32_t i = 0; i < page->file_count; i++) {
        struct smini_shown_text text = {.incident = NULL};
        if (page->files[i].has_digest && find_text(&page->files[i], &text))
            gather(gathered, &text);
    }
}

int32_t smini_page_configurations(struct smini_page_work *work)
{
    struct smini_html *html = work->html;
    struct gathered gathered = {.texts = smini_alloc_array(work->alloc, SMINI_PAGE_TEXTS_MAX, sizeof(*gathered.texts))};
    if (!gathered.texts)
        return SMIN_E_NOMEM;
    gather_texts(work->page, &gathered);
    smini_html_raw(html, "<section id=\"configurations\" aria-labelledby=\"h-configurations\"><h2 id=\"h-configurations\">"
                         "Configurations and commands</h2>\n");
    if (gathered.count == 0)
        smini_html_raw(html, "<p>The captures hold no configuration and no commands whose text could be shown.</p>\n");
    else
        smini_html_raw(html, "<p>What left a device and what was given to it, with secrets masked. Marked lines open the device, hide what is "
                             "done with it, or are worth a look by somebody who knows the network. A mark is a reason to look, not a proof.</p>\n");
    for (uint32_t i = 0; i < gathered.count; i++)
        write_text(html, &gathered.texts[i]);
    int32_t status = smini_page_differences(work, gathered.texts, gathered.count);
    smini_piece_left_out(html, gathered.left_out, "Texts in the folder alone");
    smini_html_raw(html, "</section>\n");
    smini_alloc_free(work->alloc, gathered.texts, SMINI_PAGE_TEXTS_MAX * sizeof(*gathered.texts));
    return status;
}
