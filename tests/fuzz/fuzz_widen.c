/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The input chooses an expression and bytes. Wherever PCRE2 finds the
 * expression, the wider one has to be found too: by PCRE2 itself, and by the
 * scanner, in one piece and in several.
 */
#include <string.h>

#include "match/regex.h"
#include "match/scan.h"
#include "match/widen.h"
#include "smin/status.h"
#include "tests/fuzz/choices.h"
#include "tests/fuzz/fuzz.h"

const char *const fuzz_seed_folder = NULL;

static const uint8_t letters[] = {'a', 'b', 'c', 'A', 'B', 'a', 'b', 0, '\n', '\r', ' ', '_', '1', 0x85, 0xa0, 1};

static void note(void *user, uint32_t pattern)
{
    (void)pattern;
    *(bool *)user = true;
}

static int32_t find(struct smini_alloc *alloc, const struct smini_regex *regex, struct smini_span bytes)
{
    struct smini_regex_scratch *scratch;
    size_t begin, end;
    FUZZ_CHECK(smini_regex_scratch_new(alloc, 100000, &scratch) == SMIN_OK);
    int32_t status = smini_regex_find(regex, scratch, bytes, 0, 0, &begin, &end);
    smini_regex_scratch_free(scratch);
    return status;
}

static bool scanner_finds(struct smini_alloc *alloc, const char *text, struct smini_span bytes, size_t piece)
{
    struct smini_pattern pattern = {.expression = text};
    struct smini_scanner *scanner;
    struct smini_scan_scratch scratch = {NULL, NULL};
    struct smini_scan_state state = {.alloc = alloc};
    bool found = false;
    FUZZ_CHECK(smini_scanner_new(alloc, &pattern, 1, piece != 0, true, NULL, &scanner) == SMIN_OK);
    FUZZ_CHECK(smini_scan_prepare(scanner, &scratch) == SMIN_OK);
    if (!piece)
        FUZZ_CHECK(smini_scan(scanner, &scratch, bytes, note, &found) == SMIN_OK);
    for (size_t at = 0; piece && at < bytes.length; at += piece)
        FUZZ_CHECK(smini_scan_stream(scanner, &scratch, &state, smini_span_part(bytes, at, piece), note, &found) ==
                   SMIN_OK);
    smini_scan_state_free(&state);
    smini_scan_release(&scratch);
    smini_scanner_free(scanner);
    return found;
}

static void demand(bool holds, const char *what, const struct smini_regex_text *text, const struct smini_wide *wide)
{
    if (holds)
        return;
    fprintf(stderr, "%s: /%s/ with flags %u became %s\n", what, text->expression, text->flags, wide->text);
    abort();
}

/* Does the wide one find everything that this one does? */
static void compare(struct choices *choices, struct smini_alloc *alloc, const struct smini_regex_text *text,
                    const struct smini_wide *wide, const struct smini_regex *regex)
{
    struct smini_regex_text wide_text = {.expression = wide->text, .length = (uint32_t)strlen(wide->text),
                                         .flags = SMINI_PCRE_DOTALL};
    struct smini_regex *wide_regex = NULL;
    char problem[128];
    demand(smini_regex_new(alloc, &wide_text, problem, sizeof(problem), &wide_regex) == SMIN_OK, problem, text, wide);
    bool scanned = false;
    for (unsigned i = 0; i < 12; i++) {
        uint8_t bytes[24];
        size_t length = choose(choices, sizeof(bytes));
        for (size_t k = 0; k < length; k++)
            bytes[k] = letters[choose(choices, sizeof(letters))];
        struct smini_span span = smini_span_make(bytes, length);
        if (find(alloc, regex, span) != SMIN_OK)
            continue;
        /* PCRE2 may find it too much work, the scanner may not */
        demand(find(alloc, wide_regex, span) != SMIN_DONE, "PCRE2 does not find the wider expression", text, wide);
        if (scanned) /* compiling is what takes time */
            continue;
        scanned = true;
        demand(scanner_finds(alloc, wide->text, span, 0), "the scanner does not find it", text, wide);
        demand(scanner_finds(alloc, wide->text, span, 1 + length / 3), "nor in pieces", text, wide);
    }
    smini_regex_free(wide_regex);
}

static void try_one(const uint8_t *data, size_t size)
{
    struct choices choices = {.bytes = data, .left = size};
    struct smini_alloc alloc;
    struct smini_regex *regex = NULL;
    struct smini_wide wide;
    char expression[256];
    char problem[128];
    size_t length = choices_expression(&choices, expression, sizeof(expression));
    struct smini_regex_text text = {.expression = expression, .length = (uint32_t)length,
                                    .flags = choose(&choices, 2) ? choose(&choices, 128) : 0};
    smini_alloc_init(&alloc, 0);
    if (smini_regex_new(&alloc, &text, problem, sizeof(problem), &regex) == SMIN_OK) {
        FUZZ_CHECK(smini_widen(&alloc, &text, &wide) == SMIN_OK);
        if (wide.text)
            compare(&choices, &alloc, &text, &wide, regex);
        smini_wide_free(&alloc, &wide);
    }
    smini_regex_free(regex);
    FUZZ_CHECK(alloc.used == 0);
}

/* A short input goes on with what a generator makes of it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t bytes[512];
    uint64_t state = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        state = (state ^ data[i]) * 0x100000001b3u;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = i < size ? data[i] : (uint8_t)(state >> 33);
    }
    try_one(bytes, sizeof(bytes));
    return 0;
}
