/* SPDX-License-Identifier: BSD-2-Clause */
/* Text on the wire to the file it was, however it is cut into blocks and whatever is missing. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"
#include "tftp/tables.h"

#define SERVER SMIN_TO_CLIENT
#define CLIENT SMIN_TO_SERVER
#define HAS(stage, event) ((stage)->events >> SMINI_TFTP_EVENT_##event & 1)

enum { BLOCK = 8 };

static struct stage *open_read(const char *request, size_t length)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    cr_assert_eq(stage_open(stage, true), SMIN_OK);
    cr_assert_eq(stage_send(stage, 0, CLIENT, request, length), SMIN_OK);
    cr_assert_eq(stage_answer(stage, 1), SMIN_OK);
    STAGE_SEND(stage, 1, SERVER, "\0\6blksize\0" "8\0");
    return stage;
}

#define OPEN_READ(mode) open_read("\0\1f\0" mode "\0blksize\0" "8", sizeof("\0\1f\0" mode "\0blksize\0" "8"))

static void send_text(struct stage *stage, uint16_t number, const char *bytes, size_t length)
{
    uint8_t datagram[4 + BLOCK] = {0, 3, (uint8_t)(number >> 8), (uint8_t)number};
    memcpy(datagram + 4, bytes, length);
    cr_assert_eq(stage_send(stage, 1, SERVER, datagram, 4 + length), SMIN_OK);
    stage_ack(stage, 1, CLIENT, number);
}

/* Sends all of it in blocks, but for the block `lost`. */
static void send_all(struct stage *stage, const char *bytes, size_t length, uint16_t lost)
{
    uint16_t number = 1;
    for (size_t at = 0;; at += BLOCK, number++) {
        size_t part = length - at < BLOCK ? length - at : BLOCK;
        if (number == lost)
            stage_ack(stage, 1, CLIENT, number);
        else
            send_text(stage, number, bytes + at, part);
        if (part < BLOCK)
            return;
    }
}

static void expect(struct stage *stage, const char *contents, size_t length, size_t wire)
{
    cr_expect_eq(stage->contents_length, length, "%lu bytes instead of %zu of %zu", (unsigned long)stage->contents_length,
                 length, wire);
    cr_expect(length == 0 || memcmp(stage->contents, contents, length) == 0);
    cr_expect_eq(stage->file.size, length);
    cr_expect(stage->file.gap_bytes > 0 || stage->file.prefix == length);
    cr_expect(stage_close(stage));
    free(stage);
}

Test(netascii, line_ends_are_undone_wherever_a_block_ends)
{
    static const char wire[] = "xxxxxxxxa\r\nb\r\0c\n\r\r\nd\r\n";
    static const char file[] = "xxxxxxxxa\nb\rc\n\r\nd\n";
    for (size_t skip = 0; skip < BLOCK; skip++) {
        struct stage *stage = OPEN_READ("NetASCII");
        send_all(stage, wire + skip, sizeof(wire) - 1 - skip, 0);
        cr_expect_eq(stage->file.count, 1);
        cr_expect(HAS(stage, NETASCII_INVALID), "a CR before another is none of its own");
        expect(stage, file + skip, sizeof(file) - 1 - skip, sizeof(wire) - 1 - skip);
    }
}

Test(netascii, what_is_well_formed_raises_nothing)
{
    static const char wire[] = "hostname R\r\nbanner \r\0\r\nend\r\n";
    static const char file[] = "hostname R\nbanner \r\nend\n";
    struct stage *stage = OPEN_READ("netascii");
    send_all(stage, wire, sizeof(wire) - 1, 0);
    cr_expect_eq(stage->events, 0);
    expect(stage, file, sizeof(file) - 1, sizeof(wire) - 1);
}

Test(netascii, octets_stay_as_they_are)
{
    static const char wire[] = "a\r\nb\r\0c\r";
    struct stage *stage = OPEN_READ("octet");
    send_all(stage, wire, sizeof(wire) - 1, 0);
    cr_expect_eq(stage->events, 0);
    expect(stage, wire, sizeof(wire) - 1, sizeof(wire) - 1);
}

Test(netascii, a_carriage_return_at_the_end_is_kept_and_told)
{
    struct stage *stage = OPEN_READ("netascii");
    send_all(stage, "abc\r", 4, 0);
    cr_expect(HAS(stage, NETASCII_INVALID));
    expect(stage, "abc\r", 4, 4);
}

Test(netascii, what_stands_around_a_gap_is_kept)
{
    /* block 1 ends with CR, block 2 is lost, block 3 begins with what may have ended a line */
    static const char wire[] = "abcdefg\r" "\nhijklm\r" "\nnop";
    for (uint16_t lost = 1; lost <= 2; lost++) {
        struct stage *stage = OPEN_READ("netascii");
        send_all(stage, wire, sizeof(wire) - 1, lost);
        cr_expect_eq(stage->gap_given, BLOCK);
        cr_expect_eq(stage->file.gap_bytes, BLOCK);
        cr_expect_not(HAS(stage, NETASCII_INVALID), "nobody knows what stood behind it");
        if (lost == 1)
            expect(stage, "\nhijklm\nnop", 11, 12);
        else
            expect(stage, "abcdefg\r\nnop", 12, 12);
    }
}

Test(netascii, a_declared_size_may_be_that_of_the_file_or_of_the_wire)
{
    static const struct {
        char tsize;
        bool mismatch;
    } rows[] = {{'4', false}, {'5', false}, {'6', true}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stage *stage = malloc(sizeof(*stage));
        char agreement[] = "\0\6tsize\0?";
        cr_assert_not_null(stage);
        cr_assert_eq(stage_open(stage, true), SMIN_OK);
        STAGE_SEND(stage, 0, CLIENT, "\0\1f\0netascii\0tsize\0" "0\0");
        cr_assert_eq(stage_answer(stage, 1), SMIN_OK);
        agreement[8] = rows[i].tsize;
        stage_send(stage, 1, SERVER, agreement, sizeof(agreement));
        send_text(stage, 1, "abc\r\n", 5);
        cr_expect_eq(HAS(stage, SIZE_MISMATCH), rows[i].mismatch, "%c", rows[i].tsize);
        cr_expect_eq(stage->file.size, 4);
        cr_expect(stage_close(stage));
        free(stage);
    }
}
