/* SPDX-License-Identifier: BSD-2-Clause */
/* (1, 3) download-config. */
#include "decode/view.h"

enum { AT_RELOAD = 32, AT_FIRST_SLOT = 48, SLOT_BYTES = 132, AT_URL = 180 };

void smini_message_config_decode(struct smini_view *view)
{
    smini_view_reload(view, AT_RELOAD);
    smini_view_empty_slot(view, AT_FIRST_SLOT, SLOT_BYTES);
    smini_view_url_slot(view, AT_URL, SLOT_BYTES, SMINI_EVENT_CONFIG_REPLACEMENT);
}
