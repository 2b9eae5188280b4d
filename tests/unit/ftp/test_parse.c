/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands, replies and addresses, and what only looks like them. */
#include <criterion/criterion.h>

#include "ftp/line.h"
#include "ftp/probe.h"
#include "ftp/reply.h"
#include "smin/abi.h"

static struct smini_span text(const char *bytes)
{
    return smini_span_text(bytes);
}

Test(parse, a_secret_is_not_even_pointed_at)
{
    cr_expect_eq(smini_ftp_command_read(text("PASS filler")).argument.length, 0);
    cr_expect_eq(smini_ftp_command_read(text("acct filler")).argument.length, 0);
    cr_expect_eq(smini_ftp_command_read(text("PASS filler")).verb, SMINI_FTP_SECRET);
}

Test(parse, ports_are_read_exactly_or_not_at_all)
{
    struct smini_ftp_end end;
    cr_expect(smini_ftp_end_read(text("192,0,2,10,4,1"), &end));
    cr_expect_eq(end.port, 1025);
    cr_expect_eq(end.address[3], 10);
    cr_expect_not(smini_ftp_end_read(text("192,0,2,10,4"), &end));
    cr_expect_not(smini_ftp_end_read(text("192,0,2,256,4,1"), &end));
    cr_expect_not(smini_ftp_end_read(text("192,0,2,10,0,0"), &end));
    cr_expect_not(smini_ftp_end_read(text("192,0,,10,4,1"), &end));
    cr_expect_not(smini_ftp_end_read(text(""), &end));
    cr_expect(smini_ftp_end_read_extended(text("|2|2001:db8::1|65535|"), &end));
    cr_expect_eq(end.ip_version, 6);
    cr_expect_eq(end.port, 65535);
    cr_expect(smini_ftp_end_read_extended(text("!1!192.0.2.1!1!"), &end));
    cr_expect(smini_ftp_end_read_extended(text("|||44000|"), &end));
    cr_expect_eq(end.ip_version, 0);
    cr_expect_not(smini_ftp_end_read_extended(text("|1|2001:db8::1|1|"), &end));
    cr_expect_not(smini_ftp_end_read_extended(text("|2|2001:db8::1|65536|"), &end));
    cr_expect_not(smini_ftp_end_read_extended(text("|2|2001:db8::1|1"), &end));
    cr_expect_not(smini_ftp_end_read_extended(text("|1||1|"), &end));
    cr_expect_not(smini_ftp_end_read_extended(text("|"), &end));
}

Test(parse, a_reply_of_several_lines_ends_with_its_own_code)
{
    struct smini_ftp_reply_state state = {0};
    struct smini_ftp_reply reply;
    cr_expect_eq(smini_ftp_reply_read(&state, text("220-hello"), &reply), SMINI_FTP_REPLY_PART);
    cr_expect_eq(smini_ftp_reply_read(&state, text("230 not this"), &reply), SMINI_FTP_REPLY_PART);
    cr_expect_eq(smini_ftp_reply_read(&state, text("220-nor this"), &reply), SMINI_FTP_REPLY_PART);
    cr_expect_eq(smini_ftp_reply_read(&state, text("220 this"), &reply), SMINI_FTP_REPLY_WHOLE);
    cr_expect_eq(reply.code, 220);
    cr_expect_eq(smini_ftp_reply_read(&state, text("226"), &reply), SMINI_FTP_REPLY_WHOLE);
    cr_expect_eq(smini_ftp_reply_read(&state, text("22"), &reply), SMINI_FTP_REPLY_NONE);
    cr_expect_eq(smini_ftp_reply_read(&state, text("2265 x"), &reply), SMINI_FTP_REPLY_NONE);
    cr_expect_eq(smini_ftp_reply_read(&state, text("099 x"), &reply), SMINI_FTP_REPLY_NONE);
    cr_expect_eq(smini_ftp_reply_read(&state, text("+OK"), &reply), SMINI_FTP_REPLY_NONE);
}

Test(parse, the_digits_of_227_may_stand_anywhere)
{
    static const char *const texts[] = {"Entering Passive Mode (198,51,100,7,1,2).", "=198,51,100,7,1,2", "at 12 198,51,100,7,1,2"};
    for (size_t i = 0; i < 3; i++) {
        struct smini_ftp_reply reply = {.code = 227, .text = text(texts[i])};
        struct smini_ftp_end end;
        cr_expect(smini_ftp_reply_end(&reply, &end), "%s", texts[i]);
        cr_expect_eq(end.port, 258);
        cr_expect_eq(end.address[0], 198);
    }
}

Test(parse, telnet_commands_are_no_part_of_a_line)
{
    static const char stream[] = "\xff\xf4\xff\xf2" "ABOR\r\nx\xff\xff" "y\r\r\n\xff\xfb\x01z\n\n";
    struct smini_ftp_line line = {0};
    struct smini_span rest = smini_span_make(stream, sizeof(stream) - 1);
    uint64_t offset = 100;
    cr_assert(smini_ftp_line_next(&line, &rest, &offset));
    cr_expect(smini_span_equal(smini_ftp_line_text(&line), text("ABOR")));
    cr_expect_eq(line.offset, 100);
    cr_assert(smini_ftp_line_next(&line, &rest, &offset));
    cr_expect(smini_span_equal(smini_ftp_line_text(&line), text("x\xffy\r")));
    cr_assert(smini_ftp_line_next(&line, &rest, &offset));
    cr_expect(smini_span_equal(smini_ftp_line_text(&line), text("z")));
    cr_assert(smini_ftp_line_next(&line, &rest, &offset));
    cr_expect_eq(line.length, 0);
    cr_expect_not(smini_ftp_line_next(&line, &rest, &offset));
    cr_expect_eq(offset, 100 + sizeof(stream) - 1);
}

Test(parse, a_line_behind_lost_bytes_is_passed_over)
{
    struct smini_ftp_line line = {0};
    struct smini_span rest = text("of a line\r\nQUIT\r\n");
    uint64_t offset = 0;
    smini_ftp_line_lose(&line);
    cr_assert(smini_ftp_line_next(&line, &rest, &offset));
    cr_expect(smini_span_equal(smini_ftp_line_text(&line), text("QUIT")));
}

Test(parse, a_probe_is_strict_where_the_port_says_nothing)
{
    cr_expect_eq(smini_ftp_probe_server(text("220 hello"), false), SMIN_PROBE_YES);
    cr_expect_eq(smini_ftp_probe_server(text("22"), false), SMIN_PROBE_MORE);
    cr_expect_eq(smini_ftp_probe_server(text("230 hello"), false), SMIN_PROBE_NO);
    cr_expect_eq(smini_ftp_probe_server(text("230 hello"), true), SMIN_PROBE_YES);
    cr_expect_eq(smini_ftp_probe_server(text("SSH-2.0"), true), SMIN_PROBE_NO);
    cr_expect_eq(smini_ftp_probe_client(text("user x"), false), SMIN_PROBE_YES);
    cr_expect_eq(smini_ftp_probe_client(text("RETR x"), false), SMIN_PROBE_NO);
    cr_expect_eq(smini_ftp_probe_client(text("RETR x"), true), SMIN_PROBE_YES);
    cr_expect_eq(smini_ftp_probe_client(text("\x16\x03\x01"), true), SMIN_PROBE_NO);
    cr_expect_eq(smini_ftp_probe_client(text("GET / HTTP/1.1"), false), SMIN_PROBE_NO);
    cr_expect_eq(smini_ftp_probe_client(text("PROPFIND /"), true), SMIN_PROBE_NO);
}
