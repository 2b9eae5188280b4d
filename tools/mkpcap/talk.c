/* SPDX-License-Identifier: BSD-2-Clause */
#include "talk.h"

#include <stdio.h>

#include "random.h"
#include "settings.h"

enum { CONNECTIONS_MAX = 64, FLOOD_MAX = 5000 };

struct talk {
    struct smini_words words;
    const struct smini_folders *folders;
    struct smini_capture_format *capture;
    struct smini_conversation conversation;
    struct smini_connection defaults;
    struct smini_connection connections[CONNECTIONS_MAX];
    int count;
    int chosen; /* -1 before the first connection */
    int next_number;
};

static int to_client_if(const struct talk *talk, size_t index)
{
    if (index >= talk->words.count || smini_words_is(&talk->words.items[index], ">"))
        return SMINI_TO_SERVER;
    if (!smini_words_is(&talk->words.items[index], "<"))
        smini_words_stop(&talk->words, "expected > or <, not '%s'", smini_words_text(&talk->words.items[index]));
    return SMINI_TO_CLIENT;
}

static int connection_named(const struct talk *talk, const char *name)
{
    for (int i = 0; i < talk->count; i++)
        if (strcmp(talk->connections[i].name, name) == 0)
            return i;
    return -1;
}

static void add_connection(struct talk *talk, const char *name)
{
    if (talk->count == CONNECTIONS_MAX)
        smini_words_stop(&talk->words, "more than %d connections", CONNECTIONS_MAX);
    struct smini_random random = {(uint64_t)talk->next_number};
    struct smini_connection *connection = &talk->connections[talk->count];
    *connection = talk->defaults;
    connection->name = name;
    connection->number = talk->next_number++;
    connection->next[0] = connection->next[1] = 1;
    connection->isn[0] = talk->defaults.isn[0] + (uint32_t)smini_random_next(&random) % 0x01000000u;
    connection->isn[1] = talk->defaults.isn[1] + (uint32_t)smini_random_next(&random) % 0x01000000u;
    talk->chosen = talk->count++;
}

static struct smini_connection *current(struct talk *talk)
{
    if (talk->chosen < 0)
        add_connection(talk, "main");
    return &talk->connections[talk->chosen];
}

static void do_set(struct talk *talk, size_t first)
{
    struct smini_arguments in;
    smini_arguments_init(&in, &talk->words, first, talk->words.count);
    smini_settings_clock(&in, &talk->conversation);
    smini_settings_connection(&in, &talk->defaults);
    smini_arguments_finish(&in);
}

static void do_capture(struct talk *talk, size_t first)
{
    struct smini_arguments in;
    smini_arguments_init(&in, &talk->words, first, talk->words.count);
    smini_settings_capture(&in, talk->capture);
    smini_arguments_finish(&in);
}

static void do_connection(struct talk *talk, size_t first)
{
    if (first >= talk->words.count || talk->words.items[first].key)
        smini_words_stop(&talk->words, "connection needs a name");
    const char *name = smini_words_text(&talk->words.items[first]);
    if (connection_named(talk, name) >= 0)
        smini_words_stop(&talk->words, "connection %s exists", name);
    add_connection(talk, name);
    struct smini_arguments in;
    smini_arguments_init(&in, &talk->words, first + 1, talk->words.count);
    smini_settings_connection(&in, current(talk));
    smini_arguments_finish(&in);
}

/* Modifiers from `first` to `last`. */
static void read_modifiers(struct talk *talk, size_t first, size_t last, struct smini_modifiers *modifiers)
{
    struct smini_arguments in;
    smini_arguments_init(&in, &talk->words, first, last);
    smini_settings_modifiers(&in, modifiers);
    smini_arguments_finish(&in);
}

static size_t parts_begin(const struct talk *talk, size_t first)
{
    while (first < talk->words.count && !smini_body_begins(&talk->words.items[first]))
        first++;
    if (first == talk->words.count)
        smini_words_stop(&talk->words, "no data: hex, text, file, zeros, fill or smi");
    return first;
}

static void send_data(struct talk *talk, size_t first, int direction)
{
    size_t parts = parts_begin(talk, first);
    struct smini_modifiers modifiers;
    read_modifiers(talk, first, parts, &modifiers);
    struct smini_span data = smini_body_build(&talk->words, parts, talk->folders);
    smini_conversation_send(&talk->conversation, current(talk), direction, data, &modifiers);
}

static void do_to_server(struct talk *talk, size_t first)
{
    send_data(talk, first, SMINI_TO_SERVER);
}

static void do_to_client(struct talk *talk, size_t first)
{
    send_data(talk, first, SMINI_TO_CLIENT);
}

static void no_more(const struct talk *talk, size_t first)
{
    if (first < talk->words.count)
        smini_words_stop(&talk->words, "'%s' is one word too many", smini_words_text(&talk->words.items[first]));
}

static void do_open(struct talk *talk, size_t first)
{
    no_more(talk, first);
    smini_conversation_open(&talk->conversation, current(talk), 3);
}

static void do_syn(struct talk *talk, size_t first)
{
    no_more(talk, first);
    smini_conversation_open(&talk->conversation, current(talk), 1);
}

static void do_half_open(struct talk *talk, size_t first)
{
    no_more(talk, first);
    smini_conversation_open(&talk->conversation, current(talk), 2);
}

static void do_refuse(struct talk *talk, size_t first)
{
    no_more(talk, first);
    smini_conversation_refuse(&talk->conversation, current(talk));
}

/* The capture begins later than the connection: numbers as if so many bytes had gone before. */
static void do_midstream(struct talk *talk, size_t first)
{
    struct smini_arguments in;
    smini_arguments_init(&in, &talk->words, first, talk->words.count);
    struct smini_connection *connection = current(talk);
    connection->next[SMINI_TO_SERVER] = 1 + smini_arguments_number(&in, "client-sent", 0);
    connection->next[SMINI_TO_CLIENT] = 1 + smini_arguments_number(&in, "server-sent", 0);
    smini_arguments_finish(&in);
}

static void do_close(struct talk *talk, size_t first)
{
    int direction = to_client_if(talk, first);
    no_more(talk, first + 1);
    smini_conversation_close(&talk->conversation, current(talk), direction);
}

static void do_fin(struct talk *talk, size_t first)
{
    struct smini_modifiers modifiers;
    int direction = to_client_if(talk, first);
    read_modifiers(talk, first + 1, talk->words.count, &modifiers);
    smini_conversation_fin(&talk->conversation, current(talk), direction, &modifiers);
}

static void do_reset(struct talk *talk, size_t first)
{
    struct smini_modifiers modifiers;
    int direction = to_client_if(talk, first);
    read_modifiers(talk, first + 1, talk->words.count, &modifiers);
    smini_conversation_reset(&talk->conversation, current(talk), direction, &modifiers);
}

static void do_ack(struct talk *talk, size_t first)
{
    struct smini_modifiers modifiers;
    int direction = to_client_if(talk, first);
    read_modifiers(talk, first + 1, talk->words.count, &modifiers);
    struct smini_connection *connection = current(talk);
    smini_conversation_segment(&talk->conversation, connection, direction, SMINI_TCP_ACK, smini_span_make(NULL, 0),
                               connection->next[direction], &modifiers);
}

static void do_keepalive(struct talk *talk, size_t first)
{
    int direction = to_client_if(talk, first);
    no_more(talk, first + 1);
    smini_conversation_keepalive(&talk->conversation, current(talk), direction);
}

static void do_retransmit(struct talk *talk, size_t first)
{
    int direction = to_client_if(talk, first);
    no_more(talk, first + 1);
    if (!smini_conversation_retransmit(&talk->conversation, current(talk), direction))
        smini_words_stop(&talk->words, "nothing was sent that could be sent again");
}

static void do_wait(struct talk *talk, size_t first)
{
    if (first >= talk->words.count)
        smini_words_stop(&talk->words, "wait needs a duration");
    talk->conversation.clock_ns += smini_words_duration(&talk->words, &talk->words.items[first]);
    no_more(talk, first + 1);
}

/* SOURCE > DESTINATION [ttl=N] PARTS */
static void lone_packet(struct talk *talk, size_t first, enum smini_frame_kind kind, uint8_t protocol)
{
    size_t parts = parts_begin(talk, first);
    if (parts < first + 3 || !smini_words_is(&talk->words.items[first + 1], ">"))
        smini_words_stop(&talk->words, "expected SOURCE > DESTINATION");
    struct smini_modifiers modifiers;
    read_modifiers(talk, first + 3, parts, &modifiers);
    struct smini_frame frame = {.kind = kind, .protocol = protocol, .connection = -1};
    smini_settings_endpoint(&talk->words, smini_words_text(&talk->words.items[first]), &frame.source);
    smini_settings_endpoint(&talk->words, smini_words_text(&talk->words.items[first + 2]), &frame.destination);
    if (frame.source.ip_version != frame.destination.ip_version)
        smini_words_stop(&talk->words, "IPv4 and IPv6 in one packet");
    memcpy(frame.source.mac, talk->defaults.end[0].mac, 6);
    memcpy(frame.destination.mac, talk->defaults.end[1].mac, 6);
    frame.ttl = modifiers.ttl ? modifiers.ttl : 64;
    frame.bad_l4_checksum = modifiers.bad_l4_checksum;
    frame.bad_ip_checksum = modifiers.bad_ip_checksum;
    struct smini_span data = smini_body_build(&talk->words, parts, talk->folders);
    frame.bytes = data.bytes;
    frame.length = data.length;
    smini_conversation_packet(&talk->conversation, &frame);
}

static void do_udp(struct talk *talk, size_t first)
{
    lone_packet(talk, first, SMINI_FRAME_UDP, 17);
}

static void do_ip(struct talk *talk, size_t first)
{
    if (first >= talk->words.count)
        smini_words_stop(&talk->words, "ip needs a protocol number");
    uint64_t protocol = smini_words_number(&talk->words, &talk->words.items[first], 255);
    lone_packet(talk, first + 1, SMINI_FRAME_OTHER, (uint8_t)protocol);
}

static void do_packet(struct talk *talk, size_t first)
{
    struct smini_span data = smini_body_build(&talk->words, parts_begin(talk, first), talk->folders);
    struct smini_frame frame = {
        .kind = SMINI_FRAME_LINK, .connection = -1, .bytes = data.bytes, .length = data.length};
    smini_conversation_packet(&talk->conversation, &frame);
}

/* Many first packets of something that never goes on: SYNs from counted ports, or first fragments. */
static void do_flood(struct talk *talk, size_t first)
{
    static const uint8_t filler[64];
    struct smini_arguments in;
    smini_arguments_init(&in, &talk->words, first, talk->words.count);
    bool syn = smini_arguments_flag(&in, "syn"), fragments = smini_arguments_flag(&in, "fragments");
    uint32_t count = smini_arguments_number(&in, "count", 100);
    smini_arguments_finish(&in);
    if (syn == fragments || count > FLOOD_MAX)
        smini_words_stop(&talk->words, "flood needs syn or fragments, and count up to %d", FLOOD_MAX);
    struct smini_connection source = talk->defaults;
    for (uint32_t i = 0; i < count; i++) {
        if (syn) {
            source.number = talk->next_number++;
            source.end[0].port = (uint16_t)(10000 + i);
            smini_conversation_open(&talk->conversation, &source, 1);
            continue;
        }
        struct smini_frame frame = {.kind = SMINI_FRAME_OTHER,
                                    .protocol = 6,
                                    .connection = -1,
                                    .source = source.end[0],
                                    .destination = source.end[1],
                                    .ttl = 64,
                                    .ip_fragment = 0x2000,
                                    .bytes = filler,
                                    .length = sizeof(filler)};
        smini_conversation_packet(&talk->conversation, &frame);
    }
}

static const struct {
    const char *name;
    void (*run)(struct talk *talk, size_t first);
} lines[] = {
    {">", do_to_server},         {"<", do_to_client},           {"set", do_set},
    {"capture", do_capture},     {"connection", do_connection}, {"open", do_open},
    {"syn", do_syn},             {"half-open", do_half_open},   {"refuse", do_refuse},
    {"midstream", do_midstream}, {"close", do_close},           {"fin", do_fin},
    {"reset", do_reset},         {"ack", do_ack},               {"keepalive", do_keepalive},
    {"retransmit", do_retransmit}, {"wait", do_wait},           {"udp", do_udp},
    {"ip", do_ip},               {"packet", do_packet},         {"flood", do_flood},
};

static void read_line(struct talk *talk, const char *text, size_t length)
{
    smini_words_split(&talk->words, text, length);
    size_t first = 0, row = 0, rows = sizeof(lines) / sizeof(lines[0]);
    if (talk->words.count == 0)
        return;
    int before = talk->chosen;
    const struct smini_word *word = &talk->words.items[0];
    if (!word->key && !word->quoted && word->value.length > 1 && word->value.bytes[0] == '@') {
        talk->chosen = connection_named(talk, smini_words_text(word) + 1);
        if (talk->chosen < 0)
            smini_words_stop(&talk->words, "no connection %s", smini_words_text(word) + 1);
        first = 1;
    }
    if (first == talk->words.count)
        smini_words_stop(&talk->words, "nothing behind %s", smini_words_text(word));
    while (row < rows && !smini_words_is(&talk->words.items[first], lines[row].name))
        row++;
    if (row == rows)
        smini_words_stop(&talk->words, "'%s' begins no line", smini_words_text(&talk->words.items[first]));
    lines[row].run(talk, first + 1);
    if (first == 1)
        talk->chosen = before;
}

/* Length of the line at `text`, a backslash before its end joining the next; both are blanked out in `text`. */
static size_t join_lines(char *text, size_t length, unsigned *count)
{
    size_t at = 0;
    *count = 1;
    while (at < length && text[at] != '\n') {
        if (text[at] == '\\' && at + 1 < length && text[at + 1] == '\n') {
            text[at] = text[at + 1] = ' ';
            ++*count;
        }
        at++;
    }
    return at;
}

void smini_talk_read(struct smini_store *store, const char *path, const struct smini_folders *folders,
                     struct smini_frames *frames, struct smini_capture_format *capture)
{
    struct smini_span whole = smini_store_file(store, path);
    char *text = (char *)smini_store_copy(store, whole);
    struct talk *talk = smini_store_get(store, sizeof(*talk));
    talk->words.store = store;
    talk->words.file = path;
    talk->words.line = 1;
    talk->folders = folders;
    talk->capture = capture;
    talk->conversation.frames = frames;
    talk->chosen = -1;
    smini_settings_default(&talk->conversation, &talk->defaults);
    for (size_t at = 0; at < whole.length;) {
        unsigned lines_used = 1;
        size_t length = join_lines(text + at, whole.length - at, &lines_used);
        read_line(talk, text + at, length);
        at += length + 1;
        talk->words.line += lines_used;
    }
}
