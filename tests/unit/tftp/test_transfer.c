/* SPDX-License-Identifier: BSD-2-Clause */
/* Transfers as the RFCs have them, and as captures and attackers distort them. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"
#include "tftp/tables.h"

#define SERVER SMIN_TO_CLIENT /* who sends */
#define CLIENT SMIN_TO_SERVER
#define HAS(stage, event) ((stage)->events >> SMINI_TFTP_EVENT_##event & 1)

static struct stage *open_stage(void)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    cr_assert_eq(stage_open(stage, true), SMIN_OK);
    return stage;
}

static void close_stage(struct stage *stage)
{
    cr_expect(stage_close(stage));
    free(stage);
}

/* A read of "f", its answer on flow 1. */
static struct stage *reading(const char *options, size_t length)
{
    struct stage *stage = open_stage();
    char request[256] = "\0\1f\0octet";
    memcpy(request + 10, options, length);
    cr_assert_eq(stage_send(stage, 0, CLIENT, request, 10 + length), SMIN_OK);
    cr_assert_eq(stage->requests, 1);
    cr_assert_eq(stage_answer(stage, 1), SMIN_OK);
    return stage;
}

#define READING(options) reading((options), sizeof(options) - 1)

static void expect_file(const struct stage *stage, const char *state, uint64_t size, uint64_t gap_bytes)
{
    cr_expect_eq(stage->file.count, 1, "%u files", stage->file.count);
    cr_expect_str_eq(stage->file.state, state);
    cr_expect_eq(stage->file.size, size, "size %lu", (unsigned long)stage->file.size);
    cr_expect_eq(stage->file.gap_bytes, gap_bytes, "gap %lu", (unsigned long)stage->file.gap_bytes);
    cr_expect_eq(stage->begun, 1);
    cr_expect_eq(stage->ended, 1);
    cr_expect_eq(stage->given, size);
    cr_expect_eq(stage->gap_given, gap_bytes);
}

Test(transfer, a_read_ends_with_the_acknowledgement_of_a_short_block)
{
    struct stage *stage = READING("");
    cr_expect_eq(stage->expected.client_port, 50001);
    cr_expect_eq(stage->expected.server_port, 0);
    stage_block(stage, 1, SERVER, 1, 'a', 512);
    stage_ack(stage, 1, CLIENT, 1);
    stage_block(stage, 1, SERVER, 2, 'b', 3);
    cr_expect_eq(stage->file.count, 0);
    stage_ack(stage, 1, CLIENT, 2);
    expect_file(stage, "closed", 515, 0);
    cr_expect_str_eq(stage->file.name, "f");
    cr_expect_eq(stage->end_state, SMIN_FILE_CLOSED);
    cr_expect_eq(stage->file.acknowledged, 1);
    cr_expect_eq(stage->file.prefix, 515);
    cr_expect(memcmp(stage->contents + 510, "aabbb", 5) == 0);
    close_stage(stage);
}

Test(transfer, a_write_is_acknowledged_by_the_server)
{
    struct stage *stage = open_stage();
    STAGE_SEND(stage, 0, CLIENT, "\0\2stolen\0OCTET\0");
    stage_answer(stage, 1);
    stage_ack(stage, 1, SERVER, 0);
    stage_block(stage, 1, CLIENT, 1, 'a', 512);
    stage_ack(stage, 1, SERVER, 1);
    stage_block(stage, 1, CLIENT, 2, 'b', 0);
    stage_ack(stage, 1, SERVER, 2);
    expect_file(stage, "closed", 512, 0);
    cr_expect_eq(stage->file.blocks, 2);
    close_stage(stage);
}

Test(transfer, an_empty_file_is_a_file)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, SERVER, 1, 0, 0);
    stage_ack(stage, 1, CLIENT, 1);
    expect_file(stage, "closed", 0, 0);
    close_stage(stage);
}

Test(transfer, a_server_may_answer_from_the_port_it_was_asked_on)
{
    struct stage *stage = open_stage();
    STAGE_SEND(stage, 0, CLIENT, "\0\1f\0octet\0");
    stage_block(stage, 0, SERVER, 1, 'x', 9);
    stage_ack(stage, 0, CLIENT, 1);
    expect_file(stage, "closed", 9, 0);
    close_stage(stage);
}

Test(transfer, options_change_block_size_and_window)
{
    struct stage *stage = READING("blksize\0" "8\0windowsize\0" "2\0tsize\0" "0\0");
    STAGE_SEND(stage, 1, SERVER, "\0\6blksize\0" "8\0windowsize\0" "2\0tsize\0" "20\0");
    cr_expect_eq(stage->agreements, 1);
    stage_ack(stage, 1, CLIENT, 0);
    stage_block(stage, 1, SERVER, 1, 'a', 8);
    stage_block(stage, 1, SERVER, 2, 'b', 8);
    stage_ack(stage, 1, CLIENT, 2);
    stage_block(stage, 1, SERVER, 3, 'c', 4);
    stage_ack(stage, 1, CLIENT, 3);
    expect_file(stage, "closed", 20, 0);
    cr_expect_eq(stage->events, 0, "%x", stage->events);
    close_stage(stage);
}

Test(transfer, in_a_window_a_block_that_overtook_another_waits_for_it)
{
    struct stage *stage = READING("blksize\0" "8\0windowsize\0" "4\0");
    STAGE_SEND(stage, 1, SERVER, "\0\6blksize\0" "8\0windowsize\0" "4\0");
    stage_block(stage, 1, SERVER, 3, 'c', 8);
    stage_block(stage, 1, SERVER, 2, 'b', 8);
    stage_block(stage, 1, SERVER, 4, 'd', 1);
    cr_expect_eq(stage->given, 0);
    stage_block(stage, 1, SERVER, 1, 'a', 8);
    stage_ack(stage, 1, CLIENT, 4);
    expect_file(stage, "closed", 25, 0);
    cr_expect(memcmp(stage->contents, "aaaaaaaabbbbbbbbccccccccd", 25) == 0);
    close_stage(stage);
}

Test(transfer, in_a_window_what_the_receiver_has_and_nobody_saw_is_a_gap)
{
    struct stage *stage = READING("blksize\0" "8\0windowsize\0" "4\0");
    STAGE_SEND(stage, 1, SERVER, "\0\6blksize\0" "8\0windowsize\0" "4\0");
    stage_block(stage, 1, SERVER, 1, 'a', 8);
    stage_block(stage, 1, SERVER, 3, 'c', 8);
    stage_block(stage, 1, SERVER, 4, 'd', 1);
    stage_ack(stage, 1, CLIENT, 4);
    expect_file(stage, "closed", 17, 8);
    cr_expect(HAS(stage, DATA_GAP));
    close_stage(stage);
}

Test(transfer, more_blocks_before_their_turn_than_are_kept_is_a_limit_and_a_gap)
{
    struct stage *stage = READING("blksize\0" "65464\0windowsize\0" "64\0");
    STAGE_SEND(stage, 1, SERVER, "\0\6blksize\0" "65464\0windowsize\0" "64\0");
    for (uint16_t i = 2; i < 12; i++)
        stage_block(stage, 1, SERVER, i, 'x', 65464);
    stage_end(stage, 1);
    cr_expect(HAS(stage, LIMIT_HELD));
    cr_expect(HAS(stage, DATA_GAP));
    expect_file(stage, "truncated", 10 * 65464, 65464);
    close_stage(stage);
}

Test(transfer, without_a_window_a_missing_block_is_a_gap_at_once)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, SERVER, 1, 'a', 512);
    stage_block(stage, 1, SERVER, 4, 'd', 7);
    stage_ack(stage, 1, CLIENT, 4);
    expect_file(stage, "closed", 519, 1024);
    cr_expect(HAS(stage, DATA_GAP));
    cr_expect_eq(stage->file.flags, SMIN_MESSAGE_HOLE);
    cr_expect_eq(stage->file.prefix, 512, "behind a gap is no beginning");
    stage_block(stage, 1, SERVER, 2, 'b', 512);
    cr_expect(HAS(stage, BLOCK_LATE), "too late to be of use, and told");
    close_stage(stage);
}

Test(transfer, acknowledgements_alone_declare_what_moved)
{
    struct stage *stage = READING("");
    stage_ack(stage, 1, CLIENT, 1);
    stage_ack(stage, 1, CLIENT, 2);
    stage_end(stage, 1);
    expect_file(stage, "truncated", 0, 1024);
    close_stage(stage);
}

Test(transfer, one_side_alone_gives_the_contents_without_confirmation)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, SERVER, 1, 'a', 512);
    stage_block(stage, 1, SERVER, 2, 'b', 1);
    stage_end(stage, 1);
    expect_file(stage, "closed", 513, 0);
    cr_expect_eq(stage->end_state, SMIN_FILE_UNCONFIRMED);
    cr_expect_eq(stage->file.acknowledged, 0);
    close_stage(stage);
}

Test(transfer, what_comes_again_counts_once)
{
    struct stage *stage = READING("");
    for (int twice = 0; twice < 2; twice++)
        stage_block(stage, 1, SERVER, 1, 'a', 512);
    for (int twice = 0; twice < 2; twice++)
        stage_ack(stage, 1, CLIENT, 1);
    for (int twice = 0; twice < 2; twice++)
        stage_block(stage, 1, SERVER, 2, 'b', 5);
    stage_ack(stage, 1, CLIENT, 2);
    expect_file(stage, "closed", 517, 0);
    cr_expect_eq(stage->file.duplicates, 2);
    cr_expect_not(HAS(stage, BLOCK_DIFFERS));
    close_stage(stage);
}

Test(transfer, a_copy_with_other_bytes_is_an_event_and_the_first_stands)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, SERVER, 1, 'a', 5);
    stage_block(stage, 1, SERVER, 1, 'b', 5);
    stage_ack(stage, 1, CLIENT, 1);
    expect_file(stage, "closed", 5, 0);
    cr_expect(memcmp(stage->contents, "aaaaa", 5) == 0);
    cr_expect(HAS(stage, BLOCK_DIFFERS));
    stage_block(stage, 1, SERVER, 1, 'c', 5);
    cr_expect_eq(stage->file.count, 1);
    close_stage(stage);
}

static void roll_over(uint16_t behind)
{
    struct stage *stage = READING("blksize\0" "8\0");
    STAGE_SEND(stage, 1, SERVER, "\0\6blksize\0" "8\0");
    for (uint32_t i = 1; i <= 65535; i++) {
        stage_block(stage, 1, SERVER, (uint16_t)i, 'x', 8);
        stage_ack(stage, 1, CLIENT, (uint16_t)i);
    }
    stage_block(stage, 1, SERVER, 65535, 'x', 8);
    stage_block(stage, 1, SERVER, behind, 'y', 8);
    stage_block(stage, 1, SERVER, 65535, 'x', 8);
    stage_ack(stage, 1, CLIENT, behind);
    stage_block(stage, 1, SERVER, (uint16_t)(behind + 1), 'z', 2);
    stage_ack(stage, 1, CLIENT, (uint16_t)(behind + 1));
    expect_file(stage, "closed", 65536 * 8 + 2, 0);
    cr_expect_eq(stage->file.duplicates, 2);
    cr_expect_eq(stage->events, 0, "%x", stage->events);
    close_stage(stage);
}

Test(transfer, block_numbers_roll_over_to_0)
{
    roll_over(0);
}

Test(transfer, block_numbers_roll_over_to_1)
{
    roll_over(1);
}

Test(transfer, a_refusal_moves_nothing)
{
    struct stage *stage = READING("");
    STAGE_SEND(stage, 1, SERVER, "\0\5\0\1File not found\0");
    expect_file(stage, "refused", 0, 0);
    cr_expect_eq(stage->end_state, SMIN_FILE_REFUSED);
    cr_expect_eq(stage->errors, 1);
    close_stage(stage);
}

Test(transfer, an_error_in_between_cuts_the_file_short)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, SERVER, 1, 'a', 512);
    STAGE_SEND(stage, 1, CLIENT, "\0\5\0\3Disk full\0");
    expect_file(stage, "truncated", 512, 0);
    close_stage(stage);
}

Test(transfer, a_request_without_an_answer_ends_with_its_flow)
{
    struct stage *stage = open_stage();
    STAGE_SEND(stage, 0, CLIENT, "\0\1f\0octet\0");
    STAGE_SEND(stage, 0, CLIENT, "\0\1f\0octet\0");
    cr_expect_eq(stage->requests, 1, "sent again is the same request");
    cr_expect_eq(stage->announced, 2, "its answer is expected anew");
    stage_end(stage, 0);
    expect_file(stage, "truncated", 0, 0);
    cr_expect(HAS(stage, INCOMPLETE));
    close_stage(stage);
}

Test(transfer, a_second_answer_to_one_request_is_a_transfer_of_its_own)
{
    struct stage *stage = READING("");
    cr_assert_eq(stage_answer(stage, 2), SMIN_OK);
    stage_block(stage, 1, SERVER, 1, 'a', 5);
    stage_block(stage, 2, SERVER, 1, 'b', 6);
    stage_ack(stage, 1, CLIENT, 1);
    cr_expect_eq(stage->file.size, 5);
    STAGE_SEND(stage, 2, CLIENT, "\0\5\0\5Unknown transfer ID\0");
    cr_expect_eq(stage->file.count, 2);
    cr_expect_eq(stage->file.size, 6);
    cr_expect_str_eq(stage->file.name, "f");
    cr_expect_eq(stage->file.acknowledged, 0);
    close_stage(stage);
}

Test(transfer, the_next_request_from_the_same_port_is_another_file)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, SERVER, 1, 'a', 5);
    stage_ack(stage, 1, CLIENT, 1);
    STAGE_SEND(stage, 0, CLIENT, "\0\1g\0octet\0");
    cr_assert_eq(stage_answer(stage, 2), SMIN_OK);
    stage_block(stage, 2, SERVER, 1, 'b', 6);
    stage_ack(stage, 2, CLIENT, 1);
    cr_expect_eq(stage->file.count, 2);
    cr_expect_str_eq(stage->file.name, "g");
    cr_expect_eq(stage->file.size, 6);
    close_stage(stage);
}

Test(transfer, contents_from_the_wrong_side_are_told_and_not_taken)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, CLIENT, 1, 'e', 5);
    cr_expect(HAS(stage, ROLE_REVERSED));
    stage_block(stage, 1, SERVER, 1, 'a', 5);
    stage_ack(stage, 1, CLIENT, 1);
    expect_file(stage, "closed", 5, 0);
    cr_expect(memcmp(stage->contents, "aaaaa", 5) == 0);
    close_stage(stage);
}

Test(transfer, a_block_behind_the_last_is_told_and_not_taken)
{
    struct stage *stage = READING("");
    stage_block(stage, 1, SERVER, 1, 'a', 5);
    stage_block(stage, 1, SERVER, 2, 'b', 5);
    stage_ack(stage, 1, CLIENT, 1);
    expect_file(stage, "closed", 5, 0);
    cr_expect(HAS(stage, BLOCK_AFTER_END));
    close_stage(stage);
}

Test(transfer, a_size_that_is_not_true_is_told)
{
    struct stage *stage = READING("tsize\0" "0\0");
    STAGE_SEND(stage, 1, SERVER, "\0\6tsize\0" "7\0");
    stage_block(stage, 1, SERVER, 1, 'a', 5);
    stage_ack(stage, 1, CLIENT, 1);
    expect_file(stage, "closed", 5, 0);
    cr_expect(HAS(stage, SIZE_MISMATCH));
    close_stage(stage);
}

Test(transfer, an_agreement_that_was_not_seen_is_read_from_the_first_block)
{
    struct stage *stage = READING("blksize\0" "1468\0");
    stage_block(stage, 1, SERVER, 1, 'a', 1468);
    stage_ack(stage, 1, CLIENT, 1);
    stage_block(stage, 1, SERVER, 2, 'b', 600);
    stage_ack(stage, 1, CLIENT, 2);
    expect_file(stage, "closed", 2068, 0);
    cr_expect(HAS(stage, OACK_MISSING));
    cr_expect_not(HAS(stage, BLOCK_OVERSIZED));
    close_stage(stage);
}

Test(transfer, an_option_that_nobody_asked_for_is_told)
{
    struct stage *stage = READING("");
    STAGE_SEND(stage, 1, SERVER, "\0\6blksize\0" "16\0");
    stage_block(stage, 1, SERVER, 1, 'a', 3);
    stage_ack(stage, 1, CLIENT, 1);
    expect_file(stage, "closed", 3, 0);
    cr_expect(HAS(stage, OPTION_UNREQUESTED));
    close_stage(stage);
}

Test(transfer, a_flow_whose_request_is_forgotten_is_read_without_a_name)
{
    struct stage *stage = open_stage();
    cr_assert_eq(stage_answer(stage, 1), SMIN_OK);
    stage_block(stage, 1, SERVER, 1, 'a', 3);
    stage_ack(stage, 1, CLIENT, 1);
    expect_file(stage, "closed", 3, 0);
    cr_expect_str_eq(stage->file.name, "");
    close_stage(stage);
}
