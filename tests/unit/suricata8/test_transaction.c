/* SPDX-License-Identifier: BSD-2-Clause */
/* Transactions are whole copies, and are found by their number. */
#include <criterion/criterion.h>

#include "fake_engine.h"
#include "host/describe.h"
#include "tests/support/failing_alloc.h"

static const uint8_t bytes[] = "0123456789";
static const uint8_t derived[] = "derived";

/* Elements that are larger than this host knows. */
struct wide_field {
    struct smin_field field;
    uint64_t later;
};

static struct smin_message message_of(struct wide_field fields[2], struct smin_event *event)
{
    fields[0] = (struct wide_field){{.id = 1, .offset = 102, .bytes = bytes + 2, .length = 3, .size = 3}, 71};
    fields[1] = (struct wide_field){{.id = 2, .offset = 100, .bytes = derived, .size = sizeof(derived)}, 72};
    *event = (struct smin_event){.id = 3, .offset = 104, .number = 9};
    return (struct smin_message){
        .struct_size = sizeof(struct smin_message),
        .kind = SMIN_KIND_MESSAGE,
        .direction = SMIN_TO_CLIENT,
        .field_count = 2,
        .event_count = 1,
        .field_stride = sizeof(struct wide_field),
        .event_stride = sizeof(struct smin_event),
        .offset = 100,
        .length = 10,
        .fields = &fields[0].field,
        .events = event,
        .bytes = bytes,
        .size = 10,
    };
}

static struct smini_suricata_transaction *copy(struct smini_alloc *alloc)
{
    struct wide_field fields[2];
    struct smin_event event;
    struct smin_message message = message_of(fields, &event);
    struct smin_output output = {.struct_size = sizeof(output), .time_ns = 5, .message = &message};
    struct smini_suricata_transaction *transaction = smini_suricata_transaction_new(alloc, &output);
    memset(fields, 0xee, sizeof(fields));
    memset(&event, 0xee, sizeof(event));
    return transaction;
}

Test(transaction, a_copy_holds_everything_by_itself)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    struct smini_suricata_transaction *transaction = copy(&failing.alloc);
    cr_assert_not_null(transaction);
    const struct smin_message *message = transaction->output.message;
    cr_expect_eq(message, &transaction->message);
    cr_expect_eq(transaction->output.time_ns, 5);
    cr_expect_eq(transaction->data.flags, SMINI_ENGINE_SKIP_TO_SERVER, "it says nothing about the other direction");
    const struct smin_field *field = smini_message_field(message, 0);
    cr_expect_eq(field->bytes, message->bytes + 2, "bytes inside the message stay inside");
    cr_expect_eq(((const struct wide_field *)(const void *)field)->later, 71, "what a later version added is kept");
    field = smini_message_field(message, 1);
    cr_expect_eq(memcmp(field->bytes, derived, sizeof(derived)), 0);
    cr_expect_neq(field->bytes, derived);
    cr_expect_eq(smini_message_event(message, 0)->number, 9);
    smini_suricata_transaction_free(&failing.alloc, transaction);
    cr_expect(failing_alloc_clean(&failing));
}

Test(transaction, a_message_without_anything_is_copied)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    struct smin_message message = {.struct_size = sizeof(message), .kind = SMIN_KIND_STREAM};
    struct smin_output output = {.struct_size = sizeof(output), .message = &message};
    struct smini_suricata_transaction *transaction = smini_suricata_transaction_new(&failing.alloc, &output);
    cr_assert_not_null(transaction);
    cr_expect_null(transaction->message.bytes);
    cr_expect_eq(transaction->data.flags, SMINI_ENGINE_SKIP_TO_CLIENT);
    smini_suricata_transaction_free(&failing.alloc, transaction);
}

Test(transaction, sizes_that_overflow_are_no_transaction)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    struct smin_message message = {.struct_size = sizeof(message), .size = UINT64_MAX - 64, .bytes = bytes};
    struct smin_output output = {.struct_size = sizeof(output), .message = &message};
    cr_expect_null(smini_suricata_transaction_new(&failing.alloc, &output));
    cr_expect_eq(failing.requests, 0);
}

Test(transaction, no_memory_is_no_transaction)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    failing_alloc_fail_nth(&failing, 1);
    cr_expect_null(copy(&failing.alloc));
    cr_expect(failing_alloc_clean(&failing));
}

Test(store, numbers_are_dense_and_found_in_whatever_order_they_are_freed)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    struct smini_suricata_store store = {.alloc = &failing.alloc};
    for (uint64_t round = 0; round < 5; round++) {
        for (uint64_t i = 0; i < 100; i++) {
            struct smini_suricata_transaction *transaction = copy(&failing.alloc);
            cr_assert_eq(smini_suricata_store_add(&store, transaction), SMIN_OK);
            cr_assert_eq(transaction->id, round * 100 + i);
            cr_assert_eq(smini_suricata_store_get(&store, transaction->id), transaction);
        }
        uint64_t first = round * 100;
        for (uint64_t i = 1; i < 100; i += 2)
            smini_suricata_store_free_one(&store, first + i);
        cr_expect_null(smini_suricata_store_get(&store, first + 1));
        cr_expect_eq(smini_suricata_store_from(&store, first + 1)->id, first + 2);
        cr_expect_eq(smini_suricata_store_from(&store, 0)->id, first);
        for (uint64_t i = 0; i < 100; i += 2)
            smini_suricata_store_free_one(&store, first + i);
        cr_expect_null(smini_suricata_store_from(&store, 0));
        cr_expect_eq(store.first, store.next);
    }
    smini_suricata_store_free_one(&store, 7);
    smini_suricata_store_free_one(&store, 7000);
    cr_expect_leq(store.capacity, 128, "freed ones take no room");
    smini_suricata_store_free_all(&store);
    cr_expect(failing_alloc_clean(&failing));
}

Test(store, there_is_a_limit_of_live_ones)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    struct smini_suricata_store store = {.alloc = &failing.alloc};
    for (uint32_t i = 0; i < SMINI_SURICATA_LIVE_TRANSACTIONS; i++)
        cr_assert_eq(smini_suricata_store_add(&store, copy(&failing.alloc)), SMIN_OK);
    struct smini_suricata_transaction *one_more = copy(&failing.alloc);
    cr_expect_eq(smini_suricata_store_add(&store, one_more), SMIN_E_LIMIT);
    smini_suricata_store_free_one(&store, 0);
    cr_expect_eq(smini_suricata_store_add(&store, one_more), SMIN_OK);
    smini_suricata_store_free_all(&store);
    cr_expect(failing_alloc_clean(&failing));
}

Test(store, no_memory_to_grow_leaves_it_as_it_was)
{
    struct failing_alloc failing;
    failing_alloc_open(&failing);
    struct smini_suricata_store store = {.alloc = &failing.alloc};
    for (int i = 0; i < 8; i++)
        cr_assert_eq(smini_suricata_store_add(&store, copy(&failing.alloc)), SMIN_OK);
    struct smini_suricata_transaction *one_more = copy(&failing.alloc);
    failing_alloc_fail_nth(&failing, 1);
    cr_expect_eq(smini_suricata_store_add(&store, one_more), SMIN_E_NOMEM);
    cr_expect_eq(store.next, 8);
    smini_suricata_transaction_free(&failing.alloc, one_more);
    smini_suricata_store_free_all(&store);
    cr_expect(failing_alloc_clean(&failing));
}
