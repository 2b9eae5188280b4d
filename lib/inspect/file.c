/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that other inspectors hand over: no decoder looks at them, only rules that ask for them. */
#include "match/file.h"

#include "inspect/flow_state.h"
#include "inspect/inspector.h"

static int32_t wanted(const struct smin_instance *instance, uint64_t *bytes)
{
    if (!instance || !bytes)
        return SMIN_E_MISUSE;
    *bytes = 0;
    if (!instance->database || !smini_database_wants_files(instance->database))
        return SMIN_E_NOT_FOUND;
    if (smini_database_wants_file_data(instance->database))
        *bytes = instance->settings.file_bytes;
    return SMIN_OK;
}

static bool head_valid(const struct smin_file_head *file)
{
    return file && SMIN_HAS(file, length) && file->direction <= SMIN_TO_CLIENT && file->inspector && file->flow &&
           (file->name || file->name_length == 0) && (file->bytes || file->length == 0) && file->name_length <= SIZE_MAX &&
           file->length <= UINT32_MAX && smini_tail_is_zero(file, file->struct_size, sizeof(*file));
}

static struct smini_file_facts facts_of(const struct smin_file_head *file)
{
    return (struct smini_file_facts){
        .direction = file->direction,
        .protocol = file->flow->protocol,
        .more = (file->flags & SMIN_FILE_HEAD_MORE) != 0,
        .name_more = (file->flags & SMIN_FILE_HEAD_NAME_MORE) != 0,
        .transfer = file->inspector,
        .name = smini_span_make(file->name, (size_t)file->name_length),
        .data = smini_span_make(file->bytes, (size_t)file->length),
    };
}

static int32_t judge_file(struct smin_thread *thread, struct smin_flow *flow, const struct smin_file_head *file,
                          void *flow_user)
{
    struct smini_flow_facts ends = {0};
    struct smini_hits hits = {NULL, 0};
    bool undecided = false;
    if (!thread || thread->busy || !head_valid(file) || (flow && flow->failed) ||
        smini_flow_facts_read(&ends, file->flow) != SMIN_OK)
        return SMIN_E_MISUSE;
    if (!thread->matcher)
        return SMIN_OK;
    ends.established = (file->flow_flags & SMIN_FLOW_ESTABLISHED) != 0;
    struct smini_file_facts facts = facts_of(file);
    /* what hand-over asks of an input: when, and in which packet */
    struct smin_input input = {.struct_size = sizeof(input), .direction = file->direction, .time_ns = file->time_ns,
                               .packet_number = file->packet_number};
    thread->busy = true;
    smini_inspect_enter(thread, flow, flow_user, &input);
    smini_inspect_recall(thread, flow);
    int32_t status = smini_match_file(thread->matcher, &ends, &facts, &undecided, &hits);
    smini_inspect_trouble(thread, status);
    smini_inspect_hits(thread, SMIN_KIND_FILE, file->direction, 0, facts.data, &hits);
    thread->busy = false;
    return smini_inspect_leave(thread, status == SMIN_OK && undecided ? SMIN_MORE : status);
}

const struct smin_ext_file_rules smini_inspector_file_rules = {
    .struct_size = sizeof(smini_inspector_file_rules), .wanted = wanted, .judge = judge_file};
