/* SPDX-License-Identifier: BSD-2-Clause */
#include "device/compare.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { STORY_ROOM = 4096 };

/* The changes as text: sign, section, line; "=" when there are none. */
static const char *story(struct smini_alloc *alloc, const char *before, const char *after, int32_t *status)
{
    static char text[STORY_ROOM];
    static const char signs[] = {'-', '+', '>'};
    struct smini_compare *compare;
    struct smini_change change;
    size_t used = 0;
    *status = smini_compare_new(&compare, alloc, smini_span_text(before), smini_span_text(after), 1000);
    if (*status != SMIN_OK)
        return "";
    while (smini_compare_next(compare, &change)) {
        struct smini_span section = change.section ? change.section->command : smini_span_text("");
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%c%.*s%s%.*s;", signs[change.kind],
                                 (int)section.length, (const char *)section.bytes, section.length > 0 ? "/" : "",
                                 (int)change.line.command.length, (const char *)change.line.command.bytes);
    }
    smini_compare_free(&compare);
    text[used] = '\0';
    return used > 0 ? text : "=";
}

#define EXPECT_STORY(before, after, expected)                           \
    do {                                                                \
        struct smini_alloc alloc;                                       \
        int32_t status;                                                 \
        smini_alloc_init(&alloc, 0);                                    \
        const char *told = story(&alloc, before, after, &status);       \
        cr_expect_eq(status, SMIN_OK);                                  \
        cr_expect_str_eq(told, expected, "%s", told);                   \
        cr_expect_eq(alloc.used, 0);                                    \
    } while (0)

Test(compare, the_same_text_has_no_changes_whatever_its_line_endings_and_decoration)
{
    EXPECT_STORY("hostname a\ninterface Vlan1\n ip address 192.0.2.1 255.255.255.0\n!\nend\n",
                 "Building configuration...\n\nCurrent configuration : 99 bytes\n!\nhostname  a\r\n!\r\ninterface Vlan1\r\n"
                 "   ip address 192.0.2.1   255.255.255.0\r\nntp clock-period 17\r\n",
                 "=");
}

Test(compare, what_was_removed_and_added_is_told_with_its_section)
{
    EXPECT_STORY("hostname a\nline vty 0 4\n login local\n transport input ssh\n",
                 "hostname a\nusername x nopassword\nline vty 0 4\n login local\n transport input all\n",
                 "-line vty 0 4/transport input ssh;+username x nopassword;+line vty 0 4/transport input all;");
}

Test(compare, the_same_line_below_another_section_is_another_line)
{
    EXPECT_STORY("interface Vlan1\n shutdown\ninterface Vlan2\n", "interface Vlan1\ninterface Vlan2\n shutdown\n",
                 "-interface Vlan1/shutdown;+interface Vlan2/shutdown;");
}

Test(compare, order_does_not_matter_where_it_does_not_to_a_device)
{
    EXPECT_STORY("username a nopassword\nusername b nopassword\nline vty 0 4\n login\n length 0\n",
                 "line vty 0 4\n length 0\n login\nusername b nopassword\nusername a nopassword\n", "=");
}

Test(compare, order_matters_in_access_lists_and_route_maps)
{
    EXPECT_STORY("ip access-list extended g\n permit ip host 192.0.2.1 any\n deny ip any any\n permit ip any any\n",
                 "ip access-list extended g\n permit ip any any\n permit ip host 192.0.2.1 any\n deny ip any any\n",
                 ">ip access-list extended g/permit ip any any;");
    EXPECT_STORY("access-list 1 deny any\naccess-list 1 permit any\naccess-list 2 permit any\n",
                 "access-list 2 permit any\naccess-list 1 permit any\naccess-list 1 deny any\n",
                 ">access-list 1 permit any;");
}

Test(compare, a_moved_line_says_where_it_was)
{
    struct smini_alloc alloc;
    struct smini_compare *compare;
    struct smini_change change;
    uint32_t lines, same;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(smini_compare_new(&compare, &alloc, smini_span_text("mac access-list extended m\n deny any any\n permit any any\n"),
                                   smini_span_text("mac access-list extended m\n permit any any\n deny any any\n"), 10),
                 SMIN_OK);
    cr_assert(smini_compare_next(compare, &change));
    cr_expect_eq(change.kind, SMINI_CHANGE_MOVED);
    cr_expect_eq(change.line.number, 2);
    cr_expect_eq(change.other, 3);
    cr_expect_eq(change.line.class, SMINI_IOS_CLASS_ACL);
    cr_expect(!smini_compare_next(compare, &change));
    smini_compare_counts(compare, &lines, &same);
    cr_expect_eq(lines, 6);
    cr_expect_eq(same, 3);
    smini_compare_free(&compare);
    cr_expect_null(compare);
}

Test(compare, how_often_a_line_stands_counts)
{
    EXPECT_STORY("ip host a 192.0.2.1\nip host a 192.0.2.1\n", "ip host a 192.0.2.1\n", "-ip host a 192.0.2.1;");
    EXPECT_STORY("", "ip host a 192.0.2.1\n", "+ip host a 192.0.2.1;");
    EXPECT_STORY("", "", "=");
}

Test(compare, the_text_of_a_banner_is_compared_as_it_stands)
{
    EXPECT_STORY("banner motd ^C\none\ntwo\n^C\n", "banner motd ^C\ntwo\none\n^C\n", ">banner motd ^C/two;");
}

Test(compare, what_was_typed_at_a_prompt_is_no_part_of_a_configuration)
{
    EXPECT_STORY("hostname a\n", "a#show run\nhostname a\na#\n", "=");
    EXPECT_STORY("hostname a\n", "hostname a\na(config)#no vstack\n", "+no vstack;");
}

Test(compare, too_many_lines_are_a_limit_and_nothing_stays_behind)
{
    struct smini_alloc alloc;
    struct smini_compare *compare;
    smini_alloc_init(&alloc, 0);
    cr_expect_eq(smini_compare_new(&compare, &alloc, smini_span_text("a\nb\nc\n"), smini_span_text("a\n"), 2), SMIN_E_LIMIT);
    cr_expect_eq(smini_compare_new(&compare, &alloc, smini_span_text("a\n"), smini_span_text("a\nb\nc\n"), 2), SMIN_E_LIMIT);
    cr_expect_null(compare);
    cr_expect_eq(smini_compare_new(&compare, &alloc, smini_span_text("a\nb\n"), smini_span_text("a\nb\n"), 2), SMIN_OK);
    smini_compare_free(&compare);
    cr_expect_eq(alloc.used, 0);
}

Test(compare, every_allocation_may_fail)
{
    static const char before[] = "hostname a\nline vty 0 4\n login\nip access-list standard s\n permit any\n deny any\n";
    static const char after[] = "hostname b\nline vty 0 4\n login\nip access-list standard s\n deny any\n permit any\n";
    struct failing_alloc memory;
    int32_t status = SMIN_E_NOMEM;
    uint64_t refusals = 0;
    failing_alloc_open(&memory);
    for (uint64_t n = 1; status != SMIN_OK; n++) {
        failing_alloc_fail_nth(&memory, n);
        (void)story(&memory.alloc, before, after, &status);
        cr_assert(status == SMIN_OK || status == SMIN_E_NOMEM);
        cr_assert(failing_alloc_clean(&memory));
        refusals += status == SMIN_E_NOMEM;
    }
    cr_expect_geq(refusals, 5);
}

/* Random texts: what was removed and added makes the one text of the other, line for line. */
Test(compare, the_changes_make_the_second_text_of_the_first)
{
    enum { ROUNDS = 300, KINDS = 6, LINES = 12 };
    uint32_t state = 11;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        char texts[2][LINES * 32];
        int counts[2][KINDS] = {{0}};
        struct smini_alloc alloc;
        struct smini_compare *compare;
        struct smini_change change;
        for (int side = 0; side < 2; side++) {
            size_t used = 0;
            texts[side][0] = '\0';
            for (uint32_t i = 0; i < LINES; i++) {
                state = state * 1664525u + 1013904223u;
                uint32_t kind = (state >> 16) % KINDS;
                counts[side][kind]++;
                used += (size_t)sprintf(texts[side] + used, "access-list %u permit 192.0.2.%u\n", kind % 2 + 1, kind);
            }
        }
        smini_alloc_init(&alloc, 0);
        cr_assert_eq(smini_compare_new(&compare, &alloc, smini_span_text(texts[0]), smini_span_text(texts[1]), LINES), SMIN_OK);
        while (smini_compare_next(compare, &change)) {
            uint32_t kind = change.line.command.bytes[change.line.command.length - 1] - (uint32_t)'0';
            counts[0][kind] += change.kind == SMINI_CHANGE_ADDED ? 1 : change.kind == SMINI_CHANGE_REMOVED ? -1 : 0;
        }
        smini_compare_free(&compare);
        for (uint32_t kind = 0; kind < KINDS; kind++)
            cr_assert_eq(counts[0][kind], counts[1][kind]);
    }
}
