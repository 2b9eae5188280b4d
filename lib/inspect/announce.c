/* SPDX-License-Identifier: BSD-2-Clause */
#include "inspect/announce.h"

#include "base/address.h"
#include "decode/command.h"
#include "inspect/flow_state.h"

/* A device fetches within seconds; what it was made a server of is fetched when its new owner gets to it. */
#define ORDER_LIFETIME_NS 3600000000000u

enum {
    SCHEME_BYTES = 64,  /* no name of an inspector is longer */
    ADDRESS_BYTES = 16,
    PROTOCOL_TCP = 6,
    PROTOCOL_UDP = 17
};

/* "tftp-server" is the one command that makes a client a server: it speaks the protocol of this name. */
static const char served_protocol[] = "tftp";

/* What a scheme means. One that is not listed is the name of its inspector, however that is carried. */
static const struct scheme {
    const char *name;
    const char *inspector;
    uint8_t protocol; /* IP protocol number */
    uint16_t port;    /* where a URL names none; 0: the inspector tells its flows by their contents */
} schemes[] = {
    {"tftp", "tftp", PROTOCOL_UDP, 0},
    {"http", "http", PROTOCOL_TCP, 0},
    {"ftp", "ftp", PROTOCOL_TCP, 0},
    /* Nobody but the two ends can read these; one inspector looks at the little of them that is open. */
    {"scp", "sealed", PROTOCOL_TCP, 22},
    {"sftp", "sealed", PROTOCOL_TCP, 22},
    {"https", "sealed", PROTOCOL_TCP, 443},
};

/* What the message's receiver, the device, is told to do. */
struct order {
    struct smin_thread *thread;
    const struct smin_message *message;
    const uint8_t *device;
};

static void announce(const struct order *order, struct smin_expectation *expectation, const char *protocol,
                     struct smini_span name)
{
    const struct smin_instance *instance = order->thread->instance;
    expectation->struct_size = sizeof(*expectation);
    expectation->lifetime_ns = ORDER_LIFETIME_NS;
    expectation->message = order->message->number;
    expectation->inspector = protocol;
    expectation->name = name.length ? name.bytes : NULL;
    expectation->name_length = name.length;
    (void)instance->guest.expect->announce(instance->guest.host.user, order->thread->flow_user, expectation);
}

/* In small letters, as names of inspectors are; hosts without the inspector do not care. */
static bool copy_scheme(struct smini_span url, char scheme[SCHEME_BYTES])
{
    size_t length = smini_span_find(url, ':');
    if (length == 0 || length >= SCHEME_BYTES || length == url.length)
        return false;
    for (size_t i = 0; i < length; i++) {
        uint8_t byte = smini_ascii_lower(url.bytes[i]);
        if ((byte < 'a' || byte > 'z') && (i == 0 || byte < '0' || byte > '9'))
            return false;
        scheme[i] = (char)byte;
    }
    scheme[length] = '\0';
    return true;
}

static const struct scheme *find_scheme(const char *name)
{
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (strcmp(name, schemes[i].name) == 0)
            return &schemes[i];
    return NULL;
}

/* Behind "://host": a port, 0 for none, and the path without its leading slash. */
static struct smini_span path_of(struct smini_span url, struct smini_span host, uint16_t *port)
{
    struct smini_span rest = smini_span_part(url, (size_t)(host.bytes - url.bytes) + host.length, url.length);
    uint32_t number = 0;
    size_t slash = smini_span_find(rest, '/');
    size_t colon = smini_span_find(smini_span_part(rest, 0, slash), ':');
    for (size_t i = colon + 1; i < slash && rest.bytes[i] >= '0' && rest.bytes[i] <= '9' && number <= UINT16_MAX; i++)
        number = number * 10 + (uint32_t)(rest.bytes[i] - '0');
    *port = number <= UINT16_MAX ? (uint16_t)number : 0;
    return smini_span_part(rest, slash + 1, rest.length);
}

/* Where the contents go, by the command that names the URL; without one the device fetches. */
static uint32_t direction_of(const struct order *order, const struct smin_field *url)
{
    for (uint32_t i = 0; i < order->message->field_count; i++) {
        const struct smin_field *field = &order->message->fields[i];
        if (field->id != SMINI_FIELD_COMMAND || url->offset < field->offset ||
            url->offset - field->offset >= field->length)
            continue;
        switch (smini_command_effect(smini_span_make(field->bytes, field->size), true)) {
        case SMINI_COMMAND_EXFILTRATES: return SMIN_TO_SERVER;
        case SMINI_COMMAND_REPLACES_CONFIG:
        case SMINI_COMMAND_REPLACES_IMAGE: return SMIN_TO_CLIENT;
        default: return SMIN_EITHER;
        }
    }
    return SMIN_TO_CLIENT;
}

/* The device goes to the host that the URL names. */
static void announce_url(const struct order *order, const struct smin_field *field)
{
    struct smini_span url = smini_span_make(field->bytes, field->size);
    struct smini_span host = smini_url_host(url);
    uint8_t own = order->thread->flow->facts.ip_version;
    char scheme[SCHEME_BYTES];
    struct smin_expectation expectation = {.direction = direction_of(order, field), .ip_version = own};
    if ((field->flags & SMIN_FIELD_CUT) || host.length == 0 || !copy_scheme(url, scheme))
        return;
    uint8_t family = smini_address_read(host, expectation.server_address);
    if (family == 0)
        expectation.flags |= SMIN_EXPECT_ANY_SERVER; /* a name */
    if (family != 0 && family != own) {
        expectation.ip_version = family;
        expectation.flags |= SMIN_EXPECT_ANY_CLIENT; /* the device's address of that family is not known */
    } else {
        memcpy(expectation.client_address, order->device, ADDRESS_BYTES);
    }
    if (order->message->id == SMINI_MESSAGE_DOWNLOAD_IMAGE)
        expectation.flags |= SMIN_EXPECT_FOLLOWERS; /* a list: the image that it names comes behind it */
    struct smini_span name = path_of(url, host, &expectation.server_port);
    const struct scheme *known = find_scheme(scheme);
    if (known) {
        expectation.protocol = known->protocol;
        if (expectation.server_port == 0)
            expectation.server_port = known->port;
    }
    announce(order, &expectation, known ? known->inspector : scheme, name);
}

/* Anybody may come to the device. */
static void announce_served(const struct order *order, const struct smin_field *field)
{
    struct smini_span file = smini_command_served(smini_span_make(field->bytes, field->size));
    struct smin_expectation expectation = {.flags = SMIN_EXPECT_ANY_CLIENT,
                                           .direction = SMIN_TO_CLIENT,
                                           .protocol = PROTOCOL_UDP,
                                           .ip_version = order->thread->flow->facts.ip_version};
    if (file.length == 0)
        return;
    memcpy(expectation.server_address, order->device, ADDRESS_BYTES);
    announce(order, &expectation, served_protocol, file);
}

void smini_inspect_announce(struct smin_thread *thread, const struct smin_message *message)
{
    const struct smin_flow *flow = thread->flow;
    if (!thread->instance->guest.expect || !flow ||
        (message->kind != SMIN_KIND_MESSAGE && message->kind != SMIN_KIND_TRAILER))
        return;
    const struct smini_flow_facts *facts = &flow->facts;
    if (facts->ip_version != 4 && facts->ip_version != 6)
        return;
    bool to_server = message->direction == SMIN_TO_SERVER;
    struct order order = {.thread = thread,
                          .message = message,
                          .device = to_server ? facts->server_address : facts->client_address};
    for (uint32_t i = 0; i < message->field_count; i++) {
        const struct smin_field *field = &message->fields[i];
        if (field->id == SMINI_FIELD_URL)
            announce_url(&order, field);
        else if (field->id == SMINI_FIELD_COMMAND)
            announce_served(&order, field);
    }
}
