/* SPDX-License-Identifier: BSD-2-Clause */
/* Lanes, marks and bars. What would overlap moves to the right, and what is alike and close is one mark with a count. */
#include <stdlib.h>

#include "report/timeline.h"

enum {
    LANES_PER_PICTURE = 28, /* fits a printed page */
    TOP = 52,
    CLOSE = 15,       /* marks nearer than this are one, or move apart */
    MOVED_MOST = 45,  /* so far from its time a mark may stand */
    COUNT_WIDTH = 36, /* of "+999" behind a mark */
    BAR_LEAST = 8,
    WAY_WIDTH = 26    /* of "out" behind a bar */
};

/* What stands on the lane and is not yet drawn. */
struct pending {
    bool answer, mixed;
    enum smini_verdict verdict;
    enum smini_outcome outcome;
    const struct smini_lane_event *event;
    uint32_t count;
    int x;
};

struct seen {
    uint32_t verdicts, outcomes; /* bits */
    bool answers, whole, broken;
};

static int event_order(const void *one, const void *other)
{
    const struct smini_lane_event *a = one, *b = other;
    if (a->time_ns != b->time_ns)
        return a->time_ns < b->time_ns ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    uint64_t at = a->message ? a->message->packet : a->file ? a->file->packet : 0;
    uint64_t bt = b->message ? b->message->packet : b->file ? b->file->packet : 0;
    if (at != bt)
        return at < bt ? -1 : 1;
    return (a->file != NULL) - (b->file != NULL);
}

static uint32_t gather(const struct smini_page *page, const struct smini_timeline *line, const struct smini_lane *lane)
{
    uint32_t count = 0;
    for (uint32_t i = lane->start; i < lane->start + lane->count; i++) {
        const struct smini_incident *incident = page->incidents[line->entries[i].number].incident;
        struct smini_lane_event event = {.number = line->entries[i].number, .time_ns = incident->first_ns};
        if (incident->message_count == 0)
            line->events[count++] = event;
        for (uint32_t k = 0; k < incident->message_count; k++) {
            event.message = &incident->messages[k];
            event.time_ns = event.message->time_ns;
            line->events[count++] = event;
        }
        event.message = NULL;
        for (uint32_t k = 0; k < incident->file_count; k++) {
            event.file = &incident->files[k];
            event.time_ns = event.file->time_ns;
            event.end_ns = event.file->end_ns;
            line->events[count++] = event;
        }
    }
    qsort(line->events, count, sizeof(*line->events), event_order);
    return count;
}

static void say_title(struct smini_html *html, const struct smini_incident *incident, const char *what)
{
    smini_html_raw(html, "<title>");
    smini_html_address(html, &incident->actor);
    smini_html_raw(html, " to ");
    smini_html_address(html, &incident->device);
    smini_html_form(html, ": %s", what);
}

static void draw_pending(struct smini_page_work *work, const struct pending *mark, int y)
{
    struct smini_html *html = work->html;
    if (mark->count == 0)
        return;
    const struct smini_incident *incident = work->page->incidents[mark->event->number].incident;
    smini_html_form(html, "<a href=\"#incident-%u\">", (unsigned)mark->event->number + 1);
    say_title(html, incident, mark->answer ? "answer of the device" : smini_words_verdict_title(mark->verdict));
    if (!mark->answer)
        smini_html_form(html, ", %s", smini_incident_outcome_text(mark->outcome));
    if (mark->event->message)
        smini_html_form(html, ", %s, packet %llu", mark->event->message->name, (unsigned long long)mark->event->message->packet);
    if (mark->count > 1)
        smini_html_form(html, ", and %u more", (unsigned)mark->count - 1);
    smini_html_raw(html, "</title>");
    if (mark->answer)
        smini_svg_answer(html, mark->x, y);
    else
        smini_svg_mark(html, mark->verdict, mark->outcome, smini_words_tone(incident->severity), mark->x, y);
    if (mark->count > 1)
        smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"%d\">%s%u</text>", mark->x + 9, y + 4, mark->mixed ? "+" : "\xc3\x97",
                        (unsigned)mark->count - mark->mixed);
    smini_html_raw(html, "</a>\n");
}

static struct pending what_stands(const struct smini_page *page, const struct smini_lane_event *event)
{
    const struct smini_incident *incident = page->incidents[event->number].incident;
    struct pending mark = {.verdict = incident->verdict, .outcome = incident->outcome, .event = event, .count = 1};
    if (event->message) {
        mark.answer = event->message->from_device;
        /* A question that is told with what followed it is still only a question. */
        if (smini_page_is_order(incident->verdict) && strcmp(event->message->name, "capabilities_request") == 0) {
            mark.verdict = SMINI_VERDICT_PROBE;
            mark.outcome = SMINI_OUTCOME_ATTEMPTED;
        }
    }
    return mark;
}

static bool graver(const struct pending *a, const struct pending *b)
{
    return a->verdict != b->verdict ? a->verdict > b->verdict : a->outcome > b->outcome;
}

/* Takes `mark` into `last`, which then shows the graver of the two. */
static void unite(struct pending *last, const struct pending *mark, bool alike)
{
    uint32_t count = last->count + 1;
    bool mixed = last->mixed || !alike;
    int x = last->x;
    if (graver(mark, last))
        *last = *mark;
    last->count = count;
    last->mixed = mixed;
    last->x = x;
}

/* On a lane that many share, all that would stand close is one mark. */
static void draw_marks(struct smini_page_work *work, const struct smini_timeline *line, const struct smini_lane *lane, uint32_t count,
                       int y, struct seen *seen)
{
    struct pending last = {.count = 0, .x = SMINI_LANE_LEFT - CLOSE};
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_lane_event *event = &line->events[i];
        if (event->file)
            continue;
        struct pending mark = what_stands(work->page, event);
        if (mark.answer && lane->pairs > 1)
            continue;
        seen->answers = seen->answers || mark.answer;
        if (!mark.answer) {
            seen->verdicts |= 1U << mark.verdict;
            seen->outcomes |= 1U << mark.outcome;
        }
        mark.x = smini_axis_x(&line->axis, event->time_ns / 1000);
        bool alike = last.count > 0 && mark.answer == last.answer && mark.verdict == last.verdict && mark.outcome == last.outcome;
        int free_at = last.x + CLOSE + (last.count > 1 ? COUNT_WIDTH : 0);
        bool crowded = lane->pairs > 1 || free_at - mark.x > MOVED_MOST || free_at > SMINI_SVG_WIDTH - COUNT_WIDTH - 8;
        if (last.count > 0 && mark.x < free_at && ((alike && !last.mixed) || crowded)) {
            unite(&last, &mark, alike);
            continue;
        }
        mark.x = mark.x < free_at ? free_at : mark.x;
        draw_pending(work, &last, y);
        last = mark;
    }
    draw_pending(work, &last, y);
}

static void draw_bar(struct smini_page_work *work, const struct smini_lane_event *event, int x, int width, int y)
{
    struct smini_html *html = work->html;
    const struct smini_incident *incident = work->page->incidents[event->number].incident;
    const struct smini_incident_file *file = event->file;
    bool whole = smini_page_moved(file) && smini_page_whole(file);
    smini_html_form(html, "<a href=\"#incident-%u\">", (unsigned)event->number + 1);
    say_title(html, incident, file->to_device ? "into the device: " : "out of the device: ");
    smini_html_foreign_plain(html, file->name, 80);
    smini_html_raw(html, ", ");
    smini_html_size(html, file->size);
    smini_html_form(html, ", %s</title>", smini_words_state(file->state));
    smini_html_form(html, "<rect class=\"bar %s %s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"9\"/>", whole ? "" : "open",
                    smini_words_tone(incident->severity), x, y, width);
    smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"%d\" font-size=\"11\">%s</text></a>\n", x + width + 4, y + 9,
                    file->to_device ? "in" : "out");
}

static void draw_bars(struct smini_page_work *work, const struct smini_timeline *line, uint32_t count, int y, struct seen *seen)
{
    int free_at = SMINI_LANE_LEFT;
    uint32_t hidden = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_lane_event *event = &line->events[i];
        if (!event->file)
            continue;
        *(smini_page_moved(event->file) && smini_page_whole(event->file) ? &seen->whole : &seen->broken) = true;
        int x = smini_axis_x(&line->axis, event->time_ns / 1000), end = smini_axis_x(&line->axis, event->end_ns / 1000);
        int width = end - x < BAR_LEAST ? BAR_LEAST : end - x;
        x = x < free_at ? free_at : x;
        int right = SMINI_SVG_WIDTH - WAY_WIDTH - 4;
        width = x + width > right ? right - x : width;
        if (width < BAR_LEAST || hidden > 0) {
            hidden++;
            continue;
        }
        draw_bar(work, event, x, width, y);
        free_at = x + width + WAY_WIDTH;
    }
    if (hidden > 0)
        smini_html_form(work->html, "<text class=\"q\" x=\"%d\" y=\"%d\" font-size=\"11\" text-anchor=\"end\">+%u</text>\n",
                        SMINI_SVG_WIDTH - 8, y + 9, (unsigned)hidden);
}

static void draw_label(struct smini_html *html, const struct smini_lane *lane, int y)
{
    smini_html_form(html, "<text class=\"h\" x=\"8\" y=\"%d\">", y + 17);
    if (lane->actor.version)
        smini_html_address(html, &lane->actor);
    else
        smini_html_raw(html, "others");
    smini_html_form(html, "</text><text x=\"8\" y=\"%d\">\xe2\x86\x92 ", y + 33);
    if (lane->device.version)
        smini_html_address(html, &lane->device);
    else
        smini_html_count(html, lane->pairs, lane->actor.version ? "device" : "pair", lane->actor.version ? "devices" : "pairs");
    smini_html_raw(html, "</text>\n");
}

static void draw_picture(struct smini_page_work *work, const struct smini_timeline *line, uint32_t from, uint32_t to, struct seen *seen)
{
    struct smini_html *html = work->html;
    int height = TOP + (int)(to - from) * SMINI_LANE_HEIGHT + 6;
    char name[24] = "timeline-";
    size_t length = strlen(name);
    name[length] = (char)('a' + from / LANES_PER_PICTURE);
    smini_svg_open(html, height, name, "Timeline",
                   "Time runs from left to right. One lane for each pair of sender and device. Marks are messages, bars are files "
                   "that moved. The same is told in words under Incidents.");
    for (uint32_t i = from; i < to; i += 2)
        smini_html_form(html, "<rect class=\"band\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>", TOP + (int)(i - from) * SMINI_LANE_HEIGHT,
                        SMINI_SVG_WIDTH, SMINI_LANE_HEIGHT);
    smini_axis_draw(html, &line->axis, TOP, height - 6);
    for (uint32_t i = from; i < to; i++) {
        int y = TOP + (int)(i - from) * SMINI_LANE_HEIGHT;
        uint32_t count = gather(work->page, line, &line->lanes[i]);
        draw_label(html, &line->lanes[i], y);
        draw_marks(work, line, &line->lanes[i], count, y + 14, seen);
        draw_bars(work, line, count, y + 28, seen);
    }
    smini_svg_close(html);
}

void smini_timeline_draw(struct smini_page_work *work, const struct smini_timeline *line)
{
    struct smini_html *html = work->html;
    struct seen seen = {0};
    smini_html_raw(html, "<figure>\n");
    for (uint32_t from = 0; from < line->lane_count; from += LANES_PER_PICTURE) {
        uint32_t to = line->lane_count - from < LANES_PER_PICTURE ? line->lane_count : from + LANES_PER_PICTURE;
        draw_picture(work, line, from, to, &seen);
    }
    smini_svg_key(html, seen.verdicts, seen.outcomes, seen.answers, seen.whole, seen.broken);
    smini_html_raw(html, "<figcaption>");
    if (line->axis.count > 1)
        smini_html_raw(html, "Stretches in which nothing happened are cut out; how long they were stands between the dashed lines. ");
    if (line->lane_count < line->pair_count) {
        smini_html_count(html, line->pair_count, "pair", "pairs");
        smini_html_raw(html, " of sender and device are too many for a lane each: the gravest have one, the others share one per "
                             "sender. ");
    }
    smini_html_raw(html, "Marks that would cover each other stand side by side.</figcaption></figure>\n");
}
