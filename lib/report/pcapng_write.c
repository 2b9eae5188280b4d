/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/pcapng_write.h"

#include "base/utf8.h"
#include "smin/status.h"

enum { BLOCK_SECTION = 0x0a0d0d0a, BLOCK_INTERFACE = 1, BLOCK_PACKET = 6 };
enum { BYTE_ORDER_MAGIC = 0x1a2b3c4d, VERSION_MAJOR = 1, VERSION_MINOR = 0 };
enum {
    OPTION_END = 0,
    OPTION_COMMENT = 1,
    OPTION_APPLICATION = 4, /* of a section */
    OPTION_NAME = 2,        /* of an interface, as the next two */
    OPTION_DESCRIPTION = 3,
    OPTION_RESOLUTION = 9
};
enum { NANOSECONDS = 9, OPTION_HEADER = 4, BLOCK_ENDS = 12 /* type and length in front, length behind */ };

uint8_t smini_pcapng_resolution(uint8_t wanted)
{
    return wanted <= NANOSECONDS ? wanted : NANOSECONDS;
}

static size_t padded(size_t length)
{
    return (length + 3) & ~(size_t)3;
}

static struct smini_span fitting(struct smini_span text)
{
    size_t at = 0;
    if (text.length <= SMINI_PCAPNG_TEXT_MAX)
        return text;
    while (at < SMINI_PCAPNG_TEXT_MAX) {
        size_t length = smini_utf8_length(text.bytes + at, text.length - at);
        if (at + (length ? length : 1) > SMINI_PCAPNG_TEXT_MAX)
            break;
        at += length ? length : 1;
    }
    return smini_span_part(text, 0, at);
}

static size_t text_option_bytes(struct smini_span text)
{
    return text.length ? OPTION_HEADER + padded(fitting(text).length) : 0;
}

/* Room was made for the whole block: what follows cannot fail. */
static void put_bytes(struct smini_bytebuf *out, const void *bytes, size_t length)
{
    if (length > 0)
        memcpy(out->bytes + out->length, bytes, length);
    memset(out->bytes + out->length + length, 0, padded(length) - length);
    out->length += padded(length);
}

static void put_u32(struct smini_bytebuf *out, uint32_t value)
{
    const uint8_t bytes[4] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16), (uint8_t)(value >> 24)};
    put_bytes(out, bytes, sizeof(bytes));
}

static void put_two_u16(struct smini_bytebuf *out, uint32_t first, uint32_t second)
{
    put_u32(out, first | second << 16);
}

static void put_text_option(struct smini_bytebuf *out, uint32_t code, struct smini_span text)
{
    struct smini_span fits = fitting(text);
    if (fits.length == 0)
        return;
    put_two_u16(out, code, (uint32_t)fits.length);
    put_bytes(out, fits.bytes, fits.length);
}

/* `body` bytes between the two lengths. */
static int32_t begin_block(struct smini_bytebuf *out, uint32_t type, size_t body)
{
    if (body > UINT32_MAX - BLOCK_ENDS)
        return SMIN_E_LIMIT;
    int32_t status = smini_bytebuf_reserve(out, body + BLOCK_ENDS);
    if (status != SMIN_OK)
        return status;
    put_u32(out, type);
    put_u32(out, (uint32_t)body + BLOCK_ENDS);
    return SMIN_OK;
}

static void end_block(struct smini_bytebuf *out, size_t body)
{
    put_u32(out, (uint32_t)body + BLOCK_ENDS);
}

int32_t smini_pcapng_put_section(struct smini_bytebuf *out, const struct smini_pcapng_section *section)
{
    size_t options = text_option_bytes(section->comment) + text_option_bytes(section->application);
    size_t body = 16 + (options ? options + OPTION_HEADER : 0);
    int32_t status = begin_block(out, BLOCK_SECTION, body);
    if (status != SMIN_OK)
        return status;
    put_u32(out, BYTE_ORDER_MAGIC);
    put_two_u16(out, VERSION_MAJOR, VERSION_MINOR);
    put_u32(out, UINT32_MAX); /* the length of the section is not said */
    put_u32(out, UINT32_MAX);
    put_text_option(out, OPTION_COMMENT, section->comment);
    put_text_option(out, OPTION_APPLICATION, section->application);
    if (options)
        put_u32(out, OPTION_END);
    end_block(out, body);
    return SMIN_OK;
}

int32_t smini_pcapng_put_interface(struct smini_bytebuf *out, const struct smini_pcapng_interface *interface)
{
    size_t texts = text_option_bytes(interface->name) + text_option_bytes(interface->description);
    size_t body = 8 + texts + OPTION_HEADER + 4 + OPTION_HEADER;
    int32_t status = begin_block(out, BLOCK_INTERFACE, body);
    if (status != SMIN_OK)
        return status;
    put_two_u16(out, interface->link_type & 0xffff, 0);
    put_u32(out, interface->snaplen);
    put_text_option(out, OPTION_NAME, interface->name);
    put_text_option(out, OPTION_DESCRIPTION, interface->description);
    put_two_u16(out, OPTION_RESOLUTION, 1);
    put_u32(out, interface->resolution);
    put_u32(out, OPTION_END);
    end_block(out, body);
    return SMIN_OK;
}

static uint64_t units_of(uint64_t time_ns, uint8_t resolution)
{
    for (; resolution < NANOSECONDS; resolution++)
        time_ns /= 10;
    return time_ns;
}

int32_t smini_pcapng_put_packet(struct smini_bytebuf *out, const struct smini_pcapng_packet *packet)
{
    uint64_t time = units_of(packet->time_ns, packet->resolution);
    size_t comment = text_option_bytes(packet->comment);
    if (packet->bytes.length > UINT32_MAX)
        return SMIN_E_LIMIT;
    size_t body = 20 + padded(packet->bytes.length) + (comment ? comment + OPTION_HEADER : 0);
    int32_t status = begin_block(out, BLOCK_PACKET, body);
    if (status != SMIN_OK)
        return status;
    put_u32(out, packet->interface);
    put_u32(out, (uint32_t)(time >> 32));
    put_u32(out, (uint32_t)time);
    put_u32(out, (uint32_t)packet->bytes.length);
    put_u32(out, packet->wire_length);
    put_bytes(out, packet->bytes.bytes, packet->bytes.length);
    put_text_option(out, OPTION_COMMENT, packet->comment);
    if (comment)
        put_u32(out, OPTION_END);
    end_block(out, body);
    return SMIN_OK;
}
