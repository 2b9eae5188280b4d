/* SPDX-License-Identifier: BSD-2-Clause */
/* The classic capture file: a header of 24 bytes, then records of 16 bytes and a packet each. */
#include "base/cursor.h"
#include "replay/capture_state.h"
#include "replay/link.h"

enum { FILE_HEADER = 24 };
enum { RECORD_HEADER = 16, RECORD_HEADER_MODIFIED = 24 };

/* The magic as it stands in a little-endian file. */
enum {
    MAGIC_MICRO = 0xa1b2c3d4,
    MAGIC_NANO = 0xa1b23c4d,
    MAGIC_MODIFIED = 0xa1b2cd34 /* Linux 2.0's patched libpcap: records have 8 bytes more */
};

static bool known_magic(struct smini_capture *capture, uint32_t magic)
{
    capture->record_header = magic == MAGIC_MODIFIED ? RECORD_HEADER_MODIFIED : RECORD_HEADER;
    capture->subsecond = magic == MAGIC_NANO ? 1 : 1000;
    return magic == MAGIC_MICRO || magic == MAGIC_NANO || magic == MAGIC_MODIFIED;
}

int32_t smini_pcap_open(struct smini_capture *capture)
{
    struct smini_window *window = &capture->window;
    capture->big_endian = false;
    if (!known_magic(capture, smini_capture_u32(capture, smini_window_bytes(window)))) {
        capture->big_endian = true;
        if (!known_magic(capture, smini_capture_u32(capture, smini_window_bytes(window))))
            return SMIN_E_NOT_FOUND;
    }
    int32_t status = smini_window_need(window, FILE_HEADER);
    if (status != SMIN_OK)
        return smini_capture_broken(capture, status, "file_header_cut");
    const uint8_t *header = smini_window_bytes(window);
    uint32_t major = smini_capture_u16(capture, header + 4);
    uint32_t minor = smini_capture_u16(capture, header + 6);
    if (major != 2) {
        (void)smini_capture_report(capture, SMIN_E_UNSUPPORTED, "file_version_unsupported", 4, true,
                                   "only pcap version 2 is read");
        return smini_capture_finish(capture, SMIN_E_UNSUPPORTED);
    }
    capture->lengths_swapped = minor < 4;
    capture->interface.snaplen = smini_capture_u32(capture, header + 16);
    capture->interface.link_type = smini_capture_u32(capture, header + 20) & 0xffff; /* above: length of the FCS */
    capture->interface.resolution = capture->subsecond == 1 ? 9 : 6;
    capture->interface.known = smini_link_known(capture->interface.link_type);
    capture->format = SMINI_FORMAT_PCAP;
    window->at += FILE_HEADER;
    return SMIN_OK;
}

struct record {
    uint32_t captured;
    uint32_t wire;
};

static inline struct record read_lengths(const struct smini_capture *capture, const uint8_t *header)
{
    struct record record = {smini_capture_u32(capture, header + 8), smini_capture_u32(capture, header + 12)};
    if (__builtin_expect(capture->lengths_swapped && record.captured > record.wire, 0)) {
        struct record swapped = {record.wire, record.captured};
        return swapped;
    }
    return record;
}

/* A capture that was interrupted for longer than this is taken up by hand. */
enum { NEAR_SECONDS = 7 * 24 * 3600 };

static bool plausible(const struct smini_capture *capture, const uint8_t *header, uint32_t near_seconds)
{
    uint32_t seconds = smini_capture_u32(capture, header);
    uint32_t subsecond = smini_capture_u32(capture, header + 4);
    struct record record = read_lengths(capture, header);
    uint32_t apart = seconds > near_seconds ? seconds - near_seconds : near_seconds - seconds;
    return record.captured > 0 && record.captured <= record.wire && record.wire <= capture->limits.packet_bytes_max &&
           (capture->interface.snaplen == 0 || record.captured <= capture->interface.snaplen) &&
           subsecond < 1000000000u / capture->subsecond && apart <= NEAR_SECONDS;
}

/* Where the capture is in time; the record at the window's position says so when it is the first. */
static uint32_t seconds_now(const struct smini_capture *capture)
{
    if (capture->number == 0)
        return smini_capture_u32(capture, smini_window_bytes(&capture->window));
    return (uint32_t)(capture->last_time / 1000000000u);
}

/* No whole record is in the window: gets one. SMIN_OK, SMIN_DONE, or what was reported. */
static int32_t get_record(struct smini_capture *capture)
{
    struct smini_window *window = &capture->window;
    for (;;) {
        int32_t status = smini_window_need(window, capture->record_header);
        if (status == SMIN_E_TRUNCATED && smini_window_left(window) == 0)
            return smini_capture_finish(capture, SMIN_DONE);
        if (status != SMIN_OK)
            return smini_capture_broken(capture, status, "file_truncated");
        struct record record = read_lengths(capture, smini_window_bytes(window));
        if (record.captured > capture->limits.packet_bytes_max) {
            status = smini_pcap_resume(capture, "record_length_absurd");
            if (status != SMIN_OK)
                return status;
            continue;
        }
        status = smini_window_need(window, (size_t)capture->record_header + record.captured);
        if (status == SMIN_OK)
            return SMIN_OK;
        /* The file ends before the record does: was it cut, or is the length not true? */
        if (status != SMIN_E_TRUNCATED || plausible(capture, smini_window_bytes(window), seconds_now(capture)))
            return smini_capture_broken(capture, status, "file_truncated");
        status = smini_pcap_resume(capture, "record_length_absurd");
        if (status != SMIN_OK)
            return status;
    }
}

int32_t smini_pcap_next(struct smini_capture *capture, struct smini_packet *packets, uint32_t *count)
{
    struct smini_window *window = &capture->window;
    uint32_t header_bytes = capture->record_header;
    uint32_t packet_bytes_max = capture->limits.packet_bytes_max;
    uint32_t have = 0;
    while (have < SMINI_CAPTURE_BATCH) {
        const uint8_t *header = smini_window_bytes(window);
        size_t left = smini_window_left(window);
        struct record record = {UINT32_MAX, 0};
        if (left >= header_bytes)
            record = read_lengths(capture, header);
        if (record.captured > packet_bytes_max || left - header_bytes < record.captured) {
            if (have > 0) /* their bytes would move */
                break;
            int32_t status = get_record(capture);
            if (status != SMIN_OK)
                return status;
            continue;
        }
        smini_capture_prefetch(header);
        struct smini_packet *packet = &packets[have++];
        packet->bytes = header + header_bytes;
        packet->captured = record.captured;
        packet->wire_length = record.wire;
        packet->time_ns = (uint64_t)smini_capture_u32(capture, header) * 1000000000u +
                          (uint64_t)smini_capture_u32(capture, header + 4) * capture->subsecond;
        packet->file_offset = smini_window_offset(window);
        smini_capture_packet(capture, &capture->interface, packet);
        window->at += header_bytes + record.captured;
    }
    *count = have;
    return SMIN_OK;
}

/* --- after damage -------------------------------------------------------------------------------------------- */

/* So many records in a row, each in its limits and near in time: no accident, and no cost when it is one. */
enum { CHAIN = 3 };
static bool chain_begins(struct smini_capture *capture)
{
    struct smini_window *window = &capture->window;
    size_t at = 0;
    uint32_t near_seconds = seconds_now(capture);
    for (uint32_t i = 0; i < CHAIN; i++) {
        if (smini_window_need(window, at + capture->record_header) != SMIN_OK)
            return i > 0 && smini_window_left(window) == at; /* the file ends with a whole record */
        const uint8_t *header = smini_window_bytes(window) + at;
        if (!plausible(capture, header, near_seconds))
            return false;
        near_seconds = smini_capture_u32(capture, header);
        at += capture->record_header + read_lengths(capture, header).captured;
    }
    return smini_window_need(window, at) == SMIN_OK;
}

int32_t smini_pcap_resume(struct smini_capture *capture, const char *event)
{
    struct smini_window *window = &capture->window;
    uint64_t damaged = smini_window_offset(window);
    for (;;) {
        window->at++;
        int32_t status = smini_window_need(window, capture->record_header);
        if (status != SMIN_OK)
            return smini_capture_lost(capture, status, event, damaged);
        if (chain_begins(capture))
            break;
    }
    (void)smini_capture_report(capture, SMIN_E_MALFORMED, event, damaged, true,
                               "what lies between it and the next records that make sense was passed over");
    return SMIN_OK;
}
