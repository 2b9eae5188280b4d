/* SPDX-License-Identifier: BSD-2-Clause */
/* What a capture says about itself: problems at once, oddities of its packets in sum. */
#include <inttypes.h>
#include <stdio.h>

#include "replay/capture_state.h"

static const struct {
    const char *event;
    const char *text;
    int32_t status;
    int32_t lost;
} odd_texts[SMINI_ODD_COUNT] = {
    [SMINI_ODD_CUT] = {"packets_cut", "packets that hold fewer bytes than the wire had", SMIN_E_TRUNCATED, 1},
    [SMINI_ODD_OVER_SNAPLEN] = {"packets_exceed_snaplen", "packets that are longer than the capture says they may be",
                                SMIN_E_MALFORMED, 0},
    [SMINI_ODD_OVER_WIRE] = {"packets_exceed_wire", "packets that hold more bytes than the wire is said to have had",
                             SMIN_E_MALFORMED, 0},
    [SMINI_ODD_INTERFACE] = {"interface_unknown", "packets that name an interface that was not described", SMIN_E_MALFORMED,
                             1},
    [SMINI_ODD_LENGTH] = {"packet_length_wrong", "packets that claim more bytes than their block has", SMIN_E_MALFORMED, 1},
    [SMINI_ODD_LINK_TYPE] = {"link_type_unsupported", "packets that have a link type that is not read", SMIN_E_UNSUPPORTED,
                             1},
};

int32_t smini_capture_report(const struct smini_capture *capture, int32_t status, const char *event, uint64_t offset,
                             bool lost, const char *detail)
{
    struct smini_problem problem = {
        .layer = "capture",
        .event = event,
        .detail = detail,
        .status = status,
        .lost = lost,
        .file_offset = offset,
    };
    smini_problem_report(capture->problems, &problem);
    return status;
}

int32_t smini_capture_broken(struct smini_capture *capture, int32_t status, const char *event)
{
    const struct smini_source *source = capture->window.source;
    const char *detail = NULL;
    uint64_t offset = smini_window_offset(&capture->window);
    if (status == SMIN_E_NOMEM) {
        event = "out_of_memory";
    } else if (status == SMIN_E_LIMIT && capture->window.status != status) {
        event = "packet_bytes_limit";
    } else if (status != SMIN_E_TRUNCATED) {
        event = source->event;
        detail = source->detail;
    }
    (void)smini_capture_report(capture, status, event, offset, true, detail);
    return smini_capture_finish(capture, status);
}

int32_t smini_capture_lost(struct smini_capture *capture, int32_t status, const char *event, uint64_t offset)
{
    capture->window.at = capture->window.end;
    (void)smini_capture_report(capture, SMIN_E_MALFORMED, event, offset, true, "nothing after it could be read");
    if (status != SMIN_E_TRUNCATED)
        return smini_capture_broken(capture, status, "file_truncated");
    return smini_capture_finish(capture, SMIN_E_MALFORMED);
}

int32_t smini_capture_finish(struct smini_capture *capture, int32_t status)
{
    for (int i = 0; i < SMINI_ODD_COUNT; i++) {
        const struct smini_odd *odd = &capture->odd[i];
        if (odd->count == 0)
            continue;
        char detail[128];
        (void)snprintf(detail, sizeof(detail), "%s: %" PRIu64, odd_texts[i].text, odd->count);
        struct smini_problem problem = {
            .layer = "capture",
            .event = odd_texts[i].event,
            .detail = detail,
            .status = odd_texts[i].status,
            .lost = odd_texts[i].lost,
            .file_offset = odd->offset,
            .packet_number = odd->number,
            .time_ns = odd->time_ns,
        };
        smini_problem_report(capture->problems, &problem);
        capture->odd[i].count = 0;
    }
    capture->status = status;
    return status;
}

void smini_capture_odd(struct smini_capture *capture, enum smini_oddity oddity, uint64_t offset)
{
    struct smini_odd *odd = &capture->odd[oddity];
    if (odd->count++ == 0) {
        odd->offset = offset;
        odd->number = capture->number;
        odd->time_ns = capture->last_time;
    }
}

void smini_capture_packet(struct smini_capture *capture, const struct smini_interface *interface,
                          struct smini_packet *packet)
{
    packet->link_type = interface->link_type;
    packet->interface = capture->interface_first;
    if (capture->format == SMINI_FORMAT_PCAPNG)
        packet->interface += (uint32_t)(interface - capture->interfaces);
    packet->number = ++capture->number;
    capture->last_time = packet->time_ns;
    if (__builtin_expect(packet->captured != packet->wire_length, 0)) {
        smini_capture_odd(capture, packet->captured < packet->wire_length ? SMINI_ODD_CUT : SMINI_ODD_OVER_WIRE,
                          packet->file_offset);
        if (packet->captured > packet->wire_length)
            packet->wire_length = packet->captured;
    }
    if (__builtin_expect(interface->snaplen != 0 && packet->captured > interface->snaplen, 0))
        smini_capture_odd(capture, SMINI_ODD_OVER_SNAPLEN, packet->file_offset);
    if (__builtin_expect(!interface->known, 0))
        smini_capture_odd(capture, SMINI_ODD_LINK_TYPE, packet->file_offset);
}
