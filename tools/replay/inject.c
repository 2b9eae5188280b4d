/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures onto a network interface: packet by packet, each at its time. */
#include "inject.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "order.h"
#include "replay/capture.h"

enum {
    SLICE_NS = 250000000,   /* longest sleep: signals and progress are looked at */
    RETRY_NS = 100000,      /* until an interface whose queue is full is asked again */
    RETRIES_MAX = 20000     /* two seconds: it takes nothing any more */
};

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static void sleep_until(uint64_t when_ns)
{
    struct timespec when = {.tv_sec = (time_t)(when_ns / 1000000000), .tv_nsec = (long)(when_ns % 1000000000)};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
}

static bool asked_to_stop(struct smini_injection *injection)
{
    injection->interrupted |= smini_tool_interrupted != 0;
    return injection->interrupted;
}

/* Until the packet's time. False: asked to stop. */
static bool wait_for(struct smini_injection *injection, const struct smini_packet *packet)
{
    if (injection->rate.kind == SMINI_RATE_MAX)
        return !asked_to_stop(injection);
    uint64_t now = now_ns(), due_ns = smini_pace_due(&injection->pace, packet->time_ns, now);
    for (; now < due_ns; now = now_ns()) {
        if (asked_to_stop(injection))
            return false;
        if (injection->progress)
            smini_progress_tick(injection->progress);
        sleep_until(due_ns - now > SLICE_NS ? now + SLICE_NS : due_ns);
    }
    if (now - due_ns > injection->latest_ns)
        injection->latest_ns = now - due_ns;
    return !asked_to_stop(injection);
}

/* A full queue is waited for: an errno otherwise. */
static int send_patiently(struct smini_injection *injection, const struct smini_inject_frame *frame)
{
    struct smini_wire *wire = injection->wire;
    int error = wire->send(wire->user, frame->bytes, frame->length);
    for (int i = 0; i < RETRIES_MAX && (error == ENOBUFS || error == EAGAIN || error == EINTR); i++) {
        if (asked_to_stop(injection))
            return 0;
        sleep_until(now_ns() + RETRY_NS);
        error = wire->send(wire->user, frame->bytes, frame->length);
    }
    return error;
}

static void leave_out(struct smini_injection *injection, enum smini_left_out reason, uint64_t number)
{
    injection->left_out[reason]++;
    if (injection->left_out_here[reason]++ == 0)
        injection->left_out_first[reason] = number;
}

/* False: nothing more can be sent. */
static bool inject_packet(struct smini_injection *injection, const struct smini_packet *packet)
{
    struct smini_inject_frame frame;
    injection->tally.packets++;
    enum smini_left_out reason = smini_inject_frame_make(packet, injection->wire->mtu, injection->room, &frame);
    if (reason != SMINI_LEFT_NOTHING) {
        leave_out(injection, reason, packet->number);
        return true;
    }
    if (!wait_for(injection, packet))
        return false;
    int error = send_patiently(injection, &frame);
    if (error == EMSGSIZE) { /* the interface knows better */
        leave_out(injection, SMINI_LEFT_LONG, packet->number);
        return true;
    }
    injection->wire_error = error;
    if (error || injection->interrupted)
        return false;
    injection->sent++;
    injection->sent_bytes += frame.length;
    injection->headed += frame.headed;
    return true;
}

/* --- captures --- */

static void note(struct smini_injection *injection, const char *name, const struct smini_problem *problem)
{
    if (!problem->lost)
        return;
    injection->tally.lost++;
    smini_tally_note(&injection->tally, injection->alloc, name, problem);
}

static void on_problem(void *user, const struct smini_problem *problem)
{
    struct smini_injection *injection = user;
    /* Told below, with what it means here. */
    if (strcmp(problem->event, "packets_cut") != 0 && strcmp(problem->event, "link_type_unsupported") != 0)
        note(injection, injection->capture ? smini_capture_name(injection->capture) : injection->name, problem);
}

static void tell_left_out(struct smini_injection *injection)
{
    static const char *const events[SMINI_LEFT_REASONS] = {
        [SMINI_LEFT_CUT] = "packets_cut",
        [SMINI_LEFT_LONG] = "packets_longer_than_mtu",
        [SMINI_LEFT_SHORT] = "packets_shorter_than_header",
        [SMINI_LEFT_LINK] = "link_type_unsuitable",
    };
    for (int reason = SMINI_LEFT_NOTHING + 1; reason < SMINI_LEFT_REASONS; reason++) {
        char detail[64];
        uint64_t count = injection->left_out_here[reason];
        struct smini_problem problem = {.layer = "capture",
                                        .event = events[reason],
                                        .detail = detail,
                                        .status = SMIN_E_UNSUPPORTED,
                                        .lost = 1,
                                        .file_offset = UINT64_MAX,
                                        .packet_number = injection->left_out_first[reason]};
        snprintf(detail, sizeof(detail), "%lu packet%s not sent", (unsigned long)count, count == 1 ? "" : "s");
        if (count)
            note(injection, smini_capture_name(injection->capture), &problem);
        injection->left_out_here[reason] = 0;
    }
}

static void advance(struct smini_injection *injection)
{
    uint64_t position = smini_capture_position(injection->capture);
    if (!injection->progress)
        return;
    atomic_fetch_add(&injection->progress->bytes, position - injection->position);
    injection->position = position;
    smini_progress_tick(injection->progress);
}

/* The capture, or the member of an archive, that is open. SMIN_OK; SMIN_DONE: nothing more can be sent; SMIN_E_NOMEM. */
static int32_t inject_member(struct smini_injection *injection)
{
    struct smini_packet packets[SMINI_CAPTURE_BATCH];
    uint32_t count;
    int32_t status;
    bool go_on = true;
    smini_pace_capture(&injection->pace);
    while (go_on && (status = smini_capture_next(injection->capture, packets, &count)) == SMIN_OK) {
        for (uint32_t i = 0; i < count && go_on; i++)
            go_on = inject_packet(injection, &packets[i]);
        injection->ended_ns = now_ns();
        advance(injection);
    }
    tell_left_out(injection);
    injection->tally.captures_read++;
    if (!go_on || asked_to_stop(injection))
        return SMIN_DONE;
    return status == SMIN_E_NOMEM ? status : SMIN_OK; /* damage was told */
}

static int32_t inject_capture(struct smini_injection *injection, int fd)
{
    struct smini_problem_sink problems = {.report = on_problem, .user = injection};
    struct smini_capture_limits limits;
    smini_capture_limits_default(&limits);
    injection->position = 0;
    int32_t status =
        smini_capture_open(&injection->capture, injection->alloc, fd, injection->name, &limits, &problems);
    if (status != SMIN_OK)
        return status == SMIN_E_NOMEM ? status : SMIN_OK;
    while ((status = inject_member(injection)) == SMIN_OK) {
        int32_t next = smini_capture_next_member(injection->capture);
        if (next != SMIN_OK) {
            status = next == SMIN_E_NOMEM ? next : SMIN_OK;
            break;
        }
    }
    smini_capture_free(&injection->capture);
    return status;
}

static int32_t inject_input(struct smini_injection *injection, const struct smini_input_file *input)
{
    int32_t status = SMIN_OK;
    int fd = -1, error = input->error;
    injection->name = input->name;
    injection->tally.captures++;
    if (!error) {
        fd = strcmp(input->path, "-") == 0 ? dup(STDIN_FILENO) : open(input->path, O_RDONLY | O_CLOEXEC);
        error = fd < 0 ? errno : 0;
    }
    if (error) {
        struct smini_problem problem = {.layer = "capture",
                                        .event = "file_unreadable",
                                        .detail = strerror(error),
                                        .status = SMIN_E_IO,
                                        .lost = 1,
                                        .file_offset = UINT64_MAX};
        note(injection, injection->name, &problem);
    } else {
        status = inject_capture(injection, fd);
    }
    if (fd >= 0)
        close(fd);
    if (injection->progress)
        atomic_fetch_add(&injection->progress->files, 1);
    return status;
}

int32_t smini_inject(struct smini_injection *injection, const struct smini_inputs *inputs)
{
    size_t room = SMINI_ETHERNET_HEADER + SMINI_ETHERNET_TAG + (size_t)injection->wire->mtu;
    int32_t status = SMIN_OK;
    smini_tally_init(&injection->tally);
    injection->room = smini_alloc_get(injection->alloc, room);
    if (!injection->room)
        return SMIN_E_NOMEM;
    injection->started_ns = injection->ended_ns = now_ns();
    smini_pace_start(&injection->pace, &injection->rate, injection->started_ns);
    for (uint32_t i = 0; i < inputs->count && status == SMIN_OK; i++)
        status = inject_input(injection, &inputs->items[i]);
    smini_alloc_free(injection->alloc, injection->room, room);
    return status == SMIN_DONE ? SMIN_OK : status;
}

void smini_inject_free(struct smini_injection *injection)
{
    smini_tally_free(&injection->tally, injection->alloc);
}
