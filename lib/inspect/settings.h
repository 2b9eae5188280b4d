/* SPDX-License-Identifier: BSD-2-Clause */
/* The settings of an instance, by name, with their defaults and bounds. */
#ifndef SMINI_SETTINGS_H
#define SMINI_SETTINGS_H

#include "decode/decode.h"
#include "smin/abi.h"

struct smini_settings {
    struct smini_decode_limits decode;
    uint64_t thread_bytes_max; /* memory of one thread and its flows; 0: no limit */
    uint64_t file_bytes;       /* of a file's beginning, that rules on its contents look at */
    uint64_t plain_matcher;    /* non-zero: never Hyperscan */
    uint64_t rule_profile;     /* non-zero: count what each rule costs */
};

void smini_settings_default(struct smini_settings *settings);

/* SMIN_OK; SMIN_E_NOT_FOUND: unknown name; SMIN_E_MISUSE: value out of bounds or no number. */
int32_t smini_settings_read(struct smini_settings *settings, const struct smin_config *config);

#endif
