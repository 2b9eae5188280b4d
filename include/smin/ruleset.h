/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file ruleset.h
 * Rule texts for programs that link libsmin: read, check, list what is wrong.
 * To match, give the same texts to an inspector (inspector.h).
 */
#ifndef SMIN_RULESET_H
#define SMIN_RULESET_H

#include "smin/abi_ext.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A set of rules. */
struct smin_ruleset;

/** Makes an empty set. SMIN_OK, SMIN_E_NOMEM. New: free with smin_ruleset_free. Thread: [any]. */
SMIN_PUBLIC int32_t smin_ruleset_new(struct smin_ruleset **set);

/**
 * Sets a rule variable before texts are added: "HOME_NET", "[10.0.0.0/8]".
 * SMIN_OK, SMIN_E_MALFORMED, SMIN_E_NOMEM. Thread: [config].
 */
SMIN_PUBLIC int32_t smin_ruleset_variable(struct smin_ruleset *set, const char *name, const char *value);

/**
 * Reads a text; rules that cannot be honoured are left out and listed.
 * SMIN_OK; SMIN_E_REFUSED: at least one rule was left out; SMIN_E_NOMEM.
 * `text` is borrowed for the call. Thread: [config].
 */
SMIN_PUBLIC int32_t smin_ruleset_add(struct smin_ruleset *set, const char *name, const char *text, size_t length);

/** How many rules are honoured; one of them (NULL past the end). Live until smin_ruleset_free. */
SMIN_PUBLIC uint32_t smin_ruleset_count(const struct smin_ruleset *set);
SMIN_PUBLIC const struct smin_rule_info *smin_ruleset_rule(const struct smin_ruleset *set, uint32_t index);

/**
 * Writes a rule back as text, in a dialect SMIN_DIALECT_*: buffer and length as `text` of struct smin_ext_rules
 * has them. SMIN_OK, SMIN_E_REFUSED, SMIN_E_LIMIT, SMIN_E_MISUSE. Thread: [any].
 */
SMIN_PUBLIC int32_t smin_ruleset_text(const struct smin_ruleset *set, uint32_t index, uint32_t dialect, char *buffer,
                                      size_t size, size_t *length);

/** How many diagnostics there are; one of them (NULL past the end). Live until smin_ruleset_free. */
SMIN_PUBLIC uint32_t smin_ruleset_diagnostic_count(const struct smin_ruleset *set);
SMIN_PUBLIC const struct smin_diagnostic *smin_ruleset_diagnostic(const struct smin_ruleset *set, uint32_t index);

/** Frees the set and clears the pointer. */
SMIN_PUBLIC void smin_ruleset_free(struct smin_ruleset **set);

#ifdef __cplusplus
}
#endif

#endif
