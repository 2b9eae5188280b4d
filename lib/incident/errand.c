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

static bool read_url(struct smini_span url, struct smini_errand *errand)
{
    struct smini_span host = smini_url_host(url);
    memset(errand, 0, sizeof(*errand));
    if (host.length == 0)
        return false;
    (void)smini_incident_address_parse(host, &errand->host);
    struct smini_span rest = smini_span_part(url, (size_t)(host.bytes - url.bytes) + host.length, url.length);
    errand->name = smini_span_part(rest, smini_span_find(rest, '/'), rest.length);
    while (errand->name.length > 0 && errand->name.bytes[0] == '/')
        errand->name = smini_span_part(errand->name, 1, errand->name.length);
    return errand->name.length > 0;
}

/* The file behind "tftp-server": its name without the file system and folders. */
static bool read_served(struct smini_span place, struct smini_errand *errand)
{
    memset(errand, 0, sizeof(*errand));
    errand->served = true;
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
