/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of the engine's interface belongs to API number 0x0800: every Suricata 8.0. Sizes and offsets below were compared
 * with the headers of 8.0.0 to 8.0.6 and hold on 64-bit machines. A later number gets a header like this one; the
 * rest of the folder stays.
 */
#ifndef SMINI_ENGINE_API_0800_H
#define SMINI_ENGINE_API_0800_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SMINI_ENGINE_API_NUMBER 0x0800u
/* How the version text of such an engine begins. */
#define SMINI_ENGINE_SERIES "8.0."

typedef uint16_t smini_engine_keyword_flags;

/* Opaque objects of the engine. */
struct smini_engine_flow;
struct smini_engine_parser_state;
struct smini_engine_events;

/* Belongs to a transaction; the engine keeps its notes there. All zero at first; given back with SCAppLayerTxDataCleanup. */
struct smini_engine_tx_data {
    uint8_t log_flags;
    bool updated_to_client;
    bool updated_to_server;
    uint8_t flags; /* SMINI_ENGINE_SKIP_* */
    uint32_t logged;
    uint32_t files_opened;
    uint32_t files_logged;
    uint32_t files_stored;
    uint16_t file_flags;
    uint8_t file_tx;
    uint8_t guessed_logged;
    uint8_t progress_to_server;
    uint8_t progress_to_client;
    void *detection;
    struct smini_engine_events *events;
    void *bits;
};

struct smini_engine_state_data {
    uint16_t file_flags;
};

struct smini_engine_tx_config {
    uint8_t log_flags;
};

struct smini_engine_result {
    int32_t status;
    uint32_t consumed;
    uint32_t needed;
};

/* By value. A NULL input with a length is a gap. */
struct smini_engine_slice {
    const uint8_t *input;
    uint32_t length;
    uint8_t flags; /* SMINI_ENGINE_STREAM_* */
    uint64_t offset;
};

struct smini_engine_tx_found {
    void *transaction;
    uint64_t id;
    bool has_next;
};

struct smini_engine_files {
    void *container;
    const void *config;
};

typedef uint16_t (*smini_engine_probe)(const struct smini_engine_flow *flow, uint8_t flags, const uint8_t *input,
                                       uint32_t length, uint8_t *other_direction);
typedef struct smini_engine_result (*smini_engine_parse)(struct smini_engine_flow *flow, void *state,
                                                         struct smini_engine_parser_state *parser_state,
                                                         struct smini_engine_slice slice, void *local);

struct smini_engine_parser {
    const char *name;
    const char *default_ports;
    uint8_t ip_protocol;
    smini_engine_probe probe_to_server;
    smini_engine_probe probe_to_client;
    uint16_t min_depth;
    uint16_t max_depth;
    void *(*state_new)(void *old_state, uint16_t old_protocol);
    void (*state_free)(void *state);
    smini_engine_parse parse_to_server;
    smini_engine_parse parse_to_client;
    uint64_t (*tx_count)(void *state);
    void *(*tx_get)(void *state, uint64_t id);
    void (*tx_free)(void *state, uint64_t id);
    int complete_to_server;
    int complete_to_client;
    int (*tx_progress)(void *transaction, uint8_t direction);
    int (*event_by_name)(const char *name, uint8_t *id, int *type);
    int (*event_by_id)(uint8_t id, const char **name, int *type);
    void *(*local_new)(void);
    void (*local_free)(void *local);
    struct smini_engine_files (*tx_files)(void *transaction, uint8_t direction);
    struct smini_engine_tx_found (*tx_iterate)(uint8_t ip_protocol, uint16_t protocol, void *state, uint64_t min_id,
                                               uint64_t max_id, uint64_t *iterator);
    struct smini_engine_state_data *(*state_data)(void *state);
    struct smini_engine_tx_data *(*tx_data)(void *transaction);
    bool (*apply_config)(void *state, void *transaction, int mode, struct smini_engine_tx_config config);
    uint32_t flags;
    int (*frame_by_name)(const char *name);
    const char *(*frame_by_id)(uint8_t id);
    int (*hook_by_name)(const char *name, uint8_t direction);
    const char *(*hook_by_id)(int id, uint8_t direction);
};

/* The beginning of a node of the configuration. No function gives the name. */
struct smini_engine_setting {
    const char *name;
    const char *value; /* NULL where it has children */
};

/* Never return on error: the engine ends with a message. */
uint16_t AppLayerRegisterProtocolDetection(const struct smini_engine_parser *parser, int enable_default);
int AppLayerRegisterParser(const struct smini_engine_parser *parser, uint16_t protocol);
void AppLayerDecoderEventsSetEventRaw(struct smini_engine_events **events, uint8_t event);

/* A buffer of numbers, to which rules append what they compare with. */
int SCDetectHelperBufferRegister(const char *name, uint16_t protocol, uint8_t direction);

/*
 * The beginning of a flow, which no function gives: its addresses, as the first packet had them, network order. The same
 * since the engine is what it is, and checked at run time against the ports that functions do give.
 */
struct smini_engine_flow_head {
    uint8_t source[16];
    uint8_t destination[16];
    uint16_t source_port; /* shares its place with something larger */
    uint16_t rest_of_place;
    uint16_t destination_port;
};

/* Of what FlowGetFlags gives. */
enum {
    SMINI_ENGINE_FLOW_IPV4 = 1 << 20,
    SMINI_ENGINE_FLOW_IPV6 = 1 << 21,
    SMINI_ENGINE_FLOW_REVERSED = 1 << 26 /* the first packet came from the server */
};

#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(struct smini_engine_tx_data) == 56, "transaction data of API 0x0800");
_Static_assert(offsetof(struct smini_engine_tx_data, flags) == 3, "skip bits");
_Static_assert(offsetof(struct smini_engine_tx_data, file_flags) == 20, "file flags");
_Static_assert(offsetof(struct smini_engine_tx_data, events) == 40, "events of a transaction");
_Static_assert(sizeof(struct smini_engine_result) == 12, "a parser's answer");
_Static_assert(sizeof(struct smini_engine_slice) == 24, "a parser's input");
_Static_assert(sizeof(struct smini_engine_tx_found) == 24, "an iterator's answer");
_Static_assert(sizeof(struct smini_engine_parser) == 232, "a parser of API 0x0800");
_Static_assert(offsetof(struct smini_engine_parser, tx_count) == 80, "callbacks behind the parsers");
_Static_assert(offsetof(struct smini_engine_parser, flags) == 192, "flags behind the callbacks");
_Static_assert(offsetof(struct smini_engine_flow_head, source_port) == 32, "ports behind the addresses");
_Static_assert(offsetof(struct smini_engine_flow_head, destination_port) == 36, "ports behind the addresses");
#endif

#endif
