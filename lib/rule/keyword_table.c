/* SPDX-License-Identifier: BSD-2-Clause */
#include "rule/keyword_table.h"

#define BOTH "Suricata, Snort"
#define SURICATA "Suricata"
#define SNORT "Snort 3"

static const struct smini_keyword keywords[] = {
    /* about the rule */
    {"msg", SMINI_VALUE_NEEDED, smini_option_msg, "text of the alert, in quotes", BOTH},
    {"sid", SMINI_VALUE_NEEDED, smini_option_sid, "number of the rule, unique with gid; required", BOTH},
    {"rev", SMINI_VALUE_NEEDED, smini_option_rev, "revision", BOTH},
    {"gid", SMINI_VALUE_NEEDED, smini_option_gid, "group of the number, 1 when absent", BOTH},
    {"classtype", SMINI_VALUE_NEEDED, smini_option_classtype, "gives category and priority", BOTH},
    {"reference", SMINI_VALUE_NEEDED, smini_option_reference, "kind,place; may repeat", BOTH},
    {"metadata", SMINI_VALUE_NEEDED, smini_option_metadata, "key value pairs between commas; may repeat", BOTH},
    {"priority", SMINI_VALUE_NEEDED, smini_option_priority, "1 to 255, 1 is the highest", BOTH},
    {"target", SMINI_VALUE_NEEDED, smini_option_target, "src_ip or dest_ip, in Snort 3 dst_ip", BOTH},
    {"noalert", SMINI_VALUE_NONE, smini_option_noalert, "the rule is judged, but raises nothing", SURICATA},
    /* about the flow */
    {"flow", SMINI_VALUE_NEEDED, smini_option_flow,
     "established, not_established, stateless, to_server, to_client, from_server, from_client, only_stream, no_stream",
     BOTH},
    {"app-layer-protocol", SMINI_VALUE_NEEDED, smini_option_app_protocol, "[!]smin; of files tftp, http, ftp", SURICATA},
    {"app-layer-event", SMINI_VALUE_NEEDED, smini_option_app_event, "smin.<event>", SURICATA},
    {"service", SMINI_VALUE_NEEDED, smini_option_service, "smin: as app-layer-protocol", SNORT},
    /* about what was seen before */
    {"flowbits", SMINI_VALUE_NEEDED, smini_option_flowbits,
     "set, unset or toggle,bit: changes a bit of the flow; isset or isnotset,bit[|bit]: asks for it; noalert", BOTH},
    {"flowint", SMINI_VALUE_NEEDED, smini_option_flowint,
     "name,=|+|-,value: changes a number of the flow; name,==|!=|<|<=|>|>=,value or name,isset|notset: asks for it; the "
     "value may be another name",
     SURICATA},
    {"xbits", SMINI_VALUE_NEEDED, smini_option_xbits,
     "set|unset|toggle|isset|isnotset,bit,track ip_src|ip_dst|ip_pair[,expire seconds]: a bit of a host or of two; "
     "noalert",
     SURICATA},
    {"threshold", SMINI_VALUE_NEEDED, smini_option_threshold,
     "type limit|threshold|both, track by_src|by_dst|by_both|by_rule|by_flow, count n, seconds n; or type backoff, track "
     "by_flow, count n, multiplier n",
     SURICATA},
    {"detection_filter", SMINI_VALUE_NEEDED, smini_option_detection_filter,
     "track by_src|by_dst|by_flow, count n, seconds n: alerts on what comes after n matches", BOTH},
    /* about bytes */
    {"pkt_data", SMINI_VALUE_NONE, smini_option_payload, "back from a buffer to the payload", BOTH},
    {"raw_data", SMINI_VALUE_NONE, smini_option_payload, "likewise", SNORT},
    {"absent", SMINI_VALUE_OPTIONAL, smini_option_absent,
     "behind a buffer: it must not be there; or_else: where it is, what follows has to hold", SURICATA},
    {"content", SMINI_VALUE_NEEDED, smini_option_content,
     "[!]\"text and |hex|\"; behind the quotes Snort 3's modifiers between commas", BOTH},
    {"nocase", SMINI_VALUE_NONE, smini_option_nocase, "the content in any case (ASCII letters)", BOTH},
    {"offset", SMINI_VALUE_NEEDED, smini_option_offset, "not before this position", BOTH},
    {"depth", SMINI_VALUE_NEEDED, smini_option_depth, "within so many bytes from the offset", BOTH},
    {"distance", SMINI_VALUE_NEEDED, smini_option_distance, "so far behind the previous match, may be negative", BOTH},
    {"within", SMINI_VALUE_NEEDED, smini_option_within, "ends within so many bytes behind the previous match and distance",
     BOTH},
    {"startswith", SMINI_VALUE_NONE, smini_option_startswith, "at the beginning of the buffer", SURICATA},
    {"endswith", SMINI_VALUE_NONE, smini_option_endswith, "at the end of the buffer", SURICATA},
    {"fast_pattern", SMINI_VALUE_OPTIONAL, smini_option_fast_pattern, "the content that is looked for first; only, or offset,length",
     BOTH},
    {"rawbytes", SMINI_VALUE_NONE, smini_option_rawbytes, "changes nothing: bytes are always raw here", BOTH},
    {"pcre", SMINI_VALUE_NEEDED, smini_option_pcre, "[!]\"/expression/flags\", flags i m s x A E G R O B", BOTH},
    {"byte_test", SMINI_VALUE_NEEDED, smini_option_byte_test,
     "bytes,[!]operator,value,offset[,relative][,big|little][,string,hex|dec|oct][,bitmask mask]", BOTH},
    {"byte_jump", SMINI_VALUE_NEEDED, smini_option_byte_jump,
     "bytes,offset[,relative][,multiplier N][,big|little][,string,hex|dec|oct][,align][,from_beginning|from_end]"
     "[,post_offset N][,bitmask mask]: moves to where the number points",
     BOTH},
    {"byte_extract", SMINI_VALUE_NEEDED, smini_option_byte_extract,
     "bytes,offset,name[,relative][,multiplier N][,big|little][,string,hex|dec|oct][,align 2|4][,bitmask mask]: "
     "a number that later options of the buffer use by name",
     BOTH},
    {"byte_math", SMINI_VALUE_NEEDED, smini_option_byte_math,
     "bytes N,offset N,oper +|-|*|/|<<|>>,rvalue N,result name[,relative][,endian big|little][,string hex|dec|oct]"
     "[,bitmask hex]",
     BOTH},
    {"isdataat", SMINI_VALUE_NEEDED, smini_option_isdataat, "[!]position[,relative][,rawbytes]", BOTH},
    {"bsize", SMINI_VALUE_NEEDED, smini_option_bsize, "size of the buffer, as an integer condition", SURICATA},
    {"bufferlen", SMINI_VALUE_NEEDED, smini_option_bufferlen,
     "size of the buffer or the payload, in Snort 3's form: N, !N, <N, min<>max without and min<=>max with its ends; "
     "relative: of what is behind the previous match",
     SNORT},
    /* about packets */
    {"dsize", SMINI_VALUE_NEEDED, smini_option_packet_number, "size of the packet's payload, as an integer condition", BOTH},
    {"flags", SMINI_VALUE_NEEDED, smini_option_flags, "[+|*|!]TCP flags of F S R P A U E C[,flags not looked at], or 0", BOTH},
    {"tcp.flags", SMINI_VALUE_NEEDED, smini_option_flags, "as flags", SURICATA},
    {"seq", SMINI_VALUE_NEEDED, smini_option_packet_number, "TCP sequence number, as an integer condition", BOTH},
    {"tcp.seq", SMINI_VALUE_NEEDED, smini_option_packet_number, "as seq", SURICATA},
    {"ack", SMINI_VALUE_NEEDED, smini_option_packet_number, "TCP acknowledgement number, as an integer condition", BOTH},
    {"tcp.ack", SMINI_VALUE_NEEDED, smini_option_packet_number, "as ack", SURICATA},
    {"window", SMINI_VALUE_NEEDED, smini_option_packet_number, "TCP window as sent, as an integer condition", BOTH},
    {"tcp.window", SMINI_VALUE_NEEDED, smini_option_packet_number, "as window", SURICATA},
    {"tcp.mss", SMINI_VALUE_NEEDED, smini_option_packet_number, "TCP maximum segment size option, as an integer condition",
     SURICATA},
    {"ttl", SMINI_VALUE_NEEDED, smini_option_packet_number, "time to live or hop limit, as an integer condition", BOTH},
    {"tos", SMINI_VALUE_NEEDED, smini_option_tos, "[!]IPv4 type of service, decimal or x and two hexadecimal digits", BOTH},
    {"id", SMINI_VALUE_NEEDED, smini_option_packet_number, "IPv4 identification, as an integer condition", BOTH},
    {"fragbits", SMINI_VALUE_NEEDED, smini_option_fragbits, "[+|*|!]IPv4 bits of M D R", BOTH},
    {"fragoffset", SMINI_VALUE_NEEDED, smini_option_packet_number,
     "fragment offset in units of 8 bytes, in IPv6 in bytes, as an integer condition", BOTH},
    {"ipopts", SMINI_VALUE_NEEDED, smini_option_ipopts,
     "an IPv4 option: rr, ts, qs, sec, esec, cipso, lsrr, ssrr, satid, rtralt, eol, nop or any", BOTH},
    {"ip_proto", SMINI_VALUE_NEEDED, smini_option_ip_proto, "[!|<|>]IP protocol, number or name", BOTH},
    {"sameip", SMINI_VALUE_NONE, smini_option_sameip, "source and destination address are one", SURICATA},
    {"stream_size", SMINI_VALUE_NEEDED, smini_option_stream_size,
     "client|server|both|either,comparison,number: how far the TCP sequence numbers have come, the SYN included", SURICATA},
    {"itype", SMINI_VALUE_NEEDED, smini_option_packet_number, "ICMP type, as an integer condition", BOTH},
    {"icode", SMINI_VALUE_NEEDED, smini_option_packet_number, "ICMP code, as an integer condition", BOTH},
    {"icmp_id", SMINI_VALUE_NEEDED, smini_option_packet_number, "ICMP identifier, as an integer condition", BOTH},
    {"icmp_seq", SMINI_VALUE_NEEDED, smini_option_packet_number, "ICMP sequence number, as an integer condition", BOTH},
    /* change nothing */
    {"prefilter", SMINI_VALUE_NONE, smini_option_nothing, "which option is tried first is the matcher's choice", SURICATA},
    {"rem", SMINI_VALUE_NEEDED, smini_option_nothing, "a remark", SNORT},
    /* known and refused */
    {"geoip", SMINI_VALUE_NEEDED, NULL, "needs a database of places, which is not read here; write the networks in the header",
     SURICATA},
    {"iprep", SMINI_VALUE_NEEDED, NULL, "needs lists of reputations, which are not read here; write the networks in the header",
     SURICATA},
    {"decode-event", SMINI_VALUE_NEEDED, NULL, "names events of Suricata's decoder; damaged packets are told as anomaly records",
     SURICATA},
    {"stream-event", SMINI_VALUE_NEEDED, NULL, "names events of Suricata's streams; damaged streams are told as anomaly records",
     SURICATA},
    {"hostbits", SMINI_VALUE_NEEDED, NULL, "is an older form; write xbits with track ip_src or ip_dst", SURICATA},
    {"tag", SMINI_VALUE_NEEDED, NULL, "keeps packets, which this matcher never has; leave it out", BOTH},
    {"replace", SMINI_VALUE_NEEDED, NULL, "changes traffic, which a detector never does; leave it out", BOTH},
    {"uricontent", SMINI_VALUE_NEEDED, NULL, "is for HTTP; write smin.url; content:...", "Snort"},
    {"http_uri", SMINI_VALUE_NONE, NULL, "is for HTTP; write smin.url before the content", BOTH},
    {"lua", SMINI_VALUE_NEEDED, NULL, "runs foreign code; write pcre or byte_test", SURICATA},
    {"regex", SMINI_VALUE_NEEDED, NULL, "is Snort 3's expression without back references; write pcre", SNORT},
    {"enable", SMINI_VALUE_NEEDED, NULL, "switches a rule of a compiled set on or off; leave the rule out", SNORT},
};

const struct smini_keyword *smini_keyword_table(uint32_t *count)
{
    *count = (uint32_t)(sizeof(keywords) / sizeof(keywords[0]));
    return keywords;
}

bool smini_keyword_is_snort(const struct smini_keyword *keyword)
{
    return strcmp(keyword->dialect, SNORT) == 0;
}

const struct smini_keyword *smini_keyword_find(struct smini_span name)
{
    for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
        if (smini_lex_is(name, keywords[i].name))
            return &keywords[i];
    return NULL;
}
