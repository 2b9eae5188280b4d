/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/draw.h"

#include <string.h>

#include "wireshark/statistics.h"

/* Text of a message that the info column repeats; the rest is in the tree. */
enum { COLUMN_TEXTS_MAX = 3 };

static const char *direction_text(uint32_t direction)
{
    return direction == SMIN_TO_CLIENT ? "to the client" : "to the server";
}

static const char *message_name(const struct smini_ws_adapter *adapter, const struct smin_message *message)
{
    const struct smin_message_desc *desc = smini_ws_message(adapter, message->id);
    return desc ? desc->name : "message";
}

void smini_ws_draw_link(const struct smini_ws_adapter *adapter, proto_tree *tree, tvbuff_t *tvb, enum smini_ws_own which,
                        uint32_t frame)
{
    proto_item_set_generated(proto_tree_add_uint(tree, adapter->own[which], tvb, 0, 0, frame));
}

/*
 * The bytes of a message: where the segment holds all of them they are marked in the frame, else they are a source of
 * data of their own. NULL: there are none.
 */
static tvbuff_t *message_bytes(const struct smini_ws_canvas *canvas, const struct smin_message *message)
{
    const struct smini_ws_piece *piece = canvas->piece;
    if (message->size == 0 || message->size > INT32_MAX)
        return NULL;
    if (canvas->tvb && piece->length != 0 && message->offset >= piece->offset &&
        message->offset - piece->offset + message->size <= tvb_captured_length(canvas->tvb))
        return tvb_new_subset_length(canvas->tvb, (int)(message->offset - piece->offset), (int)message->size);
    char *name = wmem_strdup_printf(canvas->pinfo->pool, "%s %s", canvas->adapter->column,
                                    message_name(canvas->adapter, message));
    tvbuff_t *tvb = tvb_new_child_real_data(canvas->tvb, message->bytes, (guint)message->size, (gint)message->size);
    add_new_data_source(canvas->pinfo, tvb, name);
    return tvb;
}

/* Where an event stands: in the message, behind it in the segment, or nowhere in this frame. */
static proto_item *add_event(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb,
                             const struct smin_message *message, const struct smin_event *event, const char *name)
{
    const struct smini_ws_piece *piece = canvas->piece;
    uint64_t start = 0, length = 0;
    tvbuff_t *where = tvb ? tvb : canvas->tvb;
    if (tvb && event->offset >= message->offset && event->offset - message->offset <= tvb_captured_length(tvb)) {
        start = event->offset - message->offset;
        length = event->length;
    } else if (piece->length != 0 && event->offset >= piece->offset && event->offset - piece->offset <= piece->length) {
        where = canvas->tvb;
        start = event->offset - piece->offset;
        length = event->length;
    }
    uint64_t room = where ? tvb_captured_length(where) - start : 0;
    if (length > room)
        length = room;
    return proto_tree_add_string(tree, canvas->adapter->own[SMINI_WS_EVENT], where, (int)start, (int)length, name);
}

static void draw_events(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb,
                        const struct smini_ws_kept *kept)
{
    for (uint32_t i = 0; i < kept->message.event_count; i++) {
        const struct smin_event *event = smini_ws_kept_event(kept, i);
        uint32_t index;
        const struct smin_event_desc *desc = smini_ws_event(canvas->adapter, event->id, &index);
        if (!desc)
            continue;
        proto_item *item = add_event(canvas, tree, tvb, &kept->message, event, desc->name);
        proto_item_set_generated(item);
        proto_item_append_text(item, ": %s", desc->meaning);
        if (desc->reference)
            proto_item_append_text(item, " (%s)", desc->reference);
        expert_add_info(canvas->pinfo, item, &canvas->adapter->events[index]);
    }
}

static void draw_exchange(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb,
                          const struct smini_ws_kept *kept)
{
    if (kept->answer)
        smini_ws_draw_link(canvas->adapter, tree, tvb, SMINI_WS_RESPONSE_IN, kept->answer->frame);
    if (!kept->question)
        return;
    smini_ws_draw_link(canvas->adapter, tree, tvb, SMINI_WS_RESPONSE_TO, kept->question->frame);
    nstime_t time;
    nstime_delta(&time, &kept->time, &kept->question->time);
    proto_item_set_generated(proto_tree_add_time(tree, canvas->adapter->own[SMINI_WS_RESPONSE_TIME], tvb, 0, 0, &time));
}

static proto_item *add_protocol(const struct smini_ws_canvas *canvas, tvbuff_t *tvb, int length, proto_tree **tree)
{
    proto_item *item = proto_tree_add_item(canvas->tree, canvas->adapter->protocol, tvb, 0, length, ENC_NA);
    *tree = proto_item_add_subtree(item, smini_ws_tree_message);
    return item;
}

static void add_text(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb, enum smini_ws_own which,
                     const char *text)
{
    proto_item_set_generated(proto_tree_add_string(tree, canvas->adapter->own[which], tvb, 0, 0, text));
}

static void add_truth(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb, enum smini_ws_own which,
                      bool truth)
{
    proto_item_set_generated(proto_tree_add_boolean(tree, canvas->adapter->own[which], tvb, 0, 0, truth));
}

/* What a record says of a message beside its fields; as there, what is usual is left out. */
static void draw_facts(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb,
                       const struct smin_message *message)
{
    add_text(canvas, tree, tvb, SMINI_WS_DIRECTION, message->direction == SMIN_TO_CLIENT ? "to_client" : "to_server");
    proto_item_set_generated(proto_tree_add_uint64(tree, canvas->adapter->own[SMINI_WS_OFFSET], tvb, 0, 0,
                                                   message->offset));
    if (message->kind == SMIN_KIND_MESSAGE) {
        add_text(canvas, tree, tvb, SMINI_WS_MESSAGE_NAME, message_name(canvas->adapter, message));
        add_truth(canvas, tree, tvb, SMINI_WS_COMPLETE, (message->flags & SMIN_MESSAGE_COMPLETE) != 0);
    } else {
        add_text(canvas, tree, tvb, SMINI_WS_KIND, message->kind == SMIN_KIND_TRAILER ? "trailer" : "stream");
    }
    if (message->flags & SMIN_MESSAGE_HOLE)
        add_truth(canvas, tree, tvb, SMINI_WS_HOLE, true);
    if (message->flags & SMIN_MESSAGE_LIMIT)
        add_truth(canvas, tree, tvb, SMINI_WS_LIMIT, true);
}

static proto_tree *message_tree(const struct smini_ws_canvas *canvas, tvbuff_t *tvb, const struct smin_message *message)
{
    proto_tree *tree;
    proto_item *item = add_protocol(canvas, tvb ? tvb : canvas->tvb, tvb ? -1 : 0, &tree);
    const char *way = direction_text(message->direction);
    if (message->kind == SMIN_KIND_STREAM)
        proto_item_append_text(item, ", stream %s", way);
    else
        proto_item_append_text(item, ", %s%s %s, %" PRIu64 " bytes",
                               message->kind == SMIN_KIND_TRAILER ? "bytes behind " : "",
                               message_name(canvas->adapter, message), way, message->length);
    return tree;
}

/* The info column: what the message is, and the texts that it carries, each once. */
static void draw_column(const struct smini_ws_canvas *canvas, const struct smini_ws_kept *kept)
{
    const struct smin_message *message = &kept->message;
    packet_info *pinfo = canvas->pinfo;
    if (message->kind == SMIN_KIND_STREAM) {
        for (uint32_t i = 0; i < message->event_count; i++) {
            uint32_t index;
            const struct smin_event_desc *desc = smini_ws_event(canvas->adapter, smini_ws_kept_event(kept, i)->id, &index);
            col_append_sep_fstr(pinfo->cinfo, COL_INFO, ", ", "[%s]", desc ? desc->name : "event");
        }
        return;
    }
    GString *line = g_string_new(message->kind == SMIN_KIND_TRAILER ? "bytes behind " : "");
    g_string_append(line, message_name(canvas->adapter, message));
    int texts = 0;
    for (uint32_t i = 0; i < message->field_count && texts < COLUMN_TEXTS_MAX; i++) {
        const struct smin_field *field = smini_ws_kept_field(kept, i);
        uint32_t index;
        const struct smin_field_desc *desc = smini_ws_field(canvas->adapter, field->id, &index);
        if (!desc || desc->type != SMIN_TYPE_TEXT || field->length == 0 || field->size == 0)
            continue;
        const char *text = smini_ws_text(pinfo->pool, field);
        if (strstr(line->str, text))
            continue;
        g_string_append_printf(line, "%s %s", texts++ ? "," : ":", text);
    }
    col_append_sep_str(pinfo->cinfo, COL_INFO, ", ", line->str);
    g_string_free(line, TRUE);
}

static void draw_kept(const struct smini_ws_canvas *canvas, const struct smini_ws_kept *kept)
{
    tvbuff_t *tvb = message_bytes(canvas, &kept->message);
    tvbuff_t *where = tvb ? tvb : canvas->tvb;
    proto_tree *tree = message_tree(canvas, tvb, &kept->message);
    smini_ws_draw_fields(canvas, tree, where, kept);
    draw_facts(canvas, tree, where, &kept->message);
    draw_exchange(canvas, tree, where, kept);
    draw_events(canvas, tree, tvb, kept);
    draw_column(canvas, kept);
    smini_ws_statistics_note(canvas->adapter, canvas->pinfo, kept);
}

/* Bytes of a message that does not end here, and what went wrong in the adapter. */
static void draw_part(const struct smini_ws_canvas *canvas)
{
    const struct smini_ws_piece *piece = canvas->piece;
    bool part = piece->length != 0 && (!piece->first || piece->completed_in != 0);
    if (!part && piece->troubles == 0)
        return;
    proto_tree *tree;
    proto_item *item = add_protocol(canvas, canvas->tvb, piece->length ? -1 : 0, &tree);
    if (part && piece->completed_in != 0) {
        proto_item_append_text(item, ", %s%u bytes %s of a message that ends later", piece->first ? "some of " : "",
                               piece->length, direction_text(piece->direction));
        smini_ws_draw_link(canvas->adapter, tree, canvas->tvb, SMINI_WS_COMPLETED_IN, piece->completed_in);
    } else if (part) {
        proto_item_append_text(item, ", %u bytes %s that are in no message so far", piece->length,
                               direction_text(piece->direction));
    }
    if (part && !piece->first)
        col_append_sep_str(canvas->pinfo->cinfo, COL_INFO, ", ",
                           piece->completed_in != 0 ? "[part of a message]" : "[in no message so far]");
    for (int i = 0; i < SMINI_WS_TROUBLE_COUNT; i++)
        if (piece->troubles & 1u << i)
            expert_add_info(canvas->pinfo, item, &canvas->adapter->trouble[i]);
}

void smini_ws_draw_piece(const struct smini_ws_adapter *adapter, packet_info *pinfo, proto_tree *tree, tvbuff_t *tvb,
                         const struct smini_ws_piece *piece)
{
    struct smini_ws_canvas canvas = {.adapter = adapter, .pinfo = pinfo, .tree = tree, .tvb = tvb, .piece = piece};
    draw_part(&canvas);
    for (const struct smini_ws_kept *kept = piece->first; kept; kept = kept->next)
        draw_kept(&canvas, kept);
}
