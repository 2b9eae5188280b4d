/* SPDX-License-Identifier: BSD-2-Clause */
/* The only file that knows PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>

#include "match/limits.h"
#include "match/regex.h"
#include "smin/status.h"

struct smini_regex {
    struct smini_alloc *alloc;
    pcre2_code *code;
};

struct smini_regex_scratch {
    struct smini_alloc *alloc;
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
    if (size > SIZE_MAX - sizeof(union size_header))
        return NULL;
    union size_header *header = smini_alloc_get(user, sizeof(*header) + size);
    if (!header)
        return NULL;
    header->size = sizeof(*header) + size;
    return header + 1;
}

static void give(void *memory, void *user)
{
    if (!memory)
        return;
    union size_header *header = (union size_header *)memory - 1;
    smini_alloc_free(user, header, header->size);
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

int32_t smini_regex_new(struct smini_alloc *alloc, const struct smini_regex_text *text, char *problem,
                        size_t problem_size, struct smini_regex **made)
{
    *made = NULL;
    struct smini_regex *regex = smini_alloc_get(alloc, sizeof(*regex));
    pcre2_general_context *memory = regex ? pcre2_general_context_create(take, give, alloc) : NULL;
    pcre2_compile_context *context = memory ? pcre2_compile_context_create(memory) : NULL;
    int error = PCRE2_ERROR_NOMEMORY;
    PCRE2_SIZE at = 0;
    if (regex)
        regex->alloc = alloc;
    if (context)
        regex->code = pcre2_compile((PCRE2_SPTR)text->expression, text->length, compile_flags(text->flags), &error,
                                    &at, context);
    bool compiled = regex && regex->code;
    pcre2_compile_context_free(context);
    pcre2_general_context_free(memory);
    if (compiled) {
        *made = regex;
        return SMIN_OK;
    }
    smini_regex_free(regex);
    /* PCRE2 reports a failed allocation under more than one number. */
    if (!context || error == PCRE2_ERROR_NOMEMORY || error == PCRE2_ERROR_HEAP_FAILED)
        return SMIN_E_NOMEM;
    PCRE2_UCHAR reason[128] = "";
    (void)pcre2_get_error_message(error, reason, sizeof(reason));
    (void)snprintf(problem, problem_size, "%s, at byte %zu of it", (const char *)reason, (size_t)at);
    return SMIN_E_REFUSED;
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
    pcre2_general_context *memory = pcre2_general_context_create(take, give, alloc);
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
                         size_t from, bool not_beginning, size_t *begin, size_t *end)
{
    static const uint8_t nothing[1];
    const uint8_t *subject = bytes.bytes ? bytes.bytes : nothing;
    int result = pcre2_match(regex->code, subject, bytes.length, from, not_beginning ? PCRE2_NOTBOL : 0,
                             scratch->data, scratch->limits);
    if (result == PCRE2_ERROR_NOMATCH)
        return SMIN_DONE;
    if (result < 0)
        return result == PCRE2_ERROR_NOMEMORY ? SMIN_E_NOMEM : SMIN_E_LIMIT;
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(scratch->data);
    *begin = places[0];
    *end = places[1] < places[0] ? places[0] : places[1]; /* \K can put the beginning behind the end */
    return SMIN_OK;
}
