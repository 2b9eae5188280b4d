/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes a capture of transfers, all at the same time: usage: transfer
 * tftp|http|ftp TRANSFERS BLOCKS BLOCK-BYTES. Written to standard output; the
 * contents of every file are the same, three bytes longer than its blocks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "transfer_packet.h"

static const struct {
    const char *name;
    void (*make)(const struct transfer_plan *plan);
} protocols[] = {{"tftp", transfer_tftp}, {"http", transfer_http}, {"ftp", transfer_ftp}};

int main(int argc, char **argv)
{
    struct transfer_plan plan = {.transfers = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 0,
                                 .blocks = argc > 3 ? strtoull(argv[3], NULL, 10) : 0,
                                 .block_bytes = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 0};
    for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
        if (argc != 5 || strcmp(argv[1], protocols[i].name) != 0 || plan.transfers == 0 ||
            plan.transfers > TRANSFERS_MOST || plan.block_bytes < 8 || plan.block_bytes > BLOCK_MOST)
            continue;
        transfer_begin();
        protocols[i].make(&plan);
        return fflush(stdout) == 0 ? 0 : 1;
    }
    fputs("usage: transfer tftp|http|ftp TRANSFERS BLOCKS BLOCK-BYTES\n", stderr);
    return 2;
}
