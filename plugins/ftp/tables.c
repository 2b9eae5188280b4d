/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/tables.h"

#define FIELD(number, kind, words, place, says) \
    {.id = SMINI_FTP_FIELD_##number, .type = SMIN_TYPE_##kind, .name = (words), .key = (place), .meaning = (says)}

const struct smin_field_desc smini_ftp_fields[SMINI_FTP_FIELD_COUNT] = {
    FIELD(COMMAND, TEXT, "ftp.command", "command", "what moves the file: RETR, STOR, STOU, APPE; auth: TLS begins"),
    FIELD(FILE, TEXT, "ftp.file", "file", "name of the file, behind the folder that CWD went to"),
    FIELD(USER, TEXT, "ftp.user", "user", "who logged in; passwords are never kept"),
    FIELD(TYPE, TEXT, "ftp.type", "type", "representation: ascii, image, ebcdic, local; contents are as on the wire"),
    FIELD(MODE, TEXT, "ftp.mode", "mode", "mode of transmission: stream, block, compressed"),
    FIELD(RESTART, NUMBER, "ftp.restart", "restart", "first byte of the file that moves, as REST asked for"),
    FIELD(BEGUN_CODE, NUMBER, "ftp.begun_code", "replies.begun", "code of the reply that opens the data connection"),
    FIELD(CODE, NUMBER, "ftp.code", "replies.ended", "code of the last reply"),
    FIELD(CONTROL_CLIENT, TEXT, "ftp.control_client", "control.client", "who gave the command"),
    FIELD(CONTROL_CLIENT_PORT, NUMBER, "ftp.control_client_port", "control.client_port", "from this port"),
    FIELD(CONTROL_SERVER, TEXT, "ftp.control_server", "control.server", "who took it"),
    FIELD(CONTROL_SERVER_PORT, NUMBER, "ftp.control_server_port", "control.server_port", "on this port"),
    FIELD(DATA_HOW, TEXT, "ftp.data_how", "data.mode", "who opens the data connection: passive the client, active the "
                                                       "server; default: nobody said, so the server"),
    FIELD(DATA_ADDRESS, TEXT, "ftp.data_address", "data.address", "where it is made to"),
    FIELD(DATA_PORT, NUMBER, "ftp.data_port", "data.port", "its port there"),
    FIELD(STATE, TEXT, "ftp.state", "state", "how the transfer ended: closed, unconfirmed, truncated, refused"),
    FIELD(MOVES, TEXT, "ftp.moves", "moves", "where the contents go: to_server or to_client of the control connection"),
    FIELD(SIZE, NUMBER, "ftp.size", "size", "bytes of contents that were seen"),
    FIELD(GAPS, BOOL, "ftp.gaps", "gaps", "bytes moved that were never seen"),
    FIELD(GAP_BYTES, NUMBER, "ftp.gap_bytes", "gap_bytes", "how many"),
    FIELD(DECLARED, NUMBER, "ftp.declared_size", "declared_size", "size of the file as SIZE told it"),
    {.id = SMIN_FIELD_FILE_DATA, .type = SMIN_TYPE_BYTES, .name = "file.data", .meaning = "the beginning of the contents"},
    {.id = SMIN_FIELD_FILE_NAME, .type = SMIN_TYPE_TEXT, .name = "file.name", .meaning = "name that the command gives"},
};

#define EVENT(number, weight, word, says) \
    {.id = SMINI_FTP_EVENT_##number, .severity = SMIN_SEVERITY_##weight, .name = (word), .meaning = (says)}

const struct smin_event_desc smini_ftp_events[SMINI_FTP_EVENT_COUNT] = {
    EVENT(BOUNCE, MEDIUM, "bounce", "the server is to open its data connection to somebody else than the client"),
    EVENT(PASSIVE_ADDRESS, LOW, "passive_address", "the server names another address than its own for the data connection"),
    EVENT(COMMAND_MALFORMED, LOW, "command_malformed", "what stands behind a command is not what its RFC has there"),
    EVENT(REPLY_MALFORMED, LOW, "reply_malformed", "a line of the server is no reply, or does not say what its code promises"),
    EVENT(LINE_LONG, LOW, "line_long", "a line is longer than is kept"),
    EVENT(CONTROL_GAP, LOW, "control_gap", "bytes of the control connection are not in the capture"),
    EVENT(UNANSWERED, INFO, "unanswered", "the last reply to a transfer was not seen"),
    EVENT(NAME_TRAVERSAL, MEDIUM, "name_traversal", "a name leads out of the server's folder"),
    EVENT(NAME_CONTROL, MEDIUM, "name_control", "a name holds bytes that are no printable ASCII"),
    EVENT(NAME_LONG, LOW, "name_long", "a name is longer than is kept"),
    EVENT(DATA_GAP, LOW, "data_gap", "bytes of a file moved that are not in the capture"),
    EVENT(DATA_REVERSED, LOW, "data_reversed", "bytes came over a data connection from the side that should take them"),
    EVENT(DATA_SECOND, LOW, "data_second", "one more connection to the place of a data connection; it is not read"),
    EVENT(DATA_UNSEEN, INFO, "data_unseen", "a transfer ended whose data connection was not seen"),
    EVENT(MODE_UNREAD, LOW, "mode_unread", "contents in block or compressed mode: counted, not read"),
    EVENT(PARTIAL, INFO, "partial", "the transfer begins inside the file"),
    EVENT(SIZE_MISMATCH, MEDIUM, "size_mismatch", "a whole file has another size than was declared"),
    EVENT(INCOMPLETE, INFO, "incomplete", "the end of a file was not seen, or the transfer was broken off"),
    EVENT(REFUSED, INFO, "refused", "a transfer was refused"),
    EVENT(LIMIT_COMMANDS, LOW, "limit_commands", "more commands without a reply than are kept"),
    EVENT(LIMIT_CHANNELS, LOW, "limit_channels", "more data connections at once than are kept apart"),
    EVENT(LIMIT_HELD, LOW, "limit_held", "more came over a data connection before its command than is kept: the file has no name"),
};

const struct smin_message_desc smini_ftp_messages[SMINI_FTP_MESSAGE_COUNT] = {
    {SMINI_FTP_MESSAGE_TRANSFER, SMIN_EITHER, "transfer", "a file moved, was refused, or was asked for in vain"},
    {SMINI_FTP_MESSAGE_SEALED, SMIN_EITHER, "sealed", "the control connection goes on in TLS: nothing more is known"},
};
