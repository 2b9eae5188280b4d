/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file status.h
 * Status codes of every smin interface, and whose fault each one is.
 *
 * Zero is success. Positive values say "go on, but". Negative values are
 * errors, in ranges of one hundred that name who has to act. At or below
 * SMIN_STATUS_FATAL only freeing the object is allowed.
 * Codes keep their number and their name for ever.
 */
#ifndef SMIN_STATUS_H
#define SMIN_STATUS_H

#include <stdint.h>

#if defined(__GNUC__) && defined(SMIN_BUILDING_LIBRARY)
#define SMIN_PUBLIC __attribute__((visibility("default")))
#else
#define SMIN_PUBLIC
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Whose fault a status is: the class of a code. */
enum {
    SMIN_CLASS_OK = 0,          /**< nothing is wrong */
    SMIN_CLASS_INPUT = 1,       /**< the bytes are damaged or against the protocol */
    SMIN_CLASS_UNSUPPORTED = 2, /**< the bytes may be right, this version cannot read them */
    SMIN_CLASS_LIMIT = 3,       /**< a configured limit was reached */
    SMIN_CLASS_MISUSE = 4,      /**< the caller broke the contract */
    SMIN_CLASS_REFUSED = 5,     /**< a rule or a plugin was refused */
    SMIN_CLASS_SYSTEM = 6       /**< out of memory, input/output, or a defect of ours */
};

enum {
    SMIN_OK = 0,   /**< done */
    SMIN_MORE = 1, /**< more bytes are needed to go on */
    SMIN_DONE = 2, /**< nothing more will come; further input is ignored */

    SMIN_E_MALFORMED = -1, /**< bytes against the protocol */
    SMIN_E_TRUNCATED = -2, /**< the input ended too early */

    SMIN_E_UNSUPPORTED = -101, /**< a variant that is not decoded */

    SMIN_E_LIMIT = -201, /**< a configured limit was reached */

    SMIN_E_MISUSE = -301,    /**< an argument or a call order against the contract */
    SMIN_E_NOT_FOUND = -302, /**< the thing asked for does not exist */

    SMIN_E_REFUSED = -401, /**< a rule or plugin cannot be honoured exactly */
    SMIN_E_VERSION = -402, /**< another ABI major version */

    SMIN_STATUS_FATAL = -900, /**< at or below: only free the object */
    SMIN_E_NOMEM = -901,      /**< the allocator said no */
    SMIN_E_IO = -902,         /**< reading or writing failed */
    SMIN_E_INTERNAL = -903    /**< a defect of this library */
};

/**
 * Name of a status code, for people: "ok", "malformed input", ...
 * Returns a static text, never NULL; unknown codes give "unknown status".
 * Thread: [any]. Lifetime of the result: for ever.
 */
SMIN_PUBLIC const char *smin_status_text(int32_t status);

/**
 * Class of a status code, one of SMIN_CLASS_*. Unknown negative codes give
 * SMIN_CLASS_SYSTEM. Thread: [any].
 */
SMIN_PUBLIC int32_t smin_status_class(int32_t status);

#ifdef __cplusplus
}
#endif

#endif
