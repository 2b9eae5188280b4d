/* SPDX-License-Identifier: BSD-2-Clause */
#include "evidence_select.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "evidence_note.h"
#include "evidence_wanted.h"

enum { MEMBERS_MAX = 65536 };

struct pass {
    struct smini_selections *selections;
    struct smini_selection *now; /* NULL: nothing wanted was met in this member yet */
    struct smini_run *run;
    struct smini_bytebuf note;
    uint32_t member;
};

static struct smini_selection *selection_of(struct pass *pass)
{
    struct smini_selections *selections = pass->selections;
    if (pass->now)
        return pass->now;
    struct smini_selection made = {.member = pass->member};
    smini_rows_init(&made.packets, selections->alloc, sizeof(uint64_t), SMINI_EVIDENCE_PACKETS_MAX);
    smini_rows_init(&made.notes, selections->alloc, sizeof(struct smini_evidence_note), SMINI_EVIDENCE_NOTES_MAX);
    smini_bytebuf_init(&made.texts, selections->alloc, SMINI_EVIDENCE_NOTE_BYTES);
    if (smini_rows_add(&selections->list, &made) != SMIN_OK) {
        selections->left_out++;
        return NULL;
    }
    pass->now = smini_rows_at(&selections->list, selections->list.count - 1);
    return pass->now;
}

static size_t wanted_flow(const struct pass *pass, uint64_t flow_id)
{
    return smini_wanted_find(pass->selections->wanted, flow_id, smini_run_capture_name(pass->run));
}

static int wants_packets(void *user, uint64_t flow_id)
{
    return wanted_flow(user, flow_id) != SIZE_MAX;
}

static void on_packets(void *user, uint64_t flow_id, const uint64_t *numbers, uint32_t count)
{
    struct pass *pass = user;
    size_t flow = wanted_flow(pass, flow_id);
    struct smini_selection *selection = flow == SIZE_MAX ? NULL : selection_of(pass);
    for (uint32_t i = 0; selection && i < count; i++) {
        uint64_t row = numbers[i] << SMINI_MEMBER_FLOW_BITS | flow;
        if (smini_rows_add(&selection->packets, &row) != SMIN_OK)
            pass->selections->left_out++;
    }
}

static void keep_note(struct pass *pass, size_t flow, uint64_t packet)
{
    struct smini_selection *selection = pass->note.length ? selection_of(pass) : NULL;
    if (!selection)
        return;
    struct smini_evidence_note note = {.packet = packet,
                                       .flow = (uint32_t)flow,
                                       .length = (uint32_t)pass->note.length,
                                       .offset = selection->texts.length};
    if (smini_bytebuf_reserve(&selection->texts, pass->note.length) != SMIN_OK ||
        smini_rows_add(&selection->notes, &note) != SMIN_OK) {
        pass->selections->left_out++;
        return;
    }
    (void)smini_bytebuf_add(&selection->texts, smini_bytebuf_span(&pass->note));
}

static void on_output(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                      int reading, const struct smin_output *output)
{
    struct pass *pass = user;
    size_t wanted = wanted_flow(pass, flow->flow_id);
    if (wanted == SIZE_MAX)
        return;
    smini_bytebuf_clear(&pass->note);
    smini_note_output(&pass->note, inspector, reading, output);
    keep_note(pass, wanted, output->packet_number);
}

static void on_file(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                    const struct smini_file_view *file)
{
    struct pass *pass = user;
    size_t wanted = wanted_flow(pass, flow->flow_id);
    (void)inspector;
    if (wanted == SIZE_MAX)
        return;
    smini_bytebuf_clear(&pass->note);
    smini_note_file(&pass->note, file);
    keep_note(pass, wanted, file->last_packet);
}

/* Rules alerted on what the file holds. */
static void on_file_output(void *user, const struct smin_inspector *inspector, const struct smini_flow_view *flow,
                           const struct smini_file_view *file, const struct smin_output *output)
{
    (void)file;
    on_output(user, inspector, flow, SMINI_READING_ONLY, output);
}

static void on_counters(void *user, const struct smini_run_counters *counters)
{
    struct pass *pass = user;
    (void)counters;
    pass->member++;
    pass->now = NULL;
}

static int keep_going(void *user, uint64_t position)
{
    (void)user;
    (void)position;
    return !smini_tool_interrupted;
}

static int by_value(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof(a));
    memcpy(&b, right, sizeof(b));
    return a < b ? -1 : a > b;
}

/* The offset of its text says when a note was told. */
static int by_packet(const void *left, const void *right)
{
    const struct smini_evidence_note *a = left, *b = right;
    if (a->packet != b->packet)
        return a->packet < b->packet ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static int32_t read_again(struct pass *pass, struct smini_engine *engine, const struct smini_run_options *options,
                          const struct smini_input_file *input, int fd)
{
    struct smini_sink sink = {.user = pass,
                              .on_output = on_output, /* problems were told by the first pass */
                              .on_file = on_file,
                              .on_file_output = on_file_output,
                              .wants_packets = wants_packets,
                              .on_packets = on_packets,
                              .on_counters = on_counters};
    struct smini_selections *selections = pass->selections;
    int32_t status = smini_run_new(&pass->run, selections->alloc, options, engine->inspectors, engine->inspector_count,
                                   &sink);
    if (status != SMIN_OK)
        return status;
    status = smini_run_capture(pass->run, fd, input->name, keep_going, pass);
    smini_run_free(&pass->run);
    return status == SMIN_E_NOMEM ? status : SMIN_OK; /* damage was met by the first pass */
}

int32_t smini_selections_make(struct smini_selections *selections, struct smini_engine *engine,
                              const struct smini_run_options *options, const struct smini_input_file *input)
{
    struct pass pass = {.selections = selections};
    smini_rows_init(&selections->list, selections->alloc, sizeof(struct smini_selection), MEMBERS_MAX);
    smini_bytebuf_init(&pass.note, selections->alloc, SMINI_NOTE_BYTES_MAX);
    int fd = open(input->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return SMIN_E_IO;
    int32_t status = read_again(&pass, engine, options, input, fd);
    close(fd);
    smini_bytebuf_free(&pass.note);
    for (size_t i = 0; i < selections->list.count; i++) {
        struct smini_selection *selection = smini_rows_at(&selections->list, i);
        smini_rows_sort(&selection->packets, by_value);
        smini_rows_sort(&selection->notes, by_packet);
    }
    return status;
}

void smini_selections_free(struct smini_selections *selections)
{
    for (size_t i = 0; i < selections->list.count; i++) {
        struct smini_selection *selection = smini_rows_at(&selections->list, i);
        smini_rows_free(&selection->packets);
        smini_rows_free(&selection->notes);
        smini_bytebuf_free(&selection->texts);
    }
    smini_rows_free(&selections->list);
}
