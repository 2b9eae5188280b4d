/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_block.h"

#include "device/ios_secret.h"

enum {
    HEX_WORD_LEAST = 6,    /* digits of a group in the printed form of a certificate or key */
    BASE64_WORD_LEAST = 16 /* letters of a line of a key: a command of one word is shorter */
};

static bool is_hex(uint8_t byte)
{
    uint8_t lower = smini_ascii_lower(byte);
    return (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'f');
}

static bool is_base64(uint8_t byte)
{
    uint8_t lower = smini_ascii_lower(byte);
    return (byte >= '0' && byte <= '9') || (lower >= 'a' && lower <= 'z') || byte == '+' || byte == '/' || byte == '=';
}

static bool all_of(struct smini_span word, bool (*is)(uint8_t))
{
    for (size_t i = 0; i < word.length; i++)
        if (!is(word.bytes[i]))
            return false;
    return true;
}

/* Groups of hexadecimal digits and nothing else; the last group may be short. */
static bool is_hex_line(const struct smini_ios_words *words)
{
    for (uint32_t i = 0; i < words->count; i++)
        if (!all_of(words->word[i], is_hex) || (i + 1 < words->count && words->word[i].length < HEX_WORD_LEAST))
            return false;
    return words->count > 0 && (words->word[0].length >= HEX_WORD_LEAST || words->word[0].length % 2 == 0) &&
           words->rest.length == 0;
}

static bool is_base64_line(const struct smini_ios_words *words, size_t least)
{
    return words->count == 1 && words->word[0].length >= least && all_of(words->word[0], is_base64);
}

static bool is_word(const struct smini_ios_words *words, const char *word)
{
    return words->count == 1 && smini_ios_word_is(words->word[0], word);
}

static bool contains(struct smini_span text, const char *part)
{
    size_t length = strlen(part);
    for (size_t at = 0; at + length <= text.length; at++)
        if (smini_ascii_lower(text.bytes[at]) == (uint8_t)part[0] &&
            smini_span_starts_nocase(smini_span_part(text, at, length), part))
            return true;
    return false;
}

/* Where the delimiter comes next in `text`; text.length when it does not. */
static size_t find_delimiter(struct smini_span text, const uint8_t *delimiter, size_t length)
{
    size_t at = 0;
    while (at < text.length) {
        at += smini_span_find(smini_span_part(text, at, text.length), delimiter[0]);
        if (length == 1 || (at + 1 < text.length && text.bytes[at + 1] == delimiter[1]))
            return at;
        at++;
    }
    return text.length;
}

static void continue_banner(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    line->role = SMINI_IOS_BANNER_TEXT;
    line->class = SMINI_IOS_CLASS_BANNER;
    line->weight = SMINI_IOS_NOTE;
    line->marks = UINT64_C(1) << SMINI_IOS_CLASS_BANNER;
    line->reason = "text of a banner";
    if (find_delimiter(line->raw, reader->delimiter, reader->delimiter_length) < line->raw.length)
        reader->block = SMINI_IOS_BLOCK_NONE;
    line->might_be = reader->caret_seen;
    reader->caret_seen |= reader->delimiter_length == 2 && smini_span_find(line->raw, '^') < line->raw.length;
}

static void set_key_data(struct smini_ios_line *line)
{
    line->role = SMINI_IOS_KEY_DATA;
    line->class = SMINI_IOS_CLASS_KEY;
    line->weight = SMINI_IOS_NOTE;
    line->marks = UINT64_C(1) << SMINI_IOS_CLASS_KEY;
    line->reason = "part of a key";
    smini_ios_secret_add(line, line->raw);
}

/* The word that ends the block is part of it; anything that cannot be text of it is not. */
static bool continue_hex(struct smini_ios_text *reader, struct smini_ios_line *line, const struct smini_ios_words *words)
{
    bool key = reader->block == SMINI_IOS_BLOCK_KEY;
    bool quits = is_word(words, "quit") || (key && is_word(words, "exit"));
    bool text = is_hex_line(words) || (key && (is_base64_line(words, BASE64_WORD_LEAST) ||
                                               (words->count > 1 && smini_ios_word_is(words->word[0], "ssh-rsa"))));
    if (quits || !text)
        reader->block = SMINI_IOS_BLOCK_NONE;
    if (!quits && !text)
        return false;
    line->role = SMINI_IOS_CERTIFICATE;
    if (key && !quits)
        set_key_data(line);
    return true;
}

static bool continue_pem(struct smini_ios_text *reader, struct smini_ios_line *line, const struct smini_ios_words *words)
{
    bool private = reader->block == SMINI_IOS_BLOCK_PEM_PRIVATE;
    bool ends = contains(line->raw, "-----end");
    bool header = words->count > 0 && words->word[0].bytes[words->word[0].length - 1] == ':';
    bool leaves = is_word(words, "quit") || is_word(words, "exit") || is_word(words, "end");
    bool text = !leaves && (header || is_base64_line(words, 1) || words->count == 0);
    if (ends || !text)
        reader->block = SMINI_IOS_BLOCK_NONE;
    if (!ends && !text)
        return false;
    line->role = SMINI_IOS_CERTIFICATE;
    if (private && words->count > 0)
        set_key_data(line);
    return true;
}

bool smini_ios_block_continue(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    bool inside = false;
    struct smini_ios_words words;
    if (reader->block == SMINI_IOS_BLOCK_NONE)
        return false;
    smini_ios_words_read(&words, line->raw);
    reader->work += line->raw.length;
    uint32_t block = reader->block;
    if (block == SMINI_IOS_BLOCK_BANNER) {
        continue_banner(reader, line);
        inside = true;
    } else if (block == SMINI_IOS_BLOCK_CERTIFICATE || block == SMINI_IOS_BLOCK_KEY) {
        inside = continue_hex(reader, line, &words);
    } else if (block == SMINI_IOS_BLOCK_PEM_PUBLIC || block == SMINI_IOS_BLOCK_PEM_PRIVATE) {
        inside = continue_pem(reader, line, &words);
    } else if (is_word(&words, "@")) {
        reader->block = SMINI_IOS_BLOCK_NONE;
    } else {
        line->might_be = true;
    }
    if (inside) {
        line->parent = reader->block_parent;
        line->depth = reader->block_depth;
    }
    return inside;
}

bool smini_ios_block_pem(struct smini_ios_text *reader, struct smini_ios_line *line)
{
    if (!contains(line->raw, "-----begin "))
        return false;
    bool whole = contains(line->raw, "-----end");
    bool private = contains(line->raw, "private key");
    line->role = SMINI_IOS_CERTIFICATE;
    if (private)
        set_key_data(line);
    if (whole)
        return true;
    reader->block = private ? SMINI_IOS_BLOCK_PEM_PRIVATE : SMINI_IOS_BLOCK_PEM_PUBLIC;
    reader->block_parent = line->parent;
    reader->block_depth = line->depth;
    return true;
}

static bool is_banner_type(struct smini_span word)
{
    static const char *const types[] = {"motd", "login", "exec", "incoming", "slip-ppp", "prompt-timeout", "config-save"};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (smini_ios_fit(word, types[i], strlen(types[i])) != SMINI_IOS_FIT_NOT)
            return true;
    return false;
}

/* Marks a delimiter as one that does not come again, or says whether it is one. */
static bool is_absent(struct smini_ios_text *reader, bool set)
{
    if (reader->delimiter_length == 2) {
        reader->caret_c_absent |= set;
        return reader->caret_c_absent;
    }
    uint64_t *row = &reader->absent[reader->delimiter[0] / 64];
    uint64_t bit = UINT64_C(1) << (reader->delimiter[0] % 64);
    *row |= set ? bit : 0;
    return (*row & bit) != 0;
}

/*
 * The delimiter is the first byte of the text; where the console printed the
 * control character ^C, it is these two. Without a second one the device takes
 * everything for text; we go on, and say that what follows is in doubt.
 */
static void begin_banner(struct smini_ios_text *reader, const struct smini_ios_line *line,
                         const struct smini_ios_words *words)
{
    uint32_t at = words->count > 2 && is_banner_type(words->word[1]) ? 2 : 1;
    if (words->count <= at)
        return;
    struct smini_span word = words->word[at];
    reader->delimiter[0] = word.bytes[0];
    reader->delimiter_length = word.length > 1 && word.bytes[0] == '^' && word.bytes[1] == 'C' ? 2 : 1;
    reader->delimiter[1] = 'C';
    size_t from = (size_t)(word.bytes - reader->text.bytes) + reader->delimiter_length;
    size_t line_end = line->offset + line->raw.length;
    if (is_absent(reader, false)) {
        reader->doubtful = true;
        return;
    }
    struct smini_span ahead = smini_span_part(reader->text, from, reader->text.length);
    size_t found = find_delimiter(ahead, reader->delimiter, reader->delimiter_length);
    reader->work += found;
    if (found == ahead.length) {
        (void)is_absent(reader, true);
        reader->doubtful = true;
    } else if (from + found >= line_end) {
        reader->block = SMINI_IOS_BLOCK_BANNER;
        reader->caret_seen = false;
    }
}

/*
 * The delimiter of a banner may be a control character, which separates words:
 * ETX, the usual one, is looked for by itself.
 */
static bool begin_control_banner(struct smini_ios_text *reader, const struct smini_ios_line *line)
{
    size_t at = smini_span_find(line->command, 3);
    if (at == line->command.length)
        return false;
    struct smini_ios_words words;
    struct smini_span delimiter = smini_span_part(line->command, at, 1);
    smini_ios_words_read(&words, smini_span_part(line->command, 0, at));
    if (words.count == 1 || (words.count == 2 && is_banner_type(words.word[1]))) {
        words.count = 3;
        words.word[1] = smini_span_text("motd");
        words.word[2] = delimiter;
        begin_banner(reader, line, &words);
        return true;
    }
    return false;
}

void smini_ios_block_begin(struct smini_ios_text *reader, const struct smini_ios_line *line)
{
    struct smini_ios_words words;
    if (line->negated || reader->block != SMINI_IOS_BLOCK_NONE)
        return;
    smini_ios_words_read(&words, line->command);
    if (words.count == 0)
        return;
    reader->block_parent = line->number;
    reader->block_depth = line->depth < SMINI_IOS_DEPTH_MOST ? line->depth + 1 : line->depth;
    if (line->class == SMINI_IOS_CLASS_BANNER && !begin_control_banner(reader, line))
        begin_banner(reader, line, &words);
    else if (smini_ios_word_is(words.word[0], "certificate") && words.count > 1)
        reader->block = SMINI_IOS_BLOCK_CERTIFICATE;
    else if (is_word(&words, "key-string"))
        reader->block = SMINI_IOS_BLOCK_KEY;
    else if (words.count == 3 && smini_ios_word_is(words.word[0], "macro") && smini_ios_word_is(words.word[1], "name"))
        reader->block = SMINI_IOS_BLOCK_MACRO;
}
