/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap and pcapng as they should be, from files, in pieces, and against libpcap. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "smin/status.h"
#include "tests/unit/replay/input_build.h"

static struct build file;
static struct seen seen, again;

enum { SECOND = 1700000000, MICRO = 1000, BILLION = 1000000000 };

static void start(bool little)
{
    memset(&file, 0, sizeof(file));
    file.little = little;
}

/* Twelve packets of lengths 0, 7, 14, ... */
static void write_pcap(bool little, uint32_t magic)
{
    start(little);
    build_pcap(&file, magic, 65535, 1);
    for (uint32_t i = 0; i < 12; i++) {
        uint8_t packet[100];
        memset(packet, (int)i + 1, sizeof(packet));
        build_record(&file, SECOND + i, 123456 + i, packet, i * 7, i * 7);
    }
}

/* Two sections of both byte orders, three interfaces, all kinds of packet blocks. */
static void write_pcapng(bool little)
{
    uint8_t packet[64];
    start(little);
    memset(packet, 0x5a, sizeof(packet));
    build_section(&file);
    build_interface(&file, 1, 0, 0xff, 0);
    build_interface(&file, 101, 0, 9, 0);
    build_enhanced(&file, 0, (uint64_t)SECOND * 1000000 + 5, packet, 61, 61);
    build_block(&file, 4, "\0\0\0\0", 4);
    build_enhanced(&file, 1, (uint64_t)SECOND * BILLION + 7, packet, 20, 20);
    build_block(&file, 0x40000bad, packet, 33);
    build_interface(&file, 113, 0, 0x80 | 10, 100);
    build_enhanced(&file, 2, (uint64_t)SECOND * 1024 + 512, packet, 1, 1);
    file.little = !little;
    build_section(&file);
    build_interface(&file, 276, 16, 3, 0);
    build_enhanced(&file, 0, (uint64_t)SECOND * 1000 + 1, packet, 3, 3);
    static struct build body;
    body.length = 0;
    body.little = file.little;
    build_u32(&body, 40);
    build_raw(&body, packet, 16);
    build_block(&file, 3, body.bytes, (uint32_t)body.length);
}

Test(capture, pcap_of_every_byte_order_and_resolution_is_read)
{
    static const struct {
        uint32_t magic, unit;
    } forms[] = {{0xa1b2c3d4, MICRO}, {0xa1b23c4d, 1}};
    for (unsigned form = 0; form < 4; form++) {
        write_pcap(form & 1, forms[form / 2].magic);
        seen_read(&seen, file.bytes, file.length);
        cr_assert(seen.opened == SMIN_OK && seen.ended == SMIN_DONE && seen.problem_count == 0);
        cr_assert(seen.count == 12);
        uint64_t offset = 24;
        for (uint32_t i = 0; i < 12; i++) {
            const struct seen_packet *p = &seen.packets[i];
            cr_assert(p->captured == i * 7 && p->wire == i * 7 && p->link_type == 1 && p->number == i + 1);
            cr_assert(p->time_ns == (SECOND + (uint64_t)i) * BILLION + (123456 + i) * (uint64_t)forms[form / 2].unit);
            cr_assert(p->offset == offset && p->last_byte == (i == 0 ? 0 : i + 1));
            offset += 16 + i * 7;
        }
    }
}

Test(capture, records_of_the_modified_format_have_eight_bytes_more)
{
    start(true);
    build_pcap(&file, 0xa1b2cd34, 65535, 1);
    for (uint32_t i = 0; i < 3; i++) {
        build_record(&file, SECOND, i, "", 0, 5);
        memset(file.bytes + file.length - 8, 0, 8);
        file.bytes[file.length - 8] = file.bytes[file.length - 4] = 5;
        build_hex(&file, "0200000000080000 0102030405");
    }
    seen_read(&seen, file.bytes, file.length);
    cr_assert(seen.ended == SMIN_DONE && seen.count == 3 && seen.problem_count == 0);
    cr_assert(seen.packets[2].captured == 5 && seen.packets[2].last_byte == 5);
}

Test(capture, pcapng_sections_interfaces_and_clocks_are_read)
{
    for (int little = 0; little < 2; little++) {
        write_pcapng(little);
        seen_read(&seen, file.bytes, file.length);
        cr_assert(seen.opened == SMIN_OK && seen.ended == SMIN_DONE && seen.count == 5);
        static const uint32_t links[] = {1, 101, 113, 276, 276}, lengths[] = {61, 20, 1, 3, 16};
        static const uint64_t times[] = {(uint64_t)SECOND * BILLION + 5000, (uint64_t)SECOND * BILLION + 7,
                                         ((uint64_t)SECOND + 100) * BILLION + 500000000,
                                         (uint64_t)SECOND * BILLION + 1000000, (uint64_t)SECOND * BILLION + 1000000};
        for (uint32_t i = 0; i < 5; i++) {
            cr_assert(seen.packets[i].link_type == links[i] && seen.packets[i].captured == lengths[i]);
            cr_assert(seen.packets[i].time_ns == times[i], "packet %u", i);
        }
        cr_assert(seen.packets[4].wire == 40);
        cr_assert(seen.problem_count == 1 && seen_find(&seen, "packets_cut")->lost);
    }
}

Test(capture, interfaces_count_time_each_in_its_own_way)
{
    static const struct {
        unsigned resolution;
        int64_t offset;
        uint64_t count, ns;
    } cases[] = {
        {0, 0, 17, UINT64_C(17) * BILLION},
        {12, 0, UINT64_C(1500) * BILLION, UINT64_C(1500) * 1000000},
        {19, 0, UINT64_C(15) * BILLION * BILLION, 1500000000},
        {0x80 | 32, 0, UINT64_C(3) << 31, 1500000000},
        {0x80 | 63, 0, UINT64_C(3) << 62, 1500000000},
        {0x80 | 120, 0, UINT64_MAX, 0},
        {127, 0, UINT64_MAX, 0},
        {6, -5, 7000000, UINT64_C(2) * BILLION},
        {6, -5, 3000001, 1000},
        {0, INT64_MAX, 1, UINT64_MAX},
        {0, INT64_MIN, UINT64_MAX, UINT64_MAX},
        {0, INT64_MIN, 5, 0},
        {0, 0, UINT64_MAX, UINT64_MAX},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        start(i & 1);
        build_section(&file);
        build_interface(&file, 1, 0, cases[i].resolution, cases[i].offset);
        build_enhanced(&file, 0, cases[i].count, "x", 1, 1);
        seen_read(&seen, file.bytes, file.length);
        cr_assert(seen.packets[0].time_ns == cases[i].ns, "case %zu", i);
    }
}

static void same_packets(const struct seen *a, const struct seen *b, size_t where)
{
    cr_assert(a->count == b->count && a->ended == b->ended && a->problem_count == b->problem_count, "at %zu", where);
    cr_assert(memcmp(a->packets, b->packets, a->count * sizeof(a->packets[0])) == 0, "at %zu", where);
}

Test(capture, every_split_into_two_reads_gives_the_same_packets)
{
    for (int form = 0; form < 4; form++) {
        if (form < 2)
            write_pcap(form & 1, 0xa1b2c3d4);
        else
            write_pcapng(form & 1);
        seen_read(&seen, file.bytes, file.length);
        for (size_t split = 1; split < file.length; split++) {
            seen_read_split(&again, file.bytes, file.length, split);
            same_packets(&seen, &again, split);
        }
    }
}

/* Packets that begin in the prefix and end after it must not be delivered; all that end in it must. */
Test(capture, truncation_at_every_byte_keeps_whole_packets_and_is_told)
{
    for (int form = 0; form < 4; form++) {
        if (form < 2)
            write_pcap(form & 1, 0xa1b2c3d4);
        else
            write_pcapng(form & 1);
        seen_read(&seen, file.bytes, file.length);
        for (size_t length = 0; length < file.length; length++) {
            seen_read(&again, file.bytes, length);
            uint32_t whole = 0;
            for (; whole < seen.count; whole++) {
                const struct seen_packet *p = &seen.packets[whole];
                uint64_t extent = form < 2 ? 16 + p->captured : 32 + (p->captured + 3) / 4 * 4;
                if (form >= 2 && whole == 4)
                    extent = 32; /* the simple packet block */
                if (p->offset + extent > length)
                    break;
            }
            cr_assert(again.count == whole, "form %d length %zu: %u", form, length, again.count);
            cr_assert(memcmp(again.packets, seen.packets, whole * sizeof(seen.packets[0])) == 0);
            if (again.ended == SMIN_DONE)
                continue;
            cr_assert(again.ended == SMIN_E_TRUNCATED && again.problem_count > 0 && again.problems[0].lost);
            cr_assert(again.problems[0].offset <= length);
        }
        /* Between two records the shorter file is whole: nothing can know. */
        seen_read(&again, file.bytes, file.length - 1);
        cr_assert(again.ended == SMIN_E_TRUNCATED && seen_find(&again, "file_truncated"));
    }
}

Test(capture, packets_straddling_the_window_and_larger_than_it_are_whole)
{
    enum { PACKETS = 120, BIG = 256 * 1024 };
    static uint8_t big[BIG];
    struct smini_alloc alloc;
    struct smini_problem_sink sink = {seen_problem, &seen};
    FILE *out = tmpfile();
    start(true);
    build_pcap(&file, 0xa1b2c3d4, 0, 1);
    for (uint32_t i = 0; i < PACKETS; i++) {
        uint32_t length = (i * 7919) % (i % 10 == 0 ? BIG : 3000);
        memset(big, (int)i, sizeof(big));
        build_record(&file, SECOND, i, big, length, length);
        cr_assert(fwrite(file.bytes, 1, file.length, out) == file.length);
        file.length = 0;
    }
    cr_assert(fflush(out) == 0 && fseek(out, 0, SEEK_SET) == 0);
    smini_alloc_init(&alloc, 0);
    struct smini_capture *capture;
    cr_assert(smini_capture_open(&capture, &alloc, fileno(out), "big", NULL, &sink) == SMIN_OK);
    struct smini_packet packets[SMINI_CAPTURE_BATCH];
    uint32_t count, total = 0;
    while (smini_capture_next(capture, packets, &count) == SMIN_OK)
        for (uint32_t i = 0; i < count; i++, total++) {
            cr_assert(packets[i].captured == (total * 7919) % (total % 10 == 0 ? BIG : 3000));
            for (uint32_t at = 0; at < packets[i].captured; at++)
                cr_assert(packets[i].bytes[at] == (uint8_t)total);
        }
    cr_assert(total == PACKETS);
    smini_capture_free(&capture);
    cr_assert(alloc.used == 0);
    (void)fclose(out);
}

#ifdef SMIN_TEST_LIBPCAP
#include <pcap/pcap.h>

static void like_libpcap(void)
{
    char error[PCAP_ERRBUF_SIZE];
    int fd = seen_file(file.bytes, file.length);
    FILE *stream = fdopen(fd, "r");
    pcap_t *pcap = pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, error);
    cr_assert(pcap, "%s", error);
    seen_read(&seen, file.bytes, file.length);
    struct pcap_pkthdr *header;
    const u_char *bytes;
    uint32_t count = 0;
    for (; pcap_next_ex(pcap, &header, &bytes) == 1; count++) {
        const struct seen_packet *p = &seen.packets[count];
        cr_assert(p->captured == header->caplen && p->wire == header->len);
        cr_assert(p->time_ns == (uint64_t)header->ts.tv_sec * BILLION + (uint64_t)header->ts.tv_usec);
        cr_assert(p->captured == 0 || p->last_byte == bytes[p->captured - 1]);
    }
    cr_assert(count == seen.count && count > 0);
    pcap_close(pcap);
}

Test(capture, libpcap_reads_the_same)
{
    uint8_t packet[64] = {9};
    for (int little = 0; little < 2; little++) {
        write_pcap(little, 0xa1b2c3d4);
        like_libpcap();
        write_pcap(little, 0xa1b23c4d);
        like_libpcap();
        start(little); /* one link type: libpcap reads no more in a file */
        build_section(&file);
        build_interface(&file, 1, 0, 0xff, 0);
        build_interface(&file, 1, 0, 9, 0);
        build_enhanced(&file, 0, (uint64_t)SECOND * 1000000 + 999999, packet, 64, 64);
        build_enhanced(&file, 1, (uint64_t)SECOND * BILLION + 999999999, packet, 33, 90);
        build_block(&file, 0x0bad, packet, 9);
        build_enhanced(&file, 0, (uint64_t)SECOND * 1000000, packet, 1, 1);
        like_libpcap();
    }
}
#endif
