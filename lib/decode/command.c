/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/command.h"

#include "decode/command_word.h"
#include "decode/text_field.h"

/* A command inside a command ("do ...", "configure ..."): deeper than this nobody nests. */
enum { NESTING_MOST = 4 };

static bool is_image_name(struct smini_span file)
{
    static const char *const endings[] = {".bin", ".tar", ".pkg", ".tgz", ".SPA"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        struct smini_span ending = smini_span_text(endings[i]);
        if (file.length > ending.length &&
            smini_span_equal_nocase(smini_span_part(file, file.length - ending.length, ending.length), ending))
            return true;
    }
    return false;
}

/* Out of the client. An image that leaves is no configuration, unless one was just given its name. */
static enum smini_command_effect copy_out(const struct smini_place *source, bool prepared)
{
    if (source->kind == SMINI_PLACE_FILE && is_image_name(source->file) && !prepared)
        return SMINI_COMMAND_EXECUTES;
    return SMINI_COMMAND_EXFILTRATES;
}

/* Into the client, from elsewhere. A target without a name takes the name of the source. */
static enum smini_command_effect copy_in(const struct smini_place *source, const struct smini_place *target)
{
    if (target->kind == SMINI_PLACE_RUNNING || target->kind == SMINI_PLACE_STARTUP)
        return SMINI_COMMAND_REPLACES_CONFIG;
    if (target->kind == SMINI_PLACE_FILE && target->file.length == 0 && smini_place_is_config_file(source->file))
        return SMINI_COMMAND_REPLACES_CONFIG;
    return target->kind == SMINI_PLACE_FILE ? SMINI_COMMAND_REPLACES_IMAGE : SMINI_COMMAND_EXECUTES;
}

/*
 * Within the client. Saving its own configuration under another name changes
 * nothing by itself, even where that is the name of the startup file: what is
 * saved is what runs. Anything else that becomes its configuration replaces it.
 */
static enum smini_command_effect copy_within(const struct smini_place *source, const struct smini_place *target)
{
    bool own = source->kind == SMINI_PLACE_RUNNING || source->kind == SMINI_PLACE_STARTUP;
    if (target->kind == SMINI_PLACE_RUNNING)
        return SMINI_COMMAND_REPLACES_CONFIG;
    if (target->kind == SMINI_PLACE_STARTUP)
        return own ? SMINI_COMMAND_PREPARES : SMINI_COMMAND_REPLACES_CONFIG;
    return own && target->kind == SMINI_PLACE_FILE ? SMINI_COMMAND_PREPARES : SMINI_COMMAND_EXECUTES;
}

static enum smini_command_effect effect_of_copy(struct smini_words *words, bool prepared)
{
    struct smini_place source = smini_place_of(smini_words_next_operand(words));
    struct smini_place target = smini_place_of(smini_words_next_operand(words));
    bool from_afar = source.kind == SMINI_PLACE_REMOTE;
    bool to_afar = target.kind == SMINI_PLACE_REMOTE;
    if (source.kind == SMINI_PLACE_NONE || target.kind == SMINI_PLACE_NONE || (from_afar && to_afar))
        return SMINI_COMMAND_EXECUTES;
    if (to_afar)
        return copy_out(&source, prepared);
    if (from_afar)
        return copy_in(&source, &target);
    return copy_within(&source, &target);
}

/* "tftp-server PLACE": whoever asks is given the file. */
static enum smini_command_effect effect_of_server(struct smini_words *words, bool prepared)
{
    struct smini_place place = smini_place_of(smini_words_next_operand(words));
    if (place.kind == SMINI_PLACE_RUNNING || place.kind == SMINI_PLACE_STARTUP)
        return SMINI_COMMAND_SERVES;
    return prepared && place.kind == SMINI_PLACE_FILE ? SMINI_COMMAND_SERVES : SMINI_COMMAND_EXECUTES;
}

/* Does what "show" is asked for contain the configuration? */
static bool shows_config(struct smini_span word)
{
    return smini_word_is(word, "running-config", 2) || smini_word_is(word, "startup-config", 3) ||
           smini_word_is(word, "configuration", 4) || smini_word_is(word, "tech-support", 3) ||
           smini_word_is(word, "archive", 3);
}

/* "show ..." and "more ...": harmful by where the pipe behind them leads. */
static enum smini_command_effect effect_of_output(struct smini_words *words, bool shown_is_config)
{
    struct smini_span word;
    while ((word = smini_words_next(words)).length > 0) {
        if (word.bytes[0] != '|')
            continue;
        struct smini_span verb = word.length > 1 ? smini_span_part(word, 1, word.length) : smini_words_next(words);
        if (!smini_word_is(verb, "redirect", 3) && !smini_word_is(verb, "tee", 2) && !smini_word_is(verb, "append", 2))
            continue;
        struct smini_place target = smini_place_of(smini_words_next_operand(words));
        if (!shown_is_config)
            return SMINI_COMMAND_EXECUTES;
        return target.kind == SMINI_PLACE_FILE ? SMINI_COMMAND_PREPARES : SMINI_COMMAND_EXFILTRATES;
    }
    return SMINI_COMMAND_EXECUTES;
}

static enum smini_command_effect effect_of_show(struct smini_words *words)
{
    return effect_of_output(words, shows_config(smini_words_next(words)));
}

static enum smini_command_effect effect_of_more(struct smini_words *words, bool prepared)
{
    struct smini_place place = smini_place_of(smini_words_next_operand(words));
    bool config = place.kind == SMINI_PLACE_RUNNING || place.kind == SMINI_PLACE_STARTUP ||
                  (prepared && place.kind == SMINI_PLACE_FILE);
    return effect_of_output(words, config);
}

static enum smini_command_effect effect_of_archive_tar(struct smini_words *words)
{
    struct smini_span option = smini_words_next(words);
    struct smini_place first = smini_place_of(smini_words_next_operand(words));
    if (smini_word_is(option, "/create", 2) && first.kind == SMINI_PLACE_REMOTE)
        return SMINI_COMMAND_EXFILTRATES; /* the flash holds the startup configuration */
    if (smini_word_is(option, "/xtract", 2) && first.kind == SMINI_PLACE_REMOTE)
        return SMINI_COMMAND_REPLACES_IMAGE;
    return SMINI_COMMAND_EXECUTES;
}

static enum smini_command_effect effect_of_archive(struct smini_words *words)
{
    struct smini_span verb = smini_words_next(words);
    if (smini_word_is(verb, "config", 4))
        return SMINI_COMMAND_EXFILTRATES; /* to the place that "archive path" names, which nobody here knows */
    if (smini_word_is(verb, "download-sw", 2))
        return SMINI_COMMAND_REPLACES_IMAGE;
    if (smini_word_is(verb, "tar", 1))
        return effect_of_archive_tar(words);
    return SMINI_COMMAND_EXECUTES;
}

static enum smini_command_effect effect_of_write(struct smini_words *words)
{
    struct smini_span verb = smini_words_next(words);
    if (verb.length == 0 || smini_word_is(verb, "memory", 1))
        return SMINI_COMMAND_PREPARES;
    if (smini_word_is(verb, "network", 1) || smini_place_of(verb).kind == SMINI_PLACE_REMOTE)
        return SMINI_COMMAND_EXFILTRATES;
    return SMINI_COMMAND_EXECUTES;
}

static enum smini_command_effect effect_of_boot(struct smini_words *words)
{
    struct smini_span what = smini_words_next(words);
    if (smini_word_is(what, "system", 1))
        return SMINI_COMMAND_REPLACES_IMAGE;
    if (smini_word_is(what, "config-file", 3) || smini_word_is(what, "host", 1) || smini_word_is(what, "network", 1))
        return SMINI_COMMAND_REPLACES_CONFIG;
    return SMINI_COMMAND_EXECUTES;
}

static enum smini_command_effect effect_of_line(struct smini_words words, bool prepared, int nesting);

/* Mode commands of "configure", or, as the tools of 2018 write it, a configuration line behind it. */
static enum smini_command_effect effect_of_configure(struct smini_words *words, bool prepared, int nesting)
{
    struct smini_words line = *words;
    struct smini_span what = smini_words_next(words);
    if (smini_word_is(what, "replace", 3) || smini_word_is(what, "network", 1) ||
        smini_word_is(what, "overwrite-network", 1))
        return SMINI_COMMAND_REPLACES_CONFIG;
    if (smini_word_is(what, "terminal", 1) || smini_word_is(what, "memory", 1) || what.length == 0)
        return SMINI_COMMAND_EXECUTES;
    return effect_of_line(line, prepared, nesting + 1);
}

static enum smini_command_effect effect_of_line(struct smini_words words, bool prepared, int nesting)
{
    struct smini_span verb = smini_words_next(&words);
    if (verb.length == 0)
        return nesting == 0 ? SMINI_COMMAND_EMPTY : SMINI_COMMAND_EXECUTES;
    if (nesting > NESTING_MOST)
        return SMINI_COMMAND_EXECUTES;
    switch (smini_verb_of(verb)) {
    case SMINI_VERB_COPY:
        return effect_of_copy(&words, prepared);
    case SMINI_VERB_CONFIGURE:
        return effect_of_configure(&words, prepared, nesting);
    case SMINI_VERB_TFTP_SERVER:
        return effect_of_server(&words, prepared);
    case SMINI_VERB_SHOW:
        return effect_of_show(&words);
    case SMINI_VERB_MORE:
        return effect_of_more(&words, prepared);
    case SMINI_VERB_ARCHIVE:
        return effect_of_archive(&words);
    case SMINI_VERB_WRITE:
        return effect_of_write(&words);
    case SMINI_VERB_BOOT:
        return effect_of_boot(&words);
    case SMINI_VERB_DO:
        return effect_of_line(words, prepared, nesting + 1);
    case SMINI_VERB_UNKNOWN:
        /* No keyword and no alias of IOS has such a byte: the line is refused by the client, nothing is commanded. */
        return smini_word_is_ascii(verb) ? SMINI_COMMAND_EXECUTES : SMINI_COMMAND_EMPTY;
    case SMINI_VERB_OTHER:
        break;
    }
    return SMINI_COMMAND_EXECUTES;
}

enum smini_command_effect smini_command_effect(struct smini_span command, bool prepared)
{
    enum smini_command_effect worst = SMINI_COMMAND_EMPTY;
    size_t at = 0;
    while (at < command.length) {
        struct smini_span line = smini_command_line(command, &at);
        enum smini_command_effect effect = effect_of_line(smini_words_of(line), prepared, 0);
        prepared = prepared || effect == SMINI_COMMAND_PREPARES;
        if (effect > worst)
            worst = effect;
    }
    return worst;
}

bool smini_command_known(struct smini_span text)
{
    struct smini_words words = smini_words_of(text);
    struct smini_span verb = smini_words_next(&words);
    return smini_verb_of(verb) != SMINI_VERB_UNKNOWN && smini_words_next(&words).length > 0;
}

struct smini_span smini_command_file(struct smini_span command)
{
    struct smini_span file = smini_span_make(NULL, 0);
    struct smini_words words = smini_words_of(command);
    for (;;) {
        struct smini_span word = smini_words_next(&words);
        if (word.length == 0)
            return file;
        /* That a word is a file is only sure where a file system is named. */
        if (smini_span_find(word, ':') == word.length)
            continue;
        struct smini_span last = smini_url_file(word);
        if (last.length > 0)
            file = last;
    }
}

/* --- a director's rotation ------------------------------------------------ */

/* Takes `text` off the front; false when it does not stand there. Exact: a director's bytes do not vary. */
static bool take_text(struct smini_span *rest, const char *text)
{
    struct smini_span want = smini_span_text(text);
    if (!smini_span_equal(smini_span_part(*rest, 0, want.length), want))
        return false;
    *rest = smini_span_part(*rest, want.length, rest->length);
    return true;
}

static bool take_end(struct smini_span *rest, const char *text)
{
    struct smini_span want = smini_span_text(text);
    if (rest->length < want.length ||
        !smini_span_equal(smini_span_part(*rest, rest->length - want.length, want.length), want))
        return false;
    rest->length -= want.length;
    return true;
}

/* "HOST-hhhh.hhhh.hhhh" */
static bool is_backup_name(struct smini_span name)
{
    enum { MAC_TEXT = 14 };
    if (name.length < MAC_TEXT + 2 || name.bytes[name.length - MAC_TEXT - 1] != '-')
        return false;
    for (size_t i = 0; i < MAC_TEXT; i++) {
        uint8_t byte = name.bytes[name.length - MAC_TEXT + i];
        bool digit = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
        if (i % 5 == 4 ? byte != '.' : !digit)
            return false;
    }
    return smini_span_find(name, '/') == name.length && smini_span_find(name, ':') == name.length;
}

/* Repository and name of a backup, without its ending; `name` becomes the part behind the last slash. */
static bool is_backup_base(struct smini_span base, struct smini_span *name)
{
    *name = base;
    for (size_t at = base.length; at > 0; at--)
        if (base.bytes[at - 1] == '/') {
            *name = smini_span_part(base, at, base.length);
            break;
        }
    return smini_place_of(base).kind == SMINI_PLACE_REMOTE && is_backup_name(*name) &&
           smini_span_find(base, ' ') == base.length;
}

/* "copy BASE.REV2 flash:NAME.tmp": BASE is what is left of `command`. */
static bool is_first(struct smini_span command, struct smini_span *base)
{
    struct smini_span name, rest = command;
    if (!take_text(&rest, "copy ") || !take_end(&rest, ".tmp"))
        return false;
    *base = smini_span_part(rest, 0, smini_span_find(rest, ' '));
    rest = smini_span_part(rest, base->length, rest.length);
    return take_end(base, ".REV2") && is_backup_base(*base, &name) && take_text(&rest, " flash:") &&
           smini_span_equal(rest, name);
}

/* "copy nvram:startup-config BASE.REV2" */
static bool is_second(struct smini_span command, struct smini_span *base)
{
    struct smini_span name;
    *base = command;
    return take_text(base, "copy nvram:startup-config ") && take_end(base, ".REV2") && is_backup_base(*base, &name);
}

/* "copy flash:NAME.tmp BASE.REV1" */
static bool is_third(struct smini_span command, struct smini_span *base)
{
    struct smini_span name, rest = command;
    if (!take_text(&rest, "copy flash:") || !take_end(&rest, ".REV1"))
        return false;
    size_t blank = smini_span_find(rest, ' ');
    *base = smini_span_part(rest, blank + 1, rest.length);
    rest.length = blank;
    return is_backup_base(*base, &name) && take_end(&rest, ".tmp") && smini_span_equal(rest, name);
}

bool smini_command_is_rotation(const struct smini_span commands[3])
{
    struct smini_span first, second, third;
    return is_first(commands[0], &first) && is_second(commands[1], &second) && is_third(commands[2], &third) &&
           smini_span_equal(first, second) && smini_span_equal(second, third);
}

bool smini_command_is_rotation_part(const struct smini_span *commands, uint32_t count)
{
    struct smini_span base[2];
    for (uint32_t i = 0; i < count; i++) {
        if (!is_first(commands[i], &base[i > 0]) && !is_second(commands[i], &base[i > 0]) &&
            !is_third(commands[i], &base[i > 0]))
            return false;
        if (i > 0 && !smini_span_equal(base[0], base[1]))
            return false;
    }
    return count > 0;
}
