/* SPDX-License-Identifier: BSD-2-Clause */
/**
 * @file host.h
 * What any host may use, from the separate library libsminhost: a list of
 * inspectors, the judgement whether one can be used, and loading. Static and
 * loaded inspectors pass the same judgement.
 */
#ifndef SMIN_HOST_H
#define SMIN_HOST_H

#include "smin/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Longest reason text, its NUL included. */
#define SMIN_HOST_REASON_BYTES 512

/**
 * May this inspector be used by a host built with this header? Reads a member
 * only when the size covers it, and nothing of another major.
 * SMIN_OK; SMIN_E_VERSION: another major; SMIN_E_MISUSE: against the contract.
 * `reason` (SMIN_HOST_REASON_BYTES, may be NULL) says why and what to do; ""
 * when accepted. Thread: [any].
 */
SMIN_PUBLIC int32_t smin_host_judge(const struct smin_inspector *inspector, char *reason);

/** A list of inspectors. */
struct smin_registry;

/** Makes an empty list. SMIN_OK, SMIN_E_NOMEM. New: free with smin_host_registry_free. Thread: [config]. */
SMIN_PUBLIC int32_t smin_host_registry_new(struct smin_registry **registry);

/**
 * Adds an inspector that the program holds. SMIN_OK; as smin_host_judge;
 * SMIN_E_REFUSED: the same id is there already; SMIN_E_NOMEM. Thread: [config].
 */
SMIN_PUBLIC int32_t smin_host_registry_add(struct smin_registry *registry, const struct smin_inspector *inspector,
                                           char *reason);

/**
 * Loads a plugin and adds every inspector it offers, or none. The file must
 * end in ".so" and exist; it is opened by its absolute path, symbols local, and
 * is never unloaded.
 * SMIN_OK; SMIN_E_NOT_FOUND: no such file; SMIN_E_REFUSED: not a plugin, or
 * offers nothing; SMIN_E_VERSION; SMIN_E_MISUSE; SMIN_E_NOMEM. `reason` names
 * file, both versions and what to do. Thread: [config].
 */
SMIN_PUBLIC int32_t smin_host_registry_load(struct smin_registry *registry, const char *path, char *reason);

/** How many inspectors there are; one of them, in the order added (NULL past the end). Thread: [any]. */
SMIN_PUBLIC uint32_t smin_host_registry_count(const struct smin_registry *registry);
SMIN_PUBLIC const struct smin_inspector *smin_host_registry_get(const struct smin_registry *registry, uint32_t index);

/** Where an inspector came from: an absolute path, or "built in". Lives until the registry is freed. */
SMIN_PUBLIC const char *smin_host_registry_origin(const struct smin_registry *registry, uint32_t index);

/** Frees the list and clears the pointer; plugins stay loaded. */
SMIN_PUBLIC void smin_host_registry_free(struct smin_registry **registry);

#ifdef __cplusplus
}
#endif

#endif
