/* SPDX-License-Identifier: BSD-2-Clause */
/* The only file that knows Hyperscan's run time. */
#include <hs_runtime.h>

#include "match/scan_hs.h"
#include "smin/status.h"

struct listener {
    smini_scan_hit *hit;
    void *user;
};

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    const struct listener *listener = context;
    (void)from;
    (void)to;
    (void)flags;
    listener->hit(listener->user, id);
    return 0;
}

static int32_t status_of(hs_error_t result)
{
    if (result == HS_SUCCESS)
        return SMIN_OK;
    return result == HS_NOMEM ? SMIN_E_NOMEM : SMIN_E_INTERNAL;
}

bool smini_scan_hs_runs_here(void)
{
    return hs_valid_platform() == HS_SUCCESS;
}

const char *smini_scan_hs_version(void)
{
    return hs_version();
}

int32_t smini_scan_hs_prepare(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch)
{
    hs_scratch_t *grown = scratch->fast;
    int32_t status = status_of(hs_alloc_scratch(scanner->fast, &grown));
    scratch->fast = grown;
    if (status == SMIN_OK && scanner->streaming && !scratch->stream) {
        hs_stream_t *stream = NULL;
        status = status_of(hs_open_stream(scanner->fast, 0, &stream));
        scratch->stream = stream;
    }
    return status;
}

void smini_scan_hs_release(struct smini_scan_scratch *scratch)
{
    if (scratch->stream)
        hs_close_stream(scratch->stream, NULL, NULL, NULL);
    hs_free_scratch(scratch->fast);
    scratch->stream = scratch->fast = NULL;
}

int32_t smini_scan_hs_block(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch,
                            struct smini_span bytes, smini_scan_hit *hit, void *user)
{
    struct listener listener = {.hit = hit, .user = user};
    return status_of(hs_scan(scanner->fast, (const char *)bytes.bytes, (unsigned)bytes.length, 0, scratch->fast,
                             on_match, &listener));
}

/* Puts the thread's stream back to where this flow's direction stood. */
static hs_error_t restore(struct smini_scan_scratch *scratch, const struct smini_scan_state *state)
{
    if (state->used == 0)
        return hs_reset_stream(scratch->stream, 0, scratch->fast, NULL, NULL);
    return hs_reset_and_expand_stream(scratch->stream, (const char *)state->bytes, state->used, scratch->fast, NULL,
                                      NULL);
}

/* Between two pieces a direction keeps Hyperscan's state compressed, in memory of our own: about 20 bytes. */
static int32_t store(struct smini_scan_scratch *scratch, struct smini_scan_state *state)
{
    hs_error_t result = hs_compress_stream(scratch->stream, (char *)state->bytes, state->capacity, &state->used);
    if (result == HS_INSUFFICIENT_SPACE) {
        size_t wanted = state->used + 32;
        void *grown = smini_alloc_grow(state->alloc, state->bytes, state->capacity, wanted);
        state->used = 0;
        if (!grown)
            return SMIN_E_NOMEM;
        state->bytes = grown;
        state->capacity = wanted;
        result = hs_compress_stream(scratch->stream, (char *)state->bytes, state->capacity, &state->used);
    }
    return status_of(result);
}

int32_t smini_scan_hs_stream(const struct smini_scanner *scanner, struct smini_scan_scratch *scratch,
                             struct smini_scan_state *state, struct smini_span bytes, smini_scan_hit *hit, void *user)
{
    struct listener listener = {.hit = hit, .user = user};
    (void)scanner;
    hs_error_t result = restore(scratch, state);
    if (result == HS_SUCCESS)
        result = hs_scan_stream(scratch->stream, (const char *)bytes.bytes, (unsigned)bytes.length, 0, scratch->fast,
                                on_match, &listener);
    return result == HS_SUCCESS ? store(scratch, state) : status_of(result);
}
