/* SPDX-License-Identifier: BSD-2-Clause */
#include "talks.h"

#define HEAD "HTTP/1.1 200 OK\r\n"
#define ORDER "GET /ordered HTTP/1.1\r\nHost: 198.51.100.7\r\n\r\n"
#define CONFIG "hostname a\ninterface Vlan1\nend\n"

static const struct talk_line plain[] = {TO(ORDER), FROM(HEAD "Content-Length: 31\r\n\r\n" CONFIG)};
static const struct talk_line pipelined[] = {
    TO("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b?c=d HTTP/1.1\r\nHost: h\r\n\r\nHEAD /c HTTP/1.1\r\nHost: h\r\n\r\n"),
    FROM(HEAD "Content-Length: 3\r\n\r\none" HEAD "Content-Length: 31\r\n\r\n" CONFIG),
    FROM(HEAD "Content-Length: 99\r\n\r\n"), TO(ORDER), FROM("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")};
static const struct talk_line chunked[] = {
    TO(ORDER), FROM(HEAD "Transfer-Encoding: chunked\r\n\r\n0a;ext=1\r\nhostname a\r\n15 \r\n\ninterface Vlan1\nend\n\r\n"
                    "0\r\nX-Trailer: t\r\n\r\n"), TO(ORDER), FROM(HEAD "Content-Length: 0\r\n\r\n")};
/* gzip -n of CONFIG, then the same with zlib's header as "deflate". */
static const char zipped[] =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xcb\xc8\x2f\x2e\xc9\x4b\xcc\x4d\x55\x48\xe4\xca\xcc\x2b\x49\x2d\x4a\x4b"
    "\x4c\x4e\x55\x08\xcb\x49\xcc\x33\xe4\x4a\xcd\x4b\xe1\x02\x00\xe7\x1c\x38\x96\x1f\x00\x00\x00";
static const char deflated[] =
    "\x78\x9c\xcb\xc8\x2f\x2e\xc9\x4b\xcc\x4d\x55\x48\xe4\xca\xcc\x2b\x49\x2d\x4a\x4b\x4c\x4e\x55\x08\xcb\x49\xcc\x33"
    "\xe4\x4a\xcd\x4b\xe1\x02\x00\xb8\x09\x0a\xc9";
static const struct talk_line gzipped[] = {
    TO(ORDER), FROM(HEAD "Content-Encoding: gzip\r\nContent-Length: 51\r\n\r\n"), {'<', zipped, 51},
    TO(ORDER), FROM(HEAD "Content-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n\r\n27\r\n"), {'<', deflated, 39},
    FROM("\r\n0\r\n\r\n"), TO(ORDER), FROM(HEAD "Content-Encoding: gzip\r\nContent-Length: 31\r\n\r\n" CONFIG),
    TO(ORDER), FROM(HEAD "Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n"), {'<', zipped, 20},
    TO(ORDER), FROM(HEAD "Content-Encoding: br\r\nContent-Length: 2\r\n\r\nxx")};
static const struct talk_line uploads[] = {
    TO("PUT /ordered HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 31\r\n\r\n"),
    FROM("HTTP/1.1 100 Continue\r\n\r\n"), TO(CONFIG), FROM("HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nfine"),
    TO("POST /form HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1f\r\n" CONFIG "\r\n0\r\n\r\n"),
    FROM("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
    TO("PUT /ordered HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 31\r\n\r\n"),
    FROM("HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n"), TO(ORDER), FROM(HEAD "Content-Length: 31\r\n\r\n" CONFIG)};
static const struct talk_line parts[] = {
    TO("GET /ordered HTTP/1.1\r\nHost: h\r\nRange: bytes=9-\r\n\r\n"),
    FROM("HTTP/1.1 206 Partial\r\nContent-Range: bytes 9-30/31\r\nContent-Length: 22\r\n\r\na\ninterface Vlan1\nend\n"),
    TO(ORDER), FROM("HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-30/31\r\nContent-Length: 31\r\n\r\n" CONFIG),
    TO(ORDER), FROM("HTTP/1.1 206 Partial\r\nContent-Type: multipart/byteranges; boundary=x\r\nContent-Length: 3\r\n\r\n--x")};
static const struct talk_line odd[] = {
    TO("\r\nGET /ordered HTTP/1.1\r\nHost: a\r\n b\r\nHost: c\r\nNo colon here\r\n\r\n"),
    FROM("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 31\r\nX: y\r\n\tz\r\n\r\nhostn"),
    TO("GET http://other/ordered HTTP/1.1\r\nHost: h\r\n\r\n"),
    FROM(HEAD "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5\r\nhostn\r\nzz not a length\r\nmore")};
static const struct talk_line until_end[] = {TO(ORDER), FROM("HTTP/1.0 200 OK\r\n\r\n" CONFIG)};
static const struct talk_line short_request[] = {TO("GET /ordered\r\n"), FROM(CONFIG), FROM("more")};
static const struct talk_line tunnel[] = {TO("GET /ordered HTTP/1.1\r\nHost: h\r\nUpgrade: x\r\n\r\n"),
                                          FROM("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\x01\x02\x03"), TO("\x04")};
static const struct talk_line one_sided[] = {FROM(HEAD "Content-Length: 31\r\n\r\n" CONFIG HEAD "Content-Length: 1\r\n\r\nx")};
static const struct talk_line gaps[] = {
    TO(ORDER), FROM(HEAD "Content-Length: 31\r\n\r\nhostname a"), LOST_FROM(11), FROM("Vlan1\nend\n"),
    TO(ORDER), FROM(HEAD "Transfer-Encoding: chunked\r\n\r\n1f\r\nhostname a"), LOST_FROM(21), FROM("\r\n0\r\n\r\n"),
    TO(ORDER), FROM(HEAD "Transfer-Encoding: chunked\r\n\r\n1f\r\nhostname a"), LOST_FROM(40),
    FROM("junk\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"), LOST_TO(5),
    TO("ost: h\r\n\r\nGET /ordered HTTP/1.1\r\nHost: h\r\n\r\n"), FROM(HEAD "Content-Length: 31\r\n\r\n" CONFIG)};
static const struct talk_line lone_cr[] = {
    TO(ORDER), FROM(HEAD "Content-Length: 9\r\r\nhostname HTTP/1.1 200 OK\r\nContent-Length: 31\r\n\r\n" CONFIG "more")};
static const struct talk_line not_a_status[] = {
    TO(ORDER), FROM("HTTP/1.1 100 Continue\r\n\n\rH`TP/1.1 200\r\nA: b\r\rHTTP/1.1 304 N\r\n\r\nmore")};
static const struct talk_line garbage[] = {TO(ORDER "\x16\x03\x01 what\n"), FROM("no status at all\r\n")};

#define TALK(table) {#table, table, sizeof(table) / sizeof(table[0])}

const struct talk talks[] = {TALK(plain), TALK(pipelined), TALK(chunked), TALK(gzipped), TALK(uploads), TALK(parts),
                             TALK(odd), TALK(until_end), TALK(short_request), TALK(tunnel), TALK(one_sided),
                             TALK(gaps), TALK(lone_cr), TALK(not_a_status), TALK(garbage)};
const size_t talk_count = sizeof(talks) / sizeof(talks[0]);

bool talk_hold(struct stage *stage, const struct talk *talk, size_t first, size_t piece)
{
    int32_t status = SMIN_OK;
    for (size_t i = 0; i < talk->count && status >= 0; i++) {
        const struct talk_line *line = &talk->lines[i];
        uint32_t direction = line->who == '>' || line->who == '}' ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
        if (!line->bytes)
            status = stage_gap(stage, direction, line->length);
        for (size_t at = 0; line->bytes && at < line->length && status >= 0;) {
            size_t wish = at == 0 && first > 0 ? first : piece;
            size_t length = wish < line->length - at ? wish : line->length - at;
            status = stage_say(stage, direction, line->bytes + at, length);
            at += length;
        }
    }
    if (status >= 0)
        status = stage_end(stage, SMIN_TO_SERVER);
    if (status >= 0)
        status = stage_end(stage, SMIN_TO_CLIENT);
    return status >= 0;
}
