/* SPDX-License-Identifier: BSD-2-Clause */
#include "wireshark/adapter.h"

#include <string.h>

#include "wireshark/built_in.h"
#include "wireshark/connection.h"
#include "wireshark/dissect.h"
#include "wireshark/names.h"
#include "wireshark/statistics.h"
#include "wireshark/transfer.h"
#include "wireshark/withheld.h"

struct smini_ws_adapter *smini_ws_adapter;
int smini_ws_tree_message = -1, smini_ws_tree_group = -1;

/* Preferences, as Wireshark sets them. */
static const char *inspector_file = "";
static smini_ws_bool follow_transfers = 1;

static dissector_handle_t stream_handle, packet_handle;

static void say(void *user, int32_t level, const char *text)
{
    (void)user;
    if (level == SMIN_TRACE_ERROR || level == SMIN_TRACE_WARNING)
        ws_warning("%s", text);
    else
        ws_debug("%s", text);
}

static void free_adapter(struct smini_ws_adapter *adapter)
{
    if (adapter->thread)
        adapter->session.inspector->thread_free(adapter->thread);
    smini_session_close(&adapter->session);
    g_free(adapter);
}

struct smini_ws_adapter *smini_ws_adapter_make(const char *plugin_path)
{
    static const struct smin_config config = {.struct_size = sizeof(config)};
    struct smini_session_options options = {.host_name = "wireshark",
                                            .built_in = smini_ws_built_in(),
                                            .plugin_path = plugin_path,
                                            .config = &config,
                                            .trace = say,
                                            .on_output = smini_ws_on_output};
    char reason[SMIN_HOST_REASON_BYTES];
    struct smini_ws_adapter *adapter = g_new0(struct smini_ws_adapter, 1);
    int32_t status = smini_session_choose(&adapter->session, &options, reason);
    if (status == SMIN_OK)
        status = smini_session_start(&adapter->session, &options, reason);
    if (status == SMIN_OK) {
        status = adapter->session.inspector->thread_new(adapter->session.instance, &adapter->thread);
        if (status != SMIN_OK)
            g_strlcpy(reason, smin_status_text(status), sizeof(reason));
    }
    if (status == SMIN_OK)
        return adapter;
    report_failure("smin: %s", reason);
    free_adapter(adapter);
    return NULL;
}

bool smini_ws_is_hint(const struct smini_ws_adapter *adapter, uint32_t port)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    for (unsigned i = 0; i < inspector->tcp_port_count; i++)
        if (inspector->tcp_ports[i] == port)
            return true;
    return false;
}

const struct smin_field_desc *smini_ws_field(const struct smini_ws_adapter *adapter, uint32_t id, uint32_t *index)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    for (*index = 0; *index < inspector->field_count; ++*index)
        if (smini_describe_field(inspector, *index)->id == id)
            return smini_describe_field(inspector, *index);
    return NULL;
}

const struct smin_event_desc *smini_ws_event(const struct smini_ws_adapter *adapter, uint32_t id, uint32_t *index)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    for (*index = 0; *index < inspector->event_count; ++*index)
        if (smini_describe_event(inspector, *index)->id == id)
            return smini_describe_event(inspector, *index);
    return NULL;
}

const struct smin_message_desc *smini_ws_message(const struct smini_ws_adapter *adapter, uint32_t id)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    for (uint32_t i = 0; i < inspector->message_count; i++)
        if (smini_describe_message(inspector, i)->id == id)
            return smini_describe_message(inspector, i);
    return NULL;
}

static void register_names(struct smini_ws_adapter *adapter)
{
    smini_ws_register_fields(adapter);
    smini_ws_register_events(adapter);
    adapter->tap = register_tap(adapter->filter);
    smini_ws_statistics_register(adapter);
}

static void add_ports(const struct smini_ws_adapter *adapter)
{
    const struct smin_inspector *inspector = adapter->session.inspector;
    for (unsigned i = 0; i < inspector->tcp_port_count; i++)
        dissector_add_uint("tcp.port", inspector->tcp_ports[i], stream_handle);
}

/* Another inspector takes over; the names of the earlier one stay, and mean nothing any more. */
static void replace_inspector(const char *path)
{
    struct smini_ws_adapter *adapter = smini_ws_adapter_make(path);
    if (!adapter)
        return;
    if (strcmp(adapter->session.inspector->name, smini_ws_adapter->session.inspector->name) == 0) {
        adapter->filter = smini_ws_adapter->filter;
        adapter->column = smini_ws_adapter->column;
        adapter->protocol = smini_ws_adapter->protocol;
        adapter->tap = smini_ws_adapter->tap;
        smini_ws_register_fields(adapter);
        smini_ws_register_events(adapter);
    } else if (smini_ws_register_protocol(adapter)) {
        register_names(adapter);
    } else {
        free_adapter(adapter);
        return;
    }
    add_ports(adapter);
    smini_ws_adapter = adapter;
}

/* Called at start, when all preferences were read, and whenever the user changed one. */
static void apply_preferences(void)
{
    static char *in_use;
    smini_ws_dissect_want(packet_handle, follow_transfers != 0);
    if (strcmp(inspector_file, in_use ? in_use : "") == 0)
        return;
    if (in_use) {
        report_failure("smin: another inspector is used when Wireshark starts again");
        return;
    }
    in_use = g_strdup(inspector_file);
    replace_inspector(in_use);
}

static void register_preferences(const struct smini_ws_adapter *adapter)
{
    module_t *module = prefs_register_protocol(adapter->protocol, apply_preferences);
    prefs_register_filename_preference(module, "inspector", "Inspector", "A plugin file (.so) whose inspector is used "
                                       "instead of the built-in one. Read when the program starts.",
                                       &inspector_file, 0);
    prefs_register_bool_preference(module, "transfers", "Link URLs to their transfers", "Looks for the transfer that a "
                                   "URL in a message caused, links both, and hands it to its own dissector.",
                                   &follow_transfers);
}

void smini_ws_register(void)
{
    static int *const trees[] = {&smini_ws_tree_message, &smini_ws_tree_group};
    struct smini_ws_adapter *adapter = smini_ws_adapter_make(NULL);
    if (!adapter)
        return;
    if (!smini_ws_register_protocol(adapter)) {
        free_adapter(adapter);
        return;
    }
    smini_ws_adapter = adapter;
    proto_register_subtree_array(trees, G_N_ELEMENTS(trees));
    register_names(adapter);
    register_preferences(adapter);
    stream_handle = register_dissector(adapter->filter, smini_ws_dissect, adapter->protocol);
    packet_handle = create_dissector_handle(smini_ws_dissect_packet, adapter->protocol);
    register_postdissector(packet_handle);
    smini_ws_connections_register();
}

void smini_ws_handoff(void)
{
    const struct smini_ws_adapter *adapter = smini_ws_adapter;
    if (!adapter)
        return;
    const struct smin_inspector *inspector = adapter->session.inspector;
    GString *ports = g_string_new("");
    for (unsigned i = 0; i < inspector->tcp_port_count; i++)
        g_string_append_printf(ports, "%s%u", i ? "," : "", inspector->tcp_ports[i]);
    dissector_add_uint_range_with_preference("tcp.port", ports->str, stream_handle);
    g_string_free(ports, TRUE);
    char *display = g_strdup_printf("%s on any TCP port", adapter->column);
    char *name = g_strconcat(adapter->filter, "_tcp", NULL);
    /* Wireshark copies neither text: they stay. */
    heur_dissector_add("tcp", smini_ws_dissect_any_port, display, name, adapter->protocol, HEURISTIC_DISABLE);
    smini_ws_withheld_handoff();
    smini_ws_transfer_handoff();
    smini_ws_dissect_want(packet_handle, follow_transfers != 0);
}

dissector_handle_t smini_ws_stream_handle(void)
{
    return stream_handle;
}
