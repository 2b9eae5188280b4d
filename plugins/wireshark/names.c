/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/names.h"

#include <string.h>

/* Before a name that something else has. */
static const char taken_prefix[] = "cisco_";

static const struct {
    const char *name, *label, *meaning;
    enum ftenum type;
    int display;
} own_fields[SMINI_WS_OWN_COUNT] = {
    [SMINI_WS_EVENT] = {"event", "event", "name of an event that the decoder raised", FT_STRING, BASE_NONE},
    [SMINI_WS_MESSAGE_NAME] = {"message_name", "message name", "name of the message", FT_STRING, BASE_NONE},
    [SMINI_WS_KIND] = {"kind", "kind", "what is no message: trailer, the bytes behind one, or stream", FT_STRING, BASE_NONE},
    [SMINI_WS_DIRECTION] = {"direction", "direction", "to_server or to_client", FT_STRING, BASE_NONE},
    [SMINI_WS_OFFSET] = {"offset", "offset", "place of the first byte in the stream of its direction", FT_UINT64, BASE_DEC},
    [SMINI_WS_COMPLETE] = {"complete", "complete", "every declared byte arrived", FT_BOOLEAN, BASE_NONE},
    [SMINI_WS_HOLE] = {"hole", "hole", "bytes inside were never seen", FT_BOOLEAN, BASE_NONE},
    [SMINI_WS_LIMIT] = {"limit", "limit", "longer than the decoder retains", FT_BOOLEAN, BASE_NONE},
    [SMINI_WS_COMPLETED_IN] = {"completed_in", "message ends in", "frame in which the message ends", FT_FRAMENUM, BASE_NONE},
    [SMINI_WS_RESPONSE_IN] = {"response_in", "answer in", "frame of the answer to this message", FT_FRAMENUM, BASE_NONE},
    [SMINI_WS_RESPONSE_TO] = {"response_to", "answer to", "frame of the message that this one answers", FT_FRAMENUM, BASE_NONE},
    [SMINI_WS_RESPONSE_TIME] = {"response_time", "time to answer", "from the message to its answer", FT_RELATIVE_TIME, BASE_NONE},
    [SMINI_WS_TRANSFER_IN] = {"transfer_in", "transfer begins in", "first frame of the transfer of this URL", FT_FRAMENUM, BASE_NONE},
    [SMINI_WS_TRANSFER_OF] = {"transfer_of", "transfer was asked for in", "frame with the URL that this transfer is of", FT_FRAMENUM, BASE_NONE},
};

static const struct {
    const char *name, *meaning;
} troubles[SMINI_WS_TROUBLE_COUNT] = {
    [SMINI_WS_DECODER_FAILED] = {"adapter.decoder_failed", "the decoder gave up on this connection"},
    [SMINI_WS_HELD_LIMIT] = {"adapter.held_limit", "too much came before its turn: the missing bytes before it were given up"},
    [SMINI_WS_NOT_USED] = {"adapter.not_used", "this segment was not used: no receiver would take it"},
};

static char *long_name(const struct smini_ws_adapter *adapter)
{
    return g_strdup_printf("%s (%s)", adapter->filter, adapter->session.inspector->id);
}

/* The protocol of another copy of the adapter with the same inspector has the same long name. */
static bool is_another_copy(int protocol, const char *name)
{
    const char *other = proto_get_protocol_long_name(find_protocol_by_id(protocol));
    return other && strcmp(other, name) == 0;
}

static char *upper(const char *text)
{
    return g_ascii_strup(text, -1);
}

bool smini_ws_register_protocol(struct smini_ws_adapter *adapter)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    adapter->filter = g_strdup(inspector->name);
    adapter->column = upper(inspector->name);
    char *name = long_name(adapter);
    int taken = proto_get_id_by_filter_name(adapter->filter);
    if (taken == -1)
        taken = proto_get_id_by_short_name(adapter->column);
    if (taken != -1 && is_another_copy(taken, name)) {
        ws_warning("%s is registered already: another copy of this plugin is installed; this one stands back", name);
        g_free(name);
        return false;
    }
    if (taken != -1) {
        char *instead = g_strconcat(taken_prefix, inspector->name, NULL);
        ws_warning("the name %s belongs to %s; %s is registered as %s", inspector->name,
                   proto_get_protocol_long_name(find_protocol_by_id(taken)), inspector->id, instead);
        g_free(adapter->filter);
        g_free(adapter->column);
        g_free(name);
        adapter->filter = instead;
        adapter->column = upper(instead);
        name = long_name(adapter);
        taken = proto_get_id_by_filter_name(adapter->filter);
    }
    if (taken != -1) {
        ws_warning("the name %s is taken, too: %s is not registered", adapter->filter, inspector->id);
        g_free(name);
        return false;
    }
    adapter->protocol = proto_register_protocol(name, adapter->column, adapter->filter);
    return true;
}

/* "smin.url" under the protocol's name, whatever that is; a name of the shared range goes below it where it is taken. */
static char *filter_name(const struct smini_ws_adapter *adapter, const char *name)
{
    const char *own = adapter->session.inspector->name;
    size_t length = strlen(own);
    if (strncmp(name, own, length) == 0 && name[length] == '.')
        return g_strconcat(adapter->filter, name + length, NULL);
    if (proto_registrar_get_byname(name))
        return g_strconcat(adapter->filter, ".", name, NULL);
    return g_strdup(name);
}

/* What stands before the value: the last part of the name. */
static char *label_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return g_strdelimit(g_strdup(dot ? dot + 1 : name), "_", ' ');
}

static enum ftenum type_of(uint32_t type)
{
    switch (type) {
    case SMIN_TYPE_NUMBER: return FT_UINT64;
    case SMIN_TYPE_BOOL: return FT_BOOLEAN;
    case SMIN_TYPE_TEXT: return FT_STRING;
    case SMIN_TYPE_MAC: return FT_ETHER;
    case SMIN_TYPE_IPV4: return FT_IPv4;
    default: return FT_BYTES;
    }
}

/*
 * The number of a field: that of an earlier inspector's field of the same name and type, else a new one. Wireshark keeps
 * what it is shown here for ever.
 */
static void register_field(const struct smini_ws_adapter *adapter, int *number, char *name, char *label,
                           const char *meaning, enum ftenum type, int display)
{
    const header_field_info *known = proto_registrar_get_byname(name);
    if (known && known->parent == adapter->protocol && known->type == type) {
        *number = known->id;
        g_free(name);
        g_free(label);
        return;
    }
    *number = -1;
    hf_register_info *row = g_new0(hf_register_info, 1);
    row->p_id = number;
    row->hfinfo = (header_field_info){.name = label, .abbrev = name, .type = type, .display = display, .blurb = meaning,
                                      .id = -1, .ref_type = HF_REF_TYPE_NONE, .same_name_prev_id = -1};
    proto_register_field_array(adapter->protocol, row, 1);
}

void smini_ws_register_fields(struct smini_ws_adapter *adapter)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    adapter->fields = g_new(int, inspector->field_count + 1);
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const struct smin_field_desc *desc = smini_describe_field(inspector, i);
        enum ftenum type = type_of(desc->type);
        register_field(adapter, &adapter->fields[i], filter_name(adapter, desc->name), label_of(desc->name),
                       desc->meaning, type, type == FT_UINT64 ? BASE_DEC : BASE_NONE);
    }
    for (int i = 0; i < SMINI_WS_OWN_COUNT; i++)
        register_field(adapter, &adapter->own[i], g_strconcat(adapter->filter, ".", own_fields[i].name, NULL),
                       g_strdup(own_fields[i].label), own_fields[i].meaning, own_fields[i].type, own_fields[i].display);
}

static int severity_of(uint32_t severity)
{
    if (severity >= SMIN_SEVERITY_HIGH)
        return PI_ERROR;
    if (severity == SMIN_SEVERITY_MEDIUM)
        return PI_WARN;
    return severity == SMIN_SEVERITY_LOW ? PI_NOTE : PI_CHAT;
}

static void register_expert(const struct smini_ws_adapter *adapter, expert_module_t *module, expert_field *number,
                            const char *name, int group, int severity, const char *meaning)
{
    char *full = g_strconcat(adapter->filter, ".", name, NULL);
    /* A field may have the name of an event; the event gives way. */
    if (proto_registrar_get_byname(full)) {
        g_free(full);
        full = g_strconcat(adapter->filter, ".event.", name, NULL);
    }
    ei_register_info *row = g_new0(ei_register_info, 1);
    *number = (expert_field)EI_INIT;
    row->ids = number;
    row->eiinfo = (expert_field_info){.name = full, .group = group, .severity = severity, .summary = meaning,
                                      .hf_info = {0, {NULL, NULL, FT_NONE, BASE_NONE, NULL, 0, NULL, HFILL}}};
    expert_register_field_array(module, row, 1);
}

void smini_ws_register_events(struct smini_ws_adapter *adapter)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    expert_module_t *module = expert_register_protocol(adapter->protocol);
    adapter->events = g_new(expert_field, inspector->event_count + 1);
    adapter->trouble = g_new(expert_field, SMINI_WS_TROUBLE_COUNT);
    for (uint32_t i = 0; i < inspector->event_count; i++) {
        const struct smin_event_desc *desc = smini_describe_event(inspector, i);
        register_expert(adapter, module, &adapter->events[i], desc->name, desc->reference ? PI_SECURITY : PI_PROTOCOL,
                        severity_of(desc->severity), desc->meaning);
    }
    for (int i = 0; i < SMINI_WS_TROUBLE_COUNT; i++)
        register_expert(adapter, module, &adapter->trouble[i], troubles[i].name, PI_UNDECODED, PI_WARN,
                        troubles[i].meaning);
}
