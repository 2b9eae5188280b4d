/* SPDX-License-Identifier: BSD-2-Clause */
#include "http/tables.h"

#define FIELD(number, kind, words, place, says) \
    {.id = SMINI_HTTP_FIELD_##number, .type = SMIN_TYPE_##kind, .name = (words), .key = (place), .meaning = (says)}

/* Keys as Suricata's EVE has them, where it has them. */
const struct smin_field_desc smini_http_fields[SMINI_HTTP_FIELD_COUNT] = {
    FIELD(METHOD, TEXT, "http.method", "http_method", "what is asked for: GET, PUT, ..."),
    FIELD(URL, TEXT, "http.url", "url", "target of the request as it was sent"),
    FIELD(HOST, TEXT, "http.host", "hostname", "host that the request names"),
    FIELD(PROTOCOL, TEXT, "http.protocol", "protocol", "version that the request names"),
    FIELD(USER_AGENT, TEXT, "http.user_agent", "http_user_agent", "what the client says it is"),
    FIELD(REQUEST_TYPE, TEXT, "http.request_type", "request_content_type", "type of what the request carries, as declared"),
    FIELD(REQUEST_RANGE, TEXT, "http.request_range", "range", "part of the file that is asked for"),
    FIELD(STATUS, NUMBER, "http.status", "status", "status code of the answer"),
    FIELD(SERVER, TEXT, "http.server", "server", "what the server says it is"),
    FIELD(CONTENT_TYPE, TEXT, "http.content_type", "http_content_type", "type of the answer's contents, as declared"),
    FIELD(CONTENT_CODING, TEXT, "http.content_coding", "content_encoding", "how the contents that moved are compressed"),
    FIELD(CONTENT_RANGE, TEXT, "http.content_range", "content_range", "part of the file that the answer carries"),
    FIELD(REDIRECT, TEXT, "http.redirect", "redirect", "where the answer sends the client"),
    FIELD(CHUNKED, BOOL, "http.chunked", "chunked", "the contents moved in chunks"),
    FIELD(DECLARED, NUMBER, "http.declared", "declared", "size of what moves as declared, still compressed"),
    FIELD(STATE, TEXT, "http.state", "state", "how the file ended: closed, truncated, refused"),
    FIELD(MOVES, TEXT, "http.moves", "moves", "where the contents go: to_server or to_client"),
    FIELD(SIZE, NUMBER, "http.size", "length", "bytes of contents that were seen"),
    FIELD(GAPS, BOOL, "http.gaps", "gaps", "contents moved that were never seen"),
    FIELD(GAP_BYTES, NUMBER, "http.gap_bytes", "gap_bytes", "bytes of them"),
    {.id = SMIN_FIELD_FILE_DATA, .type = SMIN_TYPE_BYTES, .name = "file.data", .meaning = "the beginning of the contents"},
    {.id = SMIN_FIELD_FILE_NAME, .type = SMIN_TYPE_TEXT, .name = "file.name", .meaning = "path and query of the URL"},
};

#define EVENT(number, weight, word, says) \
    {.id = SMINI_HTTP_EVENT_##number, .severity = SMIN_SEVERITY_##weight, .name = (word), .meaning = (says)}

const struct smin_event_desc smini_http_events[SMINI_HTTP_EVENT_COUNT] = {
    EVENT(DATA_GAP, LOW, "data_gap", "contents moved that are not in the capture"),
    EVENT(INCOMPLETE, INFO, "incomplete", "the end of a file was not seen"),
    EVENT(REFUSED, INFO, "refused", "the server refused a file"),
    EVENT(REDIRECTED, INFO, "redirected", "the server sends the client elsewhere"),
    EVENT(PARTIAL_CONTENT, INFO, "partial_content", "a part of a file moved, as it was asked for"),
    EVENT(RANGE_INVALID, LOW, "range_invalid", "a part of a file does not say which, or has another length than it says"),
    EVENT(CODING_BOMB, LOW, "coding_bomb", "compressed contents grow beyond any measure: the rest was left out"),
    EVENT(CODING_INVALID, LOW, "coding_invalid", "contents are not compressed as declared: what could be read stands"),
    EVENT(CODING_UNKNOWN, INFO, "coding_unknown", "contents are compressed in a way that is not undone"),
    EVENT(LENGTH_CONFLICT, LOW, "length_conflict", "headers disagree about where a body ends"),
    EVENT(CHUNK_INVALID, LOW, "chunk_invalid", "a chunk has no valid length: what follows is taken as it is"),
    EVENT(FIELD_FOLDED, LOW, "field_folded", "a header goes on in the next line, or pretends to"),
    EVENT(FIELD_INVALID, LOW, "field_invalid", "a header is not as RFC 9110 has it"),
    EVENT(HOST_MISSING, LOW, "host_missing", "a request of HTTP/1.1 names no host"),
    EVENT(HOST_CONFLICT, LOW, "host_conflict", "a request names two hosts"),
    EVENT(HOST_INVALID, LOW, "host_invalid", "a request names a host that cannot be"),
    EVENT(REQUEST_MALFORMED, LOW, "request_malformed", "requests cannot be read any further"),
    EVENT(ANSWER_MALFORMED, LOW, "answer_malformed", "answers cannot be read any further"),
    EVENT(REQUEST_UNSEEN, INFO, "request_unseen", "an answer whose request is not in the capture"),
    EVENT(NAME_TRAVERSAL, LOW, "name_traversal", "a path climbs"),
    EVENT(NAME_CONTROL, LOW, "name_control", "a path holds bytes that are no printable ASCII"),
    EVENT(NAME_LONG, LOW, "name_long", "a path is longer than is kept"),
    EVENT(TUNNEL, INFO, "tunnel", "the connection became one of another protocol"),
    EVENT(LIMIT_HEAD, LOW, "limit_head", "a head, or the line of a chunk, is longer than is kept"),
    EVENT(LIMIT_PENDING, LOW, "limit_pending", "more requests without an answer than are kept"),
};

const struct smin_message_desc smini_http_messages[SMINI_HTTP_MESSAGE_COUNT] = {
    {SMINI_HTTP_MESSAGE_TRANSACTION, SMIN_EITHER, "transaction", "a request and its answer, as far as they were seen"},
};
