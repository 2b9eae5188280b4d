/* SPDX-License-Identifier: BSD-2-Clause */
/* Flows that carry messages, from their first message to their end; and what empty or refused ones say. */
#include "incident/internal.h"

static struct smini_connection *flow_at(const struct smini_incident_set *set, uint32_t index)
{
    return (struct smini_connection *)set->flows.items + index;
}

/* A flow has one number in every capture that shows it; the ends tell apart what two engines number alike. */
static struct smini_key flow_key(uint64_t flow_id, const struct smini_incident_address *client, uint16_t client_port,
                                 const struct smini_incident_address *server, uint16_t server_port)
{
    struct smini_key key = {{0}};
    uint64_t words[4];
    memcpy(words, client->bytes, sizeof(client->bytes));
    memcpy(words + 2, server->bytes, sizeof(server->bytes));
    memcpy(key.words, words, sizeof(words));
    key.words[4] = flow_id ^ ((uint64_t)client_port << 48 | (uint64_t)server_port << 32);
    return key;
}

int32_t smini_connection_open(struct smini_incident_set *set, const struct smini_incident_message *message,
                              uint32_t *index)
{
    struct smini_key key = flow_key(message->flow_id, &message->client, message->client_port, &message->server,
                                    message->server_port);
    uint32_t found = smini_keymap_get(&set->flow_map, &key);
    if (found != SMINI_KEY_ABSENT) {
        *index = found - 1;
        return SMIN_OK;
    }
    if (set->flow_map.count >= set->options.flows_max)
        return SMIN_E_LIMIT;
    bool reuse = set->free_flow != 0;
    if (!reuse && !smini_list_add(&set->flows, set->alloc, sizeof(struct smini_connection)))
        return SMIN_E_NOMEM;
    uint32_t slot = reuse ? set->free_flow - 1 : set->flows.count - 1;
    if (smini_keymap_put(&set->flow_map, &key, slot) != SMIN_OK) {
        if (!reuse)
            set->flows.count--;
        return SMIN_E_NOMEM;
    }
    struct smini_connection *flow = flow_at(set, slot);
    if (reuse)
        set->free_flow = flow->next_free;
    memset(flow, 0, sizeof(*flow));
    flow->key = key;
    flow->used = true;
    *index = slot;
    return SMIN_OK;
}

void smini_connection_join(struct smini_connection *flow, uint32_t act)
{
    for (uint32_t i = 0; i < flow->act_count; i++)
        if (flow->acts[i] == act)
            return;
    if (flow->act_count < SMINI_FLOW_ACTS_MAX)
        flow->acts[flow->act_count++] = act;
}

/* Which side of the flow is the device of an act: it may have opened the connection itself. */
static void end_act(struct smini_act *act, const struct smini_connection *open, const struct smini_incident_flow *flow,
                    bool answered)
{
    bool is_server = smini_address_compare(&act->incident.device, &flow->server) == 0;
    uint32_t unseen = is_server ? SMINI_INCIDENT_FLOW_SERVER_UNSEEN : SMINI_INCIDENT_FLOW_CLIENT_UNSEEN;
    /*
     * An answer that is told before the question: the capture may have changed the order, and who opened
     * a connection is not sure when its beginning is not there. Not proof of an answer, but no silence either.
     */
    bool spoke = open->spoke[is_server][0] || (open->spoke[is_server][1] && smini_act_takes_capabilities(act));
    if (answered)
        act->flow_answered = true;
    else if (flow->facts & SMINI_INCIDENT_FLOW_REFUSED)
        act->flow_refused = true;
    else if ((flow->facts & (unseen | SMINI_INCIDENT_FLOW_UNFINISHED)) || flow->missing[is_server ? 1 : 0] > 0 || spoke)
        act->flow_unknown = true;
    else
        act->flow_quiet = true;
}

/* Talos' checker reads a close without a word as an active director; other services close too, so it is a hint. */
static int32_t closed_without_answer(struct smini_incident_set *set, const struct smini_incident_flow *flow)
{
    static const struct smini_device_claim claim = {
        .evidence = "closed the connection without an answer, as a director does"};
    bool closed = (flow->facts & SMINI_INCIDENT_FLOW_SERVER_CLOSED) &&
                  !(flow->facts & SMINI_INCIDENT_FLOW_BYTES_UNKNOWN) && flow->bytes[1] == 0 && flow->missing[1] == 0;
    return closed ? smini_device_note(set, &flow->server, &claim, &flow->place) : SMIN_OK;
}

static struct smini_incident_flow_reference refer(const struct smini_incident_set *set,
                                                  const struct smini_incident_flow *flow, uint32_t capture,
                                                  enum smini_evidence_kind kind)
{
    return (struct smini_incident_flow_reference){.capture = smini_set_capture(set, capture),
                                                  .flow_id = flow->flow_id,
                                                  .time_ns = flow->place.time_ns,
                                                  .packet = flow->place.packet,
                                                  .kind = kind,
                                                  .client = flow->client,
                                                  .server = flow->server,
                                                  .client_port = flow->client_port,
                                                  .server_port = flow->server_port};
}

/* The device opens a connection to whoever asked it for a backup: the report that it makes, refused or cut short. */
static struct smini_act *find_asked(struct smini_incident_set *set, const struct smini_pair *pair, uint64_t time_ns)
{
    enum { LOOK_BACK = 256 }; /* backups that one actor asked of one device, latest first */
    struct smini_act *latest = NULL;
    for (int verdict = 0; verdict < SMINI_VERDICTS; verdict++) {
        uint32_t next = pair->last_act[verdict];
        for (int looked = 0; next && looked < LOOK_BACK; looked++) {
            struct smini_act *act = smini_set_act(set, next - 1);
            next = act->older;
            if (act->asked_backup && time_ns >= act->began_ns &&
                time_ns <= act->asked_ns + set->options.confirm_window_ns &&
                (!latest || act->began_ns >= latest->began_ns))
                latest = act;
        }
    }
    return latest;
}

static int32_t called_back(struct smini_incident_set *set, const struct smini_incident_flow *flow, uint32_t capture)
{
    struct smini_key key = {{0}};
    smini_set_key_address(&key, 0, &flow->server);
    smini_set_key_address(&key, 2, &flow->client);
    uint32_t found = smini_keymap_get(&set->pair_map, &key);
    struct smini_act *act =
        found == SMINI_KEY_ABSENT ? NULL : find_asked(set, smini_set_pair(set, found - 1), flow->place.time_ns);
    if (!act)
        return SMIN_OK;
    struct smini_phrase phrase;
    smini_phrase_begin(&phrase);
    smini_phrase_say(&phrase, "the device called back to port 4786 of the actor, without a message");
    smini_phrase_place(&phrase, flow->place.capture, flow->place.packet);
    const struct smini_incident_flow_reference reference = refer(set, flow, capture, SMINI_EVIDENCE_CALLBACK);
    int32_t status = smini_act_flow(set, act, &reference);
    return status == SMIN_E_NOMEM ? status : smini_act_reason(set, act, &phrase);
}

static int32_t note_empty(struct smini_incident_set *set, const struct smini_incident_flow *flow, uint32_t capture)
{
    uint32_t pair;
    int32_t status = smini_set_find_pair(set, &flow->client, &flow->server, &pair);
    if (status != SMIN_OK)
        return smini_set_note(set, status);
    struct smini_pair *found = smini_set_pair(set, pair);
    found->empties[found->empty_count++ % SMINI_EMPTIES_MAX] = refer(set, flow, capture, SMINI_EVIDENCE_EMPTY);
    return SMIN_OK;
}

/* A flow without messages on the registered port. */
static int32_t silent_flow(struct smini_incident_set *set, const struct smini_incident_flow *flow, uint32_t capture)
{
    struct smini_device_claim claim = {.port = flow->server_port};
    if (flow->server_port != SMINI_INCIDENT_PORT)
        return SMIN_OK;
    if (called_back(set, flow, capture) == SMIN_E_NOMEM)
        return SMIN_E_NOMEM;
    if (flow->facts & SMINI_INCIDENT_FLOW_REFUSED) {
        claim.state = SMINI_STATE_CLOSED;
        claim.evidence = "refused a connection to port 4786";
        return smini_device_note(set, &flow->server, &claim, &flow->place);
    }
    /* Bytes that are no Smart Install message: some other service has the port. */
    bool nothing = !(flow->facts & SMINI_INCIDENT_FLOW_BYTES_UNKNOWN) &&
                   flow->bytes[0] + flow->bytes[1] + flow->missing[0] + flow->missing[1] == 0;
    if (!(flow->facts & SMINI_INCIDENT_FLOW_ACCEPTED) || !nothing)
        return SMIN_OK;
    claim.evidence = "accepted a connection to port 4786 that carried nothing";
    int32_t status = smini_device_note(set, &flow->server, &claim, &flow->place);
    int32_t second = note_empty(set, flow, capture);
    return status < second ? status : second;
}

int32_t smini_take_flow(struct smini_incident_set *set, const struct smini_incident_flow *flow)
{
    uint32_t capture;
    int32_t status = smini_set_intern(set, flow->place.capture, &capture);
    if (status != SMIN_OK)
        return smini_set_note(set, status);
    struct smini_key key = flow_key(flow->flow_id, &flow->client, flow->client_port, &flow->server, flow->server_port);
    uint32_t found = smini_keymap_get(&set->flow_map, &key);
    if (found == SMINI_KEY_ABSENT)
        return silent_flow(set, flow, capture);
    struct smini_connection *open = flow_at(set, found - 1);
    bool answered = false;
    for (uint32_t i = 0; i < open->act_count; i++) {
        end_act(smini_set_act(set, open->acts[i]), open, flow, open->answered[i]);
        answered |= open->answered[i];
    }
    if (open->probed && !answered)
        status = closed_without_answer(set, flow);
    smini_keymap_remove(&set->flow_map, &key);
    open->used = false;
    open->next_free = set->free_flow;
    set->free_flow = found;
    return status;
}
