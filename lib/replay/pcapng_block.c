/* SPDX-License-Identifier: BSD-2-Clause */
/* What pcapng blocks say: interfaces and packets. Blocks are whole; `length` counts both length fields. */
#include "replay/pcapng_block.h"

#include <string.h>

#include "replay/capture_state.h"
#include "replay/link.h"

enum { OPTION_END = 0, OPTION_NAME = 2, OPTION_APPLICATION = 4, OPTION_RESOLUTION = 9, OPTION_OFFSET = 14 };
enum { DEFAULT_RESOLUTION = 6 /* microseconds */ };
/* Options of one interface that are looked at; the specification knows about twenty. */
enum { OPTIONS_MAX = 256 };

static int64_t read_i64(const struct smini_capture *capture, const uint8_t *b)
{
    uint64_t first = smini_capture_u32(capture, b);
    uint64_t second = smini_capture_u32(capture, b + 4);
    uint64_t value = capture->big_endian ? first << 32 | second : second << 32 | first;
    return (int64_t)value;
}

/* `options` to `end`; an option that would go past it ends the list. */
static void read_options(const struct smini_capture *capture, const uint8_t *options, const uint8_t *end,
                         struct smini_interface *interface)
{
    int64_t offset = 0;
    interface->resolution = DEFAULT_RESOLUTION;
    memset(interface->name, 0, sizeof(interface->name));
    for (uint32_t i = 0; i < OPTIONS_MAX && end - options >= 4; i++) {
        uint32_t code = smini_capture_u16(capture, options);
        uint32_t size = smini_capture_u16(capture, options + 2);
        uint32_t padded = (size + 3) & ~3u;
        options += 4;
        if (code == OPTION_END || padded > (size_t)(end - options))
            break;
        if (code == OPTION_RESOLUTION && size == 1)
            interface->resolution = options[0];
        else if (code == OPTION_NAME)
            memcpy(interface->name, options, size < sizeof(interface->name) ? size : sizeof(interface->name) - 1);
        else if (code == OPTION_OFFSET && size == 8)
            offset = read_i64(capture, options);
        options += padded;
    }
    smini_clock_set(&interface->clock, interface->resolution, offset);
}

static int32_t grow(struct smini_capture *capture)
{
    uint32_t capacity = capture->interface_capacity == 0 ? 4 : capture->interface_capacity * 2;
    size_t size = sizeof(struct smini_interface);
    struct smini_interface *bigger =
        smini_alloc_grow(capture->alloc, capture->interfaces, capture->interface_capacity * size, capacity * size);
    if (!bigger)
        return smini_capture_report(capture, SMIN_E_NOMEM, "out_of_memory", smini_window_offset(&capture->window), true,
                                    NULL);
    capture->interfaces = bigger;
    capture->interface_capacity = capacity;
    return SMIN_OK;
}

int32_t smini_pcapng_interface(struct smini_capture *capture, const uint8_t *block, uint32_t length)
{
    uint64_t offset = smini_window_offset(&capture->window);
    if (length < 20) /* later packets would be taken for another interface's */
        return smini_capture_report(capture, SMIN_E_MALFORMED, "interface_block_short", offset, true, NULL);
    if (capture->interface_count >= capture->limits.interfaces_max) {
        if (!capture->interfaces_refused) /* their packets are counted as of an unknown interface */
            (void)smini_capture_report(capture, SMIN_E_LIMIT, "interfaces_limit", offset, true, NULL);
        capture->interfaces_refused = true;
        return SMIN_OK;
    }
    if (capture->interface_count == capture->interface_capacity) {
        int32_t status = grow(capture);
        if (status != SMIN_OK)
            return status;
    }
    struct smini_interface *interface = &capture->interfaces[capture->interface_count++];
    interface->link_type = smini_capture_u16(capture, block + 8);
    interface->known = smini_link_known(interface->link_type);
    interface->snaplen = smini_capture_u32(capture, block + 12);
    read_options(capture, block + 16, block + length - 4, interface);
    return SMIN_OK;
}

bool smini_pcapng_is_own(const struct smini_capture *capture, const uint8_t *block, uint32_t length)
{
    static const char application[] = "smin-replay ";
    const uint8_t *option = block + 24, *end = block + length - 4;
    for (uint32_t i = 0; length >= 28 && i < OPTIONS_MAX && end - option >= 4; i++) {
        uint32_t code = smini_capture_u16(capture, option);
        uint32_t size = smini_capture_u16(capture, option + 2);
        uint32_t padded = (size + 3) & ~3u;
        option += 4;
        if (code == OPTION_END || padded > (size_t)(end - option))
            break;
        if (code == OPTION_APPLICATION)
            return size >= sizeof(application) - 1 && memcmp(option, application, sizeof(application) - 1) == 0;
        option += padded;
    }
    return false;
}

struct layout {
    uint32_t interface;
    uint32_t header; /* bytes before the packet */
    uint32_t captured;
    uint32_t wire;
};

static bool read_layout(const struct smini_capture *capture, uint32_t type, const uint8_t *block, uint32_t length,
                        struct layout *layout)
{
    if (type == SMINI_BLOCK_SIMPLE) {
        if (length < 16 || capture->interface_count == 0)
            return length >= 16;
        uint32_t snaplen = capture->interfaces[0].snaplen;
        layout->header = 12;
        layout->wire = smini_capture_u32(capture, block + 8);
        layout->captured = snaplen != 0 && layout->wire > snaplen ? snaplen : layout->wire;
        return true;
    }
    if (length < 32)
        return false;
    layout->header = 28;
    layout->captured = smini_capture_u32(capture, block + 20);
    layout->wire = smini_capture_u32(capture, block + 24);
    layout->interface =
        type == SMINI_BLOCK_PACKET ? smini_capture_u32(capture, block + 8) : smini_capture_u16(capture, block + 8);
    return true;
}

bool smini_pcapng_packet(struct smini_capture *capture, uint32_t type, const uint8_t *block, uint32_t length,
                         struct smini_packet *packet)
{
    struct layout layout = {0};
    uint64_t offset = smini_window_offset(&capture->window);
    if (!read_layout(capture, type, block, length, &layout)) {
        smini_capture_odd(capture, SMINI_ODD_LENGTH, offset);
        return false;
    }
    if (layout.interface >= capture->interface_count) {
        smini_capture_odd(capture, SMINI_ODD_INTERFACE, offset);
        return false;
    }
    if (layout.captured > length - layout.header - 4 || layout.captured > capture->limits.packet_bytes_max) {
        smini_capture_odd(capture, SMINI_ODD_LENGTH, offset);
        return false;
    }
    const struct smini_interface *interface = &capture->interfaces[layout.interface];
    packet->bytes = block + layout.header;
    packet->captured = layout.captured;
    packet->wire_length = layout.wire;
    packet->file_offset = offset;
    /* A simple packet has no time of its own: that of the packet before it keeps the order. */
    packet->time_ns = capture->last_time;
    if (type != SMINI_BLOCK_SIMPLE)
        packet->time_ns = smini_clock_ns(&interface->clock, (uint64_t)smini_capture_u32(capture, block + 12) << 32 |
                                                                smini_capture_u32(capture, block + 16));
    smini_capture_packet(capture, interface, packet);
    return true;
}
