/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/message_table.h"

#include "decode/header.h"
#include "decode/ids.h"

/*
 * Lengths and readers that message.def has no room for. Exact lengths come
 * first; what a known tool declares by mistake follows, so that its messages
 * are recognised on any port.
 */
#define LENGTHS_DOWNLOAD_IMAGE 1, 1, {{452, 452}}
#define LENGTHS_DOWNLOAD_CONFIG 1, 2, {{296, 296}, {1, 1}} /* 1: Greenbone's scan */
#define LENGTHS_CAPABILITIES_REQUEST 1, 1, {{8, 8}}
#define LENGTHS_EXECUTE 1, 2, {{528, 528}, {210, 210}} /* 210: Go-SIET took a hexadecimal number for a decimal one */
#define LENGTHS_INIT_DISCOVERY 1, 2, {{8, 36}, {37, 4096}} /* above 36: overflow of item 1 */
#define LENGTHS_BACKUP_REQUEST 2, 2, {{360, 360}, {1032, 1032}}
#define LENGTHS_BACKUP_DONE 1, 1, {{4, 4}}
#define LENGTHS_BACKUP_RECORD 1, 1, {{80, 80}}
#define LENGTHS_CAPABILITIES_RESPONSE 1, 1, {{8, 8}}
#define LENGTHS_STATUS 1, 1, {{4, 4}}
#define LENGTHS_BACKUP_RESPONSE 1, 1, {{76, 76}}
#define LENGTHS_UNKNOWN 0, 0, {{0, 0}}

#define DECODE_DOWNLOAD_IMAGE smini_message_image_decode
#define DECODE_DOWNLOAD_CONFIG smini_message_config_decode
#define DECODE_CAPABILITIES_REQUEST smini_message_capabilities_request_decode
#define DECODE_EXECUTE smini_message_execute_decode
#define DECODE_INIT_DISCOVERY smini_message_discovery_decode
#define DECODE_BACKUP_REQUEST smini_message_backup_request_decode
#define DECODE_BACKUP_DONE smini_message_backup_done_decode
#define DECODE_BACKUP_RECORD smini_message_backup_record_decode
#define DECODE_CAPABILITIES_RESPONSE smini_message_capabilities_response_decode
#define DECODE_STATUS smini_message_status_decode
#define DECODE_BACKUP_RESPONSE smini_message_backup_response_decode
#define DECODE_UNKNOWN smini_message_unknown_decode

#define MAKE_ROW(...) {__VA_ARGS__}

/* In the order of message.def. */
static const struct smini_message_row rows[] = {
#define SMINI_MESSAGE(number, constant, from, type, direction, name, smallest, largest, meaning)            \
    MAKE_ROW((number), (from), (type), SMIN_##direction, (smallest), (name), (uint32_t)sizeof(name) - 1,     \
             LENGTHS_##constant, DECODE_##constant),
#include "decode/message.def"
#undef SMINI_MESSAGE
};

/* By sender role and type: one load instead of a search per message. The numbers are those of message.def. */
const struct smini_message_row *const smini_message_rows[SMINI_ROLES][SMINI_TYPES] = {
#define ROW(constant) &rows[SMINI_MESSAGE_##constant - 1]
    [SMINI_IBD_CLI] = {[2] = ROW(DOWNLOAD_IMAGE),
                       [3] = ROW(DOWNLOAD_CONFIG),
                       [4] = ROW(CAPABILITIES_REQUEST),
                       [7] = ROW(INIT_DISCOVERY),
                       [8] = ROW(BACKUP_REQUEST),
                       [9] = ROW(BACKUP_DONE),
                       [10] = ROW(BACKUP_RECORD)},
    [SMINI_IBD_SERV] = {[5] = ROW(EXECUTE)},
    [SMINI_IBC_CLI] = {[9] = ROW(BACKUP_RESPONSE)},
    [SMINI_IBC_SERV] = {[3] = ROW(CAPABILITIES_RESPONSE), [4] = ROW(STATUS)},
#undef ROW
};

const struct smini_message_row *smini_message_row_unknown(void)
{
    return &rows[SMINI_MESSAGE_UNKNOWN - 1];
}

bool smini_message_length_known(const struct smini_message_row *row, uint32_t length, bool tools)
{
    uint32_t ranges = tools ? row->ranges : row->exact_ranges;
    for (uint32_t i = 0; i < ranges; i++)
        if (length >= row->lengths[i].least && length <= row->lengths[i].most)
            return true;
    return false;
}

bool smini_message_length_possible(const struct smini_message_row *row, uint32_t high, unsigned known, bool tools)
{
    unsigned open_bits = 8 * (4 - known);
    uint64_t lowest = (uint64_t)high << open_bits;
    uint64_t highest = lowest | (((uint64_t)1 << open_bits) - 1);
    uint32_t ranges = tools ? row->ranges : row->exact_ranges;
    for (uint32_t i = 0; i < ranges; i++)
        if (lowest <= row->lengths[i].most && highest >= row->lengths[i].least)
            return true;
    return false;
}
