/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/ios_judge.h"

#include "device/ios_secret.h"

enum { COMMANDS_INSIDE_MOST = 3 /* commands inside commands: "alias exec x do ..." */ };

/* A row that fits, and how well. */
struct candidate {
    const struct smini_ios_form *form;
    enum smini_ios_certainty first;     /* of its first keyword, and its place */
    enum smini_ios_certainty certainty; /* of all of it */
    bool own; /* of the line's own section */
    bool off; /* written for lines with "no" in front */
    uint32_t literals;
    uint32_t command_word;
};

struct judgement {
    struct smini_ios_line *line;
    struct smini_ios_words words;
    struct smini_ios_place place;
    bool negated;
    uint32_t clear_literals; /* of the row that says: no secret here; 0: none does */
    bool has_secret;
    uint32_t aside_word; /* a command inside, by a row that fits but is not the best; 0: none */
    bool first_is_whole; /* the first word is a whole keyword */
    struct candidate best;
    uint64_t marks;
    uint64_t *work;
};

struct smini_span smini_ios_without_no(struct smini_span command, bool *negated)
{
    size_t at = 0;
    while (at < command.length && !smini_ios_separates(command, at))
        at++;
    struct smini_span word = smini_span_part(command, 0, at);
    *negated = smini_ios_word_is(word, "no") || (word.length >= 3 && smini_ios_fit(word, "default", 7) != SMINI_IOS_FIT_NOT);
    if (!*negated)
        return command;
    while (at < command.length && smini_ios_separates(command, at))
        at++;
    return smini_span_part(command, at, command.length);
}

/* The mode in which a row is read; 0: it does not stand here. */
static uint32_t mode_of(const struct judgement *judgement, const struct smini_ios_form *form)
{
    const struct smini_ios_place *place = &judgement->place;
    uint32_t fitting = form->modes & place->mode;
    if (place->mode == SMINI_IOS_IN_UNKNOWN)
        return SMINI_IOS_IN_UNKNOWN;
    if (fitting == 0)
        fitting = form->modes & place->others;
    if (fitting == 0)
        fitting = form->modes & place->doubtful;
    return fitting & (~fitting + 1);
}

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (!b->form || a->first != b->first)
        return !b->form || a->first < b->first;
    if (a->own != b->own)
        return a->own;
    if (a->off != b->off)
        return a->off;
    if (a->literals != b->literals)
        return a->literals > b->literals;
    return a->form->weight > b->form->weight;
}

static void add_secrets(struct judgement *judgement, const struct smini_ios_match *match)
{
    const struct smini_ios_words *words = &judgement->words;
    const uint8_t *limit = words->word[words->count - 1].bytes + words->word[words->count - 1].length;
    for (uint32_t i = 0; i < match->span_count; i++) {
        uint32_t to = match->spans[i].to > words->count ? words->count : match->spans[i].to;
        const uint8_t *begin = words->word[match->spans[i].from].bytes;
        const uint8_t *end = words->word[to - 1].bytes + words->word[to - 1].length;
        /* What a control character cuts off is no other word. */
        while (end < limit && *end != ' ' && *end != '\t')
            end++;
        smini_ios_secret_add(judgement->line, smini_span_make(begin, (size_t)(end - begin)));
        judgement->has_secret = true;
    }
}

static bool is_spelt_out(const struct judgement *judgement, const struct smini_ios_match *match)
{
    for (uint32_t i = 0; i < match->literals; i++) {
        struct smini_span keyword = match->literal_text[i];
        if (smini_ios_fit(judgement->words.word[match->literal_word[i]], (const char *)keyword.bytes, keyword.length) !=
            SMINI_IOS_FIT_EXACT)
            return false;
    }
    return true;
}

/* A row that says "no secret here" is believed only in its own section, and spelt as a device prints it. */
static void try_clear(struct judgement *judgement, const struct smini_ios_form *form)
{
    struct smini_ios_match match;
    if (form->sign != SMINI_IOS_CLEAR || !(form->modes & judgement->place.mode) ||
        !smini_ios_form_match(form->pattern, &judgement->words, &match))
        return;
    *judgement->work += match.work;
    if (match.literals > judgement->clear_literals && is_spelt_out(judgement, &match))
        judgement->clear_literals = match.literals;
}

/* A whole keyword is no abbreviation of a longer one: "do" is not "domain-password". */
static bool is_first(const struct judgement *judgement, struct smini_span keyword)
{
    return keyword.bytes[keyword.length - 1] == '%' ||
           smini_ios_fit(judgement->words.word[0], (const char *)keyword.bytes, keyword.length) == SMINI_IOS_FIT_EXACT;
}

static void try_form(struct judgement *judgement, const struct smini_ios_form *form)
{
    struct smini_ios_match match;
    if (form->sign == SMINI_IOS_CLEAR || (form->sign == SMINI_IOS_OFF && !judgement->negated))
        return;
    bool fits = smini_ios_form_match(form->pattern, &judgement->words, &match);
    *judgement->work += match.work;
    if (!fits || (judgement->first_is_whole && !is_first(judgement, match.literal_text[0])))
        return;
    if (match.span_count > 0 && match.literals <= judgement->clear_literals)
        return;
    add_secrets(judgement, &match);
    if (match.command_word > 0)
        judgement->aside_word = match.command_word;
    uint32_t mode = mode_of(judgement, form);
    if (mode == 0)
        return;
    /* Which keywords stand beside each other is listed by section; a row for several is read as one of the first. */
    uint32_t listed = mode == SMINI_IOS_IN_UNKNOWN ? form->modes & (~form->modes + 1) : mode;
    bool in_doubt = !(mode & (judgement->place.mode | judgement->place.others));
    struct candidate candidate = {.form = form,
                                  .first = in_doubt ? SMINI_IOS_UNCERTAIN : SMINI_IOS_CERTAIN,
                                  .certainty = smini_ios_form_certainty(&match, &judgement->words, listed),
                                  .own = (mode & judgement->place.mode) != 0,
                                  .off = form->sign == SMINI_IOS_OFF,
                                  .literals = match.literals,
                                  .command_word = match.command_word};
    match.literals = 1;
    if (smini_ios_form_certainty(&match, &judgement->words, listed) != SMINI_IOS_CERTAIN)
        candidate.first = SMINI_IOS_UNCERTAIN;
    if (candidate.certainty == SMINI_IOS_CERTAIN)
        candidate.certainty = candidate.first;
    if (candidate.certainty == SMINI_IOS_OTHERWISE || form->weight == SMINI_IOS_PLAIN)
        return;
    judgement->marks |= UINT64_C(1) << form->class;
    if (is_better(&candidate, &judgement->best))
        judgement->best = candidate;
}

static void judge_words(struct judgement *judgement)
{
    const struct smini_ios_words *words = &judgement->words;
    if (words->count == 0)
        return;
    uint32_t count;
    const struct smini_ios_form *forms = smini_ios_forms_of(smini_ios_first_letter(words->word[0]), &count);
    judgement->first_is_whole = smini_ios_is_keyword(words->word[0]);
    for (uint32_t i = 0; i < count; i++)
        try_clear(judgement, &forms[i]);
    for (uint32_t i = 0; i < count; i++)
        try_form(judgement, &forms[i]);
    if (!judgement->has_secret && judgement->clear_literals == 0 && judgement->best.command_word == 0)
        smini_ios_secret_named(judgement->line, words);
}

static void say(struct judgement *judgement)
{
    static const char *const off_texts[] = {
#define SMINI_IOS_CLASS(constant, name, what, off) off,
#include "device/ios_class.def"
#undef SMINI_IOS_CLASS
    };
    const struct candidate *best = &judgement->best;
    struct smini_ios_line *line = judgement->line;
    if (!best->form)
        return;
    bool taken_away = judgement->negated && best->form->sign != SMINI_IOS_OFF;
    line->class = best->form->class;
    line->weight = taken_away ? SMINI_IOS_NOTE : best->form->weight;
    line->reason = taken_away ? off_texts[best->form->class] : best->form->reason;
    line->marks |= judgement->marks;
    line->might_be |= best->certainty != SMINI_IOS_CERTAIN;
}

/* Entries of access lists may have their number in front. */
static struct smini_span without_sequence(struct smini_span command)
{
    size_t at = 0;
    while (at < command.length && command.bytes[at] >= '0' && command.bytes[at] <= '9')
        at++;
    if (at == 0 || at == command.length || !smini_ios_separates(command, at))
        return command;
    return smini_span_part(command, at, command.length - at);
}

static struct smini_span without_quotes(struct smini_span command)
{
    if (command.length > 0 && (command.bytes[0] == '"' || command.bytes[0] == '{'))
        command = smini_span_part(command, 1, command.length);
    while (command.length > 0 && (command.bytes[command.length - 1] == '"' || command.bytes[command.length - 1] == '}'))
        command.length--;
    return command;
}

/* A command inside another; when it is not certain to be one, only its secrets count. */
struct inside {
    struct smini_span command;
    bool aside;
};

static struct inside judge_one(struct smini_ios_line *line, struct smini_span command, struct smini_ios_place place,
                               uint64_t *work)
{
    struct judgement judgement = {.line = line, .place = place, .work = work};
    struct smini_span bare = smini_ios_without_no(command, &judgement.negated);
    *work += command.length;
    line->negated = judgement.negated;
    if (place.mode == SMINI_IOS_IN_ACL)
        bare = without_sequence(bare);
    smini_ios_words_read(&judgement.words, bare);
    judge_words(&judgement);
    smini_ios_secret_add(line, judgement.words.rest);
    say(&judgement);
    uint32_t word = judgement.best.command_word > 0 ? judgement.best.command_word : judgement.aside_word;
    struct inside inside = {.aside = judgement.best.command_word == 0};
    if (word == 0)
        return inside;
    const uint8_t *begin = judgement.words.word[word].bytes;
    inside.command = without_quotes(smini_span_make(begin, (size_t)(bare.bytes + bare.length - begin)));
    return inside;
}

/* What a command inside another means is added to what the outer one means; "do" means nothing else. */
static void add_inner(struct smini_ios_line *line, const struct smini_ios_line *outer)
{
    struct smini_ios_line inner = *line;
    bool bare = outer->class == SMINI_IOS_CLASS_COMMAND && outer->weight == SMINI_IOS_NOTE;
    if (inner.class == SMINI_IOS_CLASS_NONE || !bare) {
        line->class = outer->class;
        line->reason = outer->reason;
        line->also = inner.class == SMINI_IOS_CLASS_NONE ? outer->also : inner.reason;
    }
    line->negated = outer->negated;
    line->weight = inner.weight > outer->weight ? inner.weight : outer->weight;
}

static void keep_secrets(struct smini_ios_line *line, const struct smini_ios_line *from)
{
    line->secret_count = from->secret_count;
    memcpy(line->secrets, from->secrets, sizeof(line->secrets));
}

void smini_ios_judge(struct smini_ios_line *line, struct smini_span command, struct smini_ios_place place,
                     uint64_t *work)
{
    /* Which section a script is in by then is not known. */
    const struct smini_ios_place inner = {.mode = SMINI_IOS_IN_GLOBAL, .others = SMINI_IOS_AT_PROMPT | SMINI_IOS_IN_ANY};
    smini_ios_secret_shapes(line);
    struct inside inside = judge_one(line, command, place, work);
    for (uint32_t depth = 0; depth < COMMANDS_INSIDE_MOST && inside.command.length > 0; depth++) {
        struct smini_ios_line outer = *line;
        bool aside = inside.aside;
        line->class = SMINI_IOS_CLASS_NONE;
        line->weight = SMINI_IOS_PLAIN;
        inside = judge_one(line, inside.command, inner, work);
        if (aside) {
            keep_secrets(&outer, line);
            *line = outer;
            inside.aside = true;
        } else {
            add_inner(line, &outer);
        }
    }
    /* Deeper than anybody needs: not read, and not shown. */
    smini_ios_secret_add(line, inside.command);
}

void smini_ios_judge_text(struct smini_ios_line *line, struct smini_span text, uint64_t *work)
{
    struct smini_ios_line aside = *line;
    const struct smini_ios_place anywhere = {.mode = SMINI_IOS_IN_UNKNOWN};
    smini_ios_judge(&aside, text, anywhere, work);
    keep_secrets(line, &aside);
}
