/* SPDX-License-Identifier: BSD-2-Clause */
#include "record/write_json.h"

#include "base/address.h"
#include "base/utf8.h"
#include "base/written.h"
#include "smin/status.h"

static const char hex_digits[] = "0123456789abcdef";

int32_t smini_json_init(struct smini_json *json, struct smini_alloc *alloc, size_t capacity,
                        const struct smini_json_output *output)
{
    memset(json, 0, sizeof(*json));
    json->alloc = alloc;
    json->capacity = capacity ? capacity : SMINI_JSON_BUFFER_BYTES;
    json->output = *output;
    json->second = UINT64_MAX;
    json->bytes = smini_alloc_get(alloc, json->capacity);
    return json->bytes ? SMIN_OK : SMIN_E_NOMEM;
}

void smini_json_free(struct smini_json *json)
{
    smini_alloc_free(json->alloc, json->bytes, json->capacity);
    json->bytes = NULL;
    json->length = 0;
}

void smini_json_flush(struct smini_json *json)
{
    if (json->length > 0 && !json->error)
        json->error = json->output.write(json->output.user, json->bytes, json->length);
    json->flushed += json->length;
    json->length = 0;
}

static void raw_across(struct smini_json *json, const uint8_t *at, size_t length)
{
    while (length > json->capacity - json->length) {
        size_t room = json->capacity - json->length;
        memcpy(json->bytes + json->length, at, room);
        json->length += room;
        at += room;
        length -= room;
        smini_json_flush(json);
    }
    memcpy(json->bytes + json->length, at, length);
    json->length += length;
}

void smini_json_raw(struct smini_json *json, const void *bytes, size_t length)
{
    if (length > json->capacity - json->length) {
        raw_across(json, bytes, length);
        return;
    }
    memcpy(json->bytes + json->length, bytes, length);
    json->length += length;
}

static void put(struct smini_json *json, char c)
{
    if (json->length == json->capacity)
        smini_json_flush(json);
    json->bytes[json->length++] = (uint8_t)c;
}

static void value_begins(struct smini_json *json)
{
    if (json->comma)
        put(json, ',');
    json->comma = true;
}

void smini_json_key_slowly(struct smini_json *json, const char *key, size_t length)
{
    static const char around[] = "\":,\"";
    smini_json_raw(json, around + 2 + !json->comma, 1 + (size_t)json->comma);
    smini_json_raw(json, key, length);
    smini_json_raw(json, around, 2);
    json->comma = false;
}

void smini_json_begin(struct smini_json *json, char bracket)
{
    value_begins(json);
    put(json, bracket);
    json->comma = false;
}

void smini_json_end(struct smini_json *json, char bracket)
{
    put(json, bracket);
    json->comma = true;
}

void smini_json_line(struct smini_json *json)
{
    put(json, '\n');
    json->comma = false;
}

void smini_json_verbatim(struct smini_json *json, const void *bytes, size_t length)
{
    value_begins(json);
    smini_json_raw(json, bytes, length);
}

/* "00" to "99". */
static const char digit_pairs[] = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
                                  "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

enum { NUMBER_BYTES_MAX = 20 };

/* Writes backwards from `end`; gives where the number begins. */
static char *number_before(char *end, uint64_t value)
{
    while (value >= 100) {
        uint64_t rest = value / 100;
        end -= 2;
        memcpy(end, digit_pairs + 2 * (value - rest * 100), 2);
        value = rest;
    }
    if (value >= 10) {
        end -= 2;
        memcpy(end, digit_pairs + 2 * value, 2);
    } else {
        *--end = (char)('0' + value);
    }
    return end;
}

void smini_json_number(struct smini_json *json, uint64_t value)
{
    if (value < 10) {
        value_begins(json);
        put(json, (char)('0' + value));
        return;
    }
    /* As much room behind the number as before it: below always the same count of bytes is copied. */
    char digits[2 * NUMBER_BYTES_MAX] = {0}, *end = digits + NUMBER_BYTES_MAX;
    const char *begin = number_before(end, value);
    size_t length = (size_t)(end - begin);
    if (json->capacity - json->length <= NUMBER_BYTES_MAX) {
        smini_json_verbatim(json, begin, length);
        return;
    }
    uint8_t *at = json->bytes + json->length;
    *at = ',';
    at += json->comma;
    memcpy(at, begin, NUMBER_BYTES_MAX);
    json->length += json->comma + length;
    json->comma = true;
}

void smini_json_bool(struct smini_json *json, bool value)
{
    smini_json_verbatim(json, value ? "true" : "false", value ? 4 : 5);
}

/* \xHH, for a byte that no text can hold. */
static void put_byte(struct smini_json *json, uint8_t byte)
{
    char escaped[5] = {'\\', '\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 15]};
    smini_json_raw(json, escaped, sizeof(escaped));
}

static void put_control(struct smini_json *json, uint8_t code)
{
    static const char known[] = "\b\t\n\f\r", letters[] = "btnfr";
    const char *hit = code ? strchr(known, code) : NULL;
    if (hit) {
        char escaped[2] = {'\\', letters[hit - known]};
        smini_json_raw(json, escaped, sizeof(escaped));
        return;
    }
    char escaped[6] = {'\\', 'u', '0', '0', hex_digits[code >> 4], hex_digits[code & 15]};
    smini_json_raw(json, escaped, sizeof(escaped));
}

static bool is_plain(uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

/* Writes the one character at `at` that needs care; gives the bytes it took. */
static size_t put_special(struct smini_json *json, const uint8_t *at, size_t left)
{
    size_t length = smini_utf8_length(at, left);
    if (length == 0 || at[0] == 0) {
        put_byte(json, at[0]);
        return 1;
    }
    if (length == 2 && at[0] == 0xc2 && at[1] < 0xa0)
        put_control(json, at[1]);
    else if (length > 1)
        smini_json_raw(json, at, length);
    else if (at[0] == '"')
        smini_json_raw(json, "\\\"", 2);
    else if (at[0] == '\\' && left > 1 && at[1] == 'x')
        put_byte(json, '\\');
    else if (at[0] == '\\')
        smini_json_raw(json, "\\\\", 2);
    else
        put_control(json, at[0]);
    return length;
}

static uint64_t every_byte(uint8_t value)
{
    return value * UINT64_C(0x0101010101010101);
}

/* Are all eight bytes plain? The usual tricks: a borrow or carry shows in a byte's top bit. */
static bool eight_plain(const uint8_t *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof(word));
    uint64_t quote = word ^ every_byte('"'), slash = word ^ every_byte('\\');
    uint64_t odd = word | (word - every_byte(0x20)) | (word + every_byte(1)) | (quote - every_byte(1)) |
                   (slash - every_byte(1));
    return (odd & every_byte(0x80)) == 0;
}

/* Bytes from `from` on that need no care, copied to `to`: at most `length`, and most of them eight at a time. */
static size_t copy_plain(uint8_t *to, const uint8_t *from, size_t length)
{
    size_t i = 0;
    while (length - i >= 8 && eight_plain(from + i)) {
        memcpy(to + i, from + i, 8);
        i += 8;
    }
    /* What is left of a longer text: once more its last eight, some of them for the second time. */
    if (i < length && i >= 8 && length - i < 8 && eight_plain(from + length - 8)) {
        memcpy(to + length - 8, from + length - 8, 8);
        return length;
    }
    for (; i < length && is_plain(from[i]); i++)
        to[i] = from[i];
    return i;
}

/* The rest of a text, character by character where it must be. */
static void text_rest(struct smini_json *json, struct smini_span text, size_t i)
{
    while (i < text.length) {
        size_t start = i;
        while (text.length - i >= 8 && eight_plain(text.bytes + i))
            i += 8;
        while (i < text.length && is_plain(text.bytes[i]))
            i++;
        if (i > start)
            smini_json_raw(json, text.bytes + start, i - start);
        if (i < text.length)
            i += put_special(json, text.bytes + i, text.length - i);
    }
    put(json, '"');
}

void smini_json_text(struct smini_json *json, struct smini_span text)
{
    size_t room = json->capacity - json->length;
    if (room < 3 || text.length > room - 3) { /* a comma and two quotes */
        value_begins(json);
        put(json, '"');
        text_rest(json, text, 0);
        return;
    }
    uint8_t *at = json->bytes + json->length;
    *at = ',';
    at += json->comma;
    *at++ = '"';
    size_t done = copy_plain(at, text.bytes, text.length);
    at += done;
    if (done == text.length)
        *at++ = '"';
    json->length = (size_t)(at - json->bytes);
    json->comma = true;
    if (done < text.length)
        text_rest(json, text, done);
}

void smini_json_key_text(struct smini_json *json, struct smini_span key)
{
    smini_json_text(json, key);
    put(json, ':');
    json->comma = false;
}

void smini_json_hex(struct smini_json *json, struct smini_span bytes)
{
    enum { AT_ONCE = 32 };
    char text[2 * AT_ONCE];
    value_begins(json);
    put(json, '"');
    for (size_t done = 0; done < bytes.length;) {
        size_t count = bytes.length - done < AT_ONCE ? bytes.length - done : AT_ONCE;
        for (size_t i = 0; i < count; i++) {
            text[2 * i] = hex_digits[bytes.bytes[done + i] >> 4];
            text[2 * i + 1] = hex_digits[bytes.bytes[done + i] & 15];
        }
        smini_json_raw(json, text, 2 * count);
        done += count;
    }
    put(json, '"');
}

void smini_json_mac(struct smini_json *json, const uint8_t mac[6])
{
    char text[19];
    text[0] = '"';
    for (int i = 0; i < 6; i++) {
        text[1 + 3 * i] = hex_digits[mac[i] >> 4];
        text[2 + 3 * i] = hex_digits[mac[i] & 15];
        text[3 + 3 * i] = i < 5 ? ':' : '"';
    }
    smini_json_verbatim(json, text, sizeof(text));
}

void smini_json_address(struct smini_json *json, uint8_t version, const uint8_t *bytes)
{
    char text[48];
    text[0] = '"';
    size_t length = smini_address_text(version, bytes, text + 1);
    text[length + 1] = '"';
    smini_json_verbatim(json, text, length + 2);
}

void smini_json_time(struct smini_json *json, uint64_t time_ns)
{
    uint64_t second = time_ns / 1000000000U, micro = time_ns / 1000 % 1000000;
    if (second != json->second) {
        json->second = second;
        char text[SMINI_SECOND_TEXT];
        smini_second_text(second, text);
        memcpy(json->second_text, text, 19);
        json->second_text[19] = '.';
    }
    uint8_t text[33];
    text[0] = '"';
    memcpy(text + 1, json->second_text, 20);
    for (int i = 6; i > 0; micro /= 10)
        text[20 + i--] = (uint8_t)('0' + micro % 10);
    memcpy(text + 27, "+0000\"", 6);
    smini_json_verbatim(json, text, sizeof(text));
}
