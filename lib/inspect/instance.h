/* SPDX-License-Identifier: BSD-2-Clause */
/* An instance (configuration, rules, compiled database) and the scratch of one thread. */
#ifndef SMINI_INSTANCE_H
#define SMINI_INSTANCE_H

#include "decode/decode.h"
#include "guest/guest.h"
#include "inspect/settings.h"
#include "match/matcher.h"
#include "smin/abi_ext.h"

/* Rules that alerted on one message. More are delivered in one output only if the host raises nothing but noise. */
enum { SMINI_ALERTS_MAX = 256 };

struct smin_instance {
    struct smini_guest guest;
    struct smini_alloc alloc;
    struct smini_settings settings;
    struct smini_rule_set *rules;       /* NULL without rule texts */
    struct smini_database *database;    /* NULL without rule texts */
    struct smin_rule_info *infos;       /* one per rule, in order */
    uint32_t info_count;
    struct smin_setting *pairs;         /* metadata and references of all rules */
    size_t pair_count;
    struct smin_diagnostic *diagnostics;
    uint32_t diagnostic_count;
};

struct smin_thread {
    struct smin_instance *instance;
    struct smini_alloc alloc;
    struct smini_decode_scratch scratch;
    struct smini_matcher *matcher; /* NULL without rules */
    struct smin_flow *spare;       /* flows to use again */
    uint32_t spare_count;
    uint64_t flows;
    uint64_t outputs_alerts;
    /* the call that is going on */
    struct smin_flow *flow; /* NULL in smin.message/1 */
    void *flow_user;
    const struct smin_input *input;
    int32_t trouble; /* worst status met inside the callback */
    bool busy;
    struct smin_alert alerts[SMINI_ALERTS_MAX];
};

int32_t smini_instance_new(const struct smin_host *host, const struct smin_config *config,
                           struct smin_instance **instance);
void smini_instance_free(struct smin_instance *instance);
int32_t smini_thread_new(struct smin_instance *instance, struct smin_thread **thread);
void smini_thread_free(struct smin_thread *thread);

#endif
