/* SPDX-License-Identifier: BSD-2-Clause */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/utf8.h"
#include "record/write_json.h"
#include "smin/status.h"

struct page {
    char bytes[1 << 16];
    size_t length;
    int error;
};

static int keep(void *user, const uint8_t *bytes, size_t length)
{
    struct page *page = user;
    if (page->error)
        return page->error;
    cr_assert(page->length + length < sizeof(page->bytes));
    memcpy(page->bytes + page->length, bytes, length);
    page->length += length;
    page->bytes[page->length] = 0;
    return 0;
}

static struct page page;
static struct smini_alloc alloc;
static struct smini_json json;

static void begin(size_t capacity)
{
    struct smini_json_output output = {.write = keep, .user = &page};
    memset(&page, 0, sizeof(page));
    smini_alloc_init(&alloc, 0);
    cr_assert_eq(smini_json_init(&json, &alloc, capacity, &output), SMIN_OK);
}

static const char *finish(void)
{
    smini_json_flush(&json);
    smini_json_free(&json);
    cr_assert_eq(alloc.used, 0U);
    return page.bytes;
}

static const struct {
    const char *bytes;
    size_t length;
    const char *json;
} texts[] = {
    {"", 0, "\"\""},
    {"plain text", 10, "\"plain text\""},
    {"a\"b", 3, "\"a\\\"b\""},
    {"a\\b", 3, "\"a\\\\b\""},
    {"tab\tline\n", 9, "\"tab\\tline\\n\""},
    {"\x01\x1b", 2, "\"\\u0001\\u001b\""},
    {"\x7f", 1, "\"\\u007f\""},
    {"a\0b", 3, "\"a\\\\x00b\""},
    {"gr\xc3\xbc\xc3\x9f", 6, "\"gr\xc3\xbc\xc3\x9f\""},
    {"\xc2\x9b", 2, "\"\\u009b\""},
    {"\xf0\x9f\x98\x80", 4, "\"\xf0\x9f\x98\x80\""},
    {"\xff\xfe", 2, "\"\\\\xff\\\\xfe\""},
    {"\xc0\x80", 2, "\"\\\\xc0\\\\x80\""},
    {"\xed\xa0\x80", 3, "\"\\\\xed\\\\xa0\\\\x80\""},
    {"\xf4\x90\x80\x80", 4, "\"\\\\xf4\\\\x90\\\\x80\\\\x80\""},
    {"cut \xe2\x82", 6, "\"cut \\\\xe2\\\\x82\""},
    {"\\x41", 4, "\"\\\\x5cx41\""},
    {"</script>", 9, "\"</script>\""},
};

Test(json, texts_are_written_as_documented)
{
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        begin(0);
        smini_json_text(&json, smini_span_make(texts[i].bytes, texts[i].length));
        cr_expect_str_eq(finish(), texts[i].json, "text %zu", i);
    }
}

/* Takes every \xHH of a parsed text back to its byte. */
static size_t bytes_of(const char *text, size_t length, uint8_t *bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\' && i + 3 < length && text[i + 1] == 'x') {
            char pair[3] = {text[i + 2], text[i + 3], 0};
            bytes[count++] = (uint8_t)strtoul(pair, NULL, 16);
            i += 3;
        } else {
            bytes[count++] = (uint8_t)text[i];
        }
    }
    return count;
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

Test(json, any_bytes_survive_a_strict_reader)
{
    static const char favourites[] = "\\x\"nu04f\0\x80\xbf\xc2\xc3\xe0\xed\xef\xf0\xf4\xff\n\x1b";
    uint32_t state = 4786;
    for (int round = 0; round < 20000; round++) {
        uint8_t input[12];
        size_t length = next_random(&state) % (sizeof(input) + 1);
        for (size_t i = 0; i < length; i++)
            input[i] = next_random(&state) % 4 ? (uint8_t)favourites[next_random(&state) % (sizeof(favourites) - 1)]
                                               : (uint8_t)next_random(&state);
        begin(0);
        smini_json_text(&json, smini_span_make(input, length));
        const char *text = finish();
        json_error_t error;
        json_t *parsed = json_loads(text, JSON_DECODE_ANY, &error);
        cr_assert_not_null(parsed, "%s: %s", text, error.text);
        uint8_t back[64];
        size_t got = bytes_of(json_string_value(parsed), json_string_length(parsed), back);
        cr_assert(got == length && memcmp(back, input, length) == 0, "round %d: %s", round, text);
        json_decref(parsed);
    }
}

Test(json, numbers_have_every_digit)
{
    static const uint64_t numbers[] = {0, 9, 10, 99, 100, 4786, 4294967295U, 9007199254740991U, UINT64_MAX};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        char expected[32];
        snprintf(expected, sizeof(expected), "%llu", (unsigned long long)numbers[i]);
        begin(0);
        smini_json_number(&json, numbers[i]);
        cr_expect_str_eq(finish(), expected);
    }
}

Test(json, times_agree_with_the_c_library)
{
    for (uint64_t second = 0; second < 8000000000U; second += 86399U * 37U + 11U) {
        char expected[64], body[48];
        time_t when = (time_t)second;
        struct tm parts;
        gmtime_r(&when, &parts);
        strftime(body, sizeof(body), "%Y-%m-%dT%H:%M:%S", &parts);
        snprintf(expected, sizeof(expected), "\"%s.678901+0000\"", body);
        begin(64);
        smini_json_time(&json, second * 1000000000U + 678901999U);
        cr_assert_str_eq(finish(), expected);
    }
}

Test(json, addresses_are_in_their_usual_form)
{
    static const uint8_t mac[6] = {0xfc, 0x99, 0x47, 0x37, 0x86, 0x60};
    static const uint8_t four[4] = {192, 0, 2, 10}, six[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
    begin(0);
    smini_json_begin(&json, '[');
    smini_json_address(&json, 4, four);
    smini_json_address(&json, 6, six);
    smini_json_mac(&json, mac);
    smini_json_end(&json, ']');
    cr_expect_str_eq(finish(), "[\"192.0.2.10\",\"2001:db8::1\",\"fc:99:47:37:86:60\"]");
}

static void write_sample(void)
{
    smini_json_begin(&json, '{');
    smini_json_key_string(&json, "name", "a \"quoted\" text that is longer than the buffer");
    smini_json_key(&json, "list");
    smini_json_begin(&json, '[');
    for (uint64_t i = 0; i < 20; i++)
        smini_json_number(&json, i * 1000);
    smini_json_end(&json, ']');
    smini_json_key_bool(&json, "yes", true);
    smini_json_key(&json, "empty");
    smini_json_begin(&json, '{');
    smini_json_end(&json, '}');
    smini_json_key_text(&json, smini_span_text("odd \"key\""));
    smini_json_hex(&json, smini_span_make("\x01\xfe", 2));
    smini_json_end(&json, '}');
    smini_json_line(&json);
}

Test(json, size_of_the_buffer_changes_nothing)
{
    begin(0);
    write_sample();
    char expected[1024];
    snprintf(expected, sizeof(expected), "%s", finish());
    for (size_t capacity = 1; capacity < 200; capacity++) {
        begin(capacity);
        write_sample();
        cr_assert_str_eq(finish(), expected, "capacity %zu", capacity);
    }
}

Test(json, write_error_is_kept_and_nothing_more_is_handed_on)
{
    begin(16);
    page.error = 28;
    write_sample();
    page.error = 0;
    write_sample();
    smini_json_flush(&json);
    cr_expect_eq(json.error, 28);
    cr_expect_eq(page.length, 0U);
    finish();
}

Test(json, no_memory_for_the_buffer_is_a_status)
{
    struct smini_json_output output = {.write = keep, .user = &page};
    smini_alloc_init(&alloc, 10);
    cr_expect_eq(smini_json_init(&json, &alloc, 11, &output), SMIN_E_NOMEM);
    cr_expect_eq(alloc.used, 0U);
}

Test(utf8, lengths_agree_with_a_reader_of_all_two_byte_starts)
{
    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second++) {
            uint8_t bytes[2] = {(uint8_t)first, (uint8_t)second};
            size_t expected = first < 0x80 ? 1 : (first >= 0xc2 && first < 0xe0 && (second & 0xc0) == 0x80) ? 2 : 0;
            cr_assert_eq(smini_utf8_length(bytes, 2), expected, "%02x %02x", first, second);
        }
}
