/* SPDX-License-Identifier: BSD-2-Clause */
/* The time axis: parts in which something happens, each to its own scale, and cuts between them that tell how long they are. */
#include "base/written.h"
#include "report/svg.h"

enum {
    PART_LEAST = 104,  /* room for one label */
    PADDING = 12,      /* marks at the ends of a part stay inside */
    LABEL_ROOM = 104,
    SECOND = 1000000,  /* microseconds */
    CUT_LEAST = 120    /* seconds; a shorter pause is no reason to break the scale */
};

/* Chooses up to `most` of the longest pauses, each longer than a quarter of what is left. Gives how many, their places ascending. */
static uint32_t choose_cuts(const uint64_t *times, uint32_t count, uint32_t *cuts, uint32_t most)
{
    uint64_t left = times[count - 1] - times[0];
    uint32_t chosen = 0;
    while (chosen < most) {
        uint32_t best = 0;
        uint64_t longest = 0;
        for (uint32_t i = 1, k = 0; i < count; i++) {
            bool taken = false;
            for (k = 0; k < chosen; k++)
                taken = taken || cuts[k] == i;
            if (!taken && times[i] - times[i - 1] > longest) {
                longest = times[i] - times[i - 1];
                best = i;
            }
        }
        if (longest < (uint64_t)CUT_LEAST * SECOND || longest <= left / 4)
            break;
        left -= longest;
        uint32_t at = chosen++;
        for (; at > 0 && cuts[at - 1] > best; at--)
            cuts[at] = cuts[at - 1];
        cuts[at] = best;
    }
    return chosen;
}

void smini_axis_make(struct smini_axis *axis, const uint64_t *times, uint32_t count, int left, int right)
{
    uint32_t cuts[SMINI_AXIS_PARTS_MAX - 1];
    uint32_t chosen = choose_cuts(times, count, cuts, SMINI_AXIS_PARTS_MAX - 1);
    uint64_t total = 0;
    axis->count = chosen + 1;
    for (uint32_t i = 0; i <= chosen; i++) {
        axis->part[i].from = times[i ? cuts[i - 1] : 0];
        axis->part[i].to = times[(i < chosen ? cuts[i] : count) - 1];
        total += axis->part[i].to - axis->part[i].from;
    }
    int spare = right - left - (int)chosen * SMINI_AXIS_BREAK - (int)axis->count * PART_LEAST;
    int at = left;
    for (uint32_t i = 0; i <= chosen; i++) {
        uint64_t length = axis->part[i].to - axis->part[i].from;
        axis->part[i].x0 = at;
        at += PART_LEAST + (int)(total ? length * (uint64_t)spare / total : (uint64_t)spare / axis->count);
        axis->part[i].x1 = at;
        at += SMINI_AXIS_BREAK;
    }
}

int smini_axis_x(const struct smini_axis *axis, uint64_t time)
{
    uint32_t at = 0;
    while (at + 1 < axis->count && time > axis->part[at].to)
        at++;
    uint64_t from = axis->part[at].from, to = axis->part[at].to;
    time = time < from ? from : time > to ? to : time;
    int room = axis->part[at].x1 - axis->part[at].x0 - 2 * PADDING;
    return axis->part[at].x0 + PADDING + (to > from ? (int)((time - from) * (uint64_t)room / (to - from)) : 0);
}

/* Gives the day, so that the caller can tell when it changes. */
static uint64_t put_label(struct smini_html *html, uint64_t time, bool fine, int x, int top, const char *anchor, uint64_t last_day)
{
    char text[SMINI_SECOND_TEXT];
    uint64_t day = time / SECOND / 86400;
    smini_second_text(time / SECOND, text);
    smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s", x, top - 6, anchor, text + 11);
    if (fine)
        smini_html_form(html, ".%03d", (int)(time % SECOND / 1000));
    smini_html_raw(html, "</text>\n");
    if (day != last_day)
        smini_html_form(html, "<text class=\"h\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%.10s</text>\n", x, top - 22, anchor, text);
    return day;
}

/* The smallest round step that leaves room for its labels. */
static uint64_t round_step(uint64_t length, int room)
{
    static const uint64_t steps[] = {100000,        200000,        500000,         SECOND,          2 * SECOND,
                                     5 * SECOND,    10 * SECOND,   15 * SECOND,    30 * SECOND,     60ULL * SECOND,
                                     120ULL * SECOND, 300ULL * SECOND, 600ULL * SECOND, 900ULL * SECOND, 1800ULL * SECOND,
                                     3600ULL * SECOND, 7200ULL * SECOND, 10800ULL * SECOND, 21600ULL * SECOND,
                                     43200ULL * SECOND};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (steps[i] * (uint64_t)room / length >= LABEL_ROOM)
            return steps[i];
    uint64_t day = 86400ULL * SECOND, step = day;
    while (step * (uint64_t)room / length < LABEL_ROOM)
        step *= 2;
    return step;
}

static uint64_t draw_ticks(struct smini_html *html, const struct smini_axis *axis, uint32_t part, int top, int bottom, uint64_t day)
{
    uint64_t from = axis->part[part].from, to = axis->part[part].to;
    int x0 = axis->part[part].x0, x1 = axis->part[part].x1;
    if (to == from)
        return day;
    uint64_t step = round_step(to - from, x1 - x0 - 2 * PADDING);
    for (uint64_t time = (from / step + 1) * step; time <= to; time += step) {
        int x = smini_axis_x(axis, time);
        smini_html_form(html, "<path class=\"grid\" d=\"M%d %dV%d\"/>", x, top, bottom);
        if (x >= x0 + PADDING + LABEL_ROOM + LABEL_ROOM / 3 && x <= x1 - LABEL_ROOM / 2)
            day = put_label(html, time, to - from < 10ULL * SECOND, x, top, "middle", day);
    }
    return day;
}

static void draw_break(struct smini_html *html, uint64_t length, int x, int top, int bottom)
{
    static const struct {
        uint64_t seconds;
        const char *name;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}};
    uint64_t seconds = length / SECOND;
    size_t unit = 0;
    while (unit < 2 && seconds < 2 * units[unit].seconds)
        unit++;
    smini_html_form(html, "<path class=\"break\" d=\"M%d %dV%dM%d %dV%d\"/>", x + 4, top, bottom, x + SMINI_AXIS_BREAK - 4, top, bottom);
    smini_html_form(html, "<text class=\"q\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%llu %s</text>\n", x + SMINI_AXIS_BREAK / 2, top - 6,
                    (unsigned long long)(seconds / units[unit].seconds), units[unit].name);
}

void smini_axis_draw(struct smini_html *html, const struct smini_axis *axis, int top, int bottom)
{
    uint64_t day = UINT64_MAX;
    for (uint32_t i = 0; i < axis->count; i++) {
        int x0 = axis->part[i].x0, x1 = axis->part[i].x1;
        uint64_t from = axis->part[i].from, to = axis->part[i].to;
        smini_html_form(html, "<path class=\"axis\" d=\"M%d %dH%d\"/><path class=\"grid\" d=\"M%d %dV%d\"/>\n", x0, top, x1, x0 + PADDING,
                        top, bottom);
        day = put_label(html, from, to > from && to - from < 10ULL * SECOND, x0 + PADDING, top, "start", day);
        day = draw_ticks(html, axis, i, top, bottom, day);
        if (i + 1 < axis->count)
            draw_break(html, axis->part[i + 1].from - to, x1, top, bottom);
    }
}
