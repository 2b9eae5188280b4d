/* SPDX-License-Identifier: BSD-2-Clause */
/* Over TCP: HTTP, and FTP with a control connection and a data connection for each transfer. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "transfer_packet.h"

enum {
    FIRST_CLIENT_PORT = 5000, /* beyond that of Smart Install */
    FIRST_DATA_PORT = FIRST_CLIENT_PORT + TRANSFERS_MOST
};

static struct transfer_connection control[TRANSFERS_MOST], data[TRANSFERS_MOST];

static struct transfer_connection between(unsigned client_port, unsigned server_port)
{
    return (struct transfer_connection){
        .end = {{transfer_device, client_port}, {transfer_server, server_port}}};
}

static void say(struct transfer_connection *connection, unsigned sender, const char *line)
{
    transfer_tcp_send(connection, sender, line, strlen(line));
}

/* A configuration: among all that moves over these protocols, files of that kind are told without an order. */
static void send_contents(struct transfer_connection *connections, const struct transfer_plan *plan)
{
    static const char line[] = "interface GigabitEthernet0/1\n shutdown\n";
    uint8_t bytes[BLOCK_MOST];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)line[i % (sizeof(line) - 1)];
    for (uint64_t n = 0; n < plan->blocks; n++)
        for (unsigned t = 0; t < plan->transfers; t++)
            transfer_tcp_send(&connections[t], TRANSFER_SERVER, bytes, plan->block_bytes);
    for (unsigned t = 0; t < plan->transfers; t++)
        transfer_tcp_send(&connections[t], TRANSFER_SERVER, "end", 3);
}

void transfer_http(const struct transfer_plan *plan)
{
    char answer[128];
    snprintf(answer, sizeof(answer), "HTTP/1.1 200 OK\r\nContent-Length: %" PRIu64 "\r\n\r\n",
             plan->blocks * plan->block_bytes + 3);
    for (unsigned t = 0; t < plan->transfers; t++) {
        data[t] = between(FIRST_CLIENT_PORT + t, 80);
        transfer_tcp_open(&data[t]);
        say(&data[t], TRANSFER_CLIENT, "GET /device.conf HTTP/1.1\r\nHost: 198.51.100.7\r\n\r\n");
        say(&data[t], TRANSFER_SERVER, answer);
    }
    send_contents(data, plan);
    for (unsigned t = 0; t < plan->transfers; t++)
        transfer_tcp_close(&data[t], TRANSFER_SERVER);
}

static void ask_for_file(struct transfer_connection *connection, unsigned data_port)
{
    char passive[80];
    snprintf(passive, sizeof(passive), "227 Entering Passive Mode (198,51,100,7,%u,%u)\r\n", data_port / 256,
             data_port % 256);
    say(connection, TRANSFER_SERVER, "220 ready\r\n");
    say(connection, TRANSFER_CLIENT, "USER device\r\n");
    say(connection, TRANSFER_SERVER, "331 password\r\n");
    say(connection, TRANSFER_CLIENT, "PASS device\r\n");
    say(connection, TRANSFER_SERVER, "230 welcome\r\n");
    say(connection, TRANSFER_CLIENT, "TYPE I\r\n");
    say(connection, TRANSFER_SERVER, "200 binary\r\n");
    say(connection, TRANSFER_CLIENT, "PASV\r\n");
    say(connection, TRANSFER_SERVER, passive);
    say(connection, TRANSFER_CLIENT, "RETR device.conf\r\n");
}

void transfer_ftp(const struct transfer_plan *plan)
{
    for (unsigned t = 0; t < plan->transfers; t++) {
        control[t] = between(FIRST_CLIENT_PORT + t, 21);
        data[t] = between(FIRST_DATA_PORT + t, FIRST_DATA_PORT + t);
        transfer_tcp_open(&control[t]);
        ask_for_file(&control[t], FIRST_DATA_PORT + t);
        transfer_tcp_open(&data[t]);
        say(&control[t], TRANSFER_SERVER, "150 here it comes\r\n");
    }
    send_contents(data, plan);
    for (unsigned t = 0; t < plan->transfers; t++) {
        transfer_tcp_close(&data[t], TRANSFER_SERVER);
        say(&control[t], TRANSFER_SERVER, "226 done\r\n");
        say(&control[t], TRANSFER_CLIENT, "QUIT\r\n");
        say(&control[t], TRANSFER_SERVER, "221 bye\r\n");
        transfer_tcp_close(&control[t], TRANSFER_SERVER);
    }
}
