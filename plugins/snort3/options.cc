/* SPDX-License-Identifier: BSD-2-Clause */
/* Rule options: conditions on numbers, and buffers that contents are looked for in. */
#include <cstring>
#include <utility>

#include <framework/cursor.h>
#include <framework/parameter.h>
#include <framework/value.h>
#include <log/messages.h>

#include "snort3/shim.h"

using namespace snort;

namespace smini_snort
{
class NumberModule : public Module
{
public:
    explicit NumberModule(const smini_catalogue_option &);
    bool begin(const char *, int, SnortConfig *) override;
    bool set(const char *, Value &, SnortConfig *) override;
    Usage get_usage() const override;

    const smini_catalogue_option &option;
    std::string text;
};

static const Parameter number_parameters[] = {
    {"~condition", Parameter::PT_STRING, nullptr, nullptr,
     "number to compare with: 8, !8, <8, >=8, 1<>9 without and 1<=>9 with its ends"},
    {nullptr, Parameter::PT_MAX, nullptr, nullptr, nullptr}};

NumberModule::NumberModule(const smini_catalogue_option &what)
    : Module(what.name, what.help, number_parameters), option(what)
{
}

bool NumberModule::begin(const char *, int, SnortConfig *)
{
    text.clear();
    return true;
}

bool NumberModule::set(const char *, Value &value, SnortConfig *)
{
    const char *problem = nullptr;
    text = value.get_string();
    smini_work_test *test = smini_work_test_new(option.field, text.c_str(), &problem);
    if (!test) {
        ParseError("%s:%s %s", option.name, text.c_str(), problem);
        return false;
    }
    smini_work_test_free(test);
    return true;
}

Module::Usage NumberModule::get_usage() const
{
    return DETECT;
}

class NumberOption : public IpsOption
{
public:
    NumberOption(const smini_catalogue_option &, smini_work_test *);
    ~NumberOption() override;
    uint32_t hash() const override;
    bool operator==(const IpsOption &) const override;
    EvalStatus eval(Cursor &, Packet *) override;

private:
    smini_work_test *test;
};

NumberOption::NumberOption(const smini_catalogue_option &option, smini_work_test *read)
    : IpsOption(option.name), test(read)
{
}

NumberOption::~NumberOption()
{
    smini_work_test_free(test);
}

uint32_t NumberOption::hash() const
{
    return smini_work_test_hash(test);
}

bool NumberOption::operator==(const IpsOption &other) const
{
    return !strcmp(get_name(), other.get_name()) &&
           smini_work_test_same(test, static_cast<const NumberOption &>(other).test);
}

IpsOption::EvalStatus NumberOption::eval(Cursor &, Packet *packet)
{
    const smini_work_thread *thread = judged_for(packet);
    return thread && smini_work_test_holds(test, thread) ? MATCH : NO_MATCH;
}

class BufferModule : public Module
{
public:
    explicit BufferModule(const smini_catalogue_option &);
    Usage get_usage() const override;

    const smini_catalogue_option &option;
};

BufferModule::BufferModule(const smini_catalogue_option &what) : Module(what.name, what.help), option(what)
{
}

Module::Usage BufferModule::get_usage() const
{
    return DETECT;
}

/*
 * Where a message carries several values, the rule's other options get one after the other, as long as they look at it
 * relative to where the buffer begins: Snort asks again (retry) for those only.
 */
class BufferOption : public IpsOption
{
public:
    explicit BufferOption(const smini_catalogue_option &);
    uint32_t hash() const override;
    bool operator==(const IpsOption &) const override;
    CursorActionType get_cursor_type() const override;
    EvalStatus eval(Cursor &, Packet *) override;
    bool retry(Cursor &) override;

private:
    const smini_catalogue_option &option;
};

BufferOption::BufferOption(const smini_catalogue_option &what) : IpsOption(what.name), option(what)
{
}

uint32_t BufferOption::hash() const
{
    return option.field;
}

bool BufferOption::operator==(const IpsOption &other) const
{
    return !strcmp(get_name(), other.get_name());
}

CursorActionType BufferOption::get_cursor_type() const
{
    return CAT_SET_FAST_PATTERN;
}

IpsOption::EvalStatus BufferOption::eval(Cursor &cursor, Packet *packet)
{
    smini_work_thread *thread = judged_for(packet);
    const uint8_t *bytes = nullptr;
    uint32_t length = 0;
    if (!thread)
        return NO_MATCH;
    if (packet->packet_flags & PKT_FAST_PAT_EVAL) {
        if (!smini_work_values(thread, option.field, &bytes, &length))
            return NO_MATCH;
        cursor.set(option.name, bytes, length);
        return MATCH;
    }
    bool again = cursor.is_re_eval() && cursor.get_name() == option.name;
    uint32_t index = again ? static_cast<uint32_t>(cursor.id()) + 1 : 0;
    if (!smini_work_value(thread, option.field, index, &bytes, &length))
        return NO_MATCH;
    cursor.set(option.name, index, bytes, length);
    cursor.set_re_eval(false);
    return MATCH;
}

bool BufferOption::retry(Cursor &cursor)
{
    cursor.set_re_eval(true);
    return true;
}

static IpsOption *make_number(Module *module, IpsInfo &)
{
    const char *problem = nullptr;
    const auto *number = static_cast<NumberModule *>(module);
    smini_work_test *test = smini_work_test_new(number->option.field, number->text.c_str(), &problem);
    if (!test) {
        ParseError("%s:%s %s", number->option.name, number->text.c_str(), problem);
        return nullptr;
    }
    return new NumberOption(number->option, test);
}

static IpsOption *make_buffer(Module *module, IpsInfo &)
{
    return new BufferOption(static_cast<BufferModule *>(module)->option);
}

static void free_option(IpsOption *option)
{
    delete option;
}

static void free_module(Module *module)
{
    delete module;
}

/* Snort calls without saying for which option: one function for each. */
template <uint32_t index> static Module *make_module()
{
    const smini_catalogue_option &option = catalogue.options[index];
    if (option.kind == SMINI_CATALOGUE_NUMBER)
        return new NumberModule(option);
    return new BufferModule(option);
}

template <size_t... index> static ModNewFunc module_maker(uint32_t wanted, std::index_sequence<index...>)
{
    static const ModNewFunc makers[] = {make_module<static_cast<uint32_t>(index)>...};
    return makers[wanted];
}

static void fill(IpsApi &api, uint32_t index)
{
    const smini_catalogue_option &option = catalogue.options[index];
    api.base.type = PT_IPS_OPTION;
    api.base.size = sizeof(IpsApi);
    api.base.api_version = IPSAPI_VERSION;
    api.base.version = 0;
    api.base.features = PLUGIN_DEFAULT;
    api.base.options = API_OPTIONS;
    api.base.name = option.name;
    api.base.help = option.help;
    api.base.mod_ctor = module_maker(index, std::make_index_sequence<SMINI_CATALOGUE_OPTIONS_MAX>());
    api.base.mod_dtor = free_module;
    api.type = OPT_TYPE_DETECTION;
    api.max_per_rule = 0;
    api.protos = PROTO_BIT__TCP;
    api.ctor = option.kind == SMINI_CATALOGUE_NUMBER ? make_number : make_buffer;
    api.dtor = free_option;
}

std::vector<const BaseApi *> option_apis()
{
    static IpsApi apis[SMINI_CATALOGUE_OPTIONS_MAX];
    std::vector<const BaseApi *> all;
    for (uint32_t i = 0; i < catalogue.option_count; i++) {
        fill(apis[i], i);
        all.push_back(&apis[i].base);
    }
    return all;
}
}
