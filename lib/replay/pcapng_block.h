/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of pcapng blocks that are read. */
#ifndef SMINI_PCAPNG_BLOCK_H
#define SMINI_PCAPNG_BLOCK_H

enum {
    SMINI_BLOCK_INTERFACE = 1,
    SMINI_BLOCK_OLD_PACKET = 2,
    SMINI_BLOCK_SIMPLE = 3,
    SMINI_BLOCK_PACKET = 6,
    SMINI_BLOCK_SECTION = 0x0a0d0d0a
};

#endif
