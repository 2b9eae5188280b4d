/* SPDX-License-Identifier: BSD-2-Clause */
#include "sealed/opening.h"

#include "base/cursor.h"

enum {
    RECORD_HANDSHAKE = 22,
    RECORD_MOST = 16384 + 2048, /* RFC 5246 section 6.2.3; TLS 1.3 allows less */
    HANDSHAKE_CLIENT_HELLO = 1,
    HANDSHAKE_SERVER_HELLO = 2,
    RANDOM_BYTES = 32,
    EXTENSION_SERVER_NAME = 0,
    EXTENSION_SUPPORTED_VERSIONS = 43,
    NAME_IS_HOST = 0,
    BANNER_LINES_MOST = 16 /* a server may say something before: RFC 4253 section 4.2 */
};

static bool read_banner(struct smini_span head, struct smini_sealed_opening *opening)
{
    for (int lines = 0; head.length > 0 && lines < BANNER_LINES_MOST; lines++) {
        size_t end = smini_span_find(head, '\n');
        struct smini_span line = smini_span_part(head, 0, end);
        if (smini_span_equal(smini_span_part(line, 0, 4), smini_span_text("SSH-"))) {
            opening->banner_cut = end == head.length;
            if (line.bytes[line.length - 1] == '\r')
                line.length--;
            opening->banner = line;
            return true;
        }
        head = smini_span_part(head, end + 1, head.length);
    }
    return false;
}

static void read_server_name(struct smini_cursor *body, struct smini_sealed_opening *opening)
{
    struct smini_cursor list = smini_cursor_narrow(body, smini_cursor_u16(body));
    while (smini_cursor_left(&list) > 0) {
        uint8_t kind = smini_cursor_u8(&list);
        uint16_t length = smini_cursor_u16(&list);
        struct smini_span name = smini_cursor_span(&list, length);
        if (smini_cursor_failed(&list))
            return;
        if (kind == NAME_IS_HOST && opening->sni.length == 0)
            opening->sni = name;
    }
}

static void read_extensions(struct smini_cursor *hello, struct smini_sealed_opening *opening)
{
    struct smini_cursor all = smini_cursor_narrow(hello, smini_cursor_u16(hello));
    while (smini_cursor_left(&all) > 0) {
        uint16_t kind = smini_cursor_u16(&all);
        uint16_t length = smini_cursor_u16(&all);
        if (smini_cursor_left(&all) < length)
            return; /* it goes on behind what is there */
        struct smini_cursor body = smini_cursor_narrow(&all, length);
        if (opening->hello_client && kind == EXTENSION_SERVER_NAME)
            read_server_name(&body, opening);
        if (opening->hello_server && kind == EXTENSION_SUPPORTED_VERSIONS) {
            uint16_t chosen = smini_cursor_u16(&body);
            if (!smini_cursor_failed(&body))
                opening->version = chosen;
        }
    }
}

static void read_hello(struct smini_cursor *hello, struct smini_sealed_opening *opening)
{
    uint16_t version = smini_cursor_u16(hello);
    smini_cursor_skip(hello, RANDOM_BYTES);
    smini_cursor_skip(hello, smini_cursor_u8(hello)); /* session */
    if (opening->hello_client) {
        smini_cursor_skip(hello, smini_cursor_u16(hello)); /* ciphers */
        smini_cursor_skip(hello, smini_cursor_u8(hello));  /* compressions */
    } else {
        smini_cursor_skip(hello, 3); /* the cipher and the compression that were chosen */
        if (!smini_cursor_failed(hello))
            opening->version = version;
    }
    read_extensions(hello, opening);
}

/* A hello in one record, which is how it is sent; of one in several no more than its kind is read. */
static bool read_tls(struct smini_span head, struct smini_sealed_opening *opening)
{
    struct smini_cursor record = smini_cursor_make(head, 0);
    uint8_t kind = smini_cursor_u8(&record);
    uint16_t version = smini_cursor_u16(&record);
    uint16_t length = smini_cursor_u16(&record);
    uint8_t message = smini_cursor_u8(&record);
    if (smini_cursor_failed(&record) || kind != RECORD_HANDSHAKE || version >> 8 != 3 || length == 0 ||
        length > RECORD_MOST || (message != HANDSHAKE_CLIENT_HELLO && message != HANDSHAKE_SERVER_HELLO))
        return false;
    opening->hello_client = message == HANDSHAKE_CLIENT_HELLO;
    opening->hello_server = message == HANDSHAKE_SERVER_HELLO;
    struct smini_cursor body = smini_cursor_narrow(&record, length - 1u);
    uint32_t size = (uint32_t)smini_cursor_u8(&body) << 16;
    size |= smini_cursor_u16(&body);
    struct smini_cursor hello = smini_cursor_narrow(&body, size);
    read_hello(&hello, opening);
    return true;
}

struct smini_sealed_opening smini_sealed_read(struct smini_span head)
{
    struct smini_sealed_opening opening = {.protocol = SMINI_SEALED_UNKNOWN};
    if (read_tls(head, &opening))
        opening.protocol = SMINI_SEALED_TLS;
    else if (read_banner(head, &opening))
        opening.protocol = SMINI_SEALED_SSH;
    return opening;
}

const char *smini_sealed_version(uint16_t version)
{
    switch (version) {
    case 0x0300: return "SSL 3.0";
    case 0x0301: return "TLS 1.0";
    case 0x0302: return "TLS 1.1";
    case 0x0303: return "TLS 1.2";
    case 0x0304: return "TLS 1.3";
    default: return "unknown";
    }
}
