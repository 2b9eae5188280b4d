/* SPDX-License-Identifier: BSD-2-Clause */
/* Compressed captures, archives, archives in archives; damaged ones, and ones that grow without end. */
#include "config.h"

#ifdef HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/unit/replay/input_build.h"

static struct build file, packed, inner;
static struct seen seen;

struct member {
    const char *name; /* NULL: a compressed file without a name */
    const struct build *content;
};

static void pack(struct build *out, const char *filter, int (*format)(struct archive *), const struct member *members,
                 size_t count)
{
    size_t used = 0;
    struct archive *archive = archive_write_new();
    if (strcmp(filter, "none") != 0)
        cr_assert(archive_write_add_filter_by_name(archive, filter) == ARCHIVE_OK);
    cr_assert(format(archive) == ARCHIVE_OK);
    cr_assert(archive_write_open_memory(archive, out->bytes, BUILD_ROOM, &used) == ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, members[i].name ? members[i].name : "data");
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, (la_int64_t)members[i].content->length);
        cr_assert(archive_write_header(archive, entry) == ARCHIVE_OK);
        cr_assert(archive_write_data(archive, members[i].content->bytes, members[i].content->length) >= 0);
        archive_entry_free(entry);
    }
    cr_assert(archive_write_close(archive) == ARCHIVE_OK);
    cr_assert(archive_write_free(archive) == ARCHIVE_OK);
    out->length = used;
}

static void write_pcap(uint32_t count)
{
    memset(&file, 0, sizeof(file));
    build_pcap(&file, 0xa1b2c3d4, 65535, 1);
    for (uint32_t i = 0; i < count; i++)
        build_record(&file, 1700000000, i, &i, sizeof(i), sizeof(i));
}

Test(archive, a_compressed_capture_is_one_capture)
{
    static const char *const filters[] = {"gzip", "bzip2", "xz", "lz4", "zstd"};
    write_pcap(100);
    struct member member = {NULL, &file};
    for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
        pack(&packed, filters[i], archive_write_set_format_raw, &member, 1);
        seen_read(&seen, packed.bytes, packed.length);
        cr_assert(seen.opened == SMIN_OK && seen.ended == SMIN_DONE, "%s", filters[i]);
        cr_assert(seen.members == 1 && seen.count == 100 && seen.problem_count == 0, "%s", filters[i]);
        cr_assert(strcmp(seen.names[0], "file") == 0 && seen.packets[99].offset == 24 + 99 * 20);
    }
}

static void several(const char *filter, int (*format)(struct archive *))
{
    static struct build text = {.length = 9, .bytes = "read me!\n"};
    struct member members[] = {{"b.pcap", &file}, {"README", &text}, {"folder/a", &file}, {"bad.pcap", &text}};
    pack(&packed, filter, format, members, 4);
    seen_read(&seen, packed.bytes, packed.length);
    cr_assert(seen.opened == SMIN_OK && seen.ended == SMIN_DONE && seen.members == 2 && seen.count == 6);
    cr_assert(strcmp(seen.names[0], "file:b.pcap") == 0 && strcmp(seen.names[1], "file:folder/a") == 0);
    cr_assert(seen.packets[3].number == 1); /* each capture counts for itself */
    cr_assert(seen.problem_count == 2 && !seen_find(&seen, "member_skipped")->lost);
    cr_assert(seen_find(&seen, "member_unreadable")->lost != 0);
}

Test(archive, members_come_in_archive_order_and_others_are_told)
{
    write_pcap(3);
    several("none", archive_write_set_format_ustar);
    several("gzip", archive_write_set_format_ustar);
    several("zstd", archive_write_set_format_pax);
    several("none", archive_write_set_format_zip);
}

Test(archive, a_compressed_capture_inside_an_archive_is_read)
{
    write_pcap(5);
    struct member member = {NULL, &file};
    pack(&inner, "gzip", archive_write_set_format_raw, &member, 1);
    struct member members[] = {{"one.pcap.gz", &inner}, {"two.pcap", &file}};
    pack(&packed, "xz", archive_write_set_format_ustar, members, 2);
    seen_read(&seen, packed.bytes, packed.length);
    cr_assert(seen.ended == SMIN_DONE && seen.members == 2 && seen.count == 10 && seen.problem_count == 0);
    cr_assert(strcmp(seen.names[0], "file:one.pcap.gz") == 0 && strcmp(seen.names[1], "file:two.pcap") == 0);
}

Test(archive, nesting_beyond_the_limit_is_told)
{
    write_pcap(1);
    for (int depth = 1; depth <= 6; depth++) {
        static struct build next;
        struct member member = {"x", depth == 1 ? &file : &inner};
        pack(&next, "none", archive_write_set_format_zip, &member, 1);
        memcpy(&inner, &next, sizeof(inner));
        seen_read(&seen, inner.bytes, inner.length);
        if (depth <= 4)
            cr_assert(seen.opened == SMIN_OK && seen.count == 1 && seen.problem_count == 0);
        else
            cr_assert(seen.opened == SMIN_E_UNSUPPORTED && seen_find(&seen, "archive_nesting_limit")->lost);
    }
}

Test(archive, an_archive_without_a_capture_is_refused)
{
    static struct build text = {.length = 9, .bytes = "read me!\n"};
    struct member members[] = {{"a", &text}, {"b", &text}};
    pack(&packed, "gzip", archive_write_set_format_ustar, members, 2);
    seen_read(&seen, packed.bytes, packed.length);
    cr_assert(seen.opened == SMIN_E_UNSUPPORTED && seen_find(&seen, "archive_without_capture")->lost);
    pack(&packed, "gzip", archive_write_set_format_raw, members, 1);
    seen_read(&seen, packed.bytes, packed.length);
    cr_assert(seen.opened == SMIN_E_UNSUPPORTED && seen_find(&seen, "archive_without_capture")->lost);
}

Test(archive, truncation_anywhere_is_told_and_nothing_false_is_read)
{
    static const char *const filters[] = {"gzip", "zstd", "none"};
    write_pcap(200);
    struct member members[] = {{"a.pcap", &file}, {"b.pcap", &file}};
    for (int i = 0; i < 3; i++) {
        pack(&packed, filters[i], i == 2 ? archive_write_set_format_zip : archive_write_set_format_ustar, members, 2);
        size_t whole = packed.length;
        for (size_t length = 1; length < whole; length += 1 + length / 40) {
            seen_read(&seen, packed.bytes, length);
            cr_assert(seen.problem_count > 0 || seen.count == SEEN_MAX);
            for (uint32_t p = 0; p < seen.count; p++)
                cr_assert(seen.packets[p].captured == 4 && seen.packets[p].number == p % 200 + 1);
        }
    }
}

Test(archive, what_grows_beyond_the_limit_is_stopped)
{
    struct smini_alloc alloc;
    struct smini_capture_limits limits;
    smini_capture_limits_default(&limits);
    limits.expanded_max = 10000;
    memset(&file, 0, sizeof(file));
    build_pcap(&file, 0xa1b2c3d4, 65535, 1);
    static uint8_t zeros[1000];
    for (uint32_t i = 0; i < 200; i++)
        build_record(&file, 1700000000, i, zeros, 1000, 1000);
    struct member members[] = {{"skipped", &file}, {"a.pcap", &file}};
    for (int first = 0; first < 2; first++) {
        memset(file.bytes, first == 0 ? 'x' : 0, 4); /* not a capture: passing over it counts too */
        if (first == 1)
            memcpy(file.bytes, "\xa1\xb2\xc3\xd4", 4);
        pack(&packed, "gzip", archive_write_set_format_ustar, members + first, 2u - (unsigned)first);
        smini_alloc_init(&alloc, 0);
        int fd = seen_file(packed.bytes, packed.length);
        seen_read_fd(&seen, &alloc, fd, &limits);
        (void)close(fd);
        cr_assert(seen_find(&seen, "expansion_limit")->lost && seen.count <= 9 && alloc.used == 0);
        cr_assert(seen.count == (first == 0 ? 0u : 9u));
    }
}

Test(archive, every_failing_allocation_is_a_clean_end)
{
    write_pcap(5);
    struct member member = {NULL, &file};
    pack(&inner, "gzip", archive_write_set_format_raw, &member, 1);
    struct member members[] = {{"one.pcap.gz", &inner}};
    pack(&packed, "none", archive_write_set_format_ustar, members, 1);
    struct failing_alloc failing;
    for (uint64_t n = 1;; n++) {
        int fd = seen_file(packed.bytes, packed.length);
        failing_alloc_open(&failing);
        failing_alloc_fail_nth(&failing, n);
        seen_read_fd(&seen, &failing.alloc, fd, NULL);
        (void)close(fd);
        cr_assert(failing_alloc_clean(&failing));
        if (failing.refused == 0)
            break;
        cr_assert(seen_find(&seen, "out_of_memory")->lost);
    }
    cr_assert(seen.ended == SMIN_DONE && seen.count == 5);
}
#endif
