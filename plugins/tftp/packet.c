/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/packet.h"

#include "base/cursor.h"

enum { HEADER_BYTES = 4 /* opcode and number; the shortest request is longer */ };

/* Up to the next NUL; false when there is none. */
static bool next_text(struct smini_span *rest, struct smini_span *text)
{
    size_t end = smini_span_find(*rest, 0);
    *text = smini_span_part(*rest, 0, end);
    if (end == rest->length) {
        *rest = smini_span_make(NULL, 0);
        return false;
    }
    *rest = smini_span_part(*rest, end + 1, rest->length);
    return true;
}

static bool read_number(struct smini_span text, uint64_t *value)
{
    *value = 0;
    if (text.length == 0 || text.length > 19) /* no number of so many digits overflows */
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return false;
        *value = *value * 10 + (uint64_t)(text.bytes[i] - '0');
    }
    return true;
}

/* Bounds of RFC 2348, 2349 and 7440. */
static const struct {
    const char *name;
    uint32_t bit;
    uint64_t least, most;
} known_options[] = {{"blksize", SMINI_TFTP_OPTION_BLKSIZE, 8, 65464},
                     {"tsize", SMINI_TFTP_OPTION_TSIZE, 0, UINT64_MAX},
                     {"windowsize", SMINI_TFTP_OPTION_WINDOWSIZE, 1, 65535},
                     {"timeout", SMINI_TFTP_OPTION_TIMEOUT, 1, 255}};

static void take_option(struct smini_tftp_options *options, struct smini_span name, struct smini_span value)
{
    uint64_t number;
    for (size_t i = 0; i < sizeof(known_options) / sizeof(known_options[0]); i++) {
        if (!smini_span_equal_nocase(name, smini_span_text(known_options[i].name)))
            continue;
        if (!read_number(value, &number) || number < known_options[i].least || number > known_options[i].most) {
            options->invalid++;
            return;
        }
        options->known |= known_options[i].bit;
        switch (known_options[i].bit) {
        case SMINI_TFTP_OPTION_BLKSIZE: options->blksize = (uint32_t)number; return;
        case SMINI_TFTP_OPTION_WINDOWSIZE: options->windowsize = (uint32_t)number; return;
        case SMINI_TFTP_OPTION_TIMEOUT: options->timeout = (uint32_t)number; return;
        default: options->tsize = number; return;
        }
    }
}

static void read_options(struct smini_span rest, struct smini_tftp_packet *packet)
{
    while (rest.length > 0) {
        struct smini_span name, value;
        if (!next_text(&rest, &name) || !next_text(&rest, &value) || name.length == 0) {
            packet->damaged = true;
            return;
        }
        take_option(&packet->options, name, value);
    }
}

static bool is_mode(struct smini_span mode)
{
    return smini_span_equal_nocase(mode, smini_span_text("octet")) ||
           smini_span_equal_nocase(mode, smini_span_text("netascii")) ||
           smini_span_equal_nocase(mode, smini_span_text("mail"));
}

static void read_request(struct smini_span rest, struct smini_tftp_packet *packet)
{
    packet->damaged = !next_text(&rest, &packet->name) || packet->name.length == 0;
    packet->damaged |= !next_text(&rest, &packet->mode) || !is_mode(packet->mode);
    read_options(rest, packet);
}

bool smini_tftp_read(struct smini_span datagram, struct smini_tftp_packet *packet)
{
    struct smini_cursor cursor = smini_cursor_make(datagram, 0);
    memset(packet, 0, sizeof(*packet));
    packet->opcode = smini_cursor_u16(&cursor);
    if (smini_cursor_failed(&cursor))
        return false;
    switch (packet->opcode) {
    case SMINI_TFTP_READ:
    case SMINI_TFTP_WRITE:
        read_request(smini_cursor_rest(&cursor), packet);
        return datagram.length > HEADER_BYTES;
    case SMINI_TFTP_OACK:
        read_options(smini_cursor_rest(&cursor), packet);
        return true;
    case SMINI_TFTP_DATA:
    case SMINI_TFTP_ACK:
    case SMINI_TFTP_ERROR:
        packet->number = smini_cursor_u16(&cursor);
        if (smini_cursor_failed(&cursor))
            return false;
        packet->data = smini_cursor_rest(&cursor);
        break;
    default:
        return false;
    }
    if (packet->opcode == SMINI_TFTP_ERROR) {
        struct smini_span rest = packet->data;
        packet->damaged = !next_text(&rest, &packet->data);
    } else if (packet->opcode == SMINI_TFTP_ACK) {
        packet->damaged = packet->data.length > 0;
    }
    return true;
}

bool smini_tftp_is_request(struct smini_span datagram)
{
    struct smini_tftp_packet packet;
    if (datagram.length < HEADER_BYTES || datagram.bytes[0] != 0 ||
        (datagram.bytes[1] != SMINI_TFTP_READ && datagram.bytes[1] != SMINI_TFTP_WRITE))
        return false;
    if (!smini_tftp_read(datagram, &packet) || packet.damaged)
        return false;
    for (size_t i = 0; i < packet.name.length; i++)
        if (packet.name.bytes[i] < 0x20 || packet.name.bytes[i] >= 0x7f)
            return false;
    return true;
}
