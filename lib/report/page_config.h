/* SPDX-License-Identifier: BSD-2-Clause */
/* Showing lines of device configurations. */
#ifndef SMINI_PAGE_CONFIG_H
#define SMINI_PAGE_CONFIG_H

#include "device/ios_text.h"
#include "report/page_parts.h"

enum { SMINI_PAGE_TEXTS_MAX = 40 };

/* A text that left or reached a device. */
struct smini_shown_text {
    const struct smini_incident *incident; /* NULL, as is `file`: no order for it was seen */
    const struct smini_incident_file *file;
    const struct smini_page_file *kept;
    enum smini_ios_kind kind;
};

/* An item of a list of lines; `class` is ours, and empty or ends the way a class of the style sheet does. */
void smini_piece_config_line(struct smini_html *html, const struct smini_ios_line *line, const char *class);

/* Where a device lost a configuration and was given one: what differs. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_page_differences(struct smini_page_work *work, const struct smini_shown_text *texts, uint32_t count);

#endif
