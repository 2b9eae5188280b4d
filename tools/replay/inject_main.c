/* SPDX-License-Identifier: BSD-2-Clause */
/* --inject from options to exit status. */
#include <inttypes.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "inject.h"
#include "replay/sandbox.h"

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void report_left_out(const struct smini_injection *injection, FILE *out)
{
    static const char *const reasons[SMINI_LEFT_REASONS] = {
        [SMINI_LEFT_CUT] = "not whole in the capture",
        [SMINI_LEFT_SHORT] = "shorter than an Ethernet header",
        [SMINI_LEFT_LINK] = "of a link type that an Ethernet does not carry",
    };
    for (int reason = SMINI_LEFT_NOTHING + 1; reason < SMINI_LEFT_REASONS; reason++) {
        if (injection->left_out[reason] == 0)
            continue;
        fprintf(out, "  not sent: %" PRIu64 " packet%s ", injection->left_out[reason],
                plural(injection->left_out[reason]));
        if (reasons[reason])
            fprintf(out, "%s\n", reasons[reason]);
        else
            fprintf(out, "longer than the MTU of %s, %" PRIu32 " bytes\n", injection->wire->name, injection->wire->mtu);
    }
}

void smini_inject_report(const struct smini_injection *injection, FILE *out)
{
    double seconds = (double)(injection->ended_ns - injection->started_ns) / 1e9;
    uint64_t jumps = injection->pace.jumps;
    fprintf(out, "%" PRIu64 " of %" PRIu64 " packet%s sent to %s: %" PRIu64 " bytes in %.3f s", injection->sent,
            injection->tally.packets, plural(injection->tally.packets), injection->wire->name, injection->sent_bytes,
            seconds);
    if (injection->sent > 1 && seconds > 0)
        fprintf(out, ", %.1f packets/s, %.3f Mbit/s", (double)injection->sent / seconds,
                (double)injection->sent_bytes * 8 / 1e6 / seconds);
    fputc('\n', out);
    if (injection->sent && injection->rate.kind != SMINI_RATE_MAX)
        fprintf(out, "  none was more than %.3f ms behind its time\n", (double)injection->latest_ns / 1e6);
    if (injection->headed)
        fprintf(out, "  %" PRIu64 " packet%s got an Ethernet header of ours: the capture has none\n", injection->headed,
                plural(injection->headed));
    if (jumps)
        fprintf(out, "  %" PRIu64 " leap%s of the capture's clock by more than an hour %s not waited for\n", jumps,
                plural(jumps), jumps == 1 ? "was" : "were");
    report_left_out(injection, out);
    if (injection->tally.lost || injection->interrupted)
        fprintf(out, "\nIncomplete (%" PRIu64 ")\n", injection->tally.lost + (injection->interrupted ? 1 : 0));
    smini_report_notes(out, &injection->tally);
    if (injection->interrupted)
        fputs("  interrupted before everything was sent\n", out);
}

static void enter_sandbox(const struct smini_tool_options *options, const struct smini_wire *wire)
{
    /* Before rights are given up: sleep as exactly as the machine can. */
    (void)prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
    if (options->no_sandbox)
        return;
    int state = smini_sandbox_enter_sending(options->captures.items, options->captures.count, wire->socket);
    if (options->verbose > 0)
        fprintf(stderr, "smin-replay: sandbox: %s\n", smini_sandbox_text(state));
}

static int conclude(const struct smini_injection *injection, int32_t status, bool quiet)
{
    if (status != SMIN_OK) {
        fprintf(stderr, "smin-replay: %s\n", smin_status_text(status));
        return SMINI_EXIT_INTERNAL;
    }
    if (!quiet)
        smini_inject_report(injection, stdout);
    if (injection->wire_error)
        fprintf(stderr, "smin-replay: %s: %s after %" PRIu64 " packets\n", injection->wire->name,
                strerror(injection->wire_error), injection->sent);
    if (injection->wire_error || fflush(stdout) != 0)
        return SMINI_EXIT_INTERNAL;
    return injection->tally.lost || injection->interrupted ? SMINI_EXIT_INCOMPLETE : SMINI_EXIT_OK;
}

static int inject_all(const struct smini_tool_options *options, const struct smini_inputs *inputs,
                      struct smini_wire *wire)
{
    bool shown = options->progress == SMINI_ALWAYS || (options->progress == SMINI_AUTO && isatty(STDERR_FILENO));
    struct smini_progress progress;
    struct smini_injection injection = {
        .alloc = options->alloc, .wire = wire, .rate = options->rate, .progress = &progress};
    smini_tool_catch_signals();
    smini_progress_start(&progress, stderr, !options->quiet && shown, inputs);
    enter_sandbox(options, wire);
    int32_t status = smini_inject(&injection, inputs);
    smini_progress_end(&progress);
    int result = conclude(&injection, status, options->quiet);
    smini_inject_free(&injection);
    return result;
}

int smini_inject_main(const struct smini_tool_options *options)
{
    struct smini_inputs inputs = {.alloc = options->alloc};
    struct smini_wire wire;
    int result = smini_wire_open(&wire, options->inject, stderr);
    for (uint32_t i = 0; i < options->captures.count && result == SMINI_EXIT_OK; i++)
        if (smini_inputs_add(&inputs, options->captures.items[i]) != SMIN_OK) {
            fputs("smin-replay: too many captures\n", stderr);
            result = SMINI_EXIT_INTERNAL;
        }
    smini_inputs_sort(&inputs);
    if (result == SMINI_EXIT_OK)
        result = inject_all(options, &inputs, &wire);
    smini_inputs_free(&inputs);
    smini_wire_close(&wire);
    return result;
}
