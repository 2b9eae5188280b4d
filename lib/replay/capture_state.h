/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of the capture reader share. Private to capture*, pcap*, pcapng*, archive*. */
#ifndef SMINI_CAPTURE_STATE_H
#define SMINI_CAPTURE_STATE_H

#include "replay/capture.h"
#include "replay/capture_window.h"

/* An archive in an archive in an archive; a capture is seldom packed more than twice. */
enum { SMINI_ARCHIVE_DEPTH_MAX = 4 };
/* Of "file:member"; what is longer is cut. */
enum { SMINI_CAPTURE_NAME_MAX = 1024 };

enum smini_capture_format { SMINI_FORMAT_NONE, SMINI_FORMAT_PCAP, SMINI_FORMAT_PCAPNG };

/* Things that may be wrong with every packet of a capture: counted, and told once at its end. */
enum smini_oddity {
    SMINI_ODD_CUT,
    SMINI_ODD_OVER_SNAPLEN,
    SMINI_ODD_OVER_WIRE,
    SMINI_ODD_INTERFACE,
    SMINI_ODD_LENGTH,
    SMINI_ODD_LINK_TYPE,
    SMINI_ODD_COUNT
};

struct smini_odd {
    uint64_t count;
    uint64_t offset; /* of the first */
    uint64_t number;
    uint64_t time_ns;
};

/* How a pcapng interface counts time: units per second, and seconds to add. */
struct smini_clock {
    uint64_t units;     /* per second; 0: 2^64 */
    uint64_t per_unit;  /* nanoseconds, when that is a whole number; else 0 */
    uint64_t coarsen;   /* units are divided by this first, so that nothing overflows */
    int64_t offset;
};

struct smini_interface {
    uint32_t link_type;
    uint32_t snaplen; /* 0: none */
    bool known;       /* a link type that is read */
    uint8_t resolution; /* as pcapng's if_tsresol */
    char name[SMINI_INTERFACE_NAME_BYTES]; /* what is longer is cut */
    struct smini_clock clock;
};

struct smini_archive;

struct smini_capture {
    struct smini_alloc *alloc;
    struct smini_capture_limits limits;
    const struct smini_problem_sink *problems;
    struct smini_source file;
    struct smini_window window;
    struct smini_archive *archives[SMINI_ARCHIVE_DEPTH_MAX]; /* outermost first */
    uint32_t depth;
    int fd;
    uint64_t position;
    char *name; /* SMINI_CAPTURE_NAME_MAX */
    size_t name_lengths[SMINI_ARCHIVE_DEPTH_MAX]; /* of the part that names the archive */
    uint64_t members; /* of all archives, so far */
    enum smini_capture_format format;
    bool big_endian;
    int32_t status; /* SMIN_OK while packets may come */
    uint64_t number;
    uint64_t last_time;
    struct smini_odd odd[SMINI_ODD_COUNT];
    /* pcap */
    uint32_t record_header; /* bytes */
    uint32_t subsecond;     /* nanoseconds per unit */
    struct smini_interface interface; /* the only one */
    bool lengths_swapped; /* files older than version 2.4 may have them the other way round */
    /* pcapng */
    struct smini_interface *interfaces;
    uint32_t interface_count;
    uint32_t interface_capacity;
    uint32_t interface_first; /* number of the section's first: those of earlier sections are not used again */
    bool interfaces_refused; /* beyond the limit, in this section */
    bool in_section;         /* its header was read */
    bool at_own_section;     /* ended before a section that is a capture of its own */
};

/* Two cache lines that will be needed some records from now; the address need not exist. */
static inline void smini_capture_prefetch(const uint8_t *record)
{
    enum { AHEAD = 1024, LINE = 64 };
    __builtin_prefetch((const void *)((uintptr_t)record + AHEAD));
    __builtin_prefetch((const void *)((uintptr_t)record + AHEAD + LINE));
}

static inline uint32_t smini_capture_u32(const struct smini_capture *capture, const uint8_t *b)
{
    uint32_t little = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    return capture->big_endian ? __builtin_bswap32(little) : little;
}

static inline uint16_t smini_capture_u16(const struct smini_capture *capture, const uint8_t *b)
{
    uint16_t little = (uint16_t)(b[0] | b[1] << 8);
    return capture->big_endian ? __builtin_bswap16(little) : little;
}

/* Reports at `offset`; returns `status`. */
int32_t smini_capture_report(const struct smini_capture *capture, int32_t status, const char *event, uint64_t offset,
                             bool lost, const char *detail);

/* The window said `status` other than SMIN_OK at a place where bytes were to come: reports it, ends the capture. */
int32_t smini_capture_broken(struct smini_capture *capture, int32_t status, const char *event);

/* Nothing after the damage at `offset` made sense, then the window said `status`: reports both, ends the capture. */
int32_t smini_capture_lost(struct smini_capture *capture, int32_t status, const char *event, uint64_t offset);

/* The end, good or bad: tells what was counted. Returns `status`, which stays. */
int32_t smini_capture_finish(struct smini_capture *capture, int32_t status);

/* Counts an oddity of the record at `offset`. */
void smini_capture_odd(struct smini_capture *capture, enum smini_oddity oddity, uint64_t offset);

/* Sets the packet's place and looks at its lengths. */
void smini_capture_packet(struct smini_capture *capture, const struct smini_interface *interface,
                          struct smini_packet *packet);

/* Packet time from what the file counts. */
void smini_clock_set(struct smini_clock *clock, uint8_t resolution, int64_t offset);
uint64_t smini_clock_ns(const struct smini_clock *clock, uint64_t count);

/* archive_read.c. The window becomes the archive's input buffer; its source is the archive's from now on. */
int32_t smini_archive_new(struct smini_archive **archive, struct smini_alloc *alloc, struct smini_window *window,
                          uint64_t expanded_max);
/*
 * Goes on to the next member that is a file. SMIN_OK: `name` is its name, NULL
 * for the only content of a compressed file; bytes come from
 * smini_archive_source(). SMIN_DONE: none. SMIN_E_NOT_FOUND: no archive and
 * not compressed. Else damaged; event and detail are in the source.
 */
int32_t smini_archive_next(struct smini_archive *archive, const char **name);
struct smini_source *smini_archive_source(struct smini_archive *archive);
void smini_archive_free(struct smini_archive **archive);

/* By magic of the first 4 bytes in the window; reads the file header. SMIN_E_NOT_FOUND: another format. */
int32_t smini_pcap_open(struct smini_capture *capture);
int32_t smini_pcap_next(struct smini_capture *capture, struct smini_packet *packets, uint32_t *count);
int32_t smini_pcapng_open(struct smini_capture *capture);
int32_t smini_pcapng_next(struct smini_capture *capture, struct smini_packet *packets, uint32_t *count);

/* The packet of one block; false: it has none that can be read (counted). */
bool smini_pcapng_packet(struct smini_capture *capture, uint32_t type, const uint8_t *block, uint32_t length,
                         struct smini_packet *packet);
/*
 * A section header written by smin-replay: sections of its slices are captures
 * of their own, so that flows do not pass from one to the next, as they did not
 * where the slice was cut from.
 */
bool smini_pcapng_is_own(const struct smini_capture *capture, const uint8_t *block, uint32_t length);
/* An interface description block. SMIN_OK, or what was reported. */
int32_t smini_pcapng_interface(struct smini_capture *capture, const uint8_t *block, uint32_t length);

/*
 * The record or block at the window's position is damaged: looks for the next
 * place from which several in a row make sense, and reports what was found.
 * SMIN_OK: reading goes on there; else the capture has ended.
 */
int32_t smini_pcap_resume(struct smini_capture *capture, const char *event);
int32_t smini_pcapng_resume(struct smini_capture *capture, const char *event);

#endif
