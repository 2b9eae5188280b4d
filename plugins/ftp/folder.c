/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/folder.h"

void smini_ftp_text_free(struct smin_thread *thread, struct smini_ftp_text *text)
{
    smini_alloc_free(&thread->alloc, text->bytes, text->length);
    *text = (struct smini_ftp_text){.length = 0};
}

/* Folder, slash, name: as much of them as is kept. */
static int32_t make(struct smin_thread *thread, struct smini_ftp_text *text, struct smini_span folder, bool slash,
                    struct smini_span name, uint32_t most)
{
    size_t length = folder.length + slash + name.length;
    size_t kept = length < most ? length : most;
    uint8_t *bytes = kept > 0 ? smini_alloc_get(&thread->alloc, kept) : NULL;
    if (!bytes && kept > 0)
        return SMIN_E_NOMEM;
    size_t first = folder.length < kept ? folder.length : kept;
    if (first > 0)
        memcpy(bytes, folder.bytes, first);
    if (slash && first < kept)
        bytes[first++] = '/';
    if (first < kept)
        memcpy(bytes + first, name.bytes, kept - first);
    smini_ftp_text_free(thread, text);
    *text = (struct smini_ftp_text){.bytes = bytes, .length = (uint32_t)kept, .cut = kept < length};
    return SMIN_OK;
}

int32_t smini_ftp_text_set(struct smin_thread *thread, struct smini_ftp_text *text, struct smini_span value,
                           uint32_t most)
{
    return make(thread, text, value, false, smini_span_make(NULL, 0), most);
}

int32_t smini_ftp_text_join(struct smin_thread *thread, struct smini_ftp_text *text,
                            const struct smini_ftp_text *folder, struct smini_span name)
{
    struct smini_span where = smini_ftp_text_span(folder);
    bool absolute = name.length > 0 && name.bytes[0] == '/';
    if (absolute || where.length == 0)
        return smini_ftp_text_set(thread, text, name, SMINI_FTP_NAME_BYTES);
    bool cut = folder->cut;
    int32_t status = make(thread, text, where, where.bytes[where.length - 1] != '/', name, SMINI_FTP_NAME_BYTES);
    if (status == SMIN_OK)
        text->cut |= cut;
    return status;
}

int32_t smini_ftp_text_up(struct smin_thread *thread, struct smini_ftp_text *folder)
{
    struct smini_span where = smini_ftp_text_span(folder);
    size_t end = where.length;
    while (end > 0 && where.bytes[end - 1] != '/')
        end--;
    struct smini_span last = smini_span_part(where, end, where.length);
    struct smini_span up = smini_span_text("..");
    if (where.length == 0)
        return smini_ftp_text_set(thread, folder, up, SMINI_FTP_NAME_BYTES);
    if (smini_span_equal(last, up))
        return smini_ftp_text_join(thread, folder, folder, up);
    return smini_ftp_text_set(thread, folder, smini_span_part(where, 0, end > 1 ? end - 1 : end), SMINI_FTP_NAME_BYTES);
}

uint64_t smini_ftp_text_digest(const struct smini_ftp_text *text)
{
    uint64_t state = 0xcbf29ce484222325u;
    for (uint32_t i = 0; i < text->length; i++)
        state = (state ^ text->bytes[i]) * 0x100000001b3u;
    return state;
}
