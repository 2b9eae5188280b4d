/* SPDX-License-Identifier: BSD-2-Clause */
/* An inspector that is accepted as it is, for tests to spoil. */
#ifndef SAMPLE_INSPECTOR_H
#define SAMPLE_INSPECTOR_H

#include "smin/abi.h"

/* Two of each; the copies belong to the caller, the texts are static. */
struct sample {
    struct smin_inspector inspector;
    struct smin_field_desc fields[2];
    struct smin_event_desc events[2];
    struct smin_message_desc messages[2];
    uint16_t ports[2];
};

void sample_make(struct sample *sample);

#endif
