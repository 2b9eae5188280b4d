/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures that are no captures, lie about lengths, break in the middle; allocations that fail. */
#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/unit/replay/input_build.h"

static struct build file;
static struct seen seen;

static void start(bool little)
{
    memset(&file, 0, sizeof(file));
    file.little = little;
}

static void refused(int32_t status, const char *event)
{
    seen_read(&seen, file.bytes, file.length);
    cr_assert(seen.opened == status, "%s: %d", event, seen.opened);
    cr_assert(seen.problem_count == 1 && strcmp(seen.problems[0].event, event) == 0, "%s", seen.problems[0].event);
    cr_assert(seen.problems[0].lost != 0 && strcmp(seen.problems[0].layer, "capture") == 0);
}

Test(damage, what_is_no_capture_is_refused_with_its_reason)
{
    start(true);
    refused(SMIN_E_TRUNCATED, "file_empty");
    build_hex(&file, "d4c3b2");
    refused(SMIN_E_TRUNCATED, "file_header_cut");
    build_hex(&file, "a1");
    refused(SMIN_E_TRUNCATED, "file_header_cut");
    start(true);
    build_raw(&file, "#!/bin/sh\necho this is no capture\n", 33);
    refused(SMIN_E_UNSUPPORTED, "format_unknown");
#ifndef HAVE_LIBARCHIVE
    start(true);
    build_hex(&file, "1f8b0800000000000003");
    refused(SMIN_E_UNSUPPORTED, "compression_unsupported");
#endif
    start(true);
    build_pcap(&file, 0xa1b2c3d4, 65535, 1);
    file.bytes[4] = 3;
    refused(SMIN_E_UNSUPPORTED, "file_version_unsupported");
    start(true);
    build_section(&file);
    file.bytes[8] ^= 0xff;
    refused(SMIN_E_MALFORMED, "section_byte_order_wrong");
}

Test(damage, reading_a_folder_says_that_reading_failed)
{
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    int pair[2];
    cr_assert(pipe(pair) == 0);
    seen_read_fd(&seen, &alloc, pair[1], NULL); /* the end that can only be written */
    cr_assert(seen.opened == SMIN_E_IO && seen_find(&seen, "read_failed")->lost);
    cr_assert(alloc.used == 0);
}

static void records(uint32_t count, uint32_t length)
{
    static uint8_t packet[4096];
    for (uint32_t i = 0; i < count; i++)
        build_record(&file, 1700000000 + i, i, packet, length, length);
}

Test(damage, after_an_absurd_length_reading_goes_on_where_records_make_sense)
{
    for (int little = 0; little < 2; little++) {
        start(little);
        build_pcap(&file, 0xa1b2c3d4, 65535, 1);
        records(4, 60);
        size_t damaged = file.length;
        build_record(&file, 1700000000, 0, "damaged", 7, 7);
        memset(file.bytes + damaged + 8, 0xff, 4);
        records(5, 80);
        seen_read(&seen, file.bytes, file.length);
        cr_assert(seen.ended == SMIN_DONE && seen.count == 9 && seen.problem_count == 1);
        const struct seen_problem *problem = seen_find(&seen, "record_length_absurd");
        cr_assert(problem && problem->lost && problem->offset == damaged && problem->status == SMIN_E_MALFORMED);
        cr_assert(seen.packets[4].captured == 80 && seen.packets[4].offset == damaged + 23);
    }
}

Test(damage, a_length_beyond_the_end_of_the_file_does_not_hide_the_records_behind_it)
{
    for (int place = 0; place < 2; place++) { /* behind others, and as the first */
        start(true);
        build_pcap(&file, 0xa1b2c3d4, 65535, 1);
        records(place == 0 ? 4 : 0, 60);
        size_t damaged = file.length;
        build_record(&file, 1700000000, 0, "damaged", 7, 7);
        file.bytes[damaged + 10] = 3; /* 196615 bytes: possible, but more than this capture's packets may have */
        records(5, 80);
        seen_read(&seen, file.bytes, file.length);
        cr_assert(seen.ended == SMIN_DONE && seen.count == (place == 0 ? 9u : 5u) && seen.problem_count == 1);
        cr_assert(seen_find(&seen, "record_length_absurd")->offset == damaged);
    }
}

Test(damage, after_damage_without_a_chain_of_records_reading_stops_and_says_so)
{
    start(true);
    build_pcap(&file, 0xa1b2c3d4, 65535, 1);
    records(4, 60);
    size_t damaged = file.length;
    build_fill(&file, 0xfe, 100000);
    seen_read(&seen, file.bytes, file.length);
    cr_assert(seen.ended == SMIN_E_MALFORMED && seen.count == 4 && seen.problem_count == 1);
    cr_assert(seen.problems[0].offset == damaged && seen.problems[0].lost);
}

Test(damage, block_lengths_that_disagree_lose_that_block_only)
{
    for (int little = 0; little < 2; little++) {
        start(little);
        build_section(&file);
        build_interface(&file, 1, 0, 0xff, 0);
        build_enhanced(&file, 0, 1, "first", 5, 5);
        size_t damaged = file.length;
        build_enhanced(&file, 0, 2, "wrong", 5, 5);
        file.bytes[file.length - 1] ^= 0x10;
        build_enhanced(&file, 0, 3, "third", 5, 5);
        build_enhanced(&file, 0, 4, "fourth", 6, 6);
        seen_read(&seen, file.bytes, file.length);
        cr_assert(seen.ended == SMIN_DONE && seen.count == 3);
        const struct seen_problem *problem = seen_find(&seen, "block_length_mismatch");
        cr_assert(problem && problem->lost && problem->offset == damaged);
        cr_assert(seen.packets[1].time_ns == 3000 && seen.packets[2].time_ns == 4000);
    }
}

Test(damage, lengths_and_interfaces_that_cannot_be_are_counted_and_told_once)
{
    start(true);
    build_section(&file);
    build_interface(&file, 1, 4, 0xff, 0);
    build_interface(&file, 147, 0, 0xff, 0);
    for (int i = 0; i < 3; i++) {
        build_enhanced(&file, 7, 1, "nobody", 6, 6);
        build_enhanced(&file, 0, 2, "longer than four", 16, 16);
        build_enhanced(&file, 0, 3, "cut", 3, 9);
        build_enhanced(&file, 0, 4, "over", 4, 2);
        build_enhanced(&file, 1, 4, "user", 4, 4);
        size_t at = file.length;
        build_enhanced(&file, 0, 5, "claims", 6, 6);
        file.bytes[at + 20] = 200; /* more than its block has */
    }
    seen_read(&seen, file.bytes, file.length);
    cr_assert(seen.ended == SMIN_DONE && seen.count == 12 && seen.problem_count == 6);
    cr_assert(seen_find(&seen, "interface_unknown")->lost && seen_find(&seen, "packet_length_wrong")->lost);
    cr_assert(seen_find(&seen, "packets_cut")->lost && seen_find(&seen, "link_type_unsupported")->lost);
    cr_assert(!seen_find(&seen, "packets_exceed_snaplen")->lost && !seen_find(&seen, "packets_exceed_wire")->lost);
    cr_assert(seen.packets[2].captured == 4 && seen.packets[2].wire == 4);
}

Test(damage, more_interfaces_than_the_limit_lose_only_their_packets)
{
    struct smini_alloc alloc;
    struct smini_capture_limits limits;
    smini_alloc_init(&alloc, 0);
    smini_capture_limits_default(&limits);
    limits.interfaces_max = 2;
    start(false);
    build_section(&file);
    for (int i = 0; i < 5; i++)
        build_interface(&file, 1, 0, 0xff, 0);
    for (uint32_t i = 0; i < 5; i++)
        build_enhanced(&file, i, 1, "x", 1, 1);
    int fd = seen_file(file.bytes, file.length);
    seen_read_fd(&seen, &alloc, fd, &limits);
    (void)close(fd);
    cr_assert(seen.ended == SMIN_DONE && seen.count == 2 && seen.problem_count == 2);
    cr_assert(seen_find(&seen, "interfaces_limit")->status == SMIN_E_LIMIT && seen_find(&seen, "interface_unknown"));
}

/* Every byte of small captures set to some value: nothing may crash, hang or leak, and an end is always told. */
Test(damage, no_changed_byte_makes_reading_fail_silently, .timeout = 300)
{
    static const uint8_t values[] = {0, 1, 0x7f, 0xff};
    for (int form = 0; form < 4; form++) {
        start(form & 1);
        if (form < 2) {
            build_pcap(&file, 0xa1b2c3d4, 100, 1);
            records(6, 20);
        } else {
            build_section(&file);
            build_interface(&file, 1, 100, 9, 1);
            for (uint32_t i = 0; i < 4; i++)
                build_enhanced(&file, 0, i, "abcde", 5, 5);
        }
        for (size_t at = 0; at < file.length; at++)
            for (size_t v = 0; v < sizeof(values); v++) {
                uint8_t before = file.bytes[at];
                file.bytes[at] = values[v];
                seen_read(&seen, file.bytes, file.length);
                cr_assert(seen.ended == SMIN_DONE || (seen.problem_count > 0 && seen.ended < 0));
                file.bytes[at] = before;
            }
    }
}

Test(damage, every_failing_allocation_is_a_clean_end)
{
    for (int form = 0; form < 2; form++) {
        start(true);
        if (form == 0) {
            build_pcap(&file, 0xa1b2c3d4, 0, 1);
            records(40, 2000);
        } else {
            build_section(&file);
            for (int i = 0; i < 20; i++)
                build_interface(&file, 1, 0, 0xff, 0);
            build_enhanced(&file, 19, 1, "x", 1, 1);
        }
        struct failing_alloc failing;
        for (uint64_t n = 1;; n++) {
            int fd = seen_file(file.bytes, file.length);
            failing_alloc_open(&failing);
            failing_alloc_fail_nth(&failing, n);
            seen_read_fd(&seen, &failing.alloc, fd, NULL);
            (void)close(fd);
            cr_assert(failing_alloc_clean(&failing));
            if (failing.refused == 0)
                break;
            cr_assert(seen.ended == SMIN_E_NOMEM && seen_find(&seen, "out_of_memory")->lost);
        }
        cr_assert(seen.ended == SMIN_DONE);
    }
}
