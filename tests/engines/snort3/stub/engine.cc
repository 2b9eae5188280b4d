/* SPDX-License-Identifier: BSD-2-Clause */
#include "engine.h"

#include <cstdarg>

using namespace snort;

namespace stub
{
std::vector<std::string> said;
std::vector<unsigned> events;
std::string folder = ".";
std::function<void(Packet &)> detection;
bool cleared;

/* The most that stands pending, and the longest segment that is looked at by itself. */
enum { PDU_MAX = 16384, SEGMENT_MAX = 8192 };
static uint8_t piece[PDU_MAX + SEGMENT_MAX];
static uint64_t contexts;

void forget()
{
    said.clear();
    events.clear();
}

static void say(const char *format, va_list arguments)
{
    char line[2048];
    (void)vsnprintf(line, sizeof(line), format, arguments);
    said.emplace_back(line);
}

Connection::Connection(Inspector &owner) : inspector(owner), flow(new Flow)
{
    flow->client_port = 40001;
    flow->server_port = 4786;
    for (bool to_server : {true, false})
        sides[to_server].splitter = inspector.get_splitter(to_server);
}

Connection::~Connection()
{
    for (Side &side : sides)
        delete side.splitter;
    delete flow;
}

void Connection::inspect(bool to_server, const uint8_t *bytes, size_t length)
{
    IpsContext context;
    DAQ_PktHdr_t header = {};
    Packet packet;
    context.context_num = ++contexts;
    header.ts.tv_sec = 1767753845;
    packet.flow = flow;
    packet.context = &context;
    packet.pkth = &header;
    packet.data = bytes;
    packet.dsize = static_cast<uint16_t>(length);
    packet.packet_flags = PKT_REBUILT_STREAM | (to_server ? PKT_FROM_CLIENT : PKT_FROM_SERVER);
    pieces++;
    inspector.eval(&packet);
    DetectionEngine::detect(&packet);
    inspector.clear(&packet);
    cleared = true;
    DetectionEngine::detect(&packet);
    cleared = false;
}

/* In parts, as segments lie. */
void Connection::flush(bool to_server, size_t length)
{
    Side &side = sides[to_server];
    std::vector<uint8_t> bytes(side.pending.begin(), side.pending.begin() + static_cast<std::ptrdiff_t>(length));
    side.pending.erase(side.pending.begin(), side.pending.begin() + static_cast<std::ptrdiff_t>(length));
    side.scanned = 0;
    size_t first = length / 2;
    StreamBuffer buffer = {nullptr, 0};
    for (size_t at = 0, count = first; at < length; at += count, count = length - at) {
        if (count == 0)
            count = length;
        uint32_t flags = (at == 0 ? PKT_PDU_HEAD : 0) | (at + count == length ? PKT_PDU_TAIL : 0);
        unsigned copied = 0;
        buffer = side.splitter->reassemble(flow, static_cast<unsigned>(length), static_cast<unsigned>(at), &bytes[at],
                                           static_cast<unsigned>(count), flags, copied);
        assert(copied == count);
    }
    if (buffer.data)
        inspect(to_server, buffer.data, buffer.length);
}

void Connection::send(bool to_server, const uint8_t *bytes, size_t length)
{
    Side &side = sides[to_server];
    Packet acknowledgement;
    acknowledgement.flow = flow;
    for (; length > SEGMENT_MAX; bytes += SEGMENT_MAX, length -= SEGMENT_MAX)
        send(to_server, bytes, SEGMENT_MAX);
    side.pending.insert(side.pending.end(), bytes, bytes + length);
    while (side.scanned < side.pending.size()) {
        uint32_t at = 0;
        uint32_t count = static_cast<uint32_t>(side.pending.size() - side.scanned);
        size_t before = events.size();
        StreamSplitter::Status status = side.splitter->scan(&acknowledgement, &side.pending[side.scanned], count, 0, &at);
        if (status == StreamSplitter::ABORT || events.size() != before || at > count || (status == StreamSplitter::FLUSH && !at))
            aborted = true;
        if (aborted)
            return;
        if (status == StreamSplitter::FLUSH) {
            flush(to_server, side.scanned + at);
            continue;
        }
        side.scanned = side.pending.size();
        if (side.pending.size() > PDU_MAX)
            flush(to_server, side.pending.size());
    }
}

void Connection::lose(bool to_server)
{
    Side &side = sides[to_server];
    if (!side.pending.empty())
        flush(to_server, side.pending.size());
    if (!side.splitter->restart() || side.splitter->is_paf())
        aborted = true;
}

void Connection::end(bool to_server)
{
    Side &side = sides[to_server];
    if (!side.splitter->finish(flow))
        return;
    if (!side.pending.empty()) {
        flush(to_server, side.pending.size());
        return;
    }
    unsigned copied = 0;
    StreamBuffer buffer = side.splitter->reassemble(flow, 0, 0, nullptr, 0, PKT_PDU_HEAD | PKT_PDU_TAIL, copied);
    if (buffer.data)
        inspect(to_server, buffer.data, buffer.length);
}
}

void Cursor::set(const char *s, const uint8_t *b, unsigned n, bool)
{
    set(s, 0, b, n);
}

void Cursor::set(const char *s, uint64_t id, const uint8_t *b, unsigned n, bool)
{
    name = s;
    buf = b;
    buf_size = n;
    buf_id = id;
}

namespace snort
{
FlowData::FlowData(unsigned u) : id(u)
{
}

FlowData::~FlowData() = default;

unsigned FlowData::create_flow_data_id()
{
    static unsigned last;
    return ++last;
}

Flow::~Flow()
{
    for (auto &entry : data)
        delete entry.second;
}

void Flow::set_flow_data(FlowData *added)
{
    data[added->get_id()] = added;
}

FlowData *Flow::get_flow_data(unsigned id) const
{
    auto found = data.find(id);
    return found == data.end() ? nullptr : found->second;
}

Inspector::~Inspector() = default;

Value::Value(const char *s) : text(s)
{
}

Value::Value(bool b) : truth(b)
{
}

bool Value::is(const char *name) const
{
    return parameter && !strcmp(parameter->name, name);
}

Module::Module(const char *n, const char *h) : name(n), help(h), params(nullptr)
{
    (void)help;
}

Module::Module(const char *n, const char *h, const Parameter *p, bool) : name(n), help(h), params(p)
{
}

const StreamBuffer StreamSplitter::reassemble(Flow *, unsigned, unsigned offset, const uint8_t *data, unsigned length,
                                              uint32_t flags, unsigned &copied)
{
    assert(offset + length <= sizeof(stub::piece));
    memcpy(stub::piece + offset, data, length);
    copied = length;
    if (flags & PKT_PDU_TAIL)
        return {stub::piece, offset + length};
    return {nullptr, 0};
}

bool DetectionEngine::detect(Packet *packet, bool)
{
    if (stub::detection)
        stub::detection(*packet);
    return false;
}

int DetectionEngine::queue_event(unsigned, unsigned sid)
{
    stub::events.push_back(sid);
    return 0;
}

unsigned ThreadConfig::get_instance_max()
{
    return 1;
}

unsigned get_instance_id()
{
    return 0;
}

const char *get_instance_file(std::string &path, const char *name)
{
    path = stub::folder + "/" + name;
    return path.c_str();
}

#define SAY(name)                            \
    void name(const char *format, ...)       \
    {                                        \
        va_list arguments;                   \
        va_start(arguments, format);         \
        stub::say(format, arguments);        \
        va_end(arguments);                   \
    }
SAY(ParseError)
SAY(LogMessage)
SAY(WarningMessage)
SAY(ErrorMessage)
}
