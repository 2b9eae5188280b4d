/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames to a pcap or pcapng file, in memory. */
#ifndef SMINI_CAPTURE_FILE_H
#define SMINI_CAPTURE_FILE_H

#include "base/bytebuf.h"
#include "frames.h"

struct smini_capture_format {
    bool pcapng;
    bool big_endian;
    bool nanoseconds;
    uint32_t link; /* what the file says; the frames are wrapped for it */
    uint32_t snaplen;
};

void smini_capture_format_default(struct smini_capture_format *format);

/* DLT or LINKTYPE number by name: ethernet null raw ppp sll sll2. 0 with *known false when there is none. */
uint32_t smini_capture_format_link(const char *name, bool *known);

void smini_capture_file_write(const struct smini_capture_format *format, const struct smini_frames *frames,
                              struct smini_bytebuf *out);

#endif
