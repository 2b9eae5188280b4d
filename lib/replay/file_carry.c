/* SPDX-License-Identifier: BSD-2-Clause */
#include "replay/file_carry.h"

#include <errno.h>
#include <md5.h>
#include <sha2.h>
#include <stdio.h>

#include "replay/file_judge.h"
#include "replay/file_type.h"
#include "replay/flow_view.h"

/* Whether a file will be told. One of many is looked at first: until then its bytes are its head and nothing else. */
enum verdict { WANTED, UNJUDGED, UNWANTED };

struct smin_file_handle {
    struct smini_run *run;
    struct smini_flow *flow;
    struct smin_file_handle *next; /* of the flow */
    struct smini_file_view view;
    struct smini_file_beginning beginning;
    void *kept; /* of the store; NULL: not stored (any more) */
    uint16_t inspector;
    uint16_t name_length;
    enum verdict verdict;
    uint64_t moved; /* bytes that came, carried or not */
    uint32_t head_length;
    SHA2_CTX sha256;
    MD5_CTX md5;
    uint8_t head[SMINI_FILE_HEAD_BYTES];
    uint8_t name[SMINI_FILE_NAME_BYTES];
};

static struct smini_file_judged judged(struct smin_file_handle *file)
{
    return (struct smini_file_judged){.run = file->run, .flow = file->flow, .beginning = &file->beginning,
                                      .view = &file->view, .handle = file,
                                      .told = file->verdict == WANTED, .inspector = file->inspector};
}

/* What was not stored is told: a limit once and counted, a failure each time a file is lost by it. */
static void tell_stored(struct smin_file_handle *file)
{
    struct smini_run *run = file->run;
    int error = errno;
    char detail[128];
    switch (file->view.stored) {
    case SMINI_STORED_LIMIT_FILE:
        smini_pump_limit(run, SMINI_TOLD_STORE_FILE, file->flow, "file_store_file_limit",
                         "a file is larger than may be stored; it is told all the same");
        break;
    case SMINI_STORED_LIMIT_TOTAL:
        smini_pump_limit(run, SMINI_TOLD_STORE_TOTAL, file->flow, "file_store_total_limit",
                         "files are larger together than may be stored; the rest is told all the same");
        break;
    case SMINI_STORED_LIMIT_COUNT:
        smini_pump_limit(run, SMINI_TOLD_STORE_COUNT, file->flow, "file_store_count_limit",
                         "there are more files than may be stored; the rest is told all the same");
        break;
    case SMINI_STORED_FAILED:
        (void)snprintf(detail, sizeof(detail), "a file could not be written: %s", strerror(error));
        smini_pump_problem(run, file->flow, "run", "file_store_failed", detail, SMIN_E_IO, 1);
        break;
    default:
        return;
    }
    run->counters.files_unstored++;
}

static void open_store(struct smini_run *run, struct smin_file_handle *file)
{
    const struct smini_file_store *store = run->sink.files;
    file->view.stored = SMINI_STORED_NO;
    if (store)
        file->kept = store->open(store->user, &file->view.stored);
    tell_stored(file);
}

static bool has_flag(const struct smin_file *about, uint32_t flag)
{
    return SMIN_HAS(about, flags) && (about->flags & flag);
}

static int32_t begin(void *user, void *flow_user, const struct smin_file *about, struct smin_file_handle **handle)
{
    struct smini_flow_reading *reading = flow_user;
    (void)user;
    if (!handle)
        return SMIN_E_MISUSE;
    *handle = NULL;
    if (!reading || !about || !SMIN_HAS(about, size) || about->direction > SMIN_TO_CLIENT ||
        (!about->name && about->name_length > 0))
        return SMIN_E_MISUSE;
    if (reading->mode != SMINI_DELIVER_LIVE || !reading->flow)
        return SMIN_E_REFUSED; /* read again: it was told the first time */
    struct smini_flow *flow = reading->flow;
    struct smini_run *run = flow->run;
    if (run->files_open >= SMINI_FILES_MAX) {
        smini_pump_limit(run, SMINI_TOLD_FILES, flow, "file_limit",
                         "more files move at once than are followed: the contents of the rest are not digested");
        return SMIN_E_LIMIT;
    }
    struct smin_file_handle *file = smini_alloc_get(run->alloc, sizeof(*file));
    if (!file) {
        smini_pump_nomem(run, flow, "a file could not be followed");
        return SMIN_E_NOMEM;
    }
    file->run = run;
    file->flow = flow;
    file->inspector = reading->inspector;
    uint64_t kept = about->name_length < sizeof(file->name) ? about->name_length : sizeof(file->name);
    file->name_length = (uint16_t)kept;
    if (kept > 0)
        memcpy(file->name, about->name, (size_t)kept);
    file->view.name_cut = kept < about->name_length || has_flag(about, SMIN_FILE_NAME_CUT);
    file->view.name = smini_span_make(about->name ? file->name : NULL, (size_t)kept);
    file->view.decoded = has_flag(about, SMIN_FILE_DECODED);
    file->view.direction = about->direction;
    file->view.asked_by_server = has_flag(about, SMIN_FILE_ASKED_BY_SERVER);
    file->view.declared = about->size;
    file->view.first_ns = run->moment.time_ns;
    file->view.first_packet = run->moment.packet;
    file->view.cause =
        smini_expect_cause(run, flow, file->inspector, smini_span_make(about->name, (size_t)about->name_length));
    file->verdict = has_flag(about, SMIN_FILE_IF_WANTED) && !file->view.cause.inspector ? UNJUDGED : WANTED;
    smini_file_judge_begin(run, &file->beginning);
    SHA256Init(&file->sha256);
    MD5Init(&file->md5);
    file->next = flow->files;
    flow->files = file;
    run->files_open++;
    *handle = file;
    return SMIN_OK;
}

static void store_bytes(struct smin_file_handle *file, const uint8_t *bytes, size_t length)
{
    const struct smini_file_store *store = file->run->sink.files;
    if (file->view.size == 0)
        open_store(file->run, file);
    if (!file->kept)
        return;
    file->view.stored = store->write(store->user, file->kept, bytes, length);
    if (file->view.stored == SMINI_STORED_YES)
        return;
    file->kept = NULL;
    tell_stored(file);
}

static void carry(struct smin_file_handle *file, const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return;
    store_bytes(file, bytes, length);
    SHA256Update(&file->sha256, bytes, length);
    MD5Update(&file->md5, bytes, length);
    file->view.size += length;
}

/* What of these bytes, the last that came, was not carried yet. */
static void carry_rest(struct smin_file_handle *file, const uint8_t *bytes, size_t length)
{
    uint64_t left = file->moved - file->view.size;
    size_t rest = left < length ? (size_t)left : length;
    carry(file, bytes + (length - rest), rest);
}

static void add_to_head(struct smin_file_handle *file, const uint8_t *bytes, size_t length)
{
    size_t room = sizeof(file->head) - file->head_length;
    size_t take = length < room ? length : room;
    if (file->view.gap_bytes != 0) /* behind a gap it is no beginning any more */
        return;
    memcpy(file->head + file->head_length, bytes, take);
    file->head_length += (uint32_t)take;
}

/* Its beginning is there, or will not grow. What was not carried yet is carried now, or never. */
static void judge(struct smin_file_handle *file, bool whole)
{
    if (file->verdict != UNJUDGED)
        return;
    const char *type = smini_file_type(smini_span_make(file->head, file->head_length), whole);
    file->verdict = smini_file_type_is_wanted(type) ? WANTED : UNWANTED;
    if (file->verdict == WANTED)
        carry(file, file->head, file->head_length);
}

/* Nobody looks at its bytes any more. */
static bool is_done_with(const struct smin_file_handle *file)
{
    return file->verdict == UNWANTED && !file->beginning.due;
}

void smini_file_want(struct smin_file_handle *file)
{
    if (file->verdict == WANTED)
        return;
    file->verdict = WANTED;
    carry(file, file->beginning.bytes, file->beginning.length);
}

static void data(void *user, struct smin_file_handle *file, const uint8_t *bytes, uint64_t length)
{
    (void)user;
    if (!file || !bytes || length == 0 || length > SIZE_MAX || is_done_with(file))
        return;
    if (file->verdict == UNJUDGED && file->moved == 0 && !smini_file_type_may_be_wanted(bytes[0]))
        file->verdict = UNWANTED;
    file->moved += length;
    if (is_done_with(file))
        return;
    add_to_head(file, bytes, (size_t)length);
    if (file->head_length == sizeof(file->head))
        judge(file, false);
    if (file->verdict == WANTED)
        carry_rest(file, bytes, (size_t)length);
    struct smini_file_judged about = judged(file);
    smini_file_judge_data(&about, bytes, (size_t)length);
    if (file->verdict == WANTED) /* perhaps since then */
        carry_rest(file, bytes, (size_t)length);
}

static void gap(void *user, struct smin_file_handle *file, uint64_t length)
{
    (void)user;
    if (!file || length == 0 || is_done_with(file))
        return;
    struct smini_file_judged about = judged(file);
    judge(file, false);
    file->view.gap_bytes = length > UINT64_MAX - file->view.gap_bytes ? UINT64_MAX : file->view.gap_bytes + length;
    smini_file_judge_gap(&about);
}

static bool ends_whole(uint32_t state)
{
    return state == SMIN_FILE_CLOSED || state == SMIN_FILE_UNCONFIRMED;
}

/* It is about to end. Rules have the last word on one that is not told for itself. */
static void decide(struct smin_file_handle *file, uint32_t state)
{
    struct smini_file_judged about = judged(file);
    judge(file, ends_whole(state));
    if (file->verdict == UNWANTED)
        smini_file_judge_end(&about, state);
}

static int32_t wanted(void *user, struct smin_file_handle *file, uint32_t state)
{
    (void)user;
    if (!file)
        return SMIN_E_MISUSE;
    if (state != 0)
        decide(file, state);
    return file->verdict == WANTED ? SMIN_OK : is_done_with(file) ? SMIN_E_REFUSED : SMIN_MORE;
}

static void finish_store(struct smin_file_handle *file)
{
    const struct smini_file_store *store = file->run->sink.files;
    if (!file->kept)
        return;
    file->view.stored = store->keep(store->user, file->kept, file->view.sha256);
    file->kept = NULL;
    tell_stored(file);
}

static void tell(struct smin_file_handle *file)
{
    struct smini_run *run = file->run;
    struct smini_flow_view flow;
    run->counters.files += file->view.state != SMIN_FILE_REFUSED && file->view.state != SMIN_FILE_SEALED;
    run->counters.file_bytes += file->view.size;
    if (!run->sink.on_file)
        return;
    smini_flow_view_make(run, file->flow, &flow);
    run->sink.on_file(run->sink.user, run->inspectors[file->inspector].inspector, &flow, &file->view);
}

static void unlink_file(struct smin_file_handle *file)
{
    struct smin_file_handle **at = &file->flow->files;
    while (*at && *at != file)
        at = &(*at)->next;
    if (*at)
        *at = file->next;
    file->run->files_open--;
}

static void finish(struct smin_file_handle *file, uint32_t state, uint64_t time_ns, uint64_t packet_number)
{
    struct smini_file_judged about = judged(file);
    bool whole = file->view.size == file->head_length && file->view.gap_bytes == 0;
    file->view.state = state;
    file->view.last_ns = time_ns;
    file->view.last_packet = packet_number;
    file->view.type = smini_file_type(smini_span_make(file->head, file->head_length), whole);
    SHA256Final(file->view.sha256, &file->sha256);
    MD5Final(file->view.md5, &file->md5);
    finish_store(file);
    smini_file_judge_end(&about, state);
    tell(file);
}

static void end(void *user, struct smin_file_handle *file, uint32_t state, uint64_t time_ns, uint64_t packet_number)
{
    (void)user;
    if (!file)
        return;
    decide(file, state);
    if (file->verdict == WANTED)
        finish(file, state, time_ns, packet_number);
    unlink_file(file);
    smini_alloc_free(file->run->alloc, file, sizeof(*file));
}

void smini_files_end(struct smini_run *run, struct smini_flow *flow)
{
    while (flow->files)
        end(NULL, flow->files, SMIN_FILE_TRUNCATED, run->moment.time_ns, run->moment.packet);
}

const struct smin_ext_file smini_file_lent = {
    .struct_size = sizeof(smini_file_lent), .begin = begin, .data = data, .gap = gap, .end = end, .wanted = wanted};
