/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/registry.h"
#include "sample_inspector.h"

/* Counts what is out, and refuses from the n-th request on. */
struct counter {
    size_t out;
    unsigned requests;
    unsigned refuse_at; /* 0: never */
};

static void *counted_take(void *user, size_t size)
{
    struct counter *counter = user;
    if (++counter->requests == counter->refuse_at)
        return NULL;
    counter->out += size;
    return malloc(size);
}

static void counted_give(void *user, void *memory, size_t size)
{
    struct counter *counter = user;
    counter->out -= size;
    free(memory);
}

static struct smin_registry *make_on(struct counter *counter)
{
    struct smini_alloc alloc;
    struct smin_registry *registry;
    smini_alloc_init_on(&alloc, 0, counted_take, counted_give, counter);
    return smini_registry_new_on(&alloc, &registry) == SMIN_OK ? registry : NULL;
}

Test(registry, inspectors_come_back_in_the_order_added)
{
    struct sample first, second;
    sample_make(&first);
    sample_make(&second);
    second.inspector.id = "org.example.second";
    struct smin_registry *registry;
    cr_assert_eq(smin_host_registry_new(&registry), SMIN_OK);
    cr_expect_eq(smin_host_registry_add(registry, &first.inspector, NULL), SMIN_OK);
    cr_expect_eq(smin_host_registry_add(registry, &second.inspector, NULL), SMIN_OK);
    cr_expect_eq(smin_host_registry_count(registry), 2);
    cr_expect_eq(smin_host_registry_get(registry, 0), &first.inspector);
    cr_expect_eq(smin_host_registry_get(registry, 1), &second.inspector);
    cr_expect_null(smin_host_registry_get(registry, 2));
    cr_expect_str_eq(smin_host_registry_origin(registry, 1), "built in");
    cr_expect_null(smin_host_registry_origin(registry, 2));
    smin_host_registry_free(&registry);
    cr_expect_null(registry);
    smin_host_registry_free(&registry);
}

Test(registry, the_same_id_is_refused_and_names_what_is_there)
{
    struct sample first, second;
    sample_make(&first);
    sample_make(&second);
    struct smin_registry *registry;
    char reason[SMIN_HOST_REASON_BYTES];
    cr_assert_eq(smin_host_registry_new(&registry), SMIN_OK);
    cr_expect_eq(smin_host_registry_add(registry, &first.inspector, reason), SMIN_OK);
    cr_expect_str_eq(reason, "");
    cr_expect_eq(smin_host_registry_add(registry, &second.inspector, reason), SMIN_E_REFUSED);
    cr_expect_not_null(strstr(reason, "org.example.sample is there already (version 1.0, built in)"), "%s", reason);
    cr_expect_eq(smin_host_registry_count(registry), 1);
    smin_host_registry_free(&registry);
}

Test(registry, all_inspectors_of_a_file_are_added_or_none)
{
    struct sample good, bad;
    sample_make(&good);
    sample_make(&bad);
    bad.inspector.id = "org.example.bad";
    bad.inspector.feed = NULL;
    struct counter counter = {0};
    struct smin_registry *registry = make_on(&counter);
    cr_assert_not_null(registry);
    size_t before = counter.out;
    const struct smin_inspector *const both[] = {&good.inspector, &bad.inspector};
    cr_expect_eq(smini_registry_add_all(registry, both, 2, "/some/file.so", NULL), SMIN_E_MISUSE);
    cr_expect_eq(smin_host_registry_count(registry), 0);
    cr_expect_eq(counter.out, before);
    cr_expect_eq(smini_registry_add_all(registry, both, 1, "/some/file.so", NULL), SMIN_OK);
    cr_expect_str_eq(smin_host_registry_origin(registry, 0), "/some/file.so");
    smin_host_registry_free(&registry);
    cr_expect_eq(counter.out, 0);
}

Test(registry, a_full_list_refuses_and_says_so)
{
    static struct sample samples[SMINI_HOST_INSPECTORS + 1];
    static char ids[SMINI_HOST_INSPECTORS + 1][32];
    struct smin_registry *registry;
    cr_assert_eq(smin_host_registry_new(&registry), SMIN_OK);
    for (unsigned i = 0; i <= SMINI_HOST_INSPECTORS; i++) {
        char reason[SMIN_HOST_REASON_BYTES];
        sample_make(&samples[i]);
        (void)snprintf(ids[i], sizeof(ids[i]), "org.example.n%u", i);
        samples[i].inspector.id = ids[i];
        int32_t expected = i < SMINI_HOST_INSPECTORS ? SMIN_OK : SMIN_E_REFUSED;
        cr_expect_eq(smin_host_registry_add(registry, &samples[i].inspector, reason), expected);
        cr_expect_eq(strstr(reason, "the list is full") != NULL, expected != SMIN_OK);
    }
    smin_host_registry_free(&registry);
}

Test(registry, every_allocation_may_fail)
{
    struct sample sample;
    sample_make(&sample);
    const struct smin_inspector *const one[] = {&sample.inspector};
    for (unsigned n = 1; n <= 3; n++) {
        struct counter counter = {.refuse_at = n};
        struct smin_registry *registry = make_on(&counter);
        cr_expect_eq(registry == NULL, n == 1);
        if (registry) {
            int32_t expected = n == 2 ? SMIN_E_NOMEM : SMIN_OK;
            cr_expect_eq(smini_registry_add_all(registry, one, 1, "/a.so", NULL), expected);
            cr_expect_eq(smin_host_registry_count(registry), expected == SMIN_OK);
            smin_host_registry_free(&registry);
        }
        cr_expect_eq(counter.out, 0);
    }
}

Test(registry, null_arguments_are_misuse_or_nothing)
{
    struct sample sample;
    sample_make(&sample);
    cr_expect_eq(smin_host_registry_new(NULL), SMIN_E_MISUSE);
    cr_expect_eq(smin_host_registry_add(NULL, &sample.inspector, NULL), SMIN_E_MISUSE);
    cr_expect_eq(smin_host_registry_count(NULL), 0);
    cr_expect_null(smin_host_registry_get(NULL, 0));
    smin_host_registry_free(NULL);
}
