/* SPDX-License-Identifier: BSD-2-Clause */
/* What Snort's headers and the stub have to agree on; compiled against both where Snort's are, else against the stub. */
#include <type_traits>
#include <utility>

#include <detection/detection_engine.h>
#include <detection/ips_context.h>
#include <flow/flow.h>
#include <flow/flow_data.h>
#include <framework/counts.h>
#include <framework/cursor.h>
#include <framework/decode_data.h>
#include <framework/inspector.h>
#include <framework/ips_option.h>
#include <framework/module.h>
#include <framework/parameter.h>
#include <framework/value.h>
#include <log/messages.h>
#include <main/thread.h>
#include <main/thread_config.h>
#include <protocols/packet.h>
#include <stream/stream_splitter.h>

using namespace snort;

static_assert(BASE_API_VERSION == 25 && (INSAPI_VERSION & 0xffff) == 4 && (IPSAPI_VERSION & 0xffff) == 4, "versions");
static_assert(PKT_REBUILT_STREAM == 0x2 && PKT_FROM_SERVER == 0x40 && PKT_FROM_CLIENT == 0x80, "packets");
static_assert(PKT_PDU_HEAD == 0x100 && PKT_PDU_TAIL == 0x200 && PKT_ALLOW_MULTIPLE_DETECT == 0x800, "pieces");
static_assert(PKT_FAST_PAT_EVAL == 0x40000000 && PROTO_BIT__PDU == 0x40 && PROTO_BIT__TCP == 0x2, "searches");
static_assert(SSNFLAG_ESTABLISHED == 4 && SSNFLAG_MIDSTREAM == 8, "sessions");
static_assert(StreamSplitter::ABORT == 0 && StreamSplitter::SEARCH == 2 && StreamSplitter::FLUSH == 3, "answers");
static_assert(IpsOption::NO_MATCH == 0 && IpsOption::MATCH == 1, "verdicts");
static_assert(CAT_NONE < CAT_ADJUST && CAT_ADJUST < CAT_SET_FAST_PATTERN, "buffers");
static_assert(PT_INSPECTOR == 1 && PT_IPS_OPTION == 3 && IT_SERVICE == 4, "plugins");
static_assert(std::is_same<PegCount, uint64_t>::value, "counters");
static_assert(std::is_same<decltype(&StreamSplitter::finish), bool (StreamSplitter::*)(Flow *)>::value, "finish");
static_assert(std::is_same<decltype(&StreamSplitter::restart), bool (StreamSplitter::*)()>::value, "restart");
static_assert(std::is_same<decltype(&StreamSplitter::reassemble),
                           const StreamBuffer (StreamSplitter::*)(Flow *, unsigned, unsigned, const uint8_t *, unsigned,
                                                                  uint32_t, unsigned &)>::value,
              "reassemble");
static_assert(std::is_same<decltype(&StreamSplitter::scan),
                           StreamSplitter::Status (StreamSplitter::*)(Packet *, const uint8_t *, uint32_t, uint32_t,
                                                                      uint32_t *)>::value,
              "scan");
static_assert(std::is_same<decltype(&IpsOption::eval),
                           IpsOption::EvalStatus (IpsOption::*)(Cursor &, Packet *)>::value,
              "eval");
static_assert(std::is_same<decltype(&IpsOption::retry), bool (IpsOption::*)(Cursor &)>::value, "retry");
static_assert(std::is_same<decltype(&Inspector::configure), bool (Inspector::*)(SnortConfig *)>::value, "configure");
static_assert(std::is_same<decltype(&Inspector::get_splitter), StreamSplitter *(Inspector::*)(bool)>::value, "splitter");
static_assert(std::is_same<decltype(&DetectionEngine::detect), bool (*)(Packet *, bool)>::value, "detect");
static_assert(std::is_same<decltype(std::declval<Packet>().dsize), uint16_t>::value, "sizes");
static_assert(std::is_same<decltype(std::declval<Packet>().packet_flags), uint64_t>::value, "flags");
