/* SPDX-License-Identifier: BSD-2-Clause */
#include "incident/errand.h"

#include "incident/internal.h"

static bool is_letter(uint8_t byte)
{
    uint8_t lower = smini_ascii_lower(byte);
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9');
}

/* Blanks, quotes and pipes end a word; so does whatever is no text. */
static bool ends_word(uint8_t byte)
{
    return byte <= ' ' || byte == '"' || byte == '|' || byte >= 0x7f;
}

static struct smini_span word_at(struct smini_span text, size_t at)
{
    size_t end = at;
    while (end < text.length && !ends_word(text.bytes[end]))
        end++;
    return smini_span_part(text, at, end - at);
}

static bool is_one_of(struct smini_span scheme, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (smini_span_equal_nocase(scheme, smini_span_text(names[i])))
            return true;
    return false;
}

static bool is_sealed(struct smini_span scheme)
{
    static const char *const sealed[] = {"https", "scp", "sftp"};
    return is_one_of(scheme, sealed, sizeof(sealed) / sizeof(sealed[0]));
}

static bool read_url(struct smini_span url, struct smini_errand *errand)
{
    struct smini_span host = smini_url_host(url);
    memset(errand, 0, sizeof(*errand));
    if (host.length == 0)
        return false;
    errand->scheme = smini_span_part(url, 0, smini_span_find(url, ':'));
    errand->sealed = is_sealed(errand->scheme);
    (void)smini_incident_address_parse(host, &errand->host);
    struct smini_span rest = smini_span_part(url, (size_t)(host.bytes - url.bytes) + host.length, url.length);
    errand->name = smini_span_part(rest, smini_span_find(rest, '/'), rest.length);
    while (errand->name.length > 0 && errand->name.bytes[0] == '/')
        errand->name = smini_span_part(errand->name, 1, errand->name.length);
    return errand->name.length > 0 || errand->sealed;
}

/* The file behind "tftp-server": its name without the file system and folders. */
static bool read_served(struct smini_span place, struct smini_errand *errand)
{
    memset(errand, 0, sizeof(*errand));
    errand->served = true;
    errand->scheme = smini_span_text("tftp");
    errand->name = place;
    for (size_t i = 0; i < place.length; i++)
        if (place.bytes[i] == ':' || place.bytes[i] == '/')
            errand->name = smini_span_part(place, i + 1, place.length);
    return errand->name.length > 0;
}

bool smini_errand_next(struct smini_span text, size_t *at, struct smini_errand *errand)
{
    static const char serves[] = "tftp-server";
    for (size_t i = *at; i < text.length; i++) {
        struct smini_span rest = smini_span_part(text, i, text.length);
        bool begins = i == 0 || !is_letter(text.bytes[i - 1]);
        if (begins && smini_span_starts_nocase(rest, serves)) {
            size_t place = i + sizeof(serves) - 1;
            while (place < text.length && text.bytes[place] == ' ')
                place++;
            struct smini_span word = word_at(text, place);
            *at = place + word.length;
            if (read_served(word, errand))
                return true;
            i = *at;
            continue;
        }
        if (!begins || !is_letter(text.bytes[i]))
            continue;
        struct smini_span word = word_at(text, i);
        *at = i + word.length;
        if (read_url(word, errand))
            return true;
        i = *at; /* the loop steps over what ended the word */
    }
    *at = text.length;
    return false;
}

/* --- one file, named in different ways --- */

/* A query, or a fragment, is asked of the server; it is no part of the file's name. */
static struct smini_span without_query(struct smini_span name)
{
    size_t query = smini_span_find(name, '?'), fragment = smini_span_find(name, '#');
    return smini_span_part(name, 0, query < fragment ? query : fragment);
}

static int hex_value(uint8_t byte)
{
    uint8_t lower = smini_ascii_lower(byte);
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* One byte, "%41" read as the letter that it stands for; moves `*at` behind it. */
static uint8_t next_byte(struct smini_span name, size_t *at)
{
    const uint8_t *from = name.bytes + (*at)++;
    if (*from != '%' || name.length - *at < 2 || hex_value(from[1]) < 0 || hex_value(from[2]) < 0)
        return *from;
    *at += 2;
    return (uint8_t)(hex_value(from[1]) << 4 | hex_value(from[2]));
}

static bool same_decoded(struct smini_span a, struct smini_span b)
{
    size_t at = 0, bt = 0;
    while (at < a.length && bt < b.length)
        if (next_byte(a, &at) != next_byte(b, &bt))
            return false;
    return at == a.length && bt == b.length;
}

/* Inspectors and captures may have the path alone; where both have a query it must be the same. */
static bool same_path(struct smini_span a, struct smini_span b)
{
    struct smini_span short_a = without_query(a), short_b = without_query(b);
    bool both = short_a.length < a.length && short_b.length < b.length;
    return both ? same_decoded(a, b) : same_decoded(short_a, short_b);
}

/* A client may first go to the folder and then ask for the rest: one name ends with the other. */
static bool same_ending(struct smini_span a, struct smini_span b)
{
    struct smini_span longer = a.length > b.length ? a : b, shorter = a.length > b.length ? b : a;
    size_t folder = longer.length - shorter.length;
    if (shorter.length == 0 || (folder > 0 && longer.bytes[folder - 1] != '/'))
        return false;
    return smini_span_equal(smini_span_part(longer, folder, shorter.length), shorter);
}

bool smini_errand_names(const struct smini_errand *errand, struct smini_span protocol, struct smini_span name)
{
    if (errand->sealed || !smini_span_equal_nocase(errand->scheme, protocol))
        return false;
    if (smini_span_equal(protocol, smini_span_text("http")))
        return same_path(errand->name, name);
    if (smini_span_equal(protocol, smini_span_text("ftp")))
        return same_ending(errand->name, name);
    return smini_span_equal(errand->name, name);
}

uint64_t smini_errand_key(uint64_t state, struct smini_span name)
{
    size_t base = 0;
    name = without_query(name);
    for (size_t i = 0; i < name.length; i++)
        if (name.bytes[i] == '/')
            base = i + 1;
    for (size_t at = base; at < name.length;)
        state = (state ^ next_byte(name, &at)) * 0x100000001b3u;
    return state;
}
