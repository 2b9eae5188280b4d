/* SPDX-License-Identifier: BSD-2-Clause */
/* What lines say by themselves. */
#include <criterion/criterion.h>

#include "http/line.h"
#include "smin/abi.h"

static struct smini_span text(const char *bytes)
{
    return smini_span_text(bytes);
}

Test(line, requests_are_known_by_their_first_bytes)
{
    static const char *const yes[] = {"GET / HTTP/1.1\r\n", "PUT /a", "POST http://h/", "OPTIONS * HTTP/1.1", "CONNECT h:1",
                                      "GET /0.9\r\n", "PROPFIND /dav/ HT", "HEAD /x HTTP/1.0\n"};
    static const char *const no[] = {"GET \n", "get / HTTP/1.1", "GETX / HTTP/1.1", "OPTIONS sip:a@b SIP/2.0",
                                     "OPTIONS * RTSP/1.0", "GET / RTSP/1.0 \r\n", "\x16\x03\x01", "PRI * HTTP/2.0",
                                     "GET /a\x01 b", "USER name", "220 hello", "POST rtsp://h/"};
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
        cr_expect_eq(smini_http_begins_request(text(yes[i])), SMIN_PROBE_YES, "%s", yes[i]);
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
        cr_expect_eq(smini_http_begins_request(text(no[i])), SMIN_PROBE_NO, "%s", no[i]);
    cr_expect_eq(smini_http_begins_request(smini_span_make("\0\0\0\1\0\0\0\1\0\0\0\4", 12)), SMIN_PROBE_NO);
}

/* A probe that said "more" to part of what it says yes to, and never the other way round; 16 bytes are enough. */
static void check_prefixes(int32_t (*probe)(struct smini_span), const char *whole)
{
    size_t length = strlen(whole);
    for (size_t i = 0; i < length; i++)
        cr_expect_neq(probe(smini_span_make(whole, i)), SMIN_PROBE_NO, "%.*s", (int)i, whole);
    cr_expect_eq(probe(smini_span_make(whole, 16)), SMIN_PROBE_YES, "%.16s", whole);
}

Test(line, a_probe_is_decided_by_16_bytes)
{
    check_prefixes(smini_http_begins_request, "GET /confs/sw1.conf HTTP/1.1\r\n");
    check_prefixes(smini_http_begins_request, "PROPPATCH /confs/sw1.conf HTTP/1.1\r\n");
    check_prefixes(smini_http_begins_request, "POST http://h/c HTTP/1.1\r\n");
    check_prefixes(smini_http_begins_answer, "HTTP/1.1 200 OK\r\n");
    check_prefixes(smini_http_begins_answer, "HTTP/1.0 404 \r\n\r\n");
}

Test(line, answers_are_known_by_their_first_bytes)
{
    cr_expect_eq(smini_http_begins_answer(text("HTTP/1.1 200\r\n")), SMIN_PROBE_YES);
    cr_expect_eq(smini_http_begins_answer(text("HTTP/2.0 200 ")), SMIN_PROBE_NO);
    cr_expect_eq(smini_http_begins_answer(text("RTSP/1.0 200 OK")), SMIN_PROBE_NO);
    cr_expect_eq(smini_http_begins_answer(text("HTTP/1.1 2xx OK")), SMIN_PROBE_NO);
    cr_expect_eq(smini_http_begins_answer(text("ICY 200 OK")), SMIN_PROBE_NO);
}

Test(line, of_a_head_is_of_one_kind)
{
    cr_expect_eq(smini_http_line_kind(text("GET  /a b\tHTTP/1.1 \r\n")), SMINI_HTTP_LINE_REQUEST);
    cr_expect_eq(smini_http_line_kind(text("VERSION-CONTROL /a HTTP/1.1\n")), SMINI_HTTP_LINE_REQUEST);
    cr_expect_eq(smini_http_line_kind(text("GET /a\r\n")), SMINI_HTTP_LINE_SHORT);
    cr_expect_eq(smini_http_line_kind(text("HTTP/1.1 304\r\n")), SMINI_HTTP_LINE_STATUS);
    cr_expect_eq(smini_http_line_kind(text("PUT /a\r\n")), SMINI_HTTP_LINE_OTHER);
    cr_expect_eq(smini_http_line_kind(text("Host: a\r\n")), SMINI_HTTP_LINE_OTHER);
    cr_expect_eq(smini_http_line_kind(text("")), SMINI_HTTP_LINE_OTHER);
    cr_expect_eq(smini_http_line_kind(text("HTTP/1.1 20\r\n")), SMINI_HTTP_LINE_OTHER);
}

Test(line, of_a_chunk_gives_its_length)
{
    uint64_t length = 0;
    cr_expect(smini_http_chunk_length(text(" 1F;x=y\r\n"), &length));
    cr_expect_eq(length, 0x1f);
    cr_expect(smini_http_chunk_length(text("0\n"), &length));
    cr_expect_eq(length, 0);
    cr_expect_not(smini_http_chunk_length(text("\r\n"), &length));
    cr_expect_not(smini_http_chunk_length(text("x1\r\n"), &length));
    cr_expect_not(smini_http_chunk_length(text("80000000\r\n"), &length));
    cr_expect_not(smini_http_chunk_length(text("fffffffffffffffffff\r\n"), &length));
}

Test(line, a_range_is_read_or_refused)
{
    struct smini_http_range range;
    cr_expect(smini_http_read_range(text("bytes 5-9/100"), &range));
    cr_expect(range.first == 5 && range.last == 9 && range.total == 100);
    cr_expect(smini_http_read_range(text("bytes 0-0/*"), &range));
    cr_expect_eq(range.total, UINT64_MAX);
    static const char *const bad[] = {"", "bytes */100", "bytes 9-5/100", "bytes 0-100/100", "lines 1-2/3", "bytes 1-2/3x",
                                      "bytes 1-99999999999999999999/*", "bytes -5/9"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        cr_expect_not(smini_http_read_range(text(bad[i]), &range), "%s", bad[i]);
}

Test(line, a_name_is_path_and_query)
{
    static const char *const cases[][2] = {{"/a/b.conf", "a/b.conf"}, {"//a?b=/c", "a?b=/c"}, {"http://h:80/x#y", "x"},
                                           {"HTTP://h", ""}, {"/", ""}, {"*", "*"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        cr_expect(smini_span_equal(smini_http_name_of(text(cases[i][0])), text(cases[i][1])), "%s", cases[i][0]);
}
