/* SPDX-License-Identifier: BSD-2-Clause */
/* The engine's functions that only keywords call. */
#include "suricata8/engine_detect.h"

uint16_t SCDetectHelperKeywordRegister(const struct smini_engine_keyword *keyword)
{
    (void)keyword;
    return 1;
}

int SCDetectHelperBufferRegister(const char *name, uint16_t protocol, uint8_t direction)
{
    (void)name, (void)protocol, (void)direction;
    return 1;
}

int SCDetectHelperBufferMpmRegister(const char *name, const char *description, uint16_t protocol, uint8_t direction,
                                    smini_engine_get_buffer get)
{
    (void)name, (void)description, (void)protocol, (void)direction, (void)get;
    return 1;
}

int SCDetectHelperMultiBufferMpmRegister(const char *name, const char *description, uint16_t protocol,
                                         uint8_t direction, smini_engine_get_buffers get)
{
    (void)name, (void)description, (void)protocol, (void)direction, (void)get;
    return 1;
}

int SCDetectSignatureSetAppProto(struct smini_engine_signature *signature, uint16_t protocol)
{
    (void)signature, (void)protocol;
    return 0;
}

int SCDetectBufferSetActiveList(struct smini_engine_detect *detect, struct smini_engine_signature *signature, int list)
{
    (void)detect, (void)signature, (void)list;
    return 0;
}

void *SCSigMatchAppendSMToList(struct smini_engine_detect *detect, struct smini_engine_signature *signature,
                               uint16_t keyword, struct smini_engine_condition *condition, int list)
{
    (void)detect, (void)signature, (void)keyword, (void)list;
    return condition;
}

const void *DetectBufferGetFirstSigMatch(const struct smini_engine_signature *signature, uint32_t list)
{
    (void)signature, (void)list;
    return NULL;
}
