/* SPDX-License-Identifier: BSD-2-Clause */
/* What a file is, by its beginning: in doubt the more general word. */
#include <criterion/criterion.h>
#include <string.h>

#include "replay/file_type.h"

static void expect(const char *type, struct smini_span head, bool whole)
{
    cr_expect_str_eq(smini_file_type(head, whole), type, "%.40s", head.length ? (const char *)head.bytes : "");
}

static void expect_text(const char *type, const char *text)
{
    expect(type, smini_span_text(text), true);
}

Test(file_type, configurations_are_known_by_three_lines)
{
    expect_text("ios-config", "hostname a\ninterface Vlan1\n ip address 192.0.2.10 255.255.255.0\nend\n");
    expect_text("ios-config", "!\r\nversion 15.0\r\nhostname Switch\r\nend\r\n");
    expect_text("text", "!\n!\n!\nend\n");
    expect_text("text", "hostname a\nend\n");
    expect_text("text", "our interface is good.\nversion control\nservices\n");
}

Test(file_type, commands_stand_in_quotes)
{
    expect_text("ios-commands", "\"username x privilege 15\" \"exit\"\n");
    expect_text("text", "\"quoted\" and not\n");
    expect_text("text", "\"unfinished");
    expect("ios-commands", smini_span_text("\"one\" \"two is cut"), false);
}

Test(file_type, an_image_list_is_one_name_of_a_tar_file)
{
    expect_text("image-list", "c2960-lanbasek9.tar");
    expect_text("image-list", "c2960-lanbasek9.TAR\r\n\r\n");
    expect_text("text", "two names.tar\n");
    expect_text("text", "one.tar\ntwo.tar\n");
    expect("text", smini_span_text("one.tar"), false);
}

Test(file_type, binaries_are_known_by_their_magic_alone)
{
    uint8_t block[512] = {0};
    expect("data", smini_span_make(block, sizeof(block)), true);
    memcpy(block + 257, "ustar", 5);
    expect("tar", smini_span_make(block, sizeof(block)), false);
    expect("data", smini_span_make(block, 261), false);
    expect("elf", smini_span_make("\177ELF\1", 5), false);
    expect("data", smini_span_make("\177EL", 3), true);
    expect("text", smini_span_text("Elf"), true);
    expect("empty", smini_span_make(NULL, 0), true);
    expect("data", smini_span_text("hostname a\ninterface b\nhostname \xff\n"), true);
}

Test(file_type, what_devices_start_with_is_wanted_wherever_it_moves)
{
    static const char *const wanted[] = {"tar", "elf", "ios-config", "ios-commands", "image-list"};
    static const char *const others[] = {"text", "data", "empty"};
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
        cr_expect(smini_file_type_is_wanted(wanted[i]), "%s", wanted[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        cr_expect_not(smini_file_type_is_wanted(others[i]), "%s", others[i]);
}

Test(file_type, what_no_wanted_file_begins_with_is_known_by_one_byte)
{
    static const char *const possible[] = {"!\nversion 15.0", "hostname a", ("\x7f" "ELF"), "\"commands\"", "\r\nend", "info"};
    static const char *const impossible[] = {"<html>", "{\"a\": 1}", "[1]", "\x89PNG", "\x1f\x8b", "\xff\xd8"};
    for (size_t i = 0; i < sizeof(possible) / sizeof(possible[0]); i++)
        cr_expect(smini_file_type_may_be_wanted((uint8_t)possible[i][0]), "%s", possible[i]);
    for (size_t i = 0; i < sizeof(impossible) / sizeof(impossible[0]); i++)
        cr_expect_not(smini_file_type_may_be_wanted((uint8_t)impossible[i][0]), "%s", impossible[i]);
}
