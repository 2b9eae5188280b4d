/* SPDX-License-Identifier: BSD-2-Clause */
/* What an inspector's tables become in Snort: rule options, buffers and builtin events. Texts live as long as it does. */
#ifndef SMINI_SNORT_CATALOGUE_H
#define SMINI_SNORT_CATALOGUE_H

#include <stdbool.h>

#include "smin/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Snort makes the module of a rule option with a function of its own, without arguments: so many stand ready. */
enum { SMINI_CATALOGUE_OPTIONS_MAX = 96 };

enum smini_catalogue_kind { SMINI_CATALOGUE_NUMBER, SMINI_CATALOGUE_BUFFER };

struct smini_catalogue_option {
    const char *name; /* "smin_url": Snort's names have no dots */
    const char *help;
    uint32_t field;
    enum smini_catalogue_kind kind;
};

struct smini_catalogue_event {
    uint32_t id; /* the event's number is the sid */
    const char *text;
};

struct smini_catalogue {
    const char *protocol;
    struct smini_catalogue_option *options;
    struct smini_catalogue_event *events;
    const char **buffers; /* ended by NULL */
    uint32_t option_count;
    uint32_t event_count;
    uint32_t left_out; /* fields beyond SMINI_CATALOGUE_OPTIONS_MAX */
};

/* SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_catalogue_make(struct smini_catalogue *catalogue, const struct smin_inspector *inspector);
void smini_catalogue_free(struct smini_catalogue *catalogue);

/* Does another inspector say the same with the same numbers? Options are registered before a configuration is read. */
bool smini_catalogue_fits(const struct smini_catalogue *catalogue, const struct smin_inspector *inspector);

#ifdef __cplusplus
}
#endif

#endif
