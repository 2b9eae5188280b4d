/* SPDX-License-Identifier: BSD-2-Clause */
/* The table in snort.lua: its parameters, events and counters. */
#include <framework/counts.h>
#include <framework/parameter.h>
#include <framework/value.h>

#include "snort3/shim.h"

using namespace snort;

namespace smini_snort
{
THREAD_LOCAL smini_work_counts thread_counts;

static const Parameter parameters[] = {
    {"inspector", Parameter::PT_STRING, "(optional)", nullptr,
     "file with the inspector to use instead of the one that was chosen when the plugin was loaded"},
    {"log", Parameter::PT_BOOL, nullptr, "false", "write every message as a line of JSON into the log directory"},
    {nullptr, Parameter::PT_MAX, nullptr, nullptr, nullptr}};

static const char *const module_help = "decode, inspect and judge a protocol by an inspector of smin";

ServiceModule::ServiceModule() : Module(catalogue.protocol, module_help, parameters)
{
    for (uint32_t i = 0; i < catalogue.event_count; i++)
        rules.push_back({catalogue.events[i].id, catalogue.events[i].text});
    rules.push_back({0, nullptr});
    for (const smini_work_peg &peg : smini_work_pegs)
        pegs.push_back({CountType::SUM, peg.name, peg.help});
    pegs.push_back({CountType::END, nullptr, nullptr});
}

bool ServiceModule::begin(const char *, int, SnortConfig *)
{
    settings = Settings();
    return true;
}

bool ServiceModule::set(const char *, Value &value, SnortConfig *)
{
    if (value.is("inspector"))
        settings.inspector = value.get_string();
    else if (value.is("log"))
        settings.log = value.get_bool();
    return true;
}

unsigned ServiceModule::get_gid() const
{
    return EVENT_GID;
}

const RuleMap *ServiceModule::get_rules() const
{
    return rules.data();
}

const PegInfo *ServiceModule::get_pegs() const
{
    return pegs.data();
}

PegCount *ServiceModule::get_counts() const
{
    return reinterpret_cast<PegCount *>(&thread_counts);
}

Module::Usage ServiceModule::get_usage() const
{
    return INSPECT;
}

bool ServiceModule::is_bindable() const
{
    return true;
}

const Settings &ServiceModule::get_settings() const
{
    return settings;
}
}
