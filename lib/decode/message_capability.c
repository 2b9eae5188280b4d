/* SPDX-License-Identifier: BSD-2-Clause */
/* (1, 4) capabilities request, (4, 3) its response, (4, 4) status, and every pair that nobody documented. */
#include "decode/view.h"

void smini_message_capabilities_request_decode(struct smini_view *view)
{
    smini_view_event(view, SMINI_EVENT_PROBE, 0, view->arrived, 0);
}

/* Only the side that was asked can answer; whoever opened the connection proves nothing by these words. */
static void say_active(struct smini_view *view)
{
    if (view->direction == SMIN_TO_CLIENT || view->midstream)
        smini_view_event(view, SMINI_EVENT_CLIENT_ACTIVE, 0, view->arrived, 0);
}

void smini_message_capabilities_response_decode(struct smini_view *view)
{
    say_active(view);
}

void smini_message_status_decode(struct smini_view *view)
{
    smini_view_word(view, SMINI_FIELD_STATUS, SMINI_HEADER_BYTES);
    say_active(view);
}

void smini_message_unknown_decode(struct smini_view *view)
{
    smini_view_event(view, SMINI_EVENT_MESSAGE_UNKNOWN, 0, SMINI_HEADER_BYTES, view->header.type);
    if (view->size > SMINI_HEADER_BYTES)
        (void)smini_view_urls_in(view, smini_view_span(view, SMINI_HEADER_BYTES, view->size - SMINI_HEADER_BYTES));
}
