/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules and diagnostics in the shape that hosts see. */
#ifndef SMINI_RULE_INFO_H
#define SMINI_RULE_INFO_H

#include "inspect/instance.h"

/* Fills infos and diagnostics from the instance's rules. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_rule_info_make(struct smin_instance *instance);
void smini_rule_info_free(struct smin_instance *instance);

/* One rule; `pairs` has room for its metadata and references and must live as long as `info`. */
void smini_rule_info_fill(struct smin_rule_info *info, const struct smini_rule *rule, struct smin_setting *pairs);

/* One diagnostic; the texts are borrowed from the rule set. */
void smini_rule_info_diagnostic(struct smin_diagnostic *out, const struct smini_rule_diagnostic *in);

/* Rule `index` in a dialect SMIN_DIALECT_*, as struct smin_ext_rules says; `rules` may be NULL. */
int32_t smini_rule_info_text(const struct smini_rule_set *rules, uint32_t index, uint32_t dialect, char *buffer,
                             size_t size, size_t *length);

#endif
