/* SPDX-License-Identifier: BSD-2-Clause */
/* (1, 2) download-image. */
#include "decode/view.h"

/* The text may take all the room between its beginning and the word that ends the message. */
enum { AT_FLAGS = 20, AT_RELOAD = 32, AT_URL = 52, URL_ROOM = 412 };

void smini_message_image_decode(struct smini_view *view)
{
    smini_view_word(view, SMINI_FIELD_FLAGS, AT_FLAGS);
    smini_view_reload(view, AT_RELOAD);
    smini_view_url_slot(view, AT_URL, URL_ROOM, SMINI_EVENT_IMAGE_REPLACEMENT);
}
