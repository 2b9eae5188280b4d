/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/html.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/address.h"
#include "base/written.h"

void smini_html_flush(struct smini_html *html)
{
    if (html->status == SMIN_OK && html->length > 0 &&
        html->sink->write(html->sink->user, html->buffer, html->length) != 0)
        html->status = SMIN_E_IO;
    html->length = 0;
}

void smini_html_bytes(struct smini_html *html, struct smini_span bytes)
{
    while (bytes.length > 0 && html->status == SMIN_OK) {
        size_t room = SMINI_HTML_BUFFER - html->length;
        size_t now = bytes.length < room ? bytes.length : room;
        memcpy(html->buffer + html->length, bytes.bytes, now);
        html->length += now;
        bytes = smini_span_part(bytes, now, bytes.length);
        if (html->length == SMINI_HTML_BUFFER)
            smini_html_flush(html);
    }
}

void smini_html_raw(struct smini_html *html, const char *markup)
{
    smini_html_bytes(html, smini_span_text(markup));
}

void smini_html_form(struct smini_html *html, const char *form, ...)
{
    char text[SMINI_HTML_FORM_MAX];
    va_list values;
    va_start(values, form);
    int length = vsnprintf(text, sizeof(text), form, values);
    va_end(values);
    if (length < 0 || (size_t)length >= sizeof(text)) {
        html->status = SMIN_E_INTERNAL;
        return;
    }
    smini_html_bytes(html, smini_span_make(text, (size_t)length));
}

void smini_html_number(struct smini_html *html, uint64_t value)
{
    char digits[SMINI_DECIMAL_TEXT];
    size_t length = smini_decimal(value, digits);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            smini_html_raw(html, ",");
        smini_html_bytes(html, smini_span_make(digits + i, 1));
    }
}

void smini_html_count(struct smini_html *html, uint64_t count, const char *one, const char *many)
{
    smini_html_number(html, count);
    smini_html_raw(html, " ");
    smini_html_raw(html, count == 1 ? one : many);
}

void smini_html_size(struct smini_html *html, uint64_t bytes)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    if (bytes < 10000) {
        smini_html_count(html, bytes, "byte", "bytes");
        return;
    }
    uint64_t unit = 1000;
    size_t at = 0;
    while (at < 3 && bytes / unit >= 1000) {
        unit *= 1000;
        at++;
    }
    smini_html_number(html, bytes / unit);
    smini_html_form(html, ".%d %s (", (int)(bytes % unit / (unit / 10)), units[at]);
    smini_html_number(html, bytes);
    smini_html_raw(html, " bytes)");
}

void smini_html_hex(struct smini_html *html, const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        smini_html_form(html, "%02x", bytes[i]);
}

void smini_html_address(struct smini_html *html, const struct smini_incident_address *address)
{
    char text[SMINI_ADDRESS_TEXT];
    smini_address_text(address->version, address->bytes, text);
    smini_html_raw(html, text);
}

void smini_html_time(struct smini_html *html, uint64_t time_ns)
{
    char text[SMINI_SECOND_TEXT];
    smini_second_text(time_ns / 1000000000U, text);
    smini_html_form(html, "<time datetime=\"%s.%03dZ\">%.10s %s.%03d UTC</time>", text,
                    (int)(time_ns / 1000000U % 1000U), text, text + 11, (int)(time_ns / 1000000U % 1000U));
}

void smini_html_duration(struct smini_html *html, uint64_t span_ns)
{
    static const struct {
        uint64_t seconds;
        const char *name;
    } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
    uint64_t seconds = span_ns / 1000000000U;
    if (seconds == 0) {
        smini_html_form(html, "%d ms", (int)(span_ns / 1000000U));
        return;
    }
    int told = 0;
    for (size_t i = 0; i < 4 && told < 2; i++) {
        uint64_t count = seconds / units[i].seconds;
        seconds %= units[i].seconds;
        if (count == 0 && told == 0)
            continue;
        if (count > 0)
            smini_html_form(html, "%s%llu %s", told ? " " : "", (unsigned long long)count, units[i].name);
        told++;
    }
}

void smini_html_link_target(struct smini_html *html, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    /* Never a scheme or a host: a path that starts with "./" cannot be read as either. */
    smini_html_raw(html, "./");
    for (; *path; path++) {
        if (strchr(plain, *path))
            smini_html_bytes(html, smini_span_make(path, 1));
        else
            smini_html_form(html, "%%%02X", (unsigned)(unsigned char)*path);
    }
}
