/* SPDX-License-Identifier: BSD-2-Clause */
/* What an IOS command does to the configuration, read as IOS reads it: case, spacing, abbreviated keywords. */
#ifndef SMINI_DECODE_COMMAND_H
#define SMINI_DECODE_COMMAND_H

#include "base/span.h"

/* From harmless to grave; of several lines in one slot the gravest counts. */
enum smini_command_effect {
    SMINI_COMMAND_EMPTY = 0,       /* no word in it that a client could take for a command */
    SMINI_COMMAND_PREPARES = 1,    /* a configuration is copied within the client, nothing foreign comes in */
    SMINI_COMMAND_EXFILTRATES = 2, /* a configuration leaves */
    SMINI_COMMAND_SERVES = 3,      /* it is put up for anybody to fetch */
    SMINI_COMMAND_REPLACES_CONFIG = 4,
    SMINI_COMMAND_REPLACES_IMAGE = 5,
    SMINI_COMMAND_EXECUTES = 6 /* runs, deletes or reconfigures; also everything that is not known */
};

/*
 * `prepared`: an earlier command of the same message copied a configuration to
 * a local file, so that sending any local file may send that.
 */
enum smini_command_effect smini_command_effect(struct smini_span command, bool prepared);

/* The file that a command names without a URL ("flash:/config.text" gives "config.text"); empty when none. */
struct smini_span smini_command_file(struct smini_span command);

/* The file that a command puts up for anybody to fetch ("tftp-server nvram:startup-config"); empty when none. */
struct smini_span smini_command_served(struct smini_span command);

/*
 * True when three commands are exactly a director's rotation of backup files
 * (REV2 to a temporary file, startup-config to REV2, that file to REV1), all
 * for one host name, one MAC address and one repository.
 */
bool smini_command_is_rotation(const struct smini_span commands[3]);

/* True when each of these commands is one of that rotation, all for one backup: what is left of it when bytes were lost. */
bool smini_command_is_rotation_part(const struct smini_span *commands, uint32_t count);

/* True when `text` begins with a command that this file knows, abbreviated or not. */
bool smini_command_known(struct smini_span text);

#endif
