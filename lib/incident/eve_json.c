/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of a record. */
#include "incident/eve_json.h"

#include "base/address.h"

const json_t *smini_eve_object(const json_t *parent, const char *key)
{
    const json_t *value = json_object_get(parent, key);
    return json_is_object(value) ? value : NULL;
}

const json_t *smini_eve_list(const json_t *parent, const char *key)
{
    const json_t *value = json_object_get(parent, key);
    return json_is_array(value) ? value : NULL;
}

static int hex_value(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Bytes that no text can hold stand as \xHH, and so does a backslash before an x. Nothing gets longer. */
static size_t unescape(const uint8_t *from, size_t length, uint8_t *to)
{
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        bool escaped = from[i] == '\\' && length - i >= 4 && from[i + 1] == 'x' && hex_value(from[i + 2]) >= 0 &&
                       hex_value(from[i + 3]) >= 0;
        to[written++] = (uint8_t)(escaped ? hex_value(from[i + 2]) << 4 | hex_value(from[i + 3]) : from[i]);
        i += escaped ? 3 : 0;
    }
    return written;
}

/* Texts of a record are together no longer than its line, for which there is room: what is handed out does not move. */
struct smini_span smini_eve_text(struct smini_eve_record *record, const json_t *value)
{
    struct smini_bytebuf *texts = &record->eve->texts;
    if (!json_is_string(value))
        return smini_span_make(NULL, 0);
    size_t length = json_string_length(value);
    if (length == 0 || length > texts->capacity - texts->length)
        return smini_span_make(NULL, 0);
    uint8_t *at = texts->bytes + texts->length;
    size_t written = unescape((const uint8_t *)json_string_value(value), length, at);
    texts->length += written;
    return smini_span_make(at, written);
}

struct smini_span smini_eve_text_at(struct smini_eve_record *record, const json_t *parent, const char *key)
{
    return smini_eve_text(record, json_object_get(parent, key));
}

bool smini_eve_number(const json_t *parent, const char *key, uint64_t *number)
{
    const json_t *value = json_object_get(parent, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return false;
    *number = (uint64_t)json_integer_value(value);
    return true;
}

bool smini_eve_flag(const json_t *parent, const char *key)
{
    return json_is_true(json_object_get(parent, key));
}

bool smini_eve_hex(const json_t *parent, const char *key, uint8_t *bytes, size_t length)
{
    const json_t *value = json_object_get(parent, key);
    if (!json_is_string(value) || json_string_length(value) != 2 * length)
        return false;
    const char *digits = json_string_value(value);
    for (size_t i = 0; i < length; i++) {
        int high = hex_value((uint8_t)digits[2 * i]), low = hex_value((uint8_t)digits[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool smini_eve_time_at(struct smini_eve_record *record, const json_t *parent, const char *key, uint64_t *time_ns)
{
    return smini_eve_time(smini_eve_text_at(record, parent, key), time_ns) == SMIN_OK;
}

static bool read_address(struct smini_eve_record *record, const json_t *parent, const char *key,
                         struct smini_incident_address *address)
{
    memset(address, 0, sizeof(*address));
    address->version = smini_address_read(smini_eve_text_at(record, parent, key), address->bytes);
    return address->version != 0;
}

static bool read_port(const json_t *parent, const char *key, uint16_t *port)
{
    uint64_t number = 0;
    bool there = json_object_get(parent, key) != NULL;
    bool valid = smini_eve_number(parent, key, &number) && number <= UINT16_MAX;
    *port = valid ? (uint16_t)number : 0;
    return valid || !there;
}

int32_t smini_eve_ends(struct smini_eve_record *record, const json_t *parent)
{
    if (!read_address(record, parent, "src_ip", &record->source) ||
        !read_address(record, parent, "dest_ip", &record->destination) ||
        record->source.version != record->destination.version)
        return smini_eve_malformed(record, "an address is missing, or is none");
    if (!read_port(parent, "src_port", &record->source_port) ||
        !read_port(parent, "dest_port", &record->destination_port))
        return smini_eve_malformed(record, "a port is none");
    return SMIN_OK;
}

int32_t smini_eve_malformed(struct smini_eve_record *record, const char *detail)
{
    record->detail = detail;
    return SMIN_E_MALFORMED;
}
