/* SPDX-License-Identifier: BSD-2-Clause */
/* One record of a capture, borrowed until the next batch is asked for. */
#ifndef SMINI_PACKET_H
#define SMINI_PACKET_H

#include <stdint.h>

struct smini_packet {
    const uint8_t *bytes;
    uint32_t captured;    /* bytes at `bytes` */
    uint32_t wire_length; /* bytes it had on the wire */
    uint32_t link_type;   /* LINKTYPE_* value of the capture file */
    uint32_t interface;   /* of the capture, see smini_capture_interface */
    uint64_t time_ns;     /* since 1970 */
    uint64_t number;      /* counts from 1 within the capture */
    uint64_t file_offset; /* of the record, in the uncompressed capture */
};

#endif
