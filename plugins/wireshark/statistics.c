/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/statistics.h"

static const char messages_title[] = "messages", events_title[] = "events";
static const char *const directions[] = {"to the server", "to the client"};

/* What a listener gets: of the adapter that made it. */
struct tapped {
    const struct smini_ws_adapter *adapter;
    const struct smini_ws_kept *kept;
};

static void prepare(stats_tree *tree)
{
    stats_tree_create_node(tree, messages_title, 0, STAT_DT_INT, TRUE);
    stats_tree_create_node(tree, events_title, 0, STAT_DT_INT, TRUE);
}

/* One more of `name` below `parent`; the node is made where it is missing. */
static int count(stats_tree *tree, const char *name, int parent, bool has_children)
{
    return stats_tree_manip_node_int(MN_INCREASE, tree, name, parent, has_children, 1);
}

static tap_packet_status count_output(stats_tree *tree, packet_info *pinfo, epan_dissect_t *edt, const void *data,
                                      tap_flags_t flags)
{
    const struct tapped *tapped = data;
    const struct smin_message *message = &tapped->kept->message;
    (void)pinfo;
    (void)edt;
    (void)flags;
    if (message->kind == SMIN_KIND_MESSAGE) {
        const struct smin_message_desc *desc = smini_ws_message(tapped->adapter, message->id);
        int all = count(tree, messages_title, 0, true);
        int way = count(tree, directions[message->direction == SMIN_TO_CLIENT], all, true);
        count(tree, desc ? desc->name : "?", way, false);
    }
    for (uint32_t i = 0; i < message->event_count; i++) {
        uint32_t index;
        const struct smin_event_desc *desc = smini_ws_event(tapped->adapter, smini_ws_kept_event(tapped->kept, i)->id,
                                                            &index);
        count(tree, desc ? desc->name : "?", count(tree, events_title, 0, true), false);
    }
    return TAP_PACKET_REDRAW;
}

void smini_ws_statistics_register(const struct smini_ws_adapter *adapter)
{
    stats_tree_register_plugin(adapter->filter, adapter->filter, adapter->column, 0, count_output, prepare, NULL);
}

void smini_ws_statistics_note(const struct smini_ws_adapter *adapter, packet_info *pinfo,
                              const struct smini_ws_kept *kept)
{
    if (!have_tap_listener(adapter->tap))
        return;
    struct tapped *tapped = wmem_new(pinfo->pool, struct tapped);
    *tapped = (struct tapped){.adapter = adapter, .kept = kept};
    tap_queue_packet(adapter->tap, pinfo, tapped);
}
