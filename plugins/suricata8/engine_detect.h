/* SPDX-License-Identifier: BSD-2-Clause */
/* What of the engine's interface only keywords use, as engine_api.h. */
#ifndef SMINI_ENGINE_DETECT_H
#define SMINI_ENGINE_DETECT_H

#include "suricata8/engine_api.h"

/* The first condition of a rule in that list, or NULL. While the rule is being read only. */
const void *DetectBufferGetFirstSigMatch(const struct smini_engine_signature *signature, uint32_t list);

#endif
