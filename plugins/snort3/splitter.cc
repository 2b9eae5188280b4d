/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cuts a direction into pieces. is_paf() stays false and ABORT is never returned: both would lose the direction for good
 * at the first hole. Nothing is queued in scan(): that would be logged on the packet that acknowledges.
 */
#include <flow/flow.h>

#include "snort3/shim.h"

using namespace snort;

namespace smini_snort
{
class Splitter : public StreamSplitter
{
public:
    Splitter(ServiceInspector &, bool to_server);
    ~Splitter() override;
    Status scan(Packet *, const uint8_t *, uint32_t, uint32_t, uint32_t *) override;
    bool finish(Flow *) override;
    const StreamBuffer reassemble(Flow *, unsigned, unsigned, const uint8_t *, unsigned, uint32_t, unsigned &) override;
    bool restart() override;
    bool is_paf() override;

private:
    uint32_t direction();

    ServiceInspector &inspector;
    smini_cut cut;
    bool hole = false;
    bool last = false;
};

Splitter::Splitter(ServiceInspector &owner, bool to_server) : StreamSplitter(to_server), inspector(owner)
{
    inspector.add_ref();
    smini_cut_start(&cut, inspector.frame());
}

Splitter::~Splitter()
{
    inspector.rem_ref();
}

uint32_t Splitter::direction()
{
    return to_server() ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
}

StreamSplitter::Status Splitter::scan(Packet *packet, const uint8_t *data, uint32_t length, uint32_t, uint32_t *at)
{
    if (cut.hunting && cut.frame && packet && packet->flow) {
        const smini_conversation *conversation = inspector.conversation(packet->flow);
        if (conversation && smini_conversation_refused(conversation, direction()))
            smini_cut_start(&cut, nullptr);
    }
    return smini_cut_scan(&cut, data, length, at) ? FLUSH : SEARCH;
}

bool Splitter::finish(Flow *)
{
    last = true;
    return true;
}

const StreamBuffer Splitter::reassemble(Flow *flow, unsigned total, unsigned offset, const uint8_t *data,
                                        unsigned length, uint32_t flags, unsigned &copied)
{
    static const uint8_t nothing[1] = {0};
    if ((hole || last) && flow) {
        smini_conversation *conversation = inspector.conversation(flow);
        if (conversation && hole)
            smini_conversation_gap(conversation, direction());
        if (conversation && last)
            smini_conversation_ending(conversation, direction());
        hole = false;
    }
    if (length == 0) {
        /* An empty piece: what the end of the stream completes is judged with it. */
        copied = 0;
        return {last ? nothing : nullptr, 0};
    }
    return StreamSplitter::reassemble(flow, total, offset, data, length, flags, copied);
}

bool Splitter::restart()
{
    smini_cut_start(&cut, inspector.frame());
    hole = true;
    return true;
}

bool Splitter::is_paf()
{
    return false;
}

StreamSplitter *make_splitter(ServiceInspector &inspector, bool to_server)
{
    return new Splitter(inspector, to_server);
}
}
