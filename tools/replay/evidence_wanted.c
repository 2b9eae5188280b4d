/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence_wanted.h"

#include <string.h>

#include "smin/status.h"

/* A command orders a transfer, which has a flow for its data: more generations come from a mistake or a trick. */
enum { GENERATIONS_MAX = 4 };

static int by_number(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_flow(const void *left, const void *right)
{
    const struct smini_evidence_link *a = left, *b = right;
    int order = by_number(a->flow_id, b->flow_id);
    order = order ? order : by_number(a->announcer_id, b->announcer_id);
    return order ? order : by_number(a->own, b->own);
}

static int by_announcer(const void *left, const void *right)
{
    const struct smini_evidence_link *a = left, *b = right;
    int order = by_number(a->announcer_id, b->announcer_id);
    order = order ? order : by_number(a->flow_id, b->flow_id);
    return order ? order : by_number(a->own, b->own);
}

static int by_use(const void *left, const void *right)
{
    const struct smini_wanted *a = left, *b = right;
    int order = by_number(a->flow_id, b->flow_id);
    if (order == 0)
        order = strcmp(a->capture, b->capture);
    return order ? order : by_number(a->incident, b->incident);
}

struct gathering {
    struct smini_rows *wanted;
    const struct smini_rows *links; /* by flow */
    struct smini_rows announced;    /* the same, by announcer */
    int32_t status;
};

static void add(struct gathering *gathering, const struct smini_wanted *row)
{
    int32_t status = smini_rows_add(gathering->wanted, row);
    if (status < gathering->status)
        gathering->status = status;
}

/* The other parts of a transfer, but for the one that this was reached from, and theirs. */
static void add_parts(struct gathering *gathering, const struct smini_wanted *row, uint64_t but, int generation)
{
    struct smini_evidence_link key = {.announcer_id = row->flow_id};
    const struct smini_rows *links = &gathering->announced;
    for (size_t i = smini_rows_lower(links, &key, by_announcer); i < links->count; i++) {
        const struct smini_evidence_link *link = smini_rows_at(links, i);
        if (link->announcer_id != row->flow_id)
            return;
        if (!link->own || link->flow_id == but)
            continue;
        struct smini_wanted part = *row;
        part.flow_id = link->flow_id;
        add(gathering, &part);
        if (generation < GENERATIONS_MAX)
            add_parts(gathering, &part, but, generation + 1);
    }
}

/* Those that announced the flow, up to the command, each with its parts. */
static void add_announcers(struct gathering *gathering, const struct smini_wanted *row, int generation)
{
    struct smini_evidence_link key = {.flow_id = row->flow_id};
    for (size_t i = smini_rows_lower(gathering->links, &key, by_flow); i < gathering->links->count; i++) {
        const struct smini_evidence_link *link = smini_rows_at(gathering->links, i);
        if (link->flow_id != row->flow_id)
            return;
        struct smini_wanted announcer = *row;
        announcer.flow_id = link->announcer_id;
        announcer.kind = link->own ? row->kind : (uint32_t)SMINI_EVIDENCE_COMMAND;
        add(gathering, &announcer);
        if (link->own)
            add_parts(gathering, &announcer, row->flow_id, generation);
        if (generation < GENERATIONS_MAX)
            add_announcers(gathering, &announcer, generation + 1);
    }
}

static void add_incident(struct gathering *gathering, const struct smini_incident *incident, uint32_t number)
{
    for (uint32_t i = 0; i < incident->flow_count; i++) {
        const struct smini_incident_flow_reference *flow = &incident->flows[i];
        struct smini_wanted row = {.flow_id = flow->flow_id, .capture = flow->capture, .incident = number,
                                   .kind = flow->kind};
        add(gathering, &row);
        add_announcers(gathering, &row, 0);
        add_parts(gathering, &row, 0, 0);
    }
}

int32_t smini_wanted_gather(struct smini_rows *wanted, const struct smini_incident_set *incidents,
                            struct smini_rows *links)
{
    struct gathering gathering = {.wanted = wanted, .links = links, .status = SMIN_OK};
    const struct smini_incident *incident;
    smini_rows_sort(links, by_flow);
    smini_rows_init(&gathering.announced, wanted->alloc, sizeof(struct smini_evidence_link), SMINI_EVIDENCE_LINKS_MAX);
    for (size_t i = 0; i < links->count && gathering.status == SMIN_OK; i++)
        gathering.status = smini_rows_add(&gathering.announced, smini_rows_at(links, i));
    smini_rows_sort(&gathering.announced, by_announcer);
    for (uint32_t i = 0; i < SMINI_EVIDENCE_SLICES_MAX && (incident = smini_incident_get(incidents, i)); i++)
        add_incident(&gathering, incident, i);
    smini_rows_free(&gathering.announced);
    smini_rows_sort(wanted, by_use);
    return gathering.status;
}

size_t smini_wanted_find(const struct smini_rows *wanted, uint64_t flow_id, const char *capture)
{
    struct smini_wanted key = {.flow_id = flow_id, .capture = capture};
    size_t at = smini_rows_lower(wanted, &key, by_use);
    if (at == wanted->count)
        return SIZE_MAX;
    const struct smini_wanted *found = smini_rows_at(wanted, at);
    return found->flow_id == flow_id && strcmp(found->capture, capture) == 0 ? at : SIZE_MAX;
}

bool smini_wanted_same_flow(const struct smini_wanted *a, const struct smini_wanted *b)
{
    return a->flow_id == b->flow_id && strcmp(a->capture, b->capture) == 0;
}
