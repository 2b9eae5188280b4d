/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What Wireshark looks for in a plugin. Declared here: not every version installs a header that does. A program of
 * another minor version skips the file and says so in one line.
 */
#include "wireshark/adapter.h"

#define ENTRY __attribute__((visibility("default")))

extern const char plugin_version[];
extern const int plugin_want_major;
extern const int plugin_want_minor;
void plugin_register(void);
uint32_t plugin_describe(void);

enum { DESCRIBES_DISSECTOR = 1 };

ENTRY const char plugin_version[] = SMIN_VERSION;
ENTRY const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
ENTRY const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

ENTRY uint32_t plugin_describe(void)
{
    return DESCRIBES_DISSECTOR;
}

ENTRY void plugin_register(void)
{
    static proto_plugin plugin;
    plugin.register_protoinfo = smini_ws_register;
    plugin.register_handoff = smini_ws_handoff;
    proto_register_plugin(&plugin);
}
