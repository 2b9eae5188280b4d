/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inspector's side of the ABI, as every inspector needs it: what a host
 * hands over is judged and copied as far as both sides know it. lib/host is
 * the other side.
 */
#ifndef SMINI_GUEST_H
#define SMINI_GUEST_H

#include <stdbool.h>

#include "base/alloc.h"
#include "base/tail.h"
#include "smin/abi_ext.h"

/* A host as an instance keeps it. */
struct smini_guest {
    struct smin_host host; /* the members the host's table covers; the rest is NULL */
    const struct smin_ext_expect *expect; /* NULL: the host lends none */
    const struct smin_ext_file *file;
};

/* SMIN_OK, SMIN_E_VERSION, SMIN_E_MISUSE. */
int32_t smini_guest_take_host(struct smini_guest *guest, const struct smin_host *host);

/* A handle on the host's memory; `limit` as in base/alloc.h. */
void smini_guest_take_memory(const struct smini_guest *guest, struct smini_alloc *alloc, size_t limit);

/* What the host lends under that name, or NULL. */
const void *smini_guest_lent(const struct smini_guest *guest, const char *id);

/* `config` may be NULL: nothing is configured. SMIN_OK, SMIN_E_VERSION, SMIN_E_MISUSE. */
int32_t smini_guest_take_config(struct smin_config *own, const struct smin_config *config);

/* For an inspector without settings: as above, and SMIN_E_NOT_FOUND when there are some. Rules are not its concern. */
int32_t smini_guest_refuse_settings(const struct smin_config *config);

/* SMIN_OK, SMIN_E_MISUSE: then `own` is untouched. */
int32_t smini_guest_take_info(struct smin_flow_info *own, const struct smin_flow_info *info);

/* Is the context that comes back with an expected flow there at all? */
bool smini_guest_expected_valid(const struct smin_expected *expected);

/* Whether an input is one that the call of that name may be given. */
bool smini_guest_bytes_valid(const struct smin_input *input); /* feed, datagram, probe, decode */
bool smini_guest_gap_valid(const struct smin_input *input);
bool smini_guest_end_valid(const struct smin_input *input);

/* Nothing is consumed where the status is negative. */
static inline struct smin_result smini_guest_result(int32_t status, uint64_t consumed)
{
    struct smin_result result = {.status = status, .consumed = status < 0 ? 0 : consumed};
    return result;
}

/* Gives what was counted, and what `alloc` knows, as far as the caller's struct goes. SMIN_OK, SMIN_E_MISUSE. */
int32_t smini_guest_give_stats(const struct smin_stats *counted, const struct smini_alloc *alloc,
                               struct smin_stats *stats);

#endif
