/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages to the host. */
#ifndef SMINI_TFTP_REPORT_H
#define SMINI_TFTP_REPORT_H

#include "tftp/state.h"
#include "tftp/tables.h"

struct smini_tftp_report {
    uint32_t id; /* of the message */
    uint32_t kind;
    uint32_t flags;
    uint32_t field_count, event_count;
    struct smin_field fields[SMINI_TFTP_FIELDS_MAX];
    struct smin_event events[SMINI_TFTP_EVENTS_MAX];
};

void smini_tftp_report_begin(struct smini_tftp_report *report, uint32_t message);
void smini_tftp_report_text(struct smini_tftp_report *report, uint32_t field, struct smini_span text, uint32_t flags);
void smini_tftp_report_number(struct smini_tftp_report *report, uint32_t field, uint64_t number);
void smini_tftp_report_options(struct smini_tftp_report *report, const struct smini_tftp_options *options);
void smini_tftp_report_event(struct smini_tftp_report *report, uint32_t event, uint64_t offset, uint64_t number);

/* To the host, as of the input at hand. `covers`: the whole datagram belongs to the message. */
void smini_tftp_report_send(struct smin_thread *thread, struct smini_tftp_report *report, bool covers);

/* An event of the flow, told at once and once only. */
void smini_tftp_tell(struct smin_thread *thread, uint32_t event, uint64_t number);

#endif
