/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One thing that the inspector delivered, as a transaction of the engine: it outlives the callback, so everything in it
 * is copied, into one piece of memory with the transaction itself.
 */
#ifndef SMINI_SURICATA_TRANSACTION_H
#define SMINI_SURICATA_TRANSACTION_H

#include "base/alloc.h"
#include "smin/abi.h"
#include "suricata8/engine_api.h"

struct smini_suricata_transaction {
    struct smini_engine_tx_data data;
    uint64_t id;   /* dense in a flow, from 0 */
    size_t memory; /* bytes of this piece of memory */
    bool open;     /* stands for what may come yet, says nothing itself: a direction that has to be asked about its end */
    /* Never NULL inside: output.message is &message. Step by its strides, see host/describe.h; rules are not copied. */
    struct smin_output output;
    struct smin_message message;
};

/*
 * A copy of `output` with zeroed data of the engine, bound to the direction of the message; or NULL. Bytes of a field lie
 * in those of the message where they did.
 */
struct smini_suricata_transaction *smini_suricata_transaction_new(struct smini_alloc *alloc,
                                                                  const struct smin_output *output);

/* What the engine noted, and the memory. NULL is fine. */
void smini_suricata_transaction_free(struct smini_alloc *alloc, struct smini_suricata_transaction *transaction);

#endif
