/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/feed.h"

void smini_ws_feed_ignore(struct smini_ws_connection *connection, unsigned direction)
{
    connection->side[direction].state = SMINI_WS_IGNORED;
    smini_ws_hold_clear(&connection->side[direction].hold);
}

static void drop(struct smini_ws_connection *connection)
{
    connection->dropped = true;
    if (connection->current)
        connection->current->troubles |= 1u << SMINI_WS_DECODER_FAILED;
    smini_ws_feed_ignore(connection, SMIN_TO_SERVER);
    smini_ws_feed_ignore(connection, SMIN_TO_CLIENT);
}

/* What the inspector's answer means for the connection. */
static void heed(struct smini_ws_connection *connection, unsigned direction, int32_t status)
{
    if (status >= SMIN_OK && status != SMIN_DONE)
        return;
    if (status < 0)
        ws_debug("frame %u: %s", connection->frame, smin_status_text(status));
    if (status <= SMIN_STATUS_FATAL) {
        drop(connection);
        return;
    }
    smini_ws_feed_ignore(connection, direction);
}

static struct smin_input input_here(const struct smini_ws_connection *connection, unsigned direction,
                                    const uint8_t *bytes, uint64_t length)
{
    return (struct smin_input){.struct_size = sizeof(struct smin_input),
                               .direction = direction,
                               .time_ns = connection->time_ns,
                               .packet_number = connection->frame,
                               .offset = connection->side[direction].next,
                               .bytes = bytes,
                               .length = length,
                               .flow_flags = connection->info.flags};
}

int32_t smini_ws_feed_probe(struct smini_ws_connection *connection, unsigned direction, const uint8_t *bytes,
                            uint32_t length)
{
    struct smin_input input = input_here(connection, direction, bytes, length);
    const struct smini_ws_adapter *adapter = connection->adapter;
    return adapter->session.inspector->probe(adapter->thread, &connection->info, &input);
}

bool smini_ws_feed_claim(struct smini_ws_connection *connection, unsigned direction)
{
    const struct smini_ws_adapter *adapter = connection->adapter;
    struct smini_ws_side *side = &connection->side[direction];
    if (!connection->flow) {
        int32_t status = adapter->session.inspector->flow_new(adapter->thread, &connection->info, connection,
                                                              &connection->flow);
        if (status != SMIN_OK || !connection->flow) {
            connection->flow = NULL;
            drop(connection);
            return false;
        }
    }
    side->state = SMINI_WS_TRACKED;
    /* What is missing before the first bytes was passed over while nobody had claimed the direction. */
    uint64_t missing = side->next;
    side->next = 0;
    if (missing != 0)
        smini_ws_feed_gap(connection, direction, missing);
    return side->state == SMINI_WS_TRACKED;
}

void smini_ws_feed_bytes(struct smini_ws_connection *connection, unsigned direction, const uint8_t *bytes,
                         uint32_t length)
{
    const struct smini_ws_adapter *adapter = connection->adapter;
    struct smin_input input = input_here(connection, direction, bytes, length);
    struct smin_result result = adapter->session.inspector->feed(adapter->thread, connection->flow, &input);
    connection->side[direction].next += length;
    connection->side[direction].overtaken = 0;
    heed(connection, direction, result.status);
}

void smini_ws_feed_gap(struct smini_ws_connection *connection, unsigned direction, uint64_t length)
{
    const struct smini_ws_adapter *adapter = connection->adapter;
    struct smini_ws_side *side = &connection->side[direction];
    int32_t status = SMIN_OK;
    if (side->state == SMINI_WS_TRACKED) {
        struct smin_input input = input_here(connection, direction, NULL, length);
        status = adapter->session.inspector->gap(adapter->thread, connection->flow, &input).status;
    }
    side->next += length;
    side->overtaken = 0;
    heed(connection, direction, status);
}

void smini_ws_feed_end(struct smini_ws_connection *connection, unsigned direction)
{
    const struct smini_ws_adapter *adapter = connection->adapter;
    if (!connection->flow || connection->dropped || connection->side[direction].state != SMINI_WS_TRACKED)
        return;
    struct smin_input input = input_here(connection, direction, NULL, 0);
    struct smin_result result = adapter->session.inspector->end(adapter->thread, connection->flow, &input);
    if (result.status <= SMIN_STATUS_FATAL)
        drop(connection);
}
