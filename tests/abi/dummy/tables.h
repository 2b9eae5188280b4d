/* SPDX-License-Identifier: BSD-2-Clause */
/* What the toy inspector can say. */
#ifndef TOYLINE_TABLES_H
#define TOYLINE_TABLES_H

#include "smin/field.h"

enum { FIELD_VERB = 1, FIELD_ARGUMENT = 2, FIELD_ARGUMENT_BYTES = 3 };
enum { EVENT_LINE_LONG = 1, EVENT_GAP = 2, EVENT_LINE_CUT = 3 };
enum { MESSAGE_GREETING = 1, MESSAGE_LINE = 2 };

static const struct smin_field_desc field_table[] = {
    {FIELD_VERB, SMIN_TYPE_TEXT, "toyline.verb", "verb", "first word of the line"},
    {FIELD_ARGUMENT, SMIN_TYPE_TEXT, "toyline.argument", "argument", "the rest of the line"},
    {FIELD_ARGUMENT_BYTES, SMIN_TYPE_NUMBER, "toyline.argument_bytes", NULL, "bytes of the argument as they came"},
};

static const struct smin_event_desc event_table[] = {
    {EVENT_LINE_LONG, SMIN_SEVERITY_LOW, "line_long", "the line is longer than what is kept", NULL},
    {EVENT_GAP, SMIN_SEVERITY_INFO, "gap", "bytes were never seen", NULL},
    {EVENT_LINE_CUT, SMIN_SEVERITY_LOW, "line_cut", "the direction ended inside a line", NULL},
};

static const struct smin_message_desc message_table[] = {
    {MESSAGE_GREETING, SMIN_TO_SERVER, "greeting", "HELLO and a name"},
    {MESSAGE_LINE, SMIN_EITHER, "line", "any other line"},
};

static const uint16_t port_table[] = {7007};

#endif
