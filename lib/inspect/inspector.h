/* SPDX-License-Identifier: BSD-2-Clause */
/* The functions that builtin.c puts into the ABI table; see smin/abi.h for what each promises. */
#ifndef SMINI_INSPECTOR_H
#define SMINI_INSPECTOR_H

#include "inspect/instance.h"

int32_t smini_inspector_flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                                 struct smin_flow **flow);
void smini_inspector_flow_free(struct smin_thread *thread, struct smin_flow *flow);
int32_t smini_inspector_probe(struct smin_thread *thread, const struct smin_flow_info *info,
                              const struct smin_input *input);
struct smin_result smini_inspector_feed(struct smin_thread *thread, struct smin_flow *flow,
                                        const struct smin_input *input);
struct smin_result smini_inspector_gap(struct smin_thread *thread, struct smin_flow *flow,
                                       const struct smin_input *input);
struct smin_result smini_inspector_datagram(struct smin_thread *thread, struct smin_flow *flow,
                                            const struct smin_input *input);
struct smin_result smini_inspector_end(struct smin_thread *thread, struct smin_flow *flow,
                                       const struct smin_input *input);

extern const struct smin_ext_packet smini_inspector_packet;
extern const struct smin_ext_detect smini_inspector_detect;
extern const struct smin_ext_file_rules smini_inspector_file_rules;

/* An extension table by name, or NULL. */
const void *smini_inspector_extension(const char *id);

#endif
