/* SPDX-License-Identifier: BSD-2-Clause */
/* What an incident rests on: its messages, files and flows, bounded and counted, in the order of time. */
#include <stdlib.h>

#include "incident/internal.h"

/* Room for one item more than `count`. The items, moved or not, or NULL. */
static void *make_room(struct smini_incident_set *set, void *items, uint32_t count, uint32_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    uint32_t more = *capacity ? *capacity * 2 : 2;
    void *moved = smini_alloc_grow(set->alloc, items, *capacity * size, more * size);
    if (!moved) {
        (void)smini_set_note(set, SMIN_E_NOMEM);
        return NULL;
    }
    *capacity = more;
    return moved;
}

int32_t smini_act_reference(struct smini_incident_set *set, struct smini_act *act,
                            const struct smini_incident_reference *reference)
{
    struct smini_incident *incident = &act->incident;
    incident->message_total++;
    if (reference->time_ns < incident->first_ns)
        incident->first_ns = reference->time_ns;
    if (reference->time_ns > incident->last_ns)
        incident->last_ns = reference->time_ns;
    struct smini_incident_flow_reference flow = {
        .capture = reference->capture,
        .flow_id = reference->flow_id,
        .time_ns = reference->time_ns,
        .packet = reference->packet,
        .kind = reference->from_device && reference->to_server ? SMINI_EVIDENCE_CALLBACK : SMINI_EVIDENCE_COMMAND,
        .client = reference->client,
        .server = reference->server,
        .client_port = reference->client_port,
        .server_port = reference->server_port};
    if (smini_act_flow(set, act, &flow) == SMIN_E_NOMEM)
        return SMIN_E_NOMEM;
    if (incident->message_count >= set->options.list_max)
        return smini_set_note(set, SMIN_E_LIMIT);
    struct smini_incident_reference *messages =
        make_room(set, incident->messages, incident->message_count, &incident->message_capacity, sizeof(*messages));
    if (!messages)
        return SMIN_E_NOMEM;
    incident->messages = messages;
    messages[incident->message_count++] = *reference;
    return SMIN_OK;
}

static int32_t keep_flow(struct smini_incident_set *set, struct smini_incident *incident,
                         const struct smini_incident_flow_reference *flow)
{
    /* The latest is the likeliest. */
    for (uint32_t i = incident->flow_count; i-- > 0;)
        if (incident->flows[i].flow_id == flow->flow_id && incident->flows[i].capture == flow->capture)
            return SMIN_OK;
    incident->flow_total++;
    if (incident->flow_count >= set->options.list_max)
        return smini_set_note(set, SMIN_E_LIMIT);
    struct smini_incident_flow_reference *flows =
        make_room(set, incident->flows, incident->flow_count, &incident->flow_capacity, sizeof(*flows));
    if (!flows)
        return SMIN_E_NOMEM;
    incident->flows = flows;
    flows[incident->flow_count++] = *flow;
    return SMIN_OK;
}

int32_t smini_act_flow(struct smini_incident_set *set, struct smini_act *act,
                       const struct smini_incident_flow_reference *flow)
{
    return keep_flow(set, &act->incident, flow);
}

static int32_t append_file(struct smini_incident_set *set, struct smini_incident *incident,
                           const struct smini_incident_file *file)
{
    incident->file_total++;
    if (incident->file_count >= set->options.list_max)
        return smini_set_note(set, SMIN_E_LIMIT);
    struct smini_incident_file *files =
        make_room(set, incident->files, incident->file_count, &incident->file_capacity, sizeof(*files));
    if (!files)
        return SMIN_E_NOMEM;
    incident->files = files;
    files[incident->file_count++] = *file;
    return SMIN_OK;
}

/* What a file is called lives as long as the set, also when acts are joined. */
static int32_t own_texts(struct smini_incident_set *set, struct smini_incident_file *file)
{
    struct smini_span *const texts[3] = {&file->name, &file->protocol, &file->type};
    struct smini_span *block = smini_list_add(&set->texts, set->alloc, sizeof(*block));
    return block ? smini_transfer_own(set->alloc, texts, block) : SMIN_E_NOMEM;
}

int32_t smini_act_file(struct smini_incident_set *set, struct smini_act *act, const struct smini_moved *moved)
{
    const struct smini_incident_transfer *transfer = &moved->transfer;
    bool is_server = smini_address_compare(&act->incident.device, &transfer->server) == 0;
    struct smini_incident_file file = {
        .name = transfer->name,
        .protocol = transfer->protocol,
        .type = transfer->type,
        .capture = smini_set_capture(set, moved->capture),
        .packet = transfer->place.packet,
        .time_ns = transfer->place.time_ns,
        .end_ns = transfer->end_ns,
        .flow_id = transfer->flow_id,
        .size = transfer->size,
        .gap_bytes = transfer->gap_bytes,
        .peer = is_server ? transfer->client : transfer->server,
        .device_port = is_server ? transfer->server_port : transfer->client_port,
        .peer_port = is_server ? transfer->client_port : transfer->server_port,
        .state = transfer->state,
        .to_device = is_server == transfer->to_server,
        .has_digest = transfer->has_digest};
    memcpy(file.sha256, transfer->sha256, sizeof(file.sha256));
    memcpy(file.md5, transfer->md5, sizeof(file.md5));
    if (act->incident.file_count < set->options.list_max && own_texts(set, &file) != SMIN_OK)
        return smini_set_note(set, SMIN_E_NOMEM);
    return append_file(set, &act->incident, &file);
}

int32_t smini_evidence_merge(struct smini_incident_set *set, struct smini_incident *into,
                             const struct smini_incident *from)
{
    int32_t status = SMIN_OK;
    for (uint32_t i = 0; i < from->file_count && status != SMIN_E_NOMEM; i++)
        status = append_file(set, into, &from->files[i]);
    for (uint32_t i = 0; i < from->flow_count && status != SMIN_E_NOMEM; i++)
        status = keep_flow(set, into, &from->flows[i]);
    into->file_total += from->file_total - from->file_count;
    into->flow_total += from->flow_total - from->flow_count;
    return status == SMIN_E_NOMEM ? status : SMIN_OK;
}

/* --- order --- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_places(uint64_t a_ns, uint64_t b_ns, const char *a_capture, const char *b_capture, uint64_t a_packet,
                          uint64_t b_packet)
{
    int order = compare_numbers(a_ns, b_ns);
    if (order == 0)
        order = strcmp(a_capture, b_capture);
    return order ? order : compare_numbers(a_packet, b_packet);
}

static int by_message(const void *a, const void *b)
{
    const struct smini_incident_reference *one = a, *two = b;
    int order = compare_places(one->time_ns, two->time_ns, one->capture, two->capture, one->packet, two->packet);
    if (order == 0)
        order = compare_numbers(one->offset, two->offset);
    return order ? order : strcmp(one->name, two->name);
}

static int by_file(const void *a, const void *b)
{
    const struct smini_incident_file *one = a, *two = b;
    int order = compare_places(one->time_ns, two->time_ns, one->capture, two->capture, one->packet, two->packet);
    return order ? order : compare_numbers(one->flow_id, two->flow_id);
}

static int by_flow(const void *a, const void *b)
{
    const struct smini_incident_flow_reference *one = a, *two = b;
    int order = compare_places(one->time_ns, two->time_ns, one->capture, two->capture, one->packet, two->packet);
    return order ? order : compare_numbers(one->flow_id, two->flow_id);
}

void smini_evidence_sort(struct smini_incident *incident)
{
    if (incident->message_count > 1)
        qsort(incident->messages, incident->message_count, sizeof(*incident->messages), by_message);
    if (incident->file_count > 1)
        qsort(incident->files, incident->file_count, sizeof(*incident->files), by_file);
    if (incident->flow_count > 1)
        qsort(incident->flows, incident->flow_count, sizeof(*incident->flows), by_flow);
}
