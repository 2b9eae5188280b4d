/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file abi_ext.h
 * The standard extensions of an inspector: asked for by name, answered with a
 * table that lives for ever, or with NULL. The number in the name is the
 * version; tables begin with their size and only grow.
 */
#ifndef SMIN_ABI_EXT_H
#define SMIN_ABI_EXT_H

#include "smin/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SMIN_EXT_FRAME "smin.frame/1"
#define SMIN_EXT_MESSAGE "smin.message/1"
#define SMIN_EXT_RULES "smin.rules/1"
#define SMIN_EXT_STATS "smin.stats/1"
#define SMIN_EXT_PACKET "smin.packet/1"
#define SMIN_EXT_DETECT "smin.detect/1"
#define SMIN_EXT_EXPECTED "smin.expected/1"
#define SMIN_EXT_FILE_RULES "smin.file_rules/1"

/** How long is the next message? For hosts that cut the stream themselves. */
struct smin_ext_frame {
    uint32_t struct_size;
    uint32_t header_bytes; /**< how many bytes decide the length */
    /**
     * `*total` becomes the length of the message that begins at `bytes`, header
     * included. SMIN_OK; SMIN_MORE: fewer than header_bytes were given;
     * SMIN_E_MALFORMED: no message begins here. Thread: [any].
     */
    int32_t (*need)(const uint8_t *bytes, size_t length, uint64_t *total);
};

/** What does one whole message say? For hosts without flows. */
struct smin_ext_message {
    uint32_t struct_size;
    uint32_t reserved;
    /**
     * Decodes one message and delivers it through the host's on_output, with
     * `flow_user` as given, before it returns. Rules that need a flow are left
     * out. SMIN_OK; SMIN_E_TRUNCATED: delivered as far as it goes, not at all
     * when not even a header is there; SMIN_E_MALFORMED: no message begins here,
     * nothing delivered;
     * SMIN_E_MISUSE. Thread: [flow].
     */
    int32_t (*decode)(struct smin_thread *thread, const struct smin_input *input, void *flow_user);
};

/** Bytes that a stream of the inspector's protocol can begin with. */
struct smin_detect_pattern {
    const uint8_t *bytes;
    uint32_t length;
    uint32_t direction; /**< SMIN_TO_SERVER, SMIN_TO_CLIENT or SMIN_EITHER: whose stream */
};

/**
 * On any port: for hosts that find a protocol by the bytes that a stream begins with. Where none of the patterns stands
 * at its first byte, `probe` says no on every port that is no hint; where one does, `probe` decides. Lives for ever.
 */
struct smin_ext_detect {
    uint32_t struct_size;
    uint32_t pattern_count;
    const struct smin_detect_pattern *patterns;
    uint32_t pattern_stride; /**< bytes from one element to the next */
    uint32_t probe_bytes;    /**< so many bytes of a stream get an answer of `probe` that is not SMIN_PROBE_MORE */
};

/** Severity of a diagnostic. */
enum { SMIN_DIAGNOSTIC_WARNING = 1, SMIN_DIAGNOSTIC_ERROR = 2 };

/** One thing wrong with a rule text. Lives until instance_free. */
struct smin_diagnostic {
    uint32_t struct_size;
    uint32_t severity; /**< SMIN_DIAGNOSTIC_*; an error means the rule was refused */
    uint32_t line;     /**< from 1 */
    uint32_t column;   /**< from 1, in bytes */
    uint32_t sid;      /**< 0 when it was not read yet */
    uint32_t reserved;
    const char *file;
    const char *option; /**< the option it is about, or "" */
    const char *text;   /**< the reason, and what to write instead */
};

/** The languages that rules are written back in. */
enum {
    SMIN_DIALECT_OWN = 0,       /**< what the inspector reads: says every rule */
    SMIN_DIALECT_SURICATA8 = 1, /**< the same words, less what Suricata 8 does not take */
    SMIN_DIALECT_SNORT3 = 2
};

/** Room for the text of any rule, its NUL included. */
#define SMIN_RULE_TEXT_ROOM 65537u

/** What a rule cost. */
struct smin_rule_cost {
    uint32_t struct_size;
    uint32_t reserved;
    uint64_t checks;        /**< it was asked about ends, flow, numbers and events */
    uint64_t verifications; /**< its bytes were looked at */
    uint64_t steps;         /**< of that: a try of a condition, or 64 bytes searched */
    uint64_t matches;       /**< before thresholds, noalert and pass rules */
    uint64_t limit_hits;    /**< verifications that ended without an answer */
};

/** The rules of an instance. Every function: [any], and results live until instance_free. */
struct smin_ext_rules {
    uint32_t struct_size;
    uint32_t reserved;
    /** How many rules are honoured. */
    uint32_t (*count)(const struct smin_instance *instance);
    /** One of them, in the order of the texts; NULL past the end. */
    const struct smin_rule_info *(*rule)(const struct smin_instance *instance, uint32_t index);
    /** How many rules were refused. */
    uint32_t (*refused)(const struct smin_instance *instance);
    uint32_t (*diagnostic_count)(const struct smin_instance *instance);
    const struct smin_diagnostic *(*diagnostic)(const struct smin_instance *instance, uint32_t index);
    /** What does the matching: "hyperscan 5.4.0" or "plain". */
    const char *(*matcher)(const struct smin_instance *instance);
    /**
     * Writes a rule back as one line of text without its end, NUL behind it, in canonical form; variables stay.
     * What is read from the text is the rule. `*length` becomes the length without the NUL. SMIN_OK;
     * SMIN_E_REFUSED: the dialect cannot say it without a change of meaning, and `buffer` holds the reason;
     * SMIN_E_LIMIT: `size` is too small (SMIN_RULE_TEXT_ROOM never is), or the text would be longer than a
     * rule may be; SMIN_E_MISUSE: no such rule or dialect.
     */
    int32_t (*text)(const struct smin_instance *instance, uint32_t index, uint32_t dialect, char *buffer, size_t size,
                    size_t *length);
    /**
     * What a rule cost one thread so far. `cost->struct_size` says how much the caller knows. Thread: [flow]. SMIN_OK;
     * SMIN_E_NOT_FOUND: no such rule, or the instance was made without the setting rule_profile; SMIN_E_MISUSE.
     */
    int32_t (*cost)(const struct smin_thread *thread, uint32_t index, struct smin_rule_cost *cost);
};

/** Counters of one thread. */
struct smin_stats {
    uint32_t struct_size;
    uint32_t reserved;
    uint64_t flows;
    uint64_t messages;
    uint64_t trailers;
    uint64_t events;
    uint64_t alerts;
    uint64_t bytes;          /**< fed */
    uint64_t bytes_skipped;  /**< fed, but part of no message */
    uint64_t gaps;
    uint64_t limit_hits;     /**< any limit */
    uint64_t memory_used;    /**< bytes in use now */
    uint64_t memory_peak;
    uint64_t allocations;
    uint64_t allocation_failures;
    uint64_t scanned_bytes;  /**< by the matcher */
    uint64_t scans;
};

/** Counters. `stats->struct_size` says how much the caller knows. [flow]. */
struct smin_ext_stats {
    uint32_t struct_size;
    uint32_t reserved;
    /** SMIN_OK, or SMIN_E_MISUSE for a size below the first counter. */
    int32_t (*get)(const struct smin_thread *thread, struct smin_stats *stats);
};

/** What an inspector wants of datagrams and packets, as bits. */
enum {
    SMIN_WANTS_PACKETS = 1,  /**< `packet` for every packet */
    SMIN_WANTS_DATAGRAMS = 2, /**< `datagram`, for UDP flows that `probe` says yes to */
    SMIN_WANTS_PACKET_FLOWS = 4 /**< `packet` with a flow and stream sizes: its rules remember, or look at these */
};

/** What is known of one packet, as bits. Members that a missing bit is about are not looked at. */
enum {
    SMIN_PACKET_FLOW = 1,      /**< it belongs to a flow: direction and flow_flags mean something */
    SMIN_PACKET_FIRST = 2,     /**< the first of its direction in its flow */
    SMIN_PACKET_PORTS = 4,     /**< it has ports */
    SMIN_PACKET_TCP = 8,       /**< it has a TCP header */
    SMIN_PACKET_ICMP = 16,     /**< it has an ICMP or ICMPv6 header */
    SMIN_PACKET_ICMP_ID = 32,  /**< and that has an identifier and a sequence number */
    SMIN_PACKET_MSS = 64,      /**< the TCP header has a maximum segment size option */
    SMIN_PACKET_FRAGMENT = 128, /**< fragment fields: always in IPv4, with a fragment header in IPv6 */
    SMIN_PACKET_STREAM = 256    /**< the opening of its TCP connection was seen: stream sizes are known */
};

/** Fragment bits of an IP header. */
enum { SMIN_FRAGMENT_MORE = 1, SMIN_FRAGMENT_DONT = 2, SMIN_FRAGMENT_RESERVED = 4 };

/** Options of an IPv4 header, as bits. */
enum {
    SMIN_IP_OPTION_RR = 1,        /**< record route */
    SMIN_IP_OPTION_TS = 2,        /**< time stamps */
    SMIN_IP_OPTION_QS = 4,        /**< quick start */
    SMIN_IP_OPTION_SEC = 8,       /**< security */
    SMIN_IP_OPTION_ESEC = 16,     /**< extended security */
    SMIN_IP_OPTION_CIPSO = 32,    /**< commercial security */
    SMIN_IP_OPTION_LSRR = 64,     /**< loose source route */
    SMIN_IP_OPTION_SSRR = 128,    /**< strict source route */
    SMIN_IP_OPTION_SATID = 256,   /**< stream identifier */
    SMIN_IP_OPTION_RTRALT = 512,  /**< router alert */
    SMIN_IP_OPTION_EOL = 1024,    /**< end of options */
    SMIN_IP_OPTION_NOP = 2048,    /**< no operation */
    SMIN_IP_OPTION_OTHER = 4096   /**< any other */
};

/**
 * One packet, of a tunnel the innermost. Of a fragment the IP header only: what
 * it is a piece of comes once more when it is whole.
 */
struct smin_packet {
    uint32_t struct_size;
    uint32_t known;         /**< SMIN_PACKET_* */
    uint32_t direction;     /**< SMIN_TO_SERVER or SMIN_TO_CLIENT; without a flow SMIN_TO_SERVER */
    uint32_t flow_flags;    /**< SMIN_FLOW_*, this packet included */
    uint64_t time_ns;       /**< since 1970 */
    uint64_t packet_number; /**< counts from 1; 0 when the host has none */
    uint8_t ip_version;     /**< 4 or 6 */
    uint8_t protocol;       /**< IP protocol number, behind extension headers; of a fragment of IPv6 44 */
    uint8_t ttl;            /**< or hop limit */
    uint8_t tos;            /**< or traffic class */
    uint8_t fragment_bits;  /**< SMIN_FRAGMENT_* */
    uint8_t tcp_flags;      /**< as in the header */
    uint8_t icmp_type;
    uint8_t icmp_code;
    uint16_t source_port;
    uint16_t destination_port;
    uint16_t ip_id;           /**< IPv4 identification */
    uint16_t fragment_offset; /**< as in the header, in units of eight bytes */
    uint16_t tcp_window;      /**< as in the header, unscaled */
    uint16_t tcp_mss;
    uint16_t icmp_id;
    uint16_t icmp_sequence;
    uint32_t ip_options; /**< SMIN_IP_OPTION_* */
    uint32_t tcp_sequence;
    uint32_t tcp_acknowledgement;
    uint32_t payload_wire;     /**< bytes of payload that the packet claims to have */
    uint8_t source_address[16]; /**< IPv4 in the first four bytes */
    uint8_t destination_address[16];
    const uint8_t *payload;  /**< behind the TCP, UDP, SCTP or ICMP header; of other protocols behind the IP header */
    uint64_t payload_length; /**< bytes at `payload`: less than payload_wire when the capture was cut */
    /**
     * How far the sequence numbers of either direction have come, [0] to the server:
     * its SYN and all bytes up to the highest that was seen or acknowledged, an
     * acknowledged FIN too, this packet included; 0 before its SYN.
     */
    uint32_t stream_size[2];
};

/** Packets, for rules that look at their headers. */
struct smin_ext_packet {
    uint32_t struct_size;
    uint32_t reserved;
    /** SMIN_WANTS_*; 0 means that neither packets nor datagrams cost anything. Thread: [any]. */
    uint32_t (*wanted)(const struct smin_instance *instance);
    /**
     * One packet, behind what its bytes were fed for. `flow` is what flow_new gave
     * for its flow; NULL when the host made none: then nothing is remembered.
     * Alerts come as messages of SMIN_KIND_PACKET through the host's on_output,
     * with `flow_user` as given, before it returns. SMIN_OK; SMIN_E_NOMEM;
     * SMIN_E_MISUSE. Thread: [flow].
     */
    int32_t (*packet)(struct smin_thread *thread, struct smin_flow *flow, const struct smin_packet *packet,
                      void *flow_user);
};

/** A flow that was announced through smin.expect/1. `context` is borrowed for the call. */
struct smin_expected {
    uint32_t struct_size;
    uint32_t context_length; /**< 0 when another inspector announced it */
    const uint8_t *context;  /**< as it was given */
};

/** Flows that were announced. An inspector without this table gets them through flow_new. */
struct smin_ext_expected {
    uint32_t struct_size;
    uint32_t reserved;
    /** As flow_new, for a flow that an expectation for this inspector fits; `probe` was not asked. Thread: [flow]. */
    int32_t (*flow_new)(struct smin_thread *thread, const struct smin_flow_info *info,
                        const struct smin_expected *expected, void *flow_user, struct smin_flow **flow);
};

/** Bits of a file that is judged. */
enum {
    SMIN_FILE_HEAD_MORE = 1,     /**< the file goes on behind `bytes`, seen or unseen */
    SMIN_FILE_HEAD_NAME_MORE = 2 /**< the name goes on behind `name` */
};

/** The beginning of a file that an inspector hands over through smin.file/1. All of it is borrowed for the call. */
struct smin_file_head {
    uint32_t struct_size;
    uint32_t flags;         /**< SMIN_FILE_HEAD_* */
    uint32_t direction;     /**< SMIN_TO_SERVER or SMIN_TO_CLIENT: where its bytes go */
    uint32_t flow_flags;    /**< SMIN_FLOW_*, as known by now */
    uint64_t time_ns;       /**< of the packet at hand */
    uint64_t packet_number; /**< likewise */
    const struct smin_flow_info *flow; /**< that it moves on */
    const char *inspector;             /**< name of the one that hands it over: "tftp" */
    const uint8_t *name;               /**< NULL: not known */
    uint64_t name_length;
    const uint8_t *bytes; /**< from the file's first one on, without a gap */
    uint64_t length;
};

/** Rules on files, whatever moves them. */
struct smin_ext_file_rules {
    uint32_t struct_size;
    uint32_t reserved;
    /**
     * SMIN_OK: there are such rules; `*bytes` becomes how much of a file's beginning they look at, 0 when they ask for
     * names alone. SMIN_E_NOT_FOUND: there are none, and files cost nothing. SMIN_E_MISUSE. Thread: [any].
     */
    int32_t (*wanted)(const struct smin_instance *instance, uint64_t *bytes);
    /**
     * One file, once: when as much of it as is wanted is there, when bytes of it are missing, or when it ended. It may
     * come inside a call into another inspector, never inside one into this. `flow` is what this inspector's flow_new
     * gave for the flow, NULL when it has none. Alerts come as a message of SMIN_KIND_FILE through the host's
     * on_output, with `flow_user` as given, before it returns. SMIN_OK; SMIN_MORE: likewise, but some rule that did not
     * match might, further on in the file; SMIN_E_LIMIT: some rule was not decided; SMIN_E_NOMEM; SMIN_E_MISUSE.
     * Thread: [flow].
     */
    int32_t (*judge)(struct smin_thread *thread, struct smin_flow *flow, const struct smin_file_head *file,
                     void *flow_user);
};

#ifdef __cplusplus
}
#endif

#include "smin/abi_lent.h"

#endif
