/* SPDX-License-Identifier: BSD-2-Clause */
/* Which arrows there are, and which devices are told together. */
#include <stdlib.h>

#include "base/address.h"
#include "report/talk.h"

enum { GROUP_LEAST = 4 };

static bool same_address(const struct smini_incident_address *a, const struct smini_incident_address *b)
{
    return smini_page_address_order(a, b) == 0;
}

static void add_left(struct smini_talk_node *node, const struct smini_incident *incident, uint32_t number)
{
    struct smini_talk_edge *edge = NULL;
    for (uint32_t i = 0; i < node->left_count && !edge; i++)
        if (node->left[i].verdict == incident->verdict && same_address(&node->left[i].other, &incident->actor))
            edge = &node->left[i];
    if (!edge && node->left_count == SMINI_TALK_EDGES_MAX) {
        node->left[node->left_count - 1].more++;
        return;
    }
    if (!edge) {
        edge = &node->left[node->left_count++];
        edge->other = incident->actor;
        edge->verdict = incident->verdict;
        edge->number = number;
    }
    edge->count++;
    edge->outcome = incident->outcome > edge->outcome ? incident->outcome : edge->outcome;
    edge->severity = incident->severity > edge->severity ? incident->severity : edge->severity;
}

static bool same_file(const struct smini_incident_file *a, const struct smini_incident_file *b)
{
    if (!a || !b)
        return a == b;
    return a->to_device == b->to_device && a->state == b->state && smini_span_equal(a->name, b->name);
}

static void add_right(struct smini_talk_node *node, const struct smini_incident_address *other,
                      const struct smini_incident_file *file, const struct smini_incident *incident, uint32_t number)
{
    for (uint32_t i = 0; i < node->right_count; i++) {
        struct smini_talk_edge *edge = &node->right[i];
        bool known = same_address(&edge->other, other);
        if (known && (same_file(edge->file, file) || !file)) {
            edge->count += file != NULL;
            return;
        }
    }
    if (node->right_count == SMINI_TALK_EDGES_MAX) {
        node->right[node->right_count - 1].more++;
        return;
    }
    struct smini_talk_edge *edge = &node->right[node->right_count++];
    edge->other = *other;
    edge->verdict = incident->verdict;
    edge->outcome = incident->outcome;
    edge->severity = incident->severity;
    edge->file = file;
    edge->number = number;
    edge->count = 1;
}

/* Servers that an order names, where no file was seen: whoever reads on wants to know where to look. */
static void add_named(struct smini_talk_node *node, const struct smini_incident *incident, uint32_t number)
{
    for (uint32_t i = 0; i < incident->commanded.count; i++) {
        struct smini_span text = incident->commanded.items[i];
        struct smini_incident_address host;
        /* In a command the URL is one of its words. */
        for (size_t at = 0; at < text.length;) {
            struct smini_span word = smini_span_part(text, at, text.length);
            word.length = smini_span_find(word, ' ');
            at += word.length + 1;
            host.version = smini_address_read(smini_url_host(word), host.bytes);
            if (host.version)
                add_right(node, &host, NULL, incident, number);
        }
    }
}

static void fill_node(const struct smini_page *page, struct smini_talk_node *node)
{
    const struct smini_page_subject *subject = node->subject;
    for (uint32_t i = 0; i < subject->incident_count; i++) {
        uint32_t number = subject->incidents[i];
        const struct smini_incident *incident = page->incidents[number].incident;
        add_left(node, incident, number);
        for (uint32_t k = 0; k < incident->file_count; k++)
            add_right(node, &incident->files[k].peer, &incident->files[k], incident, number);
    }
    for (uint32_t i = 0; i < subject->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[subject->incidents[i]].incident;
        if (smini_page_is_order(incident->verdict))
            add_named(node, incident, subject->incidents[i]);
    }
}

static int edge_order(const struct smini_talk_edge *a, const struct smini_talk_edge *b)
{
    int order = smini_page_address_order(&a->other, &b->other);
    if (order != 0)
        return order;
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict ? -1 : 1;
    if (a->outcome != b->outcome)
        return a->outcome < b->outcome ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    return a->more < b->more ? -1 : a->more > b->more;
}

static bool has_files(const struct smini_talk_node *node)
{
    for (uint32_t i = 0; i < node->right_count; i++)
        if (node->right[i].file)
            return true;
    return false;
}

/* Zero for devices that may be told together: the same orders of the same senders, and no file of their own. */
static int likeness(const struct smini_talk_node *a, const struct smini_talk_node *b)
{
    if (has_files(a) || has_files(b))
        return has_files(a) != has_files(b) ? (has_files(a) ? -1 : 1) : a->order < b->order ? -1 : a->order > b->order;
    if (a->left_count != b->left_count)
        return a->left_count < b->left_count ? -1 : 1;
    if (a->right_count != b->right_count)
        return a->right_count < b->right_count ? -1 : 1;
    for (uint32_t i = 0; i < a->left_count; i++) {
        int order = edge_order(&a->left[i], &b->left[i]);
        if (order != 0)
            return order;
    }
    for (uint32_t i = 0; i < a->right_count; i++) {
        int order = edge_order(&a->right[i], &b->right[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static int by_likeness(const void *one, const void *other)
{
    const struct smini_talk_node *a = one, *b = other;
    int order = likeness(a, b);
    if (order == 0)
        order = smini_page_address_order(&a->subject->address, &b->subject->address);
    return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

static int by_order(const void *one, const void *other)
{
    const struct smini_talk_node *a = one, *b = other;
    if ((a->members == 0) != (b->members == 0))
        return a->members == 0 ? 1 : -1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void group(struct smini_talk *talk)
{
    qsort(talk->nodes, talk->node_count, sizeof(*talk->nodes), by_likeness);
    for (uint32_t from = 0, to; from < talk->node_count; from = to) {
        struct smini_talk_node *first = &talk->nodes[from];
        for (to = from + 1; to < talk->node_count && likeness(first, &talk->nodes[to]) == 0; to++)
            continue;
        for (uint32_t i = from; i < to; i++)
            talk->nodes[i].members = 1;
        if (to - from < GROUP_LEAST)
            continue;
        first->members = to - from;
        first->last = talk->nodes[to - 1].subject->address;
        talk->grouped += to - from;
        for (uint32_t i = from + 1; i < to; i++) {
            talk->nodes[i].members = 0;
            first->order = talk->nodes[i].order < first->order ? talk->nodes[i].order : first->order;
        }
    }
    qsort(talk->nodes, talk->node_count, sizeof(*talk->nodes), by_order);
    while (talk->node_count > 0 && talk->nodes[talk->node_count - 1].members == 0)
        talk->node_count--;
    while (talk->node_count > SMINI_PAGE_DEVICES_MAX)
        talk->left_out += talk->nodes[--talk->node_count].members;
}

static void arrange(struct smini_talk *talk, const struct smini_page_work *work)
{
    struct smini_talk_edge *edge = talk->edges;
    for (uint32_t i = 0; i < work->subject_count; i++) {
        const struct smini_page_subject *subject = &work->subjects[i];
        if (subject->incident_count == 0) {
            talk->quiet++;
            continue;
        }
        struct smini_talk_node *node = &talk->nodes[talk->node_count++];
        node->subject = subject;
        node->order = i;
        node->left = edge;
        node->right = edge + SMINI_TALK_EDGES_MAX;
        edge += 2 * SMINI_TALK_EDGES_MAX;
        fill_node(work->page, node);
        talk->servers = talk->servers || node->right_count > 0;
    }
    group(talk);
}

uint32_t smini_talk_slots(const struct smini_talk_node *node)
{
    uint32_t slots = node->left_count > node->right_count ? node->left_count : node->right_count;
    return node->members > 1 && slots < 2 ? 2 : slots;
}

int32_t smini_page_talk(struct smini_page_work *work)
{
    struct smini_talk talk = {.alloc = work->alloc, .room = work->subject_count};
    talk.edge_room = talk.room * 2 * SMINI_TALK_EDGES_MAX;
    talk.nodes = smini_alloc_array(work->alloc, talk.room, sizeof(*talk.nodes));
    talk.edges = smini_alloc_array(work->alloc, talk.edge_room, sizeof(*talk.edges));
    bool room = talk.nodes && talk.edges;
    if (room) {
        arrange(&talk, work);
        smini_html_raw(work->html, "<section id=\"talk\" aria-labelledby=\"h-talk\"><h2 id=\"h-talk\">Who talked to whom</h2>\n");
        smini_talk_draw(work, &talk);
        smini_html_raw(work->html, "</section>\n");
    }
    smini_alloc_free(work->alloc, talk.nodes, talk.room * sizeof(*talk.nodes));
    smini_alloc_free(work->alloc, talk.edges, talk.edge_room * sizeof(*talk.edges));
    return room ? SMIN_OK : SMIN_E_NOMEM;
}
