/* SPDX-License-Identifier: BSD-2-Clause */
#include "tftp/tables.h"

#define FIELD(number, kind, words, place, says) \
    {.id = SMINI_TFTP_FIELD_##number, .type = SMIN_TYPE_##kind, .name = (words), .key = (place), .meaning = (says)}

const struct smin_field_desc smini_tftp_fields[SMINI_TFTP_FIELD_COUNT] = {
    FIELD(PACKET, TEXT, "tftp.packet", "packet", "what it is: read, write, oack, error; file: a transfer ended"),
    FIELD(FILE, TEXT, "tftp.file", "file", "name that the request gives"),
    FIELD(MODE, TEXT, "tftp.mode", "mode", "mode of transfer: octet, netascii or mail"),
    FIELD(BLKSIZE, NUMBER, "tftp.blksize", "options.blksize", "bytes of a block, RFC 2348"),
    FIELD(TSIZE, NUMBER, "tftp.tsize", "options.tsize", "size of the file as declared, RFC 2349"),
    FIELD(WINDOWSIZE, NUMBER, "tftp.windowsize", "options.windowsize", "blocks without an acknowledgement, RFC 7440"),
    FIELD(TIMEOUT, NUMBER, "tftp.timeout", "options.timeout", "seconds until something is sent again, RFC 2349"),
    FIELD(ERROR_CODE, NUMBER, "tftp.error_code", "error.code", "number of an error"),
    FIELD(ERROR_TEXT, TEXT, "tftp.error_text", "error.message", "text of an error"),
    FIELD(STATE, TEXT, "tftp.state", "state", "how the file ended: closed, truncated, refused"),
    FIELD(MOVES, TEXT, "tftp.moves", "moves", "where the contents go: to_server or to_client"),
    FIELD(SIZE, NUMBER, "tftp.size", "size", "bytes of contents that were seen; of netascii as the file has them"),
    FIELD(WIRE_SIZE, NUMBER, "tftp.wire_size", "wire_size", "of netascii: bytes on the wire that brought them"),
    FIELD(GAPS, BOOL, "tftp.gaps", "gaps", "blocks moved that were never seen"),
    FIELD(GAP_BYTES, NUMBER, "tftp.gap_bytes", "gap_bytes", "bytes of those blocks"),
    FIELD(BLOCKS, NUMBER, "tftp.blocks", "blocks", "blocks that were seen, each once"),
    FIELD(DUPLICATES, NUMBER, "tftp.duplicates", "duplicates", "blocks that came again"),
    FIELD(ACKNOWLEDGED, BOOL, "tftp.acknowledged", "acknowledged", "the receiver acknowledged the last block"),
    {.id = SMIN_FIELD_FILE_DATA, .type = SMIN_TYPE_BYTES, .name = "file.data", .meaning = "the beginning of the contents"},
    {.id = SMIN_FIELD_FILE_NAME, .type = SMIN_TYPE_TEXT, .name = "file.name", .meaning = "name that the request gives"},
};

#define EVENT(number, weight, word, says) \
    {.id = SMINI_TFTP_EVENT_##number, .severity = SMIN_SEVERITY_##weight, .name = (word), .meaning = (says)}

const struct smin_event_desc smini_tftp_events[SMINI_TFTP_EVENT_COUNT] = {
    EVENT(DATA_GAP, LOW, "data_gap", "blocks moved that are not in the capture"),
    EVENT(BLOCK_DIFFERS, MEDIUM, "block_differs", "a block came again with other bytes; the first stand"),
    EVENT(BLOCK_LATE, LOW, "block_late", "a block came after it had been given up: it is missing in the contents"),
    EVENT(BLOCK_OVERSIZED, LOW, "block_oversized", "a block is longer than was agreed"),
    EVENT(BLOCK_AFTER_END, LOW, "block_after_end", "a block came behind the last one"),
    EVENT(OPTION_INVALID, LOW, "option_invalid", "the value of an option is out of bounds or no number"),
    EVENT(OPTION_UNREQUESTED, LOW, "option_unrequested", "an option was agreed to that nobody had asked for"),
    EVENT(OACK_MISSING, INFO, "oack_missing", "an option is in use, but the agreement is not in the capture"),
    EVENT(SIZE_MISMATCH, MEDIUM, "size_mismatch", "a whole file has another size than was declared"),
    EVENT(REQUEST_MALFORMED, LOW, "request_malformed", "a request is not as RFC 1350 and 2347 have it"),
    EVENT(DATAGRAM_MALFORMED, LOW, "datagram_malformed", "a datagram is too short, or has bytes behind its end"),
    EVENT(OPCODE_UNKNOWN, LOW, "opcode_unknown", "a datagram of a kind that no RFC describes"),
    EVENT(ROLE_REVERSED, LOW, "role_reversed", "contents, or their acknowledgement, came from the wrong side"),
    EVENT(NAME_TRAVERSAL, MEDIUM, "name_traversal", "a name leads out of the server's folder"),
    EVENT(NAME_CONTROL, MEDIUM, "name_control", "a name holds bytes that are no printable ASCII"),
    EVENT(NAME_LONG, LOW, "name_long", "a name is longer than is kept"),
    EVENT(LIMIT_TRANSFERS, LOW, "limit_transfers", "more transfers at once than are kept apart"),
    EVENT(LIMIT_HELD, LOW, "limit_held", "more blocks before their turn than are kept"),
    EVENT(NETASCII_INVALID, LOW, "netascii_invalid", "a CR in netascii without LF or NUL behind it; it was kept"),
    EVENT(INCOMPLETE, INFO, "incomplete", "the end of a file was not seen"),
    EVENT(REFUSED, INFO, "refused", "a transfer was refused or broken off with an error"),
};

const struct smin_message_desc smini_tftp_messages[SMINI_TFTP_MESSAGE_COUNT] = {
    {SMINI_TFTP_MESSAGE_READ, SMIN_TO_SERVER, "read", "a request to send a file"},
    {SMINI_TFTP_MESSAGE_WRITE, SMIN_TO_SERVER, "write", "a request to take a file"},
    {SMINI_TFTP_MESSAGE_OACK, SMIN_TO_CLIENT, "oack", "the options that the server agrees to"},
    {SMINI_TFTP_MESSAGE_ERROR, SMIN_EITHER, "error", "a transfer is refused or broken off"},
    {SMINI_TFTP_MESSAGE_FILE, SMIN_EITHER, "file", "a transfer ended, one way or another"},
};
