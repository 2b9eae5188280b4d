/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "host/describe.h"
#include "snort3/copies.h"

/* A message whose fields and events are wider than this version knows, as a newer inspector's may be. */
struct wide_field {
    struct smin_field field;
    uint64_t more;
};
struct wide_event {
    struct smin_event event;
    uint64_t more;
};

static struct smin_message sample(struct wide_field *fields, struct wide_event *events, uint8_t *bytes, uint8_t *other)
{
    memcpy(bytes, "0123456789", 10);
    memcpy(other, "derived", 7);
    fields[0].field = (struct smin_field){.id = 1, .number = 42};
    fields[1].field = (struct smin_field){.id = 2, .bytes = bytes + 3, .length = 4, .size = 4};
    fields[2].field = (struct smin_field){.id = 3, .bytes = other, .length = 0, .size = 7};
    fields[3].field = (struct smin_field){.id = 4, .bytes = bytes + 8, .length = 2, .size = 2};
    events[0].event = (struct smin_event){.id = 9, .number = 5};
    events[1].event = (struct smin_event){.id = 10};
    return (struct smin_message){.struct_size = sizeof(struct smin_message),
                                 .kind = SMIN_KIND_MESSAGE,
                                 .field_count = 4,
                                 .event_count = 2,
                                 .field_stride = sizeof(*fields),
                                 .event_stride = sizeof(*events),
                                 .fields = &fields->field,
                                 .events = &events->event,
                                 .bytes = bytes,
                                 .size = 10,
                                 .length = 10};
}

Test(copies, a_copy_says_the_same_when_the_message_is_gone)
{
    struct wide_field fields[4];
    struct wide_event events[2];
    uint8_t bytes[10], other[7];
    struct smin_message message = sample(fields, events, bytes, other);
    struct smini_copies copies = {0};
    cr_assert_eq(smini_copies_add(&copies, &message), SMIN_OK);
    memset(fields, 0xee, sizeof(fields));
    memset(events, 0xee, sizeof(events));
    memset(bytes, 0xee, sizeof(bytes));
    memset(other, 0xee, sizeof(other));

    const struct smin_message *copy = &copies.first->message;
    cr_assert_eq(copies.count, 1);
    cr_assert_eq(copy->field_count, 4);
    cr_assert_eq(smini_message_field(copy, 0)->number, 42);
    cr_assert_arr_eq(smini_message_field(copy, 1)->bytes, "3456", 4);
    cr_assert_arr_eq(smini_message_field(copy, 2)->bytes, "derived", 7);
    cr_assert_arr_eq(smini_message_field(copy, 3)->bytes, "89", 2);
    cr_assert_eq(smini_message_field(copy, 1)->bytes, copy->bytes + 3, "a part of the message is a part of its copy");
    cr_assert_eq(smini_message_event(copy, 0)->number, 5);
    cr_assert_eq(smini_message_event(copy, 1)->id, 10);
    smini_copies_clear(&copies);
    cr_assert(copies.count == 0 && !copies.first && !copies.last);
}

Test(copies, they_stay_in_their_order_up_to_a_limit)
{
    struct smin_message message = {.struct_size = sizeof(message), .kind = SMIN_KIND_STREAM};
    struct smini_copies copies = {0};
    for (uint32_t i = 0; i < SMINI_COPIES_MAX; i++) {
        message.number = i;
        cr_assert_eq(smini_copies_add(&copies, &message), SMIN_OK);
    }
    cr_assert_eq(smini_copies_add(&copies, &message), SMIN_E_LIMIT);
    uint64_t number = 0;
    for (const struct smini_copy *copy = copies.first; copy; copy = copy->next)
        cr_assert_eq(copy->message.number, number++);
    cr_assert_eq(number, SMINI_COPIES_MAX);
    smini_copies_clear(&copies);
}

Test(copies, an_older_inspectors_message_is_copied_as_far_as_it_goes)
{
    struct smin_message message = {.struct_size = offsetof(struct smin_message, size), .number = 3, .size = 0};
    struct smini_copies copies = {0};
    cr_assert_eq(smini_copies_add(&copies, &message), SMIN_OK);
    cr_assert_eq(copies.first->message.struct_size, offsetof(struct smin_message, size));
    cr_assert_eq(copies.first->message.number, 3);
    smini_copies_clear(&copies);
}
