/* SPDX-License-Identifier: BSD-2-Clause */
/* Folders and names, as the commands build them: behind the folder that the login leads to, as in a URL (RFC 1738). */
#ifndef SMINI_FTP_FOLDER_H
#define SMINI_FTP_FOLDER_H

#include "ftp/state.h"

/* `text` becomes a copy of at most `most` bytes. SMIN_OK, SMIN_E_NOMEM: it is as it was. */
int32_t smini_ftp_text_set(struct smin_thread *thread, struct smini_ftp_text *text, struct smini_span value,
                           uint32_t most);

void smini_ftp_text_free(struct smin_thread *thread, struct smini_ftp_text *text);

/* `text` becomes what `name` means in `folder`. SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_ftp_text_join(struct smin_thread *thread, struct smini_ftp_text *text,
                            const struct smini_ftp_text *folder, struct smini_span name);

/* One folder up; from the folder of the login that is "..". SMIN_OK, SMIN_E_NOMEM. */
int32_t smini_ftp_text_up(struct smin_thread *thread, struct smini_ftp_text *folder);

/* FNV-1a, 64 bits: whether SIZE and RETR name the same file. */
uint64_t smini_ftp_text_digest(const struct smini_ftp_text *text);

static inline struct smini_span smini_ftp_text_span(const struct smini_ftp_text *text)
{
    return smini_span_make(text->bytes, text->length);
}

#endif
