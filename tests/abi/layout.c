/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Size and offset of every member of the ABI, as they are. A line may be added
 * for a member at the end of a struct (whose SIZE then grows); changing a line
 * breaks every plugin and host that exists.
 *
 * Compiled only: the build fails when a line is wrong. Second numbers are for
 * i386, where 64-bit members are aligned to 4; layout.sh compiles for it too.
 */
#include "smin/abi_ext.h"

#if defined(__i386__)
#define EXPECTED(on64, on32) (on32)
#else
#define EXPECTED(on64, on32) (on64)
#endif

#if UINTPTR_MAX == UINT64_MAX || defined(__i386__)
#define SIZE(type, on64, on32) \
    _Static_assert(sizeof(struct type) == EXPECTED(on64, on32), "size of struct " #type " changed")
#define MEMBER(type, member, on64, on32) \
    _Static_assert(offsetof(struct type, member) == EXPECTED(on64, on32), #type "." #member " moved")
#else
#define SIZE(type, on64, on32) _Static_assert(sizeof(struct type) > 0, "")
#define MEMBER(type, member, on64, on32) _Static_assert(sizeof(struct type) > 0, "")
#endif

SIZE(smin_field_desc, 32, 20);
MEMBER(smin_field_desc, id, 0, 0);
MEMBER(smin_field_desc, type, 4, 4);
MEMBER(smin_field_desc, name, 8, 8);
MEMBER(smin_field_desc, key, 16, 12);
MEMBER(smin_field_desc, meaning, 24, 16);

SIZE(smin_event_desc, 32, 20);
MEMBER(smin_event_desc, id, 0, 0);
MEMBER(smin_event_desc, severity, 4, 4);
MEMBER(smin_event_desc, name, 8, 8);
MEMBER(smin_event_desc, meaning, 16, 12);
MEMBER(smin_event_desc, reference, 24, 16);

SIZE(smin_message_desc, 24, 16);
MEMBER(smin_message_desc, id, 0, 0);
MEMBER(smin_message_desc, direction, 4, 4);
MEMBER(smin_message_desc, name, 8, 8);
MEMBER(smin_message_desc, meaning, 16, 12);

SIZE(smin_field, 40, 36);
MEMBER(smin_field, id, 0, 0);
MEMBER(smin_field, flags, 4, 4);
MEMBER(smin_field, offset, 8, 8);
MEMBER(smin_field, number, 16, 16);
MEMBER(smin_field, bytes, 24, 24);
MEMBER(smin_field, length, 32, 28);
MEMBER(smin_field, size, 36, 32);

SIZE(smin_event, 24, 24);
MEMBER(smin_event, id, 0, 0);
MEMBER(smin_event, length, 4, 4);
MEMBER(smin_event, offset, 8, 8);
MEMBER(smin_event, number, 16, 16);

SIZE(smin_message, 88, 76);
MEMBER(smin_message, struct_size, 0, 0);
MEMBER(smin_message, kind, 4, 4);
MEMBER(smin_message, id, 8, 8);
MEMBER(smin_message, direction, 12, 12);
MEMBER(smin_message, flags, 16, 16);
MEMBER(smin_message, field_count, 20, 20);
MEMBER(smin_message, event_count, 24, 24);
MEMBER(smin_message, field_stride, 28, 28);
MEMBER(smin_message, event_stride, 30, 30);
MEMBER(smin_message, number, 32, 32);
MEMBER(smin_message, offset, 40, 40);
MEMBER(smin_message, length, 48, 48);
MEMBER(smin_message, fields, 56, 56);
MEMBER(smin_message, events, 64, 60);
MEMBER(smin_message, bytes, 72, 64);
MEMBER(smin_message, size, 80, 68);

SIZE(smin_setting, 16, 8);
MEMBER(smin_setting, name, 0, 0);
MEMBER(smin_setting, value, 8, 4);

SIZE(smin_rule_text, 24, 16);
MEMBER(smin_rule_text, name, 0, 0);
MEMBER(smin_rule_text, text, 8, 4);
MEMBER(smin_rule_text, length, 16, 8);

SIZE(smin_config, 40, 28);
MEMBER(smin_config, struct_size, 0, 0);
MEMBER(smin_config, setting_count, 4, 4);
MEMBER(smin_config, settings, 8, 8);
MEMBER(smin_config, rule_text_count, 16, 12);
MEMBER(smin_config, variable_count, 20, 16);
MEMBER(smin_config, rule_texts, 24, 20);
MEMBER(smin_config, variables, 32, 24);

SIZE(smin_flow_info, 44, 44);
MEMBER(smin_flow_info, struct_size, 0, 0);
MEMBER(smin_flow_info, ip_version, 4, 4);
MEMBER(smin_flow_info, protocol, 5, 5);
MEMBER(smin_flow_info, flags, 6, 6);
MEMBER(smin_flow_info, client_port, 8, 8);
MEMBER(smin_flow_info, server_port, 10, 10);
MEMBER(smin_flow_info, client_address, 12, 12);
MEMBER(smin_flow_info, server_address, 28, 28);

SIZE(smin_input, 56, 52);
MEMBER(smin_input, struct_size, 0, 0);
MEMBER(smin_input, direction, 4, 4);
MEMBER(smin_input, time_ns, 8, 8);
MEMBER(smin_input, packet_number, 16, 16);
MEMBER(smin_input, offset, 24, 24);
MEMBER(smin_input, bytes, 32, 32);
MEMBER(smin_input, length, 40, 36);
MEMBER(smin_input, flow_flags, 48, 44);
MEMBER(smin_input, reserved, 52, 48);

SIZE(smin_result, 24, 24);
MEMBER(smin_result, status, 0, 0);
MEMBER(smin_result, reserved, 4, 4);
MEMBER(smin_result, consumed, 8, 8);
MEMBER(smin_result, needed, 16, 16);

SIZE(smin_rule_info, 80, 56);
MEMBER(smin_rule_info, struct_size, 0, 0);
MEMBER(smin_rule_info, gid, 4, 4);
MEMBER(smin_rule_info, sid, 8, 8);
MEMBER(smin_rule_info, rev, 12, 12);
MEMBER(smin_rule_info, severity, 16, 16);
MEMBER(smin_rule_info, metadata_count, 20, 20);
MEMBER(smin_rule_info, reference_count, 24, 24);
MEMBER(smin_rule_info, line, 28, 28);
MEMBER(smin_rule_info, action, 32, 32);
MEMBER(smin_rule_info, msg, 40, 36);
MEMBER(smin_rule_info, category, 48, 40);
MEMBER(smin_rule_info, file, 56, 44);
MEMBER(smin_rule_info, metadata, 64, 48);
MEMBER(smin_rule_info, references, 72, 52);

SIZE(smin_alert, 24, 20);
MEMBER(smin_alert, rule, 0, 0);
MEMBER(smin_alert, offset, 8, 4);
MEMBER(smin_alert, length, 16, 12);
MEMBER(smin_alert, reserved, 20, 16);

SIZE(smin_output, 48, 40);
MEMBER(smin_output, struct_size, 0, 0);
MEMBER(smin_output, alert_count, 4, 4);
MEMBER(smin_output, alert_stride, 8, 8);
MEMBER(smin_output, reserved16, 10, 10);
MEMBER(smin_output, reserved32, 12, 12);
MEMBER(smin_output, time_ns, 16, 16);
MEMBER(smin_output, packet_number, 24, 24);
MEMBER(smin_output, message, 32, 32);
MEMBER(smin_output, alerts, 40, 36);

SIZE(smin_host, 64, 36);
MEMBER(smin_host, struct_size, 0, 0);
MEMBER(smin_host, abi_major, 4, 4);
MEMBER(smin_host, abi_minor, 6, 6);
MEMBER(smin_host, name, 8, 8);
MEMBER(smin_host, user, 16, 12);
MEMBER(smin_host, alloc, 24, 16);
MEMBER(smin_host, release, 32, 20);
MEMBER(smin_host, trace, 40, 24);
MEMBER(smin_host, on_output, 48, 28);
MEMBER(smin_host, extension, 56, 32);

SIZE(smin_inspector, 200, 116);
MEMBER(smin_inspector, struct_size, 0, 0);
MEMBER(smin_inspector, abi_major, 4, 4);
MEMBER(smin_inspector, abi_minor, 6, 6);
MEMBER(smin_inspector, id, 8, 8);
MEMBER(smin_inspector, name, 16, 12);
MEMBER(smin_inspector, version, 24, 16);
MEMBER(smin_inspector, vendor, 32, 20);
MEMBER(smin_inspector, licence, 40, 24);
MEMBER(smin_inspector, fields, 48, 28);
MEMBER(smin_inspector, events, 56, 32);
MEMBER(smin_inspector, messages, 64, 36);
MEMBER(smin_inspector, field_count, 72, 40);
MEMBER(smin_inspector, event_count, 76, 44);
MEMBER(smin_inspector, message_count, 80, 48);
MEMBER(smin_inspector, field_stride, 84, 52);
MEMBER(smin_inspector, event_stride, 86, 54);
MEMBER(smin_inspector, message_stride, 88, 56);
MEMBER(smin_inspector, tcp_port_count, 90, 58);
MEMBER(smin_inspector, flags, 92, 60);
MEMBER(smin_inspector, tcp_ports, 96, 64);
MEMBER(smin_inspector, instance_new, 104, 68);
MEMBER(smin_inspector, instance_free, 112, 72);
MEMBER(smin_inspector, thread_new, 120, 76);
MEMBER(smin_inspector, thread_free, 128, 80);
MEMBER(smin_inspector, flow_new, 136, 84);
MEMBER(smin_inspector, flow_free, 144, 88);
MEMBER(smin_inspector, probe, 152, 92);
MEMBER(smin_inspector, feed, 160, 96);
MEMBER(smin_inspector, gap, 168, 100);
MEMBER(smin_inspector, datagram, 176, 104);
MEMBER(smin_inspector, end, 184, 108);
MEMBER(smin_inspector, extension, 192, 112);

SIZE(smin_ext_frame, 16, 12);
MEMBER(smin_ext_frame, struct_size, 0, 0);
MEMBER(smin_ext_frame, header_bytes, 4, 4);
MEMBER(smin_ext_frame, need, 8, 8);

SIZE(smin_ext_message, 16, 12);
MEMBER(smin_ext_message, struct_size, 0, 0);
MEMBER(smin_ext_message, reserved, 4, 4);
MEMBER(smin_ext_message, decode, 8, 8);

SIZE(smin_diagnostic, 48, 36);
MEMBER(smin_diagnostic, struct_size, 0, 0);
MEMBER(smin_diagnostic, severity, 4, 4);
MEMBER(smin_diagnostic, line, 8, 8);
MEMBER(smin_diagnostic, column, 12, 12);
MEMBER(smin_diagnostic, sid, 16, 16);
MEMBER(smin_diagnostic, reserved, 20, 20);
MEMBER(smin_diagnostic, file, 24, 24);
MEMBER(smin_diagnostic, option, 32, 28);
MEMBER(smin_diagnostic, text, 40, 32);

SIZE(smin_ext_rules, 72, 40);
MEMBER(smin_ext_rules, struct_size, 0, 0);
MEMBER(smin_ext_rules, reserved, 4, 4);
MEMBER(smin_ext_rules, count, 8, 8);
MEMBER(smin_ext_rules, rule, 16, 12);
MEMBER(smin_ext_rules, refused, 24, 16);
MEMBER(smin_ext_rules, diagnostic_count, 32, 20);
MEMBER(smin_ext_rules, diagnostic, 40, 24);
MEMBER(smin_ext_rules, matcher, 48, 28);
MEMBER(smin_ext_rules, text, 56, 32);
MEMBER(smin_ext_rules, cost, 64, 36);

SIZE(smin_rule_cost, 48, 48);
MEMBER(smin_rule_cost, struct_size, 0, 0);
MEMBER(smin_rule_cost, reserved, 4, 4);
MEMBER(smin_rule_cost, checks, 8, 8);
MEMBER(smin_rule_cost, verifications, 16, 16);
MEMBER(smin_rule_cost, steps, 24, 24);
MEMBER(smin_rule_cost, matches, 32, 32);
MEMBER(smin_rule_cost, limit_hits, 40, 40);

SIZE(smin_stats, 128, 128);
MEMBER(smin_stats, struct_size, 0, 0);
MEMBER(smin_stats, reserved, 4, 4);
MEMBER(smin_stats, flows, 8, 8);
MEMBER(smin_stats, messages, 16, 16);
MEMBER(smin_stats, trailers, 24, 24);
MEMBER(smin_stats, events, 32, 32);
MEMBER(smin_stats, alerts, 40, 40);
MEMBER(smin_stats, bytes, 48, 48);
MEMBER(smin_stats, bytes_skipped, 56, 56);
MEMBER(smin_stats, gaps, 64, 64);
MEMBER(smin_stats, limit_hits, 72, 72);
MEMBER(smin_stats, memory_used, 80, 80);
MEMBER(smin_stats, memory_peak, 88, 88);
MEMBER(smin_stats, allocations, 96, 96);
MEMBER(smin_stats, allocation_failures, 104, 104);
MEMBER(smin_stats, scanned_bytes, 112, 112);
MEMBER(smin_stats, scans, 120, 120);

SIZE(smin_ext_stats, 16, 12);
MEMBER(smin_ext_stats, struct_size, 0, 0);
MEMBER(smin_ext_stats, reserved, 4, 4);
MEMBER(smin_ext_stats, get, 8, 8);

SIZE(smin_packet, 128, 124);
MEMBER(smin_packet, struct_size, 0, 0);
MEMBER(smin_packet, known, 4, 4);
MEMBER(smin_packet, direction, 8, 8);
MEMBER(smin_packet, flow_flags, 12, 12);
MEMBER(smin_packet, time_ns, 16, 16);
MEMBER(smin_packet, packet_number, 24, 24);
MEMBER(smin_packet, ip_version, 32, 32);
MEMBER(smin_packet, protocol, 33, 33);
MEMBER(smin_packet, ttl, 34, 34);
MEMBER(smin_packet, tos, 35, 35);
MEMBER(smin_packet, fragment_bits, 36, 36);
MEMBER(smin_packet, tcp_flags, 37, 37);
MEMBER(smin_packet, icmp_type, 38, 38);
MEMBER(smin_packet, icmp_code, 39, 39);
MEMBER(smin_packet, source_port, 40, 40);
MEMBER(smin_packet, destination_port, 42, 42);
MEMBER(smin_packet, ip_id, 44, 44);
MEMBER(smin_packet, fragment_offset, 46, 46);
MEMBER(smin_packet, tcp_window, 48, 48);
MEMBER(smin_packet, tcp_mss, 50, 50);
MEMBER(smin_packet, icmp_id, 52, 52);
MEMBER(smin_packet, icmp_sequence, 54, 54);
MEMBER(smin_packet, ip_options, 56, 56);
MEMBER(smin_packet, tcp_sequence, 60, 60);
MEMBER(smin_packet, tcp_acknowledgement, 64, 64);
MEMBER(smin_packet, payload_wire, 68, 68);
MEMBER(smin_packet, source_address, 72, 72);
MEMBER(smin_packet, destination_address, 88, 88);
MEMBER(smin_packet, payload, 104, 104);
MEMBER(smin_packet, payload_length, 112, 108);
MEMBER(smin_packet, stream_size, 120, 116);

SIZE(smin_ext_cache, 24, 16);
MEMBER(smin_ext_cache, struct_size, 0, 0);
MEMBER(smin_ext_cache, reserved, 4, 4);
MEMBER(smin_ext_cache, load, 8, 8);
MEMBER(smin_ext_cache, store, 16, 12);

SIZE(smin_ext_progress, 16, 12);
MEMBER(smin_ext_progress, struct_size, 0, 0);
MEMBER(smin_ext_progress, reserved, 4, 4);
MEMBER(smin_ext_progress, step, 8, 8);

SIZE(smin_detect_pattern, 16, 12);
MEMBER(smin_detect_pattern, bytes, 0, 0);
MEMBER(smin_detect_pattern, length, 8, 4);
MEMBER(smin_detect_pattern, direction, 12, 8);

SIZE(smin_ext_detect, 24, 20);
MEMBER(smin_ext_detect, struct_size, 0, 0);
MEMBER(smin_ext_detect, pattern_count, 4, 4);
MEMBER(smin_ext_detect, patterns, 8, 8);
MEMBER(smin_ext_detect, pattern_stride, 16, 12);
MEMBER(smin_ext_detect, probe_bytes, 20, 16);

SIZE(smin_expected, 16, 12);
MEMBER(smin_expected, struct_size, 0, 0);
MEMBER(smin_expected, context_length, 4, 4);
MEMBER(smin_expected, context, 8, 8);

SIZE(smin_ext_expected, 16, 12);
MEMBER(smin_ext_expected, struct_size, 0, 0);
MEMBER(smin_ext_expected, reserved, 4, 4);
MEMBER(smin_ext_expected, flow_new, 8, 8);

SIZE(smin_file_head, 80, 64);
MEMBER(smin_file_head, struct_size, 0, 0);
MEMBER(smin_file_head, flags, 4, 4);
MEMBER(smin_file_head, direction, 8, 8);
MEMBER(smin_file_head, flow_flags, 12, 12);
MEMBER(smin_file_head, time_ns, 16, 16);
MEMBER(smin_file_head, packet_number, 24, 24);
MEMBER(smin_file_head, flow, 32, 32);
MEMBER(smin_file_head, inspector, 40, 36);
MEMBER(smin_file_head, name, 48, 40);
MEMBER(smin_file_head, name_length, 56, 44);
MEMBER(smin_file_head, bytes, 64, 52);
MEMBER(smin_file_head, length, 72, 56);

SIZE(smin_ext_file_rules, 24, 16);
MEMBER(smin_ext_file_rules, struct_size, 0, 0);
MEMBER(smin_ext_file_rules, reserved, 4, 4);
MEMBER(smin_ext_file_rules, wanted, 8, 8);
MEMBER(smin_ext_file_rules, judge, 16, 12);

SIZE(smin_ext_packet, 24, 16);
MEMBER(smin_ext_packet, struct_size, 0, 0);
MEMBER(smin_ext_packet, reserved, 4, 4);
MEMBER(smin_ext_packet, wanted, 8, 8);
MEMBER(smin_ext_packet, packet, 16, 12);

#include "layout_lent.h"

/* By value, so frozen for ever: it can never grow. */
_Static_assert(sizeof(struct smin_result) == 24, "struct smin_result is fixed");

/* Values that are part of the contract. */
_Static_assert(SMIN_TO_SERVER == 0 && SMIN_TO_CLIENT == 1 && SMIN_EITHER == 2, "directions");
_Static_assert(SMIN_OK == 0 && SMIN_MORE == 1 && SMIN_DONE == 2, "statuses");
_Static_assert(SMIN_E_MALFORMED == -1 && SMIN_E_TRUNCATED == -2 && SMIN_E_UNSUPPORTED == -101, "statuses");
_Static_assert(SMIN_E_LIMIT == -201 && SMIN_E_MISUSE == -301 && SMIN_E_NOT_FOUND == -302, "statuses");
_Static_assert(SMIN_E_REFUSED == -401 && SMIN_E_VERSION == -402 && SMIN_STATUS_FATAL == -900, "statuses");
_Static_assert(SMIN_E_NOMEM == -901 && SMIN_E_IO == -902 && SMIN_E_INTERNAL == -903, "statuses");
_Static_assert(SMIN_PROBE_NO == 0 && SMIN_PROBE_YES == 1 && SMIN_PROBE_MORE == 2, "answers of probe");
_Static_assert(SMIN_KIND_MESSAGE == 1 && SMIN_KIND_TRAILER == 2 && SMIN_KIND_STREAM == 3, "kinds");
_Static_assert(SMIN_KIND_PACKET == 4, "kinds");
_Static_assert(SMIN_TYPE_NUMBER == 1 && SMIN_TYPE_DIGEST == 7, "types of fields");
_Static_assert(SMIN_FLOW_MIDSTREAM == 1 && SMIN_FLOW_ESTABLISHED == 2, "flags of flows");
_Static_assert(SMIN_WANTS_PACKETS == 1 && SMIN_WANTS_DATAGRAMS == 2 && SMIN_WANTS_PACKET_FLOWS == 4, "what an inspector wants");
_Static_assert(SMIN_PACKET_FLOW == 1 && SMIN_PACKET_PORTS == 4 && SMIN_PACKET_STREAM == 256, "what is known of a packet");
_Static_assert(SMIN_FRAGMENT_MORE == 1 && SMIN_FRAGMENT_DONT == 2 && SMIN_FRAGMENT_RESERVED == 4, "fragment bits");
_Static_assert(SMIN_IP_OPTION_RR == 1 && SMIN_IP_OPTION_NOP == 2048 && SMIN_IP_OPTION_OTHER == 4096, "IP options");
