/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one symbol that Snort looks for. What stands in it is made of the inspector's tables when the file is loaded, which
 * is before any configuration is read.
 */
#include <cstdlib>

#include <log/messages.h>

#include "snort3/shim.h"

namespace smini_snort
{
smini_catalogue catalogue;
std::string default_inspector;
}

/* The headers' own mark is empty outside of Snort's tree. */
#define SMINI_EXPORTED __attribute__((visibility("default")))

enum { PLUGINS = 1 + SMINI_CATALOGUE_OPTIONS_MAX + 1 };
extern SMINI_EXPORTED const snort::BaseApi *snort_plugins[PLUGINS];
SMINI_EXPORTED const snort::BaseApi *snort_plugins[PLUGINS];

namespace
{
struct Loader {
    Loader();
};

Loader::Loader()
{
    using namespace smini_snort;
    char reason[SMIN_HOST_REASON_BYTES] = "";
    const char *file = getenv("SMIN_SNORT_INSPECTOR");
    default_inspector = file ? file : "";
    if (smini_work_catalogue(default_inspector.c_str(), &catalogue, reason) != SMIN_OK) {
        snort::ErrorMessage("smin: no inspector, nothing is registered: %s\n", reason);
        return;
    }
    unsigned count = 0;
    snort_plugins[count++] = &service_api()->base;
    for (const snort::BaseApi *api : option_apis())
        snort_plugins[count++] = api;
}

Loader loader;
}
