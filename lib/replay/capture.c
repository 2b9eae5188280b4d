/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/capture.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "replay/capture_state.h"

void smini_capture_limits_default(struct smini_capture_limits *limits)
{
    memset(limits, 0, sizeof(*limits));
    /* What libpcap and Wireshark allow for networks; offloaded TCP gives 64 KiB at most. */
    limits->packet_bytes_max = 256 * 1024;
    /* A packet and comments about it; what holds no packet is passed over without memory. */
    limits->block_bytes_max = 16 * 1024 * 1024;
    /* Captures of "any" on large hosts come to hundreds. */
    limits->interfaces_max = 4096;
    limits->members_max = 65536;
    /* Far above any capture that was packed on purpose; reached only by one made to grow. */
    limits->expanded_max = UINT64_C(256) << 30;
}

static int32_t read_file(struct smini_source *source, uint8_t *to, size_t room, size_t *got)
{
    struct smini_capture *capture = source->user;
    ssize_t result;
    do
        result = read(capture->fd, to, room);
    while (result < 0 && errno == EINTR);
    if (result < 0) {
        source->event = "read_failed";
        source->detail = strerror(errno);
        return SMIN_E_IO;
    }
    *got = (size_t)result;
    capture->position += (uint64_t)result;
    return SMIN_OK;
}

/* --- one capture: a file, or a member of an archive ---------------------------------------------------------- */

static void reset(struct smini_capture *capture)
{
    capture->format = SMINI_FORMAT_NONE;
    capture->status = SMIN_OK;
    capture->number = 0;
    capture->last_time = 0;
    capture->in_section = capture->at_own_section = false;
    capture->interface_count = capture->interface_first = 0;
    memset(capture->odd, 0, sizeof(capture->odd));
}

/* SMIN_OK: packets may come. SMIN_E_NOT_FOUND: no capture, nothing was reported. */
static int32_t begin(struct smini_capture *capture)
{
    reset(capture);
    int32_t status = smini_window_need(&capture->window, 4);
    if (status == SMIN_E_TRUNCATED && capture->depth > 0)
        return capture->status = SMIN_E_NOT_FOUND;
    if (status != SMIN_OK)
        return smini_capture_broken(capture, status,
                                    smini_window_left(&capture->window) == 0 ? "file_empty" : "file_header_cut");
    status = smini_pcap_open(capture);
    if (status == SMIN_E_NOT_FOUND)
        status = smini_pcapng_open(capture);
    if (status != SMIN_OK)
        capture->status = status;
    return status;
}

/* --- archives: a stack, the innermost gives the captures ----------------------------------------------------- */

static struct smini_archive *innermost(const struct smini_capture *capture)
{
    return capture->depth > 0 ? capture->archives[capture->depth - 1] : NULL;
}

static void name_member(struct smini_capture *capture, const char *member)
{
    size_t length = capture->name_lengths[capture->depth - 1];
    size_t room = SMINI_CAPTURE_NAME_MAX - length;
    if (member)
        (void)snprintf(capture->name + length, room, ":%s", member);
    else
        capture->name[length] = '\0';
}

static void pop(struct smini_capture *capture)
{
    smini_archive_free(&capture->archives[--capture->depth]);
}

/* The bytes in the window are no capture: perhaps they are packed. SMIN_E_NOT_FOUND, nothing reported: surely not. */
static int32_t push(struct smini_capture *capture)
{
    struct smini_window *window = &capture->window;
    if (capture->depth == SMINI_ARCHIVE_DEPTH_MAX)
        return smini_capture_report(capture, SMIN_E_LIMIT, "archive_nesting_limit", 0, true, NULL);
    int32_t status = smini_archive_new(&capture->archives[capture->depth], capture->alloc, window,
                                       capture->limits.expanded_max);
    if (status == SMIN_E_NOT_FOUND)
        return status;
    if (status == SMIN_E_NOMEM)
        return smini_capture_report(capture, status, "out_of_memory", 0, true, NULL);
    if (status != SMIN_OK)
        return smini_capture_report(capture, status, "compression_unsupported", 0, true,
                                    "compressed or an archive; this program was built without libarchive");
    capture->name_lengths[capture->depth++] = strlen(capture->name);
    return SMIN_OK;
}

static bool ends_like_capture(const char *name)
{
    static const char *const endings[] = {".pcap", ".pcapng", ".cap", ".dmp", ".pcap.gz", ".pcapng.gz"};
    size_t length = strlen(name);
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t size = strlen(endings[i]);
        if (length >= size && strcmp(name + length - size, endings[i]) == 0)
            return true;
    }
    return false;
}

static void report_skipped(const struct smini_capture *capture)
{
    bool lost = ends_like_capture(capture->name);
    (void)smini_capture_report(capture, SMIN_E_UNSUPPORTED, lost ? "member_unreadable" : "member_skipped", UINT64_MAX,
                               lost, capture->name);
}

/*
 * What the innermost archive gives next. SMIN_OK: the window reads a member;
 * SMIN_DONE: it has no more; SMIN_E_NOT_FOUND: it never was an archive.
 */
static int32_t next_of_innermost(struct smini_capture *capture)
{
    struct smini_archive *archive = innermost(capture);
    const char *member = NULL;
    int32_t status = smini_archive_next(archive, &member);
    smini_window_restart(&capture->window, smini_archive_source(archive));
    name_member(capture, status == SMIN_OK ? member : NULL);
    if (status == SMIN_OK && ++capture->members > capture->limits.members_max)
        return smini_capture_report(capture, SMIN_E_LIMIT, "members_limit", UINT64_MAX, true, NULL);
    if (status < 0 && status != SMIN_E_NOT_FOUND) {
        const struct smini_source *source = smini_archive_source(archive);
        (void)smini_capture_report(capture, status, source->event, UINT64_MAX, true, source->detail);
    }
    return status;
}

/* To the next member that is a capture, through archives inside archives. SMIN_OK, SMIN_DONE, or a status. */
static int32_t seek_capture(struct smini_capture *capture)
{
    while (capture->depth > 0) {
        int32_t status = next_of_innermost(capture);
        if (status == SMIN_E_LIMIT || status == SMIN_E_NOMEM)
            return status;
        if (status != SMIN_OK) {
            bool packed = status != SMIN_E_NOT_FOUND;
            bool outermost = capture->depth == 1;
            pop(capture);
            if (!packed && outermost)
                return status;
            if (!packed)
                report_skipped(capture);
            continue;
        }
        status = begin(capture);
        if (status == SMIN_OK)
            return SMIN_OK;
        if (status != SMIN_E_NOT_FOUND) /* reported; the next member may do better */
            continue;
        if (smini_window_left(&capture->window) < 4)
            report_skipped(capture);
        else if (push(capture) == SMIN_E_NOMEM)
            return SMIN_E_NOMEM;
    }
    return SMIN_DONE;
}

static int32_t open_archive(struct smini_capture *capture)
{
    int32_t status = push(capture);
    if (status != SMIN_OK && status != SMIN_E_NOT_FOUND)
        return status;
    if (status == SMIN_OK)
        status = seek_capture(capture);
    if (status == SMIN_DONE) { /* went through everything */
        capture->name[capture->name_lengths[0]] = '\0';
        return smini_capture_report(capture, SMIN_E_UNSUPPORTED, "archive_without_capture", 0, true,
                                    "compressed or an archive, with no capture inside that could be read");
    }
    if (status == SMIN_E_NOT_FOUND)
        return smini_capture_report(capture, SMIN_E_UNSUPPORTED, "format_unknown", 0, true,
                                    "neither pcap nor pcapng, not compressed, and no archive");
    return status;
}

/* --- the interface ------------------------------------------------------------------------------------------- */

static int32_t start(struct smini_capture *capture, const char *name)
{
    size_t window_max = capture->limits.block_bytes_max;
    capture->name = smini_alloc_get(capture->alloc, SMINI_CAPTURE_NAME_MAX);
    if (!capture->name ||
        smini_window_init(&capture->window, capture->alloc, &capture->file, window_max) != SMIN_OK)
        return smini_capture_report(capture, SMIN_E_NOMEM, "out_of_memory", UINT64_MAX, true, NULL);
    (void)snprintf(capture->name, SMINI_CAPTURE_NAME_MAX, "%s", name ? name : "");
#ifdef HAVE_POSIX_FADVISE
    (void)posix_fadvise(capture->fd, 0, 0, POSIX_FADV_SEQUENTIAL); /* pipes say no, which is fine */
#endif
    int32_t status = begin(capture);
    return status == SMIN_E_NOT_FOUND ? open_archive(capture) : status;
}

int32_t smini_capture_open(struct smini_capture **result, struct smini_alloc *alloc, int fd, const char *name,
                           const struct smini_capture_limits *limits, const struct smini_problem_sink *problems)
{
    *result = NULL;
    struct smini_capture *capture = smini_alloc_get(alloc, sizeof(*capture));
    if (!capture) {
        struct smini_problem problem = {
            .layer = "capture", .event = "out_of_memory", .status = SMIN_E_NOMEM, .lost = 1, .file_offset = UINT64_MAX};
        smini_problem_report(problems, &problem);
        return SMIN_E_NOMEM;
    }
    capture->alloc = alloc;
    capture->fd = fd;
    capture->problems = problems;
    capture->file.read = read_file;
    capture->file.user = capture;
    if (limits)
        capture->limits = *limits;
    else
        smini_capture_limits_default(&capture->limits);
    /* The window has to hold a block with the longest packet. */
    if (capture->limits.block_bytes_max < SMINI_WINDOW_BYTES)
        capture->limits.block_bytes_max = SMINI_WINDOW_BYTES;
    if (capture->limits.packet_bytes_max > capture->limits.block_bytes_max / 2)
        capture->limits.packet_bytes_max = capture->limits.block_bytes_max / 2;
    int32_t status = start(capture, name);
    if (status != SMIN_OK)
        smini_capture_free(&capture);
    *result = capture;
    return status;
}

int32_t smini_capture_next(struct smini_capture *capture, struct smini_packet *packets, uint32_t *count)
{
    *count = 0;
    if (capture->status != SMIN_OK)
        return capture->status;
    return capture->format == SMINI_FORMAT_PCAP ? smini_pcap_next(capture, packets, count)
                                                : smini_pcapng_next(capture, packets, count);
}

int32_t smini_capture_next_member(struct smini_capture *capture)
{
    if (capture->at_own_section) {
        capture->in_section = capture->at_own_section = false;
        return capture->status = SMIN_OK;
    }
    int32_t status = capture->depth == 0 ? SMIN_DONE : seek_capture(capture);
    if (status != SMIN_OK)
        capture->status = SMIN_DONE;
    return status;
}

const char *smini_capture_name(const struct smini_capture *capture)
{
    return capture->name;
}

bool smini_capture_interface(const struct smini_capture *capture, uint32_t number, struct smini_interface_view *view)
{
    const struct smini_interface *interface = &capture->interface;
    if (capture->format == SMINI_FORMAT_PCAPNG) {
        if (number < capture->interface_first || number - capture->interface_first >= capture->interface_count)
            return false;
        interface = &capture->interfaces[number - capture->interface_first];
    }
    view->link_type = interface->link_type;
    view->snaplen = interface->snaplen;
    view->resolution = interface->resolution;
    view->name = interface->name;
    return true;
}

uint64_t smini_capture_position(const struct smini_capture *capture)
{
    return capture->position;
}

void smini_capture_free(struct smini_capture **pointer)
{
    struct smini_capture *capture = *pointer;
    if (!capture)
        return;
    struct smini_alloc *alloc = capture->alloc;
    while (capture->depth > 0)
        pop(capture);
    smini_window_free(&capture->window);
    smini_alloc_free(alloc, capture->interfaces, capture->interface_capacity * sizeof(struct smini_interface));
    smini_alloc_free(alloc, capture->name, SMINI_CAPTURE_NAME_MAX);
    smini_alloc_free(alloc, capture, sizeof(*capture));
    *pointer = NULL;
}
