/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures of any kind: what is delivered is in bounds and in order, an end that is no end is told. */
#include <string.h>
#include <unistd.h>

#include "replay/capture.h"
#include "smin/status.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/failing_alloc.h"

const char *const fuzz_seed_folder = NULL;

/* What fits into a pipe without a reader. */
enum { INPUT_MAX = 60000 };

static void count_problem(void *user, const struct smini_problem *problem)
{
    FUZZ_CHECK(problem->event && problem->layer && problem->status < 0);
    ++*(uint32_t *)user;
}

static void check_packets(const struct smini_packet *packets, uint32_t count, uint64_t *number, uint64_t *offset)
{
    FUZZ_CHECK(count > 0 && count <= SMINI_CAPTURE_BATCH);
    static volatile uint8_t sum;
    for (uint32_t i = 0; i < count; i++) {
        const struct smini_packet *packet = &packets[i];
        FUZZ_CHECK(packet->number == ++*number && packet->captured <= packet->wire_length);
        FUZZ_CHECK(*number == 1 || packet->file_offset > *offset);
        *offset = packet->file_offset;
        for (uint32_t at = 0; at < packet->captured; at++)
            sum = (uint8_t)(sum + packet->bytes[at]);
    }
}

static void read_all(int fd, struct failing_alloc *failing)
{
    uint32_t problems = 0;
    struct smini_problem_sink sink = {count_problem, &problems};
    struct smini_capture_limits limits;
    struct smini_capture *capture = NULL;
    smini_capture_limits_default(&limits);
    limits.expanded_max = 4 * 1024 * 1024; /* so that one input takes no second */
    int32_t status = smini_capture_open(&capture, &failing->alloc, fd, "fuzz", &limits, &sink);
    FUZZ_CHECK(status == SMIN_OK ? capture != NULL : capture == NULL && status < 0 && problems > 0);
    while (status == SMIN_OK) {
        struct smini_packet packets[SMINI_CAPTURE_BATCH];
        uint64_t number = 0, offset = 0;
        uint32_t count;
        uint32_t before = problems;
        while ((status = smini_capture_next(capture, packets, &count)) == SMIN_OK)
            check_packets(packets, count, &number, &offset);
        FUZZ_CHECK(count == 0 && (status == SMIN_DONE || (status < 0 && problems > before)));
        status = smini_capture_next_member(capture);
        FUZZ_CHECK(status == SMIN_OK || status == SMIN_DONE || problems > 0);
    }
    smini_capture_free(&capture);
    FUZZ_CHECK(failing_alloc_clean(failing));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    /* The second run has an allocation refused, which one depends on the input. */
    for (int run = 0; run < 2; run++) {
        struct failing_alloc failing;
        int ends[2];
        size_t size = length < INPUT_MAX ? length : INPUT_MAX;
        FUZZ_CHECK(pipe(ends) == 0);
        FUZZ_CHECK(write(ends[1], bytes, size) == (ssize_t)size);
        (void)close(ends[1]);
        failing_alloc_open(&failing);
        if (run == 1)
            failing_alloc_fail_nth(&failing, 1 + (length > 0 ? bytes[length / 2] : 0) % 8);
        read_all(ends[0], &failing);
        (void)close(ends[0]);
    }
    return 0;
}
