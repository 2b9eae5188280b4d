/* SPDX-License-Identifier: BSD-2-Clause */
/* The engine's functions that only keywords call. */
#include "fake_detect.h"

#include <string.h>

struct fake_detect fake_detect = {.list_count = FAKE_LIST_OF_NUMBERS};

uint16_t SCDetectHelperKeywordRegister(const struct smini_engine_keyword *keyword)
{
    if (fake_detect.keyword_count < FAKE_KEYWORDS)
        fake_detect.keywords[fake_detect.keyword_count++] = *keyword;
    return (uint16_t)fake_detect.keyword_count;
}

int SCDetectHelperBufferRegister(const char *name, uint16_t protocol, uint8_t direction)
{
    (void)name, (void)protocol, (void)direction;
    return fake_detect.no_lists ? -1 : FAKE_LIST_OF_NUMBERS;
}

int SCDetectHelperBufferMpmRegister(const char *name, const char *description, uint16_t protocol, uint8_t direction,
                                    smini_engine_get_buffer get)
{
    (void)name, (void)description, (void)protocol, (void)direction;
    if (fake_detect.no_lists || fake_detect.list_count + 1 >= FAKE_KEYWORDS)
        return -1;
    fake_detect.get[++fake_detect.list_count] = get;
    return (int)fake_detect.list_count;
}

int SCDetectHelperMultiBufferMpmRegister(const char *name, const char *description, uint16_t protocol,
                                         uint8_t direction, smini_engine_get_buffers get)
{
    (void)name, (void)description, (void)protocol, (void)direction;
    if (fake_detect.no_lists || fake_detect.list_count + 1 >= FAKE_KEYWORDS)
        return -1;
    fake_detect.get_many[++fake_detect.list_count] = get;
    return (int)fake_detect.list_count;
}

int SCDetectSignatureSetAppProto(struct smini_engine_signature *signature, uint16_t protocol)
{
    (void)signature, (void)protocol;
    return 0;
}

int SCDetectBufferSetActiveList(struct smini_engine_detect *detect, struct smini_engine_signature *signature, int list)
{
    (void)detect, (void)signature;
    fake_detect.active_list = list;
    return 0;
}

void *SCSigMatchAppendSMToList(struct smini_engine_detect *detect, struct smini_engine_signature *signature,
                               uint16_t keyword, struct smini_engine_condition *condition, int list)
{
    (void)detect, (void)signature, (void)keyword;
    if (fake_detect.refuses || list != FAKE_LIST_OF_NUMBERS || fake_detect.condition_count == FAKE_CONDITIONS)
        return NULL;
    fake_detect.conditions[fake_detect.condition_count++] = condition;
    fake_detect.active_list = 0;
    return condition;
}

const void *DetectBufferGetFirstSigMatch(const struct smini_engine_signature *signature, uint32_t list)
{
    (void)signature;
    return list == FAKE_LIST_OF_NUMBERS && fake_detect.condition_count > 0 ? fake_detect.conditions[0] : NULL;
}

const struct smini_engine_keyword *fake_keyword(const char *name)
{
    for (uint32_t i = 0; i < fake_detect.keyword_count; i++)
        if (strcmp(fake_detect.keywords[i].name, name) == 0)
            return &fake_detect.keywords[i];
    return NULL;
}

int fake_option(const char *name, const char *text)
{
    const struct smini_engine_keyword *keyword = fake_keyword(name);
    return keyword ? keyword->setup(NULL, NULL, text) : -2;
}

void fake_rule(void)
{
    while (fake_detect.condition_count > 0)
        fake_detect.keywords[0].free(NULL, (void *)(uintptr_t)fake_detect.conditions[--fake_detect.condition_count]);
    fake_detect.active_list = 0;
}
