/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole texts: line endings, sections, banners, keys, console output, scripts, and what reading costs. */
#include "device/ios_form.h"
#include "device/ios_text.h"
#include "smin/status.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/guard_page.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINES_ROOM = 64, TEXT_ROOM = 4096 };

struct reading {
    struct guard_page page;
    struct smini_ios_line lines[LINES_ROOM + 1]; /* from 1, as they are numbered */
    uint32_t count;
};

static void read_bytes(struct reading *reading, const void *text, size_t length, enum smini_ios_kind kind)
{
    struct smini_ios_text reader;
    guard_page_open(&reading->page, TEXT_ROOM);
    smini_ios_text_begin(&reader, smini_span_make(guard_page_put(&reading->page, text, length), length), kind);
    reading->count = 0;
    while (smini_ios_text_next(&reader, &reading->lines[reading->count + 1]))
        cr_assert_lt(++reading->count, LINES_ROOM);
}

static void read_config(struct reading *reading, const char *text)
{
    read_bytes(reading, text, strlen(text), SMINI_IOS_CONFIG);
}

static const char *class_of(const struct reading *reading, uint32_t number)
{
    return smini_ios_class_name(reading->lines[number].class);
}

static bool is_masked(const struct smini_ios_line *line, const char *masked)
{
    struct smini_alloc alloc;
    struct smini_bytebuf out;
    smini_alloc_init(&alloc, 0);
    smini_bytebuf_init(&out, &alloc, TEXT_ROOM);
    cr_assert_eq(smini_ios_masked(line, &out), SMIN_OK);
    bool same = smini_span_equal(smini_bytebuf_span(&out), smini_span_text(masked));
    if (!same)
        cr_log_error("%.*s", (int)out.length, (const char *)out.bytes);
    smini_bytebuf_free(&out);
    return same;
}

Test(ios_text, every_line_ending_ends_one_line)
{
    static struct reading reading;
    read_config(&reading, "hostname a\nhostname b\r\nhostname c\r\r\nhostname d\rhostname e\n\nhostname f");
    static const size_t offsets[] = {0, 11, 23, 36, 47, 58, 59};
    cr_assert_eq(reading.count, 7);
    for (uint32_t i = 0; i < 7; i++) {
        cr_expect_eq(reading.lines[i + 1].offset, offsets[i], "%u", i);
        cr_expect_eq(reading.lines[i + 1].number, i + 1);
        cr_expect_eq(reading.lines[i + 1].ended, i < 6);
        cr_expect(!reading.lines[i + 1].damaged);
    }
    cr_expect_eq(reading.lines[6].role, SMINI_IOS_BLANK);
    guard_page_close(&reading.page);
}

Test(ios_text, indentation_gives_sections_with_parents)
{
    static struct reading reading;
    read_config(&reading, "router bgp 64500\n address-family ipv4\n  neighbor 192.0.2.1 password x1\n !\n exit\n!\n"
                          "line vty 0 4\n login\nline con 0\n");
    static const struct {
        uint32_t parent;
        uint32_t depth;
    } places[] = {{0, 0}, {1, 1}, {2, 2}, {0, 0}, {1, 1}, {0, 0}, {0, 0}, {7, 1}, {0, 0}};
    for (uint32_t i = 0; i < 9; i++) {
        cr_expect_eq(reading.lines[i + 1].parent, places[i].parent, "%u: %u", i + 1, reading.lines[i + 1].parent);
        cr_expect_eq(reading.lines[i + 1].depth, places[i].depth, "%u: %u", i + 1, reading.lines[i + 1].depth);
    }
    guard_page_close(&reading.page);
}

Test(ios_text, a_typed_configuration_without_indentation_has_sections_too)
{
    static struct reading reading;
    read_config(&reading, "username cisco privilege 15 secret 0 x1\ninterface Vlan1\nip address 192.0.2.1 255.255.255.0\n"
                          "no shutdown\nip route 0.0.0.0 0.0.0.0 192.0.2.9\nline vty 0 4\nlogin local\n"
                          "transport input telnet\nlogging host 192.0.2.9\nend\nlogin on-failure\n");
    static const uint32_t parents[] = {0, 0, 2, 2, 0, 0, 6, 6, 0, 0, 0};
    static const char *const classes[] = {"user", "none",    "none", "none", "route", "line",
                                          "line", "line", "logging", "none", "line"};
    for (uint32_t i = 0; i < 11; i++) {
        cr_expect_eq(reading.lines[i + 1].parent, parents[i], "%u: %u", i + 1, reading.lines[i + 1].parent);
        cr_expect_str_eq(class_of(&reading, i + 1), classes[i], "%u: %s", i + 1, class_of(&reading, i + 1));
        cr_expect(!reading.lines[i + 1].might_be, "%u", i + 1);
    }
    guard_page_close(&reading.page);
}

Test(ios_text, a_line_whose_section_is_missing_might_be_what_it_looks_like)
{
    static struct reading reading;
    read_config(&reading, " transport input telnet\n password x1\n");
    cr_expect_str_eq(class_of(&reading, 1), "line");
    cr_expect(reading.lines[1].might_be && reading.lines[2].might_be);
    cr_expect(is_masked(&reading.lines[2], " password " SMINI_IOS_MASK));
    guard_page_close(&reading.page);
}

Test(ios_text, a_banner_holds_anything_up_to_its_delimiter)
{
    static struct reading reading;
    read_config(&reading, "banner motd ^C\nusername op secret 0 x1\nhttp://u1:x2@host.example/ #\n^C\n"
                          "banner exec #one line#\nusername op nopassword\nbanner login \x03 in\nno vstack\n\x03\nvstack\n");
    cr_expect_str_eq(class_of(&reading, 1), "banner");
    for (uint32_t i = 2; i <= 4; i++) {
        cr_expect_eq(reading.lines[i].role, SMINI_IOS_BANNER_TEXT);
        cr_expect_eq(reading.lines[i].parent, 1);
    }
    cr_expect(is_masked(&reading.lines[2], "username op secret 0 " SMINI_IOS_MASK));
    cr_expect(is_masked(&reading.lines[3], "http://u1:" SMINI_IOS_MASK "@host.example/ #"));
    cr_expect_str_eq(class_of(&reading, 6), "user");
    cr_expect_eq(reading.lines[8].role, SMINI_IOS_BANNER_TEXT);
    cr_expect_str_eq(class_of(&reading, 10), "vstack");
    cr_expect(!reading.lines[10].might_be);
    guard_page_close(&reading.page);
}

Test(ios_text, a_lone_caret_may_end_a_banner_whose_delimiter_was_printed)
{
    static struct reading reading;
    read_config(&reading, "banner motd ^C\nuser text\n^\nusername op privilege 15 secret 0 x1\nwelcome\n^C\nvstack\n");
    cr_expect_str_eq(class_of(&reading, 2), "banner");
    cr_expect(!reading.lines[2].might_be);
    cr_expect_str_eq(class_of(&reading, 4), "user");
    cr_expect_eq(reading.lines[4].weight, SMINI_IOS_GRAVE);
    cr_expect(reading.lines[4].might_be);
    cr_expect(is_masked(&reading.lines[4], "username op privilege 15 secret 0 " SMINI_IOS_MASK));
    cr_expect_str_eq(class_of(&reading, 5), "banner");
    cr_expect(!reading.lines[7].might_be);
    guard_page_close(&reading.page);
}

Test(ios_text, behind_a_banner_without_an_end_everything_is_in_doubt)
{
    static struct reading reading;
    read_config(&reading, "username a nopassword\nbanner motd ~hello\nusername b nopassword\n");
    cr_expect(!reading.lines[1].might_be);
    cr_expect_str_eq(class_of(&reading, 3), "user");
    cr_expect(reading.lines[3].might_be);
    guard_page_close(&reading.page);
}

Test(ios_text, certificates_and_keys_are_no_commands)
{
    static struct reading reading;
    read_config(&reading, "crypto pki certificate chain tp\n certificate self-signed 01\n  30820229 30820192 A0030201 02020101\n"
                          "  0101\n  \tquit\nusername a nopassword\n"
                          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n"
                          "crypto key pubkey-chain rsa\n key-string\n  30819F30 0D06092A\n  quit\nno vstack\n");
    cr_expect_eq(reading.lines[3].role, SMINI_IOS_CERTIFICATE);
    cr_expect_eq(reading.lines[3].parent, 2);
    cr_expect_eq(reading.lines[4].role, SMINI_IOS_CERTIFICATE);
    cr_expect_eq(reading.lines[5].role, SMINI_IOS_CERTIFICATE);
    cr_expect_str_eq(class_of(&reading, 6), "user");
    for (uint32_t i = 7; i <= 11; i++)
        if (i != 9)
            cr_expect(is_masked(&reading.lines[i], SMINI_IOS_MASK), "%u", i);
    cr_expect(is_masked(&reading.lines[14], SMINI_IOS_MASK));
    cr_expect_str_eq(class_of(&reading, 16), "vstack");
    guard_page_close(&reading.page);
}

Test(ios_text, a_key_that_was_cut_ends_where_commands_begin)
{
    static struct reading reading;
    read_config(&reading, "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nusername a nopassword\n"
                          "crypto pki certificate chain tp\n certificate 01\n  30820229 30820192\nvstack\n");
    cr_expect_str_eq(class_of(&reading, 3), "user");
    cr_expect_str_eq(class_of(&reading, 7), "vstack");
    guard_page_close(&reading.page);
}

Test(ios_text, what_a_console_prints_is_passed_over)
{
    static struct reading reading;
    read_config(&reading, "Switch#show running-config\nBuilding configuration...\n\nCurrent configuration : 1234 bytes\n"
                          " --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\busername a secret 0 x1\n"
                          "--More--\r        \rline vty 0 4\n <--- More --->\r password x2\nSwitch#\n\x1b[Kvstack\n");
    static const enum smini_ios_role roles[] = {SMINI_IOS_COMMAND, SMINI_IOS_DEBRIS,  SMINI_IOS_BLANK,   SMINI_IOS_DEBRIS,
                                                SMINI_IOS_COMMAND, SMINI_IOS_DEBRIS,  SMINI_IOS_BLANK,   SMINI_IOS_COMMAND,
                                                SMINI_IOS_DEBRIS,  SMINI_IOS_COMMAND, SMINI_IOS_DEBRIS, SMINI_IOS_COMMAND};
    cr_assert_eq(reading.count, 12);
    for (uint32_t i = 0; i < 12; i++)
        cr_expect_eq(reading.lines[i + 1].role, roles[i], "%u: %d", i + 1, reading.lines[i + 1].role);
    cr_expect_str_eq(class_of(&reading, 5), "user");
    cr_expect(!reading.lines[5].might_be && reading.lines[5].damaged);
    cr_expect_eq(reading.lines[10].parent, 8);
    cr_expect_str_eq(class_of(&reading, 12), "vstack");
    guard_page_close(&reading.page);
}

Test(ios_text, bytes_of_two_byte_text_and_stray_nuls_do_not_hide_a_word)
{
    static const char two[] = "\xff\xfeu\0s\0e\0r\0n\0a\0m\0e\0 \0a\0 \0s\0e\0c\0r\0e\0t\0 \0x\0001\0\n\0v\0s\0t\0a\0c\0k\0";
    static struct reading reading;
    read_bytes(&reading, two, sizeof(two) - 1, SMINI_IOS_CONFIG);
    cr_expect_str_eq(class_of(&reading, 1), "user");
    cr_expect_eq(reading.lines[1].secret_count, 1);
    cr_expect(reading.lines[1].damaged);
    cr_expect_str_eq(class_of(&reading, 2), "vstack");
    guard_page_close(&reading.page);
    read_bytes(&reading, "\0\0\0\0no vs\0tack\0\0\0", 18, SMINI_IOS_CONFIG);
    cr_expect_str_eq(class_of(&reading, 1), "vstack");
    cr_expect(reading.lines[1].negated);
    guard_page_close(&reading.page);
}

Test(ios_text, commands_of_a_macro_may_or_may_not_be_run)
{
    static struct reading reading;
    read_config(&reading, "macro name m\nusername a nopassword\n@\nusername b nopassword\n");
    cr_expect(reading.lines[2].might_be);
    cr_expect(!reading.lines[4].might_be);
    guard_page_close(&reading.page);
}

Test(ios_text, a_script_is_its_quoted_commands)
{
    static const char script[] = "\"username x privilege 15 secret 0 y1\" \"line vty 0 4\"\n\"login local\"\r\n"
                                 "junk \"write erase\" \"no vst";
    static struct reading reading;
    read_bytes(&reading, script, sizeof(script) - 1, SMINI_IOS_COMMANDS);
    cr_assert_eq(reading.count, 6);
    cr_expect_str_eq(class_of(&reading, 1), "user");
    cr_expect(is_masked(&reading.lines[1], "username x privilege 15 secret 0 " SMINI_IOS_MASK));
    cr_expect_eq(reading.lines[3].parent, 2);
    cr_expect_eq(reading.lines[4].role, SMINI_IOS_STRAY);
    cr_expect_str_eq(class_of(&reading, 5), "command");
    cr_expect(!reading.lines[5].might_be);
    cr_expect(!reading.lines[6].ended && reading.lines[5].ended);
    guard_page_close(&reading.page);
}

Test(ios_text, an_image_list_names_an_image)
{
    static struct reading reading;
    read_bytes(&reading, "c2960-lanbasek9-tar.tar\r\n", 25, SMINI_IOS_IMAGE_LIST);
    cr_expect_eq(reading.count, 1);
    cr_expect_str_eq(class_of(&reading, 1), "boot");
    guard_page_close(&reading.page);
}

Test(ios_text, the_kind_follows_the_type_of_a_file_record)
{
    enum smini_ios_kind kind;
    cr_expect(smini_ios_kind_of("ios-commands", &kind) && kind == SMINI_IOS_COMMANDS);
    cr_expect(smini_ios_kind_of("ios-config", &kind) && kind == SMINI_IOS_CONFIG);
    cr_expect(smini_ios_kind_of("image-list", &kind) && kind == SMINI_IOS_IMAGE_LIST);
    cr_expect(!smini_ios_kind_of("tar", &kind));
}

Test(ios_text, more_secrets_than_a_line_can_say_become_one)
{
    static struct reading reading;
    read_config(&reading, "x ftp://a:s1@h ftp://a:s2@h ftp://a:s3@h ftp://a:s4@h ftp://a:s5@h tail\n");
    cr_expect(is_masked(&reading.lines[1], "x ftp://a:" SMINI_IOS_MASK));
    guard_page_close(&reading.page);
    read_config(&reading, "alias exec a alias exec b alias exec c alias exec d username u secret x1\n");
    cr_expect_eq(reading.lines[1].secret_count, 1);
    guard_page_close(&reading.page);
}

Test(ios_text, a_secret_does_not_end_at_a_control_character)
{
    static struct reading reading;
    read_config(&reading, "snmp-server community a\x01" "b\x7f" "c RO\nsnmp-server community x1\tRO\n");
    cr_expect(is_masked(&reading.lines[1], "snmp-server community " SMINI_IOS_MASK " RO"));
    cr_expect(is_masked(&reading.lines[2], "snmp-server community " SMINI_IOS_MASK "\tRO"));
    guard_page_close(&reading.page);
}

Test(ios_text, masked_text_that_finds_no_room_says_so)
{
    static struct reading reading;
    struct failing_alloc memory;
    struct smini_bytebuf out;
    read_config(&reading, "enable secret x1\n");
    failing_alloc_open(&memory);
    smini_bytebuf_init(&out, &memory.alloc, 10);
    cr_expect_eq(smini_ios_masked(&reading.lines[1], &out), SMIN_E_LIMIT);
    smini_bytebuf_free(&out);
    smini_bytebuf_init(&out, &memory.alloc, TEXT_ROOM);
    failing_alloc_fail_nth(&memory, 1);
    cr_expect_eq(smini_ios_masked(&reading.lines[1], &out), SMIN_E_NOMEM);
    smini_bytebuf_free(&out);
    cr_expect(failing_alloc_clean(&memory));
    guard_page_close(&reading.page);
}

/* A whole text of `length` bytes made of `unit`, read to its end: what it cost per byte. */
static uint64_t cost_per_byte(const char *unit, size_t length)
{
    size_t unit_length = strlen(unit);
    char *text = malloc(length);
    cr_assert_not_null(text);
    for (size_t i = 0; i < length; i++)
        text[i] = unit[i % unit_length];
    struct smini_ios_text reader;
    struct smini_ios_line line;
    smini_ios_text_begin(&reader, smini_span_make(text, length), SMINI_IOS_CONFIG);
    while (smini_ios_text_next(&reader, &line))
        ;
    free(text);
    return reader.work / length;
}

Test(ios_text, reading_costs_no_more_per_byte_in_a_longer_text)
{
    static const char *const units[] = {
        "a", "\r", "\n", " x", "banner motd ", "banner motd a\n", "banner motd ^C\n", "\"", "username a secret b ", "\n\n\r",
        "interface Vlan1\n", " a\n  b\n", "snmp-server user ", "--More--\b", "ftp://a:b@", "!\n", "-----BEGIN \n", "/", "$1$",
        "event manager applet x\n action 1 cli command \"username a secret b\"\n"};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        uint64_t small = cost_per_byte(units[i], 1 << 12), large = cost_per_byte(units[i], 1 << 20);
        cr_expect_leq(large, small * 2 + 8, "%s: %llu, %llu", units[i], (unsigned long long)small,
                      (unsigned long long)large);
    }
}
