/* SPDX-License-Identifier: BSD-2-Clause */
#include "rules.h"

using namespace snort;

extern const BaseApi *snort_plugins[];

const BaseApi *find_plugin(const char *name)
{
    for (const BaseApi **at = snort_plugins; *at; at++)
        if (!strcmp((*at)->name, name))
            return *at;
    return nullptr;
}

void Rules::add(const IpsApi *api, const char *argument)
{
    Option made = {api, api->base.mod_ctor(), nullptr, api->base.name};
    IpsInfo info;
    made.module->begin(api->base.name, 0, nullptr);
    if (argument) {
        Value value(argument);
        value.set(made.module->get_parameters());
        if (!made.module->set(api->base.name, value, nullptr))
            return;
        made.title += std::string(":") + argument;
    }
    made.option = api->ctor(made.module, info);
    options.push_back(made);
}

Rules::Rules()
{
    for (const BaseApi **at = snort_plugins; *at; at++) {
        if ((*at)->type != PT_IPS_OPTION)
            continue;
        const auto *api = reinterpret_cast<const IpsApi *>(*at);
        Module *module = api->base.mod_ctor();
        bool number = module->get_parameters() != nullptr;
        api->base.mod_dtor(module);
        if (!number) {
            add(api, nullptr);
            continue;
        }
        for (const char *argument : {"<2", "1<>9", ">=9", "!3"})
            add(api, argument);
    }
}

Rules::~Rules()
{
    for (Option &one : options) {
        one.api->dtor(one.option);
        one.api->base.mod_dtor(one.module);
    }
}

static std::string shown(const Cursor &cursor)
{
    return std::string(reinterpret_cast<const char *>(cursor.buffer()), cursor.size());
}

std::string Rules::ask(Packet &packet) const
{
    std::string said;
    for (const Option &one : options) {
        Cursor cursor;
        if (one.option->eval(cursor, &packet) != IpsOption::MATCH)
            continue;
        said += one.title;
        while (one.option->get_cursor_type() == CAT_SET_FAST_PATTERN) {
            said += "=" + shown(cursor);
            if (!one.option->retry(cursor) || one.option->eval(cursor, &packet) != IpsOption::MATCH)
                break;
        }
        said += "\n";
    }
    return said;
}

std::string values_of(const char *buffer, Packet &packet)
{
    const auto *api = reinterpret_cast<const IpsApi *>(find_plugin(buffer));
    Module *module = api->base.mod_ctor();
    IpsInfo info;
    IpsOption *option = api->ctor(module, info);
    Cursor cursor;
    std::string all;
    while (option->eval(cursor, &packet) == IpsOption::MATCH) {
        all += "[" + shown(cursor) + "]";
        if (!option->retry(cursor))
            break;
    }
    api->dtor(option);
    api->base.mod_dtor(module);
    return all;
}

std::string searched(const char *buffer, Packet &packet)
{
    packet.packet_flags |= PKT_FAST_PAT_EVAL;
    const auto *api = reinterpret_cast<const IpsApi *>(find_plugin(buffer));
    Module *module = api->base.mod_ctor();
    IpsInfo info;
    IpsOption *option = api->ctor(module, info);
    Cursor cursor;
    std::string all;
    if (option->eval(cursor, &packet) == IpsOption::MATCH)
        all = shown(cursor);
    api->dtor(option);
    api->base.mod_dtor(module);
    packet.packet_flags &= ~static_cast<uint64_t>(PKT_FAST_PAT_EVAL);
    return all;
}
