/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

#include "replay/capture.h"
#include "report/manifest.h"
#include "report/pcapng_write.h"
#include "smin/status.h"

enum { CAP = 1 << 20 };

static const uint8_t packet_bytes[] = {1, 2, 3, 4, 5, 6, 7};

static struct smini_pcapng_packet a_packet(uint64_t time_ns, uint8_t resolution, const char *comment)
{
    return (struct smini_pcapng_packet){.resolution = resolution,
                                        .time_ns = time_ns,
                                        .bytes = smini_span_make(packet_bytes, sizeof(packet_bytes)),
                                        .wire_length = 60,
                                        .comment = smini_span_text(comment)};
}

static uint32_t u32_at(const struct smini_bytebuf *out, size_t at)
{
    const uint8_t *b = out->bytes + at;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

/* Follows the lengths in front and behind; gives the number of blocks. */
static uint32_t blocks_of(const struct smini_bytebuf *out)
{
    uint32_t count = 0;
    for (size_t at = 0; at < out->length; count++) {
        uint32_t length = u32_at(out, at + 4);
        cr_assert(length % 4 == 0 && length >= 12 && length <= out->length - at);
        cr_assert(u32_at(out, at + length - 4) == length);
        at += length;
    }
    return count;
}

static void write_two(struct smini_bytebuf *out)
{
    struct smini_pcapng_section section = {smini_span_text("smin-replay 0"), smini_span_text("what it is")};
    struct smini_pcapng_interface fine = {.link_type = 1, .snaplen = 65535, .resolution = 9,
                                          .name = smini_span_text("eth0"), .description = smini_span_text("tap")};
    struct smini_pcapng_interface coarse = {.link_type = 113, .resolution = 6};
    struct smini_pcapng_packet first = a_packet(1767409445678901234u, 9, "one comment");
    struct smini_pcapng_packet second = a_packet(1767409446000007000u, 6, "");
    second.interface = 1;
    cr_assert(smini_pcapng_put_section(out, &section) == SMIN_OK);
    cr_assert(smini_pcapng_put_interface(out, &fine) == SMIN_OK);
    cr_assert(smini_pcapng_put_packet(out, &first) == SMIN_OK);
    cr_assert(smini_pcapng_put_interface(out, &coarse) == SMIN_OK);
    cr_assert(smini_pcapng_put_packet(out, &second) == SMIN_OK);
}

Test(slice, what_is_written_is_read_back_to_the_nanosecond)
{
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    struct smini_capture *capture;
    struct smini_packet packets[SMINI_CAPTURE_BATCH];
    struct smini_interface_view view;
    uint32_t count;
    FILE *file = tmpfile();
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, CAP);
    write_two(&out);
    cr_assert(blocks_of(&out) == 5);
    cr_assert(file && fwrite(out.bytes, 1, out.length, file) == out.length && fflush(file) == 0);
    cr_assert(lseek(fileno(file), 0, SEEK_SET) == 0);
    cr_assert(smini_capture_open(&capture, &alloc, fileno(file), "slice", NULL, NULL) == SMIN_OK);
    cr_assert(smini_capture_next(capture, packets, &count) == SMIN_OK && count == 1);
    cr_assert(packets[0].time_ns == 1767409445678901234u && packets[0].link_type == 1 && packets[0].interface == 0);
    cr_assert(packets[0].captured == sizeof(packet_bytes) && packets[0].wire_length == 60);
    cr_assert(memcmp(packets[0].bytes, packet_bytes, sizeof(packet_bytes)) == 0);
    cr_assert(smini_capture_interface(capture, 0, &view) && view.resolution == 9 && strcmp(view.name, "eth0") == 0);
    cr_assert(smini_capture_next(capture, packets, &count) == SMIN_OK && count == 1);
    cr_assert(packets[0].time_ns == 1767409446000007000u && packets[0].link_type == 113 && packets[0].interface == 1);
    cr_assert(smini_capture_interface(capture, 1, &view) && view.resolution == 6 && *view.name == 0);
    cr_assert(!smini_capture_interface(capture, 2, &view));
    cr_assert(smini_capture_next(capture, packets, &count) == SMIN_DONE);
    smini_capture_free(&capture);
    smini_bytebuf_free(&out);
    cr_assert(alloc.used == 0);
    fclose(file);
}

/* How many captures a reader finds in two sections of that application, and the number of the last packet. */
static uint32_t captures_of(const char *application, uint64_t *last)
{
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    struct smini_capture *capture;
    struct smini_packet packets[SMINI_CAPTURE_BATCH];
    struct smini_pcapng_section section = {.application = smini_span_text(application)};
    struct smini_pcapng_interface interface = {.link_type = 1, .resolution = 6};
    struct smini_pcapng_packet packet = a_packet(1000, 6, "");
    uint32_t captures = 1, count;
    FILE *file = tmpfile();
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, CAP);
    for (int i = 0; i < 2; i++) {
        cr_assert(smini_pcapng_put_section(&out, &section) == SMIN_OK);
        cr_assert(smini_pcapng_put_interface(&out, &interface) == SMIN_OK);
        cr_assert(smini_pcapng_put_packet(&out, &packet) == SMIN_OK);
    }
    cr_assert(file && fwrite(out.bytes, 1, out.length, file) == out.length && fflush(file) == 0);
    cr_assert(lseek(fileno(file), 0, SEEK_SET) == 0);
    cr_assert(smini_capture_open(&capture, &alloc, fileno(file), "slice", NULL, NULL) == SMIN_OK);
    for (;;) {
        if (smini_capture_next(capture, packets, &count) == SMIN_OK)
            *last = packets[count - 1].number;
        else if (smini_capture_next_member(capture) == SMIN_OK)
            captures++;
        else
            break;
    }
    smini_capture_free(&capture);
    smini_bytebuf_free(&out);
    fclose(file);
    return captures;
}

Test(slice, sections_of_slices_are_captures_and_others_are_not)
{
    uint64_t last = 0;
    cr_assert(captures_of("smin-replay 1", &last) == 2 && last == 2);
    cr_assert(captures_of("Dumpcap", &last) == 1 && last == 2);
    cr_assert(captures_of("", &last) == 1 && last == 2);
}

Test(slice, a_comment_longer_than_an_option_is_cut_at_a_character)
{
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    static char text[SMINI_PCAPNG_TEXT_MAX + 4];
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, CAP);
    memset(text, 'a', SMINI_PCAPNG_TEXT_MAX - 1);
    memcpy(text + SMINI_PCAPNG_TEXT_MAX - 1, "\xc3\xa9x", 4);
    struct smini_pcapng_packet packet = a_packet(0, 6, text);
    cr_assert(smini_pcapng_put_packet(&out, &packet) == SMIN_OK);
    cr_assert(blocks_of(&out) == 1);
    cr_assert(u32_at(&out, 36) == (1u | (uint32_t)(SMINI_PCAPNG_TEXT_MAX - 1) << 16));
    smini_bytebuf_free(&out);
}

Test(slice, units_of_time_that_are_no_power_of_ten_become_nanoseconds)
{
    cr_assert(smini_pcapng_resolution(6) == 6 && smini_pcapng_resolution(0) == 0);
    cr_assert(smini_pcapng_resolution(12) == 9 && smini_pcapng_resolution(0x80 | 20) == 9);
}

Test(slice, nothing_is_added_when_there_is_no_room_or_no_memory)
{
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    struct smini_pcapng_packet packet = a_packet(0, 6, "x");
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, 40);
    cr_assert(smini_pcapng_put_packet(&out, &packet) == SMIN_E_LIMIT && out.length == 0);
    smini_bytebuf_free(&out);
    smini_alloc_init(&alloc, 1);
    smini_bytebuf_init(&out, &alloc, CAP);
    cr_assert(smini_pcapng_put_packet(&out, &packet) == SMIN_E_NOMEM && out.length == 0);
}

Test(manifest, lines_are_sorted_escaped_as_coreutils_does_and_stand_once)
{
    static const uint8_t digest[SMINI_SHA256_BYTES] = {0xab, 0x01};
    static const char zeros[] = "000000000000000000000000000000000000000000000000000000000000";
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    struct smini_manifest manifest;
    char expected[512];
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, CAP);
    smini_manifest_init(&manifest, &alloc);
    cr_assert(smini_manifest_add(&manifest, "b", digest) == SMIN_OK);
    cr_assert(smini_manifest_add(&manifest, "a\\\n\r", digest) == SMIN_OK);
    cr_assert(smini_manifest_add(&manifest, "b", digest) == SMIN_OK);
    cr_assert(smini_manifest_write(&manifest, &out) == SMIN_OK);
    snprintf(expected, sizeof(expected), "\\ab01%s  a\\\\\\n\\r\nab01%s  b\n", zeros, zeros);
    cr_assert(out.length == strlen(expected) && memcmp(out.bytes, expected, out.length) == 0);
    smini_manifest_free(&manifest);
    smini_bytebuf_free(&out);
    cr_assert(alloc.used == 0);
}
