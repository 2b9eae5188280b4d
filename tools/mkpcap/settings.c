/* SPDX-License-Identifier: BSD-2-Clause */
#include "settings.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>

/* 2026-01-02T03:04:05Z: every case starts then unless it says otherwise. */
#define START_SECONDS 1767323045u

void smini_settings_endpoint(const struct smini_words *words, const char *text, struct smini_endpoint *endpoint)
{
    char address[64];
    size_t length = strlen(text);
    const char *port = NULL, *start = text;
    if (length >= sizeof(address))
        smini_words_stop(words, "'%s' is too long for an address", text);
    if (text[0] == '[') {
        const char *close = strchr(text, ']');
        if (!close)
            smini_words_stop(words, "'%s' has no closing bracket", text);
        start = text + 1;
        length = (size_t)(close - start);
        port = close[1] == ':' ? close + 2 : NULL;
    } else if ((port = strchr(text, ':')) != NULL) {
        length = (size_t)(port - text);
        port++;
    }
    memcpy(address, start, length);
    address[length] = '\0';
    endpoint->ip_version = text[0] == '[' ? 6 : 4;
    memset(endpoint->ip, 0, sizeof(endpoint->ip));
    if (inet_pton(text[0] == '[' ? AF_INET6 : AF_INET, address, endpoint->ip) != 1)
        smini_words_stop(words, "'%s' is not an address", text);
    if (!port)
        return;
    char *end = NULL;
    unsigned long number = strtoul(port, &end, 10);
    if (*port < '0' || *port > '9' || *end || number > 65535)
        smini_words_stop(words, "'%s' has no port up to 65535", text);
    endpoint->port = (uint16_t)number;
}

void smini_settings_default(struct smini_conversation *talk, struct smini_connection *connection)
{
    static const uint8_t client[4] = {198, 51, 100, 7}, server[4] = {192, 0, 2, 10};
    talk->start_ns = talk->clock_ns = START_SECONDS * (uint64_t)1000000000u;
    talk->step_ns = 1000000;
    talk->next_ip_id = 1;
    talk->record[0] = talk->record[1] = true;
    *connection = (struct smini_connection){
        .end = {{.mac = {2, 0, 0, 0, 0, 1}, .ip_version = 4, .port = 40001},
                {.mac = {2, 0, 0, 0, 0, 2}, .ip_version = 4, .port = 4786}},
        .isn = {0x10000000u, 0x20000000u},
        .mss = 1460,
        .window = 8192,
        .ttl = {64, 255},
        .acks = true,
    };
    memcpy(connection->end[0].ip, client, sizeof(client));
    memcpy(connection->end[1].ip, server, sizeof(server));
}

static bool on_or_off(const struct smini_words *words, struct smini_arguments *in, const char *key, bool otherwise)
{
    const struct smini_word *word = smini_arguments_find(in, key);
    if (!word)
        return otherwise;
    if (strcmp(smini_words_text(word), "on") == 0)
        return true;
    if (strcmp(smini_words_text(word), "off") != 0)
        smini_words_stop(words, "%s is on or off", key);
    return false;
}

void smini_settings_connection(struct smini_arguments *in, struct smini_connection *connection)
{
    static const char *const ends[2] = {"client", "server"};
    static const char *const macs[2] = {"client-mac", "server-mac"};
    static const char *const isns[2] = {"client-isn", "server-isn"};
    static const char *const ttls[2] = {"client-ttl", "server-ttl"};
    for (int i = 0; i < 2; i++) {
        const struct smini_word *word = smini_arguments_find(in, ends[i]);
        if (word)
            smini_settings_endpoint(in->words, smini_words_text(word), &connection->end[i]);
        memmove(connection->end[i].mac, smini_arguments_bytes(in, macs[i], 6, connection->end[i].mac), 6);
        connection->isn[i] = smini_arguments_number(in, isns[i], connection->isn[i]);
        connection->ttl[i] = (uint8_t)smini_arguments_number(in, ttls[i], connection->ttl[i]);
    }
    connection->mss = smini_arguments_number(in, "mss", connection->mss);
    connection->window = (uint16_t)smini_arguments_number(in, "window", connection->window);
    connection->timestamps = on_or_off(in->words, in, "timestamps", connection->timestamps);
    connection->acks = on_or_off(in->words, in, "acks", connection->acks);
    if (connection->mss == 0 || connection->mss > 65000)
        smini_words_stop(in->words, "mss is 1 to 65000");
}

/* Days since 1970-01-01 of a date in the proleptic Gregorian calendar, the year beginning in March. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void smini_settings_clock(struct smini_arguments *in, struct smini_conversation *talk)
{
    const struct smini_word *word = smini_arguments_find(in, "start");
    if (word) {
        int year, month, day, hour, minute, second, used = 0;
        if (sscanf(smini_words_text(word), "%4d-%2d-%2dT%2d:%2d:%2dZ%n", &year, &month, &day, &hour, &minute, &second,
                   &used) != 6 ||
            (size_t)used != word->value.length || year < 1970 || month < 1 || month > 12)
            smini_words_stop(in->words, "start is YYYY-MM-DDTHH:MM:SSZ");
        int64_t seconds = days_of(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
        talk->start_ns = talk->clock_ns = (uint64_t)seconds * 1000000000u;
    }
    if ((word = smini_arguments_find(in, "step")) != NULL)
        talk->step_ns = smini_words_duration(in->words, word);
    if ((word = smini_arguments_find(in, "record")) != NULL) {
        const char *text = smini_words_text(word);
        if (strcmp(text, "both") != 0 && strcmp(text, "client") != 0 && strcmp(text, "server") != 0)
            smini_words_stop(in->words, "record is both, client or server");
        talk->record[SMINI_TO_SERVER] = strcmp(text, "server") != 0;
        talk->record[SMINI_TO_CLIENT] = strcmp(text, "client") != 0;
    }
}

/* Which of two words the key has; false for the first and when it is not there. */
static bool second_of(struct smini_arguments *in, const char *key, const char *first, const char *second, bool now)
{
    const struct smini_word *word = smini_arguments_find(in, key);
    if (!word)
        return now;
    if (strcmp(smini_words_text(word), second) == 0)
        return true;
    if (strcmp(smini_words_text(word), first) != 0)
        smini_words_stop(in->words, "%s is %s or %s", key, first, second);
    return false;
}

void smini_settings_capture(struct smini_arguments *in, struct smini_capture_format *format)
{
    format->pcapng = second_of(in, "format", "pcap", "pcapng", format->pcapng);
    format->big_endian = second_of(in, "order", "little", "big", format->big_endian);
    format->nanoseconds = second_of(in, "resolution", "us", "ns", format->nanoseconds);
    format->snaplen = smini_arguments_number(in, "snaplen", format->snaplen);
    const struct smini_word *word = smini_arguments_find(in, "link");
    bool known = true;
    if (word)
        format->link = smini_capture_format_link(smini_words_text(word), &known);
    if (!known)
        smini_words_stop(in->words, "link is ethernet, null, raw, ppp, sll or sll2");
}

void smini_settings_modifiers(struct smini_arguments *in, struct smini_modifiers *modifiers)
{
    static const char letters[] = "FSRPAU";
    smini_modifiers_default(modifiers);
    modifiers->phantom = smini_arguments_flag(in, "phantom");
    modifiers->lost = smini_arguments_flag(in, "lost");
    modifiers->unanswered = smini_arguments_flag(in, "unanswered");
    modifiers->bad_l4_checksum = smini_arguments_flag(in, "bad-checksum");
    modifiers->bad_ip_checksum = smini_arguments_flag(in, "bad-ip-checksum");
    modifiers->has_offset = smini_arguments_find(in, "offset") != NULL;
    modifiers->offset = smini_arguments_number(in, "offset", 0);
    modifiers->ttl = (uint8_t)smini_arguments_number(in, "ttl", 0);
    modifiers->urgent = (uint16_t)smini_arguments_number(in, "urgent", 0);
    modifiers->mss = smini_arguments_number(in, "mss", 0);
    const struct smini_word *word = smini_arguments_find(in, "timestamp");
    if (word)
        modifiers->timestamp_shift = (int32_t)smini_words_signed(in->words, word);
    if ((word = smini_arguments_find(in, "flags")) == NULL)
        return;
    modifiers->flags = 0;
    for (const char *at = smini_words_text(word); *at; at++) {
        const char *letter = strchr(letters, *at);
        if (!letter)
            smini_words_stop(in->words, "flags are of %s", letters);
        modifiers->flags |= 1 << (letter - letters);
    }
}
