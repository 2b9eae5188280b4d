/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The list of packets between the conversation and the capture. A frame is
 * first a description (addresses, flags, payload), so that it can be split and
 * moved about; rendering turns the payload into an IP packet; wrapping turns
 * that into what stands in the capture.
 */
#ifndef SMINI_FRAMES_H
#define SMINI_FRAMES_H

#include <stdbool.h>

#include "store.h"

enum smini_frame_kind {
    SMINI_FRAME_TCP = 1,
    SMINI_FRAME_UDP,
    SMINI_FRAME_OTHER, /* `bytes` is the payload of the IP protocol `protocol` */
    SMINI_FRAME_IP,  /* `bytes` is an IP packet */
    SMINI_FRAME_LINK /* `bytes` is the record as it will stand in the capture */
};

enum { SMINI_TO_SERVER = 0, SMINI_TO_CLIENT = 1 };

enum {
    SMINI_TCP_FIN = 0x01,
    SMINI_TCP_SYN = 0x02,
    SMINI_TCP_RST = 0x04,
    SMINI_TCP_PSH = 0x08,
    SMINI_TCP_ACK = 0x10,
    SMINI_TCP_URG = 0x20
};

struct smini_endpoint {
    uint8_t mac[6];
    uint8_t ip_version; /* 4 or 6 */
    uint8_t ip[16];
    uint16_t port;
};

enum { SMINI_SHIM_MAX = 64 };

struct smini_frame {
    uint64_t time_ns;
    enum smini_frame_kind kind;
    int connection; /* number of the TCP connection, -1 for none */
    int direction;  /* SMINI_TO_* */
    struct smini_endpoint source;
    struct smini_endpoint destination;
    uint8_t protocol;
    uint8_t ttl;
    uint16_t ip_id;
    uint16_t ip_fragment; /* the flags and offset word of an IPv4 header */
    /* TCP. Numbers are relative: 0 is the SYN, 1 the first byte of data. */
    uint32_t isn;
    uint32_t peer_isn;
    uint32_t seq;
    uint32_t ack;
    uint8_t flags;
    uint16_t window;
    uint16_t urgent;
    uint16_t mss_option; /* 0: none */
    bool has_timestamp;
    uint32_t timestamp;
    uint32_t timestamp_echo;
    bool bad_l4_checksum;
    bool bad_ip_checksum;
    const uint8_t *bytes; /* payload, later the IP packet, later the record */
    size_t length;
    /* What stands between the MAC addresses and the IP packet, the type of what follows at its end. */
    uint8_t shim[SMINI_SHIM_MAX];
    size_t shim_length;
};

struct smini_frames {
    struct smini_store *store;
    struct smini_frame *items;
    size_t count;
    size_t room;
};

void smini_frames_init(struct smini_frames *frames, struct smini_store *store);

/* A copy of `frame` at the end. */
void smini_frames_add(struct smini_frames *frames, const struct smini_frame *frame);

/* TCP with a payload. */
bool smini_frames_has_data(const struct smini_frame *frame);

/* Gives the frames the list's own order of time again: times stay, frames move. */
void smini_frames_retime(struct smini_frames *frames, const struct smini_frames *before);

#endif
