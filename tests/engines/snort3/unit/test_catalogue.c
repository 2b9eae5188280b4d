/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "snort3/catalogue.h"

enum { MANY = SMINI_CATALOGUE_OPTIONS_MAX + 5 };

static struct smin_field_desc fields[MANY];
static char names[MANY][16];
static const struct smin_event_desc events[] = {{3, 1, "odd", "something odd", NULL}, {8, 2, "even", "likewise", NULL}};

static struct smin_inspector sample(uint32_t field_count)
{
    for (uint32_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof(names[i]), "toy.f.%u", i);
        fields[i] = (struct smin_field_desc){.id = i + 1,
                                             .type = i % 2 ? SMIN_TYPE_TEXT : SMIN_TYPE_NUMBER,
                                             .name = names[i],
                                             .meaning = "a field"};
    }
    return (struct smin_inspector){.struct_size = sizeof(struct smin_inspector),
                                   .name = "toy",
                                   .fields = fields,
                                   .field_count = field_count,
                                   .field_stride = sizeof(*fields),
                                   .events = events,
                                   .event_count = 2,
                                   .event_stride = sizeof(*events)};
}

Test(catalogue, fields_are_options_and_texts_are_buffers)
{
    struct smin_inspector inspector = sample(4);
    struct smini_catalogue catalogue;
    cr_assert_eq(smini_catalogue_make(&catalogue, &inspector), SMIN_OK);
    cr_assert_str_eq(catalogue.protocol, "toy");
    cr_assert_eq(catalogue.option_count, 4);
    cr_assert_str_eq(catalogue.options[2].name, "toy_f_2", "Snort's names have no dots");
    cr_assert_eq(catalogue.options[2].kind, SMINI_CATALOGUE_NUMBER);
    cr_assert_eq(catalogue.options[3].kind, SMINI_CATALOGUE_BUFFER);
    cr_assert_str_eq(catalogue.buffers[0], "toy_f_1");
    cr_assert_str_eq(catalogue.buffers[1], "toy_f_3");
    cr_assert_null(catalogue.buffers[2]);
    cr_assert_eq(catalogue.event_count, 2);
    cr_assert_eq(catalogue.events[1].id, 8);
    cr_assert_str_eq(catalogue.events[1].text, "even: likewise");
    cr_assert_eq(catalogue.left_out, 0);
    smini_catalogue_free(&catalogue);
}

Test(catalogue, fields_beyond_the_limit_are_counted)
{
    struct smin_inspector inspector = sample(MANY);
    struct smini_catalogue catalogue;
    cr_assert_eq(smini_catalogue_make(&catalogue, &inspector), SMIN_OK);
    cr_assert_eq(catalogue.option_count, SMINI_CATALOGUE_OPTIONS_MAX);
    cr_assert_eq(catalogue.left_out, 5);
    cr_assert(smini_catalogue_fits(&catalogue, &inspector));
    smini_catalogue_free(&catalogue);
}

Test(catalogue, only_an_inspector_that_says_the_same_fits)
{
    struct smin_inspector inspector = sample(4);
    struct smini_catalogue catalogue;
    cr_assert_eq(smini_catalogue_make(&catalogue, &inspector), SMIN_OK);
    struct smin_inspector other = sample(6);
    cr_assert(smini_catalogue_fits(&catalogue, &other), "more fields do no harm");
    other.field_count = 3;
    cr_assert_not(smini_catalogue_fits(&catalogue, &other));
    other = inspector;
    other.name = "toys";
    cr_assert_not(smini_catalogue_fits(&catalogue, &other));
    other = inspector;
    other.event_count = 1;
    cr_assert_not(smini_catalogue_fits(&catalogue, &other));
    fields[1].type = SMIN_TYPE_NUMBER;
    cr_assert_not(smini_catalogue_fits(&catalogue, &inspector), "a text that became a number");
    inspector = sample(4);
    fields[0].name = "toy.other";
    cr_assert_not(smini_catalogue_fits(&catalogue, &inspector), "another name for the number");
    smini_catalogue_free(&catalogue);
}
