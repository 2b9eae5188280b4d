/* SPDX-License-Identifier: BSD-2-Clause */
/* What a transfer says about the act that ordered it. */
#include "incident/match.h"

bool smini_act_moves_files(const struct smini_act *act)
{
    return act->incident.verdict >= SMINI_VERDICT_CONFIG_EXFILTRATION ||
           act->incident.verdict == SMINI_VERDICT_DIRECTOR_ACTIVITY;
}

bool smini_act_suits(const struct smini_act *act, bool leaves_device)
{
    switch (act->incident.verdict) {
    case SMINI_VERDICT_CONFIG_EXFILTRATION: return leaves_device;
    case SMINI_VERDICT_CONFIG_REPLACEMENT:
    case SMINI_VERDICT_IMAGE_REPLACEMENT: return !leaves_device;
    default: return true;
    }
}

/* A list of images is no image: what it names has to come too. */
static bool is_list(const struct smini_act *act, const struct smini_incident_transfer *transfer)
{
    return act->incident.verdict == SMINI_VERDICT_IMAGE_REPLACEMENT &&
           (smini_span_equal(transfer->type, smini_span_text("image-list")) ||
            smini_span_equal(transfer->type, smini_span_text("text")));
}

static void say_what(struct smini_phrase *phrase, const char *verb, const struct smini_incident_transfer *transfer)
{
    smini_phrase_begin(phrase);
    smini_phrase_say(phrase, verb);
    smini_phrase_add(phrase, transfer->name.length ? transfer->name : smini_span_text("a file without a name"));
    smini_phrase_say(phrase, " over ");
    smini_phrase_add(phrase, transfer->protocol);
}

static void say_bytes(struct smini_phrase *phrase, const struct smini_incident_transfer *transfer)
{
    smini_phrase_say(phrase, ", ");
    smini_phrase_number(phrase, transfer->size);
    smini_phrase_say(phrase, transfer->size == 1 ? " byte" : " bytes");
}

/* Nothing moved, as far as is known. */
static void judge_nothing(struct smini_act *act, const struct smini_incident_transfer *transfer, bool is_server,
                          bool leaves, struct smini_phrase *phrase)
{
    say_what(phrase, is_server ? "the device was asked for " : leaves ? "the device offered " : "the device asked for ",
             transfer);
    if (transfer->state == SMINI_TRANSFER_REFUSED) {
        smini_phrase_say(phrase, ": refused");
        act->transfer_refused = true;
    } else {
        smini_phrase_say(phrase, ": what came of it was not seen");
        act->transfer_unknown = true;
    }
}

static void judge_end(struct smini_act *act, const struct smini_incident_transfer *transfer, bool leaves,
                      struct smini_phrase *phrase)
{
    if (transfer->state == SMINI_TRANSFER_TRUNCATED) {
        smini_phrase_say(phrase, ", and its end was not seen");
        act->transfer_unknown = true;
    } else if (transfer->state == SMINI_TRANSFER_UNCONFIRMED && !leaves) {
        smini_phrase_say(phrase, ", all of it; that the device has the last of it was not seen");
        act->transfer_unknown = true;
    } else if (!smini_act_suits(act, leaves)) {
        smini_phrase_say(phrase, ", whole; not what the incident is about");
    } else if (is_list(act, transfer)) {
        smini_phrase_say(phrase, ", whole: a list of images, not the image itself");
        act->transfer_list = true;
    } else {
        smini_phrase_say(phrase, ", whole");
        act->transfer_whole = true;
    }
}

static void judge(struct smini_act *act, const struct smini_incident_transfer *transfer, bool is_server, bool leaves,
                  struct smini_phrase *phrase)
{
    bool nothing = transfer->state == SMINI_TRANSFER_TRUNCATED && transfer->size == 0 && transfer->gap_bytes == 0;
    if (transfer->state == SMINI_TRANSFER_REFUSED || nothing) {
        judge_nothing(act, transfer, is_server, leaves, phrase);
        return;
    }
    say_what(phrase, is_server ? leaves ? "the device gave away " : "the device was given "
                     : leaves  ? "the device sent "
                               : "the device fetched ",
             transfer);
    say_bytes(phrase, transfer);
    judge_end(act, transfer, leaves, phrase);
    if (transfer->gap_bytes == 0)
        return;
    smini_phrase_say(phrase, "; ");
    smini_phrase_number(phrase, transfer->gap_bytes);
    smini_phrase_say(phrase, " bytes more are not in the capture");
}

/* Nothing in it can be read, not even its name. */
static int32_t tell_sealed(struct smini_incident_set *set, struct smini_act *act, const struct smini_moved *moved)
{
    const struct smini_incident_transfer *transfer = &moved->transfer;
    struct smini_phrase phrase;
    smini_phrase_begin(&phrase);
    smini_phrase_say(&phrase, "an encrypted transfer of ");
    smini_phrase_number(&phrase, transfer->size);
    smini_phrase_say(&phrase, transfer->size == 1 ? " byte between " : " bytes between ");
    smini_phrase_address(&phrase, &transfer->client);
    smini_phrase_say(&phrase, " and ");
    smini_phrase_address(&phrase, &transfer->server);
    smini_phrase_say(&phrase, " was seen; its contents are unknown");
    smini_phrase_place(&phrase, smini_set_capture(set, moved->capture), transfer->place.packet);
    act->transfer_unknown = true;
    if (transfer->end_ns > act->incident.last_ns)
        act->incident.last_ns = transfer->end_ns;
    return smini_act_reason(set, act, &phrase) == SMIN_E_NOMEM ? SMIN_E_NOMEM : SMIN_OK;
}

static int32_t say_only(struct smini_incident_set *set, struct smini_act *act, const struct smini_moved *moved,
                        const char *text)
{
    struct smini_phrase phrase;
    smini_phrase_begin(&phrase);
    smini_phrase_say(&phrase, "a file of the name that was commanded, ");
    smini_phrase_add(&phrase, moved->transfer.name);
    smini_phrase_say(&phrase, text);
    smini_phrase_place(&phrase, smini_set_capture(set, moved->capture), moved->transfer.place.packet);
    return smini_act_reason(set, act, &phrase) == SMIN_E_NOMEM ? SMIN_E_NOMEM : SMIN_OK;
}

static int32_t note_flow(struct smini_incident_set *set, struct smini_act *act, const struct smini_moved *moved)
{
    const struct smini_incident_transfer *transfer = &moved->transfer;
    struct smini_incident_flow_reference flow = {.capture = smini_set_capture(set, moved->capture),
                                                 .flow_id = transfer->flow_id,
                                                 .time_ns = transfer->place.time_ns,
                                                 .packet = transfer->place.packet,
                                                 .kind = SMINI_EVIDENCE_TRANSFER,
                                                 .client = transfer->client,
                                                 .server = transfer->server,
                                                 .client_port = transfer->client_port,
                                                 .server_port = transfer->server_port};
    return smini_act_flow(set, act, &flow);
}

int32_t smini_transfer_tell(struct smini_incident_set *set, struct smini_act *act, const struct smini_moved *moved,
                            enum smini_fit fit, bool early)
{
    const struct smini_incident_transfer *transfer = &moved->transfer;
    struct smini_phrase phrase;
    if (early && transfer->state == SMINI_TRANSFER_SEALED)
        return SMIN_OK; /* administrators come and go over SSH */
    if (note_flow(set, act, moved) == SMIN_E_NOMEM)
        return SMIN_E_NOMEM;
    if (early)
        return say_only(set, act, moved, ", moved before it was commanded: that proves nothing");
    if (fit != SMINI_FIT_EXACT) {
        act->transfer_unknown = true;
        return say_only(set, act, moved, fit == SMINI_FIT_FAMILY
                                             ? ", moved over another version of IP than the command speaks of: "
                                               "whether it is the same file is not known"
                                             : ", moved between other addresses than were named: "
                                               "whether it is the same file is not known");
    }
    if (transfer->state == SMINI_TRANSFER_SEALED)
        return tell_sealed(set, act, moved);
    bool is_server = smini_address_compare(&act->incident.device, &transfer->server) == 0;
    bool leaves = is_server != transfer->to_server;
    judge(act, transfer, is_server, leaves, &phrase);
    smini_phrase_place(&phrase, smini_set_capture(set, moved->capture), transfer->place.packet);
    if (leaves && transfer->has_digest && transfer->gap_bytes == 0 &&
        (transfer->state == SMINI_TRANSFER_CLOSED || transfer->state == SMINI_TRANSFER_UNCONFIRMED)) {
        act->has_file_md5 = true;
        memcpy(act->file_md5, transfer->md5, sizeof(act->file_md5));
    }
    if (transfer->end_ns > act->incident.last_ns)
        act->incident.last_ns = transfer->end_ns;
    if (smini_act_reason(set, act, &phrase) == SMIN_E_NOMEM)
        return SMIN_E_NOMEM;
    if (transfer->state == SMINI_TRANSFER_REFUSED)
        return SMIN_OK; /* there is no file */
    return smini_act_file(set, act, moved) == SMIN_E_NOMEM ? SMIN_E_NOMEM : SMIN_OK;
}

int32_t smini_transfer_compare(struct smini_incident_set *set, struct smini_act *act)
{
    struct smini_phrase phrase;
    if (!act->has_file_md5 || !act->has_reported_md5)
        return SMIN_OK;
    smini_phrase_begin(&phrase);
    if (memcmp(act->file_md5, act->reported_md5, sizeof(act->file_md5)) == 0)
        smini_phrase_say(&phrase, "the MD5 that the device reported for its startup-config is that of the file that left it");
    else
        smini_phrase_say(&phrase, "the MD5 that the device reported for its startup-config is not that of the file that left it: "
                                  "another file, or another configuration");
    return smini_act_reason(set, act, &phrase) == SMIN_E_NOMEM ? SMIN_E_NOMEM : SMIN_OK;
}

enum smini_outcome smini_act_outcome(const struct smini_act *act)
{
    if (act->confirmed || act->transfer_whole)
        return SMINI_OUTCOME_SUCCEEDED;
    if (act->transfer_refused && !act->transfer_unknown)
        return SMINI_OUTCOME_FAILED;
    if (act->flow_answered)
        return SMINI_OUTCOME_ANSWERED;
    if (act->flow_unknown || act->transfer_unknown || act->transfer_list)
        return SMINI_OUTCOME_UNKNOWN;
    if (act->flow_quiet)
        return SMINI_OUTCOME_ATTEMPTED;
    return act->flow_refused ? SMINI_OUTCOME_FAILED : SMINI_OUTCOME_UNKNOWN;
}
