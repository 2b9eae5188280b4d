/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON into one bounded buffer, written out when it is full: no printf, no
 * locale, no allocation after the start.
 *
 * Texts come from the network and may hold any byte. Valid UTF-8 stays as it
 * is; control characters (also U+007F to U+009F) are written as \n, \t or
 * \u00XX. A byte that is no valid UTF-8, and NUL, becomes the four characters
 * \xHH (in JSON: "\\xHH"), as Suricata writes it. So that no text can pretend
 * to be such a byte, a backslash that stands before an x is itself written as
 * \x5c: every \xHH in a parsed text is exactly one byte of the input.
 */
#ifndef SMINI_WRITE_JSON_H
#define SMINI_WRITE_JSON_H

#include <string.h>

#include "base/alloc.h"
#include "base/span.h"

/* Lines of every size pass through it. Small enough to stay in a processor's second cache, and quick to be had. */
enum { SMINI_JSON_BUFFER_BYTES = 1 << 17 };

/* Where full buffers go. Zero, or an error number; after an error nothing more is handed on. */
struct smini_json_output {
    int (*write)(void *user, const uint8_t *bytes, size_t length);
    void *user;
};

struct smini_json {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    uint64_t flushed; /* bytes handed on so far: flushed + length is the position in the output */
    bool comma;       /* the next value needs one */
    int error;        /* of the output; 0 while it works */
    uint64_t second;  /* of the cached timestamp prefix */
    uint8_t second_text[20];
    struct smini_json_output output;
    struct smini_alloc *alloc;
};

/* SMIN_OK, SMIN_E_NOMEM. `capacity` 0 means SMINI_JSON_BUFFER_BYTES. */
int32_t smini_json_init(struct smini_json *json, struct smini_alloc *alloc, size_t capacity,
                        const struct smini_json_output *output);
void smini_json_free(struct smini_json *json);

/* Hands on what is buffered. */
void smini_json_flush(struct smini_json *json);

/* Bytes as they are. */
void smini_json_raw(struct smini_json *json, const void *bytes, size_t length);

/* When the buffer may be too full for the whole key at once. */
void smini_json_key_slowly(struct smini_json *json, const char *key, size_t length);
/* A key that may hold any byte. */
void smini_json_key_text(struct smini_json *json, struct smini_span key);
void smini_json_begin(struct smini_json *json, char bracket); /* '{' or '[' */
void smini_json_end(struct smini_json *json, char bracket);   /* '}' or ']' */
void smini_json_number(struct smini_json *json, uint64_t value);
void smini_json_bool(struct smini_json *json, bool value);
void smini_json_text(struct smini_json *json, struct smini_span text);
void smini_json_hex(struct smini_json *json, struct smini_span bytes);
void smini_json_mac(struct smini_json *json, const uint8_t mac[6]);
/* `version` 4 or 6; IPv6 in the form of RFC 5952. */
void smini_json_address(struct smini_json *json, uint8_t version, const uint8_t *bytes);
/* 2026-01-02T03:04:05.678901+0000: microseconds, always UTC. */
void smini_json_time(struct smini_json *json, uint64_t time_ns);

/* Ends a record: a line feed, and no comma before the next. */
void smini_json_line(struct smini_json *json);

/* A value that is already JSON. */
void smini_json_verbatim(struct smini_json *json, const void *bytes, size_t length);

/* Inline: the keys are nearly all known here, and then their bytes are stored by a few instructions. */
static inline void smini_json_key_bytes(struct smini_json *json, const char *key, size_t length)
{
    size_t room = json->capacity - json->length;
    if (room < 4 || length > room - 4) {
        smini_json_key_slowly(json, key, length);
        return;
    }
    uint8_t *at = json->bytes + json->length;
    *at = ',';
    at += json->comma;
    *at++ = '"';
    memcpy(at, key, length);
    at += length;
    *at++ = '"';
    *at++ = ':';
    json->length = (size_t)(at - json->bytes);
    json->comma = false;
}

static inline void smini_json_key(struct smini_json *json, const char *key)
{
    smini_json_key_bytes(json, key, strlen(key));
}

static inline void smini_json_string(struct smini_json *json, const char *text)
{
    smini_json_text(json, smini_span_text(text));
}

static inline void smini_json_key_string(struct smini_json *json, const char *key, const char *text)
{
    smini_json_key(json, key);
    smini_json_string(json, text);
}

/* A text that is written here in the source, so that nothing in it needs care. */
static inline void smini_json_key_literal(struct smini_json *json, const char *key, const char *text)
{
    size_t length = strlen(text);
    smini_json_key(json, key);
    if (json->capacity - json->length < length + 2) {
        smini_json_string(json, text);
        return;
    }
    uint8_t *at = json->bytes + json->length;
    *at++ = '"';
    memcpy(at, text, length);
    at[length] = '"';
    json->length += length + 2;
    json->comma = true;
}

static inline void smini_json_key_number(struct smini_json *json, const char *key, uint64_t value)
{
    smini_json_key(json, key);
    smini_json_number(json, value);
}

static inline void smini_json_key_bool(struct smini_json *json, const char *key, bool value)
{
    smini_json_key(json, key);
    smini_json_bool(json, value);
}

static inline uint64_t smini_json_position(const struct smini_json *json)
{
    return json->flushed + json->length;
}

#endif
