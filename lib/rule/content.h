/* SPDX-License-Identifier: BSD-2-Clause */
/* What a content and its modifiers say together. */
#ifndef SMINI_RULE_CONTENT_H
#define SMINI_RULE_CONTENT_H

#include "rule/rule.h"

/* Completes a content whose modifiers have all been read. NULL when fine, else what contradicts what. */
const char *smini_content_settle(struct smini_content *content);

#endif
