/* SPDX-License-Identifier: BSD-2-Clause */
/* From the rules that hit to those that alert. Internal to lib/match. */
#ifndef SMINI_MATCH_ALERT_H
#define SMINI_MATCH_ALERT_H

#include "match/judge.h"

/* Counts the hits of the call, leaves out those that thresholds silence, and lets a pass rule silence all. */
void smini_alert_settle(struct smini_matcher *matcher);

#endif
