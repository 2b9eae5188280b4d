/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of the page beside files of incidents: they know each other by their digests. */
#include <stdlib.h>

#include "report/page_parts.h"

const struct smini_page_file *smini_page_contents(const struct smini_page *page, const struct smini_incident_file *file)
{
    const struct smini_page_file *found = NULL;
    for (uint32_t i = 0; i < page->file_count && file->has_digest; i++) {
        const struct smini_page_file *kept = &page->files[i];
        if (!kept->has_digest || memcmp(kept->sha256, file->sha256, sizeof(file->sha256)) != 0)
            continue;
        if (kept->path || kept->contents.length > 0)
            return kept;
        found = found ? found : kept;
    }
    return found;
}

static int digest_order(const void *one, const void *other)
{
    return memcmp(*(const uint8_t *const *)one, *(const uint8_t *const *)other, SMINI_TRANSFER_SHA256);
}

int32_t smini_page_index_files(struct smini_page_work *work)
{
    const struct smini_page *page = work->page;
    for (uint32_t i = 0; i < page->incident_count; i++)
        work->digest_room += page->incidents[i].incident->file_count;
    if (work->digest_room == 0)
        return SMIN_OK;
    work->digests = smini_alloc_array(work->alloc, work->digest_room, sizeof(*work->digests));
    if (!work->digests)
        return SMIN_E_NOMEM;
    for (uint32_t i = 0; i < page->incident_count; i++) {
        const struct smini_incident *incident = page->incidents[i].incident;
        for (uint32_t k = 0; k < incident->file_count; k++)
            if (incident->files[k].has_digest)
                work->digests[work->digest_count++] = incident->files[k].sha256;
    }
    qsort(work->digests, work->digest_count, sizeof(*work->digests), digest_order);
    return SMIN_OK;
}

bool smini_page_belongs(const struct smini_page_work *work, const struct smini_page_file *file)
{
    const uint8_t *digest = file->sha256;
    return file->has_digest && work->digest_count > 0 &&
           bsearch(&digest, work->digests, work->digest_count, sizeof(*work->digests), digest_order);
}
