/* SPDX-License-Identifier: BSD-2-Clause */
#include "order.h"

int32_t smini_order_init(struct smini_order *order, struct smini_alloc *alloc, uint32_t threads, uint32_t count)
{
    memset(order, 0, sizeof(*order));
    order->alloc = alloc;
    order->count = count;
    order->lane_count = threads * SMINI_LANES_PER_THREAD;
    order->lanes = smini_alloc_array(alloc, order->lane_count, sizeof(*order->lanes));
    if (!order->lanes)
        return SMIN_E_NOMEM;
    pthread_mutex_init(&order->lock, NULL);
    pthread_cond_init(&order->moved, NULL);
    for (uint32_t i = 0; i < order->lane_count; i++) {
        struct smini_lane *lane = &order->lanes[i];
        lane->order = order;
        smini_alloc_init(&lane->alloc, 0);
        smini_bytebuf_init(&lane->json, &lane->alloc, SMINI_LANE_BYTES_MAX);
        smini_bytebuf_init(&lane->facts, &lane->alloc, SMINI_LANE_BYTES_MAX);
        smini_tally_init(&lane->tally);
    }
    return SMIN_OK;
}

void smini_order_free(struct smini_order *order)
{
    if (!order->lanes)
        return;
    for (uint32_t i = 0; i < order->lane_count; i++) {
        smini_bytebuf_free(&order->lanes[i].json);
        smini_bytebuf_free(&order->lanes[i].facts);
        smini_tally_free(&order->lanes[i].tally, &order->lanes[i].alloc);
    }
    smini_alloc_free(order->alloc, order->lanes, order->lane_count * sizeof(*order->lanes));
    order->lanes = NULL;
    pthread_cond_destroy(&order->moved);
    pthread_mutex_destroy(&order->lock);
}

static void note_status(struct smini_order *order, int32_t status)
{
    if (status < order->status)
        order->status = status;
}

static int write_on(struct smini_order *order, const uint8_t *bytes, size_t length)
{
    if (length > 0 && !order->output_error)
        order->output_error = order->output.write(order->output.user, bytes, length);
    return order->output_error;
}

/* Only for the lane at the head, by whoever may write for it. */
static void drain(struct smini_lane *lane)
{
    struct smini_order *order = lane->order;
    write_on(order, lane->json.bytes, lane->json.length);
    smini_bytebuf_clear(&lane->json);
    note_status(order, smini_incident_add_packed(order->incidents, smini_bytebuf_span(&lane->facts)));
    smini_bytebuf_clear(&lane->facts);
}

/* Once at the head a lane stays there until it is done; nobody else writes meanwhile. */
static bool at_head(struct smini_lane *lane, bool wait)
{
    struct smini_order *order = lane->order;
    if (lane->is_head)
        return true;
    pthread_mutex_lock(&order->lock);
    while (wait && order->head != lane->index)
        pthread_cond_wait(&order->moved, &order->lock);
    lane->is_head = order->head == lane->index;
    pthread_mutex_unlock(&order->lock);
    if (lane->is_head)
        drain(lane);
    return lane->is_head;
}

int smini_lane_write(void *user, const uint8_t *bytes, size_t length)
{
    struct smini_lane *lane = user;
    struct smini_span span = smini_span_make(bytes, length);
    if (!at_head(lane, false) && length <= SMINI_LANE_BYTES_MAX - lane->json.length &&
        smini_bytebuf_add(&lane->json, span) == SMIN_OK)
        return 0;
    at_head(lane, true);
    return write_on(lane->order, bytes, length);
}

void smini_lane_message(struct smini_lane *lane, const struct smini_incident_message *message)
{
    if (!at_head(lane, false) && smini_pack_message(&lane->facts, message) == SMIN_OK)
        return;
    at_head(lane, true);
    note_status(lane->order, smini_incident_add_message(lane->order->incidents, message));
}

void smini_lane_flow(struct smini_lane *lane, const struct smini_incident_flow *flow)
{
    if (!at_head(lane, false) && smini_pack_flow(&lane->facts, flow) == SMIN_OK)
        return;
    at_head(lane, true);
    note_status(lane->order, smini_incident_add_flow(lane->order->incidents, flow));
}

void smini_lane_transfer(struct smini_lane *lane, const struct smini_incident_transfer *transfer)
{
    if (!at_head(lane, false) && smini_pack_transfer(&lane->facts, transfer) == SMIN_OK)
        return;
    at_head(lane, true);
    note_status(lane->order, smini_incident_add_transfer(lane->order->incidents, transfer));
}

struct smini_lane *smini_order_take(struct smini_order *order)
{
    struct smini_lane *lane = NULL;
    pthread_mutex_lock(&order->lock);
    while (order->next < order->count && order->next >= order->head + order->lane_count && !smini_tool_interrupted)
        pthread_cond_wait(&order->moved, &order->lock);
    if (order->next < order->count && !smini_tool_interrupted) {
        lane = &order->lanes[order->next % order->lane_count];
        lane->index = order->next++;
        lane->taken = true;
        lane->done = lane->is_head = false;
    }
    pthread_mutex_unlock(&order->lock);
    return lane;
}

void smini_order_done(struct smini_lane *lane)
{
    struct smini_order *order = lane->order;
    pthread_mutex_lock(&order->lock);
    lane->done = true;
    while (order->head < order->next) {
        struct smini_lane *first = &order->lanes[order->head % order->lane_count];
        if (!first->done)
            break;
        drain(first);
        smini_tally_merge(order->tally, order->alloc, &first->tally, &first->alloc);
        first->taken = first->done = false;
        order->head++;
    }
    pthread_cond_broadcast(&order->moved);
    pthread_mutex_unlock(&order->lock);
}
