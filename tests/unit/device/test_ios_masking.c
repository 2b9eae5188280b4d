/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No secret survives masking: lines made from every row of the table, and every
 * labelled line, below every section, commented out, in banners, in scripts, at
 * prompts, abbreviated, in any case, in two-byte text.
 */
#include "device/ios_form.h"
#include "smin/status.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>

enum { TEXT_ROOM = 4096, ROUNDS = 400 };

#define TOKEN "Zq9#k"

static const char *const lines[] = {
#define LINE(section, line, class, might_be) line,
#include "tests/unit/device/lines.def"
#undef LINE
};

/* "~" stands for the line. */
static const char *const settings[] = {
    "~\n", "  ~\n", "!~\n", "! ~", "banner motd ^C\n~\n^C\n", "do ~\n", "no ~\n", "Switch(config)#~\r\n",
    "Switch#~", "Switch(config-if)# ~\n", " --More-- \b\b\b~\n", "interface Vlan1\n ~\n", "interface Vlan1\n~\n",
    "line vty 0 4\n ~\n", "line vty 0 4\n~\n", "router bgp 64500\n address-family ipv4\n  ~\n", "archive\n ~\n",
    "ip access-list extended a\n 10 ~\n", "key chain k\n key 1\n  ~\n", "class-map c\n ~\n", "crypto keyring k\n ~\n",
    "event manager applet a\n action 1 cli command \"~\"\n", "kron policy-list p\n cli ~\n", "alias exec x ~\n",
    "macro name m\n~\n@\n", "banner motd % no end\n~\n", "\xff\xfe~\n", "tacacs server t\n ~\nexit\n",
    "do do-exec alias exec x ~\n", "crypto pki certificate chain c\n certificate 01\n~\n", "\t~\t\n",
};

enum { LINE_COUNT = sizeof(lines) / sizeof(lines[0]), SETTING_COUNT = sizeof(settings) / sizeof(settings[0]) };

static uint32_t drawn(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

static bool contains(const uint8_t *text, size_t length, const char *part)
{
    size_t part_length = strlen(part);
    for (size_t i = 0; i + part_length <= length; i++)
        if (memcmp(text + i, part, part_length) == 0)
            return true;
    return false;
}

/* The setting with the line in it; gives the length. */
static size_t place(char *text, const char *setting, const char *line)
{
    size_t length = 0;
    for (; *setting != '\0'; setting++)
        length += *setting == '~' ? (size_t)sprintf(text + length, "%s", line) : (size_t)sprintf(text + length, "%c", *setting);
    return length;
}

/* True when `secret` can be read in what may be shown of the text. */
static bool survives(const char *text, size_t length, const char *secret)
{
    static uint8_t shown[TEXT_ROOM * 4];
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    struct smini_ios_text reader;
    struct smini_ios_line line;
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, sizeof(shown));
    smini_ios_text_begin(&reader, smini_span_make(text, length), SMINI_IOS_CONFIG);
    while (smini_ios_text_next(&reader, &line)) {
        cr_assert_eq(smini_ios_masked(&line, &out), SMIN_OK);
        cr_assert_eq(smini_bytebuf_add(&out, smini_span_text("\n")), SMIN_OK);
    }
    size_t visible = 0;
    for (size_t i = 0; i < out.length; i++)
        if (out.bytes[i] != 0)
            shown[visible++] = out.bytes[i];
    bool found = contains(shown, visible, secret);
    if (found)
        cr_log_error("of %s\nis shown: %.*s", text, (int)visible, (const char *)shown);
    smini_bytebuf_free(&out);
    return found;
}

/* The line with the token in place of what stands in braces, but digests as they are; gives what must not be seen. */
static const char *spell(const char *line, char *plain, char *digest)
{
    const char *secret = NULL;
    while (*line != '\0') {
        if (*line != '{') {
            *plain++ = *line++;
            continue;
        }
        size_t length = strcspn(line, "}") - 1;
        bool shaped = line[1] == '$';
        snprintf(digest, TEXT_ROOM, "%.*s", (int)length, line + 1);
        secret = shaped ? digest : TOKEN;
        plain += sprintf(plain, "%s", secret);
        line += length + 2;
    }
    *plain = '\0';
    return secret;
}

Test(ios_masking, no_secret_of_a_labelled_line_is_shown_wherever_the_line_stands)
{
    static char plain[TEXT_ROOM], digest[TEXT_ROOM], text[TEXT_ROOM * 2];
    uint32_t with_secrets = 0;
    for (size_t i = 0; i < LINE_COUNT; i++) {
        const char *secret = spell(lines[i], plain, digest);
        with_secrets += secret != NULL;
        for (size_t k = 0; secret && k < SETTING_COUNT; k++) {
            size_t length = place(text, settings[k], plain);
            cr_expect(!survives(text, length, secret), "%s in setting %zu", lines[i], k);
        }
    }
    cr_expect_geq(with_secrets, 120);
}

/* One keyword of a row, whole or cut, in any case; never cut to another whole keyword. */
static char *write_keyword(char *at, const char *token, size_t length, uint32_t *state)
{
    size_t whole = strcspn(token, "|%");
    for (uint32_t skip = drawn(state, 3); skip > 0 && whole < length && token[whole] == '|'; skip--) {
        token += whole + 1;
        length -= whole + 1;
        whole = strcspn(token, "|%");
    }
    whole = whole < length ? whole : length;
    size_t cut = drawn(state, 2) ? whole : 1 + drawn(state, (uint32_t)whole);
    if (isdigit((unsigned char)token[0]) || smini_ios_is_keyword(smini_span_make(token, cut)))
        cut = whole;
    for (size_t i = 0; i < cut; i++)
        *at++ = (char)(drawn(state, 2) ? toupper((unsigned char)token[i]) : token[i]);
    return at;
}

/* A line that fits the row. Gives whether it holds the token. */
static bool write_line(char *at, const char *pattern, uint32_t *state)
{
    bool secret = false, skipping = false;
    while (*pattern != '\0') {
        size_t length = strcspn(pattern, " ");
        const char *token = pattern;
        pattern += length + (pattern[length] == ' ');
        skipping = skipping ? token[0] != ']' : token[0] == '[' && drawn(state, 2);
        if (skipping || strchr("[];", token[0]))
            continue;
        if (token[0] == '*' || (token[0] == '.' && drawn(state, 2)))
            at += sprintf(at, "w%u", drawn(state, 100));
        else if (token[0] == '#' && drawn(state, 2))
            at += sprintf(at, "7");
        else if (token[0] == '$')
            at += sprintf(at, "%s", TOKEN);
        else if (token[0] == '@')
            at += sprintf(at, "\"username u secret %s\"", TOKEN);
        else if (!strchr(".#+", token[0]))
            at = write_keyword(at, token, length, state);
        secret |= token[0] == '$' || token[0] == '@';
        at += sprintf(at, " ");
    }
    *at = '\0';
    return secret;
}

Test(ios_masking, no_secret_of_a_line_that_fits_a_row_is_shown)
{
    static char plain[TEXT_ROOM], text[TEXT_ROOM * 2];
    uint32_t state = 7;
    for (size_t i = 0; smini_ios_form_at(i); i++) {
        const struct smini_ios_form *form = smini_ios_form_at(i);
        for (uint32_t round = 0; form->sign != SMINI_IOS_CLEAR && round < ROUNDS; round++) {
            if (!write_line(plain, form->pattern, &state))
                break;
            size_t length = place(text, settings[drawn(&state, SETTING_COUNT)], plain);
            cr_assert(!survives(text, length, TOKEN), "%s", form->pattern);
        }
    }
}

Test(ios_masking, no_secret_is_shown_of_two_byte_text)
{
    static char plain[TEXT_ROOM], digest[TEXT_ROOM], text[TEXT_ROOM * 2];
    for (size_t i = 0; i < LINE_COUNT; i++) {
        const char *secret = spell(lines[i], plain, digest);
        size_t length = strlen(plain);
        for (size_t k = 0; k < length; k++) {
            text[k * 2] = plain[k];
            text[k * 2 + 1] = '\0';
        }
        if (secret)
            cr_expect(!survives(text, length * 2, secret), "%s", lines[i]);
    }
}

Test(ios_masking, rows_are_grouped_by_their_letter_and_spelt_as_they_are_read)
{
    for (size_t i = 0; smini_ios_form_at(i); i++) {
        const struct smini_ios_form *form = smini_ios_form_at(i);
        const struct smini_ios_form *before = i > 0 ? smini_ios_form_at(i - 1) : form;
        cr_expect_leq(before->pattern[0], form->pattern[0], "%s", form->pattern);
        const char *first_end = form->pattern + strcspn(form->pattern, " ");
        for (const char *at = form->pattern; at < first_end; at++)
            cr_expect(*at != '|' || at[1] == form->pattern[0], "%s", form->pattern);
        for (const char *at = form->pattern; *at != '\0'; at++)
            cr_expect(!isupper((unsigned char)*at), "%s", form->pattern);
        cr_expect_eq(form->sign == SMINI_IOS_CLEAR, form->reason[0] == '\0', "%s", form->pattern);
    }
}

Test(ios_masking, keywords_stand_in_the_order_of_the_alphabet)
{
    for (size_t i = 0; smini_ios_keywords_at(i); i++) {
        const char *keywords = smini_ios_keywords_at(i);
        for (const char *next = strchr(keywords, ' '); next; next = strchr(keywords, ' ')) {
            next++;
            size_t length = strcspn(next, " ");
            cr_expect(length > 0 && strncmp(keywords, next, length) < 0, "%.40s", keywords);
            keywords = next;
        }
    }
}
