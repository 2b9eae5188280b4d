/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the shim share. Nothing here knows a protocol: work.h does, through the inspector. */
#ifndef SMINI_SNORT_SHIM_H
#define SMINI_SNORT_SHIM_H

#include <string>
#include <vector>

#include <flow/flow_data.h>
#include <framework/decode_data.h>
#include <framework/inspector.h>
#include <framework/ips_option.h>
#include <framework/module.h>
#include <main/snort_types.h>
#include <main/thread.h>
#include <protocols/packet.h>
#include <stream/stream_splitter.h>

#include "snort3/work.h"

namespace smini_snort
{
/* Rules about events of inspectors have this generator number; the number of the event is the sid. */
constexpr unsigned EVENT_GID = 947;

/* Of the inspector that was chosen when the plugin was loaded. */
extern smini_catalogue catalogue;
/* Its file, or "": what a table without `inspector` uses. */
extern std::string default_inspector;

extern THREAD_LOCAL smini_work_counts thread_counts;

struct Settings {
    std::string inspector;
    bool log = false;
};

class ServiceModule : public snort::Module
{
public:
    ServiceModule();
    bool begin(const char *, int, snort::SnortConfig *) override;
    bool set(const char *, snort::Value &, snort::SnortConfig *) override;
    unsigned get_gid() const override;
    const snort::RuleMap *get_rules() const override;
    const PegInfo *get_pegs() const override;
    PegCount *get_counts() const override;
    Usage get_usage() const override;
    bool is_bindable() const override;
    const Settings &get_settings() const;

private:
    Settings settings;
    std::vector<snort::RuleMap> rules;
    std::vector<PegInfo> pegs;
};

class ServiceInspector : public snort::Inspector
{
public:
    explicit ServiceInspector(const Settings &);
    ~ServiceInspector() override;
    bool configure(snort::SnortConfig *) override;
    void eval(snort::Packet *) override;
    void clear(snort::Packet *) override;
    bool get_buf(unsigned id, snort::Packet *, snort::InspectionBuffer &) override;
    snort::StreamSplitter *get_splitter(bool to_server) override;

    /* The conversation of a flow, made where there is none; NULL without memory. On a packet thread. */
    smini_conversation *conversation(snort::Flow *);
    const smin_ext_frame *frame() const;

private:
    /* What belongs to the packet thread that calls; NULL without memory. */
    smini_work_thread *own_thread();

    Settings settings;
    smini_work *work = nullptr;
    std::vector<smini_work_thread *> threads; /* by instance id; each belongs to its packet thread */
};

/* The thread whose message is being judged for this packet, or NULL. */
smini_work_thread *judged_for(const snort::Packet *);

/* Made once, when the plugin is loaded. */
unsigned conversation_id();

const snort::InspectApi *service_api();
/* One for every option of the catalogue. */
std::vector<const snort::BaseApi *> option_apis();

snort::StreamSplitter *make_splitter(ServiceInspector &, bool to_server);
}

#endif
