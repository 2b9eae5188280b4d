/* SPDX-License-Identifier: BSD-2-Clause */
#include "decode/header.h"

#include "decode/message_table.h"

/* A message type that nobody documented is believed up to here: known ones end at 10, counters do not... */
enum { TYPE_PLAUSIBLE = 31 };
/* ...and up to this length: four times the largest known body, far below what other protocols put there. */
enum { LENGTH_PLAUSIBLE = 4096 };

/*
 * Somebody who speaks in a role that does not exist is believed only when all
 * the rest is that of a documented message: can these bytes of the length word
 * still make it one?
 */
static bool resembles_known(uint32_t type, uint32_t high, unsigned known)
{
    for (uint32_t role = SMINI_IBD_CLI; role <= SMINI_IBC_SERV; role++) {
        const struct smini_message_row *row = smini_message_row_find(role, type);
        if (row && smini_message_length_possible(row, high, known, false))
            return true;
    }
    return false;
}

static bool role_exists(uint32_t from)
{
    return from >= SMINI_IBD_CLI && from <= SMINI_IBC_SERV;
}

/* A role beyond the known ones, where a role is looked for at all. */
static bool judge_strange_role(const struct smini_header *header)
{
    return header->from >= 1 && header->from <= UINT8_MAX && header->version <= 1 &&
           resembles_known(header->type, header->length, 4);
}

int smini_header_judge(const struct smini_header *header, int strictness)
{
    if (!role_exists(header->from))
        return strictness == SMINI_HINTED && judge_strange_role(header) ? SMINI_JUDGED_YES : SMINI_JUDGED_NO;
    const struct smini_message_row *row = smini_message_row_find(header->from, header->type);
    bool fits;
    if (strictness == SMINI_STRICT)
        fits = row && header->version <= 1 && smini_message_length_known(row, header->length, true);
    else if (header->version > 1)
        fits = row && smini_message_length_known(row, header->length, false);
    else
        fits = row || (header->type >= 1 && header->type <= TYPE_PLAUSIBLE && header->length <= LENGTH_PLAUSIBLE);
    return fits ? SMINI_JUDGED_YES : SMINI_JUDGED_NO;
}

static bool length_possible(const uint8_t *bytes, size_t known, uint32_t version, int strictness)
{
    uint32_t high = 0;
    for (size_t i = 0; i < known; i++)
        high = high << 8 | bytes[12 + i];
    if (!role_exists(bytes[3]))
        return resembles_known(bytes[11], high, (unsigned)known);
    const struct smini_message_row *row = smini_message_row_find(bytes[3], bytes[11]);
    if (strictness == SMINI_STRICT || version > 1)
        return smini_message_length_possible(row, high, (unsigned)known, strictness == SMINI_STRICT);
    return row || (uint64_t)high << (8 * (4 - known)) <= LENGTH_PLAUSIBLE;
}

/* Can bytes[at] follow what stands before it, all of which was possible? */
static bool byte_possible(const uint8_t *bytes, size_t at, int strictness)
{
    uint8_t byte = bytes[at];
    bool strict = strictness == SMINI_STRICT;
    if (at < 3)
        return byte == 0;
    if (at == 3)
        return strict ? role_exists(byte) : byte != 0;
    if (at < 8)
        return (!strict && role_exists(bytes[3])) || byte <= (at == 7);
    if (at < 11)
        return byte == 0;
    uint32_t version = smini_bytes_u32(bytes + 4);
    if (at == 11 && !role_exists(bytes[3]))
        return resembles_known(byte, 0, 0);
    if (at == 11) {
        if (!strict && version <= 1)
            return (byte != 0 && byte <= TYPE_PLAUSIBLE) || smini_message_row_find(bytes[3], byte) != NULL;
        return smini_message_row_find(bytes[3], byte) != NULL;
    }
    return length_possible(bytes, at - 11, version, strictness);
}

int smini_header_judge_prefix(const uint8_t *bytes, size_t length, int strictness)
{
    size_t have = length < SMINI_HEADER_BYTES ? length : SMINI_HEADER_BYTES;
    for (size_t at = 0; at < have; at++)
        if (!byte_possible(bytes, at, strictness))
            return SMINI_JUDGED_NO;
    return have == SMINI_HEADER_BYTES ? SMINI_JUDGED_YES : SMINI_JUDGED_MORE;
}

int smini_header_judge_next(const uint8_t *bytes, size_t length, int strictness)
{
    if (!byte_possible(bytes, length - 1, strictness))
        return SMINI_JUDGED_NO;
    return length == SMINI_HEADER_BYTES ? SMINI_JUDGED_YES : SMINI_JUDGED_MORE;
}

size_t smini_header_find(const uint8_t *bytes, size_t length)
{
    size_t at = 0;
    while (length - at >= SMINI_HEADER_BYTES) {
        /* A header begins 0 0 0 role: a byte that cannot be there rules out several places at once. */
        if (bytes[at + 2] != 0) {
            at += 3;
        } else if (bytes[at + 1] != 0) {
            at += 2;
        } else if (bytes[at] != 0 || bytes[at + 3] == 0) {
            at += 1;
        } else if (bytes[at + 3] > SMINI_IBC_SERV) {
            at += 4;
        } else {
            struct smini_header header = smini_header_read(bytes + at);
            if (smini_header_judge(&header, SMINI_STRICT) == SMINI_JUDGED_YES)
                return at;
            at += 1;
        }
    }
    return length;
}
