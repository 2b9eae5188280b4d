/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages of words, numbers, lengths and filler, as many alike as rules need to fail on. */
#include <string.h>

#include "invent.h"

static void put(struct invent_message *message, const void *bytes, size_t length)
{
    if (length > sizeof(message->bytes) - message->length)
        length = sizeof(message->bytes) - message->length;
    memcpy(message->bytes + message->length, bytes, length);
    message->length += length;
}

static void put_word(struct invent_message *message)
{
    static const char *const words[] = {"copy ",   "tftp://", "flash:", "config", "Config", "CONFIG.text",
                                        "copy",    "nvram:",  "abab",   "ababab", "aab",    "running",
                                        "\r\n",    "\n",      "=",      "://",    "|;:\\\"", "startup-config"};
    const char *word = words[invent_below(sizeof(words) / sizeof(words[0]))];
    put(message, word, strlen(word));
}

static void put_number(struct invent_message *message)
{
    char text[32];
    unsigned number = invent_below(invent_once_in(2) ? 60 : 70000);
    switch (invent_below(6)) {
    case 0: snprintf(text, sizeof(text), "%u ", number); break;
    case 1: snprintf(text, sizeof(text), "%x", number); break;
    case 2: snprintf(text, sizeof(text), "%08u", number); break;
    case 3: snprintf(text, sizeof(text), "0x%04x", number); break;
    case 4: snprintf(text, sizeof(text), "%o ", number); break;
    default: snprintf(text, sizeof(text), "%u", number); break;
    }
    put(message, text, strlen(text));
}

/* A length and as many bytes, or nearly. */
static void put_counted(struct invent_message *message)
{
    uint8_t head[4] = {0};
    unsigned size = 1u << invent_below(3);
    unsigned length = invent_below(24);
    if (invent_once_in(3))
        head[0] = (uint8_t)length; /* little endian */
    else
        head[size - 1] = (uint8_t)length;
    put(message, head, size);
    for (unsigned i = 0; i < length; i++) {
        uint8_t byte = (uint8_t)('a' + invent_below(3));
        put(message, &byte, 1);
    }
}

static void put_filler(struct invent_message *message)
{
    unsigned count = 1 + invent_below(12);
    uint8_t same = (uint8_t)invent_random();
    bool varied = invent_once_in(2);
    for (unsigned i = 0; i < count; i++) {
        uint8_t byte = varied ? (uint8_t)invent_random() : same;
        put(message, &byte, 1);
    }
}

static void make_body(struct invent_message *message)
{
    size_t wanted = 16 + 20 + invent_below(200);
    while (message->length < wanted)
        switch (invent_below(6)) {
        case 0: put_number(message); break;
        case 1: put_counted(message); break;
        case 2: put_filler(message); break;
        default: put_word(message); break;
        }
}

static void make_message(struct invent_message *message, bool to_client)
{
    static const uint8_t pairs[][2] = {{1, 8}, {1, 3}, {1, 2}, {2, 5}, {4, 3}, {4, 9}, {3, 10}};
    const uint8_t *pair = pairs[to_client ? 4 + invent_below(3) : invent_below(4)];
    uint8_t head[16] = {0, 0, 0, pair[0], 0, 0, 0, 1, 0, 0, 0, pair[1]};
    memset(message, 0, sizeof(*message));
    message->to_client = to_client;
    put(message, head, sizeof(head));
    make_body(message);
    message->bytes[14] = (uint8_t)((message->length - 16) >> 8);
    message->bytes[15] = (uint8_t)(message->length - 16);
}

void invent_talk_make(struct invent_talk *talk, int messages)
{
    talk->count = 0;
    for (int i = 0; i < messages; i++)
        make_message(&talk->messages[talk->count++], false);
    if (invent_once_in(2))
        make_message(&talk->messages[talk->count++], true);
}

static void write_bytes(const struct invent_message *message, FILE *out)
{
    fputs("hex ", out);
    for (size_t i = 0; i < message->length; i++)
        fprintf(out, "%02x", message->bytes[i]);
}

void invent_talk_write(const struct invent_talk *talk, int number, bool glued, FILE *out)
{
    fprintf(out, "connection c%d client=198.51.100.%d:%d server=192.0.2.%d:4786\nopen\n", number, 1 + number % 250,
            40000 + number, 1 + number % 7);
    for (int i = 0; i < talk->count; i++) {
        const struct invent_message *message = &talk->messages[i];
        bool more = glued && i > 0 && message->to_client == talk->messages[i - 1].to_client;
        fputs(more ? " + " : i > 0 ? message->to_client ? "\n< " : "\n> " : message->to_client ? "< " : "> ", out);
        write_bytes(message, out);
    }
    fputs("\nclose\n", out);
}
