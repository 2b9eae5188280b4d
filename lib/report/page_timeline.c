/* SPDX-License-Identifier: BSD-2-Clause */
/* The timeline: which lanes there are, and what stands on them. */
#include <stdlib.h>

#include "report/timeline.h"

/* Beyond LANES_OWN pairs of actor and device, the gravest keep a lane each and the others share one per actor. */
enum { LANES_OWN = 40, LANES_MAX = 80 };

static int entry_order(const void *one, const void *other)
{
    const struct smini_lane_entry *a = one, *b = other;
    int order = smini_page_address_order(&a->actor, &b->actor);
    if (order == 0)
        order = smini_page_address_order(&a->device, &b->device);
    return order ? order : a->number < b->number ? -1 : a->number > b->number;
}

static int lane_order(const void *one, const void *other)
{
    const struct smini_lane *a = one, *b = other;
    if (a->first_ns != b->first_ns)
        return a->first_ns < b->first_ns ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

static bool same_lane(const struct smini_lane_entry *a, const struct smini_lane_entry *b)
{
    return smini_page_address_order(&a->actor, &b->actor) == 0 && smini_page_address_order(&a->device, &b->device) == 0;
}

/* One lane for each run of entries with the same addresses. */
static void make_lanes(struct smini_timeline *line, const struct smini_page *page)
{
    qsort(line->entries, line->entry_count, sizeof(*line->entries), entry_order);
    line->lane_count = 0;
    for (uint32_t i = 0; i < line->entry_count; i++) {
        const struct smini_lane_entry *entry = &line->entries[i];
        const struct smini_incident *incident = page->incidents[entry->number].incident;
        uint32_t gravity = smini_page_gravity(incident);
        if (i == 0 || !same_lane(entry, entry - 1)) {
            struct smini_lane *lane = &line->lanes[line->lane_count++];
            memset(lane, 0, sizeof(*lane));
            lane->actor = entry->actor;
            lane->device = entry->device;
            lane->start = i;
            lane->first_ns = incident->first_ns;
        }
        struct smini_lane *lane = &line->lanes[line->lane_count - 1];
        lane->count++;
        lane->pairs += entry->pairs;
        lane->gravity = gravity > lane->gravity ? gravity : lane->gravity;
        lane->first_ns = incident->first_ns < lane->first_ns ? incident->first_ns : lane->first_ns;
    }
}

/* The gravity that a lane must exceed to stay alone, so that at most LANES_OWN do. */
static uint32_t threshold(const struct smini_timeline *line)
{
    uint32_t least = 0;
    for (;; least++) {
        uint32_t alone = 0;
        for (uint32_t i = 0; i < line->lane_count; i++)
            alone += line->lanes[i].gravity > least;
        if (alone <= LANES_OWN)
            return least;
    }
}

/* Takes away the device, and in the second pass the actor, of entries whose lane is not grave enough. */
static void fold(struct smini_timeline *line, uint32_t least, bool actors)
{
    for (uint32_t i = 0; i < line->lane_count; i++) {
        const struct smini_lane *lane = &line->lanes[i];
        if (lane->gravity > least && lane->device.version != 0)
            continue;
        for (uint32_t k = lane->start; k < lane->start + lane->count; k++) {
            memset(&line->entries[k].device, 0, sizeof(line->entries[k].device));
            if (actors)
                memset(&line->entries[k].actor, 0, sizeof(line->entries[k].actor));
        }
    }
}

static void arrange(struct smini_timeline *line, const struct smini_page *page)
{
    for (uint32_t i = 0; i < page->incident_count; i++) {
        line->entries[i].actor = page->incidents[i].incident->actor;
        line->entries[i].device = page->incidents[i].incident->device;
        line->entries[i].number = i;
    }
    line->entry_count = page->incident_count;
    make_lanes(line, page);
    for (uint32_t i = 0; i < line->lane_count; i++)
        line->entries[line->lanes[i].start].pairs = 1;
    line->pair_count = line->lane_count;
    if (line->lane_count > LANES_OWN) {
        fold(line, threshold(line), false);
        make_lanes(line, page);
    }
    if (line->lane_count > LANES_MAX) {
        fold(line, threshold(line), true);
        make_lanes(line, page);
    }
    qsort(line->lanes, line->lane_count, sizeof(*line->lanes), lane_order);
}

static int time_order(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return a < b ? -1 : a > b;
}

/* Every moment something happened at, for the axis. */
static void gather_times(struct smini_timeline *line, const struct smini_page *page)
{
    line->time_count = 0;
    for (uint32_t i = 0; i < page->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[i].incident;
        line->times[line->time_count++] = incident->first_ns / 1000;
        line->times[line->time_count++] = incident->last_ns / 1000;
        for (uint32_t k = 0; k < incident->message_count; k++)
            line->times[line->time_count++] = incident->messages[k].time_ns / 1000;
        for (uint32_t k = 0; k < incident->file_count; k++) {
            line->times[line->time_count++] = incident->files[k].time_ns / 1000;
            line->times[line->time_count++] = incident->files[k].end_ns / 1000;
        }
    }
    qsort(line->times, line->time_count, sizeof(*line->times), time_order);
    smini_axis_make(&line->axis, line->times, line->time_count, SMINI_LANE_LEFT, SMINI_SVG_WIDTH - SMINI_LANE_RIGHT);
}

static bool get_room(struct smini_timeline *line, const struct smini_page *page)
{
    line->room = page->incident_count;
    line->time_room = line->event_room = 0;
    for (uint32_t i = 0; i < page->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[i].incident;
        line->event_room += (size_t)incident->message_count + incident->file_count + 1;
        line->time_room += 2 + (size_t)incident->message_count + 2 * (size_t)incident->file_count;
    }
    line->entries = smini_alloc_array(line->alloc, line->room, sizeof(*line->entries));
    line->lanes = smini_alloc_array(line->alloc, line->room, sizeof(*line->lanes));
    line->times = smini_alloc_array(line->alloc, line->time_room, sizeof(*line->times));
    line->events = smini_alloc_array(line->alloc, line->event_room, sizeof(*line->events));
    return line->entries && line->lanes && line->times && line->events;
}

static void give_back(struct smini_timeline *line)
{
    smini_alloc_free(line->alloc, line->entries, line->room * sizeof(*line->entries));
    smini_alloc_free(line->alloc, line->lanes, line->room * sizeof(*line->lanes));
    smini_alloc_free(line->alloc, line->times, line->time_room * sizeof(*line->times));
    smini_alloc_free(line->alloc, line->events, line->event_room * sizeof(*line->events));
}

int32_t smini_page_timeline(struct smini_page_work *work)
{
    struct smini_timeline line = {.alloc = work->alloc};
    bool room = get_room(&line, work->page);
    if (room) {
        arrange(&line, work->page);
        gather_times(&line, work->page);
        smini_html_raw(work->html, "<section id=\"timeline\" aria-labelledby=\"h-timeline\"><h2 id=\"h-timeline\">Timeline</h2>\n");
        smini_timeline_draw(work, &line);
        smini_html_raw(work->html, "</section>\n");
    }
    give_back(&line);
    return room ? SMIN_OK : SMIN_E_NOMEM;
}
