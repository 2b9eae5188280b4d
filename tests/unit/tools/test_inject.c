/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures sent into a wire that takes notes. */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/support/failing_alloc.h"
#include "tests/unit/replay/input_build.h"
#include "tools/replay/inject.h"

enum { PACKETS = 40, FRAME = 60, ETHERNET = 1 };

/* Says `error` `times` times from the `from`-th frame on. */
struct noted {
    uint32_t asked, taken;
    uint32_t from, times;
    int error;
    uint8_t first_bytes[2 * PACKETS];
};

static struct noted noted;
static struct failing_alloc memory;
static struct smini_injection injection;
static struct smini_wire wire;
static char path[] = "/tmp/smin-inject-XXXXXX";

static int take(void *user, const uint8_t *frame, uint32_t length)
{
    struct noted *notes = user;
    uint32_t number = ++notes->asked;
    if (number >= notes->from && number < notes->from + notes->times)
        return notes->error;
    cr_assert_eq(length, FRAME);
    if (notes->taken < sizeof(notes->first_bytes))
        notes->first_bytes[notes->taken++] = frame[0];
    return 0;
}

/* PACKETS frames, the n-th beginning with byte n; one of them cut, one too long. */
static void write_capture(bool damaged)
{
    static struct build capture;
    static uint8_t bytes[2000];
    memset(&capture, 0, sizeof(capture));
    build_pcap(&capture, 0xa1b2c3d4, 65535, ETHERNET);
    for (unsigned n = 1; n <= PACKETS; n++) {
        bytes[0] = (uint8_t)n;
        bool is_long = damaged && n == 20;
        build_record(&capture, 100, n, bytes, is_long ? 1900 : FRAME, is_long ? 1900 : damaged && n == 30 ? 61 : FRAME);
    }
    int fd = mkstemp(path);
    cr_assert(fd >= 0 && write(fd, capture.bytes, capture.length) == (ssize_t)capture.length);
    close(fd);
}

static int32_t inject(const char *rate)
{
    struct smini_inputs inputs = {.alloc = &memory.alloc};
    wire = (struct smini_wire){.user = &noted, .name = "eth7", .mtu = 1500, .socket = -1, .send = take};
    injection = (struct smini_injection){.alloc = &memory.alloc, .wire = &wire};
    cr_assert_eq(smini_rate_parse(rate, &injection.rate), SMIN_OK);
    int32_t status = smini_inputs_add(&inputs, path);
    if (status == SMIN_OK)
        status = smini_inject(&injection, &inputs);
    smini_inputs_free(&inputs);
    return status;
}

static void prepare(void)
{
    failing_alloc_open(&memory);
    memset(&noted, 0, sizeof(noted));
}

static void clean_up(void)
{
    smini_inject_free(&injection);
    unlink(path);
    cr_assert(failing_alloc_clean(&memory));
}

TestSuite(inject, .init = prepare, .fini = clean_up, .timeout = 60);

Test(inject, every_packet_goes_out_once_and_in_order)
{
    write_capture(false);
    cr_assert_eq(inject("original"), SMIN_OK);
    cr_expect_eq(injection.sent, (uint64_t)PACKETS);
    cr_expect_eq(injection.sent_bytes, (uint64_t)PACKETS * FRAME);
    cr_expect_eq(injection.tally.lost, 0U);
    cr_assert_eq(noted.taken, (uint32_t)PACKETS);
    for (unsigned n = 1; n <= PACKETS; n++)
        cr_expect_eq(noted.first_bytes[n - 1], n);
}

Test(inject, what_cannot_be_sent_is_counted_and_named)
{
    write_capture(true);
    cr_assert_eq(inject("max"), SMIN_OK);
    cr_expect_eq(injection.tally.packets, (uint64_t)PACKETS);
    cr_expect_eq(injection.sent, (uint64_t)PACKETS - 2);
    cr_expect_eq(injection.left_out[SMINI_LEFT_CUT], 1U);
    cr_expect_eq(injection.left_out[SMINI_LEFT_LONG], 1U);
    cr_assert_eq(injection.tally.lost, 2U);
    cr_expect(strstr(injection.tally.notes[0], ": packets_cut at packet 30: 1 packet not sent"));
    cr_expect(strstr(injection.tally.notes[1], ": packets_longer_than_mtu at packet 20: 1 packet not sent"));
}

Test(inject, a_full_queue_is_waited_for)
{
    write_capture(false);
    noted = (struct noted){.from = 5, .times = 3, .error = ENOBUFS};
    cr_assert_eq(inject("1000000"), SMIN_OK);
    cr_expect_eq(injection.sent, (uint64_t)PACKETS);
    cr_expect_eq(noted.asked, (uint32_t)PACKETS + 3);
    cr_expect_eq(injection.wire_error, 0);
}

Test(inject, an_interface_that_finds_a_frame_too_long_is_believed)
{
    write_capture(false);
    noted = (struct noted){.from = 7, .times = 1, .error = EMSGSIZE};
    cr_assert_eq(inject("max"), SMIN_OK);
    cr_expect_eq(injection.sent, (uint64_t)PACKETS - 1);
    cr_expect_eq(injection.left_out[SMINI_LEFT_LONG], 1U);
    cr_expect_eq(injection.wire_error, 0);
}

Test(inject, an_interface_that_goes_away_ends_it)
{
    write_capture(false);
    noted = (struct noted){.from = 11, .times = UINT32_MAX / 2, .error = ENETDOWN};
    cr_assert_eq(inject("max"), SMIN_OK);
    cr_expect_eq(injection.sent, 10U);
    cr_expect_eq(noted.asked, 11U);
    cr_expect_eq(injection.wire_error, ENETDOWN);
}

Test(inject, asked_to_stop_it_stops_even_while_it_waits)
{
    write_capture(false);
    smini_tool_interrupted = 1;
    cr_assert_eq(inject("original"), SMIN_OK);
    cr_expect(injection.interrupted);
    cr_expect_eq(injection.sent, 0U);
    smini_tool_interrupted = 0;
}

Test(inject, any_allocation_may_fail)
{
    write_capture(true);
    int32_t status = SMIN_E_NOMEM;
    for (uint64_t n = 1; n < 1000 && status != SMIN_OK; n++) {
        memset(&noted, 0, sizeof(noted));
        failing_alloc_fail_from(&memory, n);
        status = inject("max");
        cr_assert(status == SMIN_OK || status == SMIN_E_NOMEM, "%d at %lu", status, (unsigned long)n);
        if (status != SMIN_OK || injection.tally.note_count < 2)
            smini_inject_free(&injection);
        if (status == SMIN_OK && injection.tally.note_count < injection.tally.note_total)
            status = SMIN_E_NOMEM; /* a note that found no room; the packets did */
        cr_assert(status == SMIN_OK || failing_alloc_clean(&memory));
    }
    cr_assert_eq(status, SMIN_OK);
    cr_expect_eq(noted.taken, (uint32_t)PACKETS - 2);
}
