/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "smin/status.h"
#include "tests/unit/replay/input_build.h"

void seen_problem(void *user, const struct smini_problem *problem)
{
    struct seen *seen = user;
    if (seen->problem_count == SEEN_PROBLEMS_MAX)
        return;
    struct seen_problem *copy = &seen->problems[seen->problem_count++];
    (void)snprintf(copy->event, sizeof(copy->event), "%s", problem->event);
    (void)snprintf(copy->layer, sizeof(copy->layer), "%s", problem->layer);
    copy->status = problem->status;
    copy->lost = problem->lost;
    copy->offset = problem->file_offset;
}

const struct seen_problem *seen_find(const struct seen *seen, const char *event)
{
    for (uint32_t i = 0; i < seen->problem_count; i++)
        if (strcmp(seen->problems[i].event, event) == 0)
            return &seen->problems[i];
    return NULL;
}

static uint64_t digest(const uint8_t *bytes, size_t length)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static void keep(struct seen *seen, const struct smini_packet *packet)
{
    if (seen->count == SEEN_MAX)
        return;
    struct seen_packet *copy = &seen->packets[seen->count++];
    copy->captured = packet->captured;
    copy->wire = packet->wire_length;
    copy->link_type = packet->link_type;
    copy->time_ns = packet->time_ns;
    copy->number = packet->number;
    copy->offset = packet->file_offset;
    copy->digest = digest(packet->bytes, packet->captured);
    copy->last_byte = packet->captured > 0 ? packet->bytes[packet->captured - 1] : 0;
}

void seen_read_fd(struct seen *seen, struct smini_alloc *alloc, int fd, const struct smini_capture_limits *limits)
{
    struct smini_problem_sink sink = {seen_problem, seen};
    struct smini_capture *capture = NULL;
    memset(seen, 0, sizeof(*seen));
    seen->opened = seen->ended = smini_capture_open(&capture, alloc, fd, "file", limits, &sink);
    if (seen->opened != SMIN_OK)
        return;
    do {
        struct smini_packet packets[SMINI_CAPTURE_BATCH];
        uint32_t count;
        if (seen->members < 16)
            (void)snprintf(seen->names[seen->members], sizeof(seen->names[0]), "%s", smini_capture_name(capture));
        seen->members++;
        while ((seen->ended = smini_capture_next(capture, packets, &count)) == SMIN_OK)
            for (uint32_t i = 0; i < count; i++)
                keep(seen, &packets[i]);
    } while (smini_capture_next_member(capture) == SMIN_OK);
    smini_capture_free(&capture);
}

int seen_file(const uint8_t *bytes, size_t length)
{
    FILE *file = tmpfile();
    cr_assert(file && fwrite(bytes, 1, length, file) == length && fflush(file) == 0);
    int fd = dup(fileno(file));
    (void)fclose(file);
    cr_assert(fd >= 0 && lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

void seen_read(struct seen *seen, const uint8_t *bytes, size_t length)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    int fd = seen_file(bytes, length);
    seen_read_fd(seen, &alloc, fd, NULL);
    (void)close(fd);
    cr_assert(alloc.used == 0, "%zu bytes were not given back", alloc.used);
}

void seen_read_split(struct seen *seen, const uint8_t *bytes, size_t length, size_t split)
{
    struct smini_alloc alloc;
    int pair[2];
    smini_alloc_init(&alloc, 0);
    /* Every read gives one of the messages: the split is where we want it. */
    cr_assert(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
    cr_assert(write(pair[1], bytes, split) == (ssize_t)split);
    cr_assert(write(pair[1], bytes + split, length - split) == (ssize_t)(length - split));
    (void)close(pair[1]);
    seen_read_fd(seen, &alloc, pair[0], NULL);
    (void)close(pair[0]);
    cr_assert(alloc.used == 0);
}
