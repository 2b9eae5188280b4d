/* SPDX-License-Identifier: BSD-2-Clause */
#include "suricata8/probe.h"

#include <stdio.h>

#include "host/describe.h"
#include "suricata8/adapter.h"
#include "suricata8/flow_facts.h"
#include "suricata8/log.h"

/* What an inspector without smin.detect/1 asks for at most. */
enum { PROBE_BYTES = 16 };

/* Longer patterns than this are cut to it, which is no loss: the probe decides. */
enum { PATTERN_BYTES = 32, PATTERN_TEXT = 3 * PATTERN_BYTES + 2 };

uint16_t smini_suricata_probe(const struct smini_engine_flow *flow, uint8_t flags, const uint8_t *input,
                              uint32_t length, uint8_t *other_direction)
{
    (void)other_direction;
    const struct smin_inspector *inspector = smini_suricata_adapter.session.inspector;
    struct smini_suricata_slot *slot = smini_suricata_slot_mine(&smini_suricata_adapter.slots);
    if (!slot || !input || length == 0)
        return SMINI_ENGINE_PROTOCOL_UNKNOWN;
    struct smin_flow_info info;
    smini_suricata_flow_facts(flow, flags, &info);
    struct smin_input bytes = {
        .struct_size = sizeof(bytes),
        .direction = flags & SMINI_ENGINE_TO_SERVER ? SMIN_TO_SERVER : SMIN_TO_CLIENT,
        .time_ns = smini_suricata_flow_time_ns(flow),
        .bytes = input,
        .length = length,
        .flow_flags = info.flags,
    };
    smini_suricata_slot_lock(slot);
    int32_t answer = inspector->probe(slot->thread, &info, &bytes);
    smini_suricata_slot_unlock(slot);
    if (answer == SMIN_PROBE_YES)
        return smini_suricata_adapter.protocol;
    return answer == SMIN_PROBE_MORE ? SMINI_ENGINE_PROTOCOL_UNKNOWN : SMINI_ENGINE_PROTOCOL_FAILED;
}

uint16_t smini_suricata_probe_bytes(void)
{
    const struct smin_ext_detect *detect = smini_suricata_adapter.session.detect;
    uint32_t bytes = detect ? detect->probe_bytes : PROBE_BYTES;
    return bytes < UINT16_MAX ? (uint16_t)bytes : UINT16_MAX;
}

/* "|00 01|". Gives how many bytes it holds. */
static uint16_t write_pattern(const struct smin_detect_pattern *pattern, char text[PATTERN_TEXT])
{
    uint32_t length = pattern->length < PATTERN_BYTES ? pattern->length : PATTERN_BYTES;
    int at = snprintf(text, PATTERN_TEXT, "|");
    for (uint32_t i = 0; i < length; i++)
        at += snprintf(text + at, (size_t)(PATTERN_TEXT - at), i == 0 ? "%02X" : " %02X", pattern->bytes[i]);
    snprintf(text + at, (size_t)(PATTERN_TEXT - at), "|");
    return (uint16_t)length;
}

static void register_pattern(uint16_t protocol, const struct smin_detect_pattern *pattern, uint8_t direction)
{
    char text[PATTERN_TEXT];
    uint16_t length = write_pattern(pattern, text);
    if (length == 0)
        return;
    if (SCAppLayerProtoDetectPMRegisterPatternCSwPP(SMINI_ENGINE_IP_TCP, protocol, text, length, 0, direction,
                                                    smini_suricata_probe, length, smini_suricata_probe_bytes()) < 0)
        smini_suricata_log(SMINI_ENGINE_LOG_WARNING, "the engine does not take the pattern %s", text);
}

void smini_suricata_register_patterns(uint16_t protocol)
{
    const struct smin_ext_detect *detect = smini_suricata_adapter.session.detect;
    for (uint32_t i = 0; detect && i < detect->pattern_count; i++) {
        const struct smin_detect_pattern *pattern =
            smini_describe_element(detect->patterns, i, detect->pattern_stride);
        if (pattern->direction != SMIN_TO_CLIENT)
            register_pattern(protocol, pattern, SMINI_ENGINE_TO_SERVER);
        if (pattern->direction != SMIN_TO_SERVER)
            register_pattern(protocol, pattern, SMINI_ENGINE_TO_CLIENT);
    }
}
