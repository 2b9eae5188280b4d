/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Configurations, scripts and image lists of any bytes: lines are told in order
 * and hold together, secrets lie inside them, a second reading says the same,
 * and the cost is bounded by the length. The first byte says which text it is.
 */
#include "device/ios_text.h"
#include "device/vstack.h"
#include "tests/fuzz/fuzz.h"

enum {
    WORK_PER_LINE = 4096, /* more than all rows of the tables together take for one short line */
    WORK_PER_BYTE = 512
};

const char *const fuzz_seed_folder = NULL;

static void check_secrets(const struct smini_ios_line *line)
{
    size_t end = 0;
    FUZZ_CHECK(line->secret_count <= SMINI_IOS_SECRETS_MOST);
    for (uint32_t i = 0; i < line->secret_count; i++) {
        FUZZ_CHECK(line->secrets[i].length > 0 && line->secrets[i].at >= end);
        end = line->secrets[i].at + line->secrets[i].length;
        FUZZ_CHECK(end <= line->raw.length);
    }
}

static void check_pieces(const struct smini_ios_line *line)
{
    struct smini_ios_piece piece;
    size_t at = 0, total = 0, secret = 0, said = 0;
    while (smini_ios_next_piece(line, &at, &piece)) {
        FUZZ_CHECK(piece.text.bytes == line->raw.bytes + total && piece.text.length > 0);
        total += piece.text.length;
        secret += piece.secret ? piece.text.length : 0;
    }
    for (uint32_t i = 0; i < line->secret_count; i++)
        said += line->secrets[i].length;
    FUZZ_CHECK(total == line->raw.length && secret == said);
}

static void check_line(const struct smini_ios_line *line, struct smini_span text, size_t *end)
{
    FUZZ_CHECK(line->offset >= *end && line->offset + line->raw.length <= text.length);
    FUZZ_CHECK(line->raw.length == 0 || line->raw.bytes == text.bytes + line->offset);
    FUZZ_CHECK(line->command.length <= line->raw.length);
    FUZZ_CHECK(line->parent < line->number && line->depth <= SMINI_IOS_DEPTH_MOST);
    FUZZ_CHECK((line->depth == 0) == (line->parent == 0));
    FUZZ_CHECK(line->class < SMINI_IOS_CLASS_COUNT && line->weight <= SMINI_IOS_GRAVE && line->reason);
    FUZZ_CHECK((line->class == SMINI_IOS_CLASS_NONE) == (line->reason[0] == '\0'));
    FUZZ_CHECK(line->class == SMINI_IOS_CLASS_NONE || (line->marks & (UINT64_C(1) << line->class)));
    *end = line->offset + line->raw.length;
    check_secrets(line);
    check_pieces(line);
}

static void check_vstack(struct smini_span text, uint64_t lines)
{
    struct smini_vstack vstack;
    smini_vstack_read(&vstack, text);
    const struct smini_fact facts[] = {vstack.enabled, vstack.configured, vstack.shown, vstack.listening};
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
        FUZZ_CHECK(facts[i].line <= lines && facts[i].reason && (facts[i].answer == SMINI_UNKNOWN || facts[i].line > 0));
    FUZZ_CHECK(vstack.role_line <= lines && vstack.director_count <= SMINI_VSTACK_DIRECTORS_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length == 0)
        return 0;
    struct smini_span text = smini_span_make(bytes + 1, length - 1);
    enum smini_ios_kind kind = (enum smini_ios_kind)(bytes[0] % 3);
    struct smini_ios_text reader, again;
    struct smini_ios_line line, same;
    size_t end = 0;
    uint64_t lines = 0;
    smini_ios_text_begin(&reader, text, kind);
    smini_ios_text_begin(&again, text, kind);
    while (smini_ios_text_next(&reader, &line)) {
        FUZZ_CHECK(smini_ios_text_next(&again, &same) && same.class == line.class && same.parent == line.parent &&
                   same.secret_count == line.secret_count && same.offset == line.offset);
        check_line(&line, text, &end);
        lines++;
    }
    FUZZ_CHECK(!smini_ios_text_next(&again, &same));
    if (kind == SMINI_IOS_CONFIG)
        check_vstack(text, lines);
    FUZZ_CHECK(lines <= text.length && reader.work <= lines * WORK_PER_LINE + text.length * WORK_PER_BYTE);
    return 0;
}
