/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_text.h"

#include "device/ios_block.h"
#include "device/ios_console.h"
#include "device/ios_judge.h"
#include "device/ios_secret.h"
#include "device/ios_section.h"
#include "smin/status.h"

enum {
    RETURNS_MOST = 4,        /* carriage returns in front of one line feed: consoles print several */
    LAST_PLAIN_BYTE = 126    /* "~" */
};

void smini_ios_text_begin(struct smini_ios_text *reader, struct smini_span text, enum smini_ios_kind kind)
{
    memset(reader, 0, sizeof(*reader));
    reader->text = text;
    reader->kind = kind;
}

bool smini_ios_kind_of(const char *type, enum smini_ios_kind *kind)
{
    static const struct {
        const char *type;
        enum smini_ios_kind kind;
    } kinds[] = {
        {"ios-config", SMINI_IOS_CONFIG}, {"ios-commands", SMINI_IOS_COMMANDS}, {"image-list", SMINI_IOS_IMAGE_LIST}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(type, kinds[i].type) == 0) {
            *kind = kinds[i].kind;
            return true;
        }
    }
    return false;
}

/* Everything up to the next line ending: LF, CR LF (also with several CR), or CR alone. */
static void take_line(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    struct smini_span text = reader->text;
    size_t begin = reader->at;
    if (!reader->known_lf || reader->next_lf < begin) {
        reader->next_lf = begin + smini_span_find(smini_span_part(text, begin, text.length), '\n');
        reader->known_lf = true;
        reader->work += reader->next_lf - begin;
    }
    size_t end = begin + smini_span_find(smini_span_part(text, begin, reader->next_lf - begin), '\r');
    size_t behind = end;
    if (end < reader->next_lf) {
        while (behind < text.length && behind - end < RETURNS_MOST && text.bytes[behind] == '\r')
            behind++;
        behind = behind < text.length && text.bytes[behind] == '\n' ? behind + 1 : end + 1;
    } else if (end < text.length) {
        behind = end + 1;
    }
    reader->work += behind - begin;
    reader->at = behind;
    line->raw = smini_span_part(text, begin, end - begin);
    line->offset = begin;
    line->ended = behind > end;
}

/* The next quoted command; or what stands outside quotes, up to the next quote. */
static bool take_quoted(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    struct smini_span text = reader->text;
    while (reader->at < text.length && text.bytes[reader->at] <= ' ')
        reader->at++;
    size_t begin = reader->at;
    if (begin == text.length)
        return false;
    bool quoted = text.bytes[begin] == '"';
    begin += quoted;
    size_t end = begin + smini_span_find(smini_span_part(text, begin, text.length), '"');
    line->raw = smini_span_part(text, begin, end - begin);
    line->offset = begin;
    line->ended = quoted && end < text.length;
    line->role = quoted ? SMINI_IOS_COMMAND : SMINI_IOS_STRAY;
    reader->at = quoted && end < text.length ? end + 1 : end;
    reader->work += reader->at - begin;
    return true;
}

static bool is_damaged(struct smini_span raw)
{
    for (size_t i = 0; i < raw.length; i++)
        if ((raw.bytes[i] < ' ' && raw.bytes[i] != '\t' && raw.bytes[i] != 3) || raw.bytes[i] > LAST_PLAIN_BYTE)
            return true;
    return false;
}

/* A command line proper: its section, its meaning, and what it begins. */
static void settle_command(struct smini_ios_text *reader, struct smini_ios_line *line, size_t indent)
{
    struct smini_ios_place place = smini_ios_section_enter(reader, line, indent);
    if (reader->kind == SMINI_IOS_COMMANDS) {
        place.others |= SMINI_IOS_AT_PROMPT;
        place.doubtful = 0;
    }
    smini_ios_judge(line, line->command, place, &reader->work);
    line->might_be |= reader->doubtful || (place.mode == SMINI_IOS_IN_UNKNOWN && line->class != SMINI_IOS_CLASS_NONE);
    if (reader->kind == SMINI_IOS_CONFIG)
        smini_ios_block_begin(reader, line);
}

static void settle_typed(struct smini_ios_text *reader, struct smini_ios_line *line, size_t prompt)
{
    struct smini_ios_place place = smini_ios_prompt_place(smini_span_part(line->command, 0, prompt));
    line->command = smini_ios_trimmed(line->command, prompt);
    line->role = line->command.length == 0 ? SMINI_IOS_DEBRIS : SMINI_IOS_COMMAND;
    line->prompted = true;
    smini_ios_judge(line, line->command, place, &reader->work);
    smini_ios_block_begin(reader, line);
}

/* Text of a banner that may have ended already: what would be grave as a command is told as one that might be. */
static void settle_doubtful_text(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    const struct smini_ios_place anywhere = {.mode = SMINI_IOS_IN_GLOBAL, .others = SMINI_IOS_IN_ANY};
    struct smini_ios_line command = *line;
    command.class = SMINI_IOS_CLASS_NONE;
    command.weight = SMINI_IOS_PLAIN;
    smini_ios_judge(&command, line->command, anywhere, &reader->work);
    if (command.weight < SMINI_IOS_LOOK)
        return;
    command.might_be = true;
    *line = command;
}

static void settle(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    size_t indent;
    line->damaged = is_damaged(line->raw);
    reader->work += line->raw.length;
    if (smini_ios_block_continue(reader, line) || smini_ios_block_pem(reader, line)) {
        line->command = smini_ios_trimmed(line->raw, 0);
        smini_ios_judge_text(line, line->command, &reader->work);
        if (line->role == SMINI_IOS_BANNER_TEXT && line->might_be)
            settle_doubtful_text(reader, line);
        return;
    }
    line->command = smini_ios_trimmed(line->raw, smini_ios_skip_debris(line->raw, &indent));
    size_t prompt = smini_ios_prompt_length(line->command);
    if (line->command.length == 0) {
        line->role = smini_ios_trimmed(line->raw, 0).length == 0 ? SMINI_IOS_BLANK : SMINI_IOS_DEBRIS;
    } else if (line->command.bytes[0] == '!') {
        line->role = SMINI_IOS_COMMENT;
        if (indent == 0)
            smini_ios_section_break(reader);
        smini_ios_judge_text(line, smini_ios_trimmed(line->command, smini_span_find(line->command, '!') + 1), &reader->work);
    } else if (smini_ios_is_printed(line->command)) {
        line->role = SMINI_IOS_DEBRIS;
        smini_ios_judge_text(line, line->command, &reader->work);
    } else if (prompt > 0) {
        settle_typed(reader, line, prompt);
    } else {
        settle_command(reader, line, indent);
    }
}

static void settle_script(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    line->damaged = is_damaged(line->raw);
    line->command = smini_ios_trimmed(line->raw, 0);
    reader->work += line->raw.length;
    if (line->role == SMINI_IOS_STRAY)
        smini_ios_judge_text(line, line->command, &reader->work);
    else
        settle_command(reader, line, 0);
}

static void settle_image(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    line->damaged = is_damaged(line->raw);
    line->command = smini_ios_trimmed(line->raw, 0);
    reader->work += line->raw.length;
    line->role = line->command.length == 0 ? SMINI_IOS_BLANK : SMINI_IOS_COMMAND;
    smini_ios_secret_shapes(line);
    if (line->role == SMINI_IOS_BLANK)
        return;
    line->class = SMINI_IOS_CLASS_BOOT;
    line->weight = SMINI_IOS_GRAVE;
    line->marks = UINT64_C(1) << SMINI_IOS_CLASS_BOOT;
    line->reason = "names the system image that the device was told to load";
}

bool smini_ios_text_next(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    memset(line, 0, sizeof(*line));
    line->reason = "";
    if (reader->at >= reader->text.length)
        return false;
    if (reader->kind == SMINI_IOS_COMMANDS) {
        if (!take_quoted(reader, line))
            return false;
    } else {
        take_line(reader, line);
    }
    reader->number += reader->number < UINT32_MAX;
    line->number = reader->number;
    if (reader->kind == SMINI_IOS_CONFIG)
        settle(reader, line);
    else if (reader->kind == SMINI_IOS_COMMANDS)
        settle_script(reader, line);
    else
        settle_image(reader, line);
    return true;
}

bool smini_ios_next_piece(const struct smini_ios_line *line, size_t *at, struct smini_ios_piece *piece)
{
    if (*at >= line->raw.length)
        return false;
    size_t end = line->raw.length;
    piece->secret = false;
    for (uint32_t i = 0; i < line->secret_count; i++) {
        const struct smini_ios_part *part = &line->secrets[i];
        if (part->at <= *at && *at < part->at + part->length) {
            piece->secret = true;
            end = part->at + part->length;
            break;
        }
        if (part->at > *at) {
            end = part->at;
            break;
        }
    }
    piece->text = smini_span_part(line->raw, *at, end - *at);
    *at = end;
    return true;
}

int32_t smini_ios_masked(const struct smini_ios_line *line, struct smini_bytebuf *out)
{
    struct smini_ios_piece piece;
    for (size_t at = 0; smini_ios_next_piece(line, &at, &piece);) {
        int32_t status = smini_bytebuf_add(out, piece.secret ? smini_span_text(SMINI_IOS_MASK) : piece.text);
        if (status != SMIN_OK)
            return status;
    }
    return SMIN_OK;
}

const char *smini_ios_class_name(enum smini_ios_class class)
{
    static const char *const names[] = {
#define SMINI_IOS_CLASS(constant, name, what, off) name,
#include "device/ios_class.def"
#undef SMINI_IOS_CLASS
    };
    return class < SMINI_IOS_CLASS_COUNT ? names[class] : "none";
}

const char *smini_ios_class_text(enum smini_ios_class class)
{
    static const char *const texts[] = {
#define SMINI_IOS_CLASS(constant, name, what, off) what,
#include "device/ios_class.def"
#undef SMINI_IOS_CLASS
    };
    return class < SMINI_IOS_CLASS_COUNT ? texts[class] : texts[SMINI_IOS_CLASS_NONE];
}

const char *smini_ios_weight_name(enum smini_ios_weight weight)
{
    static const char *const names[] = {"plain", "note", "look", "grave"};
    return weight <= SMINI_IOS_GRAVE ? names[weight] : "plain";
}
