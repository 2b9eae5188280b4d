/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages to the host. */
#ifndef SMINI_FTP_REPORT_H
#define SMINI_FTP_REPORT_H

#include "ftp/state.h"
#include "ftp/tables.h"

struct smini_ftp_report {
    uint32_t id; /* of the message */
    uint32_t kind;
    uint32_t flags;
    uint32_t field_count, event_count;
    struct smin_field fields[SMINI_FTP_FIELDS_MAX];
    struct smin_event events[SMINI_FTP_EVENTS_MAX];
};

void smini_ftp_report_begin(struct smini_ftp_report *report, uint32_t message);
void smini_ftp_report_text(struct smini_ftp_report *report, uint32_t field, struct smini_span text, uint32_t flags);
void smini_ftp_report_number(struct smini_ftp_report *report, uint32_t field, uint64_t number);

/* To the host, as of the input at hand. */
void smini_ftp_report_send(struct smin_thread *thread, struct smini_ftp_report *report);

/* An event of the flow, told at once and once only. */
void smini_ftp_tell(struct smin_thread *thread, uint32_t event, uint64_t number);

#endif
