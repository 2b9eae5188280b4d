/* SPDX-License-Identifier: BSD-2-Clause */
/* Instance and thread; there is nothing to configure. */
#ifndef SMINI_SEALED_INSTANCE_H
#define SMINI_SEALED_INSTANCE_H

#include "sealed/state.h"

int32_t smini_sealed_instance_new(const struct smin_host *host, const struct smin_config *config,
                                  struct smin_instance **instance);
void smini_sealed_instance_free(struct smin_instance *instance);
int32_t smini_sealed_thread_new(struct smin_instance *instance, struct smin_thread **thread);
void smini_sealed_thread_free(struct smin_thread *thread);
int32_t smini_sealed_stats_get(const struct smin_thread *thread, struct smin_stats *stats);

#endif
