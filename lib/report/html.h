/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Markup into a small buffer that is handed on when it is full. The first
 * failure stays; after it nothing more is written.
 *
 * Two kinds of text: ours, which is written in the source or made of numbers,
 * and foreign, which came from the network. Foreign text has one way in, the
 * functions named after it.
 */
#ifndef SMINI_HTML_H
#define SMINI_HTML_H

#include "report/page.h"

enum { SMINI_HTML_BUFFER = 16384, SMINI_HTML_FORM_MAX = 1024 };

struct smini_html {
    const struct smini_page_sink *sink;
    int32_t status; /* SMIN_OK, SMIN_E_IO, SMIN_E_NOMEM */
    size_t length;
    uint8_t buffer[SMINI_HTML_BUFFER];
};

void smini_html_flush(struct smini_html *html);

/* As it stands. */
void smini_html_bytes(struct smini_html *html, struct smini_span bytes);
void smini_html_raw(struct smini_html *html, const char *markup);

/* Markup with numbers and texts of ours in it; at most SMINI_HTML_FORM_MAX bytes. */
void smini_html_form(struct smini_html *html, const char *form, ...) __attribute__((format(printf, 2, 3)));

/* "1,234,567" */
void smini_html_number(struct smini_html *html, uint64_t value);
/* "1 file", "2 files" */
void smini_html_count(struct smini_html *html, uint64_t count, const char *one, const char *many);
/* "2,345 bytes", "98.7 MB (98,700,123 bytes)" */
void smini_html_size(struct smini_html *html, uint64_t bytes);
void smini_html_hex(struct smini_html *html, const uint8_t *bytes, size_t length);
void smini_html_address(struct smini_html *html, const struct smini_incident_address *address);
/* "2026-01-02 03:04:05.678 UTC" in a time element */
void smini_html_time(struct smini_html *html, uint64_t time_ns);
/* "2 h 5 min", the two greatest units */
void smini_html_duration(struct smini_html *html, uint64_t span_ns);

/*
 * Foreign text, in an element of its own: escaped, control characters and what
 * steers the direction of text made visible, secrets masked, cut after `most`
 * bytes with the cut told.
 */
void smini_html_foreign(struct smini_html *html, struct smini_span text, size_t most);
/* A name or sentence of the user's side, which holds no secret of the network: escaped and made visible alike. */
void smini_html_own(struct smini_html *html, const char *text);
/* Foreign text without elements, for attributes, titles and the texts of pictures. */
void smini_html_foreign_plain(struct smini_html *html, struct smini_span text, size_t most);
/* At most `columns` characters of it on one line, cut with an ellipsis: for pictures. */
void smini_html_foreign_columns(struct smini_html *html, struct smini_span text, uint32_t columns);
/* A path relative to the page, as the value of href. */
void smini_html_link_target(struct smini_html *html, const char *path);

/* Escaped and made visible, nothing masked, nothing cut: for parts that were looked at before. */
void smini_html_visible(struct smini_html *html, struct smini_span text, bool elements);

#endif
