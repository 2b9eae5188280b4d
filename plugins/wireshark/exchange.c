/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/exchange.h"

/* Messages of one connection that can wait for an answer; a peer that never answers must not cost memory for ever. */
enum { WAITING_MAX = 256 };

void smini_ws_exchange_note(struct smini_ws_connection *connection, struct smini_ws_kept *kept)
{
    const struct smin_message *message = &kept->message;
    const struct smin_message_desc *desc = smini_ws_message(connection->adapter, message->id);
    if (message->kind != SMIN_KIND_MESSAGE || !desc || desc->direction != message->direction)
        return;
    if (message->direction == SMIN_TO_SERVER) {
        if (wmem_list_count(connection->questions) < WAITING_MAX)
            wmem_list_append(connection->questions, kept);
        return;
    }
    wmem_list_frame_t *oldest = wmem_list_head(connection->questions);
    if (!oldest)
        return;
    kept->question = wmem_list_frame_data(oldest);
    kept->question->answer = kept;
    wmem_list_remove_frame(connection->questions, oldest);
}
