/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks in their order: what is new, what came before, what is missing. */
#ifndef SMINI_TFTP_CONTENTS_H
#define SMINI_TFTP_CONTENTS_H

#include "tftp/state.h"

/* A block of the sending side. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_tftp_contents_block(struct smin_thread *thread, struct smini_tftp_transfer *transfer, uint16_t number,
                                  struct smini_span data);

/* The receiver has everything up to this block. True: that was the last one. */
bool smini_tftp_contents_acknowledged(struct smin_thread *thread, struct smini_tftp_transfer *transfer,
                                      uint16_t number);

/* The end: what waits for its turn is taken with the gaps before it. */
void smini_tftp_contents_flush(struct smin_thread *thread, struct smini_tftp_transfer *transfer);

/* Gives back what waits. */
void smini_tftp_contents_drop(struct smin_thread *thread, struct smini_tftp_transfer *transfer);

/* FNV-1a, 64 bits: tells whether two copies are the same, and needs no room for them. */
uint64_t smini_tftp_digest(struct smini_span bytes);

#endif
