/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that moved: kept until everything is in, then told with the act that ordered them, or at the device. */
#include "incident/match.h"

int32_t smini_transfer_own(struct smini_alloc *alloc, struct smini_span *const texts[3], struct smini_span *block)
{
    size_t size = texts[0]->length + texts[1]->length + texts[2]->length;
    uint8_t *at = size ? smini_alloc_get(alloc, size) : NULL;
    *block = smini_span_make(at, at ? size : 0);
    if (size > 0 && !at)
        return SMIN_E_NOMEM;
    for (int i = 0; i < 3; i++) {
        if (texts[i]->length > 0)
            memcpy(at, texts[i]->bytes, texts[i]->length);
        *texts[i] = smini_span_make(at, texts[i]->length);
        at += texts[i]->length;
    }
    return SMIN_OK;
}

static int32_t keep(struct smini_incident_set *set, const struct smini_incident_transfer *transfer, uint32_t capture)
{
    struct smini_moved moved = {.transfer = *transfer, .capture = capture};
    struct smini_span *const texts[3] = {&moved.transfer.name, &moved.transfer.protocol, &moved.transfer.type};
    moved.transfer.place.capture = NULL;
    if (smini_transfer_own(set->alloc, texts, &moved.texts) != SMIN_OK)
        return SMIN_E_NOMEM;
    struct smini_moved *slot = smini_list_add(&set->transfers, set->alloc, sizeof(*slot));
    if (slot)
        *slot = moved;
    else
        smini_set_release(set->alloc, moved.texts);
    return slot ? SMIN_OK : SMIN_E_NOMEM;
}

/*
 * There is no more room: what was commanded is told now, and the earlier half of what nobody has ordered is forgotten.
 * In the order of time commands come first.
 */
static int32_t settle(struct smini_incident_set *set)
{
    struct smini_list index = {NULL, 0, 0};
    struct smini_moved *moved = set->transfers.items;
    uint32_t kept = 0, half = set->transfers.count / 2;
    int32_t status = smini_match_index(set, &index);
    for (uint32_t i = 0; i < set->transfers.count; i++) {
        struct smini_match match = {.act = NULL};
        if (status == SMIN_OK)
            match = smini_match_find(set, &index, &moved[i].transfer);
        bool ordered = match.act && match.fit == SMINI_FIT_EXACT && !match.early;
        if (ordered)
            status = smini_transfer_tell(set, match.act, &moved[i], match.fit, match.early);
        else if (i < half)
            (void)smini_set_note(set, SMIN_E_LIMIT);
        if (!ordered && i >= half)
            moved[kept++] = moved[i];
        else
            smini_set_release(set->alloc, moved[i].texts);
    }
    set->transfers.count = kept;
    smini_match_free(set, &index);
    return status;
}

int32_t smini_take_transfer(struct smini_incident_set *set, const struct smini_incident_transfer *transfer)
{
    uint32_t capture;
    int32_t status = smini_set_intern(set, transfer->place.capture, &capture);
    if (status == SMIN_OK && set->transfers.count > 0 && set->transfers.count >= set->options.transfers_max)
        status = settle(set);
    if (status == SMIN_OK)
        status = keep(set, transfer, capture);
    return status == SMIN_OK ? status : smini_set_note(set, status);
}

void smini_transfers_free(struct smini_incident_set *set)
{
    struct smini_moved *moved = set->transfers.items;
    struct smini_span *texts = set->texts.items;
    for (uint32_t i = 0; i < set->transfers.count; i++)
        smini_set_release(set->alloc, moved[i].texts);
    for (uint32_t i = 0; i < set->texts.count; i++)
        smini_set_release(set->alloc, texts[i]);
    smini_list_free(&set->transfers, set->alloc, sizeof(*moved));
    smini_list_free(&set->texts, set->alloc, sizeof(*texts));
}

/* A configuration or an image: what nobody moves to or from a device of Smart Install without a reason. */
static bool is_of_interest(const struct smini_incident_transfer *transfer)
{
    static const char *const types[] = {"ios-config", "ios-commands", "image-list", "tar", "elf"};
    bool moved = transfer->size > 0 && transfer->state != SMINI_TRANSFER_REFUSED;
    for (size_t i = 0; moved && i < sizeof(types) / sizeof(types[0]); i++)
        if (smini_span_equal(transfer->type, smini_span_text(types[i])))
            return true;
    return false;
}

/*
 * Nobody was seen to order it, so that nobody can be called its actor: autoinstall, a backup by hand and a command that
 * was not captured look alike. It is told as evidence at the device, when that is known to take part in Smart Install.
 */
static int32_t note_unordered(struct smini_incident_set *set, const struct smini_moved *moved)
{
    const struct smini_incident_transfer *transfer = &moved->transfer;
    const struct smini_incident_address *ends[2] = {&transfer->client, &transfer->server};
    if (!is_of_interest(transfer))
        return SMIN_OK;
    struct smini_incident_place place = transfer->place;
    place.capture = smini_set_capture(set, moved->capture);
    for (int end = 0; end < 2; end++) {
        bool sends = transfer->to_server == (end == 0);
        struct smini_device_claim claim = {
            .evidence = sends ? "sent, without a command that was seen, a file of the type"
                              : "was sent, without a command that was seen, a file of the type",
            .name = transfer->type};
        if (smini_device_takes_part(set, ends[end]) &&
            smini_device_note(set, ends[end], &claim, &place) == SMIN_E_NOMEM)
            return SMIN_E_NOMEM;
    }
    return SMIN_OK;
}

int32_t smini_transfers_apply(struct smini_incident_set *set)
{
    struct smini_list index = {NULL, 0, 0};
    struct smini_moved *moved = set->transfers.items;
    int32_t status = set->transfers.count ? smini_match_index(set, &index) : SMIN_OK;
    for (uint32_t i = 0; i < set->transfers.count && status == SMIN_OK; i++) {
        struct smini_match match = smini_match_find(set, &index, &moved[i].transfer);
        status = match.act ? smini_transfer_tell(set, match.act, &moved[i], match.fit, match.early)
                           : note_unordered(set, &moved[i]);
    }
    smini_match_free(set, &index);
    return status;
}
