/* SPDX-License-Identifier: BSD-2-Clause */
/* Says to be built for another Suricata and for another Wireshark than there is: what either says to that is tested. */
#include <stdint.h>

#define ENTRY __attribute__((visibility("default")))

struct plugin {
    uint64_t api_number;
    const char *engine_version, *name, *version, *licence, *author;
    void (*init)(void);
};

ENTRY const struct plugin *SCPluginRegister(void);
ENTRY void plugin_register(void);
ENTRY extern const char plugin_version[];
ENTRY extern const int plugin_want_major, plugin_want_minor;

static void nothing(void) {}

const struct plugin *SCPluginRegister(void)
{
    static const struct plugin plugin = {0x9900, "99.0.x", "smin", "0", "BSD-2-Clause", "smin", nothing};
    return &plugin;
}

const char plugin_version[] = "0";
const int plugin_want_major = 4;
const int plugin_want_minor = 99;

void plugin_register(void) {}
