/* SPDX-License-Identifier: BSD-2-Clause */
/* A transfer: begun by a request, carried by a flow, ended once. */
#ifndef SMINI_TFTP_TRANSFER_H
#define SMINI_TFTP_TRANSFER_H

#include "tftp/report.h"

/* A transfer that the flow at hand points to from now on; what it pointed to is let go. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_tftp_transfer_new(struct smin_thread *thread, struct smin_flow *flow);

/* SMIN_OK, SMIN_E_NOMEM. What the request says is copied. */
int32_t smini_tftp_transfer_request(struct smin_thread *thread, const struct smini_tftp_packet *packet);

/*
 * The transfer that a context names becomes that of a flow that is being made: the same one, or, when another flow
 * carries that already, one with the same request. SMIN_OK also when it is gone; SMIN_E_NOMEM.
 */
int32_t smini_tftp_transfer_join(struct smin_thread *thread, struct smin_flow *flow, const uint8_t *context,
                                 uint32_t length);

/* What goes into the context of an expectation. Gives its length. */
uint32_t smini_tftp_transfer_context(const struct smini_tftp_transfer *transfer, uint8_t *context);

/* An event to be told with the file; each once. */
void smini_tftp_transfer_note(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint32_t event,
                              uint64_t number);

/* The file is over: SMIN_FILE_*. Tells it. Nothing happens the second time. */
void smini_tftp_transfer_finish(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint32_t state);

/* The flow points to it no more; without a word. */
void smini_tftp_transfer_leave(struct smin_thread *thread, struct smin_flow *flow);

/* The host gets to know the file, unless it does already. */
void smini_tftp_transfer_open_file(struct smin_thread *thread, struct smini_tftp_transfer *transfer);

static inline struct smini_span smini_tftp_transfer_name(const struct smini_tftp_transfer *transfer)
{
    return smini_span_make(transfer->name, transfer->name_length);
}

#endif
