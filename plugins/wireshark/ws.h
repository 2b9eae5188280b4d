/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything of Wireshark's headers, in this one place, and what differs between the versions that one source is built
 * for: 4.0 to 4.6.
 */
#ifndef SMINI_WIRESHARK_WS_H
#define SMINI_WIRESHARK_WS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include <ws_version.h>

#include <epan/conversation.h>
#include <epan/dissectors/packet-tcp.h>
#include <epan/epan_dissect.h>
#include <epan/expert.h>
#include <epan/packet.h>
#include <epan/prefs-int.h>
#include <epan/prefs.h>
#include <epan/proto_data.h>
#include <epan/stats_tree.h>
#include <epan/tap.h>
#include <epan/to_str.h>
#include <wsutil/report_message.h>
#include <wsutil/wslog.h>

#define SMINI_WS_SINCE(major, minor) \
    (WIRESHARK_VERSION_MAJOR > (major) || (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

/*
 * gboolean is as wide as an int, bool is one byte: where a pointer is handed over, or an answer is given, the wrong one
 * is an error of memory and not of style. The interface changed over before 4.4.
 */
#if SMINI_WS_SINCE(4, 4)
typedef bool smini_ws_bool;
#else
typedef gboolean smini_ws_bool;
#endif

#endif
