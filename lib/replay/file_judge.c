/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/file_judge.h"

#include "replay/file_carry.h"
#include "replay/flow_view.h"

/* Kept at first; most configurations and all lists of images are no longer. */
enum { ROOM_FIRST = 4096 };

/* What an inspector's flow_user points at while it judges a file. */
struct judging {
    struct smini_flow_reading reading; /* first: on_output is given its address */
    const struct smini_file_judged *file;
};

/* Why rules see no more of a file. */
enum rest { REST_NONE /* they see all of it */, REST_LONG, REST_MEMORY, REST_GAP };

void smini_file_judge_wishes(struct smini_run *run, uint32_t index)
{
    const struct smin_inspector *table = run->inspectors[index].inspector;
    struct smini_run_wishes *wishes = &run->wishes[index];
    const struct smin_ext_file_rules *files = table->extension ? table->extension(SMIN_EXT_FILE_RULES) : NULL;
    uint64_t bytes = 0;
    if (!files || !SMIN_HAS(files, judge) || !files->wanted || !files->judge ||
        files->wanted(run->inspectors[index].instance, &bytes) != SMIN_OK)
        return;
    wishes->files = files;
    wishes->file_bytes = bytes < run->options.file_beginning_max ? (uint32_t)bytes : run->options.file_beginning_max;
    run->file_rules = true;
    if (wishes->file_bytes > run->file_bytes)
        run->file_bytes = wishes->file_bytes;
}

static struct smin_flow *handle_of(const struct smini_flow *flow, uint32_t inspector)
{
    if (flow->handle && flow->inspector == inspector)
        return flow->handle;
    return flow->beside && flow->second.inspector == inspector ? flow->beside : NULL;
}

/* Rules that might have matched further on in the file did not see it. */
static void tell_rest(const struct smini_file_judged *file, enum rest rest)
{
    static const struct {
        enum smini_told kind;
        const char *event, *detail;
    } told[] = {
        [REST_LONG] = {SMINI_TOLD_FILE_LONG, "file_rest_unsearched",
                       "a file is longer than what rules look at: its rest was not searched"},
        [REST_MEMORY] = {SMINI_TOLD_FILE_MEMORY, "file_rules_memory",
                         "more bytes of files under way than are kept for rules: the rest of one was not searched"},
        [REST_GAP] = {SMINI_TOLD_FILE_GAP, "file_gap_unsearched",
                      "bytes of a file were never seen: what came behind them was not searched"},
    };
    struct smini_run *run = file->run;
    if (rest == REST_GAP && file->beginning->length == 0 && !file->beginning->missing)
        return; /* asked for, but nothing of it moved; or it moved, and nobody can read it, which is told elsewhere */
    run->counters.files_unsearched++;
    if (rest == REST_GAP && !(run->told & 1u << SMINI_TOLD_FILE_GAP)) /* no limit, but what the capture lacks */
        smini_pump_problem(run, file->flow, "run", told[rest].event, told[rest].detail, SMIN_E_TRUNCATED, 0);
    else if (rest != REST_GAP)
        smini_pump_limit(run, told[rest].kind, file->flow, told[rest].event, told[rest].detail);
    run->told |= 1u << told[rest].kind;
}

static bool judge_by(const struct smini_file_judged *file, uint32_t index, const struct smin_file_head *head)
{
    struct smini_run *run = file->run;
    struct judging judging = {.reading = {.flow = file->flow, .mode = SMINI_DELIVER_FILE, .inspector = (uint16_t)index},
                              .file = file};
    int32_t status =
        run->wishes[index].files->judge(run->threads[index], handle_of(file->flow, index), head, &judging.reading);
    if (status == SMIN_E_NOMEM)
        smini_pump_nomem(run, file->flow, "a file could not be judged");
    return status == SMIN_MORE;
}

static void judge(const struct smini_file_judged *file, enum rest rest)
{
    struct smini_run *run = file->run;
    struct smini_file_beginning *beginning = file->beginning;
    struct smin_flow_info info;
    bool unsearched = false;
    uint32_t flags = smini_flow_input_flags(run, file->flow);
    smini_flow_info_make(run, smini_flow_table_at(&run->table, file->flow->record), flags, &info);
    struct smin_file_head head = {.struct_size = sizeof(head),
                                  .direction = file->view->direction,
                                  .flow_flags = flags,
                                  .time_ns = run->moment.time_ns,
                                  .packet_number = run->moment.packet,
                                  .flow = &info,
                                  .inspector = run->inspectors[file->inspector].inspector->name,
                                  .name = file->view->name.bytes,
                                  .name_length = file->view->name.length,
                                  .bytes = beginning->bytes};
    for (uint32_t i = 0; i < run->inspector_count; i++) {
        const struct smini_run_wishes *wishes = &run->wishes[i];
        if (!wishes->files || i == file->inspector)
            continue;
        head.length = beginning->length < wishes->file_bytes ? beginning->length : wishes->file_bytes;
        head.flags = (rest != REST_NONE || head.length < beginning->length ? SMIN_FILE_HEAD_MORE : 0) |
                     (file->view->name_cut ? SMIN_FILE_HEAD_NAME_MORE : 0);
        unsearched |= judge_by(file, i, &head);
    }
    if (unsearched)
        tell_rest(file, rest == REST_NONE ? REST_LONG : rest);
}

static void forget(struct smini_run *run, struct smini_file_beginning *beginning)
{
    smini_alloc_free(run->alloc, beginning->bytes, beginning->room);
    run->file_memory -= beginning->room;
    beginning->bytes = NULL;
    beginning->length = beginning->room = 0;
}

static void judge_now(const struct smini_file_judged *file, enum rest rest)
{
    if (!file->beginning->due)
        return;
    judge(file, rest);
    file->beginning->due = false;
    forget(file->run, file->beginning);
}

void smini_file_judge_begin(const struct smini_run *run, struct smini_file_beginning *beginning)
{
    *beginning = (struct smini_file_beginning){.due = run->file_rules};
}

/* Room for `wanted` bytes; false: the budget or memory is used up. */
static bool make_room(const struct smini_file_judged *file, size_t wanted)
{
    struct smini_run *run = file->run;
    struct smini_file_beginning *beginning = file->beginning;
    uint32_t room = beginning->room ? beginning->room : ROOM_FIRST;
    if (wanted <= beginning->room)
        return true;
    while (room < wanted)
        room *= 2;
    if (room > run->file_bytes)
        room = run->file_bytes;
    if (run->file_memory + room - beginning->room > run->options.file_beginnings_max)
        return false;
    void *grown = smini_alloc_grow(run->alloc, beginning->bytes, beginning->room, room);
    if (!grown) {
        smini_pump_nomem(run, file->flow, "the beginning of a file could not be kept for rules");
        return false;
    }
    run->file_memory += room - beginning->room;
    beginning->bytes = grown;
    beginning->room = room;
    return true;
}

void smini_file_judge_data(const struct smini_file_judged *file, const uint8_t *bytes, size_t length)
{
    struct smini_file_beginning *beginning = file->beginning;
    if (!beginning->due)
        return;
    if (file->run->file_bytes == 0) { /* names alone: at the end, unless nothing would be left of the file by then */
        if (!file->told)
            judge_now(file, REST_NONE);
        return;
    }
    if (beginning->missing) {
        judge_now(file, REST_GAP);
        return;
    }
    size_t left = file->run->file_bytes - beginning->length;
    size_t take = length < left ? length : left;
    if (!make_room(file, beginning->length + take)) {
        judge_now(file, REST_MEMORY);
        return;
    }
    memcpy(beginning->bytes + beginning->length, bytes, take);
    beginning->length += (uint32_t)take;
    if (take < length)
        judge_now(file, REST_LONG);
}

void smini_file_judge_gap(const struct smini_file_judged *file)
{
    if (file->beginning->due && file->beginning->length == 0 && file->view->size == 0)
        file->beginning->missing = true; /* perhaps nothing of it can be read: its end tells */
    else if (file->run->file_bytes > 0)
        judge_now(file, REST_GAP);
}

void smini_file_judge_end(const struct smini_file_judged *file, uint32_t state)
{
    if (state == SMIN_FILE_REFUSED) { /* nothing moved */
        file->beginning->due = false;
        forget(file->run, file->beginning);
        return;
    }
    if (state == SMIN_FILE_SEALED)
        file->beginning->missing = false;
    /* what was cut off by the end of the capture is no shorter for it */
    bool more = state == SMIN_FILE_TRUNCATED || state == SMIN_FILE_SEALED || file->beginning->missing;
    judge_now(file, more && file->run->file_bytes > 0 ? REST_GAP : REST_NONE);
}

void smini_file_judge_output(struct smini_flow_reading *reading, const struct smin_output *output)
{
    const struct smini_file_judged *file = ((const struct judging *)(const void *)reading)->file;
    struct smini_run *run = file->run;
    struct smini_flow_view flow;
    run->counters.alerts += output->alert_count;
    if (output->alert_count > 0)
        smini_file_want(file->handle);
    if (!run->sink.on_file_output)
        return;
    smini_flow_view_make(run, file->flow, &flow);
    run->sink.on_file_output(run->sink.user, run->inspectors[file->inspector].inspector, &flow, file->view, output);
}
