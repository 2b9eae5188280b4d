/* SPDX-License-Identifier: BSD-2-Clause */
/* Generated rules with bits against a model that sorts, looks and sets in the plainest way. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/unit/match/match_run.h"

enum { RULES = 12, STEPS = 3, NAMES = 4, MESSAGES = 60, ROUNDS = 150 };

enum command { COMMAND_ISSET, COMMAND_ISNOTSET, COMMAND_SET, COMMAND_UNSET, COMMAND_TOGGLE, COMMANDS };

static const char *const words[COMMANDS] = {"isset", "isnotset", "set", "unset", "toggle"};

struct model_rule {
    unsigned sid, priority;
    char letter; /* the content, or 0 */
    bool noalert;
    unsigned steps;
    struct {
        enum command command;
        unsigned name;
    } step[STEPS];
};

static unsigned draw(uint32_t *state, unsigned below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % below;
}

/* No rule asks for a bit both set and not set, which would be refused. */
static void add_step(struct model_rule *rule, enum command command, unsigned name)
{
    for (unsigned i = 0; i < rule->steps; i++)
        if (rule->step[i].name == name && rule->step[i].command <= COMMAND_ISNOTSET && command <= COMMAND_ISNOTSET)
            return;
    rule->step[rule->steps].command = command;
    rule->step[rule->steps].name = name;
    rule->steps++;
}

static void make_rules(uint32_t *seed, struct model_rule *rules, char *text, size_t room)
{
    size_t at = 0;
    for (unsigned i = 0; i < RULES; i++) {
        struct model_rule *rule = &rules[i];
        *rule = (struct model_rule){.sid = (i * 7) % RULES + 1, .priority = 1 + draw(seed, 3),
                                    .noalert = draw(seed, 6) == 0};
        rule->letter = draw(seed, 4) ? (char)('a' + draw(seed, 4)) : 0;
        for (unsigned k = draw(seed, STEPS + 1); k > 0; k--)
            add_step(rule, (enum command)draw(seed, COMMANDS), draw(seed, NAMES));
        at += (size_t)snprintf(text + at, room - at, "alert smin any any -> any any (priority:%u; sid:%u;%s",
                               rule->priority, rule->sid, rule->noalert ? " noalert;" : "");
        if (rule->letter)
            at += (size_t)snprintf(text + at, room - at, " content:\"%c\";", rule->letter);
        for (unsigned k = 0; k < rule->steps; k++)
            at += (size_t)snprintf(text + at, room - at, " flowbits:%s,bit%u;", words[rule->step[k].command],
                                   rule->step[k].name);
        at += (size_t)snprintf(text + at, room - at, ")\n");
    }
}

/* Writers, then those that also test, then those that only test, then the rest. */
static unsigned rank(const struct model_rule *rule)
{
    bool tests = false, writes = false;
    for (unsigned i = 0; i < rule->steps; i++) {
        tests |= rule->step[i].command <= COMMAND_ISNOTSET;
        writes |= rule->step[i].command > COMMAND_ISNOTSET;
    }
    return writes && !tests ? 0 : writes ? 1 : tests ? 2 : 3;
}

static bool goes_before(const struct model_rule *one, const struct model_rule *other)
{
    if (rank(one) != rank(other))
        return rank(one) < rank(other);
    if (one->priority != other->priority)
        return one->priority < other->priority;
    return one->sid < other->sid;
}

static bool matches(const struct model_rule *rule, const char *bytes, const bool *bits)
{
    if (rule->letter && !strchr(bytes, rule->letter))
        return false;
    for (unsigned i = 0; i < rule->steps; i++) {
        enum command command = rule->step[i].command;
        bool set = bits[rule->step[i].name];
        if ((command == COMMAND_ISSET && !set) || (command == COMMAND_ISNOTSET && set))
            return false;
    }
    return true;
}

static void change(const struct model_rule *rule, bool *bits)
{
    for (unsigned i = 0; i < rule->steps; i++) {
        bool *bit = &bits[rule->step[i].name];
        if (rule->step[i].command == COMMAND_SET)
            *bit = true;
        else if (rule->step[i].command == COMMAND_UNSET)
            *bit = false;
        else if (rule->step[i].command == COMMAND_TOGGLE)
            *bit = !*bit;
    }
}

/* Judges every rule once, the first of those that are left each time. */
static void model(const struct model_rule *rules, const char *bytes, bool *bits, char *hits, size_t room)
{
    bool judged[RULES] = {false}, hit[RULES] = {false};
    for (unsigned round = 0; round < RULES; round++) {
        unsigned next = RULES;
        for (unsigned i = 0; i < RULES; i++)
            if (!judged[i] && (next == RULES || goes_before(&rules[i], &rules[next])))
                next = i;
        judged[next] = true;
        hit[next] = matches(&rules[next], bytes, bits);
        if (hit[next])
            change(&rules[next], bits);
    }
    size_t at = 0;
    hits[0] = 0;
    for (unsigned i = 0; i < RULES; i++)
        if (hit[i] && !rules[i].noalert)
            at += (size_t)snprintf(hits + at, room - at, "%s%u", at ? " " : "", rules[i].sid);
}

static void compare(uint32_t seed, enum smini_scanner_choice choice)
{
    struct match_run run;
    struct model_rule rules[RULES];
    static char text[4000];
    char bytes[4], expected[128];
    bool bits[NAMES] = {false};
    make_rules(&seed, rules, text, sizeof(text));
    match_run_open(&run, text, choice, NULL);
    for (unsigned i = 0; i < MESSAGES; i++) {
        if (draw(&seed, 15) == 0) {
            match_run_next_flow(&run);
            memset(bits, 0, sizeof(bits));
        }
        if (draw(&seed, 3) == 0)
            match_run_turn(&run);
        unsigned length = 1 + draw(&seed, sizeof(bytes) - 1);
        for (unsigned k = 0; k < length; k++)
            bytes[k] = (char)('a' + draw(&seed, 5));
        bytes[length] = 0;
        model(rules, bytes, bits, expected, sizeof(expected));
        cr_assert(strcmp(match_run_bytes(&run, bytes, length), expected) == 0, "message %u \"%s\": %s, not %s\n%s", i,
                  bytes, run.hits, expected, text);
    }
    match_run_close(&run);
}

Test(state_model, generated_rules_alert_as_the_model_says)
{
    for (uint32_t round = 0; round < ROUNDS; round++)
        compare(round, round % 3 ? SMINI_SCANNER_PLAIN : SMINI_SCANNER_BEST);
}
