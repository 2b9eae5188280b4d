/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence_slice.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "evidence_note.h"
#include "evidence_wanted.h"
#include "report/pcapng_write.h"
#include "smin/version.h"

enum { INTERFACES_MAX = 65536, LEAST_DIGITS = 2 };

/* What one packet needs on its way into a slice. */
struct copying {
    struct smini_slices *slices;
    const struct smini_selection *selection;
    const struct smini_capture *capture;
    struct smini_bytebuf comment;
    size_t next;      /* row of the selection's packets */
    size_t next_note;
};

int32_t smini_slices_init(struct smini_slices *slices, struct smini_alloc *alloc, struct smini_case_folder *folder,
                          const struct smini_incident_set *incidents, const struct smini_rows *wanted)
{
    memset(slices, 0, sizeof(*slices));
    slices->alloc = alloc;
    slices->folder = folder;
    slices->incidents = incidents;
    slices->wanted = wanted;
    while (slices->count < SMINI_EVIDENCE_SLICES_MAX && smini_incident_get(incidents, slices->count))
        slices->count++;
    for (uint32_t left = slices->count; left > 0 || slices->width < LEAST_DIGITS; left /= 10)
        slices->width++;
    slices->items = slices->count ? smini_alloc_array(alloc, slices->count, sizeof(*slices->items)) : NULL;
    if (slices->count && !slices->items)
        return SMIN_E_NOMEM;
    for (uint32_t i = 0; i < slices->count; i++) {
        smini_bytebuf_init(&slices->items[i].pending, alloc, SMINI_SLICE_PENDING + SMINI_SLICE_BLOCK_MAX);
        smini_rows_init(&slices->items[i].interfaces, alloc, sizeof(uint32_t), INTERFACES_MAX);
    }
    return SMIN_OK;
}

void smini_slice_folder_name(const struct smini_slices *slices, uint32_t index, char name[SMINI_CASE_NAME_BYTES])
{
    (void)snprintf(name, SMINI_CASE_NAME_BYTES, "incident-%0*u", slices->width, (unsigned)(index + 1));
}

void smini_slice_name(const struct smini_slices *slices, uint32_t index, char name[SMINI_CASE_NAME_BYTES])
{
    (void)snprintf(name, SMINI_CASE_NAME_BYTES, "incident-%0*u/slice.pcapng", slices->width, (unsigned)(index + 1));
}

static void write_out(struct smini_slices *slices, struct smini_slice *slice)
{
    slices->pending -= slice->pending.length;
    if (slice->pending.length > 0)
        (void)smini_case_file_append(slices->folder, &slice->file, smini_bytebuf_span(&slice->pending));
    smini_bytebuf_free(&slice->pending);
}

/* --- sections and interfaces --- */

static void put_about(struct smini_bytebuf *about, const struct smini_incident *incident, const char *capture)
{
    smini_note_string(about, "Slice of ");
    smini_note_text(about, smini_span_text(capture));
    smini_note_string(about, ": the flows that incident ");
    smini_note_string(about, incident->id);
    smini_note_string(about, " rests on (");
    smini_note_string(about, smini_incident_verdict_text(incident->verdict));
    smini_note_string(about, ", ");
    smini_note_string(about, smini_incident_outcome_text(incident->outcome));
    smini_note_string(about, "). Packets are as captured; what stands beside them was written by smin-replay.");
}

static int32_t begin_section(struct copying *copying, struct smini_slice *slice, uint32_t index)
{
    struct smini_slices *slices = copying->slices;
    struct smini_pcapng_section section = {.application = smini_span_text("smin-replay " SMIN_VERSION)};
    char name[SMINI_CASE_NAME_BYTES];
    if (!slice->file.name[0]) {
        smini_slice_folder_name(slices, index, name);
        (void)smini_case_folder_make(slices->folder, name);
        smini_slice_name(slices, index, name);
        smini_case_file_begin(&slice->file, name);
    }
    smini_bytebuf_clear(&copying->comment);
    put_about(&copying->comment, smini_incident_get(slices->incidents, index), smini_capture_name(copying->capture));
    section.comment = smini_bytebuf_span(&copying->comment);
    slice->interfaces.count = 0;
    slice->section = true;
    return smini_pcapng_put_section(&slice->pending, &section);
}

/* Number in the section of the packet's interface, which is described when it is met for the first time. */
static int32_t interface_of(const struct copying *copying, struct smini_slice *slice,
                            const struct smini_packet *packet, struct smini_pcapng_packet *out)
{
    struct smini_interface_view view = {.link_type = packet->link_type, .resolution = 9, .name = ""};
    (void)smini_capture_interface(copying->capture, packet->interface, &view);
    out->resolution = smini_pcapng_resolution(view.resolution);
    for (out->interface = 0; out->interface < slice->interfaces.count; out->interface++)
        if (*(const uint32_t *)smini_rows_at(&slice->interfaces, out->interface) == packet->interface)
            return SMIN_OK;
    struct smini_pcapng_interface interface = {.link_type = view.link_type,
                                               .snaplen = view.snaplen,
                                               .resolution = out->resolution,
                                               .name = smini_span_text(view.name)};
    int32_t status = smini_rows_add(&slice->interfaces, &packet->interface);
    return status == SMIN_OK ? smini_pcapng_put_interface(&slice->pending, &interface) : status;
}

/* --- packets --- */

/* The row of the flow's that says what it is to the incident; NULL: nothing. */
static const struct smini_wanted *use_of(const struct smini_rows *wanted, size_t flow, uint32_t incident)
{
    const struct smini_wanted *first = smini_rows_at(wanted, flow);
    for (size_t i = flow; i < wanted->count; i++) {
        const struct smini_wanted *row = smini_rows_at(wanted, i);
        if (!smini_wanted_same_flow(first, row))
            return NULL;
        if (row->incident == incident)
            return row;
    }
    return NULL;
}

static void put_verdict(struct smini_bytebuf *comment, const struct smini_incident *incident, uint32_t kind)
{
    smini_note_string(comment, "incident ");
    smini_note_string(comment, incident->id);
    smini_note_string(comment, ": ");
    smini_note_string(comment, smini_incident_verdict_text(incident->verdict));
    smini_note_string(comment, ", ");
    smini_note_string(comment, smini_incident_outcome_text(incident->outcome));
    smini_note_string(comment, "; flow: ");
    smini_note_string(comment, smini_incident_evidence_text((enum smini_evidence_kind)kind));
}

/* What is to be said of this packet, as far as it is about flows of the incident. */
static void comment_on(struct copying *copying, uint32_t incident, uint64_t packet)
{
    const struct smini_slices *slices = copying->slices;
    const struct smini_rows *notes = &copying->selection->notes;
    smini_bytebuf_clear(&copying->comment);
    for (size_t i = copying->next_note; i < notes->count; i++) {
        const struct smini_evidence_note *note = smini_rows_at(notes, i);
        if (note->packet != packet)
            return;
        const struct smini_wanted *use = use_of(slices->wanted, note->flow, incident);
        if (!use)
            continue;
        if (copying->comment.length == 0)
            put_verdict(&copying->comment, smini_incident_get(slices->incidents, incident), use->kind);
        smini_note_string(&copying->comment, "\n");
        struct smini_span texts = smini_bytebuf_span(&copying->selection->texts);
        (void)smini_bytebuf_add(&copying->comment, smini_span_part(texts, (size_t)note->offset, note->length));
    }
}

static void copy_into(struct copying *copying, uint32_t index, const struct smini_packet *packet)
{
    struct smini_slices *slices = copying->slices;
    struct smini_slice *slice = &slices->items[index];
    struct smini_pcapng_packet out = {.time_ns = packet->time_ns,
                                      .bytes = smini_span_make(packet->bytes, packet->captured),
                                      .wire_length = packet->wire_length};
    size_t before = slice->pending.length;
    int32_t status = slice->section ? SMIN_OK : begin_section(copying, slice, index);
    if (status == SMIN_OK)
        status = interface_of(copying, slice, packet, &out);
    if (status == SMIN_OK) {
        comment_on(copying, index, packet->number);
        out.comment = smini_bytebuf_span(&copying->comment);
        status = smini_pcapng_put_packet(&slice->pending, &out);
    }
    slices->pending += slice->pending.length - before;
    slice->packets += status == SMIN_OK;
    slice->bytes += status == SMIN_OK ? packet->captured : 0;
    slices->lost += status != SMIN_OK;
    if (slice->pending.length >= SMINI_SLICE_PENDING)
        write_out(slices, slice);
    for (uint32_t i = 0; slices->pending >= SMINI_SLICES_PENDING && i < slices->count; i++)
        write_out(slices, &slices->items[i]);
}

static uint64_t row_at(const struct copying *copying, size_t index)
{
    uint64_t row;
    memcpy(&row, smini_rows_at(&copying->selection->packets, index), sizeof(row));
    return row;
}

/* A packet may be wanted through two flows (two readings of fragments); it stands once in a slice. */
static bool came_before(const struct copying *copying, size_t first, size_t index, uint32_t incident)
{
    for (size_t i = first; i < index; i++)
        if (use_of(copying->slices->wanted, row_at(copying, i) & ((1u << SMINI_MEMBER_FLOW_BITS) - 1), incident))
            return true;
    return false;
}

static void copy_packet(struct copying *copying, const struct smini_packet *packet)
{
    const struct smini_rows *wanted = copying->slices->wanted;
    const struct smini_rows *notes = &copying->selection->notes;
    size_t first = copying->next;
    while (copying->next_note < notes->count &&
           ((const struct smini_evidence_note *)smini_rows_at(notes, copying->next_note))->packet < packet->number)
        copying->next_note++;
    for (; copying->next < copying->selection->packets.count; copying->next++) {
        uint64_t row = row_at(copying, copying->next);
        if (row >> SMINI_MEMBER_FLOW_BITS != packet->number)
            return;
        size_t flow = row & ((1u << SMINI_MEMBER_FLOW_BITS) - 1);
        const struct smini_wanted *same = smini_rows_at(wanted, flow);
        for (size_t i = flow; i < wanted->count; i++) {
            const struct smini_wanted *use = smini_rows_at(wanted, i);
            if (!smini_wanted_same_flow(same, use))
                break;
            if (!came_before(copying, first, copying->next, use->incident))
                copy_into(copying, use->incident, packet);
        }
    }
}

/* --- a file --- */

static void copy_member(struct copying *copying, struct smini_capture *capture)
{
    struct smini_packet packets[SMINI_CAPTURE_BATCH];
    const struct smini_rows *wanted = &copying->selection->packets;
    uint32_t count = 0;
    copying->next = copying->next_note = 0;
    for (uint32_t i = 0; i < copying->slices->count; i++)
        copying->slices->items[i].section = false;
    while (copying->next < wanted->count && smini_capture_next(capture, packets, &count) == SMIN_OK)
        for (uint32_t i = 0; i < count && copying->next < wanted->count; i++)
            if (row_at(copying, copying->next) >> SMINI_MEMBER_FLOW_BITS == packets[i].number)
                copy_packet(copying, &packets[i]);
    copying->slices->lost += wanted->count - copying->next;
}

static uint64_t packets_from(const struct smini_selections *selections, size_t first)
{
    uint64_t packets = 0;
    for (size_t i = first; i < selections->list.count; i++)
        packets += ((const struct smini_selection *)smini_rows_at(&selections->list, i))->packets.count;
    return packets;
}

void smini_slices_copy(struct smini_slices *slices, const struct smini_selections *selections,
                       const struct smini_capture_limits *limits, const struct smini_input_file *input)
{
    struct copying copying = {.slices = slices};
    struct smini_capture *capture = NULL;
    size_t at = 0;
    int fd = open(input->path, O_RDONLY | O_CLOEXEC);
    int32_t status = fd < 0 ? SMIN_E_IO : smini_capture_open(&capture, slices->alloc, fd, input->name, limits, NULL);
    smini_bytebuf_init(&copying.comment, slices->alloc, SMINI_PCAPNG_TEXT_MAX);
    copying.capture = capture;
    for (uint32_t member = 0; status == SMIN_OK && at < selections->list.count; member++) {
        copying.selection = smini_rows_at(&selections->list, at);
        if (copying.selection->member == member) {
            copy_member(&copying, capture);
            at++;
        }
        if (at < selections->list.count)
            status = smini_capture_next_member(capture);
    }
    slices->lost += packets_from(selections, at);
    smini_bytebuf_free(&copying.comment);
    smini_capture_free(&capture);
    if (fd >= 0)
        close(fd);
}

void smini_slices_end(struct smini_slices *slices)
{
    for (uint32_t i = 0; i < slices->count; i++) {
        write_out(slices, &slices->items[i]);
        if (slices->items[i].file.name[0])
            (void)smini_case_file_end(slices->folder, &slices->items[i].file);
    }
}

void smini_slices_free(struct smini_slices *slices)
{
    for (uint32_t i = 0; i < slices->count && slices->items; i++) {
        smini_bytebuf_free(&slices->items[i].pending);
        smini_rows_free(&slices->items[i].interfaces);
    }
    smini_alloc_free(slices->alloc, slices->items, slices->count * sizeof(*slices->items));
    slices->items = NULL;
}
