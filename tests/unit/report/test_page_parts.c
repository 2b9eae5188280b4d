/* SPDX-License-Identifier: BSD-2-Clause */
/* Text, secrets, answers and the time axis, each for itself. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "report/page_parts.h"
#include "report/secret.h"
#include "report/svg.h"
#include "tests/support/guard_page.h"
#include "tests/unit/report/page_build.h"
#include "tests/unit/report/page_cases.h"

static char page[65536];
static size_t page_length;

static int keep(void *user, const uint8_t *bytes, size_t length)
{
    (void)user;
    cr_assert_lt(page_length + length, sizeof(page));
    memcpy(page + page_length, bytes, length);
    page_length += length;
    return 0;
}

static struct smini_html html;

static void begin(void)
{
    static const struct smini_page_sink sink = {.write = keep};
    memset(&html, 0, sizeof(html));
    html.sink = &sink;
    page_length = 0;
}

static const char *shown(void)
{
    smini_html_flush(&html);
    cr_assert_eq(html.status, SMIN_OK);
    page[page_length] = 0;
    return page;
}

Test(html, foreign_text_neither_acts_nor_hides)
{
    static const struct {
        const char *given, *plain;
    } texts[] = {
        {"startup-config", "startup-config"},
        {"<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"},
        {"end\tend\nend", "end\\x09end\\x0aend"},
        {"\x1b[31m", "\\x1b[31m"},
        {"\x7f", "\\x7f"},
        {"\xc2\x9b" "31m", "\\u{9B}31m"},
        {"\xff\xc0\xaf", "\\xff\\xc0\\xaf"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"x\xe2\x80\xae" "y", "x\\u{202E}y"},
        {"\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf", "\\u{200B}\\u{2066}\\u{FEFF}"},
        {"e\xcc\x81", "e\\u{301}"},
        {"\xf3\xa0\x81\x81", "\\u{E0041}"},
        {"\xef\xbf\xbf", "\\u{FFFF}"},
        {"\\x1b \\u{1} \\n", "\\x5cx1b \\x5cu{1} \\n"},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        begin();
        smini_html_foreign_plain(&html, smini_span_text(texts[i].given), 400);
        cr_expect_str_eq(shown(), texts[i].plain, "%zu: %s", i, shown());
    }
}

Test(html, every_byte_and_every_pair_of_bytes_stays_within_its_memory_and_is_escaped)
{
    struct guard_page guard;
    guard_page_open(&guard, 16);
    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second += first < 0x80 ? 37 : 1) {
            uint8_t bytes[2] = {(uint8_t)first, (uint8_t)second};
            begin();
            smini_html_foreign(&html, smini_span_make(guard_page_put(&guard, bytes, 2), 2), 400);
            const char *text = shown();
            cr_assert(strncmp(text, "<bdi>", 5) == 0);
            for (const char *at = text; *at; at++)
                cr_assert((unsigned char)*at >= 0x20 && *at != 0x7f, "%02x %02x", first, second);
        }
    guard_page_close(&guard);
}

Test(html, a_cut_is_told_and_splits_no_character)
{
    begin();
    smini_html_foreign_plain(&html, smini_span_text("aaa\xe6\x97\xa5" "bbb"), 5);
    cr_expect_str_eq(shown(), "aaa\xe2\x80\xa6 (6 more bytes)");
    begin();
    smini_html_foreign_columns(&html, smini_span_text("abcdefgh"), 5);
    cr_expect_str_eq(shown(), "abcd\xe2\x80\xa6");
    begin();
    smini_html_foreign_columns(&html, smini_span_text("abcde"), 5);
    cr_expect_str_eq(shown(), "abcde");
}

Test(html, numbers_sizes_and_durations)
{
    begin();
    smini_html_size(&html, 0);
    smini_html_raw(&html, "|");
    smini_html_size(&html, 1);
    smini_html_raw(&html, "|");
    smini_html_size(&html, 9999);
    smini_html_raw(&html, "|");
    smini_html_size(&html, 104857600);
    smini_html_raw(&html, "|");
    smini_html_size(&html, UINT64_MAX);
    smini_html_raw(&html, "|");
    smini_html_duration(&html, 0);
    smini_html_raw(&html, "|");
    smini_html_duration(&html, 7384000000000U);
    smini_html_raw(&html, "|");
    smini_html_duration(&html, 90000000000000U);
    cr_expect_str_eq(shown(), "0 bytes|1 byte|9,999 bytes|104.8 MB (104,857,600 bytes)|18,446,744.0 TB "
                              "(18,446,744,073,709,551,615 bytes)|0 ms|2 h 3 min|1 d 1 h");
}

Test(html, a_link_cannot_leave_the_folder_by_its_scheme)
{
    begin();
    smini_html_link_target(&html, "javascript:alert(1)\"><b>\xff");
    cr_expect_str_eq(shown(), "./javascript%3Aalert%281%29%22%3E%3Cb%3E%FF");
}

Test(secrets, are_found_wherever_a_command_may_stand)
{
    static const char *const texts[] = {
        "username a privilege 15 secret 0 HIDE",
        "backup_request: enable secret 5 $1$mERr$HIDE (x.pcap packet 3)",
        "execute: copy a b; snmp-server community HIDE RW; end",
        "he typed \"snmp-server community HIDE\" twice",
        "ftp://admin:HIDE@198.51.100.7/my.conf",
        "copy running-config scp://a:HIDE@192.0.2.9/x",
        "first line\nenable password HIDE\nlast line",
        "\"exit\" \"username b password 7 HIDE\"",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        begin();
        smini_html_foreign(&html, smini_span_text(texts[i]), 400);
        cr_expect_null(strstr(shown(), "HIDE"), "%s", shown());
        begin();
        smini_html_foreign_columns(&html, smini_span_text(texts[i]), 300);
        cr_expect_null(strstr(shown(), "HIDE"), "%s", shown());
    }
}

Test(secrets, stay_hidden_when_there_are_many_or_the_cut_is_near)
{
    static char text[40000];
    for (int i = 0; i < 1000; i++)
        strcat(text, "; enable password HIDE");
    begin();
    smini_html_foreign(&html, smini_span_text(text), 20000);
    cr_expect_null(strstr(shown(), "HIDE"));
    for (size_t most = 0; most < 40; most++) {
        begin();
        smini_html_foreign(&html, smini_span_text("enable secret 5 $1$mERr$HIDEHIDE"), most);
        cr_expect_null(strstr(shown(), "HI"), "%zu: %s", most, shown());
    }
}

Test(axis, keeps_the_order_of_time_and_stays_inside)
{
    srand(7);
    for (int round = 0; round < 200; round++) {
        uint64_t times[40], at = (uint64_t)rand();
        for (int i = 0; i < 40; i++) {
            times[i] = at;
            at += (uint64_t)rand() % 3 == 0 ? (uint64_t)rand() * 1000 : (uint64_t)rand() % 1000;
        }
        struct smini_axis axis;
        smini_axis_make(&axis, times, 40, 290, 1044);
        cr_assert_leq(axis.count, (uint32_t)SMINI_AXIS_PARTS_MAX);
        int last = 290;
        for (int i = 0; i < 40; i++) {
            int x = smini_axis_x(&axis, times[i]);
            cr_assert(x >= last && x <= 1044, "%d behind %d", x, last);
            last = x;
        }
        begin();
        smini_axis_draw(&html, &axis, 52, 200);
        (void)shown();
    }
}

Test(axis, the_greatest_times_do_not_overflow)
{
    uint64_t times[] = {0, UINT64_MAX / 1000};
    struct smini_axis axis;
    for (uint32_t count = 1; count <= 2; count++) {
        smini_axis_make(&axis, times, count, 290, 1044);
        cr_expect_geq(smini_axis_x(&axis, times[count - 1]), 290);
        begin();
        smini_axis_draw(&html, &axis, 52, 200);
        (void)shown();
    }
}

Test(verdict, on_is_shown_by_what_the_device_sent_itself)
{
    struct page_builder builder;
    struct smini_alloc alloc;
    struct smini_page_work work = {.alloc = &alloc};
    page_build_reset(&builder);
    struct smini_device *device = page_add_device(&builder, "192.0.2.10", SMINI_STATE_ENABLED, "was sent backup_request (x packet 4)");
    device->evidence.items[device->evidence.count++] = page_span("sent capabilities_response (x packet 8)");
    work.page = page_build_finish(&builder);
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(smini_page_subjects(&work), SMIN_OK);
    cr_expect(smini_span_equal(work.subjects[0].on.evidence, smini_span_text("sent capabilities_response (x packet 8)")));
    smini_page_subjects_free(&work);
    page_build_reset(NULL);
}

Test(verdict, a_sender_of_orders_is_no_device_in_question)
{
    struct page_builder builder;
    struct smini_alloc alloc;
    struct smini_page_work work = {.alloc = &alloc};
    page_build_reset(&builder);
    page_add_incident(&builder, "198.51.100.7", "192.0.2.10", SMINI_VERDICT_PROBE, SMINI_OUTCOME_ATTEMPTED);
    page_add_incident(&builder, "198.51.100.8", "192.0.2.10", SMINI_VERDICT_PROBE, SMINI_OUTCOME_ATTEMPTED);
    page_add_device(&builder, "198.51.100.7", SMINI_STATE_CLOSED, "refused a connection to port 4786");
    page_add_device(&builder, "198.51.100.8", SMINI_STATE_ENABLED, "sent capabilities_response");
    page_add_device(&builder, "198.51.100.9", SMINI_STATE_CLOSED, "refused a connection to port 4786");
    work.page = page_build_finish(&builder);
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(smini_page_subjects(&work), SMIN_OK);
    cr_expect_eq(work.subject_count, 3U);
    struct smini_incident_address sender = page_address("198.51.100.7");
    for (uint32_t i = 0; i < work.subject_count; i++)
        cr_expect_neq(smini_page_address_order(&work.subjects[i].address, &sender), 0);
    smini_page_subjects_free(&work);
    page_build_reset(NULL);
}

Test(verdict, a_file_without_an_order_has_moved_all_the_same)
{
    struct smini_alloc alloc;
    struct smini_page_work work = {.page = page_case("partial"), .alloc = &alloc};
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(smini_page_subjects(&work), SMIN_OK);
    bool found = false;
    for (uint32_t i = 0; i < work.subject_count; i++) {
        const struct smini_page_subject *subject = &work.subjects[i];
        if (subject->address.version != 4)
            continue;
        found = true;
        cr_expect_eq(subject->came.answer, SMINI_ANSWER_YES);
        cr_expect_eq(subject->left.answer, SMINI_ANSWER_UNKNOWN);
        cr_expect_eq(subject->abused.answer, SMINI_ANSWER_UNKNOWN);
    }
    cr_expect(found);
    smini_page_subjects_free(&work);
    page_case_free();
}

struct sheet {
    enum smini_answer on, abused, left, came, authorised;
};

static struct sheet sheet_of(struct page_builder *builder)
{
    struct smini_alloc alloc;
    struct smini_page_work work = {.page = page_build_finish(builder), .alloc = &alloc};
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(smini_page_subjects(&work), SMIN_OK);
    cr_assert_eq(work.subject_count, 1U);
    const struct smini_page_subject *subject = work.subjects;
    struct sheet sheet = {subject->on.answer, subject->abused.answer, subject->left.answer, subject->came.answer,
                          subject->authorised.answer};
    smini_page_subjects_free(&work);
    cr_assert_eq(alloc.used, 0U);
    return sheet;
}

/* What was ordered with which outcome and trust, what moved ("o" out, "i" in; r refused, t truncated, s sealed, c whole), and the answers. */
static const struct {
    enum smini_verdict verdict;
    enum smini_outcome outcome;
    enum smini_trust trust;
    enum smini_device_state state;
    const char *file, *answers; /* on, abused, left, came in, authorised */
} judged[] = {
    {SMINI_VERDICT_PROBE, SMINI_OUTCOME_ANSWERED, SMINI_TRUST_UNKNOWN, SMINI_STATE_ENABLED, "", "y????"},
    {SMINI_VERDICT_PROBE, SMINI_OUTCOME_FAILED, SMINI_TRUST_NO, SMINI_STATE_CLOSED, "", "n???n"},
    {SMINI_VERDICT_CONFIG_EXFILTRATION, SMINI_OUTCOME_ATTEMPTED, SMINI_TRUST_UNKNOWN, SMINI_STATE_UNKNOWN, "", "?????"},
    {SMINI_VERDICT_CONFIG_EXFILTRATION, SMINI_OUTCOME_SUCCEEDED, SMINI_TRUST_NO, SMINI_STATE_UNKNOWN, "oc", "yyy?n"},
    {SMINI_VERDICT_CONFIG_EXFILTRATION, SMINI_OUTCOME_SUCCEEDED, SMINI_TRUST_UNKNOWN, SMINI_STATE_ENABLED, "", "yy???"},
    {SMINI_VERDICT_CONFIG_EXFILTRATION, SMINI_OUTCOME_SUCCEEDED, SMINI_TRUST_NO, SMINI_STATE_CLOSED, "oc", "yyy?n"},
    {SMINI_VERDICT_CONFIG_EXFILTRATION, SMINI_OUTCOME_UNKNOWN, SMINI_TRUST_UNKNOWN, SMINI_STATE_UNKNOWN, "ot", "??y??"},
    {SMINI_VERDICT_CONFIG_EXFILTRATION, SMINI_OUTCOME_FAILED, SMINI_TRUST_NO, SMINI_STATE_CLOSED, "or", "nnn?n"},
    {SMINI_VERDICT_CONFIG_REPLACEMENT, SMINI_OUTCOME_SUCCEEDED, SMINI_TRUST_NO, SMINI_STATE_UNKNOWN, "ic", "yy?yn"},
    {SMINI_VERDICT_COMMAND_EXECUTION, SMINI_OUTCOME_FAILED, SMINI_TRUST_UNKNOWN, SMINI_STATE_UNKNOWN, "ir", "?n?n?"},
    {SMINI_VERDICT_DIRECTOR_ACTIVITY, SMINI_OUTCOME_SUCCEEDED, SMINI_TRUST_YES, SMINI_STATE_ENABLED, "oc", "y?y?y"},
    {SMINI_VERDICT_OVERFLOW_ATTEMPT, SMINI_OUTCOME_ATTEMPTED, SMINI_TRUST_YES, SMINI_STATE_UNKNOWN, "", "????y"},
    {SMINI_VERDICT_CONFIG_REPLACEMENT, SMINI_OUTCOME_UNKNOWN, SMINI_TRUST_NO, SMINI_STATE_UNKNOWN, "is", "????n"},
};

Test(verdict, missing_evidence_is_unknown_and_never_no)
{
    for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
        struct page_builder builder;
        page_build_reset(&builder);
        struct smini_incident *incident = page_add_incident(&builder, "198.51.100.7", "192.0.2.10", judged[i].verdict, judged[i].outcome);
        incident->authorised = judged[i].trust;
        page_add_message(&builder, incident, "backup_request", false);
        page_add_device(&builder, "192.0.2.10", judged[i].state, "was sent backup_request");
        if (*judged[i].file)
            page_add_file(&builder, incident, page_span("x.conf"), "data", judged[i].file[0] == 'i',
                          judged[i].file[1] == 'c'   ? SMINI_TRANSFER_CLOSED
                          : judged[i].file[1] == 't' ? SMINI_TRANSFER_TRUNCATED
                          : judged[i].file[1] == 's' ? SMINI_TRANSFER_SEALED
                                                     : SMINI_TRANSFER_REFUSED,
                          page_span("x\n"));
        struct sheet sheet = sheet_of(&builder);
        const char signs[] = {'?', 'n', 'y'};
        char answers[] = {signs[sheet.on], signs[sheet.abused], signs[sheet.left], signs[sheet.came], signs[sheet.authorised], 0};
        cr_expect_str_eq(answers, judged[i].answers, "row %zu: %s", i, answers);
    }
    page_build_reset(NULL);
}
