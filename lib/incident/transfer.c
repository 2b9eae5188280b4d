/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that moved: kept until everything is in, then told with the act that ordered them, or at the device. */
#include "incident/match.h"

int32_t smini_incident_add_transfer(struct smini_incident_set *set, const struct smini_incident_transfer *transfer)
{
    uint32_t capture;
    int32_t status = smini_set_intern(set, transfer->place.capture, &capture);
    if (status == SMIN_OK && set->transfers.count >= set->options.incidents_max)
        status = SMIN_E_LIMIT;
    if (status != SMIN_OK)
        return smini_set_note(set, status);
    uint8_t *name = transfer->name.length ? smini_alloc_get(set->alloc, transfer->name.length) : NULL;
    if (transfer->name.length && !name)
        return smini_set_note(set, SMIN_E_NOMEM);
    struct smini_moved *moved = smini_list_add(&set->transfers, set->alloc, sizeof(*moved));
    if (!moved) {
        smini_alloc_free(set->alloc, name, transfer->name.length);
        return smini_set_note(set, SMIN_E_NOMEM);
    }
    if (name)
        memcpy(name, transfer->name.bytes, transfer->name.length);
    moved->transfer = *transfer;
    moved->transfer.name = smini_span_make(name, transfer->name.length);
    moved->transfer.place.capture = NULL;
    moved->capture = capture;
    return SMIN_OK;
}

void smini_transfers_free(struct smini_incident_set *set)
{
    struct smini_moved *moved = set->transfers.items;
    for (uint32_t i = 0; i < set->transfers.count; i++) {
        union {
            const uint8_t *given;
            void *ours;
        } name = {.given = moved[i].transfer.name.bytes};
        smini_alloc_free(set->alloc, name.ours, moved[i].transfer.name.length);
    }
    smini_list_free(&set->transfers, set->alloc, sizeof(*moved));
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
