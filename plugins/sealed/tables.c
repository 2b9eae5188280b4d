/* SPDX-License-Identifier: BSD-2-Clause */
#include "sealed/tables.h"

#define FIELD(number, kind, words, place, says) \
    {.id = SMINI_SEALED_FIELD_##number, .type = SMIN_TYPE_##kind, .name = (words), .key = (place), .meaning = (says)}

const struct smin_field_desc smini_sealed_fields[SMINI_SEALED_FIELD_COUNT] = {
    FIELD(PROTOCOL, TEXT, "sealed.protocol", "protocol", "ssh or tls; unknown: neither"),
    FIELD(SSH_CLIENT, TEXT, "sealed.ssh_client", "ssh.client", "how the client's SSH calls itself"),
    FIELD(SSH_SERVER, TEXT, "sealed.ssh_server", "ssh.server", "how the server's SSH calls itself"),
    FIELD(TLS_SNI, TEXT, "sealed.tls_sni", "tls.sni", "name of the server that the client asked for"),
    FIELD(TLS_VERSION, TEXT, "sealed.tls_version", "tls.version", "version that the server chose"),
    FIELD(TO_SERVER, NUMBER, "sealed.bytes_to_server", "bytes_toserver", "bytes that were seen, of whatever they are"),
    FIELD(TO_CLIENT, NUMBER, "sealed.bytes_to_client", "bytes_toclient", "likewise"),
    FIELD(GAPS, BOOL, "sealed.gaps", "gaps", "more bytes moved than were seen"),
};

const struct smin_event_desc smini_sealed_events[SMINI_SEALED_EVENT_COUNT] = {
    {.id = SMINI_SEALED_EVENT_OTHER_PROTOCOL,
     .severity = SMIN_SEVERITY_LOW,
     .name = "other_protocol",
     .meaning = "where SSH or TLS was to be expected is neither, or its beginning was not seen"},
    {.id = SMINI_SEALED_EVENT_DATA_GAP,
     .severity = SMIN_SEVERITY_INFO,
     .name = "data_gap",
     .meaning = "bytes moved that are not in the capture"},
};

const struct smin_message_desc smini_sealed_messages[SMINI_SEALED_MESSAGE_COUNT] = {
    {SMINI_SEALED_MESSAGE_TRANSFER, SMIN_EITHER, "transfer", "a transfer that was ordered, encrypted: its contents are unknown"},
};
