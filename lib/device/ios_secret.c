/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_secret.h"

enum { DIGEST_LEAST = 8 /* characters of a digest with its type and salt, far below any that is used */ };

static size_t end_of(struct smini_ios_part part)
{
    return part.at + part.length;
}

static void remove_secret(struct smini_ios_line *line, uint32_t index)
{
    line->secret_count--;
    for (uint32_t i = index; i < line->secret_count; i++)
        line->secrets[i] = line->secrets[i + 1];
}

void smini_ios_secret_add(struct smini_ios_line *line, struct smini_span secret)
{
    if (secret.length == 0)
        return;
    struct smini_ios_part part = {.at = (size_t)(secret.bytes - line->raw.bytes), .length = secret.length};
    for (uint32_t i = line->secret_count; i > 0; i--) {
        struct smini_ios_part other = line->secrets[i - 1];
        if (part.at > end_of(other) || other.at > end_of(part))
            continue;
        size_t end = end_of(part) > end_of(other) ? end_of(part) : end_of(other);
        part.at = part.at < other.at ? part.at : other.at;
        part.length = end - part.at;
        remove_secret(line, i - 1);
    }
    if (line->secret_count == SMINI_IOS_SECRETS_MOST) {
        part.at = part.at < line->secrets[0].at ? part.at : line->secrets[0].at;
        part.length = line->raw.length - part.at;
        line->secret_count = 0;
    }
    uint32_t place = line->secret_count++;
    for (; place > 0 && line->secrets[place - 1].at > part.at; place--)
        line->secrets[place] = line->secrets[place - 1];
    line->secrets[place] = part;
}

/* What may stand in the user and password of a URL: all but blanks, quotes and what begins the path. */
static bool ends_authority(uint8_t byte)
{
    return (byte <= ' ' && byte != 0) || byte == '"' || byte == '\'' || byte == '|' || byte == '>';
}

/*
 * user:password@host behind "//": the password up to the last "@" in front of
 * the end, for passwords hold "@" and "/" too. The user name stays to be seen.
 */
static size_t url_secret(struct smini_ios_line *line, size_t authority)
{
    struct smini_span raw = line->raw;
    size_t end = authority, at_sign = 0, colon = 0;
    while (end < raw.length && !ends_authority(raw.bytes[end])) {
        if (raw.bytes[end] == ':' && colon == 0)
            colon = end;
        if (raw.bytes[end] == '@')
            at_sign = end;
        end++;
    }
    /* In "[2001:db8::1]" a colon separates nothing. */
    if (colon > 0 && at_sign > colon && raw.bytes[authority] != '[')
        smini_ios_secret_add(line, smini_span_part(raw, colon + 1, at_sign - colon - 1));
    return end;
}

/* $1$salt$digest and its kin: a password's digest, wherever it stands. The type has one digit or two. */
static bool is_digest(struct smini_span word)
{
    uint8_t head[4] = {0};
    size_t visible = 0;
    for (size_t i = 0; i < word.length; i++) {
        if (word.bytes[i] != 0 && visible < sizeof(head))
            head[visible] = word.bytes[i];
        visible += word.bytes[i] != 0;
    }
    return visible >= DIGEST_LEAST && head[0] == '$' && head[1] >= '0' && head[1] <= '9' &&
           (head[2] == '$' || (head[2] >= '0' && head[2] <= '9' && head[3] == '$'));
}

static void find_digests(struct smini_ios_line *line)
{
    struct smini_span raw = line->raw;
    for (size_t at = 0; at < raw.length;) {
        at += smini_span_find(smini_span_part(raw, at, raw.length), '$');
        size_t end = at;
        while (end < raw.length && !smini_ios_separates(raw, end) && raw.bytes[end] != '"')
            end++;
        if (is_digest(smini_span_part(raw, at, end - at)))
            smini_ios_secret_add(line, smini_span_part(raw, at, end - at));
        at = end > at ? end : at + 1;
    }
}

void smini_ios_secret_shapes(struct smini_ios_line *line)
{
    static const char begins[] = "://";
    struct smini_span raw = line->raw;
    size_t seen = 0;
    for (size_t at = 0; at < raw.length; at++) {
        if (raw.bytes[at] == 0)
            continue;
        if (raw.bytes[at] != (uint8_t)begins[seen]) {
            seen = raw.bytes[at] == ':';
            continue;
        }
        if (++seen < sizeof(begins) - 1)
            continue;
        seen = 0;
        at = url_secret(line, at + 1) - 1;
    }
    find_digests(line);
}

static bool names_secret(struct smini_span word)
{
    static const char *const names[] = {
        "password",   "passwd", "passphrase", "pass",          "pwd",            "secret",
        "key-string", "psk",    "pmk",        "shared-secret", "pre-shared-key", "authentication-key",
        "community",  "key",    "wpa-psk",    "server-key",    "session-key",    "private-key",
    };
    while (word.length > 1 && (word.bytes[word.length - 1] == ':' || word.bytes[word.length - 1] == '='))
        word.length--;
    while (word.length > 1 && word.bytes[0] == '-')
        word = smini_span_part(word, 1, word.length);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (smini_ios_word_is(word, names[i]))
            return true;
    return false;
}

void smini_ios_secret_named(struct smini_ios_line *line, const struct smini_ios_words *words)
{
    for (uint32_t i = 0; i + 1 < words->count; i++) {
        if (!names_secret(words->word[i]))
            continue;
        uint32_t from = i + 1;
        from += smini_ios_is_digit(words->word[from]) && from + 1 < words->count;
        const uint8_t *begin = words->word[from].bytes;
        struct smini_span last = words->word[words->count - 1];
        smini_ios_secret_add(line, smini_span_make(begin, (size_t)(last.bytes + last.length - begin)));
        return;
    }
}
