/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/command_word.h"

#include "decode/text_field.h"

static bool separates(uint8_t byte)
{
    return byte <= 32 || byte == 127 || byte == '"';
}

struct smini_span smini_words_next(struct smini_words *words)
{
    size_t at = 0;
    struct smini_span rest = words->rest;
    while (at < rest.length && separates(rest.bytes[at]))
        at++;
    size_t begin = at;
    while (at < rest.length && !separates(rest.bytes[at]) && (at == begin || rest.bytes[at] != '|'))
        at++;
    words->rest = smini_span_part(rest, at, rest.length);
    return smini_span_part(rest, begin, at - begin);
}

struct smini_span smini_words_next_operand(struct smini_words *words)
{
    struct smini_span word;
    do
        word = smini_words_next(words);
    while (word.length > 0 && word.bytes[0] == '/');
    return word;
}

struct smini_span smini_command_line(struct smini_span command, size_t *at)
{
    struct smini_span line = smini_span_part(command, *at, command.length);
    line.length = smini_span_find(line, '\n');
    line.length = smini_span_find(line, '\r');
    *at += line.length + 1;
    return line;
}

bool smini_word_is(struct smini_span word, const char *keyword, size_t least)
{
    if (word.length == 0 || smini_ascii_lower(word.bytes[0]) != (uint8_t)keyword[0])
        return false;
    size_t full = strlen(keyword);
    return word.length >= least && word.length <= full &&
           smini_span_equal_nocase(word, smini_span_make(keyword, word.length));
}

bool smini_word_is_ascii(struct smini_span word)
{
    for (size_t i = 0; i < word.length; i++)
        if (word.bytes[i] >= 128)
            return false;
    return true;
}

enum smini_verb smini_verb_of(struct smini_span word)
{
    /* Shortest forms as IOS takes them; where IOS calls a form ambiguous, nothing runs and nothing is lost here. */
    static const struct {
        const char *keyword;
        size_t least;
        enum smini_verb verb;
    } verbs[] = {
        {"copy", 3, SMINI_VERB_COPY},
        {"configure", 4, SMINI_VERB_CONFIGURE},
        {"tftp-server", 2, SMINI_VERB_TFTP_SERVER},
        {"show", 2, SMINI_VERB_SHOW},
        {"more", 2, SMINI_VERB_MORE},
        {"archive", 2, SMINI_VERB_ARCHIVE},
        {"write", 2, SMINI_VERB_WRITE},
        {"boot", 2, SMINI_VERB_BOOT},
        {"do", 2, SMINI_VERB_DO},
        {"do-exec", 3, SMINI_VERB_DO},
        {"delete", 3, SMINI_VERB_OTHER},
        {"erase", 2, SMINI_VERB_OTHER},
        {"format", 2, SMINI_VERB_OTHER},
        {"rename", 3, SMINI_VERB_OTHER},
        {"reload", 3, SMINI_VERB_OTHER},
        {"username", 4, SMINI_VERB_OTHER},
        {"enable", 2, SMINI_VERB_OTHER},
        {"no", 2, SMINI_VERB_OTHER},
        {"default", 3, SMINI_VERB_OTHER},
        {"tclsh", 3, SMINI_VERB_OTHER},
        {"snmp-server", 4, SMINI_VERB_OTHER},
        {"interface", 3, SMINI_VERB_OTHER},
        {"access-list", 4, SMINI_VERB_OTHER},
        {"event", 2, SMINI_VERB_OTHER},
        {"kron", 3, SMINI_VERB_OTHER},
        {"clear", 2, SMINI_VERB_OTHER},
        {"monitor", 3, SMINI_VERB_OTHER},
        {"verify", 3, SMINI_VERB_OTHER},
        {"redirect", 4, SMINI_VERB_OTHER},
    };
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (smini_word_is(word, verbs[i].keyword, verbs[i].least))
            return verbs[i].verb;
    return SMINI_VERB_UNKNOWN;
}

struct name {
    const char *text; /* in small letters */
    size_t length;
};

#define NAME(text) {text, sizeof(text) - 1}

static bool is_one_of(struct smini_span word, const struct name *names, size_t count)
{
    if (word.length == 0)
        return false;
    uint8_t first = smini_ascii_lower(word.bytes[0]);
    for (size_t i = 0; i < count; i++)
        if (names[i].length == word.length && (uint8_t)names[i].text[0] == first &&
            smini_span_equal_nocase(word, smini_span_make(names[i].text, names[i].length)))
            return true;
    return false;
}

bool smini_place_is_config_file(struct smini_span file)
{
    static const struct name names[] = {NAME("config.text"),    NAME("private-config.text"), NAME("startup-config"),
                                        NAME("running-config"), NAME("private-config"),      NAME("nvram_config")};
    return is_one_of(file, names, sizeof(names) / sizeof(names[0]));
}

/* File systems of the client itself, by the letters of their names: a number may follow ("flash2:"). */
static bool is_local(struct smini_span scheme)
{
    static const struct name names[] = {NAME("flash"), NAME("bootflash"), NAME("slot"), NAME("disk"),
                                        NAME("usbflash"), NAME("usb"), NAME("nvram"), NAME("system"), NAME("null"),
                                        NAME("tmpsys"), NAME("crashinfo"), NAME("cns"), NAME("archive"), NAME("tar"),
                                        NAME("webui"), NAME("logging"), NAME("slavebootflash"), NAME("stby-flash"),
                                        NAME("stby-nvram"), NAME("harddisk")};
    while (scheme.length > 0 && scheme.bytes[scheme.length - 1] >= '0' && scheme.bytes[scheme.length - 1] <= '9')
        scheme.length--;
    return is_one_of(scheme, names, sizeof(names) / sizeof(names[0]));
}

static enum smini_place_kind kind_of_file(struct smini_span scheme, struct smini_span file)
{
    if (smini_word_is(scheme, "system", 6) || smini_word_is(scheme, "null", 4))
        return smini_word_is(file, "running-config", 3) ? SMINI_PLACE_RUNNING : SMINI_PLACE_FILE;
    /* All of nvram: is the startup configuration and what belongs to it. */
    if (smini_word_is(scheme, "nvram", 5) || smini_word_is(scheme, "stby-nvram", 10))
        return SMINI_PLACE_STARTUP;
    return smini_place_is_config_file(file) ? SMINI_PLACE_STARTUP : SMINI_PLACE_FILE;
}

struct smini_place smini_place_of(struct smini_span word)
{
    struct smini_place place = {.kind = SMINI_PLACE_NONE};
    if (word.length == 0)
        return place;
    size_t colon = smini_span_find(word, ':');
    if (colon == word.length) {
        /* A keyword, or a file in the current folder of the client. */
        place.file = word;
        if (smini_word_is(word, "running-config", 1))
            place.kind = SMINI_PLACE_RUNNING;
        else if (smini_word_is(word, "startup-config", 1))
            place.kind = SMINI_PLACE_STARTUP;
        else
            place.kind = smini_place_is_config_file(word) ? SMINI_PLACE_STARTUP : SMINI_PLACE_FILE;
        return place;
    }
    struct smini_span scheme = smini_span_part(word, 0, colon);
    place.file = smini_url_file(word);
    place.kind = is_local(scheme) ? kind_of_file(scheme, place.file) : SMINI_PLACE_REMOTE;
    return place;
}
