/* SPDX-License-Identifier: BSD-2-Clause */
/* Stretches of a configuration whose lines are no commands: banners, certificates, keys; and macros, whose are. */
#ifndef SMINI_DEVICE_IOS_BLOCK_H
#define SMINI_DEVICE_IOS_BLOCK_H

#include "device/ios_text.h"

enum smini_ios_block {
    SMINI_IOS_BLOCK_NONE,
    SMINI_IOS_BLOCK_BANNER,      /* up to its delimiter, whatever stands in between */
    SMINI_IOS_BLOCK_CERTIFICATE, /* hexadecimal lines up to "quit" */
    SMINI_IOS_BLOCK_PEM_PUBLIC,  /* up to -----END */
    SMINI_IOS_BLOCK_PEM_PRIVATE,
    SMINI_IOS_BLOCK_KEY,  /* the lines of a key-string */
    SMINI_IOS_BLOCK_MACRO /* commands kept for later, up to "@" */
};

/* True when the line is text of the block that is open: role, parent and secrets are set, and the block ends where it does. */
bool smini_ios_block_continue(struct smini_ios_text *reader, struct smini_ios_line *line);

/* Opens the block that this command begins, if it begins one. */
void smini_ios_block_begin(struct smini_ios_text *reader, const struct smini_ios_line *line);

/* True when the line holds the beginning of a PEM block: it is text of that block itself. */
bool smini_ios_block_pem(struct smini_ios_text *reader, struct smini_ios_line *line);

#endif
