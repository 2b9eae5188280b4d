/* SPDX-License-Identifier: BSD-2-Clause */
/* A network interface to send frames through. */
#ifndef SMINI_TOOL_INJECT_LIBNET_H
#define SMINI_TOOL_INJECT_LIBNET_H

#include <stdint.h>
#include <stdio.h>

/* What frames go to; a test puts its own in the place of an interface. */
struct smini_wire {
    void *user;
    const char *name;
    uint32_t mtu;
    int socket; /* the one that sends; -1: none */
    /* 0, or an errno. */
    int (*send)(void *user, const uint8_t *frame, uint32_t length);
};

/*
 * Opens the interface. SMINI_EXIT_OK; SMINI_EXIT_USAGE: there is none of that
 * name, or none that captures can go to; SMINI_EXIT_INTERNAL: as things stand
 * it cannot be sent to. What is not OK was said on `errors`.
 */
int smini_wire_open(struct smini_wire *wire, const char *interface, FILE *errors);
void smini_wire_close(struct smini_wire *wire);

#endif
