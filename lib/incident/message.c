/* SPDX-License-Identifier: BSD-2-Clause */
/* A message comes in: which acts does it belong to, what does it say about the device? */
#include "incident/internal.h"

struct reading {
    const struct smini_incident_message *message;
    const struct smini_message_kind *kind;
    const struct smini_incident_address *sender, *receiver;
    uint32_t capture;
    uint32_t flow;
    bool has[SMINI_VERDICT_OVERFLOW_ATTEMPT + 1];
    bool rotation;
    bool misplaced; /* sent by the side that does not speak so */
};

static void read_events(struct reading *reading)
{
    const struct smini_incident_message *message = reading->message;
    for (uint32_t i = 0; i < message->event_count; i++) {
        const struct smini_event_word *word = smini_words_event(message->events[i]);
        if (word)
            reading->has[word->verdict] = true;
        if (smini_span_equal(message->events[i], smini_span_text("director_backup")))
            reading->rotation = true;
        if (smini_span_equal(message->events[i], smini_span_text("role_unexpected")))
            reading->misplaced = true;
    }
    reading->has[SMINI_VERDICT_NONE] = false;
}

/* Every message belongs to something: a command to its verdicts, the rest to what explains it least harmfully. */
static void complete_verdicts(struct reading *reading)
{
    bool commanded = false;
    for (int v = SMINI_VERDICT_CONFIG_EXFILTRATION; v <= SMINI_VERDICT_OVERFLOW_ATTEMPT; v++)
        commanded |= reading->has[v];
    bool probe = strcmp(reading->kind->name, "capabilities_request") == 0;
    if (commanded || probe)
        reading->has[SMINI_VERDICT_MALFORMED] = false;
    if (probe && !commanded)
        reading->has[SMINI_VERDICT_PROBE] = true;
    if (!commanded && !probe && !reading->has[SMINI_VERDICT_MALFORMED])
        reading->has[SMINI_VERDICT_DIRECTOR_ACTIVITY] = true;
}

static enum smini_trust trust_in(const struct smini_incident_set *set, const struct smini_incident_address *actor)
{
    if (set->options.director_count == 0)
        return SMINI_TRUST_UNKNOWN;
    return smini_incident_in_networks(actor, set->options.directors, set->options.director_count) ? SMINI_TRUST_YES
                                                                                                 : SMINI_TRUST_NO;
}

/* A host that is a name cannot be compared with addresses, so it is not listed either. */
static bool leads_outside(const struct smini_incident_set *set, const struct smini_incident_message *message)
{
    if (set->options.file_server_count == 0)
        return false;
    for (uint32_t i = 0; i < message->url_count; i++) {
        struct smini_span host = smini_url_host(message->urls[i]);
        struct smini_incident_address address;
        if (host.length > 0 && (smini_incident_address_parse(host, &address) != SMIN_OK ||
                                !smini_incident_in_networks(&address, set->options.file_servers,
                                                            set->options.file_server_count)))
            return true;
    }
    return false;
}

static int32_t say_message(struct smini_incident_set *set, struct smini_act *act, const struct reading *reading)
{
    const struct smini_incident_message *message = reading->message;
    struct smini_phrase phrase;
    smini_phrase_begin(&phrase);
    smini_phrase_say(&phrase, reading->kind->name);
    for (uint32_t i = 0; i < message->command_count; i++) {
        smini_phrase_say(&phrase, i ? "; " : ": ");
        smini_phrase_add(&phrase, message->commands[i]);
    }
    for (uint32_t i = 0; message->command_count == 0 && i < message->url_count; i++) {
        smini_phrase_say(&phrase, i ? "; " : " of ");
        smini_phrase_add(&phrase, message->urls[i]);
    }
    if (message->reading != 0)
        smini_phrase_say(&phrase, message->reading == 1 ? ", as the first copies of overlapping bytes read"
                                                        : ", as the last copies of overlapping bytes read");
    smini_phrase_place(&phrase, message->place.capture, message->place.packet);
    return smini_act_reason(set, act, &phrase);
}

static int32_t say(struct smini_incident_set *set, struct smini_act *act, const struct smini_incident_place *place,
                   const char *text, struct smini_span more)
{
    struct smini_phrase phrase;
    smini_phrase_begin(&phrase);
    smini_phrase_say(&phrase, text);
    smini_phrase_add(&phrase, more);
    smini_phrase_place(&phrase, place->capture, place->packet);
    return smini_act_reason(set, act, &phrase);
}

static int32_t tell(struct smini_incident_set *set, struct smini_act *act, const struct reading *reading)
{
    const struct smini_incident_message *message = reading->message;
    struct smini_span nothing = smini_span_make(NULL, 0);
    /* Thousands of messages in one act: the list is full and the rest only counted. */
    if (act->incident.reasons.count >= set->options.list_max) {
        act->incident.reasons.total++;
        return smini_set_note(set, SMIN_E_LIMIT);
    }
    int32_t worst = say_message(set, act, reading);
    for (uint32_t i = 0; i < message->event_count && worst != SMIN_E_NOMEM; i++) {
        const struct smini_event_word *word = smini_words_event(message->events[i]);
        if (word && word->reason)
            worst = say(set, act, &message->place, word->reason, nothing);
    }
    if (message->tool.length > 0 && worst != SMIN_E_NOMEM)
        worst = say(set, act, &message->place, "the bytes carry constants of the tool ", message->tool);
    if (act->foreign && worst != SMIN_E_NOMEM)
        worst = say(set, act, &message->place, "a URL leads to a host that is no listed file server", nothing);
    for (uint32_t i = 0; i < message->command_count && worst != SMIN_E_NOMEM; i++)
        worst = smini_set_note(set, smini_texts_add(&act->incident.commanded, set->alloc, set->options.list_max,
                                                    message->commands[i]));
    for (uint32_t i = 0; message->command_count == 0 && i < message->url_count && worst != SMIN_E_NOMEM; i++)
        worst = smini_set_note(
            set, smini_texts_add(&act->incident.commanded, set->alloc, set->options.list_max, message->urls[i]));
    return worst;
}

/* What a listed director asks for is its work, unless it exercises a defect or leads to an unlisted server. */
static enum smini_verdict judged(const struct smini_incident_set *set, const struct reading *reading,
                                 enum smini_verdict verdict, enum smini_trust trust)
{
    if (trust != SMINI_TRUST_YES || verdict == SMINI_VERDICT_OVERFLOW_ATTEMPT || verdict == SMINI_VERDICT_MALFORMED ||
        leads_outside(set, reading->message))
        return verdict;
    return SMINI_VERDICT_DIRECTOR_ACTIVITY;
}

/* Of the events that say something the one that says the worst; of equals the first. */
static const char *gravest_event(const struct smini_incident_message *message)
{
    const struct smini_event_word *gravest = NULL;
    for (uint32_t i = 0; i < message->event_count; i++) {
        const struct smini_event_word *word = smini_words_event(message->events[i]);
        if (word && (!gravest || word->verdict > gravest->verdict))
            gravest = word;
    }
    return gravest ? gravest->name : NULL;
}

static struct smini_incident_reference refer(const struct smini_incident_set *set, const struct reading *reading)
{
    const struct smini_incident_message *message = reading->message;
    return (struct smini_incident_reference){.capture = smini_set_capture(set, reading->capture),
                                             .name = reading->kind->name,
                                             .event = gravest_event(message),
                                             .packet = message->place.packet,
                                             .time_ns = message->place.time_ns,
                                             .flow_id = message->flow_id,
                                             .offset = message->offset,
                                             .client = message->client,
                                             .server = message->server,
                                             .client_port = message->client_port,
                                             .server_port = message->server_port,
                                             .to_server = message->to_server,
                                             .from_device = reading->kind->side == SMINI_SIDE_CLIENT};
}

static int32_t join(struct smini_incident_set *set, const struct reading *reading, enum smini_verdict verdict)
{
    const struct smini_incident_message *message = reading->message;
    enum smini_trust trust = trust_in(set, reading->sender);
    uint32_t pair, index;
    int32_t status = smini_set_find_pair(set, reading->sender, reading->receiver, &pair);
    struct smini_connection *flow = (struct smini_connection *)set->flows.items + reading->flow;
    if (status == SMIN_OK)
        status = smini_act_find(set, flow, pair, judged(set, reading, verdict, trust), message->place.time_ns, &index);
    if (status != SMIN_OK)
        return smini_set_note(set, status);
    struct smini_act *act = smini_set_act(set, index);
    if (act->incident.message_total == 0 || message->place.time_ns < act->incident.first_ns) {
        act->incident.actor = *reading->sender;
        act->incident.device = *reading->receiver;
        act->incident.port = message->to_server ? message->server_port : message->client_port;
        act->incident.authorised = trust;
        act->first_flow = message->flow_id;
        act->first_offset = message->offset;
        act->began_ns = message->place.time_ns;
        act->first_name = reading->kind->name;
    }
    act->rotation &= reading->rotation;
    act->foreign |= leads_outside(set, message);
    act->support &= verdict == SMINI_VERDICT_DIRECTOR_ACTIVITY;
    if (strcmp(reading->kind->name, "backup_request") == 0) {
        act->asked_backup = true;
        if (message->place.time_ns > act->asked_ns)
            act->asked_ns = message->place.time_ns;
    }
    const struct smini_incident_reference reference = refer(set, reading);
    status = smini_act_reference(set, act, &reference);
    smini_connection_join(flow, index);
    return status == SMIN_E_NOMEM ? status : tell(set, act, reading);
}

static int32_t from_director(struct smini_incident_set *set, struct reading *reading)
{
    static const struct smini_device_claim listed = {
        .role = SMINI_ROLE_DIRECTOR, .evidence = "is a listed director and sent"};
    struct smini_device_claim receiver = {.evidence = "was sent", .name = smini_span_text(reading->kind->name)};
    int32_t worst = SMIN_OK;
    complete_verdicts(reading);
    receiver.port = reading->message->to_server ? reading->message->server_port : reading->message->client_port;
    if (reading->message->to_server && reading->has[SMINI_VERDICT_PROBE])
        ((struct smini_connection *)set->flows.items + reading->flow)->probed = true;
    for (int v = SMINI_VERDICT_DIRECTOR_ACTIVITY; v <= SMINI_VERDICT_OVERFLOW_ATTEMPT; v++) {
        int32_t status = reading->has[v] ? join(set, reading, (enum smini_verdict)v) : SMIN_OK;
        if (status < worst)
            worst = status;
    }
    int32_t status = smini_device_note(set, reading->receiver, &receiver, &reading->message->place);
    if (status == SMIN_OK && trust_in(set, reading->sender) == SMINI_TRUST_YES) {
        struct smini_device_claim sender = listed;
        sender.name = smini_span_text(reading->kind->name);
        status = smini_device_note(set, reading->sender, &sender, &reading->message->place);
    }
    return status < worst ? status : worst;
}

/* The same place of the same stream, read from other copies: when they contradict each other neither is proof. */
static void compare_readings(struct smini_incident_set *set, struct smini_confirmation *kept)
{
    enum { LOOK_BACK = 64 }; /* readings of one stream are told close together */
    struct smini_confirmation *other = kept;
    for (uint32_t i = 1; i < set->confirmations.count && i <= LOOK_BACK; i++) {
        other--;
        if (other->reference.flow_id == kept->reference.flow_id && other->reference.capture == kept->reference.capture &&
            other->reference.offset == kept->reference.offset &&
            (other->has_status != kept->has_status || other->status != kept->status))
            other->disputed = kept->disputed = true;
    }
}

static int32_t keep_confirmation(struct smini_incident_set *set, const struct reading *reading)
{
    if (set->confirmations.count >= set->options.incidents_max)
        return smini_set_note(set, SMIN_E_LIMIT);
    struct smini_confirmation *kept = smini_list_add(&set->confirmations, set->alloc, sizeof(*kept));
    if (!kept)
        return smini_set_note(set, SMIN_E_NOMEM);
    kept->device = *reading->sender;
    kept->director = *reading->receiver;
    kept->reference = refer(set, reading);
    kept->has_status = reading->message->has_status;
    kept->status = reading->message->status;
    kept->has_md5 = reading->message->has_md5;
    memcpy(kept->md5, reading->message->md5, sizeof(kept->md5));
    if (reading->message->reading != 0)
        compare_readings(set, kept);
    return SMIN_OK;
}

static bool is_capabilities(const struct smini_message_kind *kind)
{
    return strcmp(kind->name, "capabilities_response") == 0;
}

/* A capabilities response answers a capabilities request and nothing else; a status may answer anything. */
static bool is_answer_to(const struct smini_message_kind *kind, const struct smini_act *act)
{
    return !is_capabilities(kind) || smini_act_takes_capabilities(act);
}

/* An answer counts for the acts that began before it on this connection. */
static int32_t answer_acts(struct smini_incident_set *set, const struct reading *reading)
{
    const struct smini_incident_message *message = reading->message;
    struct smini_connection *flow = (struct smini_connection *)set->flows.items + reading->flow;
    int32_t worst = SMIN_OK;
    for (uint32_t i = 0; i < flow->act_count; i++) {
        struct smini_act *act = smini_set_act(set, flow->acts[i]);
        if (smini_address_compare(&act->incident.device, reading->sender) != 0 || !is_answer_to(reading->kind, act))
            continue;
        flow->answered[i] = true;
        const struct smini_incident_reference reference = refer(set, reading);
        int32_t status = smini_act_reference(set, act, &reference);
        if (status != SMIN_E_NOMEM)
            status = say(set, act, &message->place, "the device answered with ",
                         smini_span_text(reading->kind->name));
        if (status < worst)
            worst = status;
    }
    return worst;
}

static int32_t from_client(struct smini_incident_set *set, const struct reading *reading)
{
    struct smini_device_claim claim = {.role = SMINI_ROLE_CLIENT,
                                       .state = SMINI_STATE_ENABLED,
                                       .evidence = "sent",
                                       .name = smini_span_text(reading->kind->name)};
    struct smini_connection *flow = (struct smini_connection *)set->flows.items + reading->flow;
    if (reading->kind->answers)
        flow->spoke[!reading->message->to_server][is_capabilities(reading->kind)] = true;
    /* Sent by the side that opened a connection to a client, or the reverse: anybody can do that. */
    if (reading->misplaced)
        return SMIN_OK;
    if (reading->kind->answers && reading->message->to_server)
        return SMIN_OK;
    claim.port = reading->message->to_server ? 0 : reading->message->server_port;
    int32_t status = smini_device_note(set, reading->sender, &claim, &reading->message->place);
    int32_t second = reading->kind->answers ? answer_acts(set, reading) : keep_confirmation(set, reading);
    return status < second ? status : second;
}

int32_t smini_take_message(struct smini_incident_set *set, const struct smini_incident_message *message)
{
    struct reading reading = {.message = message, .kind = smini_words_kind(message->name)};
    reading.sender = message->to_server ? &message->client : &message->server;
    reading.receiver = message->to_server ? &message->server : &message->client;
    int32_t status = smini_set_intern(set, message->place.capture, &reading.capture);
    if (status == SMIN_OK)
        status = smini_connection_open(set, message, &reading.flow);
    if (status != SMIN_OK)
        return smini_set_note(set, status);
    read_events(&reading);
    enum smini_side side = reading.kind->side;
    if (side == SMINI_SIDE_UNKNOWN && message->from >= 1 && message->from <= 4)
        side = message->from <= 2 ? SMINI_SIDE_DIRECTOR : SMINI_SIDE_CLIENT;
    if (side == SMINI_SIDE_DIRECTOR)
        return from_director(set, &reading);
    if (side == SMINI_SIDE_CLIENT && reading.kind->side == SMINI_SIDE_CLIENT)
        return from_client(set, &reading);
    return SMIN_OK;
}
