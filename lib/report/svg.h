/* SPDX-License-Identifier: BSD-2-Clause */
/* Drawing with few means: whole numbers, classes of the style sheet, no colour that is not also a form or a word. */
#ifndef SMINI_SVG_H
#define SMINI_SVG_H

#include "report/page_parts.h"

/* All pictures are this wide, in units that are about a pixel on a desktop. */
enum { SMINI_SVG_WIDTH = 1080 };

/* Opens figure and picture; `name` is unique on the page. Title and description are ours. */
void smini_svg_open(struct smini_html *html, int height, const char *name, const char *title, const char *description);
void smini_svg_close(struct smini_html *html);

/* What a verdict and its outcome look like, about 12 units wide, around x and y. */
void smini_svg_mark(struct smini_html *html, enum smini_verdict verdict, enum smini_outcome outcome, const char *tone, int x, int y);
void smini_svg_answer(struct smini_html *html, int x, int y);
/* What is drawn of which verdicts and outcomes (bits), in words; `whole` and `broken` are bars. */
void smini_svg_key(struct smini_html *html, uint32_t verdicts, uint32_t outcomes, bool answers, bool whole, bool broken);

/* A time line from left to right in which long stretches without events are cut out. */
enum { SMINI_AXIS_PARTS_MAX = 5, SMINI_AXIS_BREAK = 44 };

struct smini_axis {
    struct {
        uint64_t from, to; /* microseconds */
        int x0, x1;
    } part[SMINI_AXIS_PARTS_MAX];
    uint32_t count;
};

/* `times`: microseconds, ascending, at least one. */
void smini_axis_make(struct smini_axis *axis, const uint64_t *times, uint32_t count, int left, int right);
int smini_axis_x(const struct smini_axis *axis, uint64_t time);
/* The labels stand above `top`, the lines reach down to `bottom`. */
void smini_axis_draw(struct smini_html *html, const struct smini_axis *axis, int top, int bottom);

#endif
