/* SPDX-License-Identifier: BSD-2-Clause */
/* What the toy inspector can say, and the objects that its flows share. */
#ifndef TOYLINE_H
#define TOYLINE_H

#include <stdbool.h>

#include "smin/abi.h"

struct smin_instance {
    const struct smin_host *host;
    bool greetings_only;
};

struct smin_thread {
    struct smin_instance *instance;
    bool inside_callback;
};

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
