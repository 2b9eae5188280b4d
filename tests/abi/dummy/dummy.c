/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An inspector written from smin/abi.h and smin/abi_ext.h alone, to be loaded
 * by tests and read by people who write their own. The toy protocol has one
 * message per line: a verb in capitals, a space, an argument, a line feed.
 */
#include <stdbool.h>
#include <string.h>

#include "smin/abi_ext.h"
#include "toyline.h"
#include "dummy_expect.h"

/* What is kept of a line; the rest is counted, and the message says so. */
enum { LINE_BYTES = 64 };

/* Longest tail of a newer caller's struct that is looked through for zeros. */
enum { TAIL_BYTES = 4096 };

struct line {
    uint8_t bytes[LINE_BYTES];
    uint64_t offset; /* of the first byte */
    uint64_t length; /* as it came */
    uint32_t kept;
};

struct direction {
    struct line line;
    uint64_t offset; /* of the next byte */
    uint64_t messages;
    bool skip; /* after a gap: up to the next line feed */
    bool ended;
};

/* Why a line is handed out. */
enum ending { LINE_FED, LINE_CUT, LINE_DATAGRAM };

struct smin_flow {
    void *user;
    struct direction directions[2];
};

/* An older caller's struct may end before ours: SMIN_HAS says how far it goes. What a newer one has
 * behind ours must be zero: we cannot know what it asks. */
static bool tail_is_zero(const void *object, uint32_t size, size_t known)
{
    if (size > known + TAIL_BYTES)
        return false;
    for (size_t i = known; i < size; i++)
        if (((const uint8_t *)object)[i] != 0)
            return false;
    return true;
}

static bool config_is_known(const struct smin_config *config, struct smin_instance *instance, int32_t *status)
{
    *status = SMIN_E_MISUSE;
    if (!config || !SMIN_HAS(config, variables) || !tail_is_zero(config, config->struct_size, sizeof(*config)))
        return false;
    for (uint32_t i = 0; i < config->setting_count; i++) {
        const struct smin_setting *setting = &config->settings[i];
        *status = SMIN_E_NOT_FOUND;
        if (strcmp(setting->name, "toyline.greetings-only") != 0)
            return false;
        *status = SMIN_E_MISUSE;
        if (strcmp(setting->value, "yes") != 0 && strcmp(setting->value, "no") != 0)
            return false;
        instance->greetings_only = strcmp(setting->value, "yes") == 0;
    }
    *status = SMIN_OK;
    return true;
}

static int32_t toy_instance_new(const struct smin_host *host, const struct smin_config *config,
                                struct smin_instance **instance)
{
    if (!instance)
        return SMIN_E_MISUSE;
    *instance = NULL;
    if (!host || host->struct_size < offsetof(struct smin_host, name))
        return SMIN_E_MISUSE;
    if (host->abi_major != SMIN_ABI_MAJOR)
        return SMIN_E_VERSION;
    if (!SMIN_HAS(host, on_output) || !host->alloc || !host->release || !host->on_output)
        return SMIN_E_MISUSE;
    struct smin_instance made = {.host = host};
    int32_t status;
    if (!config_is_known(config, &made, &status))
        return status;
    *instance = host->alloc(host->user, sizeof(made));
    if (!*instance)
        return SMIN_E_NOMEM;
    **instance = made;
    return SMIN_OK;
}

static void toy_instance_free(struct smin_instance *instance)
{
    if (instance)
        instance->host->release(instance->host->user, instance, sizeof(*instance));
}

static int32_t toy_thread_new(struct smin_instance *instance, struct smin_thread **thread)
{
    if (!thread)
        return SMIN_E_MISUSE;
    *thread = NULL;
    if (!instance)
        return SMIN_E_MISUSE;
    *thread = instance->host->alloc(instance->host->user, sizeof(**thread));
    if (!*thread)
        return SMIN_E_NOMEM;
    memset(*thread, 0, sizeof(**thread));
    (*thread)->instance = instance;
    return SMIN_OK;
}

static void toy_thread_free(struct smin_thread *thread)
{
    if (thread)
        thread->instance->host->release(thread->instance->host->user, thread, sizeof(*thread));
}

static bool info_is_known(const struct smin_flow_info *info)
{
    return info && SMIN_HAS(info, server_address) && tail_is_zero(info, info->struct_size, sizeof(*info));
}

static int32_t toy_flow_new(struct smin_thread *thread, const struct smin_flow_info *info, void *flow_user,
                            struct smin_flow **flow)
{
    if (!flow)
        return SMIN_E_MISUSE;
    *flow = NULL;
    if (!thread || !info_is_known(info) || thread->inside_callback)
        return SMIN_E_MISUSE;
    const struct smin_host *host = thread->instance->host;
    *flow = host->alloc(host->user, sizeof(**flow));
    if (!*flow)
        return SMIN_E_NOMEM;
    memset(*flow, 0, sizeof(**flow));
    (*flow)->user = flow_user;
    for (int i = 0; i < 2; i++)
        (*flow)->directions[i].skip = (info->flags & SMIN_FLOW_MIDSTREAM) != 0;
    return SMIN_OK;
}

static void toy_flow_free(struct smin_thread *thread, struct smin_flow *flow)
{
    if (thread && flow)
        thread->instance->host->release(thread->instance->host->user, flow, sizeof(*flow));
}

static bool input_is_known(const struct smin_thread *thread, const struct smin_input *input)
{
    return thread && !thread->inside_callback && input && SMIN_HAS(input, reserved) &&
           tail_is_zero(input, input->struct_size, sizeof(*input)) &&
           input->direction <= SMIN_TO_CLIENT && input->reserved == 0;
}

static int32_t toy_probe(struct smin_thread *thread, const struct smin_flow_info *info, const struct smin_input *input)
{
    if (!info_is_known(info) || !input_is_known(thread, input) || (input->length > 0 && !input->bytes))
        return SMIN_E_MISUSE;
    for (uint64_t i = 0; i < input->length && i < 8; i++) {
        if (input->bytes[i] == ' ' && i > 1)
            return SMIN_PROBE_YES;
        if (input->bytes[i] < 'A' || input->bytes[i] > 'Z')
            return SMIN_PROBE_NO;
    }
    return input->length < 8 ? SMIN_PROBE_MORE : SMIN_PROBE_NO;
}

/* Hands one output to the host; the thread is marked, so that calling back in is noticed. */
static void deliver(struct smin_thread *thread, void *flow_user, const struct smin_input *input,
                    const struct smin_message *message)
{
    struct smin_output output = {
        .struct_size = sizeof(output),
        .alert_stride = sizeof(struct smin_alert),
        .time_ns = input->time_ns,
        .packet_number = input->packet_number,
        .message = message,
    };
    const struct smin_host *host = thread->instance->host;
    thread->inside_callback = true;
    host->on_output(host->user, flow_user, &output);
    thread->inside_callback = false;
    toy_announce(thread, flow_user, input, message);
}

static uint32_t split_line(const struct line *line, struct smin_field *fields)
{
    const uint8_t *space = memchr(line->bytes, ' ', line->kept);
    uint32_t verb = space ? (uint32_t)(space - line->bytes) : line->kept;
    uint32_t cut = line->length > line->kept ? SMIN_FIELD_CUT : 0;
    fields[0] = (struct smin_field){.id = FIELD_VERB, .flags = space ? 0 : cut, .offset = line->offset,
                                    .bytes = line->bytes, .length = verb, .size = verb};
    if (!space)
        return 1;
    uint32_t rest = line->kept - verb - 1;
    fields[1] = (struct smin_field){.id = FIELD_ARGUMENT, .flags = cut, .offset = line->offset + verb + 1,
                                    .bytes = space + 1, .length = rest, .size = rest};
    fields[2] = (struct smin_field){.id = FIELD_ARGUMENT_BYTES, .offset = line->offset,
                                    .number = line->length - verb - 1};
    return 3;
}

static void deliver_line(struct smin_thread *thread, struct smin_flow *flow, struct direction *side,
                         const struct smin_input *input, enum ending ending)
{
    bool whole = ending != LINE_CUT;
    struct line *line = &side->line;
    struct smin_field fields[3];
    struct smin_event events[2];
    uint32_t event_count = 0;
    uint32_t field_count = split_line(line, fields);
    bool greeting = fields[0].size == 5 && memcmp(fields[0].bytes, "HELLO", 5) == 0;
    if (line->length > line->kept)
        events[event_count++] = (struct smin_event){.id = EVENT_LINE_LONG, .offset = line->offset + line->kept,
                                                    .number = line->length};
    if (!whole)
        events[event_count++] = (struct smin_event){.id = EVENT_LINE_CUT, .offset = line->offset + line->length};
    struct smin_message message = {
        .struct_size = sizeof(message),
        .kind = SMIN_KIND_MESSAGE,
        .id = greeting ? MESSAGE_GREETING : MESSAGE_LINE,
        .direction = input->direction,
        .flags = (whole && line->length == line->kept ? SMIN_MESSAGE_COMPLETE : 0u) |
                 (line->length > line->kept ? SMIN_MESSAGE_LIMIT : 0u),
        .field_count = field_count,
        .event_count = event_count,
        .field_stride = sizeof(struct smin_field),
        .event_stride = sizeof(struct smin_event),
        .number = side->messages++,
        .offset = line->offset,
        .length = line->length + (ending == LINE_FED ? 1 : 0),
        .fields = fields,
        .events = events,
        .bytes = line->bytes,
        .size = line->kept,
    };
    if (greeting || !thread->instance->greetings_only)
        deliver(thread, flow->user, input, &message);
    memset(line, 0, sizeof(*line));
}

static void take_byte(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input, uint8_t byte)
{
    struct direction *side = &flow->directions[input->direction];
    uint64_t offset = side->offset++;
    if (side->skip) {
        side->skip = byte != '\n';
        return;
    }
    if (side->line.length == 0)
        side->line.offset = offset;
    if (byte == '\n') {
        if (side->line.length > 0)
            deliver_line(thread, flow, side, input, LINE_FED);
        return;
    }
    if (side->line.kept < LINE_BYTES)
        side->line.bytes[side->line.kept++] = byte;
    side->line.length++;
}

static struct smin_result answer(int32_t status, uint64_t consumed)
{
    struct smin_result result = {.status = status, .consumed = consumed};
    return result;
}

static struct smin_result toy_feed(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!flow || !input_is_known(thread, input) || (input->length > 0 && !input->bytes))
        return answer(SMIN_E_MISUSE, 0);
    if (flow->directions[input->direction].ended)
        return answer(SMIN_DONE, input->length);
    for (uint64_t i = 0; i < input->length; i++)
        take_byte(thread, flow, input, input->bytes[i]);
    return answer(SMIN_OK, input->length);
}

/* Events of the stream itself, in a message without identity. */
static void deliver_gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input,
                        uint64_t offset)
{
    const struct smin_event event = {.id = EVENT_GAP, .offset = offset, .number = input->length};
    const struct smin_message message = {
        .struct_size = sizeof(message), .kind = SMIN_KIND_STREAM, .direction = input->direction, .event_count = 1,
        .field_stride = sizeof(struct smin_field), .event_stride = sizeof(event), .offset = offset, .events = &event,
    };
    deliver(thread, flow->user, input, &message);
}

static struct smin_result toy_gap(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!flow || !input_is_known(thread, input))
        return answer(SMIN_E_MISUSE, 0);
    struct direction *side = &flow->directions[input->direction];
    if (side->ended)
        return answer(SMIN_DONE, input->length);
    if (input->length == 0)
        return answer(SMIN_OK, 0);
    if (side->line.length > 0)
        deliver_line(thread, flow, side, input, LINE_CUT);
    deliver_gap(thread, flow, input, side->offset);
    side->offset = side->offset > UINT64_MAX - input->length ? UINT64_MAX : side->offset + input->length;
    side->skip = true;
    return answer(SMIN_OK, input->length);
}

static struct smin_result toy_end(struct smin_thread *thread, struct smin_flow *flow, const struct smin_input *input)
{
    if (!flow || !input_is_known(thread, input) || input->bytes || input->length > 0)
        return answer(SMIN_E_MISUSE, 0);
    struct direction *side = &flow->directions[input->direction];
    if (side->ended)
        return answer(SMIN_DONE, 0);
    if (side->line.length > 0)
        deliver_line(thread, flow, side, input, LINE_CUT);
    side->ended = true;
    return answer(SMIN_OK, 0);
}

/* A datagram holds whole lines; the last needs no line feed. */
static struct smin_result toy_datagram(struct smin_thread *thread, struct smin_flow *flow,
                                       const struct smin_input *input)
{
    struct smin_result result = toy_feed(thread, flow, input);
    if (result.status != SMIN_OK)
        return result;
    struct direction *side = &flow->directions[input->direction];
    if (side->line.length > 0)
        deliver_line(thread, flow, side, input, LINE_DATAGRAM);
    return result;
}

static int32_t toy_decode(struct smin_thread *thread, const struct smin_input *input, void *flow_user)
{
    if (!input_is_known(thread, input) || (input->length > 0 && !input->bytes))
        return SMIN_E_MISUSE;
    if (input->length == 0 || input->bytes[0] < 'A' || input->bytes[0] > 'Z')
        return SMIN_E_MALFORMED;
    struct smin_flow flow = {.user = flow_user};
    struct direction *side = &flow.directions[input->direction];
    side->offset = input->offset;
    for (uint64_t i = 0; i < input->length && side->messages == 0; i++)
        take_byte(thread, &flow, input, input->bytes[i]);
    if (side->messages > 0)
        return SMIN_OK;
    deliver_line(thread, &flow, side, input, LINE_CUT);
    return SMIN_E_TRUNCATED;
}

#include "dummy_detect.h"

static const void *toy_extension(const char *id)
{
    static const struct smin_ext_message message = {.struct_size = sizeof(message), .decode = toy_decode};
    return id && strcmp(id, SMIN_EXT_MESSAGE) == 0 ? &message : toy_detect_extension(id);
}

static const struct smin_inspector toy_inspector = {
    .struct_size = sizeof(toy_inspector),
    .abi_major = SMIN_ABI_MAJOR,
    .abi_minor = SMIN_ABI_MINOR,
    .id = "org.example.toyline",
    .name = "toyline",
    .version = "1.0",
    .vendor = "the smin tests",
    .licence = "BSD-2-Clause",
    .fields = field_table,
    .events = event_table,
    .messages = message_table,
    .field_count = sizeof(field_table) / sizeof(field_table[0]),
    .event_count = sizeof(event_table) / sizeof(event_table[0]),
    .message_count = sizeof(message_table) / sizeof(message_table[0]),
    .field_stride = sizeof(field_table[0]),
    .event_stride = sizeof(event_table[0]),
    .message_stride = sizeof(message_table[0]),
    .tcp_port_count = 1,
    .tcp_ports = port_table,
    .instance_new = toy_instance_new,
    .instance_free = toy_instance_free,
    .thread_new = toy_thread_new,
    .thread_free = toy_thread_free,
    .flow_new = toy_flow_new,
    .flow_free = toy_flow_free,
    .probe = toy_probe,
    .feed = toy_feed,
    .gap = toy_gap,
    .datagram = toy_datagram,
    .end = toy_end,
    .extension = toy_extension,
};

extern const struct smin_inspector *const SMIN_PLUGIN_ENTRY[];
__attribute__((visibility("default"))) const struct smin_inspector *const SMIN_PLUGIN_ENTRY[] = {&toy_inspector, NULL};
