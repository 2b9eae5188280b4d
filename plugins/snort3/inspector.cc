/* SPDX-License-Identifier: BSD-2-Clause */
/* The service inspector: pieces of streams in, messages to be judged out. */
#include <cstring>

#include <detection/detection_engine.h>
#include <detection/ips_context.h>
#include <flow/flow.h>
#include <log/messages.h>
#include <main/thread_config.h>

#include "snort3/shim.h"

using namespace snort;

namespace smini_snort
{
class ConversationData : public FlowData
{
public:
    ConversationData(ServiceInspector &owner, smini_conversation *made)
        : FlowData(conversation_id()), conversation(made), inspector(owner)
    {
        inspector.add_ref();
    }
    ~ConversationData() override
    {
        smini_conversation_free(&conversation, &thread_counts);
        inspector.rem_ref();
    }

    smini_conversation *conversation;
    ServiceInspector &inspector;
};

/* What the rules look at: set while a packet is inspected, so that no other packet's rules see it. */
struct Judged {
    const Packet *packet;
    uint64_t context;
    smini_work_thread *thread;
};
static THREAD_LOCAL Judged judged;

static unsigned flow_data_id;

unsigned conversation_id()
{
    return flow_data_id;
}

smini_work_thread *judged_for(const Packet *packet)
{
    if (!packet || judged.packet != packet || !packet->context || judged.context != packet->context->context_num)
        return nullptr;
    return judged.thread;
}

static uint16_t flags_of(const Flow &flow)
{
    uint32_t session = flow.get_session_flags();
    unsigned flags = session & SSNFLAG_MIDSTREAM ? SMIN_FLOW_MIDSTREAM : 0;
    if (session & (SSNFLAG_ESTABLISHED | SSNFLAG_MIDSTREAM))
        flags |= SMIN_FLOW_ESTABLISHED;
    return static_cast<uint16_t>(flags);
}

static void set_address(uint8_t *to, const SfIp &from)
{
    if (from.is_ip6())
        memcpy(to, from.get_ip6_ptr(), 16);
    else if (from.is_ip4())
        memcpy(to, from.get_ip4_ptr(), 4);
}

static smin_flow_info info_of(const Flow &flow)
{
    smin_flow_info info;
    memset(&info, 0, sizeof(info));
    info.struct_size = sizeof(info);
    info.ip_version = flow.client_ip.is_ip6() ? 6 : 4;
    info.protocol = 6; /* TCP: the only one that has a stream */
    info.flags = flags_of(flow);
    info.client_port = flow.client_port;
    info.server_port = flow.server_port;
    set_address(info.client_address, flow.client_ip);
    set_address(info.server_address, flow.server_ip);
    return info;
}

static void trace(void *, int32_t level, const char *text)
{
    if (level <= SMIN_TRACE_WARNING)
        WarningMessage("%s: %s\n", catalogue.protocol, text);
}

ServiceInspector::ServiceInspector(const Settings &wanted) : settings(wanted)
{
    if (flow_data_id == 0)
        flow_data_id = FlowData::create_flow_data_id();
}

ServiceInspector::~ServiceInspector()
{
    for (smini_work_thread *&thread : threads)
        smini_work_thread_free(&thread);
    smini_work_free(&work);
}

bool ServiceInspector::configure(SnortConfig *)
{
    char reason[SMIN_HOST_REASON_BYTES];
    smini_work_options options;
    memset(&options, 0, sizeof(options));
    options.plugin_path = settings.inspector.empty() ? default_inspector.c_str() : settings.inspector.c_str();
    options.trace = trace;
    if (smini_work_new(&work, &options, reason) != SMIN_OK) {
        ParseError("%s: %s", catalogue.protocol, reason);
        return false;
    }
    const smin_inspector *inspector = smini_work_inspector(work);
    if (!smini_catalogue_fits(&catalogue, inspector)) {
        ParseError("%s: the inspector of %s has other fields or events than those that were registered: name the file in "
                   "the environment as SMIN_SNORT_INSPECTOR instead, where the plugin sees it when it is loaded",
                   catalogue.protocol, smini_work_origin(work));
        return false;
    }
    threads.assign(ThreadConfig::get_instance_max(), nullptr);
    LogMessage("%s: inspector %s %s (%s), %u rule options, %u events with gid %u\n", catalogue.protocol, inspector->id,
               inspector->version, smini_work_origin(work), catalogue.option_count, catalogue.event_count, EVENT_GID);
    if (catalogue.left_out)
        WarningMessage("%s: %u fields have no rule option, there are too many\n", catalogue.protocol,
                       catalogue.left_out);
    return true;
}

const smin_ext_frame *ServiceInspector::frame() const
{
    return work ? smini_work_frame(work) : nullptr;
}

smini_work_thread *ServiceInspector::own_thread()
{
    unsigned id = get_instance_id();
    if (!work || id >= threads.size())
        return nullptr;
    if (!threads[id]) {
        std::string path;
        if (settings.log)
            get_instance_file(path, (std::string(catalogue.protocol) + ".log").c_str());
        int32_t status = smini_work_thread_new(work, settings.log ? path.c_str() : nullptr, &threads[id]);
        if (status == SMIN_E_IO) {
            ErrorMessage("%s: %s cannot be written: no messages are logged\n", catalogue.protocol, path.c_str());
            status = smini_work_thread_new(work, nullptr, &threads[id]);
        }
        if (status != SMIN_OK)
            ErrorMessage("%s: %s\n", catalogue.protocol, smin_status_text(status));
    }
    if (threads[id])
        smini_work_thread_count(threads[id], &thread_counts);
    return threads[id];
}

smini_conversation *ServiceInspector::conversation(Flow *flow)
{
    auto *data = static_cast<ConversationData *>(flow->get_flow_data(conversation_id()));
    if (data)
        return data->conversation;
    smini_work_thread *thread = own_thread();
    smini_conversation *made = nullptr;
    smin_flow_info info = info_of(*flow);
    if (!thread || smini_conversation_new(thread, &info, &made) != SMIN_OK) {
        thread_counts.failures++;
        return nullptr;
    }
    flow->set_flow_data(new ConversationData(*this, made));
    return made;
}

static smini_work_piece piece_of(const Packet &packet)
{
    smini_work_piece piece;
    memset(&piece, 0, sizeof(piece));
    piece.direction = packet.is_from_client() ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
    piece.length = packet.dsize;
    piece.bytes = packet.data;
    if (packet.pkth)
        piece.time_ns = static_cast<uint64_t>(packet.pkth->ts.tv_sec) * 1000000000U +
                        static_cast<uint64_t>(packet.pkth->ts.tv_usec) * 1000U;
    piece.packet_number = packet.context ? packet.context->packet_number : 0;
    piece.flow_flags = flags_of(*packet.flow);
    return piece;
}

/* The message that stands ready: its events are Snort's events. */
static void raise_events(const smini_work_thread *thread)
{
    uint32_t event;
    for (uint32_t i = 0; smini_work_event(thread, i, &event); i++)
        DetectionEngine::queue_event(EVENT_GID, event);
}

void ServiceInspector::eval(Packet *packet)
{
    if (!packet->flow || !packet->has_paf_payload())
        return;
    smini_conversation *reader = conversation(packet->flow);
    smini_work_thread *thread = own_thread();
    if (!reader || !thread)
        return;
    smini_work_piece piece = piece_of(*packet);
    smini_work_done(thread);
    uint32_t count = smini_conversation_read(reader, &piece);
    if (count == 0 || !smini_work_next(thread))
        return;
    judged = {packet, packet->context ? packet->context->context_num : 0, thread};
    /* Snort looks at a piece once: all but the last message are judged here. */
    packet->packet_flags |= PKT_ALLOW_MULTIPLE_DETECT;
    raise_events(thread);
    while (--count > 0) {
        DetectionEngine::detect(packet);
        if (!smini_work_next(thread))
            break;
        raise_events(thread);
    }
}

void ServiceInspector::clear(Packet *packet)
{
    smini_work_thread *thread = judged_for(packet);
    if (!thread)
        return;
    smini_work_done(thread);
    judged = {};
}

bool ServiceInspector::get_buf(unsigned id, Packet *packet, InspectionBuffer &buffer)
{
    smini_work_thread *thread = judged_for(packet);
    uint32_t seen = 0;
    for (uint32_t i = 0; thread && i < catalogue.option_count; i++) {
        const smini_catalogue_option &option = catalogue.options[i];
        if (option.kind == SMINI_CATALOGUE_BUFFER && ++seen == id)
            return smini_work_values(thread, option.field, &buffer.data, &buffer.len);
    }
    return false;
}

StreamSplitter *ServiceInspector::get_splitter(bool to_server)
{
    return make_splitter(*this, to_server);
}

static Module *make_module()
{
    return new ServiceModule;
}

static void free_module(Module *module)
{
    delete module;
}

static Inspector *make_inspector(Module *module)
{
    return new ServiceInspector(static_cast<ServiceModule *>(module)->get_settings());
}

static void free_inspector(Inspector *inspector)
{
    delete inspector;
}

const InspectApi *service_api()
{
    static InspectApi api;
    api.base.type = PT_INSPECTOR;
    api.base.size = sizeof(InspectApi);
    api.base.api_version = INSAPI_VERSION;
    api.base.version = 0;
    api.base.features = PLUGIN_DEFAULT;
    api.base.options = API_OPTIONS;
    api.base.name = catalogue.protocol;
    api.base.help = "service inspector by an inspector of smin";
    api.base.mod_ctor = make_module;
    api.base.mod_dtor = free_module;
    api.type = IT_SERVICE;
    api.proto_bits = PROTO_BIT__PDU;
    api.buffers = catalogue.buffers;
    api.service = catalogue.protocol;
    api.ctor = make_inspector;
    api.dtor = free_inspector;
    return &api;
}
}
