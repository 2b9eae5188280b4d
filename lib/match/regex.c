/* SPDX-License-Identifier: BSD-2-Clause */
/* The only file that knows PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>

#include "match/limits.h"
#include "match/regex.h"
#include "smin/status.h"

/* Where PCRE2's memory comes from. */
struct memory {
    struct smini_alloc *alloc;
    size_t most;    /* bytes in one piece */
    bool too_large; /* more was asked for */
};

struct smini_regex {
    struct smini_alloc *alloc;
    struct memory memory;
    pcre2_code *code;
};

struct smini_regex_scratch {
    struct smini_alloc *alloc;
    struct memory memory;
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

/* PCRE2 frees without telling the size, so it stands in front. */
union size_header {
    size_t size;
    max_align_t align;
};

static void *take(PCRE2_SIZE size, void *user)
{
    struct memory *memory = user;
    memory->too_large |= size > memory->most;
    if (memory->too_large)
        return NULL;
    union size_header *header = smini_alloc_get(memory->alloc, sizeof(*header) + size);
    if (!header)
        return NULL;
    header->size = sizeof(*header) + size;
    return header + 1;
}

static void give(void *given, void *user)
{
    const struct memory *memory = user;
    if (!given)
        return;
    union size_header *header = (union size_header *)given - 1;
    smini_alloc_free(memory->alloc, header, header->size);
}

static uint32_t compile_flags(uint32_t flags)
{
    uint32_t result = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C;
    result |= flags & SMINI_PCRE_CASELESS ? PCRE2_CASELESS : 0;
    result |= flags & SMINI_PCRE_MULTILINE ? PCRE2_MULTILINE : 0;
    result |= flags & SMINI_PCRE_DOTALL ? PCRE2_DOTALL : 0;
    result |= flags & SMINI_PCRE_EXTENDED ? PCRE2_EXTENDED : 0;
    result |= flags & SMINI_PCRE_ANCHORED ? PCRE2_ANCHORED : 0;
    result |= flags & SMINI_PCRE_DOLLAR_ENDONLY ? PCRE2_DOLLAR_ENDONLY : 0;
    result |= flags & SMINI_PCRE_UNGREEDY ? PCRE2_UNGREEDY : 0;
    return result;
}

static int32_t compile(struct smini_regex *regex, const struct smini_regex_text *text, int *error, PCRE2_SIZE *at)
{
    pcre2_general_context *memory = pcre2_general_context_create(take, give, &regex->memory);
    pcre2_compile_context *context = memory ? pcre2_compile_context_create(memory) : NULL;
    *error = PCRE2_ERROR_NOMEMORY;
    if (context) {
        pcre2_set_parens_nest_limit(context, SMINI_MATCH_REGEX_DEPTH);
        regex->code = pcre2_compile((PCRE2_SPTR)text->expression, text->length, compile_flags(text->flags), error, at,
                                    context);
    }
    pcre2_compile_context_free(context);
    pcre2_general_context_free(memory);
    if (regex->code)
        return SMIN_OK;
    /* PCRE2 reports a failed allocation under more than one number. */
    bool no_memory = *error == PCRE2_ERROR_NOMEMORY || *error == PCRE2_ERROR_HEAP_FAILED;
    return no_memory && !regex->memory.too_large ? SMIN_E_NOMEM : SMIN_E_REFUSED;
}

int32_t smini_regex_new(struct smini_alloc *alloc, const struct smini_regex_text *text, char *problem,
                        size_t problem_size, struct smini_regex **made)
{
    PCRE2_UCHAR reason[128] = "";
    PCRE2_SIZE at = 0;
    int error;
    *made = NULL;
    struct smini_regex *regex = smini_alloc_get(alloc, sizeof(*regex));
    if (!regex)
        return SMIN_E_NOMEM;
    regex->alloc = alloc;
    regex->memory = (struct memory){.alloc = alloc, .most = SMINI_MATCH_REGEX_CODE};
    int32_t status = compile(regex, text, &error, &at);
    if (status == SMIN_OK) {
        *made = regex;
        return SMIN_OK;
    }
    if (regex->memory.too_large)
        (void)snprintf(problem, problem_size, "it takes more than %u bytes when compiled; write smaller repeats",
                       SMINI_MATCH_REGEX_CODE);
    else if (pcre2_get_error_message(error, reason, sizeof(reason)) >= 0)
        (void)snprintf(problem, problem_size, "%s, at byte %zu of it", (const char *)reason, (size_t)at);
    smini_regex_free(regex);
    return status;
}

void smini_regex_free(struct smini_regex *regex)
{
    if (!regex)
        return;
    pcre2_code_free(regex->code);
    smini_alloc_free(regex->alloc, regex, sizeof(*regex));
}

int32_t smini_regex_check(struct smini_alloc *alloc, const struct smini_regex_text *text, char *problem,
                          size_t problem_size)
{
    struct smini_regex *regex = NULL;
    int32_t status = smini_regex_new(alloc, text, problem, problem_size, &regex);
    smini_regex_free(regex);
    return status;
}

int32_t smini_regex_scratch_new(struct smini_alloc *alloc, uint32_t steps, struct smini_regex_scratch **made)
{
    *made = NULL;
    struct smini_regex_scratch *scratch = smini_alloc_get(alloc, sizeof(*scratch));
    if (!scratch)
        return SMIN_E_NOMEM;
    scratch->alloc = alloc;
    scratch->memory = (struct memory){.alloc = alloc, .most = SIZE_MAX - sizeof(union size_header)};
    pcre2_general_context *memory = pcre2_general_context_create(take, give, &scratch->memory);
    if (memory) {
        scratch->data = pcre2_match_data_create(1, memory);
        scratch->limits = pcre2_match_context_create(memory);
    }
    pcre2_general_context_free(memory);
    if (!scratch->data || !scratch->limits) {
        smini_regex_scratch_free(scratch);
        return SMIN_E_NOMEM;
    }
    pcre2_set_match_limit(scratch->limits, steps);
    pcre2_set_depth_limit(scratch->limits, steps);
    pcre2_set_heap_limit(scratch->limits, SMINI_MATCH_REGEX_HEAP_KB);
    *made = scratch;
    return SMIN_OK;
}

void smini_regex_scratch_free(struct smini_regex_scratch *scratch)
{
    if (!scratch)
        return;
    pcre2_match_data_free(scratch->data);
    pcre2_match_context_free(scratch->limits);
    smini_alloc_free(scratch->alloc, scratch, sizeof(*scratch));
}

int32_t smini_regex_find(const struct smini_regex *regex, struct smini_regex_scratch *scratch, struct smini_span bytes,
                         size_t from, uint32_t part, size_t *begin, size_t *end)
{
    static const uint8_t nothing[1];
    const uint8_t *subject = bytes.bytes ? bytes.bytes : nothing;
    uint32_t options = (part & SMINI_REGEX_NOT_BEGINNING ? PCRE2_NOTBOL : 0) |
                       (part & SMINI_REGEX_NOT_END ? PCRE2_NOTEOL : 0);
    int result = pcre2_match(regex->code, subject, bytes.length, from, options, scratch->data, scratch->limits);
    if (result == PCRE2_ERROR_NOMATCH)
        return SMIN_DONE;
    if (result < 0)
        return result == PCRE2_ERROR_NOMEMORY ? SMIN_E_NOMEM : SMIN_E_LIMIT;
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(scratch->data);
    *begin = places[0];
    *end = places[1] < places[0] ? places[0] : places[1]; /* \K can put the beginning behind the end */
    return SMIN_OK;
}
