/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file field.h
 * What a decoder says: fields, events, messages, and the tables that describe
 * them. A host needs no knowledge of any protocol: it registers what the
 * tables name and prints what the messages carry.
 *
 * Structs begin with, or come with, their size, and only ever grow at the end.
 * Arrays come with a stride, so that their elements can grow too: step through
 * them by the stride, never by sizeof.
 */
#ifndef SMIN_FIELD_H
#define SMIN_FIELD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How to read a field's value. */
enum {
    SMIN_TYPE_NUMBER = 1, /**< `number` */
    SMIN_TYPE_BOOL = 2,   /**< `number`, 0 or 1 */
    SMIN_TYPE_TEXT = 3,   /**< `bytes`, meant for people; any byte may occur, no NUL at the end */
    SMIN_TYPE_BYTES = 4,  /**< `bytes`, opaque; not printed by default */
    SMIN_TYPE_MAC = 5,    /**< `bytes`, 6 of them */
    SMIN_TYPE_IPV4 = 6,   /**< `bytes`, 4 of them */
    SMIN_TYPE_DIGEST = 7  /**< `bytes`, printed as hex digits */
};

/** One field that an inspector can deliver. */
struct smin_field_desc {
    uint32_t id;         /**< number in `struct smin_field`; never reused */
    uint32_t type;       /**< SMIN_TYPE_* */
    const char *name;    /**< "smin.url": display filter, rule keyword */
    const char *key;     /**< place in a record's object: "urls[]" repeats, "reload.now" nests,
                              "tlvs[].type" is a member of a repeated object; NULL: not printed */
    const char *meaning; /**< one line for people */
};

/** How much an event matters by itself. */
enum {
    SMIN_SEVERITY_INFO = 0,
    SMIN_SEVERITY_LOW = 1,
    SMIN_SEVERITY_MEDIUM = 2,
    SMIN_SEVERITY_HIGH = 3,
    SMIN_SEVERITY_CRITICAL = 4
};

/** One event that an inspector can raise. */
struct smin_event_desc {
    uint32_t id;           /**< number in `struct smin_event`; never reused */
    uint32_t severity;     /**< SMIN_SEVERITY_* */
    const char *name;      /**< "length_overstated": app-layer-event:smin.<name> */
    const char *meaning;   /**< one line for people */
    const char *reference; /**< "CVE-2018-0171", "cisco-sa-20170214-smi", or NULL */
};

/** One kind of message that an inspector knows. */
struct smin_message_desc {
    uint32_t id;         /**< number in `struct smin_message`; never reused */
    uint32_t direction;  /**< SMIN_TO_SERVER, SMIN_TO_CLIENT or SMIN_EITHER: where it is expected */
    const char *name;    /**< "backup_request" */
    const char *meaning; /**< one line for people */
};

/** Direction of bytes, by who opened the connection. */
enum { SMIN_TO_SERVER = 0, SMIN_TO_CLIENT = 1, SMIN_EITHER = 2 };

/** Flags of one field. */
enum {
    SMIN_FIELD_UNTERMINATED = 1, /**< a text field without the NUL its slot should hold */
    SMIN_FIELD_CUT = 2,          /**< the input ended, or a limit was reached, inside the field */
    SMIN_FIELD_NEW_ITEM = 4      /**< begins the next object of a repeated group */
};

/**
 * Ids that mean the same in every inspector; an inspector's own ids lie below SMIN_FIELD_SHARED. Rules name these
 * fields whatever the protocol; a message that carries a transferred file has them.
 */
enum {
    SMIN_FIELD_SHARED = 0x10000,    /**< the first id of the shared range */
    SMIN_FIELD_FILE_DATA = 0x10001, /**< "file.data": SMIN_TYPE_BYTES, what was transferred, as far as it is there */
    SMIN_FIELD_FILE_NAME = 0x10002  /**< "file.name": SMIN_TYPE_TEXT, the name it was asked for by */
};

/** One decoded value. Size 40 on 64-bit machines. */
struct smin_field {
    uint32_t id;          /**< see the inspector's field table */
    uint32_t flags;       /**< SMIN_FIELD_* */
    uint64_t offset;      /**< of its first byte in the stream; for derived fields: of the message */
    uint64_t number;      /**< value of numeric types */
    const uint8_t *bytes; /**< value of the others; valid until the callback returns */
    uint32_t length;      /**< bytes it covers on the wire; 0 for derived fields */
    uint32_t size;        /**< bytes at `bytes`; may be less than `length` (padding) */
};

/** One thing worth noting. */
struct smin_event {
    uint32_t id;     /**< see the inspector's event table */
    uint32_t length; /**< bytes it concerns; 0 when it is about a point */
    uint64_t offset; /**< in the stream */
    uint64_t number; /**< the value that caused it, where one did */
};

/** What a `struct smin_message` is. */
enum {
    SMIN_KIND_MESSAGE = 1, /**< a message, whole or as far as it arrived */
    SMIN_KIND_TRAILER = 2, /**< bytes after a message that are no message; described with that message's identity */
    SMIN_KIND_STREAM = 3,  /**< events of the stream itself; no message */
    SMIN_KIND_PACKET = 4,  /**< payload of a datagram or packet that rules were judged on; says nothing about a protocol */
    SMIN_KIND_FILE = 5     /**< the beginning of a file that rules were judged on; offsets count in the file */
};

/** Flags of a message. */
enum {
    SMIN_MESSAGE_COMPLETE = 1, /**< every declared byte arrived and none was left out */
    SMIN_MESSAGE_HOLE = 2,     /**< bytes inside were never seen; fields that touch them are absent */
    SMIN_MESSAGE_LIMIT = 4     /**< longer than the limit: decoded from its retained beginning */
};

/** One message, with everything that was found in it. */
struct smin_message {
    uint32_t struct_size;
    uint32_t kind;        /**< SMIN_KIND_* */
    uint32_t id;          /**< see the inspector's message table; 0 for kinds that are no message */
    uint32_t direction;   /**< SMIN_TO_SERVER or SMIN_TO_CLIENT */
    uint32_t flags;       /**< SMIN_MESSAGE_* */
    uint32_t field_count; /**< elements at `fields` */
    uint32_t event_count; /**< elements at `events` */
    uint16_t field_stride;
    uint16_t event_stride;
    uint64_t number; /**< counts messages of one flow and direction, from 0 */
    uint64_t offset; /**< of its first byte in the stream of its direction */
    uint64_t length; /**< bytes on the wire, as far as they belong to it */
    const struct smin_field *fields;
    const struct smin_event *events;
    const uint8_t *bytes; /**< the retained bytes from `offset` on; valid until the callback returns */
    uint64_t size;        /**< bytes at `bytes`; less than `length` after a limit, a hole or an early end */
};

#ifdef __cplusplus
}
#endif

#endif
