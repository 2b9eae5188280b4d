/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench/conversation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bench_conversation_clear(struct bench_conversation *conversation)
{
    conversation->length = 0;
    conversation->turn_count = 0;
}

void bench_conversation_free(struct bench_conversation *conversation)
{
    free(conversation->bytes);
    memset(conversation, 0, sizeof *conversation);
}

uint8_t *bench_conversation_say(struct bench_conversation *conversation, uint32_t from_server, uint32_t length)
{
    uint32_t needed = conversation->length + length;
    if (needed > conversation->capacity) {
        uint32_t capacity = needed + needed / 2;
        uint8_t *bytes = realloc(conversation->bytes, capacity);
        if (!bytes) {
            fputs("bench-generate: out of memory\n", stderr);
            exit(1);
        }
        conversation->bytes = bytes;
        conversation->capacity = capacity;
    }
    struct bench_turn *turn = conversation->turn_count ? &conversation->turns[conversation->turn_count - 1] : NULL;
    if (!turn || turn->from_server != from_server) {
        if (conversation->turn_count == BENCH_TURNS_MAX) {
            fputs("bench-generate: a conversation has more turns than BENCH_TURNS_MAX\n", stderr);
            exit(1);
        }
        turn = &conversation->turns[conversation->turn_count++];
        *turn = (struct bench_turn){.from_server = from_server, .offset = conversation->length};
    }
    turn->length += length;
    uint8_t *at = conversation->bytes + conversation->length;
    conversation->length = needed;
    return at;
}

static void say_text(struct bench_conversation *conversation, uint32_t from_server, const char *text)
{
    uint32_t length = (uint32_t)strlen(text);
    memcpy(bench_conversation_say(conversation, from_server, length), text, length);
}

static void say_random(struct bench_conversation *conversation, struct bench_random *random, uint32_t from_server,
                       uint32_t length)
{
    bench_random_fill(random, bench_conversation_say(conversation, from_server, length), length);
}

/* Text with the word lengths of a page, from a small vocabulary. */
static void say_words(struct bench_conversation *conversation, struct bench_random *random, uint32_t length)
{
    static const char *const words[] = {"<p>", "switch ", "port ", "of ", "the ", "closet ", "is ", "</p>\n",
                                        "installed ", "under ", "a ", "staircase ", "and ", "hums ", "quietly, ",
                                        "<a href=\"/rooms/\">"};
    uint8_t *at = bench_conversation_say(conversation, 1, length);
    while (length > 0) {
        const char *word = words[bench_random_next(random) >> 60];
        size_t take = strlen(word);
        if (take > length)
            take = length;
        memcpy(at, word, take);
        at += take;
        length -= (uint32_t)take;
    }
}

void bench_conversation_http(struct bench_conversation *conversation, struct bench_random *random)
{
    char head[512];
    uint32_t exchanges = bench_random_range(random, 1, 4);
    for (uint32_t i = 0; i < exchanges; i++) {
        int binary = bench_random_range(random, 0, 2) == 0;
        uint32_t body = bench_random_pareto(random, 1500, 1000000);
        snprintf(head, sizeof head,
                 "GET /%s/%u HTTP/1.1\r\nHost: host-%u.example.net\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
                 "Accept: text/html,image/*;q=0.8\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n"
                 "Cookie: session=%08x\r\n\r\n",
                 binary ? "images" : "pages", (unsigned)bench_random_range(random, 1, 99999),
                 (unsigned)bench_random_range(random, 1, 500), (unsigned)bench_random_next(random));
        say_text(conversation, 0, head);
        snprintf(head, sizeof head,
                 "HTTP/1.1 200 OK\r\nServer: example\r\nDate: Mon, 05 Jan 2026 00:00:00 GMT\r\nContent-Type: %s\r\n"
                 "Content-Length: %u\r\nCache-Control: max-age=3600\r\n\r\n",
                 binary ? "image/jpeg" : "text/html; charset=utf-8", (unsigned)body);
        say_text(conversation, 1, head);
        if (binary)
            say_random(conversation, random, 1, body);
        else
            say_words(conversation, random, body);
    }
}

static void say_tls_record(struct bench_conversation *conversation, struct bench_random *random, uint32_t from_server,
                           uint8_t type, uint32_t length)
{
    uint8_t *at = bench_conversation_say(conversation, from_server, 5 + length);
    at[0] = type;
    at[1] = 3;
    at[2] = type == 22 ? 1 : 3;
    at[3] = (uint8_t)(length >> 8);
    at[4] = (uint8_t)length;
    bench_random_fill(random, at + 5, length);
}

/* A handshake record that begins as its type does: message type, length, version. */
static void say_tls_hello(struct bench_conversation *conversation, struct bench_random *random, uint32_t from_server,
                          uint32_t length)
{
    say_tls_record(conversation, random, from_server, 22, length);
    uint8_t *hello = conversation->bytes + conversation->length - length;
    hello[0] = from_server ? 2 : 1;
    hello[1] = 0;
    hello[2] = (uint8_t)((length - 4) >> 8);
    hello[3] = (uint8_t)(length - 4);
    hello[4] = 3;
    hello[5] = 3;
}

void bench_conversation_tls(struct bench_conversation *conversation, struct bench_random *random)
{
    say_tls_hello(conversation, random, 0, 512);
    say_tls_hello(conversation, random, 1, 122);
    say_tls_record(conversation, random, 1, 23, bench_random_range(random, 1200, 4000));
    say_tls_record(conversation, random, 0, 23, 53);
    uint32_t exchanges = bench_random_range(random, 1, 6);
    for (uint32_t i = 0; i < exchanges; i++) {
        say_tls_record(conversation, random, 0, 23, bench_random_range(random, 80, 900));
        uint32_t left = bench_random_pareto(random, 1200, 1000000);
        while (left > 0) {
            uint32_t take = left < 16384 ? left : 16384;
            say_tls_record(conversation, random, 1, 23, take);
            left -= take;
        }
    }
}

static void say_ssh_packet(struct bench_conversation *conversation, struct bench_random *random, uint32_t from_server,
                           uint8_t type, uint32_t length)
{
    uint8_t *at = bench_conversation_say(conversation, from_server, 4 + length);
    bench_random_fill(random, at, 4 + length);
    at[0] = 0;
    at[1] = 0;
    at[2] = (uint8_t)(length >> 8);
    at[3] = (uint8_t)length;
    at[4] = 6; /* padding */
    at[5] = type;
}

void bench_conversation_ssh(struct bench_conversation *conversation, struct bench_random *random)
{
    enum { KEXINIT = 20, KEX_ECDH_INIT = 30, KEX_ECDH_REPLY = 31 };
    say_text(conversation, 0, "SSH-2.0-OpenSSH_9.6\r\n");
    say_text(conversation, 1, "SSH-2.0-OpenSSH_9.2p1\r\n");
    say_ssh_packet(conversation, random, 0, KEXINIT, 1500);
    say_ssh_packet(conversation, random, 1, KEXINIT, 1076);
    say_ssh_packet(conversation, random, 0, KEX_ECDH_INIT, 44);
    say_ssh_packet(conversation, random, 1, KEX_ECDH_REPLY, 560);
    uint32_t keys = bench_random_range(random, 10, 60);
    for (uint32_t i = 0; i < keys; i++) {
        say_random(conversation, random, 0, 36);
        say_random(conversation, random, 1, bench_random_pareto(random, 36, 20000));
    }
}

static uint8_t *put_dns(uint8_t *at, uint16_t id, int answer, const char *label)
{
    const uint8_t header[12] = {(uint8_t)(id >> 8), (uint8_t)id, answer ? 0x81 : 1, answer ? 0x80 : 0, 0, 1, 0,
                                (uint8_t)answer, 0, 0, 0, 0};
    memcpy(at, header, sizeof header);
    at += sizeof header;
    *at++ = (uint8_t)strlen(label);
    at = (uint8_t *)memcpy(at, label, strlen(label)) + strlen(label);
    return (uint8_t *)memcpy(at, "\7example\3net\0\0\1\0\1", 17) + 17;
}

void bench_conversation_dns(struct bench_conversation *conversation, struct bench_random *random)
{
    char label[32];
    uint16_t id = (uint16_t)bench_random_next(random);
    snprintf(label, sizeof label, "host-%u", (unsigned)bench_random_range(random, 1, 99999));
    uint32_t question = 12 + 1 + (uint32_t)strlen(label) + 17;
    put_dns(bench_conversation_say(conversation, 0, question), id, 0, label);
    uint8_t *at = put_dns(bench_conversation_say(conversation, 1, question + 16), id, 1, label);
    memcpy(at, "\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4\xc6\x12\0\1", 16);
}

/* Packets of one size with a sequence number, as voice and video have them. */
void bench_conversation_media(struct bench_conversation *conversation, struct bench_random *random)
{
    enum { DATAGRAM = 1200 };
    uint32_t packets = bench_random_range(random, 20, 400);
    for (uint32_t i = 0; i < packets; i++) {
        uint8_t *at = bench_conversation_say(conversation, 0, DATAGRAM);
        bench_random_fill(random, at, DATAGRAM);
        at[0] = 0x80;
        at[1] = 96;
        at[2] = (uint8_t)(i >> 8);
        at[3] = (uint8_t)i;
    }
}

void bench_conversation_smi(struct bench_conversation *conversation, struct bench_random *random, int port,
                            uint32_t requests, struct bench_truth *truth)
{
    uint8_t message[BENCH_MESSAGE_MAX];
    uint32_t types[8];
    while (requests > 0) {
        uint32_t group = bench_random_range(random, 1, 8);
        if (group > requests)
            group = requests;
        requests -= group;
        for (uint32_t i = 0; i < group; i++) {
            uint32_t length = bench_message_request(random, message, port, truth, &types[i]);
            memcpy(bench_conversation_say(conversation, 0, length), message, length);
        }
        for (uint32_t i = 0; i < group; i++) {
            uint32_t length = bench_random_range(random, 0, 1) ? bench_message_answer(message, port, types[i], truth) : 0;
            if (length)
                memcpy(bench_conversation_say(conversation, 1, length), message, length);
        }
    }
    truth->smi_flows++;
}

void bench_conversation_call_back(struct bench_conversation *conversation, struct bench_random *random,
                                  struct bench_truth *truth)
{
    uint8_t message[BENCH_MESSAGE_MAX];
    uint32_t length = bench_message_backup_response(random, message, truth);
    memcpy(bench_conversation_say(conversation, 0, length), message, length);
    truth->smi_flows++;
}
