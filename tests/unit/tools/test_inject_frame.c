/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "replay/link.h"
#include "tests/support/guard_page.h"
#include "tests/unit/replay/input_build.h"
#include "tools/replay/inject_frame.h"

enum { MTU = 1500, ROOM = SMINI_ETHERNET_HEADER + SMINI_ETHERNET_TAG + MTU };

static struct guard_page input, output;
static struct build made;
static struct smini_inject_frame frame;

static void open_pages(void)
{
    guard_page_open(&input, BUILD_ROOM);
    guard_page_open(&output, ROOM);
}

static void close_pages(void)
{
    guard_page_close(&input);
    guard_page_close(&output);
}

TestSuite(inject_frame, .init = open_pages, .fini = close_pages);

/* Of what `made` holds, which ends at a page that faults; so does the room for the frame. */
static enum smini_left_out make(uint32_t link_type, uint32_t mtu)
{
    static const uint8_t nothing[ROOM];
    const uint8_t *bytes = guard_page_put(&input, made.bytes, made.length);
    struct smini_packet packet = {.bytes = bytes,
                                  .captured = (uint32_t)made.length,
                                  .wire_length = (uint32_t)made.length,
                                  .link_type = link_type};
    guard_page_put(&output, nothing, SMINI_ETHERNET_HEADER + SMINI_ETHERNET_TAG + mtu);
    return smini_inject_frame_make(
        &packet, mtu, output.end - (SMINI_ETHERNET_HEADER + SMINI_ETHERNET_TAG + mtu), &frame);
}

static void start(const char *hex)
{
    memset(&made, 0, sizeof(made));
    build_hex(&made, hex);
}

static void expect_frame(const char *hex)
{
    static struct build wanted;
    memset(&wanted, 0, sizeof(wanted));
    build_hex(&wanted, hex);
    cr_assert_eq(frame.length, wanted.length);
    cr_expect_arr_eq(frame.bytes, wanted.bytes, wanted.length);
}

Test(inject_frame, an_ethernet_frame_goes_out_as_it_is)
{
    start("ffffffffffff 020000000001 0806 0001");
    cr_assert_eq(make(SMINI_LINK_ETHERNET, MTU), SMINI_LEFT_NOTHING);
    cr_expect_not(frame.headed);
    cr_expect_arr_eq(frame.bytes, made.bytes, made.length);
    cr_expect_eq(frame.length, made.length);
}

Test(inject_frame, the_longest_frame_is_that_of_the_mtu_and_one_tag_does_not_count)
{
    start("ffffffffffff 020000000001 0800");
    build_fill(&made, 0x45, MTU);
    cr_expect_eq(make(SMINI_LINK_ETHERNET, MTU), SMINI_LEFT_NOTHING);
    build_fill(&made, 0x45, 1);
    cr_expect_eq(make(SMINI_LINK_ETHERNET, MTU), SMINI_LEFT_LONG);
    start("ffffffffffff 020000000001 8100 0007 0800");
    build_fill(&made, 0x45, MTU);
    cr_expect_eq(make(SMINI_LINK_ETHERNET, MTU), SMINI_LEFT_NOTHING);
    build_fill(&made, 0x45, 1);
    cr_expect_eq(make(SMINI_LINK_ETHERNET, MTU), SMINI_LEFT_LONG);
}

Test(inject_frame, what_is_no_whole_frame_is_left_out)
{
    struct smini_packet packet = {.link_type = SMINI_LINK_ETHERNET, .captured = 60, .wire_length = 61};
    start("ffffffffffff 020000000001 08");
    cr_expect_eq(make(SMINI_LINK_ETHERNET, MTU), SMINI_LEFT_SHORT);
    start("");
    cr_expect_eq(make(SMINI_LINK_ETHERNET, MTU), SMINI_LEFT_SHORT);
    packet.bytes = made.bytes;
    cr_expect_eq(smini_inject_frame_make(&packet, MTU, NULL, &frame), SMINI_LEFT_CUT);
}

static const struct {
    uint32_t link_type;
    const char *packet, *frame;
} headed[] = {
    {SMINI_LINK_RAW, "45 01", "020000000002 020000000001 0800 45 01"},
    {SMINI_LINK_RAW_BSD, "60 01", "020000000002 020000000001 86dd 60 01"},
    {SMINI_LINK_IPV4, "45 01", "020000000002 020000000001 0800 45 01"},
    {SMINI_LINK_IPV6, "60 01", "020000000002 020000000001 86dd 60 01"},
    {SMINI_LINK_NULL, "02000000 45 01", "020000000002 020000000001 0800 45 01"},
    {SMINI_LINK_LOOP, "0000001e 60 01", "020000000002 020000000001 86dd 60 01"},
    {SMINI_LINK_MPLS, "000640ff 45", "020000000002 020000000001 8847 000640ff 45"},
    {SMINI_LINK_CISCO_HDLC, "0f000800 45 01", "020000000002 020000000001 0800 45 01"},
    {SMINI_LINK_PPP_ETHER, "1100 0001 0003 0021 45", "020000000002 020000000001 8864 1100 0001 0003 0021 45"},
    {SMINI_LINK_SLL, "0000 0001 0006 0203040506070000 0800 45 01", "020000000002 020304050607 0800 45 01"},
    {SMINI_LINK_SLL, "0000 0200 0000 0000000000000000 86dd 60 01", "020000000002 020000000001 86dd 60 01"},
    {SMINI_LINK_SLL, "0000 0001 0006 0203040506070000 0004 aaaa03", "020000000002 020304050607 0003 aaaa03"},
    {SMINI_LINK_SLL2, "0806 0000 00000002 0001 00 06 0203040506070000 0001", "020000000002 020304050607 0806 0001"},
};

Test(inject_frame, a_packet_without_an_ethernet_header_gets_one)
{
    for (size_t i = 0; i < sizeof(headed) / sizeof(headed[0]); i++) {
        start(headed[i].packet);
        cr_assert_eq(make(headed[i].link_type, MTU), SMINI_LEFT_NOTHING, "%s", headed[i].packet);
        cr_expect(frame.headed);
        expect_frame(headed[i].frame);
    }
}

static const struct {
    uint32_t link_type;
    const char *packet;
} unsuitable[] = {
    {SMINI_LINK_RAW, ""},
    {SMINI_LINK_RAW, "35"},
    {SMINI_LINK_NULL, "020000"},
    {SMINI_LINK_NULL, "07000000 45"},
    {SMINI_LINK_CISCO_HDLC, "0f0008"},
    {SMINI_LINK_CISCO_HDLC, "8f000035 00"},
    {SMINI_LINK_SLL, "0000 0001 0006 0203040506070000 08"},
    {SMINI_LINK_SLL, "0000 0001 0006 0203040506070000 0001 45"},
    {SMINI_LINK_SLL2, "0806 0000 00000002 0001 00 06 02030405060700"},
    {SMINI_LINK_PPP, "ff03 0021 45"},
    {147, "45"},
};

Test(inject_frame, what_an_ethernet_does_not_carry_is_left_out)
{
    for (size_t i = 0; i < sizeof(unsuitable) / sizeof(unsuitable[0]); i++) {
        start(unsuitable[i].packet);
        cr_expect_eq(make(unsuitable[i].link_type, MTU), SMINI_LEFT_LINK, "%u %s", unsuitable[i].link_type,
                     unsuitable[i].packet);
    }
}

Test(inject_frame, a_header_of_ours_counts_for_the_length_as_any)
{
    start("45");
    build_fill(&made, 0, 99);
    cr_expect_eq(make(SMINI_LINK_RAW, 100), SMINI_LEFT_NOTHING);
    cr_expect_eq(make(SMINI_LINK_RAW, 99), SMINI_LEFT_LONG);
    start("0000 0001 0006 0203040506070000 0004");
    build_fill(&made, 0xaa, 1501);
    cr_expect_eq(make(SMINI_LINK_SLL, MTU), SMINI_LEFT_LINK, "802.3 has no such length");
}
