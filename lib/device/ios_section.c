/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_section.h"

#include "device/ios_judge.h"
#include "device/ios_where.h"

/* Lines that open a section; `in` is where they stand, `opens` what their lines are. The longest that fits counts. */
static const struct opener {
    uint32_t in;
    uint32_t opens;
    bool ordered;
    const char *pattern;
} openers[] = {
    {G, I, false, "interface *"},
    {G, L, false, "line vty|console|aux|tty *"},
    {G, L, false, "line * *"},
    {G, R, false, "router *"},
    {G, A, true, "ip access-list *"},
    {G, A, true, "ipv6 access-list *"},
    {G, A, true, "mac access-list *"},
    {G, V, false, "archive ;"},
    {V, V, false, "log config"},
    {G, E, false, "event manager applet *"},
    {G, K, true, "kron policy-list *"},
    {G, K, false, "kron occurrence *"},
    {G, S, false, "tacacs server *"},
    {G, S, false, "radius server *"},
    {G, S, false, "ldap server *"},
    {G, S, false, "aaa group server *"},
    {G, S, false, "aaa server radius *"},
    {G, Y, false, "key chain *"},
    {Y, Y, false, "key * ;"},
    {G, C, false, "crypto isakmp policy|profile|client *"},
    {G, C, false, "crypto keyring|map *"},
    {G, C, false, "crypto ikev2|ipsec|pki|ca|gdoi * *"},
    {G, O, false, "crypto key pubkey-chain"},
    {G, M, false, "monitor session * type"},
    {G, O, false, "ip ssh pubkey-chain"},
    {G, O, true, "route-map *"},
    {G, O, true, "policy-map *"},
    {G, O, false, "class-map *"},
    {G, O, false, "vlan *"},
    {G, O, false, "vrf definition *"},
    {G, O, false, "ip vrf *"},
    {G, O, false, "ip dhcp pool *"},
    {G, O, false, "ip sla *"},
    {G, O, false, "object-group *"},
    {G, O, false, "template *"},
    {G, O, false, "control-plane"},
    {G, O, false, "dot11 ssid *"},
    {G, O, false, "vpdn-group *"},
    {G, O, false, "flow exporter|record|monitor *"},
    {G, O, false, "parser view *"},
    {G, O, false, "controller *"},
    {G, O, false, "voice *"},
    {G, O, false, "redundancy ;"},
    {G, O, false, "call-home ;"},
};

static const struct opener *opener_of(const struct smini_ios_words *words, uint32_t mode, uint64_t *work)
{
    const struct opener *best = NULL;
    uint32_t literals = 0;
    for (size_t i = 0; words->count > 0 && i < sizeof(openers) / sizeof(openers[0]); i++) {
        struct smini_ios_match match;
        if (!(openers[i].in & mode) || smini_ios_first_letter(words->word[0]) != (uint8_t)openers[i].pattern[0] ||
            !smini_ios_form_match(openers[i].pattern, words, &match))
            continue;
        *work += match.work;
        if (match.literals > literals && smini_ios_form_certainty(&match, words, mode) != SMINI_IOS_OTHERWISE) {
            best = &openers[i];
            literals = match.literals;
        }
    }
    return best;
}

/* Whether a section knows the words; the device asks it first, and only then whether they are a global command. */
static bool is_of_mode(uint32_t mode, const struct smini_ios_words *words)
{
    struct smini_span first = words->word[0];
    bool global = smini_ios_keyword_known(G, first);
    if (!smini_ios_keyword_known(mode, first) || !global)
        return !global;
    struct smini_span second = words->count > 1 ? words->word[1] : smini_span_make(NULL, 0);
    enum smini_ios_listing here = smini_ios_second_keyword(mode, first, second);
    enum smini_ios_listing there = smini_ios_second_keyword(G, first, second);
    if (here != SMINI_IOS_NO_LIST)
        return second.length == 0 || here == SMINI_IOS_LISTED_WHOLE ||
               (here == SMINI_IOS_LISTED && there != SMINI_IOS_LISTED_WHOLE);
    return there != SMINI_IOS_LISTED && there != SMINI_IOS_LISTED_WHOLE;
}

/* A line without indentation below a section that has had none with it: somebody typed the configuration. */
static bool belongs_to_open(const struct smini_ios_text *reader, const struct smini_ios_words *words)
{
    return reader->open.number != 0 && !reader->open_indented && words->count > 0 &&
           is_of_mode(reader->open.modes, words);
}

static void push(struct smini_ios_text *reader, struct smini_ios_section section)
{
    if (reader->depth < SMINI_IOS_DEPTH_MOST)
        reader->stack[reader->depth++] = section;
}

static bool is_leave(const struct smini_ios_words *words)
{
    return words->count == 1 && (smini_ios_word_is(words->word[0], "exit") || smini_ios_word_is(words->word[0], "end"));
}

static uint32_t enter_flat(struct smini_ios_text *reader, struct smini_ios_line *line, const struct smini_ios_words *words)
{
    if (is_leave(words)) {
        reader->open.number = 0;
        return G;
    }
    bool inside = belongs_to_open(reader, words);
    uint32_t mode = inside ? reader->open.modes : G;
    const struct opener *opener = line->negated ? NULL : opener_of(words, mode, &reader->work);
    struct smini_ios_section section = {.number = line->number, .modes = opener ? opener->opens : O};
    if (inside) {
        line->parent = reader->open.number;
        line->depth = 1;
        /* A section inside a section, typed without indentation: its lines count as those of the outer one. */
        if (opener)
            reader->open.modes = opener->opens;
        section.modes = mode;
    } else {
        reader->open = section;
        reader->open_indented = false;
        if (!opener)
            reader->open.number = 0;
    }
    push(reader, section);
    return mode;
}

/* Indentation says nothing to the device: what the section does not know is a global command there too. */
static struct smini_ios_place enter_indented(struct smini_ios_text *reader, struct smini_ios_line *line, size_t indent,
                                             const struct smini_ios_words *words)
{
    struct smini_ios_place place = {.mode = SMINI_IOS_IN_UNKNOWN};
    reader->open_indented = true;
    if (reader->depth > 0) {
        const struct smini_ios_section *parent = &reader->stack[reader->depth - 1];
        line->parent = parent->number;
        line->depth = reader->depth;
        place.mode = parent->modes;
        place.doubtful = words->count > 0 && is_of_mode(place.mode, words) ? 0 : G;
    }
    const struct opener *opener = line->negated ? NULL : opener_of(words, place.mode, &reader->work);
    struct smini_ios_section section = {.indent = indent, .number = line->number,
                                        .modes = opener ? opener->opens : place.mode};
    push(reader, section);
    return place;
}

struct smini_ios_place smini_ios_section_enter(struct smini_ios_text *reader, struct smini_ios_line *line, size_t indent)
{
    struct smini_ios_words words;
    smini_ios_words_read(&words, smini_ios_without_no(line->command, &line->negated));
    reader->work += line->command.length;
    while (reader->depth > 0 && reader->stack[reader->depth - 1].indent >= indent)
        reader->depth--;
    if (indent > 0)
        return enter_indented(reader, line, indent, &words);
    struct smini_ios_place place = {.mode = enter_flat(reader, line, &words), .others = G, .doubtful = X};
    return place;
}

void smini_ios_section_break(struct smini_ios_text *reader)
{
    reader->depth = 0;
}

bool smini_ios_is_ordered(const struct smini_ios_line *line)
{
    struct smini_ios_words words;
    uint64_t work = 0;
    smini_ios_words_read(&words, line->command);
    const struct opener *opener = line->negated || line->depth > 0 ? NULL : opener_of(&words, G, &work);
    return opener && opener->ordered;
}
