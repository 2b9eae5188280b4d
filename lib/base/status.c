/* SPDX-License-Identifier: BSD-2-Clause */
#define SMIN_BUILDING_LIBRARY
#include "smin/status.h"

const char *smin_status_text(int32_t status)
{
    switch (status) {
    case SMIN_OK:
        return "ok";
    case SMIN_MORE:
        return "more bytes needed";
    case SMIN_DONE:
        return "done";
    case SMIN_E_MALFORMED:
        return "malformed input";
    case SMIN_E_TRUNCATED:
        return "truncated input";
    case SMIN_E_UNSUPPORTED:
        return "unsupported";
    case SMIN_E_LIMIT:
        return "limit reached";
    case SMIN_E_MISUSE:
        return "misuse by the caller";
    case SMIN_E_NOT_FOUND:
        return "not found";
    case SMIN_E_REFUSED:
        return "refused";
    case SMIN_E_VERSION:
        return "incompatible version";
    case SMIN_STATUS_FATAL:
        return "fatal";
    case SMIN_E_NOMEM:
        return "out of memory";
    case SMIN_E_IO:
        return "input/output error";
    case SMIN_E_INTERNAL:
        return "internal error";
    }
    return "unknown status";
}

int32_t smin_status_class(int32_t status)
{
    if (status >= 0)
        return SMIN_CLASS_OK;
    if (status > -100)
        return SMIN_CLASS_INPUT;
    if (status > -200)
        return SMIN_CLASS_UNSUPPORTED;
    if (status > -300)
        return SMIN_CLASS_LIMIT;
    if (status > -400)
        return SMIN_CLASS_MISUSE;
    if (status > -500)
        return SMIN_CLASS_REFUSED;
    return SMIN_CLASS_SYSTEM;
}
