/* SPDX-License-Identifier: BSD-2-Clause */
#include "fake_engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "smin/inspector.h"
#include "suricata8/start.h"

struct fake_engine fake_engine;

static struct smini_engine_setting root = {"settings", NULL};

static void (*thread_made)(struct smini_engine_thread *thread, void *user);
static void (*flow_made)(struct smini_engine_thread *thread, struct smini_engine_flow *flow,
                         const struct smini_engine_packet *packet, void *user);

void fake_engine_reset(void)
{
    fake_engine = (struct fake_engine){.version = "8.0.8 RELEASE", .detection = true, .parsing = true, .record = "{"};
}

void fake_engine_start(void)
{
    smini_suricata_start(smin_inspector_builtin());
    if (!fake_engine.app_layer)
        return;
    fake_engine.app_layer->register_parser();
    if (thread_made)
        thread_made(NULL, NULL);
}

struct smini_engine_flow fake_flow(uint16_t server_port)
{
    struct smini_engine_flow flow = {
        .head = {.source = {192, 0, 2, 1}, .destination = {192, 0, 2, 10}, .source_port = 40000,
                 .destination_port = server_port},
        .said_source_port = 40000,
        .said_destination_port = server_port,
        .flags = SMINI_ENGINE_FLOW_IPV4,
        .seconds = 1700000000,
    };
    return flow;
}

void fake_thread(struct smini_engine_flow *flow)
{
    flow_made((struct smini_engine_thread *)&fake_engine, flow, NULL, NULL);
}

struct smini_engine_result fake_parse(struct smini_engine_flow *flow, void *state, uint8_t flags, const void *bytes,
                                      uint32_t length, uint64_t offset)
{
    struct smini_engine_slice slice = {.input = bytes, .length = length, .flags = flags, .offset = offset};
    return flags & SMINI_ENGINE_TO_SERVER ? fake_engine.parser.parse_to_server(flow, state, NULL, slice, NULL)
                                          : fake_engine.parser.parse_to_client(flow, state, NULL, slice, NULL);
}

uint32_t fake_inspect(void *state, uint64_t *min_id)
{
    const struct smini_engine_parser *parser = &fake_engine.parser;
    uint32_t freed = 0;
    uint64_t iterator = 0, id = *min_id;
    bool all = true;
    for (;;) {
        struct smini_engine_tx_found found = parser->tx_iterate(6, FAKE_PROTOCOL, state, id, UINT64_MAX, &iterator);
        if (!found.transaction)
            break;
        id = found.id;
        if (parser->tx_progress(found.transaction, SMINI_ENGINE_TO_SERVER) == parser->complete_to_server &&
            parser->tx_progress(found.transaction, SMINI_ENGINE_TO_CLIENT) == parser->complete_to_client) {
            fake_engine.app_layer->log(found.transaction, &fake_engine);
            parser->tx_free(state, id);
            freed++;
            if (all)
                *min_id = id + 1;
        } else {
            all = false;
        }
        if (!found.has_next)
            break;
        id++;
    }
    return freed;
}

uint64_t fake_counter(const char *name)
{
    for (uint32_t i = 0; i < fake_engine.counter_count; i++)
        if (strcmp(fake_engine.counter_names[i], name) == 0)
            return fake_engine.counters[i];
    return UINT64_MAX;
}

/* --- what the adapter calls ------------------------------------------------------------------------------------ */

const char *GetProgramVersion(void)
{
    return fake_engine.version;
}

int SCPluginRegisterAppLayer(struct smini_engine_app_layer *plugin)
{
    fake_engine.app_layer = plugin;
    return 0;
}

int SCAppLayerProtoDetectConfProtoDetectionEnabled(const char *ip_protocol, const char *name)
{
    (void)ip_protocol, (void)name;
    return fake_engine.detection;
}

int SCAppLayerParserConfParserEnabled(const char *ip_protocol, const char *name)
{
    (void)ip_protocol, (void)name;
    return fake_engine.parsing;
}

int SCAppLayerProtoDetectPMRegisterPatternCSwPP(uint8_t ip_protocol, uint16_t protocol, const char *pattern,
                                                uint16_t depth, uint16_t offset, uint8_t direction,
                                                smini_engine_probe probe, uint16_t min_depth, uint16_t max_depth)
{
    (void)ip_protocol, (void)offset, (void)direction, (void)min_depth, (void)max_depth;
    bool right = protocol == FAKE_PROTOCOL && probe && strlen(pattern) == 3 * (size_t)depth + 1;
    fake_engine.patterns += right;
    return right ? 0 : -1;
}

uint16_t AppLayerRegisterProtocolDetection(const struct smini_engine_parser *parser, int enable_default)
{
    (void)enable_default;
    fake_engine.parser = *parser;
    fake_engine.detected = true;
    return FAKE_PROTOCOL;
}

int AppLayerRegisterParser(const struct smini_engine_parser *parser, uint16_t protocol)
{
    (void)parser;
    fake_engine.parsed = protocol == FAKE_PROTOCOL;
    return 0;
}

void SCAppLayerParserRegisterLogger(uint8_t ip_protocol, uint16_t protocol)
{
    (void)ip_protocol;
    fake_engine.logs = protocol == FAKE_PROTOCOL;
}

void SCAppLayerParserSetStreamDepth(uint8_t ip_protocol, uint16_t protocol, uint32_t depth)
{
    (void)ip_protocol, (void)protocol;
    fake_engine.depth = depth;
}

void SCAppLayerTxDataCleanup(struct smini_engine_tx_data *data)
{
    free(data->events);
    data->events = NULL;
}

void AppLayerDecoderEventsSetEventRaw(struct smini_engine_events **events, uint8_t event)
{
    if (!*events)
        *events = calloc(1, sizeof(**events));
    if (*events && (*events)->count < FAKE_EVENTS)
        (*events)->ids[(*events)->count++] = event;
}

uint16_t FlowGetSourcePort(struct smini_engine_flow *flow)
{
    return flow->said_source_port;
}

uint16_t FlowGetDestinationPort(struct smini_engine_flow *flow)
{
    return flow->said_destination_port;
}

uint32_t FlowGetFlags(struct smini_engine_flow *flow)
{
    return flow->flags;
}

void FlowGetLastTimeAsParts(struct smini_engine_flow *flow, uint64_t *seconds, uint64_t *microseconds)
{
    *seconds = flow->seconds;
    *microseconds = 0;
}

struct smini_engine_frame *AppLayerFrameNewByAbsoluteOffset(struct smini_engine_flow *flow,
                                                            const struct smini_engine_slice *slice, uint64_t offset,
                                                            int64_t length, int direction, uint8_t type)
{
    (void)flow;
    if (offset < slice->offset || !slice->input)
        abort(); /* the engine does not take these */
    if (fake_engine.frame_count == FAKE_FRAMES)
        return NULL;
    struct fake_frame *frame = &fake_engine.frames[fake_engine.frame_count++];
    *frame = (struct fake_frame){offset, length, direction, type, UINT64_MAX};
    return (struct smini_engine_frame *)frame;
}

void AppLayerFrameSetTxId(struct smini_engine_frame *frame, uint64_t id)
{
    ((struct fake_frame *)frame)->transaction = id;
}

int64_t AppLayerFrameGetId(const struct smini_engine_frame *frame)
{
    return frame ? (const struct fake_frame *)frame - fake_engine.frames : -1;
}

void AppLayerFrameSetTxIdById(struct smini_engine_flow *flow, int direction, int64_t number, uint64_t id)
{
    (void)flow, (void)direction;
    fake_engine.frames[number].transaction = id;
}

void AppLayerFrameSetLengthById(struct smini_engine_flow *flow, int direction, int64_t number, int64_t length)
{
    (void)flow, (void)direction;
    fake_engine.frames[number].length = length;
}

int SCLogMessage(int level, const char *file, unsigned int line, const char *function, const char *module,
                 const char *message)
{
    (void)file, (void)line, (void)function, (void)module;
    size_t used = strlen(fake_engine.log);
    snprintf(fake_engine.log + used, sizeof(fake_engine.log) - used, "%d: %s\n", level, message);
    return 0;
}

bool SCJbSetFormatted(struct smini_engine_json *json, const char *formatted)
{
    (void)json;
    snprintf(fake_engine.json, sizeof(fake_engine.json), "%s", formatted);
    return true;
}

const uint8_t *SCJbPtr(struct smini_engine_json *json)
{
    (void)json;
    return (const uint8_t *)fake_engine.record;
}

uintptr_t SCJbLen(const struct smini_engine_json *json)
{
    (void)json;
    return strlen(fake_engine.record);
}

int SCConfGet(const char *name, const char **value)
{
    const char *key = strrchr(name, '.') + 1;
    const char *known = strcmp(key, "inspector") == 0      ? fake_engine.inspector_path
                        : strcmp(key, "stream-depth") == 0 ? fake_engine.stream_depth
                                                           : NULL;
    if (known)
        *value = known;
    return known != NULL;
}

struct smini_engine_setting *SCConfGetNode(const char *name)
{
    (void)name;
    return fake_engine.setting_count > 0 ? &root : NULL;
}

struct smini_engine_setting *SCConfGetFirstNode(const struct smini_engine_setting *parent)
{
    if (parent == &root)
        return fake_engine.settings;
    return !parent->value && fake_engine.nested.name ? &fake_engine.nested : NULL;
}

struct smini_engine_setting *SCConfGetNextNode(const struct smini_engine_setting *node)
{
    if (node == &fake_engine.nested)
        return NULL;
    size_t next = (size_t)(node - fake_engine.settings) + 1;
    return next < fake_engine.setting_count ? &fake_engine.settings[next] : NULL;
}

int ParseSizeStringU32(const char *text, uint32_t *size)
{
    char *end = NULL;
    *size = (uint32_t)strtoul(text, &end, 10);
    return *end == '\0' && end != text ? 0 : -1;
}

bool SCThreadRegisterInitCallback(void (*made)(struct smini_engine_thread *thread, void *user), void *user)
{
    (void)user;
    thread_made = made;
    return true;
}

bool SCFlowRegisterInitCallback(void (*made)(struct smini_engine_thread *thread, struct smini_engine_flow *flow,
                                             const struct smini_engine_packet *packet, void *user),
                                void *user)
{
    (void)user;
    flow_made = made;
    return true;
}

uint16_t StatsRegisterCounter(const char *name, struct smini_engine_thread *thread)
{
    (void)thread;
    for (uint32_t i = 0; i < fake_engine.counter_count; i++)
        if (strcmp(fake_engine.counter_names[i], name) == 0)
            return (uint16_t)i;
    fake_engine.counter_names[fake_engine.counter_count] = name;
    return (uint16_t)fake_engine.counter_count++;
}

void StatsAddUI64(struct smini_engine_thread *thread, uint16_t counter, uint64_t more)
{
    (void)thread;
    fake_engine.counters[counter] += more;
}
