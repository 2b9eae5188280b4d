/* SPDX-License-Identifier: BSD-2-Clause */
/* memmem */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <string.h>

#include "match/scan_slow.h"

#include "rule/limits.h"
#include "smin/status.h"

static bool equal_lower(const uint8_t *bytes, const uint8_t *lower, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (smini_ascii_lower(bytes[i]) != lower[i])
            return false;
    return true;
}

size_t smini_literal_find(const struct smini_literal *literal, struct smini_span bytes, size_t from)
{
    size_t length = literal->bytes.length;
    if (from > bytes.length || bytes.length - from < length)
        return bytes.length;
    if (!literal->nocase) {
        const uint8_t *hit = memmem(bytes.bytes + from, bytes.length - from, literal->bytes.bytes, length);
        return hit ? (size_t)(hit - bytes.bytes) : bytes.length;
    }
    for (size_t at = from; at <= bytes.length - length; at++)
        if (equal_lower(bytes.bytes + at, literal->bytes.bytes, length))
            return at;
    return bytes.length;
}

void smini_scan_slow_block(const struct smini_scanner *scanner, struct smini_span bytes, smini_scan_hit *hit,
                           void *user)
{
    for (uint32_t i = 0; i < scanner->count; i++)
        if (bytes.length && !scanner->patterns[i].everywhere &&
            smini_literal_find(&scanner->patterns[i].literal, bytes, 0) < bytes.length)
            hit(user, i);
}

/* A literal that begins in the kept tail and ends in the new bytes. */
static bool crosses(const struct smini_literal *literal, struct smini_span tail, struct smini_span bytes)
{
    uint8_t joined[2 * SMINI_RULE_CONTENT_MAX];
    size_t keep = literal->bytes.length - 1;
    size_t before = tail.length < keep ? tail.length : keep;
    size_t after = bytes.length < keep ? bytes.length : keep;
    if (before + after > sizeof(joined) || before == 0 || after == 0)
        return false;
    memcpy(joined, tail.bytes + tail.length - before, before);
    memcpy(joined + before, bytes.bytes, after);
    return smini_literal_find(literal, smini_span_make(joined, before + after), 0) < before + after;
}

/* Keeps the last bytes that a literal could begin in. */
static int32_t keep_tail(const struct smini_scanner *scanner, struct smini_scan_state *state, struct smini_span bytes)
{
    size_t most = scanner->longest > 1 ? scanner->longest - 1 : 1;
    if (state->capacity < most) {
        void *grown = smini_alloc_grow(state->alloc, state->bytes, state->capacity, most);
        if (!grown)
            return SMIN_E_NOMEM;
        state->bytes = grown;
        state->capacity = most;
    }
    if (bytes.length >= most) {
        memcpy(state->bytes, bytes.bytes + bytes.length - most, most);
        state->used = most;
        return SMIN_OK;
    }
    size_t old = state->used < most - bytes.length ? state->used : most - bytes.length;
    memmove(state->bytes, state->bytes + state->used - old, old);
    memcpy(state->bytes + old, bytes.bytes, bytes.length);
    state->used = old + bytes.length;
    return SMIN_OK;
}

int32_t smini_scan_slow_stream(const struct smini_scanner *scanner, struct smini_scan_state *state,
                               struct smini_span bytes, smini_scan_hit *hit, void *user)
{
    struct smini_span tail = smini_span_make(state->bytes, state->used);
    if (bytes.length == 0)
        return SMIN_OK;
    for (uint32_t i = 0; i < scanner->count; i++) {
        const struct smini_literal *literal = &scanner->patterns[i].literal;
        if (!scanner->patterns[i].everywhere &&
            (smini_literal_find(literal, bytes, 0) < bytes.length || crosses(literal, tail, bytes)))
            hit(user, i);
    }
    return keep_tail(scanner, state, bytes);
}
