/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file abi_lent.h
 * What a host may lend inspectors: asked for by name through the `extension`
 * of the host's own table. `user` is the host's, `flow_user` what flow_new was
 * given. abi_ext.h includes it.
 */
#ifndef SMIN_ABI_LENT_H
#define SMIN_ABI_LENT_H

#include "smin/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SMIN_EXT_CACHE "smin.cache/1"
#define SMIN_EXT_PROGRESS "smin.progress/1"
#define SMIN_EXT_EXPECT "smin.expect/1"
#define SMIN_EXT_FILE "smin.file/1"

/**
 * Bytes that a host keeps from one run to the next: compiled rules. They are as good as a program to whoever loads
 * them, so a host gives back only what nobody else can have changed; an inspector checks them all the same, and makes
 * anew what it doubts. Called by instance_new only. Thread: [config].
 */
struct smin_ext_cache {
    uint32_t struct_size;
    uint32_t reserved;
    /**
     * What was stored under `key` (digits and lower-case letters, at most 128, ended by NUL): live until the next call
     * or the end of instance_new. SMIN_OK, SMIN_E_NOT_FOUND.
     */
    int32_t (*load)(void *user, const char *key, const uint8_t **bytes, uint64_t *length);
    /** Keeps bytes under `key` instead of what was there. SMIN_OK; errors are no concern of the inspector. */
    int32_t (*store)(void *user, const char *key, const uint8_t *bytes, uint64_t length);
};

/** How far instance_new is. Thread: [config]. */
struct smin_ext_progress {
    uint32_t struct_size;
    uint32_t reserved;
    /** `done` of `total` of what `step` says in a few words; often, and seconds apart where a compiler is at work. */
    void (*step)(void *user, const char *step, uint64_t done, uint64_t total);
};

/** Bytes of context that an expectation carries at most. */
#define SMIN_EXPECT_CONTEXT_BYTES 16

/** Bits of an expectation. */
enum {
    SMIN_EXPECT_ANY_CLIENT = 1, /**< client_address says nothing: anybody may come */
    SMIN_EXPECT_ANY_SERVER = 2, /**< likewise server_address */
    SMIN_EXPECT_FOLLOWERS = 4   /**< the file names others, which come from the same place */
};

/** A transfer that is to be expected. Client is the side that will open the flow, or ask for the file. */
struct smin_expectation {
    uint32_t struct_size;
    uint32_t flags;       /**< SMIN_EXPECT_*; not both addresses may be any */
    uint32_t direction;   /**< of the contents: SMIN_TO_SERVER, SMIN_TO_CLIENT, or SMIN_EITHER when not known */
    uint8_t ip_version;   /**< 4 or 6 */
    uint8_t protocol;     /**< IP protocol number; 0: any */
    uint16_t client_port; /**< 0: any */
    uint16_t server_port; /**< 0: any */
    uint16_t reserved16;  /**< zero */
    uint8_t client_address[16]; /**< IPv4 in the first four bytes */
    uint8_t server_address[16];
    uint32_t context_length; /**< at most SMIN_EXPECT_CONTEXT_BYTES; 0 when it is for another inspector */
    uint64_t lifetime_ns;    /**< of packet time, from the input that is being worked on; not 0 */
    uint64_t message;        /**< number of the message that ordered it; UINT64_MAX: none */
    const char *inspector;   /**< name of the inspector it is for, ended by NUL; NULL: the one that announces it */
    const uint8_t *name;     /**< of the file, without the path's leading slash; NULL: not known */
    uint64_t name_length;
    uint8_t context[SMIN_EXPECT_CONTEXT_BYTES]; /**< comes back through smin.expected/1 */
};

/**
 * Transfers to come. A flow that fits an expectation with a port is given to the inspector it is for without `probe`;
 * one that fits in its addresses alone is still asked for by `probe`, and is known to be ordered when the file's name
 * fits too. An expectation is not used up by a flow that fits; a later one for the same ends goes before it. A port
 * that another inspector names as its own is still asked about.
 */
struct smin_ext_expect {
    uint32_t struct_size;
    uint32_t reserved;
    /**
     * Inside feed, gap, datagram, end or decode, but not inside on_output. `expectation` is borrowed for the call.
     * SMIN_OK; SMIN_E_NOT_FOUND: no such inspector, nothing is kept; SMIN_E_NOMEM; SMIN_E_MISUSE. Thread: [flow].
     */
    int32_t (*announce)(void *user, void *flow_user, const struct smin_expectation *expectation);
};

/** How a file ended. */
enum {
    SMIN_FILE_CLOSED = 1,     /**< its end was seen, and the receiver has it */
    SMIN_FILE_TRUNCATED = 2,  /**< its end was not seen */
    SMIN_FILE_REFUSED = 3,    /**< it was asked for and refused: nothing moved */
    SMIN_FILE_UNCONFIRMED = 4, /**< its end was seen, but not that the receiver has it */
    SMIN_FILE_SEALED = 5 /**< encrypted: what moved was seen, given as a gap, and cannot be read; nothing else is known */
};

/** Flags of a file that begins. */
enum {
    /**
     * It is one of many that concern nobody: it is to be told only when a message ordered it, or when its contents are
     * what devices are configured or started with. A host that does not know this flag tells it.
     */
    SMIN_FILE_IF_WANTED = 1,
    /** Who accepted the connection asked for it: FTP in active mode. Otherwise the one who opened it did. */
    SMIN_FILE_ASKED_BY_SERVER = 2,
    SMIN_FILE_DECODED = 4, /**< its bytes are not those that moved: what the transfer did to them was undone */
    SMIN_FILE_NAME_CUT = 8 /**< the name goes on behind `name` */
};

/** A file that begins. */
struct smin_file {
    uint32_t struct_size;
    uint32_t direction;   /**< SMIN_TO_SERVER or SMIN_TO_CLIENT: where its bytes go */
    const uint8_t *name;  /**< NULL: not known */
    uint64_t name_length;
    uint64_t size;        /**< as declared; UINT64_MAX: not declared */
    uint32_t flags;       /**< SMIN_FILE_* of the above */
    uint32_t reserved;    /**< zero */
};

/** Opaque object of the host: a file under way. */
struct smin_file_handle;

/**
 * Contents of files as they move, for hosts that hash, store or judge them: never collected by the inspector. What
 * the inspector keeps of a file's beginning stands in its messages as SMIN_FIELD_FILE_DATA.
 * Inside feed, gap, datagram or end of the flow that `begin` was called for; not inside on_output. A file that is not
 * ended when that flow is freed counts as truncated, and its handle is gone.
 */
struct smin_ext_file {
    uint32_t struct_size;
    uint32_t reserved;
    /** SMIN_OK; SMIN_E_REFUSED: the host does not want it; SMIN_E_LIMIT; SMIN_E_NOMEM. `*file` is NULL unless
     * SMIN_OK. Thread: [flow]. */
    int32_t (*begin)(void *user, void *flow_user, const struct smin_file *about, struct smin_file_handle **file);
    /** The next bytes. Thread: [flow]. */
    void (*data)(void *user, struct smin_file_handle *file, const uint8_t *bytes, uint64_t length);
    /** So many bytes moved, but were never seen. Thread: [flow]. */
    void (*gap)(void *user, struct smin_file_handle *file, uint64_t length);
    /** SMIN_FILE_*; the handle is gone. `time_ns` and `packet_number` of the input at hand. Thread: [flow]. */
    void (*end)(void *user, struct smin_file_handle *file, uint32_t state, uint64_t time_ns, uint64_t packet_number);
    /**
     * Will a file that began with SMIN_FILE_IF_WANTED be told? `state`: SMIN_FILE_* when it is about to end so, 0 while
     * it moves. SMIN_OK: yes; SMIN_E_REFUSED: no, and nothing is done with its bytes any more; SMIN_MORE: not known yet,
     * never so when it is about to end. Absent in hosts that do not know the flag. Thread: [flow].
     */
    int32_t (*wanted)(void *user, struct smin_file_handle *file, uint32_t state);
};

#ifdef __cplusplus
}
#endif

#endif
