/* SPDX-License-Identifier: BSD-2-Clause */
/* Single datagrams: what is a request, what is wrong with it; and memory that runs out anywhere. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/tftp/tftp.h"
#include "stage.h"
#include "tftp/packet.h"
#include "tftp/tables.h"

#define SPAN(text) smini_span_make((text), sizeof(text) - 1)

Test(request, only_a_whole_request_is_one_on_any_port)
{
    cr_expect(smini_tftp_is_request(SPAN("\0\1f\0octet\0")));
    cr_expect(smini_tftp_is_request(SPAN("\0\2f\0NetASCII\0blksize\0" "512\0")));
    cr_expect_not(smini_tftp_is_request(SPAN("\0\1f\0octet")), "without an end");
    cr_expect_not(smini_tftp_is_request(SPAN("\0\1\0octet\0")), "without a name");
    cr_expect_not(smini_tftp_is_request(SPAN("\0\1f\0query\0")), "of no known mode");
    cr_expect_not(smini_tftp_is_request(SPAN("\0\1f\0octet\0blksize\0")), "an option without a value");
    cr_expect_not(smini_tftp_is_request(SPAN("\0\1f\x01\0octet\0")), "a name that is no text");
    cr_expect_not(smini_tftp_is_request(SPAN("\0\3\0\1data")));
    cr_expect_not(smini_tftp_is_request(SPAN("\1\1f\0octet\0")));
    cr_expect_not(smini_tftp_is_request(SPAN("")));
}

static int32_t probe(struct stage *stage, uint16_t port, uint8_t protocol, struct smini_span bytes)
{
    struct smin_flow_info info = {.struct_size = sizeof(info), .ip_version = 4, .protocol = protocol,
                                  .client_port = 50001, .server_port = port};
    struct smin_input input = {.struct_size = sizeof(input), .length = bytes.length};
    input.bytes = guard_page_put(&stage->page, bytes.bytes, bytes.length);
    return smini_tftp_inspector.probe(stage->thread, &info, &input);
}

Test(request, on_its_port_a_damaged_request_is_taken_and_nothing_else)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    stage_open(stage, true);
    cr_assert_eq(stage_answer(stage, 1), SMIN_OK);
    cr_expect_eq(probe(stage, 69, 17, SPAN("\0\1no end")), SMIN_PROBE_YES);
    cr_expect_eq(probe(stage, 70, 17, SPAN("\0\1no end")), SMIN_PROBE_NO);
    cr_expect_eq(probe(stage, 70, 17, SPAN("\0\1f\0octet\0")), SMIN_PROBE_YES);
    cr_expect_eq(probe(stage, 69, 6, SPAN("\0\1f\0octet\0")), SMIN_PROBE_NO, "a stream is no TFTP");
    cr_expect_eq(probe(stage, 69, 17, SPAN("\0\4\0\1")), SMIN_PROBE_NO);
    cr_expect(stage_close(stage));
    free(stage);
}

static uint32_t events_of(struct smini_span datagram)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    stage_open(stage, true);
    stage_send(stage, 0, SMIN_TO_SERVER, datagram.bytes, datagram.length);
    uint32_t events = stage->events;
    cr_expect(stage_close(stage));
    free(stage);
    return events;
}

#define BIT(event) (1u << SMINI_TFTP_EVENT_##event)

Test(request, what_is_wrong_with_a_datagram_is_told)
{
    static char long_name[2048 + 16] = "\0\1";
    memset(long_name + 2, 'n', 2048);
    memcpy(long_name + 2050, "\0octet", 7);
    cr_expect_eq(events_of(SPAN("\0\1f\0octet\0")), 0);
    cr_expect_eq(events_of(SPAN("\0\1f\0octet")), BIT(REQUEST_MALFORMED));
    cr_expect_eq(events_of(SPAN("\0\1../f\0octet\0")), BIT(NAME_TRAVERSAL));
    cr_expect_eq(events_of(SPAN("\0\1a\\..\\f\0octet\0")), BIT(NAME_TRAVERSAL));
    cr_expect_eq(events_of(SPAN("\0\1a..b\0octet\0")), 0);
    cr_expect_eq(events_of(SPAN("\0\1\x1b[2J\0octet\0")), BIT(NAME_CONTROL));
    cr_expect_eq(events_of(smini_span_make(long_name, 2057)), BIT(NAME_LONG));
    cr_expect_eq(events_of(SPAN("\0\1f\0octet\0blksize\0" "7\0")), BIT(OPTION_INVALID));
    cr_expect_eq(events_of(SPAN("\0\1f\0octet\0blksize\0" "65465\0")), BIT(OPTION_INVALID));
    cr_expect_eq(events_of(SPAN("\0\1f\0octet\0timeout\0" "256\0")), BIT(OPTION_INVALID));
    cr_expect_eq(events_of(SPAN("\0\1f\0octet\0tsize\0" "99999999999999999999\0")), BIT(OPTION_INVALID));
    cr_expect_eq(events_of(SPAN("\0\1f\0octet\0unheard\0of\0")), 0);
    cr_expect_eq(events_of(SPAN("\0\7what")), BIT(OPCODE_UNKNOWN));
    cr_expect_eq(events_of(SPAN("\0")), BIT(DATAGRAM_MALFORMED));
    cr_expect_eq(events_of(SPAN("\0\4\1")), BIT(DATAGRAM_MALFORMED));
}

Test(request, numbers_are_read_within_their_bounds)
{
    struct smini_tftp_packet packet;
    cr_assert(smini_tftp_read(SPAN("\0\6blksize\0" "65464\0tsize\0" "18446744073709551\0windowsize\0" "65535\0timeout\0" "255\0"), &packet));
    cr_expect_eq(packet.options.known, 15);
    cr_expect_eq(packet.options.blksize, 65464);
    cr_expect_eq(packet.options.tsize, 18446744073709551u);
    cr_expect_eq(packet.options.windowsize, 65535);
    cr_expect_eq(packet.options.timeout, 255);
    cr_expect_eq(packet.options.invalid, 0);
    cr_expect(smini_tftp_read(SPAN("\0\6BLKSIZE\0" "8\0"), &packet) && packet.options.blksize == 8, "in any case");
}

/* A read with everything in it: names, options, a window with blocks that wait, a second answer. */
static int32_t play(struct stage *stage)
{
    int32_t worst = STAGE_SEND(stage, 0, SMIN_TO_SERVER, "\0\1file\0octet\0blksize\0" "8\0windowsize\0" "4\0");
    static const uint16_t order[] = {3, 2, 1, 2, 4};
    for (unsigned flow = 1; flow < 3; flow++) {
        int32_t status = worst == SMIN_OK ? stage_answer(stage, flow) : SMIN_OK;
        worst = status < worst ? status : worst;
        if (stage->flows[flow].flow)
            STAGE_SEND(stage, flow, SMIN_TO_CLIENT, "\0\6blksize\0" "8\0windowsize\0" "4\0");
        for (size_t i = 0; i < sizeof(order) / sizeof(order[0]) && stage->flows[flow].flow; i++) {
            status = stage_block(stage, flow, SMIN_TO_CLIENT, order[i], 'x', order[i] == 4 ? 1 : 8);
            worst = status < worst ? status : worst;
        }
        if (stage->flows[flow].flow)
            stage_ack(stage, flow, SMIN_TO_SERVER, 4);
    }
    return worst;
}

Test(request, any_allocation_may_fail)
{
    int complete = 0;
    for (uint64_t n = 1; n < 200 && complete < 2; n++) {
        struct stage *stage = malloc(sizeof(*stage));
        cr_assert_not_null(stage);
        stage_open(stage, true);
        failing_alloc_fail_nth(&stage->failing, n);
        int32_t status = play(stage);
        cr_expect(status == SMIN_OK || status == SMIN_E_NOMEM || status == SMIN_E_MISUSE, "%d", (int)status);
        complete = stage->failing.refused == 0 ? complete + 1 : 0;
        cr_expect(stage_close(stage), "%lu", (unsigned long)n);
        free(stage);
    }
    cr_expect_eq(complete, 2, "the last runs had all the memory they asked for");
}

Test(request, all_allocations_from_one_on_may_fail)
{
    for (uint64_t n = 1; n < 40; n++) {
        struct stage *stage = malloc(sizeof(*stage));
        cr_assert_not_null(stage);
        stage_open(stage, true);
        failing_alloc_fail_from(&stage->failing, n);
        (void)play(stage);
        cr_expect(stage_close(stage), "%lu", (unsigned long)n);
        free(stage);
    }
}

Test(request, a_host_that_lends_nothing_is_told_all_the_same)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    stage_open(stage, false);
    STAGE_SEND(stage, 0, SMIN_TO_SERVER, "\0\1f\0octet\0");
    stage_block(stage, 0, SMIN_TO_CLIENT, 1, 'x', 9);
    stage_ack(stage, 0, SMIN_TO_SERVER, 1);
    cr_expect_eq(stage->file.size, 9);
    cr_expect_eq(stage->begun, 0);
    cr_expect(stage_close(stage));
    free(stage);
}
