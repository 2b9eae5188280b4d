/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shim by its behaviour, in an engine of a few lines (stub/). Speaks TAP. With an argument the plugin was told to use
 * another inspector: what it registers is that one's then.
 */
#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>

#include <unistd.h>

#include "rules.h"

extern "C" {
#include "tests/support/hexfile.h"
}

using namespace snort;

extern const BaseApi *snort_plugins[];

static unsigned tests;
static unsigned failed;

static void is(bool truth, const char *statement)
{
    printf("%s %u - %s\n", truth ? "ok" : "not ok", ++tests, statement);
    failed += !truth;
}

/* A configured inspector. */
struct Table {
    explicit Table(const char *inspector = nullptr, bool log = false)
        : api(reinterpret_cast<const InspectApi *>(snort_plugins[0])), module(api->base.mod_ctor())
    {
        module->begin(api->base.name, 0, nullptr);
        Parameter name("inspector", Parameter::PT_STRING, nullptr, nullptr, nullptr);
        Parameter logs("log", Parameter::PT_BOOL, nullptr, nullptr, nullptr);
        if (inspector) {
            Value value(inspector);
            value.set(&name);
            module->set(api->base.name, value, nullptr);
        }
        Value value(log);
        value.set(&logs);
        module->set(api->base.name, value, nullptr);
        made = api->ctor(module);
        works = made->configure(nullptr);
    }
    ~Table()
    {
        balanced = made->references == 0;
        api->dtor(made);
        api->base.mod_dtor(module);
    }
    const InspectApi *api;
    Module *module;
    Inspector *made;
    bool works;
    static bool balanced;
};
bool Table::balanced;

/* How a connection came out: what rules saw of every message, and the events. */
struct Outcome {
    std::string seen;
    std::vector<unsigned> events;
    size_t messages = 0;
    size_t pieces = 0;
    bool aborted = false;
    bool stale = false; /* something stood ready when its piece was done with */
    bool operator==(const Outcome &other) const { return seen == other.seen && events == other.events; }
};

typedef std::vector<uint8_t> Bytes;

static Outcome run(Table &table, const Rules &rules, const std::vector<Bytes> &parts, size_t lost_before = SIZE_MAX)
{
    Outcome outcome;
    stub::forget();
    stub::detection = [&](Packet &packet) {
        std::string said = rules.ask(packet);
        outcome.stale |= stub::cleared && !said.empty();
        outcome.messages += !said.empty();
        outcome.seen += said;
    };
    {
        stub::Connection connection(*table.made);
        for (size_t i = 0; i < parts.size(); i++) {
            if (i == lost_before)
                connection.lose(true);
            connection.send(true, parts[i].data(), parts[i].size());
        }
        connection.end(true);
        connection.end(false);
        outcome.aborted = connection.aborted;
        outcome.pieces = connection.pieces;
    }
    outcome.events = stub::events;
    stub::detection = nullptr;
    return outcome;
}

static Bytes vector(const char *name)
{
    hexfile file;
    hexfile_vector(name, &file);
    return Bytes(file.bytes, file.bytes + file.length);
}

static Bytes joined(std::initializer_list<Bytes> parts)
{
    Bytes all;
    for (const Bytes &part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

static std::vector<Bytes> cut_at(const Bytes &bytes, size_t place)
{
    auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(place);
    return {Bytes(bytes.begin(), middle), Bytes(middle, bytes.end())};
}

static std::vector<Bytes> single(const Bytes &bytes)
{
    std::vector<Bytes> parts;
    for (uint8_t byte : bytes)
        parts.push_back({byte});
    return parts;
}

/* Cut anywhere, and byte by byte, a stream comes out as it does whole. */
static bool same_however_cut(Table &table, const Rules &rules, const Bytes &bytes)
{
    Outcome whole = run(table, rules, {bytes});
    bool same = !whole.aborted && !whole.stale;
    for (size_t place = 0; place < bytes.size(); place++) {
        Outcome cut = run(table, rules, cut_at(bytes, place));
        same = same && cut == whole && !cut.aborted && !cut.stale;
    }
    Outcome bit = run(table, rules, single(bytes));
    return same && bit == whole && !bit.aborted && !bit.stale;
}

static void test_registration()
{
    unsigned options = 0;
    bool clean = true;
    const auto *service = reinterpret_cast<const InspectApi *>(snort_plugins[0]);
    is(service->base.type == PT_INSPECTOR && service->type == IT_SERVICE && service->base.size == sizeof(InspectApi),
       "the first plugin is a service inspector");
    is(!strcmp(service->base.name, "smin") && !strcmp(service->service, "smin"), "its name is the inspector's");
    for (const BaseApi **at = snort_plugins + 1; *at; at++) {
        clean = clean && (*at)->type == PT_IPS_OPTION && (*at)->size == sizeof(IpsApi) && !strchr((*at)->name, '.') &&
                !strncmp((*at)->name, "smin_", 5);
        options++;
    }
    is(options >= 28 && clean, "every field is an option with a name that Snort takes");
    is(find_plugin("smin_url") && find_plugin("smin_finding") && find_plugin("smin_type"), "options are named by fields");
    Table table;
    unsigned rules = 0;
    const RuleMap *map = table.module->get_rules();
    while (map[rules].msg)
        rules++;
    is(rules >= 40 && table.module->get_gid() == 947, "every event is a builtin rule of generator 947");
    unsigned pegs = 0;
    while (table.module->get_pegs()[pegs].type != END)
        pegs++;
    is(pegs == 10 && table.module->get_counts() && table.module->is_bindable(), "the module has counters and can be bound");
    is(table.works && stub::said.size() == 1 && stub::said[0].find("built in") != std::string::npos,
       "one line at the start tells inspector and origin");
}

static void test_cuts()
{
    Table table;
    Rules rules;
    size_t count = 0;
    const char *const *names = hexfile_names(&count);
    bool same = count >= 40;
    for (size_t i = 0; i < count; i++) {
        if (same_however_cut(table, rules, vector(names[i])))
            continue;
        printf("# %s\n", names[i]);
        same = false;
    }
    is(same, "a vector comes out the same however it is cut");
    Bytes two = joined({vector("t04_capabilities_req_v1"), vector("t08_backup_tlv3_siet")});
    is(same_however_cut(table, rules, two), "so do two messages");
    is(same_however_cut(table, rules, joined({Bytes(37, 'x'), two, Bytes(20, 'y'), two})),
       "so do messages between bytes that are none");
    Outcome outcome = run(table, rules, {two});
    is(outcome.messages == 2 && outcome.pieces == 4, "two messages in one segment are two pieces, and each end one");
    Outcome bits = run(table, rules, single(two));
    is(bits.pieces == 4, "they are the same pieces byte by byte");
}

static void test_hostile()
{
    Table table;
    Rules rules;
    Bytes endless = vector("t04_capabilities_req_v1");
    endless[12] = endless[13] = endless[14] = 0xff;
    endless.resize(200000, 'z');
    Outcome outcome = run(table, rules, {endless});
    is(!outcome.aborted && outcome.pieces > 5, "a message of four gigabytes is handed on as it comes");
    uint32_t state = 1;
    bool same = true;
    for (unsigned round = 0; round < 50; round++) {
        Bytes noise;
        std::vector<Bytes> parts;
        for (unsigned i = 0; i < 40; i++) {
            Bytes part;
            state = state * 1664525 + 1013904223;
            for (unsigned k = 0; k < (state >> 24) % 90; k++) {
                state = state * 1664525 + 1013904223;
                part.push_back((state >> 28) > 5 ? 0 : static_cast<uint8_t>(state >> 20) & 7);
            }
            noise.insert(noise.end(), part.begin(), part.end());
            parts.push_back(part);
        }
        Outcome cut = run(table, rules, parts);
        same = same && run(table, rules, {noise}) == cut && !cut.aborted && !cut.stale;
    }
    is(same, "noise comes out the same however it is cut, and never aborts");
    Bytes order = vector("t08_backup_tlv3_siet");
    std::vector<Bytes> parts = cut_at(order, 300);
    parts[1] = order;
    Outcome holed = run(table, rules, parts, 1);
    is(!holed.aborted && holed.messages >= 2, "behind a hole the next message is judged, and what came before it, too");
    Outcome early = run(table, rules, {Bytes(order.begin(), order.begin() + 700)});
    is(early.messages == 1 && !early.events.empty(), "a message that ends too early is judged when the stream ends");
    const PegCount *counts = table.module->get_counts();
    is(counts[0] > 0 && counts[1] > 0 && counts[5] > 0, "flows, messages and gaps are counted");
}

static void test_options()
{
    Table table;
    Bytes order = vector("t08_backup_tlv3_siet");
    std::string commands, search, none;
    stub::detection = [&](Packet &packet) {
        if (stub::cleared || values_of("smin_name", packet).empty())
            return;
        commands = values_of("smin_command", packet);
        search = searched("smin_command", packet);
        none = values_of("smin_hostname", packet);
    };
    {
        stub::Connection connection(*table.made);
        connection.send(true, order.data(), order.size());
    }
    stub::detection = nullptr;
    is(commands.find("][") != std::string::npos && commands.find("copy system:running-config") == 1,
       "a buffer with several values gives one after the other");
    is(search.find('\n') != std::string::npos && search.size() + 3 == commands.size(),
       "the search for fast patterns gets all of them");
    is(none.empty(), "a field that is not there is no buffer");

    const auto *api = reinterpret_cast<const IpsApi *>(find_plugin("smin_type"));
    Module *module = api->base.mod_ctor();
    bool refused = true;
    for (const char *text : {"", "x", "1<>", "-1", "99999999999999999999"}) {
        Value value(text);
        value.set(module->get_parameters());
        stub::forget();
        refused = refused && !module->set("smin_type", value, nullptr) && stub::said.size() == 1;
    }
    is(refused, "a condition that is none is refused with a reason");
    api->base.mod_dtor(module);
}

/* Snort ends its packet threads with every capture and starts others under the same number. */
static void test_threads()
{
    Table table;
    Rules rules;
    Bytes order = vector("t08_backup_tlv3_siet");
    bool counted = true;
    for (unsigned i = 0; i < 3; i++) {
        std::thread worker([&] {
            (void)run(table, rules, {order});
            const PegCount *counts = table.module->get_counts();
            counted = counted && counts[0] == 1 && counts[1] == 1;
        });
        worker.join();
    }
    is(counted, "a thread that follows another under its number counts for itself");
}

static void test_inspectors()
{
    std::string built = getenv("SMIN_BUILDDIR") ? getenv("SMIN_BUILDDIR") : ".";
    stub::forget();
    {
        Table table((built + "/.libs/smartinstall.so").c_str());
        is(table.works && stub::said.size() == 1 && stub::said[0].find("smartinstall.so") != std::string::npos,
           "a table can name the file of an inspector with the same fields");
    }
    stub::forget();
    {
        Table table((built + "/tests/abi/.libs/dummy.so").c_str());
        is(!table.works && stub::said.size() == 1 && stub::said[0].find("SMIN_SNORT_INSPECTOR") != std::string::npos,
           "one with other fields is refused with what to do");
    }
    stub::forget();
    {
        Table table("/nowhere/at-all.so");
        is(!table.works && stub::said.size() == 1 && stub::said[0].find("/nowhere/at-all.so") != std::string::npos,
           "one that is not there is refused by its name");
    }
}

static void test_log()
{
    char folder[] = "shim-XXXXXX";
    Bytes two = joined({vector("t04_capabilities_req_v1"), vector("t08_backup_tlv3_siet")});
    Rules rules;
    stub::folder = mkdtemp(folder);
    {
        Table table(nullptr, true);
        (void)run(table, rules, {two});
    }
    is(Table::balanced, "connections and splitters give their inspector back");
    std::string path = stub::folder + "/smin.log", line, last;
    std::ifstream file(path);
    unsigned lines = 0;
    while (std::getline(file, line)) {
        lines++;
        last = line;
    }
    is(lines == 2 && last.find("\"smin\":{\"direction\":\"to_server\",\"offset\":24,") != std::string::npos,
       "with log on every message is a line of the file");
    (void)unlink(path.c_str());
    (void)rmdir(folder);
    stub::folder = "/nowhere/at-all";
    stub::forget();
    {
        Table table(nullptr, true);
        Outcome outcome = run(table, rules, {two});
        is(outcome.messages == 2 && !stub::said.empty() && stub::said[0].find("cannot be written") != std::string::npos,
           "a log that cannot be written is told and costs nothing else");
    }
    stub::folder = ".";
}

/* With the dummy of tests/abi, whose messages are lines. */
static void test_other_inspector()
{
    const auto *service = reinterpret_cast<const InspectApi *>(snort_plugins[0]);
    is(service && strcmp(service->base.name, "smin") != 0, "the plugin has the name of the other inspector");
    unsigned options = 0;
    for (const BaseApi **at = snort_plugins + 1; *at; at++)
        options += !strncmp((*at)->name, "smin_", 5) ? 100 : 1;
    is(options > 0 && options < 100, "and its fields for options");
    Table table;
    Rules rules;
    const char text[] = "HELLO world\nSEND one\nBYE all\n";
    Bytes bytes(text, text + sizeof(text) - 1);
    Outcome outcome = run(table, rules, {bytes});
    is(table.works && outcome.messages == 3 && outcome.seen.find("world") != std::string::npos, "its messages are judged");
    is(same_however_cut(table, rules, bytes), "however they are cut");
}

int main(int argc, char **)
{
    if (!snort_plugins[0]) {
        is(false, "the plugin registers something");
    } else if (argc > 1) {
        test_other_inspector();
    } else {
        test_registration();
        test_cuts();
        test_hostile();
        test_options();
        test_threads();
        test_inspectors();
        test_log();
    }
    printf("1..%u\n", tests);
    return failed > 0;
}
