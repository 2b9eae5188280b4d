/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "wireshark/draw.h"

/* A field and the bytes of its message that it covers. Length 0: derived, from no bytes in particular. */
struct place {
    tvbuff_t *tvb;
    int start, length;
};

static struct place place_of(tvbuff_t *tvb, const struct smin_message *message, uint64_t offset, uint32_t length)
{
    struct place place = {.tvb = tvb};
    uint64_t room = tvb ? tvb_captured_length(tvb) : 0;
    if (length == 0 || offset < message->offset || offset - message->offset >= room)
        return place;
    uint64_t start = offset - message->offset;
    place.start = (int)start;
    place.length = (int)(length < room - start ? length : room - start);
    return place;
}

static proto_item *add_bytes(const struct smini_ws_canvas *canvas, proto_tree *tree, int number,
                             const struct place *place, const struct smin_field *field)
{
    static const guint8 none[1];
    (void)canvas;
    return proto_tree_add_bytes_with_length(tree, number, place->tvb, place->start, place->length,
                                            field->bytes ? field->bytes : none, (int)field->size);
}

/* NULL: the value does not fit its type. */
static proto_item *add_value(const struct smini_ws_canvas *canvas, proto_tree *tree, int number,
                             const struct smin_field_desc *desc, const struct place *place,
                             const struct smin_field *field)
{
    uint32_t ipv4;
    switch (desc->type) {
    case SMIN_TYPE_NUMBER:
        return proto_tree_add_uint64(tree, number, place->tvb, place->start, place->length, field->number);
    case SMIN_TYPE_BOOL:
        return proto_tree_add_boolean(tree, number, place->tvb, place->start, place->length, field->number != 0);
    case SMIN_TYPE_TEXT:
        return proto_tree_add_string(tree, number, place->tvb, place->start, place->length,
                                     smini_ws_text(canvas->pinfo->pool, field));
    case SMIN_TYPE_MAC:
        if (field->size < 6 || !field->bytes)
            return NULL;
        return proto_tree_add_ether(tree, number, place->tvb, place->start, place->length, field->bytes);
    case SMIN_TYPE_IPV4:
        if (field->size < 4 || !field->bytes)
            return NULL;
        memcpy(&ipv4, field->bytes, sizeof(ipv4));
        return proto_tree_add_ipv4(tree, number, place->tvb, place->start, place->length, ipv4);
    default:
        return add_bytes(canvas, tree, number, place, field);
    }
}

/* "tlvs[].type" and "reload.now" belong to a group: the part before the brackets or the dot. 0: none. */
static size_t group_length(const char *key, bool *repeats)
{
    *repeats = false;
    if (!key)
        return 0;
    const char *dot = strchr(key, '.');
    if (!dot)
        return 0;
    size_t length = (size_t)(dot - key);
    *repeats = length > 2 && memcmp(dot - 2, "[]", 2) == 0;
    return *repeats ? length - 2 : length;
}

/* The subtree that the last field of a group went into. */
struct group {
    const char *key;
    size_t length;
    proto_tree *tree;
    proto_item *item;
    unsigned count;
};

static proto_tree *tree_for(struct group *group, proto_tree *tree, const char *key, const struct place *place,
                            uint32_t flags)
{
    bool repeats;
    size_t length = group_length(key, &repeats);
    if (length == 0)
        return tree;
    bool same = group->length == length && memcmp(group->key, key, length) == 0;
    if (!same)
        *group = (struct group){.key = key, .length = length};
    else if (!repeats || !(flags & SMIN_FIELD_NEW_ITEM))
        return group->tree;
    group->count++;
    char name[64];
    g_snprintf(name, sizeof(name), "%.*s", (int)length, key);
    group->tree = repeats
        ? proto_tree_add_subtree_format(tree, place->tvb, place->start, place->length, smini_ws_tree_group,
                                        &group->item, "%s %u", name, group->count)
        : proto_tree_add_subtree(tree, place->tvb, place->start, place->length, smini_ws_tree_group, &group->item, name);
    return group->tree;
}

static void grow_group(const struct group *group, const proto_tree *into, const proto_tree *tree,
                       const struct place *place)
{
    if (into != tree && group->item && place->length > 0)
        proto_item_set_end(group->item, place->tvb, place->start + place->length);
}

static void add_transfers(const struct smini_ws_canvas *canvas, proto_item *item, tvbuff_t *tvb,
                          const struct smini_ws_kept *kept, uint32_t field)
{
    for (const struct smini_ws_link *link = kept->transfers; link; link = link->next)
        if (link->field == field)
            smini_ws_draw_link(canvas->adapter, proto_item_add_subtree(item, smini_ws_tree_group), tvb,
                               SMINI_WS_TRANSFER_IN, link->frame);
}

void smini_ws_draw_fields(const struct smini_ws_canvas *canvas, proto_tree *tree, tvbuff_t *tvb,
                          const struct smini_ws_kept *kept)
{
    const struct smin_message *message = &kept->message;
    struct group group = {0};
    for (uint32_t i = 0; i < message->field_count; i++) {
        const struct smin_field *field = smini_ws_kept_field(kept, i);
        uint32_t index;
        const struct smin_field_desc *desc = smini_ws_field(canvas->adapter, field->id, &index);
        if (!desc)
            continue;
        struct place place = place_of(tvb, message, field->offset, field->length);
        proto_tree *into = tree_for(&group, tree, desc->key, &place, field->flags);
        proto_item *item = add_value(canvas, into, canvas->adapter->fields[index], desc, &place, field);
        grow_group(&group, into, tree, &place);
        if (field->length == 0)
            proto_item_set_generated(item);
        if (field->flags & SMIN_FIELD_CUT)
            proto_item_append_text(item, " [cut]");
        if (field->flags & SMIN_FIELD_UNTERMINATED)
            proto_item_append_text(item, " [no end]");
        add_transfers(canvas, item, tvb, kept, i);
    }
}
