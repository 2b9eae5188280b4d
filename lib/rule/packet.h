/* SPDX-License-Identifier: BSD-2-Clause */
/* What rules ask about the headers of one packet. Every question is an integer test on one number of it. */
#ifndef SMINI_RULE_PACKET_H
#define SMINI_RULE_PACKET_H

#include <stdint.h>

enum smini_packet_number {
    SMINI_PACKET_PAYLOAD_SIZE, /* dsize: as the IP length says */
    SMINI_PACKET_TTL,
    SMINI_PACKET_TOS,
    SMINI_PACKET_ID,
    SMINI_PACKET_FRAGMENT_BITS,
    SMINI_PACKET_FRAGMENT_OFFSET, /* units of eight bytes in IPv4, bytes in IPv6 */
    SMINI_PACKET_IP_OPTIONS,
    SMINI_PACKET_PROTOCOL,
    SMINI_PACKET_SAME_ADDRESS, /* 1 when source and destination are one */
    SMINI_PACKET_TCP_FLAGS,
    SMINI_PACKET_TCP_SEQUENCE,
    SMINI_PACKET_TCP_ACKNOWLEDGEMENT,
    SMINI_PACKET_TCP_WINDOW,
    SMINI_PACKET_TCP_SEGMENT_SIZE,
    SMINI_PACKET_ICMP_TYPE,
    SMINI_PACKET_ICMP_CODE,
    SMINI_PACKET_ICMP_ID,
    SMINI_PACKET_ICMP_SEQUENCE,
    SMINI_PACKET_STREAM_CLIENT, /* how far the client's sequence numbers have come; "both" is two tests */
    SMINI_PACKET_STREAM_SERVER,
    SMINI_PACKET_STREAM_EITHER
};

/* A letter per bit, from bit 0. */
#define SMINI_TCP_FLAG_LETTERS "FSRPAUEC"
#define SMINI_FRAGMENT_LETTERS "MDR"

/* Bits of SMINI_PACKET_FRAGMENT_BITS. */
enum { SMINI_FRAGMENT_RESERVED = 4, SMINI_FRAGMENT_DONT = 2, SMINI_FRAGMENT_MORE = 1 };

/* Bits of SMINI_PACKET_IP_OPTIONS by name, from bit 0; the bit behind the last stands for any other option. */
#define SMINI_IP_OPTION_NAMES "rr", "ts", "qs", "sec", "esec", "cipso", "lsrr", "ssrr", "satid", "rtralt", "eol", "nop"
enum { SMINI_IP_OPTION_NAMED = 12 };

#endif
