/* SPDX-License-Identifier: BSD-2-Clause */
/* The adapter as a whole: which inspector it shows, and what is registered in Wireshark for it. */
#ifndef SMINI_WIRESHARK_ADAPTER_H
#define SMINI_WIRESHARK_ADAPTER_H

#include "host/describe.h"
#include "host/session.h"
#include "smin/version.h"
#include "wireshark/ws.h"

/* What the adapter shows beside the fields of an inspector, under the inspector's name. */
enum smini_ws_own {
    SMINI_WS_EVENT,        /* name of an event */
    SMINI_WS_MESSAGE_NAME,
    SMINI_WS_KIND,         /* trailer or stream, where it is no message */
    SMINI_WS_DIRECTION,    /* to_server or to_client */
    SMINI_WS_OFFSET,       /* of the message in the stream of its direction */
    SMINI_WS_COMPLETE,
    SMINI_WS_HOLE,
    SMINI_WS_LIMIT,
    SMINI_WS_COMPLETED_IN, /* the frame in which a message ends that has bytes here */
    SMINI_WS_RESPONSE_IN,
    SMINI_WS_RESPONSE_TO,
    SMINI_WS_RESPONSE_TIME,
    SMINI_WS_TRANSFER_IN,  /* the first frame of what a URL caused */
    SMINI_WS_TRANSFER_OF,  /* and the way back */
    SMINI_WS_OWN_COUNT
};

/* What went wrong in the adapter itself. */
enum smini_ws_trouble {
    SMINI_WS_DECODER_FAILED, /* the inspector gave up on the connection */
    SMINI_WS_HELD_LIMIT,     /* too much arrived before its turn */
    SMINI_WS_NOT_USED,       /* bytes that no receiver would take, or a segment that was not put together */
    SMINI_WS_TROUBLE_COUNT
};

/* One inspector, and the numbers that Wireshark gave its protocol, fields and events. Made once, lives for ever. */
struct smini_ws_adapter {
    struct smini_session session;
    struct smin_thread *thread;
    char *filter;     /* the protocol's name in display filters */
    char *column;     /* and in the protocol column */
    int protocol;
    int *fields; /* by the inspector's table */
    expert_field *events;
    int own[SMINI_WS_OWN_COUNT];
    expert_field *trouble; /* by enum smini_ws_trouble */
    int tap;
};

/* The one at work. NULL: nothing could be registered. */
extern struct smini_ws_adapter *smini_ws_adapter;

/* Subtrees; of the same look whatever they hold. */
extern int smini_ws_tree_message, smini_ws_tree_group;

/* Called by Wireshark when it starts. */
void smini_ws_register(void);
void smini_ws_handoff(void);

/* The inspector of a plugin file; "" or NULL: the built-in one. NULL, with a message to the user. */
struct smini_ws_adapter *smini_ws_adapter_make(const char *plugin_path);

/* Is this one of the ports that the inspector gives as a hint? */
bool smini_ws_is_hint(const struct smini_ws_adapter *adapter, uint32_t port);

/* Descriptions by id; NULL for an id that is not in the table. `*index` is its place. */
const struct smin_field_desc *smini_ws_field(const struct smini_ws_adapter *adapter, uint32_t id, uint32_t *index);
const struct smin_event_desc *smini_ws_event(const struct smini_ws_adapter *adapter, uint32_t id, uint32_t *index);
const struct smin_message_desc *smini_ws_message(const struct smini_ws_adapter *adapter, uint32_t id);

#endif
