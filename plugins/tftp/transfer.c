/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/transfer.h"

#include "tftp/contents.h"

enum { FIRST_PLACES = 16, CONTEXT_BYTES = 8 };

static bool grow_places(struct smin_thread *thread)
{
    if (thread->place_room >= SMINI_TFTP_TRANSFERS_MAX)
        return false;
    uint32_t room = thread->place_room ? thread->place_room * 2 : FIRST_PLACES;
    struct smini_tftp_place *places =
        smini_alloc_grow(&thread->alloc, thread->places, thread->place_room * sizeof(*places), room * sizeof(*places));
    if (!places)
        return false;
    thread->places = places;
    thread->place_room = room;
    return true;
}

/* A place in the table, by which other flows find it; without one it lives on, but is found by nobody. */
static void find_place(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    uint32_t place = thread->free_place;
    if (place != 0) {
        thread->free_place = thread->places[place - 1].next_free;
    } else if (thread->place_used < thread->place_room || grow_places(thread)) {
        place = ++thread->place_used;
    } else {
        thread->stats.limit_hits++;
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_LIMIT_TRANSFERS, SMINI_TFTP_TRANSFERS_MAX);
        return;
    }
    thread->places[place - 1].transfer = transfer;
    transfer->place = place;
    transfer->generation = ++thread->places[place - 1].generation;
}

static struct smini_tftp_transfer *make(struct smin_thread *thread)
{
    struct smini_tftp_transfer *made = smini_alloc_get(&thread->alloc, sizeof(*made));
    if (!made)
        return NULL;
    made->users = 1;
    made->blksize = SMINI_TFTP_BLOCK_BYTES;
    made->window = 1;
    made->next = 1;
    return made;
}

static void destroy(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    if (transfer->place != 0) {
        struct smini_tftp_place *place = &thread->places[transfer->place - 1];
        place->transfer = NULL;
        place->next_free = thread->free_place;
        thread->free_place = transfer->place;
    }
    smini_tftp_contents_drop(thread, transfer);
    smini_alloc_free(&thread->alloc, transfer->name, transfer->name_length);
    smini_alloc_free(&thread->alloc, transfer->prefix, transfer->prefix_room);
    smini_alloc_free(&thread->alloc, transfer, sizeof(*transfer));
}

void smini_tftp_transfer_leave(struct smin_thread *thread, struct smin_flow *flow)
{
    struct smini_tftp_transfer *transfer = flow->transfer;
    if (!transfer)
        return;
    flow->transfer = NULL;
    if (transfer->carrier == flow) {
        transfer->carrier = NULL;
        transfer->file = NULL; /* gone with the flow */
        transfer->finished = true;
    }
    if (--transfer->users == 0)
        destroy(thread, transfer);
}

int32_t smini_tftp_transfer_new(struct smin_thread *thread, struct smin_flow *flow)
{
    struct smini_tftp_transfer *made = make(thread);
    if (!made)
        return SMIN_E_NOMEM;
    smini_tftp_transfer_leave(thread, flow);
    flow->transfer = made;
    return SMIN_OK;
}

static int32_t copy_name(struct smin_thread *thread, struct smini_tftp_transfer *transfer, struct smini_span name)
{
    size_t length = name.length < SMINI_TFTP_NAME_BYTES ? name.length : SMINI_TFTP_NAME_BYTES;
    transfer->name_cut = length < name.length;
    if (length == 0)
        return SMIN_OK;
    transfer->name = smini_alloc_get(&thread->alloc, length);
    if (!transfer->name)
        return SMIN_E_NOMEM;
    memcpy(transfer->name, name.bytes, length);
    transfer->name_length = (uint32_t)length;
    return SMIN_OK;
}

int32_t smini_tftp_transfer_request(struct smin_thread *thread, const struct smini_tftp_packet *packet)
{
    struct smini_tftp_transfer *transfer = thread->flow->transfer;
    transfer->opcode = packet->opcode;
    transfer->sender = packet->opcode == SMINI_TFTP_READ ? SMIN_TO_CLIENT : SMIN_TO_SERVER;
    transfer->sender_known = true;
    transfer->wanted = packet->options;
    transfer->text = smini_span_equal_nocase(packet->mode, smini_span_text("netascii")) ||
                     smini_span_equal_nocase(packet->mode, smini_span_text("mail"));
    find_place(thread, transfer);
    return copy_name(thread, transfer, packet->name);
}

uint32_t smini_tftp_transfer_context(const struct smini_tftp_transfer *transfer, uint8_t *context)
{
    if (transfer->place == 0)
        return 0;
    memcpy(context, &transfer->place, sizeof(transfer->place));
    memcpy(context + sizeof(transfer->place), &transfer->generation, sizeof(transfer->generation));
    return CONTEXT_BYTES;
}

static struct smini_tftp_transfer *find(const struct smin_thread *thread, const uint8_t *context, uint32_t length)
{
    uint32_t place, generation;
    if (length != CONTEXT_BYTES)
        return NULL;
    memcpy(&place, context, sizeof(place));
    memcpy(&generation, context + sizeof(place), sizeof(generation));
    if (place == 0 || place > thread->place_used || thread->places[place - 1].generation != generation)
        return NULL;
    return thread->places[place - 1].transfer;
}

int32_t smini_tftp_transfer_join(struct smin_thread *thread, struct smin_flow *flow, const uint8_t *context,
                                 uint32_t length)
{
    struct smini_tftp_transfer *found = find(thread, context, length);
    if (!found)
        return SMIN_OK;
    if (!found->carrier && !found->finished) {
        found->users++;
        found->carrier = flow;
        flow->transfer = found;
        return SMIN_OK;
    }
    struct smini_tftp_transfer *made = make(thread);
    if (!made)
        return SMIN_E_NOMEM;
    made->opcode = found->opcode;
    made->sender = found->sender;
    made->sender_known = found->sender_known;
    made->wanted = found->wanted;
    made->text = found->text;
    made->carrier = flow;
    if (copy_name(thread, made, smini_tftp_transfer_name(found)) != SMIN_OK) {
        destroy(thread, made);
        return SMIN_E_NOMEM;
    }
    made->name_cut = found->name_cut;
    flow->transfer = made;
    return SMIN_OK;
}

void smini_tftp_transfer_note(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint32_t event,
                              uint64_t number)
{
    if (transfer->finished) { /* its message is gone */
        smini_tftp_tell(thread, event, number);
        return;
    }
    for (uint32_t i = 0; i < transfer->event_count; i++)
        if (transfer->events[i].id == event)
            return;
    if (transfer->event_count < SMINI_TFTP_EVENTS_MAX)
        transfer->events[transfer->event_count++] =
            (struct smin_event){.id = event, .offset = thread->input->offset, .number = number};
}

/* Of a request the client's wish, of an answer what the server knows. */
static uint64_t declared_size(const struct smini_tftp_transfer *transfer)
{
    if (transfer->agreed.known & SMINI_TFTP_OPTION_TSIZE)
        return transfer->agreed.tsize;
    if (transfer->opcode == SMINI_TFTP_WRITE && (transfer->wanted.known & SMINI_TFTP_OPTION_TSIZE))
        return transfer->wanted.tsize;
    return UINT64_MAX;
}

void smini_tftp_transfer_open_file(struct smin_thread *thread, struct smini_tftp_transfer *transfer)
{
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (transfer->begun)
        return;
    transfer->begun = true;
    if (!host)
        return;
    struct smin_file about = {.struct_size = sizeof(about),
                              .direction = transfer->sender,
                              .name = transfer->name,
                              .name_length = transfer->name_length,
                              .size = declared_size(transfer),
                              .flags = (transfer->text ? SMIN_FILE_DECODED : 0u) |
                                       (transfer->name_cut ? SMIN_FILE_NAME_CUT : 0u)};
    if (host->begin(thread->instance->guest.host.user, thread->flow->flow_user, &about, &transfer->file) != SMIN_OK)
        transfer->file = NULL; /* the host tells its own limits */
}

/* Of a text some declare what the file has, and some what will move; with a gap in it nobody can say. */
static bool is_of_size(const struct smini_tftp_transfer *transfer, uint64_t declared)
{
    if (declared == UINT64_MAX || declared == transfer->wire_bytes + transfer->gap_bytes)
        return true;
    return transfer->text && (transfer->gap_bytes > 0 || declared == transfer->bytes);
}

static const char *state_word(uint32_t state)
{
    return state == SMIN_FILE_CLOSED || state == SMIN_FILE_UNCONFIRMED ? "closed" : state == SMIN_FILE_REFUSED ? "refused" : "truncated";
}

static void report_file(struct smin_thread *thread, const struct smini_tftp_transfer *transfer, uint32_t state)
{
    struct smini_tftp_report report;
    struct smini_span name = smini_tftp_transfer_name(transfer);
    uint32_t cut = transfer->name_cut ? (uint32_t)SMIN_FIELD_CUT : 0;
    bool whole = transfer->last_seen && transfer->gap_bytes == 0;
    smini_tftp_report_begin(&report, SMINI_TFTP_MESSAGE_FILE);
    report.flags = (whole ? (uint32_t)SMIN_MESSAGE_COMPLETE : 0) |
                   (transfer->gap_bytes ? (uint32_t)SMIN_MESSAGE_HOLE : 0);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_PACKET, smini_span_text("file"), 0);
    if (transfer->opcode != 0) {
        smini_tftp_report_text(&report, SMINI_TFTP_FIELD_FILE, name, cut);
        smini_tftp_report_text(&report, SMIN_FIELD_FILE_NAME, name, cut);
    }
    if (transfer->text)
        smini_tftp_report_text(&report, SMINI_TFTP_FIELD_MODE, smini_span_text("netascii"), 0);
    smini_tftp_report_options(&report, &transfer->agreed);
    smini_tftp_report_text(&report, SMINI_TFTP_FIELD_STATE, smini_span_text(state_word(state)), 0);
    if (transfer->sender_known)
        smini_tftp_report_text(&report, SMINI_TFTP_FIELD_MOVES,
                               smini_span_text(transfer->sender == SMIN_TO_SERVER ? "to_server" : "to_client"), 0);
    smini_tftp_report_number(&report, SMINI_TFTP_FIELD_SIZE, transfer->bytes);
    if (transfer->text)
        smini_tftp_report_number(&report, SMINI_TFTP_FIELD_WIRE_SIZE, transfer->wire_bytes);
    smini_tftp_report_number(&report, SMINI_TFTP_FIELD_GAPS, transfer->gap_bytes != 0);
    if (transfer->gap_bytes)
        smini_tftp_report_number(&report, SMINI_TFTP_FIELD_GAP_BYTES, transfer->gap_bytes);
    smini_tftp_report_number(&report, SMINI_TFTP_FIELD_BLOCKS, transfer->blocks);
    if (transfer->duplicates)
        smini_tftp_report_number(&report, SMINI_TFTP_FIELD_DUPLICATES, transfer->duplicates);
    smini_tftp_report_number(&report, SMINI_TFTP_FIELD_ACKNOWLEDGED, transfer->acknowledged);
    if (transfer->prefix_length)
        smini_tftp_report_text(&report, SMIN_FIELD_FILE_DATA,
                               smini_span_make(transfer->prefix, transfer->prefix_length),
                               transfer->bytes > transfer->prefix_length ? (uint32_t)SMIN_FIELD_CUT : 0);
    report.event_count = transfer->event_count;
    memcpy(report.events, transfer->events, transfer->event_count * sizeof(report.events[0]));
    smini_tftp_report_send(thread, &report, false);
}

void smini_tftp_transfer_finish(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint32_t state)
{
    const struct smin_ext_file *host = thread->instance->guest.file;
    if (transfer->finished)
        return;
    smini_tftp_contents_flush(thread, transfer);
    if (transfer->last_seen)
        state = transfer->acknowledged ? SMIN_FILE_CLOSED : SMIN_FILE_UNCONFIRMED;
    smini_tftp_transfer_open_file(thread, transfer);
    if (!transfer->last_seen)
        smini_tftp_transfer_note(thread, transfer,
                                 state == SMIN_FILE_REFUSED ? SMINI_TFTP_EVENT_REFUSED : SMINI_TFTP_EVENT_INCOMPLETE,
                                 transfer->bytes);
    uint64_t declared = declared_size(transfer);
    if (transfer->last_seen && !is_of_size(transfer, declared))
        smini_tftp_transfer_note(thread, transfer, SMINI_TFTP_EVENT_SIZE_MISMATCH, declared);
    if (transfer->file)
        host->end(thread->instance->guest.host.user, transfer->file, state, thread->input->time_ns,
                  thread->input->packet_number);
    transfer->file = NULL;
    transfer->finished = true;
    report_file(thread, transfer, state);
}
