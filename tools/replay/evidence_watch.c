/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence_watch.h"

#include <stdio.h>

#include "evidence_wanted.h"

int32_t smini_evidence_watch_open(struct smini_evidence_watch *watch, uint32_t input_count)
{
    memset(watch, 0, sizeof(*watch));
    smini_alloc_init(&watch->alloc, 0);
    smini_rows_init(&watch->links, &watch->alloc, sizeof(struct smini_evidence_link), SMINI_EVIDENCE_LINKS_MAX);
    smini_rows_init(&watch->moved, &watch->alloc, sizeof(struct smini_case_moved), SMINI_CASE_FILES_MAX);
    smini_bytebuf_init(&watch->texts, &watch->alloc, SMINI_CASE_FILE_NAMES_MAX);
    pthread_mutex_init(&watch->lock, NULL);
    watch->inputs = input_count ? smini_alloc_array(&watch->alloc, input_count, sizeof(*watch->inputs)) : NULL;
    watch->input_count = watch->inputs ? input_count : 0;
    return watch->input_count == input_count ? SMIN_OK : SMIN_E_NOMEM;
}

void smini_evidence_watch_close(struct smini_evidence_watch *watch)
{
    smini_rows_free(&watch->links);
    smini_rows_free(&watch->moved);
    smini_bytebuf_free(&watch->texts);
    smini_alloc_free(&watch->alloc, watch->inputs, watch->input_count * sizeof(*watch->inputs));
    watch->inputs = NULL;
    pthread_mutex_destroy(&watch->lock);
}

void smini_evidence_announced(struct smini_evidence_watch *watch, uint64_t flow_id, uint64_t announcer_id, int own)
{
    struct smini_evidence_link link = {flow_id, announcer_id, own != 0};
    pthread_mutex_lock(&watch->lock);
    watch->links_lost += smini_rows_add(&watch->links, &link) != SMIN_OK;
    pthread_mutex_unlock(&watch->lock);
}

/* Where the text begins, ended by NUL. */
static bool keep_text(struct smini_bytebuf *texts, struct smini_span text, size_t *at)
{
    *at = texts->length;
    if (smini_bytebuf_reserve(texts, text.length + 1) != SMIN_OK)
        return false;
    (void)smini_bytebuf_add(texts, text);
    return smini_bytebuf_add(texts, smini_span_make("", 1)) == SMIN_OK;
}

void smini_evidence_moved(struct smini_evidence_watch *watch, const struct smini_incident_transfer *transfer)
{
    struct smini_case_moved row = {.transfer = *transfer};
    pthread_mutex_lock(&watch->lock);
    bool kept = keep_text(&watch->texts, transfer->name, &row.name_at) &&
                keep_text(&watch->texts, smini_span_text(transfer->place.capture), &row.capture_at) &&
                smini_rows_add(&watch->moved, &row) == SMIN_OK;
    watch->moved_lost += !kept;
    pthread_mutex_unlock(&watch->lock);
}

void smini_evidence_counters(struct smini_evidence_watch *watch, uint32_t input,
                             const struct smini_run_counters *counters)
{
    struct smini_case_input *one = &watch->inputs[input];
    if (counters->packets == 0)
        return;
    if (one->packets == 0 || counters->first_ns < one->first_ns)
        one->first_ns = counters->first_ns;
    if (counters->last_ns > one->last_ns)
        one->last_ns = counters->last_ns;
    one->packets += counters->packets;
}

void smini_evidence_lost(struct smini_evidence_watch *watch, uint32_t input, const struct smini_problem *problem)
{
    char *trouble = watch->inputs[input].trouble;
    if (!*trouble)
        (void)snprintf(trouble, SMINI_CASE_TROUBLE_BYTES, "%s", problem->event);
}

static int by_number(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

static int by_place(const void *left, const void *right)
{
    const struct smini_incident_transfer *a = &((const struct smini_case_moved *)left)->transfer;
    const struct smini_incident_transfer *b = &((const struct smini_case_moved *)right)->transfer;
    int order = strcmp(a->place.capture, b->place.capture);
    if (order == 0)
        order = by_number(a->place.packet, b->place.packet);
    if (order == 0)
        order = by_number(a->flow_id, b->flow_id);
    return order ? order : strcmp((const char *)a->name.bytes, (const char *)b->name.bytes);
}

void smini_evidence_watch_sort(struct smini_evidence_watch *watch)
{
    for (size_t i = 0; i < watch->moved.count; i++) {
        struct smini_case_moved *row = smini_rows_at(&watch->moved, i);
        row->transfer.name.bytes = watch->texts.bytes + row->name_at;
        row->transfer.place.capture = (const char *)watch->texts.bytes + row->capture_at;
    }
    smini_rows_sort(&watch->moved, by_place);
}
