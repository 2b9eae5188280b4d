/* SPDX-License-Identifier: BSD-2-Clause */
/* Transfers over two connections, in the order of the RFCs and in every other. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "ftp/tables.h"
#include "stage.h"

#define HAS(stage, event) ((stage)->events >> SMINI_FTP_EVENT_##event & 1)

static struct stage *open_stage(uint16_t port)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    stage_open(stage, true, port);
    return stage;
}

static void close_stage(struct stage *stage)
{
    cr_expect(stage_close(stage));
    free(stage);
}

static struct stage *logged_in(void)
{
    struct stage *stage = open_stage(21);
    HEAR(stage, "220 ready\r\n");
    SAY(stage, "USER me\r\n");
    HEAR(stage, "331 password\r\n");
    SAY(stage, "PASS filler\r\n");
    HEAR(stage, "230 in\r\n");
    SAY(stage, "TYPE I\r\n");
    HEAR(stage, "200 image\r\n");
    return stage;
}

static struct stage *passive(void)
{
    struct stage *stage = logged_in();
    SAY(stage, "PASV\r\n");
    HEAR(stage, "227 Entering Passive Mode (198,51,100,7,171,224)\r\n");
    return stage;
}

static void send_data(struct stage *stage, uint32_t direction, const char *text)
{
    cr_assert_eq(stage_send(stage, STAGE_DATA, direction, text, strlen(text)), SMIN_OK);
}

static void expect_file(const struct stage *stage, const char *state, const char *name, uint64_t size, uint64_t gap)
{
    cr_expect_eq(stage->file.count, 1, "%u files", stage->file.count);
    cr_expect_str_eq(stage->file.state, state);
    cr_expect_str_eq(stage->file.name, name);
    cr_expect_eq(stage->file.size, size);
    cr_expect_eq(stage->file.gap_bytes, gap);
    cr_expect_eq(stage->begun, 1);
    cr_expect_eq(stage->ended, 1);
    cr_expect_eq(stage->given, size);
    cr_expect_eq(stage->gap_given, gap);
}

Test(transfer, a_file_is_closed_when_its_connection_was_and_the_server_said_so)
{
    struct stage *stage = passive();
    cr_expect_eq(stage->expected.server_port, 171 * 256 + 224);
    SAY(stage, "STOR a/b.conf\r\n");
    cr_expect_eq(stage->expected.name_length, 8);
    cr_expect_eq(stage->expected.direction, SMIN_TO_SERVER);
    HEAR(stage, "150 opening\r\n");
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_SERVER, "contents");
    HEAR(stage, "226 done\r\n");
    cr_expect_eq(stage->file.count, 0);
    stage_end(stage, STAGE_DATA, true);
    expect_file(stage, "closed", "a/b.conf", 8, 0);
    cr_expect_str_eq(stage->file.command, "STOR");
    cr_expect_str_eq(stage->file.user, "me");
    cr_expect_str_eq(stage->file.type, "image");
    cr_expect_eq(stage->file.code, 226);
    cr_expect_eq(stage->file.prefix, 8);
    cr_expect_eq(stage->end_state, SMIN_FILE_CLOSED);
    cr_expect_eq(stage->begun_flags, SMIN_FILE_IF_WANTED);
    cr_expect_eq(stage->events, 0, "%x", stage->events);
    close_stage(stage);
}

Test(transfer, in_active_mode_the_server_opens_the_connection)
{
    struct stage *stage = logged_in();
    SAY(stage, "PORT 192,0,2,10,195,81\r\n");
    HEAR(stage, "200 ok\r\n");
    SAY(stage, "RETR f\r\n");
    cr_expect_eq(stage->expected.server_port, 50001);
    cr_expect(memcmp(stage->expected.client_address, stage->control.server_address, 4) == 0);
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_SERVER, "x");
    HEAR(stage, "150 opening\r\n226 done\r\n");
    stage_end(stage, STAGE_DATA, true);
    expect_file(stage, "closed", "f", 1, 0);
    cr_expect_eq(stage->begun_flags, SMIN_FILE_IF_WANTED | SMIN_FILE_ASKED_BY_SERVER);
    close_stage(stage);
}

Test(transfer, without_a_word_about_it_the_clients_own_port_is_meant)
{
    struct stage *stage = logged_in();
    SAY(stage, "RETR f\r\n");
    cr_expect_eq(stage->expected.server_port, 50001);
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_SERVER, "x");
    HEAR(stage, "150 opening\r\n226 done\r\n");
    stage_end(stage, STAGE_DATA, true);
    expect_file(stage, "closed", "f", 1, 0);
    close_stage(stage);
}

/* What is sent over a data connection, how it ends, and what the server says; what is told. */
static void outcome(const char *order, const char *text, bool finished, const char *reply, const char *state)
{
    struct stage *stage = passive();
    cr_assert_eq(stage_send(stage, STAGE_CONTROL, SMIN_TO_SERVER, order, strlen(order)), SMIN_OK);
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_CLIENT, text);
    cr_assert_eq(stage_send(stage, STAGE_CONTROL, SMIN_TO_CLIENT, reply, strlen(reply)), SMIN_OK);
    stage_end(stage, STAGE_DATA, finished);
    stage_end(stage, STAGE_CONTROL, true);
    cr_expect_eq(stage->file.count, 1, "%s", state);
    cr_expect_str_eq(stage->file.state, state, "%s: %s", reply, stage->file.state);
    cr_expect_eq(stage->begun, stage->ended);
    close_stage(stage);
}

Test(transfer, what_is_told_depends_on_both_connections)
{
    outcome("RETR f\r\n", "x", true, "150 a\r\n226 b\r\n", "closed");
    outcome("RETR f\r\n", "", true, "150 a\r\n226 b\r\n", "closed");
    outcome("RETR f\r\n", "x", true, "150 a\r\n", "unconfirmed");
    outcome("RETR f\r\n", "x", false, "150 a\r\n226 b\r\n", "truncated");
    outcome("RETR f\r\n", "x", false, "150 a\r\n426 b\r\n", "truncated");
    outcome("RETR f\r\n", "x", true, "150 a\r\n451 b\r\n", "truncated");
    outcome("RETR f\r\n", "", true, "425 a\r\n", "refused");
    outcome("RETR f\r\n", "", false, "550 a\r\n", "refused");
    outcome("RETR f\r\n", "x", true, "150 a\r\n421 bye\r\n", "truncated");
    outcome("REST 5\r\nRETR f\r\n", "x", true, "350 r\r\n150 a\r\n226 b\r\n", "truncated");
    outcome("MODE B\r\nRETR f\r\n", "x", true, "200 m\r\n150 a\r\n226 b\r\n", "truncated");
    outcome("ABOR\r\nRETR f\r\n", "x", true, "226 nothing\r\n150 a\r\n226 b\r\n", "closed");
}

Test(transfer, missing_bytes_are_counted_and_never_made_up)
{
    struct stage *stage = passive();
    SAY(stage, "RETR f\r\n");
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_CLIENT, "abc");
    cr_expect_eq(stage_gap(stage, STAGE_DATA, SMIN_TO_CLIENT, 100), SMIN_OK);
    send_data(stage, SMIN_TO_CLIENT, "def");
    HEAR(stage, "150 a\r\n226 b\r\n");
    stage_end(stage, STAGE_DATA, true);
    expect_file(stage, "truncated", "f", 6, 100);
    cr_expect_eq(stage->file.prefix, 3);
    cr_expect(stage->file.flags & SMIN_MESSAGE_HOLE);
    cr_expect(HAS(stage, DATA_GAP));
    close_stage(stage);
}

Test(transfer, contents_wait_for_their_command_as_far_as_there_is_room)
{
    static char much[70000];
    struct stage *stage = passive();
    memset(much, 'x', sizeof(much));
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_CLIENT, "early");
    cr_expect_eq(stage->begun, 0);
    cr_expect_eq(stage_send(stage, STAGE_DATA, SMIN_TO_CLIENT, much, sizeof(much)), SMIN_OK);
    cr_expect_eq(stage->begun, 1);
    SAY(stage, "RETR f\r\n");
    HEAR(stage, "150 a\r\n226 b\r\n");
    stage_end(stage, STAGE_DATA, true);
    cr_expect_eq(stage->given, 70005);
    cr_expect(HAS(stage, LIMIT_HELD));
    expect_file(stage, "closed", "f", 70005, 0);
    close_stage(stage);
}

Test(transfer, bytes_from_the_wrong_side_are_no_part_of_the_file)
{
    struct stage *stage = passive();
    SAY(stage, "RETR f\r\n");
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_SERVER, "planted");
    send_data(stage, SMIN_TO_CLIENT, "real");
    HEAR(stage, "150 a\r\n226 b\r\n");
    stage_end(stage, STAGE_DATA, true);
    expect_file(stage, "closed", "f", 4, 0);
    cr_expect(HAS(stage, DATA_REVERSED));
    close_stage(stage);
}

Test(transfer, names_are_behind_the_folder_that_was_gone_to)
{
    static const struct {
        const char *lines, *replies, *name;
    } cases[] = {
        {"CWD a\r\nCWD b\r\nRETR c\r\n", "250 x\r\n250 x\r\n550 no\r\n", "a/b/c"},
        {"CWD a\r\nRETR /c\r\n", "250 x\r\n550 no\r\n", "/c"},
        {"CWD a/b\r\nCDUP\r\nRETR c\r\n", "250 x\r\n200 x\r\n550 no\r\n", "a/c"},
        {"CWD /\r\nRETR c\r\n", "250 x\r\n550 no\r\n", "/c"},
        {"CWD ..\r\nCWD ..\r\nRETR c\r\n", "250 x\r\n250 x\r\n550 no\r\n", "../../c"},
        {"USER you\r\nRETR c d\r\n", "331 x\r\n550 no\r\n", "c d"},
        {"retr c\r\n", "550 no\r\n", "c"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct stage *stage = passive();
        stage_send(stage, STAGE_CONTROL, SMIN_TO_SERVER, cases[i].lines, strlen(cases[i].lines));
        stage_send(stage, STAGE_CONTROL, SMIN_TO_CLIENT, cases[i].replies, strlen(cases[i].replies));
        expect_file(stage, "refused", cases[i].name, 0, 0);
        close_stage(stage);
    }
}

Test(transfer, a_folder_that_was_refused_is_not_gone_to)
{
    struct stage *stage = passive();
    SAY(stage, "CWD secret\r\n");
    HEAR(stage, "550 no\r\n");
    SAY(stage, "RETR c\r\n");
    HEAR(stage, "550 no\r\n");
    expect_file(stage, "refused", "c", 0, 0);
    close_stage(stage);
}

Test(transfer, a_server_is_not_to_connect_to_somebody_else)
{
    struct stage *stage = logged_in();
    SAY(stage, "PORT 203,0,113,9,0,22\r\n");
    cr_expect(HAS(stage, BOUNCE));
    cr_expect_eq(stage->expected.server_address[0], 203);
    close_stage(stage);
}

Test(transfer, an_address_that_is_not_the_servers_is_told_and_both_are_expected)
{
    struct stage *stage = logged_in();
    unsigned before = stage->announced;
    SAY(stage, "PASV\r\n");
    HEAR(stage, "227 (10,0,0,1,1,1)\r\n");
    cr_expect(HAS(stage, PASSIVE_ADDRESS));
    cr_expect_eq(stage->announced, before + 2);
    cr_expect(memcmp(stage->expected.server_address, stage->control.server_address, 4) == 0);
    close_stage(stage);
}

Test(transfer, behind_a_gap_replies_go_to_the_transfer_they_fit)
{
    struct stage *stage = passive();
    SAY(stage, "RETR f\r\n");
    cr_assert(stage_connect(stage));
    send_data(stage, SMIN_TO_CLIENT, "x");
    cr_expect_eq(stage_gap(stage, STAGE_CONTROL, SMIN_TO_CLIENT, 40), SMIN_OK);
    HEAR(stage, "ng\r\n226 done\r\n");
    stage_end(stage, STAGE_DATA, true);
    expect_file(stage, "closed", "f", 1, 0);
    cr_expect(HAS(stage, CONTROL_GAP));
    close_stage(stage);
}

Test(transfer, tls_is_named_and_nothing_behind_it_is_read)
{
    struct stage *stage = open_stage(21);
    HEAR(stage, "220 ready\r\n");
    SAY(stage, "AUTH TLS\r\n");
    HEAR(stage, "234 go\r\n");
    cr_expect_eq(stage->sealed, 1);
    SAY(stage, "RETR f\r\n");
    HEAR(stage, "550 no\r\n");
    cr_expect_eq(stage->file.count, 0);
    close_stage(stage);
}

Test(transfer, mail_is_not_told_as_ftp)
{
    struct stage *stage = open_stage(110);
    SAY(stage, "USER me\r\nPASS filler\r\nRETR 1\r\n");
    stage_end(stage, STAGE_CONTROL, true);
    cr_expect_eq(stage->file.count + stage->announced, 0);
    close_stage(stage);
    stage = open_stage(25);
    cr_expect_eq(SAY(stage, "EHLO me\r\n"), SMIN_DONE);
    close_stage(stage);
}

Test(transfer, a_host_that_lends_nothing_is_told_what_the_control_connection_says)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    stage_open(stage, false, 21);
    HEAR(stage, "220 ready\r\n");
    SAY(stage, "PASV\r\nRETR f\r\n");
    HEAR(stage, "227 (198,51,100,7,1,1)\r\n150 a\r\n226 b\r\n");
    stage_end(stage, STAGE_CONTROL, true);
    cr_expect_str_eq(stage->file.state, "truncated");
    cr_expect(HAS(stage, DATA_UNSEEN));
    close_stage(stage);
}
