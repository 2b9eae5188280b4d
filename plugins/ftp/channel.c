/* SPDX-License-Identifier: BSD-2-Clause */
#include "ftp/channel.h"

enum { FIRST_PLACES = 16, CONTEXT_BYTES = 8, ADDRESS_BYTES = 16 };

/* Somebody at a keyboard may think before he gives the command; with the command the time begins anew. */
#define EXPECT_LIFETIME_NS 600000000000u

static bool grow_places(struct smin_thread *thread)
{
    if (thread->place_room >= SMINI_FTP_PLACES_MAX)
        return false;
    uint32_t room = thread->place_room ? thread->place_room * 2 : FIRST_PLACES;
    struct smini_ftp_place *places =
        smini_alloc_grow(&thread->alloc, thread->places, thread->place_room * sizeof(*places), room * sizeof(*places));
    if (!places)
        return false;
    thread->places = places;
    thread->place_room = room;
    return true;
}

/* A place in the table, by which data flows find it; without one it lives on, but is found by nobody. */
static void find_place(struct smin_thread *thread, struct smini_ftp_channel *channel)
{
    uint32_t place = thread->free_place;
    if (place != 0) {
        thread->free_place = thread->places[place - 1].next_free;
    } else if (thread->place_used < thread->place_room || grow_places(thread)) {
        place = ++thread->place_used;
    } else {
        thread->stats.limit_hits++;
        smini_ftp_tell(thread, SMINI_FTP_EVENT_LIMIT_CHANNELS, SMINI_FTP_PLACES_MAX);
        return;
    }
    thread->places[place - 1].channel = channel;
    channel->place = place;
    channel->generation = ++thread->places[place - 1].generation;
}

struct smini_ftp_channel *smini_ftp_channel_new(struct smin_thread *thread, enum smini_ftp_how how)
{
    struct smini_ftp_channel *made = smini_alloc_get(&thread->alloc, sizeof(*made));
    if (!made)
        return NULL;
    made->users = 1;
    made->how = how;
    made->control = thread->flow->info;
    made->type = 'A'; /* RFC 959 section 5.1: what holds until something else is said */
    made->mode = 'S';
    made->declared = UINT64_MAX;
    smini_bytebuf_init(&made->prefix, &thread->alloc, SMINI_FTP_PREFIX_BYTES);
    smini_bytebuf_init(&made->held, &thread->alloc, SMINI_FTP_HELD_BYTES);
    find_place(thread, made);
    return made;
}

struct smini_ftp_channel *smini_ftp_channel_find(const struct smin_thread *thread, const uint8_t *context,
                                                 uint32_t length)
{
    uint32_t place, generation;
    if (length != CONTEXT_BYTES)
        return NULL;
    memcpy(&place, context, sizeof(place));
    memcpy(&generation, context + sizeof(place), sizeof(generation));
    if (place == 0 || place > thread->place_used || thread->places[place - 1].generation != generation)
        return NULL;
    return thread->places[place - 1].channel;
}

void smini_ftp_channel_leave(struct smin_thread *thread, struct smini_ftp_channel *channel)
{
    if (!channel || --channel->users > 0)
        return;
    if (channel->place != 0) {
        struct smini_ftp_place *place = &thread->places[channel->place - 1];
        place->channel = NULL;
        place->next_free = thread->free_place;
        thread->free_place = channel->place;
    }
    thread->held_bytes -= channel->held.length;
    smini_bytebuf_free(&channel->held);
    smini_bytebuf_free(&channel->prefix);
    smini_alloc_free(&thread->alloc, channel->name.bytes, channel->name.length);
    smini_alloc_free(&thread->alloc, channel->user.bytes, channel->user.length);
    smini_alloc_free(&thread->alloc, channel, sizeof(*channel));
}

static bool is_zero(const uint8_t *address)
{
    static const uint8_t zero[ADDRESS_BYTES];
    return memcmp(address, zero, ADDRESS_BYTES) == 0;
}

static void announce_at(struct smin_thread *thread, const struct smini_ftp_channel *channel, uint8_t version,
                        const uint8_t *server)
{
    const struct smin_ext_expect *host = thread->instance->guest.expect;
    const struct smin_flow_info *control = &channel->control;
    bool passive = channel->how == SMINI_FTP_PASSIVE;
    struct smin_expectation expectation = {.struct_size = sizeof(expectation),
                                           .direction = channel->verb == SMINI_FTP_NONE
                                                            ? (uint32_t)SMIN_EITHER
                                                            : smini_ftp_channel_direction(channel),
                                           .ip_version = version,
                                           .protocol = control->protocol,
                                           .server_port = channel->end.port,
                                           .lifetime_ns = EXPECT_LIFETIME_NS,
                                           .message = UINT64_MAX,
                                           .name = channel->name.bytes,
                                           .name_length = channel->name.cut ? 0 : channel->name.length};
    if (version == control->ip_version)
        memcpy(expectation.client_address, passive ? control->client_address : control->server_address, ADDRESS_BYTES);
    else
        expectation.flags = SMIN_EXPECT_ANY_CLIENT; /* its address of that family is not known */
    memcpy(expectation.server_address, server, ADDRESS_BYTES);
    memcpy(expectation.context, &channel->place, sizeof(channel->place));
    memcpy(expectation.context + sizeof(channel->place), &channel->generation, sizeof(channel->generation));
    expectation.context_length = CONTEXT_BYTES;
    (void)host->announce(thread->instance->guest.host.user, thread->flow->flow_user, &expectation);
}

void smini_ftp_channel_announce(struct smin_thread *thread, struct smini_ftp_channel *channel)
{
    const struct smin_flow_info *control = &channel->control;
    const uint8_t *own = channel->how == SMINI_FTP_PASSIVE ? control->server_address : control->client_address;
    const struct smini_ftp_end *end = &channel->end;
    if (!thread->instance->guest.expect || end->port == 0 || channel->place == 0 || !channel->proven ||
        (control->ip_version != 4 && control->ip_version != 6))
        return;
    bool named = end->ip_version != 0 && !is_zero(end->address);
    bool other = named && (end->ip_version != control->ip_version || memcmp(end->address, own, ADDRESS_BYTES) != 0);
    if (other)
        announce_at(thread, channel, end->ip_version, end->address);
    /* Behind a translator of addresses a server may name one that nobody here can reach: then its own is meant. */
    if (!other || channel->how == SMINI_FTP_PASSIVE)
        announce_at(thread, channel, control->ip_version, own);
    channel->announced = true;
}

void smini_ftp_channel_note(struct smin_thread *thread, struct smini_ftp_channel *channel, uint32_t event,
                            uint64_t number)
{
    for (uint32_t i = 0; i < channel->event_count; i++)
        if (channel->events[i].id == event)
            return;
    if (channel->event_count < SMINI_FTP_EVENTS_MAX)
        channel->events[channel->event_count++] =
            (struct smin_event){.id = event, .offset = thread->at, .number = number};
}

uint32_t smini_ftp_channel_direction(const struct smini_ftp_channel *channel)
{
    bool passive = channel->how == SMINI_FTP_PASSIVE;
    return smini_ftp_verb_uploads(channel->verb) == passive ? SMIN_TO_SERVER : SMIN_TO_CLIENT;
}
