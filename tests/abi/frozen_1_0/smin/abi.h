/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file abi.h
 * The contract between a host (replay harness, intrusion detection engine,
 * packet analyser) and an inspector (a protocol decoder with a matcher).
 * Structs and constants only: there is nothing to link.
 *
 * **Entry.** A plugin exports one *data* symbol, SMIN_PLUGIN_ENTRY: a constant
 * array of pointers to inspectors, ended by NULL. The host can judge it before
 * any code of the plugin runs.
 *
 * **Growth.** Every struct begins with its size and only grows at its end. A
 * member may be read only when `struct_size` covers it: SMIN_HAS(). Bytes of a
 * caller's struct that the callee does not know must be zero. New functions
 * come as extensions with a name and a number, or at the end with a higher
 * minor. While the major is 0 every minor may change anything.
 *
 * **Threads.** [config]: one thread, while no flow of the instance exists.
 * [flow]: one thread at a time per flow and per thread object. [any]: any
 * thread at any time. Callbacks come on the caller's thread, inside the call
 * that caused them, and never after `end` of both directions or `flow_free`.
 * Calling back into the same flow from a callback is SMIN_E_MISUSE.
 *
 * **Memory.** Input bytes are borrowed until the call returns. What a callback
 * is shown is borrowed until the callback returns. Nothing is freed across the
 * boundary. The host table must outlive the instance. An inspector allocates
 * through the host only, keeps no global state, writes to no file or stream,
 * reads no clock and no environment, and is never unloaded.
 *
 * **Status.** Functions return the codes of status.h: 0 ok, positive "go on",
 * negative errors. At or below SMIN_STATUS_FATAL only free the object.
 */
#ifndef SMIN_ABI_H
#define SMIN_ABI_H

#include <stddef.h>
#include <stdint.h>

#include "smin/field.h"
#include "smin/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SMIN_ABI_MAJOR 1
#define SMIN_ABI_MINOR 0

/** Name of the one symbol that a plugin exports, and its type. */
#define SMIN_PLUGIN_ENTRY smin_plugin_entry
#define SMIN_PLUGIN_ENTRY_NAME "smin_plugin_entry"

/** True when the struct behind `pointer` is large enough to hold `member`. */
#define SMIN_HAS(pointer, member) \
    ((pointer)->struct_size >= (uint32_t)((size_t)((const char *)&(pointer)->member - (const char *)(pointer)) + \
                                          sizeof((pointer)->member)))

/** Opaque objects of an inspector. */
struct smin_instance; /**< configuration, immutable after instance_new, shared by threads */
struct smin_thread;   /**< scratch memory of one thread */
struct smin_flow;     /**< state of one flow */

/** One setting, both texts ended by NUL. */
struct smin_setting {
    const char *name;
    const char *value;
};

/** One rule file that the host read. */
struct smin_rule_text {
    const char *name; /**< for diagnostics, ended by NUL */
    const char *text; /**< not ended by NUL; borrowed until instance_new returns */
    uint64_t length;
};

/** Configuration of an instance. Borrowed until instance_new returns. */
struct smin_config {
    uint32_t struct_size;
    uint32_t setting_count;
    const struct smin_setting *settings; /**< see each inspector's documentation; an unknown name is SMIN_E_NOT_FOUND */
    uint32_t rule_text_count;            /**< 0: no matching, decode only */
    uint32_t variable_count;
    const struct smin_rule_text *rule_texts;
    const struct smin_setting *variables; /**< rule variables: HOME_NET, ... */
};

/** Flags of a flow. */
enum {
    SMIN_FLOW_MIDSTREAM = 1, /**< the beginning was not seen */
    SMIN_FLOW_ESTABLISHED = 2, /**< the handshake was seen or lies before what was seen, or data flowed both ways */
    SMIN_FLOW_FINISHED = 4 /**< in an input to `end`: the sender of this direction closed it, and no byte is left out untold */
};

/** Who talks to whom. Client is the side that opened the connection. */
struct smin_flow_info {
    uint32_t struct_size;
    uint8_t ip_version; /**< 4 or 6; 0 when unknown */
    uint8_t protocol;   /**< IP protocol number: 6 TCP, 17 UDP */
    uint16_t flags;     /**< SMIN_FLOW_* */
    uint16_t client_port;
    uint16_t server_port;
    uint8_t client_address[16]; /**< IPv4 in the first four bytes */
    uint8_t server_address[16];
};

/** A piece of input. */
struct smin_input {
    uint32_t struct_size;
    uint32_t direction;     /**< SMIN_TO_SERVER or SMIN_TO_CLIENT */
    uint64_t time_ns;       /**< of the packet that brought it, since 1970 */
    uint64_t packet_number; /**< counts from 1; 0 when the host has none */
    uint64_t offset;        /**< of the first byte in this direction's stream */
    const uint8_t *bytes;   /**< NULL for gap */
    uint64_t length;        /**< of `bytes`; for gap: how many bytes are missing */
    uint32_t flow_flags;    /**< SMIN_FLOW_*, as known by now */
    uint32_t reserved;      /**< zero */
};

/** Answer of feed and its relatives. By value, fixed for ever. */
struct smin_result {
    int32_t status;    /**< SMIN_OK, SMIN_DONE (send no more), SMIN_E_* */
    uint32_t reserved; /**< zero */
    uint64_t consumed; /**< bytes taken; always all of them unless status is negative */
    uint64_t needed;   /**< how many more bytes the next message lacks; 0 when unknown */
};

/** Answers of probe. */
enum {
    SMIN_PROBE_NO = 0,  /**< not for this inspector: stop feeding this direction */
    SMIN_PROBE_YES = 1, /**< feed it, from its first byte */
    SMIN_PROBE_MORE = 2 /**< ask again with more of the same bytes */
};

/** A rule, as far as a host needs it to report. Lives until instance_free. */
struct smin_rule_info {
    uint32_t struct_size;
    uint32_t gid;
    uint32_t sid;
    uint32_t rev;
    uint32_t severity;       /**< 1 is the highest, as Suricata's priority */
    uint32_t metadata_count;
    uint32_t reference_count;
    uint32_t line;
    const char *action;      /**< "alert", "drop", ... */
    const char *msg;
    const char *category;    /**< description of its classtype; "" when it has none */
    const char *file;        /**< where it was read, with `line` */
    const struct smin_setting *metadata;   /**< in the order of the rule; keys may repeat */
    const struct smin_setting *references; /**< name is the kind: "url", "cve" */
};

/** One verdict of the matcher: a rule and where. */
struct smin_alert {
    const struct smin_rule_info *rule;
    uint64_t offset; /**< first byte of the deciding match, in the stream; of the message when no bytes decided */
    uint32_t length; /**< of that match; 0 when unknown */
    uint32_t reserved;
};

/** What an inspector delivers: a message, the alerts it raised, and when. */
struct smin_output {
    uint32_t struct_size;
    uint32_t alert_count;
    uint16_t alert_stride;
    uint16_t reserved16;
    uint32_t reserved32;
    uint64_t time_ns;       /**< of the input that completed it */
    uint64_t packet_number; /**< likewise */
    const struct smin_message *message;
    const struct smin_alert *alerts;
};

/** Levels of trace. */
enum { SMIN_TRACE_ERROR = 1, SMIN_TRACE_WARNING = 2, SMIN_TRACE_INFO = 3, SMIN_TRACE_DEBUG = 4 };

/** The host's side. Must outlive every instance that was given it. */
struct smin_host {
    uint32_t struct_size;
    uint16_t abi_major; /**< SMIN_ABI_MAJOR the host was built with */
    uint16_t abi_minor;
    const char *name; /**< "smin-replay 0.1.0" */
    void *user;       /**< handed back in every callback */

    /** Memory of `size` bytes, aligned for any type, or NULL. Thread: [any]. Required. */
    void *(*alloc)(void *user, size_t size);
    /** Gives back what alloc gave, with the same size. NULL is never passed. Thread: [any]. Required. */
    void (*release)(void *user, void *memory, size_t size);
    /** One line for people, ended by NUL. Thread: [any]. May be NULL. */
    void (*trace)(void *user, int32_t level, const char *text);
    /**
     * A message, or events of the stream. `flow_user` is what flow_new was given.
     * Everything reachable from `output` lives until the callback returns, but
     * rules live until instance_free. Thread: [flow]. Required.
     */
    void (*on_output)(void *user, void *flow_user, const struct smin_output *output);
    /** A host extension by name, or NULL. Lifetime: for ever. Thread: [any]. May be NULL. */
    const void *(*extension)(void *user, const char *id);
};

/** Flags of an inspector. */
enum {
    /**
     * It takes flows of everyday traffic, most of which are nobody's concern: of such a flow, and of what befell its
     * stream, a host says nothing unless the inspector delivered something of it.
     */
    SMIN_INSPECTOR_EVERYDAY = 1
};

/** The inspector's side. Static, constant, for ever. */
struct smin_inspector {
    uint32_t struct_size;
    uint16_t abi_major; /**< SMIN_ABI_MAJOR the inspector was built with */
    uint16_t abi_minor;
    const char *id;      /**< reverse domain name, unique: "org.smin.smartinstall" */
    const char *name;    /**< protocol name in hosts: "smin" */
    const char *version; /**< of the inspector, for people */
    const char *vendor;
    const char *licence; /**< SPDX expression */

    const struct smin_field_desc *fields;
    const struct smin_event_desc *events;
    const struct smin_message_desc *messages;
    uint32_t field_count;
    uint32_t event_count;
    uint32_t message_count;
    uint16_t field_stride; /**< bytes from one element to the next */
    uint16_t event_stride;
    uint16_t message_stride;
    uint16_t tcp_port_count; /**< ports that are a hint, never a proof */
    uint32_t flags;          /**< SMIN_INSPECTOR_* */
    const uint16_t *tcp_ports;

    /**
     * Makes an instance. Rules that cannot be honoured are left out and listed
     * through smin.rules/1; that alone is no error.
     * SMIN_OK; SMIN_E_NOT_FOUND unknown setting; SMIN_E_MISUSE a value or table
     * out of contract; SMIN_E_VERSION; SMIN_E_NOMEM. `*instance` is NULL unless
     * SMIN_OK. Thread: [config].
     */
    int32_t (*instance_new)(const struct smin_host *host, const struct smin_config *config,
                            struct smin_instance **instance);
    /** Frees an instance without threads and flows. NULL is fine. Thread: [config]. */
    void (*instance_free)(struct smin_instance *instance);

    /** Makes the scratch of one thread. SMIN_OK, SMIN_E_NOMEM. Thread: [any]. */
    int32_t (*thread_new)(struct smin_instance *instance, struct smin_thread **thread);
    /** Frees it; its flows must be gone. NULL is fine. Thread: [flow]. */
    void (*thread_free)(struct smin_thread *thread);

    /**
     * Makes the state of a flow. `info` is borrowed until the call returns.
     * `flow_user` comes back in on_output. SMIN_OK, SMIN_E_NOMEM, SMIN_E_MISUSE.
     * Thread: [flow].
     */
    int32_t (*flow_new)(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                        struct smin_flow **flow);
    /** Frees it without another callback. NULL is fine. Thread: [flow]. */
    void (*flow_free)(struct smin_thread *thread, struct smin_flow *flow);

    /**
     * Are the first bytes of a direction for this inspector? `input->offset` is
     * where they stand: not 0 when the beginning was not seen. Remembers nothing.
     * SMIN_PROBE_*, or SMIN_E_MISUSE. Asks for at most 16 bytes. Thread: [flow].
     */
    int32_t (*probe)(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input);

    /** The next bytes of a direction, in order. Thread: [flow]. */
    struct smin_result (*feed)(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);
    /** `input->length` bytes are missing at this place. Thread: [flow]. */
    struct smin_result (*gap)(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);
    /** One datagram. NULL when the inspector reads streams only. Thread: [flow]. */
    struct smin_result (*datagram)(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);
    /**
     * A direction ended; what is unfinished is delivered as far as it arrived.
     * `input->bytes` is NULL and its length 0. Ending twice is SMIN_DONE. Thread: [flow].
     */
    struct smin_result (*end)(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input);

    /** An extension table by name ("smin.rules/1"), or NULL. Lifetime: for ever. Thread: [any]. */
    const void *(*extension)(const char *id);
};

#ifdef __cplusplus
}
#endif

#endif
