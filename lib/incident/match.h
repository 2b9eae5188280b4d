/* SPDX-License-Identifier: BSD-2-Clause */
/* Which act does a transfer belong to? Linear in both: acts are looked up, and few of them looked at. */
#ifndef SMINI_MATCH_H
#define SMINI_MATCH_H

#include "incident/internal.h"

/* How well a transfer fits, worst first. */
enum smini_fit {
    SMINI_FIT_NONE,
    SMINI_FIT_FAMILY,  /* the name fits; it moved over the other version of IP than the command spoke of */
    SMINI_FIT_ADDRESS, /* the name fits, one end does not */
    SMINI_FIT_EXACT    /* device, other end and name are those of the command */
};

struct smini_match {
    struct smini_act *act; /* NULL: none, or several could be meant */
    enum smini_fit fit;
    bool early; /* it moved before it was commanded */
};

/* What all acts order, sorted. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_match_index(struct smini_incident_set *set, struct smini_list *index);
void smini_match_free(struct smini_incident_set *set, struct smini_list *index);
struct smini_match smini_match_find(struct smini_incident_set *set, const struct smini_list *index,
                                    const struct smini_incident_transfer *transfer);

/* outcome.c: what one transfer means for the act. `early`: it moved before it was ordered. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_transfer_tell(struct smini_incident_set *set, struct smini_act *act, const struct smini_moved *moved,
                            enum smini_fit fit, bool early);

#endif
