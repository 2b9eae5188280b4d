/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of Suricata's interface that this adapter uses, declared by ourselves: the engine installs no headers. The
 * functions have the engine's names; types and constants have names of ours. What differs from one API number to the
 * next stands in a header of its own.
 */
#ifndef SMINI_ENGINE_API_H
#define SMINI_ENGINE_API_H

#include "suricata8/engine_api_0800.h"

/* Opaque objects of the engine. */
struct smini_engine_detect;        /* rules being loaded */
struct smini_engine_detect_thread; /* a thread that looks for rules */
struct smini_engine_signature;     /* one rule */
struct smini_engine_condition;     /* what a keyword's setup made, opaque for the engine */
struct smini_engine_json;
struct smini_engine_thread;
struct smini_engine_frame;
struct smini_engine_packet;
struct smini_engine_transforms;

enum { SMINI_ENGINE_PROTOCOL_UNKNOWN = 0, SMINI_ENGINE_PROTOCOL_FAILED = 1, SMINI_ENGINE_IP_TCP = 6 };

/* Flags of a slice, and directions of everything but frames. */
enum {
    SMINI_ENGINE_STREAM_START = 0x01,
    SMINI_ENGINE_STREAM_EOF = 0x02,
    SMINI_ENGINE_TO_SERVER = 0x04,
    SMINI_ENGINE_TO_CLIENT = 0x08,
    SMINI_ENGINE_STREAM_GAP = 0x10,
    SMINI_ENGINE_STREAM_DEPTH = 0x20,
    SMINI_ENGINE_STREAM_MIDSTREAM = 0x40
};

enum { SMINI_ENGINE_FRAME_TO_SERVER = 0, SMINI_ENGINE_FRAME_TO_CLIENT = 1 };

/* The direction that a transaction says nothing about. */
enum { SMINI_ENGINE_SKIP_TO_SERVER = 1, SMINI_ENGINE_SKIP_TO_CLIENT = 2 };

/* Of struct smini_engine_parser. */
enum { SMINI_ENGINE_ACCEPTS_GAPS = 1 };

enum { SMINI_ENGINE_EVENT_OF_TRANSACTION = 1 };

enum { SMINI_ENGINE_PARSER_EOF_TO_SERVER = 1 << 5, SMINI_ENGINE_PARSER_EOF_TO_CLIENT = 1 << 6 };

enum {
    SMINI_ENGINE_LOG_ERROR = 1,
    SMINI_ENGINE_LOG_WARNING = 2,
    SMINI_ENGINE_LOG_NOTICE = 3,
    SMINI_ENGINE_LOG_INFO = 4,
    SMINI_ENGINE_LOG_DEBUG = 7
};

/* Whose addresses an EVE record begins with: those of the flow. The packet's would be those of an acknowledgement. */
enum { SMINI_ENGINE_LOG_AS_FLOW = 1 };

/* --- the plugin ------------------------------------------------------------------------------------------------ */

struct smini_engine_plugin {
    uint64_t api_number;
    const char *engine_version; /* only printed */
    const char *name;
    const char *version;
    const char *licence;
    const char *author;
    void (*init)(void);
};

struct smini_engine_app_layer {
    const char *name;
    void (*register_parser)(void);
    void (*register_keywords)(void);
    const char *log_name;
    const char *log_setting;
    uint8_t log_direction; /* SMINI_ENGINE_LOG_AS_FLOW */
    bool (*log)(const void *transaction, void *json);
};

int SCPluginRegisterAppLayer(struct smini_engine_app_layer *plugin);
const char *GetProgramVersion(void);

/* --- protocol, parser ------------------------------------------------------------------------------------------ */

int SCAppLayerProtoDetectConfProtoDetectionEnabled(const char *ip_protocol, const char *name);
int SCAppLayerParserConfParserEnabled(const char *ip_protocol, const char *name);
/* `pattern` as a rule's content: "|00 01|". */
int SCAppLayerProtoDetectPMRegisterPatternCSwPP(uint8_t ip_protocol, uint16_t protocol, const char *pattern,
                                                uint16_t depth, uint16_t offset, uint8_t direction,
                                                smini_engine_probe probe, uint16_t min_depth, uint16_t max_depth);
void SCAppLayerParserRegisterLogger(uint8_t ip_protocol, uint16_t protocol);
void SCAppLayerParserSetStreamDepth(uint8_t ip_protocol, uint16_t protocol, uint32_t depth);
uint16_t SCAppLayerParserStateIssetFlag(struct smini_engine_parser_state *state, uint16_t flag);
void SCAppLayerTxDataCleanup(struct smini_engine_tx_data *data);
void AppLayerParserTriggerRawStreamInspection(struct smini_engine_flow *flow, int direction);

uint16_t FlowGetSourcePort(struct smini_engine_flow *flow);
uint16_t FlowGetDestinationPort(struct smini_engine_flow *flow);
uint32_t FlowGetFlags(struct smini_engine_flow *flow);
void FlowGetLastTimeAsParts(struct smini_engine_flow *flow, uint64_t *seconds, uint64_t *microseconds);

/* NULL where nobody wants such frames. `direction`: SMINI_ENGINE_FRAME_*. */
struct smini_engine_frame *AppLayerFrameNewByAbsoluteOffset(struct smini_engine_flow *flow,
                                                            const struct smini_engine_slice *slice, uint64_t offset,
                                                            int64_t length, int direction, uint8_t type);
void AppLayerFrameSetTxId(struct smini_engine_frame *frame, uint64_t id);
/* Frames move; their number stays. -1 for NULL. */
int64_t AppLayerFrameGetId(const struct smini_engine_frame *frame);
void AppLayerFrameSetTxIdById(struct smini_engine_flow *flow, int direction, int64_t number, uint64_t id);
void AppLayerFrameSetLengthById(struct smini_engine_flow *flow, int direction, int64_t number, int64_t length);

/* --- keywords -------------------------------------------------------------------------------------------------- */

enum {
    SMINI_ENGINE_KEYWORD_NO_OPTION = 1 << 0,
    SMINI_ENGINE_KEYWORD_STICKY_BUFFER = 1 << 9
};

struct smini_engine_keyword {
    const char *name;
    const char *description;
    const char *url;
    smini_engine_keyword_flags flags;
    int (*setup)(struct smini_engine_detect *detect, struct smini_engine_signature *signature, const char *text);
    void (*free)(struct smini_engine_detect *detect, void *condition);
    int (*match)(struct smini_engine_detect_thread *thread, struct smini_engine_flow *flow, uint8_t flags, void *state,
                 void *transaction, const struct smini_engine_signature *signature,
                 const struct smini_engine_condition *condition);
};

typedef bool (*smini_engine_get_buffer)(const void *transaction, uint8_t flow_flags, const uint8_t **bytes,
                                        uint32_t *length);
typedef bool (*smini_engine_get_buffers)(struct smini_engine_detect_thread *thread, const void *transaction,
                                         uint8_t flow_flags, uint32_t index, const uint8_t **bytes, uint32_t *length);

uint16_t SCDetectHelperKeywordRegister(const struct smini_engine_keyword *keyword);
int SCDetectHelperBufferMpmRegister(const char *name, const char *description, uint16_t protocol, uint8_t direction,
                                    smini_engine_get_buffer get);
int SCDetectHelperMultiBufferMpmRegister(const char *name, const char *description, uint16_t protocol,
                                         uint8_t direction, smini_engine_get_buffers get);
int SCDetectSignatureSetAppProto(struct smini_engine_signature *signature, uint16_t protocol);
int SCDetectBufferSetActiveList(struct smini_engine_detect *detect, struct smini_engine_signature *signature, int list);
void *SCSigMatchAppendSMToList(struct smini_engine_detect *detect, struct smini_engine_signature *signature,
                               uint16_t keyword, struct smini_engine_condition *condition, int list);

/* Comparisons of rules: "4", ">100", "3<>5", "!4". NULL: not understood. */
void *SCDetectU32Parse(const char *text);
int SCDetectU32Match(uint32_t value, const void *comparison);
void SCDetectU32Free(void *comparison);
void *SCDetectU64Parse(const char *text);
int SCDetectU64Match(uint64_t value, const void *comparison);
void SCDetectU64Free(void *comparison);

/* --- records, settings, counters, log -------------------------------------------------------------------------- */

/* `formatted`: "\"key\":value", ended by NUL, valid UTF-8. */
bool SCJbSetFormatted(struct smini_engine_json *json, const char *formatted);

/* The text of the record so far. */
const uint8_t *SCJbPtr(struct smini_engine_json *json);
uintptr_t SCJbLen(const struct smini_engine_json *json);

int SCConfGet(const char *name, const char **value);
int SCConfGetBool(const char *name, int *value);
struct smini_engine_setting *SCConfGetNode(const char *name);
struct smini_engine_setting *SCConfGetFirstNode(const struct smini_engine_setting *parent);
struct smini_engine_setting *SCConfGetNextNode(const struct smini_engine_setting *node);
const char *SCConfGetValueNode(const struct smini_engine_setting *node);

/* The size in "1mb" and the like. 0, or negative: not understood. */
int ParseSizeStringU32(const char *text, uint32_t *size);

/*
 * Counters of one thread, to be made before the thread runs: called once for every thread that is made. `name` must live
 * for ever; a name that the thread has gives the number it has.
 */
bool SCThreadRegisterInitCallback(void (*made)(struct smini_engine_thread *thread, void *user), void *user);
uint16_t StatsRegisterCounter(const char *name, struct smini_engine_thread *thread);
void StatsAddUI64(struct smini_engine_thread *thread, uint16_t counter, uint64_t more);

/* Called on the thread that makes a flow: the only way to learn which thread one is on. */
bool SCFlowRegisterInitCallback(void (*made)(struct smini_engine_thread *thread, struct smini_engine_flow *flow,
                                             const struct smini_engine_packet *packet, void *user),
                                void *user);

/* One finished text; the engine puts its prefix before it. */
int SCLogMessage(int level, const char *file, unsigned int line, const char *function, const char *module,
                 const char *message);

#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(struct smini_engine_plugin) == 56, "a plugin");
_Static_assert(sizeof(struct smini_engine_app_layer) == 56, "an app-layer plugin");
_Static_assert(sizeof(struct smini_engine_keyword) == 56, "a keyword");
#endif

#endif
