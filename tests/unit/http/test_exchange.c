/* SPDX-License-Identifier: BSD-2-Clause */
/* What is told of an exchange, and of which. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "http/state.h"
#include "talks.h"

#define HAS(stage, event) ((stage)->events >> SMINI_HTTP_EVENT_##event & 1)

static struct stage *open_stage(enum stage_taste taste)
{
    struct stage *stage = malloc(sizeof(*stage));
    cr_assert_not_null(stage);
    stage_open(stage, taste);
    return stage;
}

static void close_stage(struct stage *stage)
{
    cr_expect(stage_close(stage));
    free(stage);
}

static void say(struct stage *stage, uint32_t direction, const char *text)
{
    cr_expect_geq(stage_say(stage, direction, text, strlen(text)), SMIN_OK);
}

static void end(struct stage *stage)
{
    cr_expect_geq(stage_end(stage, SMIN_TO_SERVER), SMIN_OK);
    cr_expect_geq(stage_end(stage, SMIN_TO_CLIENT), SMIN_OK);
}

static struct stage *hold(const char *name, enum stage_taste taste)
{
    struct stage *stage = open_stage(taste);
    size_t found = talk_count;
    for (size_t i = 0; i < talk_count; i++)
        if (strcmp(talks[i].name, name) == 0)
            found = i;
    cr_assert(found < talk_count);
    cr_expect(talk_hold(stage, &talks[found], 0, SIZE_MAX));
    return stage;
}

/* The log of a talk, for a host that wants what was ordered and what begins with "hostname". */
static void expect_log(const char *name, const char *log)
{
    struct stage *stage = hold(name, STAGE_WANTS_HOSTNAMES);
    cr_expect_str_eq(stage->log, log, "%s:\n%s", name, stage->log);
    close_stage(stage);
}

#define ASKS "http.method=GET http.url=/ordered http.host=198.51.100.7 http.protocol=HTTP/1.1"
#define FILE_FIELDS " file.name=ordered file.data=hostname a\ninterface Vlan1\nend\n"
#define CLOSED " http.state=closed http.moves=to_client http.size=31 http.gaps=0"

Test(exchange, of_an_ordered_file_is_told)
{
    expect_log("plain", "file 1: 31 bytes, 0 missing, begins hostname\n"
                        "message 1 at 0: " ASKS " http.status=200 http.declared=31" CLOSED FILE_FIELDS "\n");
}

Test(exchange, that_is_chunked_is_told_without_its_chunks)
{
    expect_log("chunked", "file 1: 31 bytes, 0 missing, begins hostname\n"
                          "message 1 at 0: " ASKS " http.status=200 http.chunked=1" CLOSED FILE_FIELDS "\n"
                          "file 1: 0 bytes, 0 missing, begins \n"
                          "message 1 at 116: " ASKS " http.status=200 http.declared=0 http.state=closed "
                          "http.moves=to_client http.size=0 http.gaps=0 file.name=ordered\n");
}

Test(exchange, whose_request_is_not_there_has_no_name)
{
    expect_log("one_sided", "file 1: 31 bytes, 0 missing, begins hostname\n"
                            "message 1 at 0: http.status=200 http.declared=31" CLOSED
                            " file.data=hostname a\ninterface Vlan1\nend\n !request_unseen@0\n"
                            "events 1 at 70: !request_unseen@70\n");
}

Test(exchange, that_ends_with_the_connection_is_whole_when_that_was_closed)
{
    expect_log("until_end", "file 1: 31 bytes, 0 missing, begins hostname\n"
                            "message 1 at 0: " ASKS " http.status=200" CLOSED FILE_FIELDS "\n");
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    stage->broken_off = true;
    say(stage, SMIN_TO_SERVER, "GET /ordered HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, "HTTP/1.1 200 OK\r\n\r\nhostname a");
    end(stage);
    cr_expect_eq(stage->state, SMIN_FILE_TRUNCATED);
    cr_expect(HAS(stage, INCOMPLETE));
    close_stage(stage);
}

Test(exchange, that_nobody_wants_is_not_told)
{
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    for (int i = 0; i < 1000; i++) {
        say(stage, SMIN_TO_SERVER, "GET /page HTTP/1.1\r\nX: a\r\n b\r\n\r\n");
        say(stage, SMIN_TO_CLIENT, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>nothing</html>");
    }
    end(stage);
    cr_expect_eq(stage->log_length, 0, "%s", stage->log);
    cr_expect_eq(stage->begun, 1000);
    close_stage(stage);
}

Test(exchange, of_many_on_one_connection_costs_no_more_memory)
{
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    size_t used = 0;
    for (int i = 0; i < 3000; i++) {
        say(stage, SMIN_TO_SERVER, "GET /page HTTP/1.1\r\nHost: a\r\n\r\n");
        say(stage, SMIN_TO_CLIENT, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n<html>nothing</html>");
        if (i == 10)
            used = stage->failing.alloc.used;
    }
    cr_expect_eq(stage->failing.alloc.used, used);
    close_stage(stage);
}

Test(exchange, on_an_announced_flow_is_told_whatever_it_is)
{
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    stage->expected = true;
    say(stage, SMIN_TO_SERVER, "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
    cr_expect_eq(stage->messages, 1);
    cr_expect_eq(stage->wanted, 0);
    close_stage(stage);
}

Test(exchange, is_told_to_hosts_that_cannot_say_what_they_want)
{
    struct stage *stage = hold("pipelined", STAGE_LENDS_NOTHING);
    cr_expect_geq(stage->messages, 3);
    close_stage(stage);
    stage = hold("pipelined", STAGE_CANNOT_SAY);
    cr_expect_geq(stage->messages, 3);
    close_stage(stage);
}

Test(exchange, events_of_a_flow_come_with_its_first_file)
{
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    say(stage, SMIN_TO_SERVER, "GET /page HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    cr_expect_eq(stage->events, 0);
    say(stage, SMIN_TO_SERVER, "GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhostname a");
    cr_expect_eq(stage->messages, 1);
    cr_expect(HAS(stage, FIELD_FOLDED));
    close_stage(stage);
}

Test(exchange, refused_and_unanswered_files_are_told_when_ordered)
{
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    say(stage, SMIN_TO_SERVER, "GET /ordered HTTP/1.1\r\nHost: a\r\n\r\nGET /other HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, "HTTP/1.1 404 No\r\nContent-Length: 8\r\n\r\nhostnameHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
    cr_expect_eq(stage->wanted, 1);
    cr_expect_eq(stage->state, SMIN_FILE_REFUSED);
    cr_expect_eq(stage->given, 0);
    cr_expect(HAS(stage, REFUSED));
    say(stage, SMIN_TO_SERVER, "GET /ordered HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
    cr_expect_eq(stage->state, SMIN_FILE_REFUSED);
    cr_expect(HAS(stage, REDIRECTED));
    say(stage, SMIN_TO_SERVER, "GET /ordered HTTP/1.1\r\nHost: a\r\n\r\n");
    end(stage);
    cr_expect_eq(stage->state, SMIN_FILE_TRUNCATED);
    cr_expect(HAS(stage, INCOMPLETE));
    close_stage(stage);
}

/* Zeros, twice as many as may come of anything. */
static size_t make_bomb(uint8_t *bomb, size_t room)
{
    static uint8_t zeros[1 << 16];
    z_stream stream = {.next_out = bomb, .avail_out = (uInt)room};
    cr_assert_eq(deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
    for (size_t done = 0; done < 2 * (size_t)SMINI_HTTP_BOMB_BYTES; done += sizeof(zeros)) {
        stream.next_in = zeros;
        stream.avail_in = sizeof(zeros);
        cr_assert_eq(deflate(&stream, Z_NO_FLUSH), Z_OK);
    }
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    (void)deflateEnd(&stream);
    return stream.total_out;
}

Test(exchange, a_bomb_is_named_and_ends_the_file)
{
    static uint8_t bomb[1 << 16];
    struct stage *stage = open_stage(STAGE_WANTS_ALL);
    size_t length = make_bomb(bomb, sizeof(bomb));
    char head[128];
    snprintf(head, sizeof(head), "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", length);
    say(stage, SMIN_TO_SERVER, "GET /ordered HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, head);
    cr_expect_geq(stage_say(stage, SMIN_TO_CLIENT, bomb, length), SMIN_OK);
    cr_expect_eq(stage->state, SMIN_FILE_TRUNCATED);
    cr_expect(HAS(stage, CODING_BOMB));
    cr_expect_leq(stage->given, SMINI_HTTP_BOMB_BYTES);
    close_stage(stage);
}

Test(exchange, more_requests_than_are_kept_end_the_flow)
{
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    int32_t status = SMIN_OK;
    static const char request[] = "GET /ordered HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int i = 0; i < SMINI_HTTP_PENDING_MAX + 1 && status == SMIN_OK; i++)
        status = stage_say(stage, SMIN_TO_SERVER, request, sizeof(request) - 1);
    cr_expect_eq(status, SMIN_DONE);
    cr_expect(HAS(stage, LIMIT_PENDING));
    cr_expect_eq(stage->messages, SMINI_HTTP_PENDING_MAX);
    close_stage(stage);
}

Test(exchange, a_head_longer_than_is_kept_ends_its_direction)
{
    static char line[SMINI_HTTP_HEAD_BYTES];
    struct stage *stage = open_stage(STAGE_WANTS_HOSTNAMES);
    memset(line, 'x', sizeof(line));
    say(stage, SMIN_TO_SERVER, "GET /ordered HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stage, SMIN_TO_CLIENT, "HTTP/1.1 200 OK\r\n");
    cr_expect_eq(stage_say(stage, SMIN_TO_CLIENT, line, sizeof(line)), SMIN_DONE);
    cr_expect(HAS(stage, LIMIT_HEAD));
    cr_expect_eq(stage->state, SMIN_FILE_TRUNCATED);
    close_stage(stage);
}
