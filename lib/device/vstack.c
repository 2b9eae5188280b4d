/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/vstack.h"

#include "device/ios_text.h"
#include "device/ios_words.h"

/* Lines that were seen, by their numbers; 0: not seen. */
struct seen {
    uint32_t off_command, on_command, doubtful_command;
    uint32_t shown_on, shown_off, mode_on, mode_other, role, director;
    uint32_t heading, listens, listens_elsewhere, prompt_behind;
    enum smini_vstack_role said_role;
    bool roles_differ;
};

static bool begins(struct smini_span text, const char *start, struct smini_span *rest)
{
    if (!smini_span_starts_nocase(text, start))
        return false;
    *rest = smini_span_part(text, strlen(start), text.length);
    while (rest->length > 0 && rest->bytes[0] == ' ')
        *rest = smini_span_part(*rest, 1, rest->length);
    return true;
}

/* "vstack" and "no vstack": any other line that begins so sets something of a director. */
static void see_command(struct seen *seen, const struct smini_ios_line *line, const struct smini_ios_words *words)
{
    if (line->class != SMINI_IOS_CLASS_VSTACK || words->count != 1u + line->negated || line->depth > 0)
        return;
    bool off = line->negated && smini_ios_word_is(words->word[0], "no");
    if (line->might_be || line->prompted || off != line->negated)
        seen->doubtful_command = line->number;
    else if (off)
        seen->off_command = line->number;
    else
        seen->on_command = line->number;
}

static void see_role(struct seen *seen, struct smini_span rest, uint32_t number)
{
    enum smini_vstack_role role = SMINI_VSTACK_ROLE_UNKNOWN;
    struct smini_span status;
    if (begins(rest, "client", &status))
        role = SMINI_VSTACK_ROLE_CLIENT;
    else if (begins(rest, "director", &status))
        role = SMINI_VSTACK_ROLE_DIRECTOR;
    else
        return;
    seen->roles_differ |= seen->role > 0 && seen->said_role != role;
    seen->said_role = role;
    seen->role = number;
    if (smini_span_equal_nocase(status, smini_span_text("(smartinstall enabled)")))
        seen->shown_on = number;
    else if (smini_span_equal_nocase(status, smini_span_text("(smartinstall disabled)")))
        seen->shown_off = number;
}

static bool is_address(struct smini_span word)
{
    uint32_t dots = 0;
    for (size_t i = 0; i < word.length; i++) {
        dots += word.bytes[i] == '.';
        if (word.bytes[i] != '.' && (word.bytes[i] < '0' || word.bytes[i] > '9'))
            return false;
    }
    return dots == 3 && word.length >= 7 && word.length <= 15;
}

static void see_director(struct smini_vstack *vstack, struct smini_span address, uint32_t number)
{
    if (!is_address(address) || smini_span_equal(address, smini_span_text("0.0.0.0")))
        return;
    for (uint32_t i = 0; i < vstack->director_count; i++)
        if (smini_span_equal(vstack->directors[i], address))
            return;
    if (vstack->director_count == SMINI_VSTACK_DIRECTORS_MOST) {
        vstack->more_directors = true;
        return;
    }
    vstack->directors[vstack->director_count] = address;
    vstack->director_lines[vstack->director_count++] = number;
}

static void see_shown(struct smini_vstack *vstack, struct seen *seen, const struct smini_ios_line *line)
{
    struct smini_span rest;
    if (begins(line->command, "role:", &rest)) {
        see_role(seen, rest, line->number);
    } else if (begins(line->command, "oper mode:", &rest)) {
        if (smini_span_equal_nocase(rest, smini_span_text("enabled")))
            seen->mode_on = line->number;
        else
            seen->mode_other = line->number;
    } else if (begins(line->command, "vstack director ip address:", &rest)) {
        seen->director = line->number;
        see_director(vstack, rest, line->number);
    }
}

/* A row is: control block, local address, foreign address, state. Ports stand behind the last dot. */
static void see_connection(struct seen *seen, const struct smini_ios_line *line, const struct smini_ios_words *words)
{
    if (words->count >= 5 && smini_ios_word_is(words->word[0], "tcb") && smini_ios_word_is(words->word[1], "local"))
        seen->heading = line->number;
    if (seen->heading == 0 || words->count < 4 || !smini_ios_word_is(words->word[words->count - 1], "listen"))
        return;
    struct smini_span local = words->word[1];
    size_t dot = local.length;
    while (dot > 0 && local.bytes[dot - 1] != '.')
        dot--;
    if (dot > 0 && smini_span_equal(smini_span_part(local, dot, local.length), smini_span_text("4786")))
        seen->listens = line->number;
    else if (dot > 0)
        seen->listens_elsewhere = line->number;
}

static struct smini_fact fact(enum smini_answer answer, uint32_t line, const char *reason)
{
    struct smini_fact fact = {answer, line, reason};
    return fact;
}

static struct smini_fact configured_of(const struct seen *seen)
{
    if (seen->off_command > 0 && seen->on_command > 0)
        return fact(SMINI_UNKNOWN, seen->on_command, "the configuration says both \"vstack\" and \"no vstack\"");
    if (seen->off_command > 0)
        return fact(SMINI_NO, seen->off_command, "the configuration says \"no vstack\"");
    if (seen->on_command > 0)
        return fact(SMINI_YES, seen->on_command, "the configuration says \"vstack\"");
    if (seen->doubtful_command > 0)
        return fact(SMINI_UNKNOWN, seen->doubtful_command, "a line about it may or may not be carried out");
    return fact(SMINI_UNKNOWN, 0, "no configuration says so; one is silent where Smart Install is on by default");
}

static struct smini_fact shown_of(const struct seen *seen)
{
    if ((seen->shown_off > 0 && (seen->shown_on > 0 || seen->mode_on > 0)) || (seen->mode_other > 0 && seen->shown_on > 0))
        return fact(SMINI_UNKNOWN, seen->role, "\"show vstack config\" says both");
    if (seen->shown_on > 0)
        return fact(SMINI_YES, seen->shown_on, "\"show vstack config\" says that it is enabled");
    if (seen->shown_off > 0)
        return fact(SMINI_NO, seen->shown_off, "\"show vstack config\" says that it is disabled");
    if (seen->mode_other > 0)
        return fact(SMINI_UNKNOWN, seen->mode_other, "\"show vstack config\" names an operating mode that is not known");
    if (seen->mode_on > 0 && seen->role > 0)
        return fact(SMINI_YES, seen->mode_on, "\"show vstack config\" says that its operating mode is enabled");
    /* Older releases print no status: a client that names its director has it on. */
    if (seen->role > 0 && seen->said_role == SMINI_VSTACK_ROLE_CLIENT && seen->director > 0 && !seen->roles_differ)
        return fact(SMINI_YES, seen->role, "\"show vstack config\" says that the device is a client, and of which director");
    if (seen->role > 0 || seen->mode_on > 0)
        return fact(SMINI_UNKNOWN, seen->role, "\"show vstack config\" does not say whether it is enabled");
    return fact(SMINI_UNKNOWN, 0, "there is no output of \"show vstack config\"");
}

/* "No" needs the whole list: its heading, other ports that listen (else "all" was not asked for), and the prompt behind. */
static struct smini_fact listening_of(const struct seen *seen)
{
    if (seen->listens > 0)
        return fact(SMINI_YES, seen->listens, "something listens at TCP 4786");
    if (seen->heading > 0 && seen->listens_elsewhere > 0 && seen->prompt_behind > seen->listens_elsewhere)
        return fact(SMINI_NO, seen->heading, "other ports are listened at, TCP 4786 is not");
    if (seen->heading > 0)
        return fact(SMINI_UNKNOWN, seen->heading, "the list of ports may not be whole");
    return fact(SMINI_UNKNOWN, 0, "there is no output of \"show tcp brief all\"");
}

static void see_line(struct smini_vstack *vstack, struct seen *seen, const struct smini_ios_line *line)
{
    struct smini_ios_words words;
    if (line->prompted)
        seen->prompt_behind = line->number;
    if (line->role != SMINI_IOS_COMMAND)
        return;
    smini_ios_words_read(&words, line->command);
    see_command(seen, line, &words);
    see_shown(vstack, seen, line);
    see_connection(seen, line, &words);
}

void smini_vstack_read(struct smini_vstack *vstack, struct smini_span text)
{
    struct seen seen = {0};
    struct smini_ios_text reader;
    struct smini_ios_line line;
    memset(vstack, 0, sizeof(*vstack));
    smini_ios_text_begin(&reader, text, SMINI_IOS_CONFIG);
    while (smini_ios_text_next(&reader, &line))
        see_line(vstack, &seen, &line);
    vstack->configured = configured_of(&seen);
    vstack->shown = shown_of(&seen);
    vstack->listening = listening_of(&seen);
    vstack->role = seen.roles_differ ? SMINI_VSTACK_ROLE_UNKNOWN : seen.said_role;
    vstack->role_line = seen.role;
    const struct smini_fact facts[] = {vstack->shown, vstack->listening, vstack->configured};
    vstack->enabled = smini_fact_join(facts, sizeof(facts) / sizeof(facts[0]));
}
