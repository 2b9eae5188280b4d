/* SPDX-License-Identifier: BSD-2-Clause */
/* How matches become alerts, as options. */
#include <inttypes.h>

#include "rule/writer.h"

static const char *type_word(enum smini_threshold_type type)
{
    switch (type) {
    case SMINI_THRESHOLD_LIMIT:
        return "limit";
    case SMINI_THRESHOLD_EVERY:
        return "threshold";
    case SMINI_THRESHOLD_BOTH:
        return "both";
    case SMINI_THRESHOLD_BACKOFF:
        return "backoff";
    case SMINI_THRESHOLD_DETECTION:
        break;
    }
    return "";
}

static const char *track_word(enum smini_state_track track)
{
    switch (track) {
    case SMINI_TRACK_SOURCE:
        return "by_src";
    case SMINI_TRACK_TARGET:
        return "by_dst";
    case SMINI_TRACK_BOTH:
        return "by_both";
    case SMINI_TRACK_RULE:
        return "by_rule";
    case SMINI_TRACK_FLOW:
        return "by_flow";
    }
    return "";
}

static void check_snort(struct smini_rule_writer *writer, const struct smini_threshold *threshold)
{
    if (!smini_writes_snort(writer))
        return;
    if (threshold->type != SMINI_THRESHOLD_DETECTION)
        smini_put_refuse(writer, "Snort 3 has no threshold in rules; write event_filter in its configuration");
    else if (threshold->track == SMINI_TRACK_FLOW)
        smini_put_refuse(writer, "Snort 3 filters by_src or by_dst only");
}

void smini_put_threshold(struct smini_rule_writer *writer)
{
    const struct smini_threshold *threshold = writer->rule->state ? writer->rule->state->threshold : NULL;
    if (!threshold)
        return;
    check_snort(writer, threshold);
    if (threshold->type == SMINI_THRESHOLD_DETECTION)
        smini_put(writer, " detection_filter:track %s, ", track_word(threshold->track));
    else
        smini_put(writer, " threshold:type %s, track %s, ", type_word(threshold->type), track_word(threshold->track));
    bool backoff = threshold->type == SMINI_THRESHOLD_BACKOFF;
    smini_put(writer, "count %" PRIu32 ", %s %" PRIu32 ";", threshold->count, backoff ? "multiplier" : "seconds",
              backoff ? threshold->multiplier : threshold->seconds);
}
