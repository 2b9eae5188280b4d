/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pcapng, one block after another, into a buffer: little-endian, whatever the
 * machine. Texts are UTF-8; what an option cannot hold is cut at a character.
 */
#ifndef SMINI_PCAPNG_WRITE_H
#define SMINI_PCAPNG_WRITE_H

#include "base/bytebuf.h"

/* What an option's 16 bits of length can say, in whole words. */
enum { SMINI_PCAPNG_TEXT_MAX = 65532 };

/* Empty texts are left out, here and below. */
struct smini_pcapng_section {
    struct smini_span application;
    struct smini_span comment;
};

struct smini_pcapng_interface {
    uint32_t link_type; /* LINKTYPE_* */
    uint32_t snaplen;   /* 0: none */
    uint8_t resolution; /* as smini_pcapng_resolution gives it */
    struct smini_span name;
    struct smini_span description;
};

struct smini_pcapng_packet {
    uint32_t interface; /* counts from 0 in the section */
    uint8_t resolution; /* of that interface */
    uint64_t time_ns;   /* since 1970 */
    struct smini_span bytes;
    uint32_t wire_length;
    struct smini_span comment;
};

/*
 * Units of time that hold every nanosecond count that was read in units of
 * `wanted` (if_tsresol): those, where they are powers of ten of at least a
 * nanosecond; else nanoseconds.
 */
uint8_t smini_pcapng_resolution(uint8_t wanted);

/* SMIN_OK; SMIN_E_LIMIT, SMIN_E_NOMEM: nothing was added. */
int32_t smini_pcapng_put_section(struct smini_bytebuf *out, const struct smini_pcapng_section *section);
int32_t smini_pcapng_put_interface(struct smini_bytebuf *out, const struct smini_pcapng_interface *interface);
int32_t smini_pcapng_put_packet(struct smini_bytebuf *out, const struct smini_pcapng_packet *packet);

#endif
