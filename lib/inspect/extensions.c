/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/flow_state.h"
#include "inspect/inspector.h"
#include "inspect/rule_info.h"

static int32_t frame_need(const uint8_t *bytes, size_t length, uint64_t *total)
{
    if ((!bytes && length > 0) || !total)
        return SMIN_E_MISUSE;
    return smini_frame_need(bytes, length, total);
}

static const struct smin_ext_frame frame = {
    .struct_size = sizeof(frame),
    .header_bytes = SMINI_HEADER_BYTES,
    .need = frame_need,
};

static int32_t message_decode(struct smin_thread *thread, const struct smin_input *input, void *flow_user)
{
    if (!thread || thread->busy || !smini_guest_bytes_valid(input))
        return SMIN_E_MISUSE;
    thread->busy = true;
    thread->flow = NULL;
    thread->flow_user = flow_user;
    thread->input = input;
    thread->trouble = SMIN_OK;
    smini_decode_scratch_target(&thread->scratch, smini_inspect_deliver, thread);
    int32_t status = smini_decode_message(&thread->scratch, input->direction, input->offset, input->bytes,
                                          (size_t)input->length);
    thread->input = NULL;
    thread->busy = false;
    return status >= 0 && thread->trouble < 0 ? thread->trouble : status;
}

static const struct smin_ext_message message = {
    .struct_size = sizeof(message),
    .decode = message_decode,
};

static uint32_t rules_count(const struct smin_instance *instance)
{
    return instance ? instance->info_count : 0;
}

static const struct smin_rule_info *rules_rule(const struct smin_instance *instance, uint32_t index)
{
    return instance && index < instance->info_count ? &instance->infos[index] : NULL;
}

static uint32_t rules_refused(const struct smin_instance *instance)
{
    if (!instance || !instance->rules)
        return 0;
    uint64_t refused = smini_rule_set_refused(instance->rules);
    return refused < UINT32_MAX ? (uint32_t)refused : UINT32_MAX;
}

static uint32_t rules_diagnostic_count(const struct smin_instance *instance)
{
    return instance ? instance->diagnostic_count : 0;
}

static const struct smin_diagnostic *rules_diagnostic(const struct smin_instance *instance, uint32_t index)
{
    return instance && index < instance->diagnostic_count ? &instance->diagnostics[index] : NULL;
}

static const char *rules_matcher(const struct smin_instance *instance)
{
    return instance && instance->database ? smini_database_matcher(instance->database) : "none";
}

static int32_t rules_text(const struct smin_instance *instance, uint32_t index, uint32_t dialect, char *buffer,
                          size_t size, size_t *length)
{
    return smini_rule_info_text(instance ? instance->rules : NULL, index, dialect, buffer, size, length);
}

static int32_t rules_cost(const struct smin_thread *thread, uint32_t index, struct smin_rule_cost *cost)
{
    if (!thread || !cost || !SMIN_HAS(cost, checks))
        return SMIN_E_MISUSE;
    const struct smini_rule_cost *counted = thread->matcher ? smini_matcher_cost(thread->matcher, index) : NULL;
    if (!counted)
        return SMIN_E_NOT_FOUND;
    struct smin_rule_cost all = {
        .struct_size = cost->struct_size < sizeof(all) ? cost->struct_size : (uint32_t)sizeof(all),
        .checks = counted->checks,
        .verifications = counted->verifications,
        .steps = counted->steps,
        .matches = counted->matches,
        .limit_hits = counted->limit_hits,
    };
    memcpy(cost, &all, all.struct_size);
    return SMIN_OK;
}

static const struct smin_ext_rules rules = {
    .struct_size = sizeof(rules),
    .count = rules_count,
    .rule = rules_rule,
    .refused = rules_refused,
    .diagnostic_count = rules_diagnostic_count,
    .diagnostic = rules_diagnostic,
    .matcher = rules_matcher,
    .text = rules_text,
    .cost = rules_cost,
};

static int32_t stats_get(const struct smin_thread *thread, struct smin_stats *stats)
{
    if (!thread)
        return SMIN_E_MISUSE;
    const struct smini_decode_counters *decoded = &thread->scratch.counters;
    struct smin_stats all = {
        .flows = thread->flows,
        .messages = decoded->messages,
        .trailers = decoded->trailers,
        .events = decoded->events,
        .alerts = thread->outputs_alerts,
        .bytes = decoded->bytes,
        .bytes_skipped = decoded->bytes_skipped,
        .gaps = decoded->gaps,
        .limit_hits = decoded->limit_hits,
    };
    if (thread->matcher) {
        const struct smini_match_counters *matched = smini_matcher_counters(thread->matcher);
        all.scanned_bytes = matched->scanned_bytes;
        all.scans = matched->scans;
        all.limit_hits += matched->step_limit_hits + matched->regex_limit_hits + matched->hit_limit_hits +
                          matched->host_limit_hits;
    }
    return smini_guest_give_stats(&all, &thread->alloc, stats);
}

static const struct smin_ext_stats stats_table = {
    .struct_size = sizeof(stats_table),
    .get = stats_get,
};

const void *smini_inspector_extension(const char *id)
{
    if (!id)
        return NULL;
    if (strcmp(id, SMIN_EXT_FRAME) == 0)
        return &frame;
    if (strcmp(id, SMIN_EXT_MESSAGE) == 0)
        return &message;
    if (strcmp(id, SMIN_EXT_RULES) == 0)
        return &rules;
    if (strcmp(id, SMIN_EXT_STATS) == 0)
        return &stats_table;
    if (strcmp(id, SMIN_EXT_PACKET) == 0)
        return &smini_inspector_packet;
    if (strcmp(id, SMIN_EXT_DETECT) == 0)
        return &smini_inspector_detect;
    if (strcmp(id, SMIN_EXT_FILE_RULES) == 0)
        return &smini_inspector_file_rules;
    return NULL;
}
