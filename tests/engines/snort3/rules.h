/* SPDX-License-Identifier: BSD-2-Clause */
/* Every option of the plugin as rules use them, and what they say of a message. */
#ifndef SMINI_SNORT_TEST_RULES_H
#define SMINI_SNORT_TEST_RULES_H

#include "stub/engine.h"

/* Of all plugins the one with that name; NULL when there is none. */
const snort::BaseApi *find_plugin(const char *name);

class Rules
{
public:
    Rules();
    ~Rules();
    /* What every option says, one line for each that says anything. */
    std::string ask(snort::Packet &) const;
    bool silent(snort::Packet &packet) const { return ask(packet).empty(); }

private:
    struct Option {
        const snort::IpsApi *api;
        snort::Module *module;
        snort::IpsOption *option;
        std::string title;
    };
    void add(const snort::IpsApi *, const char *argument);
    std::vector<Option> options;
};

/* All values of a buffer, as a rule with relative contents gets them; "" when there is none. */
std::string values_of(const char *buffer, snort::Packet &);
/* What the search for fast patterns gets. */
std::string searched(const char *buffer, snort::Packet &);

#endif
