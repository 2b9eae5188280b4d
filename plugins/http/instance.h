/* SPDX-License-Identifier: BSD-2-Clause */
/* Instance and thread; there is nothing to configure. */
#ifndef SMINI_HTTP_INSTANCE_H
#define SMINI_HTTP_INSTANCE_H

#include "http/state.h"

int32_t smini_http_instance_new(const struct smin_host *host, const struct smin_config *config,
                                struct smin_instance **instance);
void smini_http_instance_free(struct smin_instance *instance);
int32_t smini_http_thread_new(struct smin_instance *instance, struct smin_thread **thread);
void smini_http_thread_free(struct smin_thread *thread);
int32_t smini_http_stats_get(const struct smin_thread *thread, struct smin_stats *stats);

#endif
