/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sample_inspector.h"
#include "smin/host.h"

static const uint8_t *const not_readable = (const uint8_t *)64;

#define OFFSET(member) offsetof(struct smin_inspector, member)

/* Members that are pointers; each is set to NULL once. */
static const struct {
    const char *name;
    size_t offset;
    int required;
} pointers[] = {
    {"id", OFFSET(id), 1},
    {"name", OFFSET(name), 1},
    {"version", OFFSET(version), 1},
    {"vendor", OFFSET(vendor), 1},
    {"licence", OFFSET(licence), 1},
    {"fields", OFFSET(fields), 1},
    {"events", OFFSET(events), 1},
    {"messages", OFFSET(messages), 1},
    {"tcp_ports", OFFSET(tcp_ports), 1},
    {"instance_new", OFFSET(instance_new), 1},
    {"instance_free", OFFSET(instance_free), 1},
    {"thread_new", OFFSET(thread_new), 1},
    {"thread_free", OFFSET(thread_free), 1},
    {"flow_new", OFFSET(flow_new), 1},
    {"flow_free", OFFSET(flow_free), 1},
    {"probe", OFFSET(probe), 1},
    {"feed", OFFSET(feed), 1},
    {"gap", OFFSET(gap), 1},
    {"datagram", OFFSET(datagram), 0},
    {"end", OFFSET(end), 1},
    {"extension", OFFSET(extension), 1},
};

static void expect_refused(const struct sample *sample, int32_t status, const char *text)
{
    char reason[SMIN_HOST_REASON_BYTES] = "";
    cr_expect_eq(smin_host_judge(&sample->inspector, reason), status, "status for: %s", text);
    cr_expect_not_null(strstr(reason, text), "\"%s\" does not say \"%s\"", reason, text);
    cr_expect_eq(smin_host_judge(&sample->inspector, NULL), status);
}

Test(negotiate, a_right_inspector_is_accepted_without_a_reason)
{
    struct sample sample;
    sample_make(&sample);
    char reason[SMIN_HOST_REASON_BYTES] = "left over";
    cr_expect_eq(smin_host_judge(&sample.inspector, reason), SMIN_OK);
    cr_expect_str_eq(reason, "");
}

Test(negotiate, no_inspector_is_misuse)
{
    char reason[SMIN_HOST_REASON_BYTES] = "";
    cr_expect_eq(smin_host_judge(NULL, reason), SMIN_E_MISUSE);
    cr_expect_str_neq(reason, "");
}

Test(negotiate, every_required_pointer_is_missed)
{
    for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++) {
        struct sample sample;
        sample_make(&sample);
        memset((uint8_t *)&sample.inspector + pointers[i].offset, 0, sizeof(void *));
        int32_t expected = pointers[i].required ? SMIN_E_MISUSE : SMIN_OK;
        cr_expect_eq(smin_host_judge(&sample.inspector, NULL), expected, "%s", pointers[i].name);
    }
}

/* A table of another major may have anything anywhere: only its first eight bytes may be touched. */
Test(negotiate, nothing_behind_the_version_of_another_major_is_read)
{
    long page = sysconf(_SC_PAGESIZE);
    uint8_t *pages = mmap(NULL, (size_t)page * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert(pages != MAP_FAILED);
    cr_assert_eq(mprotect(pages + page, (size_t)page, PROT_NONE), 0);
    struct smin_inspector *inspector = (struct smin_inspector *)(void *)(pages + page - 8);
    inspector->struct_size = sizeof(*inspector);
    inspector->abi_major = SMIN_ABI_MAJOR + 1;
    inspector->abi_minor = 3;
    char reason[SMIN_HOST_REASON_BYTES] = "";
    cr_expect_eq(smin_host_judge(inspector, reason), SMIN_E_VERSION);
    cr_expect_not_null(strstr(reason, "built for ABI 2.3, this host is built for ABI 1.0"), "%s", reason);
    cr_expect_not_null(strstr(reason, "rebuild"), "%s", reason);
}

Test(negotiate, every_size_below_what_is_required_is_refused)
{
    for (uint32_t size = 0; size < sizeof(struct smin_inspector); size++) {
        struct sample sample;
        sample_make(&sample);
        sample.inspector.struct_size = size;
        cr_expect_eq(smin_host_judge(&sample.inspector, NULL), SMIN_E_MISUSE, "size %u", size);
    }
}

/* The size decides how far is read: the page behind a short table is never touched. */
Test(negotiate, nothing_behind_the_size_is_read)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *pages = mmap(NULL, page * 2, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert(pages != MAP_FAILED);
    cr_assert_eq(mprotect(pages + page, page, PROT_NONE), 0);
    struct sample sample;
    sample_make(&sample);
    for (size_t size = 8; size < sizeof(struct smin_inspector); size += 8) {
        sample.inspector.struct_size = (uint32_t)size;
        memcpy(pages + page - size, &sample.inspector, size);
        const void *table = pages + page - size;
        cr_expect_eq(smin_host_judge(table, NULL), SMIN_E_MISUSE, "size %zu", size);
    }
}

Test(negotiate, a_larger_table_of_the_same_version_is_accepted)
{
    struct {
        struct sample sample;
        uint64_t later_members[4];
    } wide;
    sample_make(&wide.sample);
    memset(wide.later_members, 0xff, sizeof(wide.later_members));
    wide.sample.inspector.struct_size += 32;
    cr_expect_eq(smin_host_judge(&wide.sample.inspector, NULL), SMIN_OK);
}

Test(negotiate, sizes_that_no_version_has_are_refused)
{
    struct sample sample;
    sample_make(&sample);
    sample.inspector.struct_size = UINT32_MAX;
    expect_refused(&sample, SMIN_E_MISUSE, "which no version of it has");
}

Test(negotiate, every_minor_of_this_major_is_read)
{
    static const uint16_t minors[] = {0, SMIN_ABI_MINOR, SMIN_ABI_MINOR + 1, UINT16_MAX};
    for (size_t i = 0; i < sizeof(minors) / sizeof(minors[0]); i++) {
        struct sample sample;
        sample_make(&sample);
        sample.inspector.abi_minor = minors[i];
        cr_expect_eq(smin_host_judge(&sample.inspector, NULL), SMIN_OK, "minor %u", minors[i]);
    }
}

Test(negotiate, the_major_that_could_change_anything_is_refused)
{
    struct sample sample;
    sample_make(&sample);
    sample.inspector.abi_major = 0;
    sample.inspector.abi_minor = 1;
    expect_refused(&sample, SMIN_E_VERSION, "built for ABI 0.1, this host is built for ABI 1.0");
}

Test(negotiate, a_reason_never_shows_a_text_that_was_not_judged)
{
    struct sample sample;
    sample_make(&sample);
    sample.inspector.id = "Org.example.\033[31m";
    char reason[SMIN_HOST_REASON_BYTES] = "";
    cr_expect_eq(smin_host_judge(&sample.inspector, reason), SMIN_E_MISUSE);
    cr_expect_null(strchr(reason, '\033'), "%s", reason);
}

Test(negotiate, strides_and_counts_are_bounded)
{
    static const uint16_t strides[] = {0, 1, 16, sizeof(struct smin_field_desc) - 1, sizeof(struct smin_field_desc) + 1,
                                       4104, UINT16_MAX};
    struct sample sample;
    for (size_t i = 0; i < sizeof(strides) / sizeof(strides[0]); i++) {
        sample_make(&sample);
        sample.inspector.field_stride = strides[i];
        expect_refused(&sample, SMIN_E_MISUSE, "the stride of the field table");
    }
    sample_make(&sample);
    sample.inspector.event_count = UINT32_MAX;
    expect_refused(&sample, SMIN_E_MISUSE, "elements in the event table");
    sample_make(&sample);
    sample.inspector.tcp_port_count = UINT16_MAX;
    expect_refused(&sample, SMIN_E_MISUSE, "port hints");
}

Test(negotiate, wider_elements_are_stepped_over_by_their_stride)
{
    struct wide_event {
        struct smin_event_desc event;
        uint64_t later_member;
    } events[2] = {{{1, 0, "one", "one", NULL}, UINT64_MAX}, {{2, 0, "two", "two", NULL}, UINT64_MAX}};
    struct sample sample;
    sample_make(&sample);
    sample.inspector.events = &events[0].event;
    sample.inspector.event_stride = sizeof(events[0]);
    cr_expect_eq(smin_host_judge(&sample.inspector, NULL), SMIN_OK);
    events[1].event.id = 1;
    expect_refused(&sample, SMIN_E_MISUSE, "event number 1 is given twice, to \"one\" and \"two\"");
}

Test(negotiate, empty_tables_need_no_pointer)
{
    struct sample sample;
    sample_make(&sample);
    sample.inspector.field_count = 0;
    sample.inspector.fields = (const void *)not_readable;
    sample.inspector.field_stride = 0;
    sample.inspector.tcp_port_count = 0;
    sample.inspector.tcp_ports = NULL;
    cr_expect_eq(smin_host_judge(&sample.inspector, NULL), SMIN_OK);
}

Test(negotiate, elements_out_of_their_range_are_named)
{
    struct sample sample;
    sample_make(&sample);
    sample.fields[1].type = 8;
    expect_refused(&sample, SMIN_E_MISUSE, "element 1 of the field table: its type");
    sample_make(&sample);
    sample.fields[0].key = "urls[";
    expect_refused(&sample, SMIN_E_MISUSE, "its record key");
    sample_make(&sample);
    sample.events[0].severity = 5;
    expect_refused(&sample, SMIN_E_MISUSE, "its severity");
    sample_make(&sample);
    sample.events[1].reference = "a\nb";
    expect_refused(&sample, SMIN_E_MISUSE, "its reference");
    sample_make(&sample);
    sample.messages[1].direction = 3;
    expect_refused(&sample, SMIN_E_MISUSE, "its direction");
    sample_make(&sample);
    sample.messages[0].id = 0;
    expect_refused(&sample, SMIN_E_MISUSE, "has the number 0");
    sample_make(&sample);
    sample.messages[1].name = "question";
    expect_refused(&sample, SMIN_E_MISUSE, "are named \"question\"");
}

Test(negotiate, misaligned_tables_are_refused)
{
    struct sample sample;
    sample_make(&sample);
    sample.inspector.fields = (const void *)((const uint8_t *)sample.fields + 4);
    expect_refused(&sample, SMIN_E_MISUSE, "the field table is not aligned");
    cr_expect_eq(smin_host_judge((const void *)((const uint8_t *)&sample.inspector + 2), NULL), SMIN_E_MISUSE);
}
