/* SPDX-License-Identifier: BSD-2-Clause */
#include "capture_file.h"

#include "message.h"

enum { PCAPNG_SECTION = 0x0a0d0d0a, PCAPNG_INTERFACE = 1, PCAPNG_PACKET = 6, PCAPNG_ORDER = 0x1a2b3c4d };

void smini_capture_format_default(struct smini_capture_format *format)
{
    *format = (struct smini_capture_format){.link = 1, .snaplen = 262144};
}

uint32_t smini_capture_format_link(const char *name, bool *known)
{
    static const struct {
        const char *name;
        uint32_t link;
    } links[] = {{"null", 0}, {"ethernet", 1}, {"ppp", 9}, {"raw", 101}, {"sll", 113}, {"sll2", 276}};
    *known = true;
    for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
        if (strcmp(links[i].name, name) == 0)
            return links[i].link;
    *known = false;
    return 0;
}

static void put(struct smini_bytebuf *out, const struct smini_capture_format *format, uint32_t value, size_t size)
{
    uint8_t bytes[4];
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(value >> (8 * (format->big_endian ? size - 1 - i : i)));
    smini_message_put(out, bytes, size);
}

static void write_pcap(const struct smini_capture_format *format, const struct smini_frames *frames,
                       struct smini_bytebuf *out)
{
    put(out, format, format->nanoseconds ? 0xa1b23c4du : 0xa1b2c3d4u, 4);
    put(out, format, 2, 2);
    put(out, format, 4, 2);
    put(out, format, 0, 4);
    put(out, format, 0, 4);
    put(out, format, format->snaplen, 4);
    put(out, format, format->link, 4);
    for (size_t i = 0; i < frames->count; i++) {
        const struct smini_frame *frame = &frames->items[i];
        size_t kept = frame->length < format->snaplen ? frame->length : format->snaplen;
        uint32_t part = (uint32_t)(frame->time_ns % 1000000000u);
        put(out, format, (uint32_t)(frame->time_ns / 1000000000u), 4);
        put(out, format, format->nanoseconds ? part : part / 1000, 4);
        put(out, format, (uint32_t)kept, 4);
        put(out, format, (uint32_t)frame->length, 4);
        smini_message_put(out, frame->bytes, kept);
    }
}

/* One interface; its resolution option says nanoseconds or, by default, microseconds. */
static void write_pcapng_head(const struct smini_capture_format *format, struct smini_bytebuf *out)
{
    uint32_t interface_length = format->nanoseconds ? 32 : 20;
    put(out, format, PCAPNG_SECTION, 4);
    put(out, format, 28, 4);
    put(out, format, PCAPNG_ORDER, 4);
    put(out, format, 1, 2);
    put(out, format, 0, 2);
    put(out, format, 0xffffffffu, 4);
    put(out, format, 0xffffffffu, 4);
    put(out, format, 28, 4);
    put(out, format, PCAPNG_INTERFACE, 4);
    put(out, format, interface_length, 4);
    put(out, format, format->link, 2);
    put(out, format, 0, 2);
    put(out, format, format->snaplen, 4);
    if (format->nanoseconds) {
        put(out, format, 9, 2); /* if_tsresol */
        put(out, format, 1, 2);
        smini_message_put(out, "\x09\0\0\0", 4);
        put(out, format, 0, 4);
    }
    put(out, format, interface_length, 4);
}

static void write_pcapng(const struct smini_capture_format *format, const struct smini_frames *frames,
                         struct smini_bytebuf *out)
{
    write_pcapng_head(format, out);
    for (size_t i = 0; i < frames->count; i++) {
        const struct smini_frame *frame = &frames->items[i];
        size_t kept = frame->length < format->snaplen ? frame->length : format->snaplen;
        size_t padding = (4 - kept % 4) % 4;
        uint64_t time = format->nanoseconds ? frame->time_ns : frame->time_ns / 1000;
        uint32_t length = (uint32_t)(32 + kept + padding);
        put(out, format, PCAPNG_PACKET, 4);
        put(out, format, length, 4);
        put(out, format, 0, 4);
        put(out, format, (uint32_t)(time >> 32), 4);
        put(out, format, (uint32_t)time, 4);
        put(out, format, (uint32_t)kept, 4);
        put(out, format, (uint32_t)frame->length, 4);
        smini_message_put(out, frame->bytes, kept);
        smini_message_fill(out, 0, padding);
        put(out, format, length, 4);
    }
}

void smini_capture_file_write(const struct smini_capture_format *format, const struct smini_frames *frames,
                              struct smini_bytebuf *out)
{
    if (format->pcapng)
        write_pcapng(format, frames, out);
    else
        write_pcap(format, frames, out);
}
