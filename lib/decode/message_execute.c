/* SPDX-License-Identifier: BSD-2-Clause */
/* (2, 5) execute, also called post-install. */
#include "decode/view.h"

/* Behind the first slot stand one of 264 bytes or two of 132: either way they are empty. */
enum { AT_FIRST_SLOT = 20, EMPTY_BYTES = 128 + 264, AT_URL = 412, URL_ROOM = 128 };

void smini_message_execute_decode(struct smini_view *view)
{
    smini_view_empty_slot(view, AT_FIRST_SLOT, EMPTY_BYTES);
    smini_view_url_slot(view, AT_URL, URL_ROOM, SMINI_EVENT_COMMAND_EXECUTION);
}
