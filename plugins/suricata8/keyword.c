/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every field of the inspector is a keyword of its name: numbers take a condition, all others are sticky buffers.
 * What a condition means is read by the same code as in our own rules; what bytes mean is the engine's.
 */
#include "suricata8/keyword.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/describe.h"
#include "rule/field_test.h"
#include "suricata8/engine_detect.h"
#include "suricata8/keyword_slot.h"
#include "suricata8/log.h"
#include "suricata8/transaction.h"

/* Bytes of a name in the engine, its NUL included. */
#define NAME_ROOM 64u

enum { BOTH_DIRECTIONS = SMINI_ENGINE_TO_SERVER | SMINI_ENGINE_TO_CLIENT, NO_LIST = -1 };

struct keyword {
    const struct smin_field_desc *field;
    uint16_t number; /* of the keyword in the engine */
    int list;        /* the engine's, of a buffer */
};

/* Written once, while the engine registers keywords, and only read from then on. The engine hands nothing back to us. */
static struct {
    struct keyword keywords[SMINI_SURICATA_KEYWORDS];
    const char *protocol_name;
    uint16_t protocol;
    int conditions; /* the engine's list of all conditions on numbers: a rule may have few lists, but many numbers */
} registered;

static bool is_number(const struct smin_field_desc *field)
{
    return field->type == SMIN_TYPE_NUMBER || field->type == SMIN_TYPE_BOOL;
}

/* As in the record: a field whose key is a list may come several times. */
static bool repeats(const struct smin_field_desc *field)
{
    return field->key && strstr(field->key, "[]");
}

/* --- when rules are loaded ------------------------------------------------------------------------------------- */

/* Puts a condition on the message into the rule. */
static int append(const struct keyword *keyword, struct smini_engine_detect *detect,
                  struct smini_engine_signature *signature, const struct smini_field_test *condition)
{
    struct smini_field_test *test = malloc(sizeof(*test));
    if (!test) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, "%s: no memory for a condition", keyword->field->name);
        return -1;
    }
    *test = *condition;
    if (!SCSigMatchAppendSMToList(detect, signature, keyword->number, (struct smini_engine_condition *)test,
                                  registered.conditions)) {
        free(test);
        return -1;
    }
    return 0;
}

static int set_up_number(const struct keyword *keyword, struct smini_engine_detect *detect,
                         struct smini_engine_signature *signature, const char *text)
{
    struct smini_field_test test = {.field = keyword->field->id};
    const char *problem = smini_field_test_parse(smini_span_text(text), &test);
    if (problem) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, "%s: \"%s\" %s", keyword->field->name, text, problem);
        return -1;
    }
    return append(keyword, detect, signature, &test);
}

/*
 * A rule with a buffer is about messages. Without a condition that says so, `absent` would hold on what is none: events of
 * the stream.
 */
static int set_up_buffer(const struct keyword *keyword, struct smini_engine_detect *detect,
                         struct smini_engine_signature *signature)
{
    const struct smini_field_test any_message = {
        .field = keyword->field->id,
        .choice = SMINI_VALUE_COUNT,
        .count = {.compare = SMINI_COMPARE_GREATER_EQUAL, .first = 0},
    };
    if (!DetectBufferGetFirstSigMatch(signature, (uint32_t)registered.conditions) &&
        append(keyword, detect, signature, &any_message) < 0)
        return -1;
    return SCDetectBufferSetActiveList(detect, signature, keyword->list) < 0 ? -1 : 0;
}

int smini_suricata_keyword_set_up(uint32_t slot, struct smini_engine_detect *detect,
                                  struct smini_engine_signature *signature, const char *text)
{
    const struct keyword *keyword = &registered.keywords[slot];
    if (registered.protocol == SMINI_ENGINE_PROTOCOL_UNKNOWN) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR,
                           "%s: the protocol is not parsed: app-layer.protocols.%s.enabled has to be yes",
                           keyword->field->name, registered.protocol_name);
        return -1;
    }
    if (registered.conditions < 0 || (!is_number(keyword->field) && keyword->list < 0)) {
        smini_suricata_log(SMINI_ENGINE_LOG_ERROR, "%s: could not be registered", keyword->field->name);
        return -1;
    }
    if (SCDetectSignatureSetAppProto(signature, registered.protocol) < 0)
        return -1;
    if (is_number(keyword->field))
        return set_up_number(keyword, detect, signature, text);
    return set_up_buffer(keyword, detect, signature);
}

static void free_test(struct smini_engine_detect *detect, void *condition)
{
    (void)detect;
    free(condition);
}

/* --- when a transaction is looked at --------------------------------------------------------------------------- */

/* What is no message, such as events of the stream, lacks nothing either. */
static int match_number(struct smini_engine_detect_thread *thread, struct smini_engine_flow *flow, uint8_t flags,
                        void *state, void *opaque, const struct smini_engine_signature *signature,
                        const struct smini_engine_condition *condition)
{
    const struct smini_suricata_transaction *transaction = opaque;
    const struct smin_message *message = &transaction->message;
    (void)thread;
    (void)flow;
    (void)flags;
    (void)state;
    (void)signature;
    if (message->kind != SMIN_KIND_MESSAGE && message->kind != SMIN_KIND_TRAILER)
        return 0;
    return smini_field_test_holds((const void *)condition, message, 0);
}

bool smini_suricata_keyword_get(uint32_t slot, const void *opaque, uint32_t index, const uint8_t **bytes,
                                uint32_t *length)
{
    static const uint8_t nothing[1]; /* to the engine, a buffer without an address is not there */
    const struct smini_suricata_transaction *transaction = opaque;
    const struct smin_message *message = &transaction->message;
    for (uint32_t at = 0; at < message->field_count; at++) {
        const struct smin_field *field = smini_message_field(message, at);
        if (field->id != registered.keywords[slot].field->id || index-- > 0)
            continue;
        *bytes = field->size > 0 ? field->bytes : nothing;
        *length = field->size;
        return true;
    }
    return false;
}

/* --- once, at the start ---------------------------------------------------------------------------------------- */

/* Not the keyword's own name: buffers of frames are named like that. */
static int register_buffer(uint32_t slot, const struct smin_field_desc *field, uint16_t protocol)
{
    const struct smini_suricata_keyword_functions *functions = &smini_suricata_keyword_functions[slot];
    char name[NAME_ROOM];
    (void)snprintf(name, sizeof(name), "%s", field->name);
    for (char *dot = strchr(name, '.'); dot; dot = strchr(dot, '.'))
        *dot = '_';
    if (repeats(field))
        return SCDetectHelperMultiBufferMpmRegister(name, field->meaning, protocol, BOTH_DIRECTIONS,
                                                    functions->get_many);
    return SCDetectHelperBufferMpmRegister(name, field->meaning, protocol, BOTH_DIRECTIONS, functions->get);
}

static void register_keyword(uint32_t slot, const struct smin_field_desc *field)
{
    struct keyword *keyword = &registered.keywords[slot];
    struct smini_engine_keyword description = {
        .name = field->name,
        .description = field->meaning,
        .url = "",
        .flags = is_number(field) ? 0 : SMINI_ENGINE_KEYWORD_NO_OPTION | SMINI_ENGINE_KEYWORD_STICKY_BUFFER,
        .setup = smini_suricata_keyword_functions[slot].set_up,
        .free = free_test,
        .match = match_number,
    };
    keyword->field = field;
    keyword->list = NO_LIST;
    if (!is_number(field) && registered.protocol != SMINI_ENGINE_PROTOCOL_UNKNOWN)
        keyword->list = register_buffer(slot, field, registered.protocol);
    keyword->number = SCDetectHelperKeywordRegister(&description);
}

void smini_suricata_keywords_register(const struct smin_inspector *inspector, uint16_t protocol)
{
    registered.protocol_name = inspector->name;
    registered.protocol = protocol;
    registered.conditions = protocol == SMINI_ENGINE_PROTOCOL_UNKNOWN
                                ? NO_LIST
                                : SCDetectHelperBufferRegister(inspector->name, protocol, BOTH_DIRECTIONS);
    uint32_t slot = 0;
    for (uint32_t i = 0; i < inspector->field_count; i++) {
        const struct smin_field_desc *field = smini_describe_field(inspector, i);
        if (field->id >= SMIN_FIELD_SHARED)
            continue; /* the engine has keywords of these names for all its protocols */
        if (slot == SMINI_SURICATA_KEYWORDS) {
            smini_suricata_log(SMINI_ENGINE_LOG_WARNING,
                               "%s and the fields behind it are no keywords: there is room for %u", field->name,
                               SMINI_SURICATA_KEYWORDS);
            break;
        }
        register_keyword(slot++, field);
    }
}
