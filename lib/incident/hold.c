/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Facts wait here until many are in, and are then taken in one order, each
 * once, whatever the order in which they came: captures overlap, and runs and
 * engines write in their own order.
 */
#include <stdlib.h>

#include "incident/internal.h"
#include "incident/pack.h"

/* What a held fact is sorted by; the fact itself stays packed. */
struct held {
    uint64_t time_ns;
    const char *capture;
    uint64_t packet;
    uint64_t flow_id;
    uint64_t ends;    /* hash of addresses and ports */
    uint64_t offset;  /* of a message in its stream */
    uint64_t content; /* hash of everything that place and flow do not say */
    size_t at;        /* in the packed bytes */
    uint32_t kind;
    uint32_t side;
};

static uint64_t fold(uint64_t state, const void *bytes, size_t length)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < length; i++)
        state = (state ^ at[i]) * 0x100000001b3u;
    return state;
}

static uint64_t fold_number(uint64_t state, uint64_t number)
{
    return fold(state, &number, sizeof(number));
}

static uint64_t fold_text(uint64_t state, struct smini_span text)
{
    return fold(fold_number(state, text.length), text.bytes, text.length);
}

static uint64_t fold_texts(uint64_t state, const struct smini_span *texts, uint32_t count)
{
    state = fold_number(state, count);
    for (uint32_t i = 0; i < count; i++)
        state = fold_text(state, texts[i]);
    return state;
}

static uint64_t hash_ends(const struct smini_incident_address *client, uint16_t client_port,
                          const struct smini_incident_address *server, uint16_t server_port)
{
    uint64_t state = fold_number(0xcbf29ce484222325u, (uint64_t)client_port << 16 | server_port);
    return fold(fold(state, client->bytes, sizeof(client->bytes)), server->bytes, sizeof(server->bytes));
}

static void note_place(struct held *held, const struct smini_incident_place *place, uint64_t flow_id)
{
    held->time_ns = place->time_ns;
    held->capture = place->capture;
    held->packet = place->packet;
    held->flow_id = flow_id;
}

static void note_message(struct held *held, const struct smini_incident_message *message)
{
    uint64_t state = fold_text(0xcbf29ce484222325u, message->name);
    note_place(held, &message->place, message->flow_id);
    held->ends = hash_ends(&message->client, message->client_port, &message->server, message->server_port);
    held->offset = message->offset;
    held->side = (uint32_t)message->to_server << 8 | message->reading;
    state = fold_text(state, message->tool);
    state = fold_texts(state, message->events, message->event_count);
    state = fold_texts(state, message->urls, message->url_count);
    state = fold_texts(state, message->commands, message->command_count);
    held->content = fold_number(fold_number(state, message->has_status), message->status);
}

static void note_flow(struct held *held, const struct smini_incident_flow *flow)
{
    note_place(held, &flow->place, flow->flow_id);
    held->ends = hash_ends(&flow->client, flow->client_port, &flow->server, flow->server_port);
    uint64_t state = fold_number(fold_number(0xcbf29ce484222325u, flow->last_ns), flow->facts);
    for (int side = 0; side < 2; side++)
        state = fold_number(fold_number(state, flow->bytes[side]), flow->missing[side]);
    held->content = state;
}

static void note_transfer(struct held *held, const struct smini_incident_transfer *transfer)
{
    note_place(held, &transfer->place, transfer->flow_id);
    held->ends = hash_ends(&transfer->client, transfer->client_port, &transfer->server, transfer->server_port);
    held->side = transfer->to_server;
    uint64_t state = fold_text(fold_text(fold_text(0xcbf29ce484222325u, transfer->name), transfer->protocol),
                               transfer->type);
    state = fold_number(fold_number(fold_number(state, transfer->state), transfer->size), transfer->gap_bytes);
    held->content = fold(fold_number(state, transfer->end_ns), transfer->sha256, sizeof(transfer->sha256));
}

/* --- orders --- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_place(const struct held *one, const struct held *two)
{
    int order = compare_numbers(one->time_ns, two->time_ns);
    if (order == 0)
        order = strcmp(one->capture, two->capture);
    return order ? order : compare_numbers(one->packet, two->packet);
}

static int by_flow(const struct held *one, const struct held *two)
{
    int order = compare_numbers(one->kind, two->kind);
    if (order == 0)
        order = compare_numbers(one->flow_id, two->flow_id);
    return order ? order : compare_numbers(one->ends, two->ends);
}

static int by_stream(const struct held *one, const struct held *two)
{
    int order = compare_numbers(one->offset, two->offset);
    if (order == 0)
        order = compare_numbers(one->side, two->side);
    return order ? order : compare_numbers(one->content, two->content);
}

/*
 * Everything of one flow side by side, and what is the same side by side in that. A message is known by its place in the
 * stream: the alert that tells of it once more may bear the time of a later packet.
 */
static int by_identity(const void *a, const void *b)
{
    const struct held *one = a, *two = b;
    int order = by_flow(one, two);
    if (order == 0 && one->kind != SMINI_FACT_MESSAGE)
        order = compare_numbers(one->time_ns, two->time_ns);
    if (order == 0)
        order = by_stream(one, two);
    return order ? order : by_place(one, two);
}

/* Messages first, as they came to be; then what became of their flows; then files. */
static int by_time(const void *a, const void *b)
{
    const struct held *one = a, *two = b;
    int order = compare_numbers(one->kind, two->kind);
    if (order == 0)
        order = by_place(one, two);
    if (order == 0)
        order = by_stream(one, two);
    return order ? order : by_flow(one, two);
}

/* --- the same fact twice, the same flow seen in two captures --- */

static bool is_same(const struct held *one, const struct held *two)
{
    bool same_time = one->kind == SMINI_FACT_MESSAGE || one->time_ns == two->time_ns;
    return by_flow(one, two) == 0 && same_time && by_stream(one, two) == 0;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* What either capture shows was there; what was not seen in one may have been in the other. */
static void join_views(struct smini_incident_set *set, const struct held *kept, const struct held *other,
                       struct smini_fact *fact)
{
    static const uint32_t absences = SMINI_INCIDENT_FLOW_SERVER_UNSEEN | SMINI_INCIDENT_FLOW_CLIENT_UNSEEN |
                                     SMINI_INCIDENT_FLOW_UNFINISHED;
    struct smini_span packed = smini_bytebuf_span(&set->held);
    (void)smini_unpack(packed, other->at, fact);
    struct smini_incident_flow second = fact->flow;
    (void)smini_unpack(packed, kept->at, fact);
    struct smini_incident_flow *flow = &fact->flow;
    flow->facts = ((flow->facts | second.facts) & ~absences) | (flow->facts & second.facts & absences);
    flow->last_ns = larger(flow->last_ns, second.last_ns);
    for (int side = 0; side < 2; side++) {
        flow->bytes[side] = larger(flow->bytes[side], second.bytes[side]);
        if (second.missing[side] < flow->missing[side])
            flow->missing[side] = second.missing[side];
    }
    smini_repack_flow(set->held.bytes + kept->at, flow);
}

/* Gives how many are left. */
static size_t drop_repeated(struct smini_incident_set *set, struct held *held, size_t count, struct smini_fact *fact)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const struct held *last = kept > 0 ? &held[kept - 1] : NULL;
        if (last && is_same(last, &held[i])) {
            set->repeated++;
            continue;
        }
        if (last && held[i].kind == SMINI_FACT_FLOW && by_flow(last, &held[i]) == 0) {
            join_views(set, last, &held[i], fact);
            continue;
        }
        held[kept++] = held[i];
    }
    return kept;
}

static int32_t take(struct smini_incident_set *set, const struct smini_fact *fact)
{
    switch (fact->kind) {
    case SMINI_FACT_MESSAGE: return smini_take_message(set, &fact->message);
    case SMINI_FACT_FLOW: return smini_take_flow(set, &fact->flow);
    case SMINI_FACT_TRANSFER: return smini_take_transfer(set, &fact->transfer);
    }
    return SMIN_OK;
}

static void list_held(struct smini_span packed, struct held *held, struct smini_fact *fact)
{
    for (size_t at = 0, i = 0; at < packed.length; i++) {
        held[i].at = at;
        at = smini_unpack(packed, at, fact);
        held[i].kind = fact->kind;
        if (fact->kind == SMINI_FACT_MESSAGE)
            note_message(&held[i], &fact->message);
        else if (fact->kind == SMINI_FACT_FLOW)
            note_flow(&held[i], &fact->flow);
        else
            note_transfer(&held[i], &fact->transfer);
    }
}

int32_t smini_hold_release(struct smini_incident_set *set)
{
    struct smini_fact fact;
    struct smini_span packed = smini_bytebuf_span(&set->held);
    size_t count = set->held_count, size = count * sizeof(struct held);
    if (count == 0)
        return SMIN_OK;
    struct held *held = smini_alloc_get(set->alloc, size);
    if (!held)
        return SMIN_E_NOMEM;
    memset(held, 0, size);
    list_held(packed, held, &fact);
    qsort(held, count, sizeof(*held), by_identity);
    count = drop_repeated(set, held, count, &fact);
    qsort(held, count, sizeof(*held), by_time);
    int32_t worst = SMIN_OK;
    for (size_t i = 0; i < count; i++) {
        (void)smini_unpack(packed, held[i].at, &fact);
        int32_t status = take(set, &fact);
        worst = status < worst ? status : worst;
    }
    smini_alloc_free(set->alloc, held, size);
    smini_bytebuf_clear(&set->held);
    set->held_count = 0;
    return worst;
}

/* --- coming in --- */

/* Records tell microseconds: what our own run knows more exactly must not change what it says. */
static uint64_t whole_microseconds(uint64_t time_ns)
{
    return time_ns - time_ns % 1000;
}

static int32_t pack(struct smini_incident_set *set, const struct smini_fact *fact)
{
    switch (fact->kind) {
    case SMINI_FACT_MESSAGE: return smini_pack_message(&set->held, &fact->message);
    case SMINI_FACT_FLOW: return smini_pack_flow(&set->held, &fact->flow);
    case SMINI_FACT_TRANSFER: return smini_pack_transfer(&set->held, &fact->transfer);
    }
    return SMIN_OK;
}

/* When there is no more room everything that is held is taken, in its order. */
static int32_t hold(struct smini_incident_set *set, const struct smini_fact *fact)
{
    int32_t status = pack(set, fact), worst = SMIN_OK;
    if (status != SMIN_OK) {
        worst = smini_hold_release(set);
        status = pack(set, fact);
    }
    if (status != SMIN_OK)
        return smini_set_note(set, status < worst ? status : worst);
    set->held_count++;
    return worst;
}

int32_t smini_incident_add_message(struct smini_incident_set *set, const struct smini_incident_message *message)
{
    struct smini_fact fact;
    fact.kind = SMINI_FACT_MESSAGE;
    fact.message = *message;
    fact.message.place.time_ns = whole_microseconds(message->place.time_ns);
    return hold(set, &fact);
}

int32_t smini_incident_add_flow(struct smini_incident_set *set, const struct smini_incident_flow *flow)
{
    struct smini_fact fact;
    fact.kind = SMINI_FACT_FLOW;
    fact.flow = *flow;
    fact.flow.place.time_ns = whole_microseconds(flow->place.time_ns);
    fact.flow.last_ns = whole_microseconds(flow->last_ns);
    return hold(set, &fact);
}

int32_t smini_incident_add_transfer(struct smini_incident_set *set, const struct smini_incident_transfer *transfer)
{
    struct smini_fact fact;
    fact.kind = SMINI_FACT_TRANSFER;
    fact.transfer = *transfer;
    fact.transfer.place.time_ns = whole_microseconds(transfer->place.time_ns);
    fact.transfer.end_ns = whole_microseconds(transfer->end_ns);
    return hold(set, &fact);
}
