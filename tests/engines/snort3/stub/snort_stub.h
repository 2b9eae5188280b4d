/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * As much of Snort 3's documented interface as the shim uses, written for its test: the names, and nothing behind them
 * that the test does not look at. Where Snort's own headers are, interface_facts.cc holds what has to be the same in both.
 */
#ifndef SMINI_SNORT_STUB_H
#define SMINI_SNORT_STUB_H

#include <cassert>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include <sys/time.h>

#define THREAD_LOCAL __thread

typedef uint64_t PegCount;
enum CountType { END, SUM, NOW, MAX };
struct PegInfo {
    CountType type;
    const char *name;
    const char *help;
};

#define BASE_API_VERSION 25
#define API_RESERVED 0
#define API_OPTIONS ""
#define PLUGIN_DEFAULT 0x0
#define INSAPI_VERSION ((BASE_API_VERSION << 16) | 4)
#define IPSAPI_VERSION ((BASE_API_VERSION << 16) | 4)
#define PROTO_BIT__TCP 0x000002
#define PROTO_BIT__PDU 0x000040
#define PKT_REBUILT_STREAM 0x00000002
#define PKT_FROM_SERVER 0x00000040
#define PKT_FROM_CLIENT 0x00000080
#define PKT_PDU_HEAD 0x00000100
#define PKT_PDU_TAIL 0x00000200
#define PKT_ALLOW_MULTIPLE_DETECT 0x00000800
#define PKT_FAST_PAT_EVAL 0x40000000
#define SSNFLAG_ESTABLISHED 0x00000004
#define SSNFLAG_MIDSTREAM 0x00000008

enum PlugType { PT_CODEC, PT_INSPECTOR, PT_IPS_ACTION, PT_IPS_OPTION };

struct DAQ_PktHdr_t {
    struct timeval ts;
};

/* Outside of the namespace, as in Snort. */
class Cursor
{
public:
    void set(const char *s, const uint8_t *b, unsigned n, bool = false);
    void set(const char *s, uint64_t id, const uint8_t *b, unsigned n, bool = false);
    const char *get_name() const { return name; }
    uint64_t id() const { return buf_id; }
    const uint8_t *buffer() const { return buf; }
    unsigned size() const { return buf_size; }
    bool is_re_eval() const { return re_eval; }
    void set_re_eval(bool value) { re_eval = value; }

private:
    const char *name = nullptr;
    const uint8_t *buf = nullptr;
    unsigned buf_size = 0;
    uint64_t buf_id = 0;
    bool re_eval = false;
};

struct IpsInfo {
};

namespace snort
{
class Module;
class Inspector;
class StreamSplitter;
struct Packet;
struct SnortConfig {
};

typedef Module *(*ModNewFunc)();
typedef void (*ModDelFunc)(Module *);
struct BaseApi {
    PlugType type;
    uint32_t size;
    uint32_t api_version;
    uint32_t version;
    uint64_t features;
    const char *options;
    const char *name;
    const char *help;
    ModNewFunc mod_ctor;
    ModDelFunc mod_dtor;
};

struct SfIp {
    bool is_ip6() const { return family == 6; }
    bool is_ip4() const { return family == 4; }
    const uint32_t *get_ip6_ptr() const { return words; }
    const uint32_t *get_ip4_ptr() const { return words; }
    uint32_t words[4] = {};
    int family = 4;
};

class FlowData
{
public:
    virtual ~FlowData();
    unsigned get_id() const { return id; }
    static unsigned create_flow_data_id();

protected:
    explicit FlowData(unsigned);

private:
    unsigned id;
};

class Flow
{
public:
    ~Flow();
    void set_flow_data(FlowData *);
    FlowData *get_flow_data(unsigned) const;
    uint32_t get_session_flags() const { return session_flags; }

    SfIp client_ip = {};
    SfIp server_ip = {};
    uint16_t client_port = 0;
    uint16_t server_port = 0;
    uint32_t session_flags = SSNFLAG_ESTABLISHED;

private:
    std::map<unsigned, FlowData *> data;
};

class IpsContext
{
public:
    uint64_t context_num = 0;
    uint64_t packet_number = 0;
};

struct Packet {
    bool is_from_client() const { return (packet_flags & PKT_FROM_CLIENT) != 0; }
    bool has_paf_payload() const { return (packet_flags & PKT_REBUILT_STREAM) != 0; }

    Flow *flow = nullptr;
    uint64_t packet_flags = 0;
    IpsContext *context = nullptr;
    const DAQ_PktHdr_t *pkth = nullptr;
    const uint8_t *data = nullptr;
    uint16_t dsize = 0;
};

struct Parameter {
    enum Type { PT_BOOL, PT_INT, PT_STRING, PT_MAX };
    Parameter(const char *n, Type t, const void *r, const char *d, const char *h)
        : name(n), type(t), range(r), deflt(d), help(h)
    {
    }
    const char *name;
    Type type;
    const void *range;
    const char *deflt;
    const char *help;
};

class Value
{
public:
    explicit Value(const char *);
    explicit Value(bool);
    void set(const Parameter *p) { parameter = p; }
    bool is(const char *) const;
    const char *get_string() const { return text.c_str(); }
    bool get_bool() const { return truth; }

private:
    std::string text;
    bool truth = false;
    const Parameter *parameter = nullptr;
};

struct RuleMap {
    unsigned sid;
    const char *msg;
};

class Module
{
public:
    virtual ~Module() = default;
    virtual bool begin(const char *, int, SnortConfig *) { return true; }
    virtual bool end(const char *, int, SnortConfig *) { return true; }
    virtual bool set(const char *, Value &, SnortConfig *) { return true; }
    virtual unsigned get_gid() const { return 0; }
    virtual const RuleMap *get_rules() const { return nullptr; }
    virtual const PegInfo *get_pegs() const { return nullptr; }
    virtual PegCount *get_counts() const { return nullptr; }
    enum Usage { GLOBAL, CONTEXT, INSPECT, DETECT };
    virtual Usage get_usage() const { return CONTEXT; }
    virtual bool is_bindable() const { return false; }
    const char *get_name() const { return name; }
    const Parameter *get_parameters() const { return params; }

protected:
    Module(const char *, const char *);
    Module(const char *, const char *, const Parameter *, bool is_list = false);
    std::vector<std::vector<PegCount>> counts; /* Snort has one of that name, too */

private:
    const char *name;
    const char *help;
    const Parameter *params;
};

struct InspectionBuffer {
    enum Type { IBT_KEY };
    const uint8_t *data;
    unsigned len;
    bool is_accumulated = false;
};

class Inspector
{
public:
    virtual ~Inspector();
    virtual bool configure(SnortConfig *) { return true; }
    virtual void eval(Packet *) {}
    virtual void clear(Packet *) {}
    virtual bool get_buf(InspectionBuffer::Type, Packet *, InspectionBuffer &) { return false; }
    virtual bool get_buf(const char *, Packet *, InspectionBuffer &) { return false; }
    virtual bool get_buf(unsigned, Packet *, InspectionBuffer &) { return false; }
    virtual StreamSplitter *get_splitter(bool) { return nullptr; }
    void add_ref() { references++; }
    void rem_ref() { references--; }
    int references = 0;

protected:
    Inspector() = default;
};

enum InspectorType { IT_PASSIVE, IT_PACKET, IT_STREAM, IT_NETWORK, IT_SERVICE };
typedef Inspector *(*InspectNew)(Module *);
typedef void (*InspectDelFunc)(Inspector *);
typedef void (*InspectFunc)();
typedef void *(*InspectSsnFunc)(Flow *);
struct InspectApi {
    BaseApi base;
    InspectorType type;
    uint32_t proto_bits;
    const char **buffers;
    const char *service;
    InspectFunc pinit, pterm, tinit, tterm;
    InspectNew ctor;
    InspectDelFunc dtor;
    InspectSsnFunc ssn;
    InspectFunc reset;
};

enum CursorActionType { CAT_NONE, CAT_READ, CAT_ADJUST, CAT_SET_OTHER, CAT_SET_RAW, CAT_SET_FAST_PATTERN };

class IpsOption
{
public:
    virtual ~IpsOption() = default;
    virtual uint32_t hash() const { return 0; }
    virtual bool operator==(const IpsOption &) const { return false; }
    virtual bool retry(Cursor &) { return false; }
    enum EvalStatus { NO_MATCH, MATCH, NO_ALERT, FAILED_BIT };
    virtual EvalStatus eval(Cursor &, Packet *) { return MATCH; }
    virtual CursorActionType get_cursor_type() const { return CAT_NONE; }
    const char *get_name() const { return name; }

protected:
    explicit IpsOption(const char *s) : name(s) {}

private:
    const char *name;
};

enum RuleOptType { OPT_TYPE_LOGGING, OPT_TYPE_DETECTION };
typedef IpsOption *(*IpsNewFunc)(Module *, IpsInfo &);
typedef void (*IpsDelFunc)(IpsOption *);
struct IpsApi {
    BaseApi base;
    RuleOptType type;
    int max_per_rule;
    unsigned protos;
    InspectFunc pinit, pterm, tinit, tterm;
    IpsNewFunc ctor;
    IpsDelFunc dtor;
    void (*verify)(const SnortConfig *);
};

struct StreamBuffer {
    const uint8_t *data;
    unsigned length;
};

class StreamSplitter
{
public:
    virtual ~StreamSplitter() = default;
    enum Status { ABORT, START, SEARCH, FLUSH, LIMIT, SKIP, LIMITED, STOP };
    virtual Status scan(Packet *, const uint8_t *, uint32_t, uint32_t, uint32_t *) = 0;
    virtual bool finish(Flow *) { return true; }
    virtual const StreamBuffer reassemble(Flow *, unsigned, unsigned, const uint8_t *, unsigned, uint32_t, unsigned &);
    virtual bool restart() { return false; }
    virtual bool is_paf() { return false; }
    bool to_server() { return c2s; }

protected:
    explicit StreamSplitter(bool b) : c2s(b) {}

private:
    const bool c2s;
};

class DetectionEngine
{
public:
    static bool detect(Packet *, bool offload_ok = false);
    static int queue_event(unsigned gid, unsigned sid);
};

class ThreadConfig
{
public:
    static unsigned get_instance_max();
};

unsigned get_instance_id();
const char *get_instance_file(std::string &, const char *name);

void ParseError(const char *, ...) __attribute__((format(printf, 1, 2)));
void LogMessage(const char *, ...) __attribute__((format(printf, 1, 2)));
void WarningMessage(const char *, ...) __attribute__((format(printf, 1, 2)));
void ErrorMessage(const char *, ...) __attribute__((format(printf, 1, 2)));
}

#endif
