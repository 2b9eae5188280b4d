/* SPDX-License-Identifier: BSD-2-Clause */
/* The folder of --rule-cache: compiled rules from one run to the next. */
#ifndef SMINI_RULE_CACHE_H
#define SMINI_RULE_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct smini_rule_cache {
    int folder; /* -1: there is none */
    uint8_t *loaded; /* what was read last */
    uint64_t read, written;
};

/* Opens the folder, made for its owner alone when it is not there. Trouble is said on `errors`; then nothing is cached. */
void smini_rule_cache_open(struct smini_rule_cache *cache, const char *path, FILE *errors);
void smini_rule_cache_close(struct smini_rule_cache *cache);

/* As in smin.cache/1. */
int32_t smini_rule_cache_load(struct smini_rule_cache *cache, const char *key, const uint8_t **bytes,
                              uint64_t *length);
int32_t smini_rule_cache_store(struct smini_rule_cache *cache, const char *key, const uint8_t *bytes,
                               uint64_t length);

#endif
