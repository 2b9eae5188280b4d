/* SPDX-License-Identifier: BSD-2-Clause */
/* The page as a whole: what it is made of, what it never holds, and what happens when memory or the sink fails. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "report/page_parts.h"
#include "tests/support/failing_alloc.h"
#include "tests/unit/report/page_build.h"
#include "tests/unit/report/page_cases.h"
#include "tests/unit/report/wellformed.h"

struct written {
    char *bytes;
    size_t length, capacity;
    uint64_t calls, fail_at; /* the call that is refused, from 1; 0: none */
};

static int take(void *user, const uint8_t *bytes, size_t length)
{
    struct written *out = user;
    if (++out->calls == out->fail_at)
        return 1;
    if (out->length + length + 1 > out->capacity) {
        out->capacity = (out->length + length + 1) * 2;
        out->bytes = realloc(out->bytes, out->capacity);
        cr_assert(out->bytes);
    }
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
    out->bytes[out->length] = 0;
    return 0;
}

static int32_t write_page(const struct smini_page *page, struct smini_alloc *alloc, struct written *out)
{
    struct smini_page_sink sink = {.write = take, .user = out};
    return smini_page_write(page, alloc, &sink);
}

static struct written page_of(const char *name)
{
    struct written out = {0};
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    const struct smini_page *page = page_case(name);
    cr_assert(page, "%s", name);
    cr_assert_eq(write_page(page, &alloc, &out), SMIN_OK, "%s", name);
    cr_assert_eq(alloc.used, 0U);
    return out;
}

Test(page, every_case_is_well_formed_and_reaches_nowhere)
{
    for (uint32_t i = 0; i < page_case_count; i++) {
        struct written out = page_of(page_case_names[i]);
        const char *fault = page_fault(out.bytes, out.length);
        cr_expect_null(fault, "%s: %s", page_case_names[i], fault);
        free(out.bytes);
    }
    page_case_free();
}

Test(page, the_checker_finds_faults)
{
    static const char *const bad[] = {
        "<!DOCTYPE html>\n<p>",          "<!DOCTYPE html>\n<p></b>",
        "<!DOCTYPE html>\n<p>a & b</p>", "<!DOCTYPE html>\n<p>\x1b</p>",
        "<!DOCTYPE html>\n<p>\xff</p>",  "<!DOCTYPE html>\n<p>\xe2\x80\xae</p>",
        "<!DOCTYPE html>\n<script></script>", "<!DOCTYPE html>\n<p onclick=\"x\"></p>",
        "<!DOCTYPE html>\n<a href=\"http://192.0.2.1/\"></a>", "<!DOCTYPE html>\n<a href=\"#nowhere\"></a>",
        "<!DOCTYPE html>\n<p id=\"a\"></p><p id=\"a\"></p>", "<p></p>"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        cr_expect_not_null(page_fault(bad[i], strlen(bad[i])), "%s", bad[i]);
    cr_expect_null(page_fault("<!DOCTYPE html>\n<p id=\"a\"><a href=\"#a\">&lt;</a></p>", 50));
}

Test(page, no_secret_is_on_it)
{
    struct written out = page_of("secrets");
    for (uint32_t i = 0; page_case_secrets[i]; i++) {
        const char *hit = strstr(out.bytes, page_case_secrets[i]);
        cr_expect_null(hit, "%.*s", hit ? 60 : 0, hit ? hit - 20 : "");
    }
    cr_expect(strstr(out.bytes, "masked") != NULL);
    cr_expect(strstr(out.bytes, "snmp-server") != NULL, "the lines themselves are there");
    free(out.bytes);
    page_case_free();
}

Test(page, the_same_facts_give_the_same_bytes)
{
    for (uint32_t i = 0; i < page_case_count; i++) {
        struct written one = page_of(page_case_names[i]), two = page_of(page_case_names[i]);
        cr_expect_eq(one.length, two.length);
        cr_expect_eq(memcmp(one.bytes, two.bytes, one.length), 0, "%s", page_case_names[i]);
        free(one.bytes);
        free(two.bytes);
    }
    page_case_free();
}

Test(page, every_allocation_may_fail)
{
    const struct smini_page *page = page_case("one");
    uint64_t nth = 1;
    for (;; nth++) {
        struct failing_alloc memory;
        struct written out = {0};
        failing_alloc_open(&memory);
        failing_alloc_fail_nth(&memory, nth);
        int32_t status = write_page(page, &memory.alloc, &out);
        bool refused = memory.refused > 0;
        cr_assert(failing_alloc_clean(&memory), "%llu", (unsigned long long)nth);
        cr_assert_eq(status, refused ? SMIN_E_NOMEM : SMIN_OK);
        free(out.bytes);
        if (!refused)
            break;
    }
    cr_expect_gt(nth, 8U);
    page_case_free();
}

Test(page, a_sink_that_refuses_ends_it)
{
    const struct smini_page *page = page_case("sweep");
    for (uint64_t nth = 1; nth < 8; nth++) {
        struct written out = {.fail_at = nth};
        struct smini_alloc alloc;
        smini_alloc_init(&alloc, 0);
        cr_expect_eq(write_page(page, &alloc, &out), SMIN_E_IO);
        cr_expect_eq(out.calls, nth, "nothing is handed on after a refusal");
        cr_expect_eq(alloc.used, 0U);
        free(out.bytes);
    }
    page_case_free();
}

Test(page, a_planted_configuration_is_held_against_the_stolen_one)
{
    struct written out = page_of("one");
    const char *at = strstr(out.bytes, "What the configuration given to 192.0.2.10 changes");
    cr_assert_not_null(at);
    at = strstr(at, "<li class=\"del look\"><span class=\"no\">11</span><code>aaa new-model");
    cr_assert_not_null(at, "what is gone comes first");
    at = strstr(at, "no longer there: ");
    cr_assert_not_null(at);
    at = strstr(at, "<li class=\"add hit\"><span class=\"no\">20</span><code>tftp-server nvram:startup-config</code>");
    cr_assert_not_null(at);
    cr_expect_null(strstr(at, "ip default-gateway"), "what is in both is not told");
    free(out.bytes);
    page_case_free();
}

Test(page, what_is_left_out_is_told)
{
    struct written out = page_of("hostile");
    cr_expect(strstr(out.bytes, "(65,136 more bytes)") != NULL);
    cr_expect(strstr(out.bytes, "(line of 65536 bytes, cut)") != NULL);
    free(out.bytes);
    out = page_of("partial");
    cr_expect(strstr(out.bytes, "Not kept as incidents, because a limit was reached: 3.") != NULL);
    cr_expect(strstr(out.bytes, "the file ends inside a packet") != NULL);
    cr_expect(strstr(out.bytes, "Read in part") != NULL);
    free(out.bytes);
    out = page_of("sweep");
    cr_expect(strstr(out.bytes, "151 pairs of sender and device are too many for a lane each") != NULL);
    cr_expect(strstr(out.bytes, "143 devices to which exactly the same was done") != NULL);
    free(out.bytes);
    out = page_of("many");
    cr_expect(strstr(out.bytes, "further devices, of no greater concern, would be too many to draw") != NULL);
    free(out.bytes);
    page_case_free();
}

Test(page, thousands_of_incidents_take_no_more_than_a_moment_and_a_bounded_page)
{
    struct page_builder builder;
    page_build_reset(&builder);
    static struct smini_page_incident incidents[20000];
    const struct smini_incident *one = page_add_incident(&builder, "198.51.100.7", "192.0.2.10", SMINI_VERDICT_PROBE, SMINI_OUTCOME_ATTEMPTED);
    static struct smini_incident copies[20000];
    for (uint32_t i = 0; i < 20000; i++) {
        copies[i] = *one;
        copies[i].device.bytes[2] = (uint8_t)(i >> 8);
        copies[i].device.bytes[3] = (uint8_t)i;
        copies[i].first_ns = copies[i].last_ns = one->first_ns + i * 1000000U;
        incidents[i].incident = &copies[i];
    }
    builder.page.incidents = incidents;
    builder.page.incident_count = 20000;
    struct written out = {0};
    struct smini_alloc alloc;
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(write_page(&builder.page, &alloc, &out), SMIN_OK);
    cr_expect_lt(out.length, 2000000U);
    free(out.bytes);
    page_build_reset(NULL);
}
